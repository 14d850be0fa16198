//! A segment as the octets of an IPv4 datagram.

use core::fmt;

use playground_core::event::PacketId;
use playground_core::wire::{Datagram, IP_HEADER_LEN, Protocol, Segment, UDP_HEADER_LEN};

use super::checksum::{IP_CHECKSUM_AT, TCP_CHECKSUM_AT, UDP_CHECKSUM_AT, ip_checksum, transport_checksum};
use super::options;
use super::outline::PROTOCOL_TCP;

/// RFC 790, as IANA keeps it.
const PROTOCOL_ICMP: u8 = 1;
const PROTOCOL_UDP: u8 = 17;

/// Hops a datagram may still take, as Linux sends it.
const TIME_TO_LIVE: u8 = 64;
/// The flag "don't fragment", in the word it shares with the fragment offset.
const DONT_FRAGMENT: u16 = 0x4000;

/// A segment that no IPv4 datagram can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// Octets it would take, headers included.
    pub octets: usize,
}

/// The identification that a segment's datagram carries: one counter for the whole run.
///
/// Simplified: a real host counts for itself. What matters holds here too: no two datagrams that may be
/// under way together have the same number.
///
/// Source: RFC 791 section 3.1; RFC 6864 section 4.1 (with "don't fragment" any value will do).
pub const fn identification(id: PacketId) -> u16 {
    id.0.wrapping_add(1) as u16
}

/// Writes a segment as a whole IPv4 datagram, both checksums right.
///
/// Shape: a 20-octet IPv4 header ("don't fragment", time to live 64, the identification given), the TCP
/// header with options laid out as Linux does, the payload; [`Segment::wire_len`] octets in all.
///
/// Errors: [`TooLong`] when that is more than 65,535.
///
/// Simplified: the urgent pointer and the reserved bits are zero.
///
/// Source: RFC 791 section 3.1, RFC 9293 section 3.1.
pub fn write(segment: &Segment, identification: u16) -> Result<Vec<u8>, TooLong> {
    let (source, destination) = (segment.source.address.octets(), segment.destination.address.octets());
    let mut out = ip_header(segment.wire_len(), identification, PROTOCOL_TCP, source, destination)?;
    out.extend(segment.source.port.to_be_bytes());
    out.extend(segment.destination.port.to_be_bytes());
    out.extend(segment.seq.0.to_be_bytes());
    out.extend(segment.ack.0.to_be_bytes());
    let data_offset = out.len();
    out.extend([0, segment.flags.0]);
    out.extend(segment.window.to_be_bytes());
    // Checksum and urgent pointer.
    out.extend([0; 4]);
    options::write(&segment.options, &mut out);
    let words = (out.len() - IP_HEADER_LEN) / 4;
    out[data_offset] = (words as u8) << 4;
    out.extend_from_slice(&segment.payload);
    let sum = transport_checksum(PROTOCOL_TCP, source, destination, &out[IP_HEADER_LEN..]);
    put(&mut out, IP_HEADER_LEN + TCP_CHECKSUM_AT, sum);
    Ok(out)
}

/// Writes a UDP datagram or an ICMP message as a whole IPv4 datagram, all checksums right.
///
/// Shape: the IPv4 header as [`write()`] makes it, the UDP header, the payload; [`Datagram::wire_len`] octets.
///
/// Errors: [`TooLong`] when that is more than 65,535.
///
/// Source: RFC 791 section 3.1, RFC 768.
pub fn write_datagram(datagram: &Datagram, identification: u16) -> Result<Vec<u8>, TooLong> {
    let (source, destination) = (datagram.source.address.octets(), datagram.destination.address.octets());
    let protocol = match datagram.protocol {
        Protocol::Udp => PROTOCOL_UDP,
        Protocol::Icmp => PROTOCOL_ICMP,
    };
    let mut out = ip_header(datagram.wire_len(), identification, protocol, source, destination)?;
    if datagram.protocol == Protocol::Udp {
        let len = (UDP_HEADER_LEN + datagram.payload.len()) as u16;
        out.extend(datagram.source.port.to_be_bytes());
        out.extend(datagram.destination.port.to_be_bytes());
        out.extend(len.to_be_bytes());
        out.extend([0, 0]);
    }
    out.extend_from_slice(&datagram.payload);
    if datagram.protocol == Protocol::Udp {
        let sum = match transport_checksum(PROTOCOL_UDP, source, destination, &out[IP_HEADER_LEN..]) {
            // A sum of 0 is sent as all ones, for 0 says that there is none.
            0 => 0xffff,
            sum => sum,
        };
        put(&mut out, IP_HEADER_LEN + UDP_CHECKSUM_AT, sum);
    }
    Ok(out)
}

