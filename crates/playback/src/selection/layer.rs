//! A protocol layer of the selected segment.

/// Which layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerKind {
    /// IPv4.
    Ipv4,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// ICMP.
    Icmp,
    /// DNS.
    Dns,
    /// DHCP.
    Dhcp,
    /// TLS.
    Tls,
    /// HTTP.
    Http,
    /// Payload that is no HTTP.
    Payload,
}

/// A field with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The field's name as the RFC (or the message) writes it: `Sequence Number`, `Connection`.
    pub name: String,
    /// Its stable key, `tcp-seq`: also the key of its explanation in the language files.
    pub key: &'static str,
    /// The value as text.
    pub value: String,
    /// Its octets in the datagram, from and until, where they are known here.
    pub octets: Option<(usize, usize)>,
}

/// A layer with its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Which.
    pub kind: LayerKind,
    /// Fields in the order of the wire.
    pub fields: Vec<Field>,
    /// The layer's octets in the datagram: from and until.
    pub octets: (usize, usize),
}
