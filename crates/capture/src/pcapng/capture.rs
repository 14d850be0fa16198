//! The content of a capture file: interfaces, packets, and the segments in them.

use bytes::Bytes;
use playground_core::time::Instant;
use playground_core::wire::Segment;

use crate::octets::{Checksums, ParseError, Problem, parse_with};

/// The content of a capture file: interfaces and packets of all its sections, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// Interfaces.
    pub interfaces: Vec<Interface>,
    /// Packets.
    pub packets: Vec<Packet>,
}

/// An interface on which packets were captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its name, where the file gives one.
    pub name: Option<String>,
    /// The link type of its packets.
    pub link_type: LinkType,
}

/// A captured packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Its index in [`Capture::interfaces`].
    pub interface: usize,
    /// The time of its capture, in microseconds since the Unix epoch; `None` in a simple packet block.
    pub at: Option<Instant>,
    /// Its length on the wire, in octets.
    pub original_len: u32,
    /// The captured octets.
    pub octets: Bytes,
    /// Its comments.
    pub comments: Vec<String>,
}

/// A segment of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedSegment {
    /// The index of its packet in [`Capture::packets`].
    pub packet: usize,
    /// Time since the earliest packet of the capture.
    pub at: Instant,
    /// The segment.
    pub segment: Segment,
}

/// The segments of a capture, and the packets that are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Segments, in the order of the file.
    pub segments: Vec<TimedSegment>,
    /// The other packets: index in [`Capture::packets`] and reason.
    pub skipped: Vec<(usize, PacketError)>,
}

impl Capture {
    /// Parses every packet as a segment.
    ///
    /// A packet that is not a segment is listed with the reason.
    ///
    /// Simplified: a packet without a time has that of the previous one.
    pub fn segments(&self, checksums: Checksums) -> Imported {
        let start = self.packets.iter().filter_map(|packet| packet.at).min().unwrap_or_default();
        let mut now = start;
        let mut imported = Imported::default();
        for (packet, captured) in self.packets.iter().enumerate() {
            now = captured.at.unwrap_or(now);
            match self.segment(captured, checksums) {
                Ok(segment) => {
                    let at = Instant::from_micros(now.since(start).as_micros());
                    imported.segments.push(TimedSegment { packet, at, segment });
                }
                Err(error) => imported.skipped.push((packet, error)),
            }
        }
        imported
    }

    /// Parses one packet of this capture as a segment.
    ///
    /// # Errors
    ///
    /// The reason why it is none.
    pub fn segment(&self, packet: &Packet, checksums: Checksums) -> Result<Segment, PacketError> {
        let link_type =
            self.interfaces.get(packet.interface).map_or(LinkType::RAW, |interface| interface.link_type);
        let datagram = link_type.datagram(&packet.octets)?;
        parse_with(datagram, checksums).map_err(|error| {
            let captured = packet.octets.len();
            match error.problem {
                Problem::Truncated { .. } if captured < packet.original_len as usize => {
                    PacketError::CutByCapture { captured, original: packet.original_len }
                }
                _ => PacketError::Datagram(error),
            }
        })
    }
}

/// The link-layer header type of an interface's packets.
///
/// Source: tcpdump.org, link-layer header types; draft-ietf-opsawg-pcaplinktype.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkType(pub u16);

impl LinkType {
    /// BSD loopback: four octets with the address family.
    pub const NULL: Self = Self(0);
    /// Ethernet, tagged or not.
    pub const ETHERNET: Self = Self(1);
    /// The IPv4 or IPv6 datagram itself.
    pub const RAW: Self = Self(101);
    /// OpenBSD loopback: the address family in network byte order.
    pub const LOOP: Self = Self(108);
    /// Linux "any" interface, first form.
    pub const LINUX_SLL: Self = Self(113);
    /// The IPv4 datagram itself.
    pub const IPV4: Self = Self(228);
    /// The IPv6 datagram itself.
    pub const IPV6: Self = Self(229);
    /// Linux "any" interface, second form.
    pub const LINUX_SLL2: Self = Self(276);

    /// The IPv4 datagram inside a packet.
    ///
    /// # Errors
    ///
    /// An unknown link type, a packet cut in its link header, another protocol than IPv4.
    pub fn datagram(self, packet: &[u8]) -> Result<&[u8], PacketError> {
        match self.network_layer(packet)? {
            (Protocol::Ipv4 | Protocol::ByVersion, datagram) => Ok(datagram),
            (Protocol::EtherType(protocol), _) => Err(PacketError::EtherType(protocol)),
            (Protocol::AddressFamily(family), _) => Err(PacketError::AddressFamily(family)),
        }
    }

