//! Encoding of segments and datagrams as IPv4.

use bytes::BufMut;
use playground_core::event::PacketId;
use playground_core::wire::{Datagram, IP_HEADER_LEN, Protocol, Segment, UDP_HEADER_LEN};

use super::checksum::{IP_CHECKSUM_AT, TCP_CHECKSUM_AT, UDP_CHECKSUM_AT, ip_checksum, transport_checksum};
use super::options;
use super::parse::PROTOCOL_TCP;

/// IANA protocol numbers (RFC 790).
const PROTOCOL_ICMP: u8 = 1;
const PROTOCOL_UDP: u8 = 17;

/// The initial time to live of Linux.
const TIME_TO_LIVE: u8 = 64;
/// The flag "don't fragment", in the word that it shares with the fragment offset.
const DONT_FRAGMENT: u16 = 0x4000;

/// A segment too long for an IPv4 datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a segment of {octets} octets does not fit an IPv4 datagram's 65535")]
pub struct TooLong {
    /// Its length in octets, headers included.
    pub octets: usize,
}

/// The identification of a segment's datagram: one counter for the whole run.
///
/// Simplified: a real host has a counter of its own. As required, no two datagrams in flight together share a
/// number.
///
/// Source: RFC 791 section 3.1; RFC 6864 section 4.1 (with "don't fragment" any value will do).
pub const fn identification(id: PacketId) -> u16 {
    id.0.wrapping_add(1) as u16
}

/// Encodes a segment as an IPv4 datagram with both checksums.
///
/// The datagram is a 20-octet IPv4 header ("don't fragment", time to live 64, the identification given), the TCP
/// header with options laid out as Linux does, the payload; [`Segment::wire_len`] octets in all.
///
/// # Errors
///
/// [`TooLong`] when that is more than 65,535.
///
/// Simplified: the urgent pointer and the reserved bits are zero.
///
/// Source: RFC 791 section 3.1, RFC 9293 section 3.1.
pub fn write(segment: &Segment, identification: u16) -> Result<Vec<u8>, TooLong> {
    let (source, destination) = (segment.source.address.octets(), segment.destination.address.octets());
    let mut out = ip_header(segment.wire_len(), identification, PROTOCOL_TCP, source, destination)?;
    out.put_u16(segment.source.port);
    out.put_u16(segment.destination.port);
    out.put_u32(segment.seq.0);
    out.put_u32(segment.ack.0);
    let data_offset = out.len();
    out.put_slice(&[0, segment.flags.0]);
    out.put_u16(segment.window);
    // Checksum and urgent pointer.
    out.put_bytes(0, 4);
    options::write(&segment.options, &mut out);
    let words = (out.len() - IP_HEADER_LEN) / 4;
    out[data_offset] = (words as u8) << 4;
    out.put_slice(&segment.payload);
    let sum = transport_checksum(PROTOCOL_TCP, source, destination, &out[IP_HEADER_LEN..]);
    put(&mut out, IP_HEADER_LEN + TCP_CHECKSUM_AT, sum);
    Ok(out)
}

/// Encodes a UDP datagram or an ICMP message as an IPv4 datagram with its checksums.
///
/// The datagram is the IPv4 header as [`write()`] makes it, the UDP header, the payload; [`Datagram::wire_len`] octets.
///
/// # Errors
///
/// [`TooLong`] when that is more than 65,535.
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
        out.put_u16(datagram.source.port);
        out.put_u16(datagram.destination.port);
        out.put_u16(len);
        out.put_u16(0);
    }
    out.put_slice(&datagram.payload);
    if datagram.protocol == Protocol::Udp {
        let sum = match transport_checksum(PROTOCOL_UDP, source, destination, &out[IP_HEADER_LEN..]) {
            // A checksum of 0 is sent as all ones: 0 means no checksum.
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
    // Version 4, header length 5 words; default service.
    out.put_slice(&[0x45, 0]);
    out.put_u16(total);
    out.put_u16(identification);
    out.put_u16(DONT_FRAGMENT);
    out.put_slice(&[TIME_TO_LIVE, protocol, 0, 0]);
    out.put_slice(&source);
    out.put_slice(&destination);
    let sum = ip_checksum(&out);
    put(&mut out, IP_CHECKSUM_AT, sum);
    Ok(out)
}

fn put(out: &mut [u8], at: usize, value: u16) {
    out[at..at + 2].copy_from_slice(&value.to_be_bytes());
}

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
    fn a_segment_matches_independently_computed_octets() {
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
    fn the_limit_is_65535_octets() {
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
