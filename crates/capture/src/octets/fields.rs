//! The fields of a datagram: their names, and the octets and bits that they take.

use core::ops::Range;

use playground_core::wire::TCP_HEADER_LEN;

use super::options::{self, Walk};
use super::parse::{Outline, ParseError};

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

/// The octets, or bits, that one field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSpan {
    /// The field.
    pub field: Field,
    /// Its octets, from the first of the datagram.
    pub range: Range<usize>,
    /// Its bits within those octets, the most significant being 0; all of them unless it shares an octet.
    pub bits: Range<usize>,
}

impl FieldSpan {
    /// The field's stable name.
    pub const fn key(&self) -> &'static str {
        self.field.key()
    }

    /// The header it belongs to.
    pub const fn layer(&self) -> Layer {
        self.field.layer()
    }

    /// Whether the field shares an octet with another.
    pub const fn is_partial(&self) -> bool {
        self.bits.end - self.bits.start < (self.range.end - self.range.start) * 8
    }

    /// The field as a number: its bits, most significant first. `None` for a field of more than four octets, or when
    /// `octets` is not the datagram.
    pub fn value(&self, octets: &[u8]) -> Option<u32> {
        let octets = octets.get(self.range.clone()).filter(|octets| (1..=4).contains(&octets.len()))?;
        let whole = octets.iter().fold(0, |value, octet| value << 8 | u64::from(*octet));
        let behind = (octets.len() * 8).checked_sub(self.bits.end)?;
        let mask = (1u64 << self.bits.len()) - 1;
        Some((whole >> behind & mask) as u32)
    }
}

/// Labels every octet of a datagram.
///
/// The spans are in the order of the octets, without gap or overlap of bits, from the first octet to the
/// last of the total length; no span for an empty payload.
///
/// # Errors
///
/// Those of [`super::parse()`] except wrong checksums, so that a damaged datagram can be shown.
///
/// Source: RFC 791 section 3.1, RFC 9293 section 3.1.
pub fn layout(octets: &[u8]) -> Result<Vec<FieldSpan>, ParseError> {
    let Outline { tcp, data, end } = Outline::of(octets)?;
    let mut spans = Vec::with_capacity(32);
    let mut bit = 0;
    let mut take = |field, bits: usize| {
        if bits > 0 {
            let (first, after) = (bit, bit + bits);
            bit = after;
            let range = first / 8..after.div_ceil(8);
            let start = range.start * 8;
            spans.push(FieldSpan { field, range, bits: first - start..after - start });
        }
    };
    for (field, bits) in IP_FIELDS {
        take(*field, *bits);
    }
    take(Field::IpOptions, tcp * 8 - IP_FIELDS.iter().map(|(_, bits)| bits).sum::<usize>());
    for (field, bits) in TCP_FIELDS {
        take(*field, *bits);
    }
    for option in Walk::new(octets, tcp + TCP_HEADER_LEN..data) {
        let option = option?;
        let field = match option.kind {
            options::END => Field::TcpEndOfOptions,
            options::NO_OPERATION => Field::TcpNoOperation,
            options::MAX_SEGMENT_SIZE => Field::TcpMaxSegmentSize,
            options::WINDOW_SCALE => Field::TcpWindowScale,
            options::SACK_PERMITTED => Field::TcpSackPermitted,
            options::SACK => Field::TcpSack,
            options::TIMESTAMPS => Field::TcpTimestamps,
            _ => Field::TcpOtherOption,
        };
        take(field, option.range.len() * 8);
    }
    take(Field::Payload, (end - data) * 8);
    Ok(spans)
}

/// The fixed part of the IPv4 header: fields and their bits. RFC 791 figure 4.
const IP_FIELDS: &[(Field, usize)] = &[
    (Field::IpVersion, 4),
    (Field::IpHeaderLength, 4),
    (Field::IpDscp, 6),
    (Field::IpEcn, 2),
    (Field::IpTotalLength, 16),
    (Field::IpIdentification, 16),
    (Field::IpFlags, 3),
    (Field::IpFragmentOffset, 13),
    (Field::IpTimeToLive, 8),
    (Field::IpProtocol, 8),
    (Field::IpChecksum, 16),
    (Field::IpSource, 32),
    (Field::IpDestination, 32),
];