/// An IPv4 header for a datagram of `len` octets.
fn ip_header(
    len: usize,
    identification: u16,
    protocol: u8,
    source: [u8; 4],
    destination: [u8; 4],
) -> Result<Vec<u8>, TooLong> {
    let total = u16::try_from(len).map_err(|_| TooLong { octets: len })?;
    let mut out = Vec::with_capacity(len);
    // Version 4, header length 5 words; no service wanted.
    out.extend([0x45, 0]);
    out.extend(total.to_be_bytes());
    out.extend(identification.to_be_bytes());
    out.extend(DONT_FRAGMENT.to_be_bytes());
    out.extend([TIME_TO_LIVE, protocol, 0, 0]);
    out.extend(source);
    out.extend(destination);
    let sum = ip_checksum(&out);
    put(&mut out, IP_CHECKSUM_AT, sum);
    Ok(out)
}

fn put(out: &mut [u8], at: usize, value: u16) {
    out[at..at + 2].copy_from_slice(&value.to_be_bytes());
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a segment of {} octets does not fit an IPv4 datagram's 65535", self.octets)
    }
}

impl std::error::Error for TooLong {}

#[cfg(test)]
mod tests {
    use core::net::Ipv4Addr;

    use bytes::Bytes;
    use playground_core::wire::{Endpoint, Flags, SeqNum, TcpOptions};

    use super::*;

    fn segment(payload: usize) -> Segment {
        Segment {
            source: Endpoint::new(Ipv4Addr::new(10, 7, 0, 1), 46652),
            destination: Endpoint::new(Ipv4Addr::new(10, 7, 0, 2), 80),
            seq: SeqNum(1),
            ack: SeqNum(0),
            flags: Flags::ACK,
            window: 0,
            options: TcpOptions::default(),
            payload: vec![0; payload].into(),
        }
    }

    #[test]
    fn a_segment_has_the_octets_and_checksums_worked_out_by_other_means() {
        let mut segment = segment(0);
        segment.seq = SeqNum(0x9d08_03a5);
        segment.ack = SeqNum(0x55cb_9132);
        segment.flags = Flags::PSH | Flags::ACK;
        segment.window = 63;
        segment.payload = Bytes::from_static(b"GET");
        let octets = write(&segment, 0x35ca).expect("short");
        let expected = [
            0x45, 0x00, 0x00, 0x2b, 0x35, 0xca, 0x40, 0x00, 0x40, 0x06, 0xf0, 0xf2, 0x0a, 0x07, 0x00, 0x01,
            0x0a, 0x07, 0x00, 0x02, 0xb6, 0x3c, 0x00, 0x50, 0x9d, 0x08, 0x03, 0xa5, 0x55, 0xcb, 0x91, 0x32,
            0x50, 0x18, 0x00, 0x3f, 0xc1, 0xfc, 0x00, 0x00, b'G', b'E', b'T',
        ];
        assert_eq!(octets, expected);
        assert_eq!(octets.len(), segment.wire_len());
    }

    #[test]
    fn the_longest_datagram_is_written_and_one_octet_more_is_refused() {
        let longest = write(&segment(65_495), 0).map(|octets| octets.len());
        assert_eq!(longest, Ok(65_535));
        assert_eq!(write(&segment(65_496), 0), Err(TooLong { octets: 65_536 }));
    }

    #[test]
    fn identifications_count_from_one_and_wrap() {
        for (id, expected) in [(0, 1), (65_534, 65_535), (65_535, 0), (u32::MAX, 0)] {
            assert_eq!(identification(PacketId(id)), expected);
        }
    }
}