    /// What follows the link header, and what the header says of it.
    ///
    /// # Errors
    ///
    /// An unknown link type, a packet cut in its link header.
    pub(crate) fn network_layer(self, packet: &[u8]) -> Result<(Protocol, &[u8]), PacketError> {
        let (protocol_at, mut len) = match self {
            Self::RAW | Self::IPV4 | Self::IPV6 => return Ok((Protocol::ByVersion, packet)),
            Self::NULL | Self::LOOP => {
                let family = packet.first_chunk::<4>().ok_or(PacketError::LinkHeaderCut)?;
                // AF_INET is 2 everywhere; the capturing host wrote it in its own byte order.
                let protocol = match family {
                    [2, 0, 0, 0] | [0, 0, 0, 2] => Protocol::Ipv4,
                    _ => Protocol::AddressFamily(*family),
                };
                return Ok((protocol, &packet[4..]));
            }
            Self::ETHERNET => (12, 14),
            Self::LINUX_SLL => (14, 16),
            Self::LINUX_SLL2 => (0, 20),
            _ => return Err(PacketError::LinkType(self)),
        };
        let mut protocol = u16_at(packet, protocol_at)?;
        // IEEE 802.1Q and 802.1ad tags: two octets of tag, and the protocol behind it.
        while self == Self::ETHERNET && matches!(protocol, 0x8100 | 0x88a8) {
            protocol = u16_at(packet, len + 2)?;
            len += 4;
        }
        let protocol = if protocol == 0x0800 { Protocol::Ipv4 } else { Protocol::EtherType(protocol) };
        Ok((protocol, packet.get(len..).ok_or(PacketError::LinkHeaderCut)?))
    }
}

/// What a link header says of the packet behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// IPv4.
    Ipv4,
    /// Nothing: its first four bits are the version of IP.
    ByVersion,
    /// Another EtherType.
    EtherType(u16),
    /// Another address family.
    AddressFamily([u8; 4]),
}

fn u16_at(packet: &[u8], at: usize) -> Result<u16, PacketError> {
    match packet.get(at..at + 2) {
        Some(octets) => Ok(u16::from_be_bytes([octets[0], octets[1]])),
        None => Err(PacketError::LinkHeaderCut),
    }
}

/// Why a captured packet is not a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// The interface's link type is not one that is read here.
    #[error("link type {} is not read here", .0.0)]
    LinkType(LinkType),
    /// The packet ends inside its link header.
    #[error("the packet ends inside its link header")]
    LinkHeaderCut,
    /// The packet carries another protocol than IPv4.
    #[error("protocol 0x{0:04x}, expected 0x0800 (IPv4)")]
    EtherType(u16),
    /// The packet carries another address family than IPv4's.
    #[error("address family {0:02x?}, expected 2 (IPv4)")]
    AddressFamily([u8; 4]),
    /// The capture kept only the packet's beginning.
    #[error("the capture kept {captured} of {original} octets")]
    CutByCapture {
        /// Octets kept.
        captured: usize,
        /// Octets there were.
        original: u32,
    },
    /// The datagram is not a TCP segment; offsets count from the datagram's first octet.
    #[error(transparent)]
    Datagram(ParseError),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `zeros` octets, then these.
    fn after(zeros: usize, octets: &[u8]) -> Vec<u8> {
        [&vec![0; zeros], octets].concat()
    }

    #[test]
    fn the_datagram_is_found_behind_every_link_header() {
        for (link_type, packet) in [
            (LinkType::RAW, after(0, b"ip")),
            (LinkType::IPV4, after(0, b"ip")),
            (LinkType::NULL, after(3, b"\x02ip")),
            (LinkType::NULL, after(0, b"\x02\0\0\0ip")),
            (LinkType::LOOP, after(3, b"\x02ip")),
            (LinkType::ETHERNET, after(12, b"\x08\0ip")),
            (LinkType::ETHERNET, after(12, b"\x81\0\0\x07\x08\0ip")),
            (LinkType::ETHERNET, after(12, b"\x88\xa8\0\x07\x81\0\0\x08\x08\0ip")),
            (LinkType::LINUX_SLL, after(14, b"\x08\0ip")),
            (LinkType::LINUX_SLL2, [&b"\x08\0"[..], &[0; 18], b"ip"].concat()),
        ] {
            assert_eq!(link_type.datagram(&packet), Ok(&b"ip"[..]), "{link_type:?}");
            // A cut anywhere inside the link header is an error.
            for len in 0..packet.len() - 2 {
                assert_eq!(
                    link_type.datagram(&packet[..len]),
                    Err(PacketError::LinkHeaderCut),
                    "{link_type:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_ipv4_says_so() {
        for (link_type, packet, error) in [
            (LinkType(147), after(40, b""), PacketError::LinkType(LinkType(147))),
            (LinkType::ETHERNET, after(13, b""), PacketError::LinkHeaderCut),
            (LinkType::ETHERNET, after(12, b"\x81\0\0\x07\x08"), PacketError::LinkHeaderCut),
            (LinkType::ETHERNET, after(12, b"\x86\xdd"), PacketError::EtherType(0x86dd)),
            (LinkType::ETHERNET, after(12, b"\x08\x06"), PacketError::EtherType(0x0806)),
            (LinkType::LINUX_SLL, after(15, b""), PacketError::LinkHeaderCut),
            (LinkType::LINUX_SLL2, after(0, b"\x08\0"), PacketError::LinkHeaderCut),
            (LinkType::NULL, after(3, b""), PacketError::LinkHeaderCut),
            (LinkType::NULL, after(3, b"\x1e"), PacketError::AddressFamily([0, 0, 0, 0x1e])),
        ] {
            assert_eq!(link_type.datagram(&packet), Err(error));
        }
    }
}
