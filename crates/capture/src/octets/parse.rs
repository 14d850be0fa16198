//! Parsing the octets of an IPv4 datagram as a TCP segment.

use core::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use playground_core::wire::{Endpoint, Flags, IP_HEADER_LEN, Segment, SeqNum, TCP_HEADER_LEN};

use super::checksum::{IP_CHECKSUM_AT, TCP_CHECKSUM_AT, ip_checksum, tcp_checksum};
use super::{ipv6, options};

/// Octets that are not a TCP segment in an IPv4 datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("octet {offset}: {problem}")]
pub struct ParseError {
    /// The first octet of the field that is wrong, from 0.
    pub offset: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with octets that are not a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The octets end before what they announce.
    #[error("the datagram ends after {found} octets, {needed} are announced")]
    Truncated {
        /// Octets announced, from the start of the datagram.
        needed: usize,
        /// Octets there are.
        found: usize,
    },
    /// Another version of IP.
    #[error("IP version {version}, expected 4")]
    Version {
        /// The version.
        version: u8,
    },
    /// The IPv4 header says that it is shorter than the shortest there is.
    #[error("an IPv4 header of {octets} octets, the shortest has 20")]
    IpHeaderLength {
        /// Octets it claims.
        octets: usize,
    },
    /// The datagram says that it is shorter than its headers.
    #[error("a total length of {octets} octets does not hold the headers' {headers}")]
    TotalLength {
        /// Octets it claims.
        octets: usize,
        /// Octets of the headers.
        headers: usize,
    },
    /// A fragment; only whole datagrams are read.
    #[error("a fragment, only whole datagrams can be read")]
    Fragment,
    /// Another protocol than TCP.
    #[error("protocol {protocol}, expected 6 (TCP)")]
    Protocol {
        /// Its number.
        protocol: u8,
    },
    /// The IPv4 header's checksum fails.
    #[error("the IPv4 header checksum is 0x{found:04x}, should be 0x{computed:04x}")]
    IpChecksum {
        /// As received.
        found: u16,
        /// As it should be.
        computed: u16,
    },
    /// The TCP header says that it is shorter than the shortest there is, or longer than the datagram.
    #[error("a TCP header of {octets} octets is shorter than 20 or longer than the datagram")]
    DataOffset {
        /// Octets it claims.
        octets: usize,
    },
    /// The TCP checksum fails.
    #[error("the TCP checksum is 0x{found:04x}, should be 0x{computed:04x}")]
    TcpChecksum {
        /// As received.
        found: u16,
        /// As it should be.
        computed: u16,
    },
    /// An option's length does not fit its kind, or the header.
    #[error("{}", option_length(*kind, *length))]
    OptionLength {
        /// The option's kind.
        kind: u8,
        /// Its length octet; none where the header ends before it.
        length: Option<u8>,
    },
}

fn option_length(kind: u8, length: Option<u8>) -> String {
    match length {
        Some(length) => format!("option kind {kind} cannot have the length {length} here"),
        None => format!("the header ends before the length of option kind {kind}"),
    }
}

impl Problem {
    /// Its stable name, the key of its sentence in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Truncated { .. } => "truncated",
            Self::Version { .. } => "ip-version",
            Self::IpHeaderLength { .. } => "ip-header-length",
            Self::TotalLength { .. } => "ip-total-length",
            Self::Fragment => "ip-fragment",
            Self::Protocol { .. } => "ip-protocol",
            Self::IpChecksum { .. } => "ip-checksum",
            Self::DataOffset { .. } => "tcp-data-offset",
            Self::TcpChecksum { .. } => "tcp-checksum",
            Self::OptionLength { .. } => "tcp-option-length",
        }
    }
}

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
    /// Finds the boundaries; octets after the total length (an Ethernet frame's padding) are ignored.
    ///
    /// # Errors
    ///
    /// An impossible or truncated length, another version or protocol, a fragment.
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
        Self::of_tcp(octets, tcp, end)
    }

    /// The boundaries of a segment from `tcp` to `end`, which the caller knows to be inside.
    pub(super) fn of_tcp(octets: &[u8], tcp: usize, end: usize) -> Result<Self, ParseError> {
        let error = |offset, problem| Err(ParseError { offset, problem });
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

/// Whether checksums are verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checksums {
    /// Both are verified.
    #[default]
    Checked,
    /// Neither is verified: in captures on the sending host, the network card fills them in after the capture.
    Ignored,
}

