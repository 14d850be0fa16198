//! UDP datagrams and ICMP messages.

use core::net::Ipv4Addr;

use bytes::{BufMut, Bytes};
use serde::{Deserialize, Serialize};

use super::{Endpoint, IP_HEADER_LEN};

/// Octets of a UDP header.
pub const UDP_HEADER_LEN: usize = 8;

/// The protocol of a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// UDP. RFC 768.
    Udp,
    /// ICMP. RFC 792.
    Icmp,
}

/// A UDP datagram or an ICMP message in an IPv4 datagram: addresses, ports (0 for ICMP, which has none), and the
/// payload of UDP, or the whole ICMP message with its checksum.
///
/// Simplified: no IP options or fragments, and no time to live: routes have no loops. UDP's checksum
/// is not a field: the `capture` crate computes it when it encodes a datagram.
///
/// Source: RFC 768, RFC 792.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Datagram {
    /// UDP or ICMP.
    pub protocol: Protocol,
    /// Sender; 0.0.0.0 without an address.
    pub source: Endpoint,
    /// Receiver; 255.255.255.255 is the link's broadcast address.
    pub destination: Endpoint,
    /// UDP: the user's octets. ICMP: the message.
    pub payload: Bytes,
}

impl Datagram {
    /// A UDP datagram.
    pub const fn udp(source: Endpoint, destination: Endpoint, payload: Bytes) -> Self {
        Self { protocol: Protocol::Udp, source, destination, payload }
    }

    /// An ICMP message.
    pub const fn icmp(source: Ipv4Addr, destination: Ipv4Addr, message: Bytes) -> Self {
        Self {
            protocol: Protocol::Icmp,
            source: Endpoint::new(source, 0),
            destination: Endpoint::new(destination, 0),
            payload: message,
        }
    }

    /// The length of the IPv4 datagram, in octets.
    pub fn wire_len(&self) -> usize {
        let header = match self.protocol {
            Protocol::Udp => UDP_HEADER_LEN,
            Protocol::Icmp => 0,
        };
        IP_HEADER_LEN + header + self.payload.len()
    }

    /// Its IPv4 header and the next 64 bits, as an ICMP error quotes them.
    ///
    /// Simplified: the identification and both checksums are 0.
    ///
    /// Source: RFC 792, destination unreachable message.
    pub fn quoted(&self) -> Vec<u8> {
        let next = match self.protocol {
            Protocol::Udp => {
                let mut header = Vec::with_capacity(UDP_HEADER_LEN);
                header.put_u16(self.source.port);
                header.put_u16(self.destination.port);
                header.put_u16((UDP_HEADER_LEN + self.payload.len()) as u16);
                header.put_u16(0);
                header
            }
            Protocol::Icmp => self.payload.iter().copied().take(8).collect(),
        };
        let number = match self.protocol {
            Protocol::Udp => 17,
            Protocol::Icmp => 1,
        };
        quote(self.source.address, self.destination.address, number, self.wire_len(), &next)
    }
}

/// An IPv4 header and the octets after it, as an ICMP error quotes them.
pub(super) fn quote(
    source: Ipv4Addr,
    destination: Ipv4Addr,
    protocol: u8,
    wire_len: usize,
    next: &[u8],
) -> Vec<u8> {
    let mut octets = Vec::with_capacity(IP_HEADER_LEN + next.len());
    octets.put_slice(&[0x45, 0]);
    octets.put_u16(wire_len as u16);
    octets.put_slice(&[0, 0, 0x40, 0, 64, protocol, 0, 0]);
    octets.put_slice(&source.octets());
    octets.put_slice(&destination.octets());
    octets.put_slice(next);
    octets
}
