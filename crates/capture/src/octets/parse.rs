//! The octets of an IPv4 datagram as a segment.

use core::net::Ipv4Addr;

use bytes::Bytes;
use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TCP_HEADER_LEN};

use super::checksum::{IP_CHECKSUM_AT, TCP_CHECKSUM_AT, ip_checksum, tcp_checksum};
use super::options;
use super::outline::{Outline, address_at, u16_at, u32_at};
use super::{ParseError, Problem};

/// Whether checksums must be right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checksums {
    /// Both must be right.
    #[default]
    Checked,
    /// Neither is looked at: for captures taken on the sending host, where the network card fills them in
    /// after the capture.
    Ignored,
}

/// Reads an IPv4 datagram with a TCP segment in it.
///
/// Shape: the datagram from its first octet; what follows its total length is ignored, as are IP options,
/// the urgent pointer and unknown TCP options.
///
/// Errors: [`ParseError`] names the first thing wrong and its offset: lengths, version, fragments,
/// protocol, the two checksums, options. No input panics.
///
/// Source: RFC 791 section 3.1, RFC 9293 section 3.1.
pub fn parse(octets: &[u8]) -> Result<Segment, ParseError> {
    parse_with(octets, Checksums::Checked)
}

/// Reads a datagram as [`parse`] does, its checksums looked at or not.
///
/// Errors: as [`parse`].
pub fn parse_with(octets: &[u8], checksums: Checksums) -> Result<Segment, ParseError> {
    let outline = Outline::of(octets)?;
    if checksums == Checksums::Checked {
        check(octets, &outline)?;
    }
    let tcp = outline.tcp;
    let endpoint = |address, port| Endpoint {
        address: Ipv4Addr::from(address_at(octets, address)),
        port: u16_at(octets, port),
    };
    Ok(Segment {
        source: endpoint(12, tcp),
        destination: endpoint(16, tcp + 2),
        seq: SeqNum(u32_at(octets, tcp + 4)),
        ack: SeqNum(u32_at(octets, tcp + 8)),
        flags: Flags(octets[tcp + 13]),
        window: u16_at(octets, tcp + 14),
        options: options::read(octets, tcp + TCP_HEADER_LEN..outline.data)?,
        payload: Bytes::copy_from_slice(&octets[outline.data..outline.end]),
    })
}

/// Compares both checksums. A sum of all words that is right has no zero bit, whichever of the two ones'
/// complement zeros the field holds.
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
    use playground_core::wire::TcpOptions;

    use super::super::write;
    use super::*;

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
    fn what_follows_the_total_length_is_not_payload() {
        let mut octets = altered(&[]);
        octets.extend([0; 6]);
        assert_eq!(parse(&octets), Ok(segment()));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
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
    fn wrong_checksums_are_told_apart_and_may_be_ignored() {
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
    fn ip_options_are_stepped_over() {
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