/// The fixed part of the TCP header: fields and their bits. RFC 9293 figure 1.
const TCP_FIELDS: &[(Field, usize)] = &[
    (Field::TcpSourcePort, 16),
    (Field::TcpDestinationPort, 16),
    (Field::TcpSequence, 32),
    (Field::TcpAcknowledgment, 32),
    (Field::TcpDataOffset, 4),
    (Field::TcpReserved, 4),
    (Field::TcpFlags, 8),
    (Field::TcpWindow, 16),
    (Field::TcpChecksum, 16),
    (Field::TcpUrgentPointer, 16),
];

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;
    use bytes::Bytes;
    use core::net::Ipv4Addr;
    use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TcpOptions, Timestamps};

    #[test]
    fn keys_are_unique_and_say_the_layer() {
        for (index, field) in Field::ALL.iter().enumerate() {
            assert!(field.key().starts_with(field.layer().key()), "{field:?}");
            assert!(Field::ALL[..index].iter().all(|other| other.key() != field.key()), "{field:?}");
        }
    }

    fn syn() -> Vec<u8> {
        let segment = Segment {
            source: Endpoint::new(Ipv4Addr::new(10, 0, 0, 1), 32_768),
            destination: Endpoint::new(Ipv4Addr::new(10, 0, 0, 2), 80),
            seq: SeqNum(0x0102_0304),
            ack: SeqNum(0),
            flags: Flags::SYN,
            window: 64_240,
            options: TcpOptions {
                max_segment_size: Some(1460),
                window_scale: Some(7),
                sack_permitted: true,
                timestamps: Some(Timestamps { value: 1, echo: 0 }),
            },
            payload: Bytes::from_static(b"early"),
        };
        write(&segment, 9).expect("short")
    }

    #[test]
    fn every_field_of_a_syn_is_labelled_with_its_value() {
        let octets = syn();
        let spans = layout(&octets).expect("whole");
        let text: Vec<_> = spans
            .iter()
            .map(|span| {
                let value = span.value(&octets).map_or("-".to_owned(), |value| value.to_string());
                format!("{} {:?} {:?} {value}", span.key(), span.range, span.bits)
            })
            .collect();
        let sum = |at| u16::from_be_bytes([octets[at], octets[at + 1]]);
        assert_eq!(
            text,
            [
                "ip-version 0..1 0..4 4",
                "ip-header-length 0..1 4..8 5",
                "ip-dscp 1..2 0..6 0",
                "ip-ecn 1..2 6..8 0",
                "ip-total-length 2..4 0..16 65",
                "ip-identification 4..6 0..16 9",
                "ip-flags 6..7 0..3 2",
                "ip-fragment-offset 6..8 3..16 0",
                "ip-time-to-live 8..9 0..8 64",
                "ip-protocol 9..10 0..8 6",
                &format!("ip-checksum 10..12 0..16 {}", sum(10)),
                "ip-source 12..16 0..32 167772161",
                "ip-destination 16..20 0..32 167772162",
                "tcp-source-port 20..22 0..16 32768",
                "tcp-destination-port 22..24 0..16 80",
                "tcp-sequence 24..28 0..32 16909060",
                "tcp-acknowledgment 28..32 0..32 0",
                "tcp-data-offset 32..33 0..4 10",
                "tcp-reserved 32..33 4..8 0",
                "tcp-flags 33..34 0..8 2",
                "tcp-window 34..36 0..16 64240",
                &format!("tcp-checksum 36..38 0..16 {}", sum(36)),
                "tcp-urgent-pointer 38..40 0..16 0",
                "tcp-max-segment-size 40..44 0..32 33818036",
                "tcp-sack-permitted 44..46 0..16 1026",
                "tcp-timestamps 46..56 0..80 -",
                "tcp-no-operation 56..57 0..8 1",
                "tcp-window-scale 57..60 0..24 197383",
                "payload 60..65 0..40 -",
            ]
        );
    }

    #[test]
    fn a_damaged_datagram_is_labelled_and_a_cut_one_is_refused() {
        let mut octets = syn();
        octets[60] ^= 0xff;
        assert!(super::super::parse(&octets).is_err());
        assert_eq!(layout(&octets), layout(&syn()));
        assert!(layout(&octets[..octets.len() / 2]).is_err());
    }
}
