//! ICMP messages: echo, echo reply, destination unreachable.

use core::net::Ipv4Addr;

use bytes::{BufMut, Bytes};

use super::{Endpoint, FourTuple, IP_HEADER_LEN, SeqNum};

/// The length of the header before an echo's data or an error's quotation.
const HEADER_LEN: usize = 8;

/// An ICMP message.
///
/// Source: RFC 792.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IcmpMessage {
    /// Echo request, type 8.
    Echo {
        /// Which sender's.
        identifier: u16,
        /// Which of its echoes.
        sequence: u16,
        /// Octets that come back as they went.
        data: Bytes,
    },
    /// Yes. Type 0.
    EchoReply {
        /// As in the echo.
        identifier: u16,
        /// As in the echo.
        sequence: u16,
        /// As in the echo.
        data: Bytes,
    },
    /// A datagram could not be delivered. Type 3.
    Unreachable {
        /// The code.
        code: UnreachableCode,
        /// That datagram's header and the 64 bits behind it.
        quoted: Bytes,
    },
}

/// Why a datagram could not be delivered.
///
/// Source: RFC 792, destination unreachable message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreachableCode {
    /// No route to the network: 0.
    Network,
    /// The host does not answer on its network: 1.
    Host,
    /// No application has bound the port: 3.
    Port,
    /// Any other.
    Other(u8),
}

impl UnreachableCode {
    /// The number on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Self::Network => 0,
            Self::Host => 1,
            Self::Port => 3,
            Self::Other(code) => code,
        }
    }

    const fn of(number: u8) -> Self {
        match number {
            0 => Self::Network,
            1 => Self::Host,
            3 => Self::Port,
            other => Self::Other(other),
        }
    }
}

impl IcmpMessage {
    /// Encodes the message, with its checksum.
    pub fn encode(&self) -> Bytes {
        let (kind, code, rest, data) = match self {
            Self::Echo { identifier, sequence, data } => (8, 0, (*identifier, *sequence), data),
            Self::EchoReply { identifier, sequence, data } => (0, 0, (*identifier, *sequence), data),
            Self::Unreachable { code, quoted } => (3, code.number(), (0, 0), quoted),
        };
        let mut octets = Vec::with_capacity(HEADER_LEN + data.len());
        octets.put_slice(&[kind, code, 0, 0]);
        octets.put_u16(rest.0);
        octets.put_u16(rest.1);
        octets.put_slice(data);
        let sum = internet_checksum(&octets).to_be_bytes();
        octets[2] = sum[0];
        octets[3] = sum[1];
        octets.into()
    }

    /// Decodes a message; `None` for one that is truncated, damaged or of another type.
    pub fn decode(octets: &Bytes) -> Option<Self> {
        let header = octets.get(..HEADER_LEN)?;
        if internet_checksum(octets) != 0 {
            return None;
        }
        let word = |at: usize| u16::from_be_bytes([header[at], header[at + 1]]);
        let data = octets.slice(HEADER_LEN..);
        match header[0] {
            8 => Some(Self::Echo { identifier: word(4), sequence: word(6), data }),
            0 => Some(Self::EchoReply { identifier: word(4), sequence: word(6), data }),
            3 => Some(Self::Unreachable { code: UnreachableCode::of(header[1]), quoted: data }),
            _ => None,
        }
    }
}

/// The connection of a quoted segment, from its sender's side, and its sequence number; `None` without a TCP
/// segment.
///
/// Source: RFC 1122 section 4.2.3.9.
pub fn quoted_segment(quoted: &[u8]) -> Option<(FourTuple, SeqNum)> {
    let octets: &[u8; IP_HEADER_LEN + 8] = quoted.first_chunk()?;
    if octets[9] != 6 {
        return None;
    }
    let four = |at: usize| u32::from_be_bytes([octets[at], octets[at + 1], octets[at + 2], octets[at + 3]]);
    let end = |address: usize, port: usize| {
        let port = u16::from_be_bytes([octets[port], octets[port + 1]]);
        Endpoint::new(Ipv4Addr::from_bits(four(address)), port)
    };
    Some((FourTuple { local: end(12, 20), remote: end(16, 22) }, SeqNum(four(24))))
}

/// The Internet checksum; 0 over octets that include their own valid checksum.
///
/// Source: RFC 1071 section 1.
fn internet_checksum(octets: &[u8]) -> u16 {
    let mut sum = 0_u64;
    for pair in octets.chunks(2) {
        sum += match pair {
            [high, low] => u64::from(u16::from_be_bytes([*high, *low])),
            [last] => u64::from(*last) << 8,
            _ => 0,
        };
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_round_trip() {
        let data = Bytes::from_static(b"abcde");
        for (message, first) in [
            (IcmpMessage::Echo { identifier: 7, sequence: 1, data: data.clone() }, [8, 0]),
            (IcmpMessage::EchoReply { identifier: 7, sequence: 65_535, data: data.clone() }, [0, 0]),
            (IcmpMessage::Unreachable { code: UnreachableCode::Host, quoted: data.clone() }, [3, 1]),
            (IcmpMessage::Unreachable { code: UnreachableCode::Other(13), quoted: Bytes::new() }, [3, 13]),
        ] {
            let octets = message.encode();
            assert_eq!(octets[..2], first);
            assert_eq!(IcmpMessage::decode(&octets), Some(message));
        }
    }

    #[test]
    fn an_echo_matches_octets_computed_by_hand() {
        // 0800 + 0001 + 0001 + 6162 = 6964, its complement 969b.
        let echo = IcmpMessage::Echo { identifier: 1, sequence: 1, data: Bytes::from_static(b"ab") };
        assert_eq!(echo.encode()[..], [8, 0, 0x96, 0x9b, 0, 1, 0, 1, b'a', b'b']);
    }

    #[test]
    fn truncated_or_damaged_messages_are_refused() {
        let echo = IcmpMessage::Echo { identifier: 1, sequence: 1, data: Bytes::from_static(b"ab") };
        let octets = echo.encode();
        for len in 0..octets.len() {
            assert_eq!(IcmpMessage::decode(&octets.slice(..len)), None, "{len}");
        }
        let mut damaged = octets.to_vec();
        damaged[9] ^= 1;
        assert_eq!(IcmpMessage::decode(&damaged.into()), None);
    }
}
