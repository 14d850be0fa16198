//! The fields of a datagram, by name, as the page labels them.

/// Which header a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The IPv4 header.
    Ip,
    /// The TCP header.
    Tcp,
    /// The application's octets.
    Payload,
}

impl Layer {
    /// All layers, in the order of the octets.
    pub const ALL: [Self; 3] = [Self::Ip, Self::Tcp, Self::Payload];

    /// The stable name, the key of its label in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ip => "ip",
            Self::Tcp => "tcp",
            Self::Payload => "payload",
        }
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $layer:ident;)*) => {
        /// A field of a datagram.
        ///
        /// Source: RFC 791 section 3.1, RFC 9293 section 3.1; options name their own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            /// All fields, in the order of the octets.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable name, the key of its label in the language files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The header it belongs to.
            pub const fn layer(self) -> Layer {
                match self { $(Self::$name => Layer::$layer,)* }
            }
        }
    };
}

fields! {
    /// Version.
    IpVersion = "ip-version", Ip;
    /// Internet header length, in words of four octets.
    IpHeaderLength = "ip-header-length", Ip;
    /// Differentiated services. RFC 2474 section 3.
    IpDscp = "ip-dscp", Ip;
    /// Explicit congestion notification. RFC 3168 section 5.
    IpEcn = "ip-ecn", Ip;
    /// Octets of the datagram.
    IpTotalLength = "ip-total-length", Ip;
    /// Identification.
    IpIdentification = "ip-identification", Ip;
    /// Don't fragment, more fragments.
    IpFlags = "ip-flags", Ip;
    /// Fragment offset.
    IpFragmentOffset = "ip-fragment-offset", Ip;
    /// Time to live.
    IpTimeToLive = "ip-time-to-live", Ip;
    /// Protocol.
    IpProtocol = "ip-protocol", Ip;
    /// Header checksum.
    IpChecksum = "ip-checksum", Ip;
    /// Source address.
    IpSource = "ip-source", Ip;
    /// Destination address.
    IpDestination = "ip-destination", Ip;
    /// Options of the IPv4 header.
    IpOptions = "ip-options", Ip;
    /// Source port.
    TcpSourcePort = "tcp-source-port", Tcp;
    /// Destination port.
    TcpDestinationPort = "tcp-destination-port", Tcp;
    /// Sequence number.
    TcpSequence = "tcp-sequence", Tcp;
    /// Acknowledgment number.
    TcpAcknowledgment = "tcp-acknowledgment", Tcp;
    /// Data offset, in words of four octets.
    TcpDataOffset = "tcp-data-offset", Tcp;
    /// Reserved control bits.
    TcpReserved = "tcp-reserved", Tcp;
    /// Control bits.
    TcpFlags = "tcp-flags", Tcp;
    /// Window.
    TcpWindow = "tcp-window", Tcp;
    /// Checksum.
    TcpChecksum = "tcp-checksum", Tcp;
    /// Urgent pointer.
    TcpUrgentPointer = "tcp-urgent-pointer", Tcp;
    /// Maximum segment size. RFC 9293 section 3.7.1.
    TcpMaxSegmentSize = "tcp-max-segment-size", Tcp;
    /// SACK permitted. RFC 2018 section 2.
    TcpSackPermitted = "tcp-sack-permitted", Tcp;
    /// SACK. RFC 2018 section 3.
    TcpSack = "tcp-sack", Tcp;
    /// Timestamps. RFC 7323 section 3.2.
    TcpTimestamps = "tcp-timestamps", Tcp;
    /// No operation.
    TcpNoOperation = "tcp-no-operation", Tcp;
    /// Window scale. RFC 7323 section 2.2.
    TcpWindowScale = "tcp-window-scale", Tcp;
    /// An option of another kind.
    TcpOtherOption = "tcp-other-option", Tcp;
    /// End of the option list, and the padding after it.
    TcpEndOfOptions = "tcp-end-of-options", Tcp;
    /// The application's octets.
    Payload = "payload", Payload;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_say_the_layer() {
        for (index, field) in Field::ALL.iter().enumerate() {
            assert!(field.key().starts_with(field.layer().key()), "{field:?}");
            assert!(Field::ALL[..index].iter().all(|other| other.key() != field.key()), "{field:?}");
        }
    }
}
