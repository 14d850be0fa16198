//! Where the headers of a datagram begin and end: the one walk that reading and labelling share.

use playground_core::wire::{IP_HEADER_LEN, TCP_HEADER_LEN};

use super::{ParseError, Problem};

/// The protocol number of TCP. Source: RFC 9293 section 3.1 (pseudo header, PTCL).
pub(super) const PROTOCOL_TCP: u8 = 6;

/// The boundaries inside a datagram, each checked: `20 <= tcp`, `tcp + 20 <= data <= end <= octets.len()`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    /// First octet of the TCP header.
    pub tcp: usize,
    /// First octet of the data.
    pub data: usize,
    /// One past the last octet.
    pub end: usize,
}

impl Outline {
    /// Finds the boundaries; what follows the total length (an Ethernet frame's padding) is left out.
    ///
    /// Errors: every length that is impossible or not there, another version or protocol, fragments.
    ///
    /// Source: RFC 791 section 3.1, RFC 9293 section 3.1.
    pub(super) fn of(octets: &[u8]) -> Result<Self, ParseError> {
        let error = |offset, problem| Err(ParseError { offset, problem });
        let Some(first) = octets.first() else {
            return error(0, Problem::Truncated { needed: IP_HEADER_LEN, found: 0 });
        };
        if first >> 4 != 4 {
            return error(0, Problem::Version { version: first >> 4 });
        }
        let tcp = usize::from(first & 0x0f) * 4;
        if tcp < IP_HEADER_LEN {
            return error(0, Problem::IpHeaderLength { octets: tcp });
        }
        if octets.len() < tcp {
            return error(octets.len(), Problem::Truncated { needed: tcp, found: octets.len() });
        }
        let end = usize::from(u16_at(octets, 2));
        if end < tcp {
            return error(2, Problem::TotalLength { octets: end, headers: tcp });
        }
        if octets.len() < end {
            return error(octets.len(), Problem::Truncated { needed: end, found: octets.len() });
        }
        // More fragments, or a fragment offset.
        if u16_at(octets, 6) & 0x3fff != 0 {
            return error(6, Problem::Fragment);
        }
        if octets[9] != PROTOCOL_TCP {
            return error(9, Problem::Protocol { protocol: octets[9] });
        }
        if end < tcp + TCP_HEADER_LEN {
            return error(2, Problem::TotalLength { octets: end, headers: tcp + TCP_HEADER_LEN });
        }
        let header = usize::from(octets[tcp + 12] >> 4) * 4;
        if header < TCP_HEADER_LEN || tcp + header > end {
            return error(tcp + 12, Problem::DataOffset { octets: header });
        }
        Ok(Self { tcp, data: tcp + header, end })
    }
}

/// The 16-bit number at `at`, which the caller knows to be inside.
pub(super) fn u16_at(octets: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([octets[at], octets[at + 1]])
}

/// The 32-bit number at `at`, which the caller knows to be inside.
pub(super) fn u32_at(octets: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([octets[at], octets[at + 1], octets[at + 2], octets[at + 3]])
}

/// The four octets at `at`, which the caller knows to be inside.
pub(super) fn address_at(octets: &[u8], at: usize) -> [u8; 4] {
    u32_at(octets, at).to_be_bytes()
}