/// Parses an IPv4 datagram that contains a TCP segment.
///
/// `octets` starts with the datagram; octets beyond its total length are ignored, as are IP options,
/// the urgent pointer and unknown TCP options.
///
/// # Errors
///
/// The first problem and its offset: lengths, version, fragments, protocol, the two checksums, options.
///
/// Source: RFC 791 section 3.1, RFC 9293 section 3.1.
pub fn parse(octets: &[u8]) -> Result<Segment, ParseError> {
    parse_with(octets, Checksums::Checked)
}

/// Parses a datagram as [`parse`] does, with or without verification of its checksums.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_with(octets: &[u8], checksums: Checksums) -> Result<Segment, ParseError> {
    let outline = Outline::of(octets)?;
    if checksums == Checksums::Checked {
        check(octets, &outline)?;
    }
    let address = |at| Ipv4Addr::from(address_at(octets, at));
    segment(octets, &outline, address(12), address(16), Bytes::copy_from_slice)
}

/// The segment inside a datagram, with a payload that `keep` makes of its octets.
fn segment(
    octets: &[u8],
    outline: &Outline,
    source: Ipv4Addr,
    destination: Ipv4Addr,
    keep: impl Fn(&[u8]) -> Bytes,
) -> Result<Segment, ParseError> {
    let tcp = outline.tcp;
    Ok(Segment {
        source: Endpoint { address: source, port: u16_at(octets, tcp) },
        destination: Endpoint { address: destination, port: u16_at(octets, tcp + 2) },
        seq: SeqNum(u32_at(octets, tcp + 4)),
        ack: SeqNum(u32_at(octets, tcp + 8)),
        flags: Flags(octets[tcp + 13]),
        window: u16_at(octets, tcp + 14),
        options: options::read(octets, tcp + TCP_HEADER_LEN..outline.data)?,
        payload: keep(&octets[outline.data..outline.end]),
    })
}

/// The segment inside an IPv4 or IPv6 datagram of a capture: its addresses, and itself, with unspecified addresses
/// where they are IPv6's. Its payload shares the octets of `datagram`; checksums are left to the network card.
///
/// # Errors
///
/// As [`parse`].
///
/// Source: RFC 791 section 3.1, RFC 8200 sections 3 and 4, RFC 9293 section 3.1.
pub(crate) fn captured(datagram: &Bytes) -> Result<(IpAddr, IpAddr, Segment), ParseError> {
    let keep = |payload: &[u8]| datagram.slice_ref(payload);
    if datagram.first().is_some_and(|first| first >> 4 == 6) {
        let outline = ipv6::outline(datagram)?;
        let (source, destination) = ipv6::addresses(datagram);
        let none = Ipv4Addr::UNSPECIFIED;
        return Ok((source.into(), destination.into(), segment(datagram, &outline, none, none, keep)?));
    }
    let outline = Outline::of(datagram)?;
    let address = |at| Ipv4Addr::from(address_at(datagram, at));
    let (source, destination) = (address(12), address(16));
    let segment = segment(datagram, &outline, source, destination, keep)?;
    Ok((source.into(), destination.into(), segment))
}

/// Verifies both checksums. The sum of all words of a valid datagram has no zero bit, whichever of the two ones'
/// complement zeros the field has.
fn check(octets: &[u8], outline: &Outline) -> Result<(), ParseError> {
    let mut header = octets[..outline.tcp].to_vec();
    if ip_checksum(&header) != 0 {
        let found = u16_at(&header, IP_CHECKSUM_AT);
        header[IP_CHECKSUM_AT..IP_CHECKSUM_AT + 2].fill(0);
        let problem = Problem::IpChecksum { found, computed: ip_checksum(&header) };
        return Err(ParseError { offset: IP_CHECKSUM_AT, problem });
    }
    let (source, destination) = (address_at(octets, 12), address_at(octets, 16));
    let segment = &octets[outline.tcp..outline.end];
    if tcp_checksum(source, destination, segment) != 0 {
        let found = u16_at(segment, TCP_CHECKSUM_AT);
        let mut segment = segment.to_vec();
        segment[TCP_CHECKSUM_AT..TCP_CHECKSUM_AT + 2].fill(0);
        let problem = Problem::TcpChecksum { found, computed: tcp_checksum(source, destination, &segment) };
        return Err(ParseError { offset: outline.tcp + TCP_CHECKSUM_AT, problem });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;
    use playground_core::wire::TcpOptions;

    fn segment() -> Segment {
        Segment {
            source: Endpoint::new(Ipv4Addr::new(10, 0, 0, 1), 32_768),
            destination: Endpoint::new(Ipv4Addr::new(10, 0, 0, 2), 80),
            seq: SeqNum(u32::MAX),
            ack: SeqNum(7),
            flags: Flags::PSH | Flags::ACK,
            window: 65_535,
            options: TcpOptions { max_segment_size: Some(536), ..TcpOptions::default() },
            payload: Bytes::from_static(b"GET / HTTP/1.0\r\n\r\n"),
        }
    }

    /// The datagram of [`segment`] with some octets replaced, both checksums right unless replaced.
    fn altered(changes: &[(usize, u8)]) -> Vec<u8> {
        let mut octets = write(&segment(), 1).expect("short");
        for (at, value) in changes {
            octets[*at] = *value;
        }
        for (sum_at, end) in [(10, 20), (36, octets.len())] {
            if changes.iter().any(|(at, _)| (sum_at..sum_at + 2).contains(at)) {
                continue;
            }
            octets[sum_at..sum_at + 2].fill(0);
            let sum = if end == 20 {
                ip_checksum(&octets[..20])
            } else {
                tcp_checksum(address_at(&octets, 12), address_at(&octets, 16), &octets[20..])
            };
            octets[sum_at..sum_at + 2].copy_from_slice(&sum.to_be_bytes());
        }
        octets
    }

    #[test]
    fn every_cut_is_an_error() {
        let octets = altered(&[]);
        assert_eq!(parse(&octets), Ok(segment()));
        for len in 0..octets.len() {
            let error = parse(&octets[..len]).expect_err("cut");
            assert!(
                matches!(error.problem, Problem::Truncated { found, .. } if found == len),
                "{len}: {error}"
            );
            assert_eq!(error.offset, len);
        }
    }

    #[test]
    fn octets_after_the_total_length_are_ignored() {
        let mut octets = altered(&[]);
        octets.extend([0; 6]);
        assert_eq!(parse(&octets), Ok(segment()));
    }

    #[test]
    fn errors_name_the_problem_and_its_offset() {
        for (changes, message) in [
            (&[(0, 0x65)][..], "octet 0: IP version 6, expected 4"),
            (&[(0, 0x44)], "octet 0: an IPv4 header of 16 octets, the shortest has 20"),
            (&[(2, 0), (3, 19)], "octet 2: a total length of 19 octets does not hold the headers' 20"),
            (&[(2, 0), (3, 39)], "octet 2: a total length of 39 octets does not hold the headers' 40"),
            (&[(2, 0xff), (3, 0xff)], "octet 62: the datagram ends after 62 octets, 65535 are announced"),
            (&[(6, 0x20)], "octet 6: a fragment, only whole datagrams can be read"),
            (&[(7, 1)], "octet 6: a fragment, only whole datagrams can be read"),
            (&[(9, 17)], "octet 9: protocol 17, expected 6 (TCP)"),
            (
                &[(32, 0x40)],
                "octet 32: a TCP header of 16 octets is shorter than 20 or longer than the datagram",
            ),
            (
                &[(32, 0xf0)],
                "octet 32: a TCP header of 60 octets is shorter than 20 or longer than the datagram",
            ),
            (&[(41, 3)], "octet 40: option kind 2 cannot have the length 3 here"),
            (
                &[(43, 200), (42, 1), (40, 1), (41, 1)],
                "octet 43: the header ends before the length of option kind 200",
            ),
        ] {
            let octets = altered(changes);
            assert_eq!(parse(&octets).map_err(|error| error.to_string()), Err(message.to_owned()));
        }
    }

    #[test]
    fn one_flipped_bit_anywhere_fails_a_check() {
        let octets = altered(&[]);
        for bit in 0..octets.len() * 8 {
            let mut damaged = octets.clone();
            damaged[bit / 8] ^= 0x80 >> (bit % 8);
            assert!(parse(&damaged).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn checksum_errors_are_distinguished_and_may_be_ignored() {
        let sums = altered(&[]);
        let ip = u16_at(&sums, 10);
        let tcp = u16_at(&sums, 36);
        for (at, offset, problem) in [
            (11, 10, Problem::IpChecksum { found: ip ^ 1, computed: ip }),
            (37, 36, Problem::TcpChecksum { found: tcp ^ 1, computed: tcp }),
        ] {
            let mut octets = sums.clone();
            octets[at] ^= 1;
            assert_eq!(parse(&octets), Err(ParseError { offset, problem }));
            assert_eq!(parse_with(&octets, Checksums::Ignored), Ok(segment()));
        }
    }

    #[test]
    fn ip_options_are_skipped() {
        let mut octets = altered(&[]);
        octets.splice(20..20, [1, 1, 1, 0]);
        octets[0] = 0x46;
        octets[3] += 4;
        octets[10..12].fill(0);
        let sum = ip_checksum(&octets[..24]);
        octets[10..12].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(parse(&octets), Ok(segment()));
    }
}
