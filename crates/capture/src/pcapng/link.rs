//! What stands before the IPv4 datagram in a captured packet.

use core::fmt;

use crate::octets::ParseError;

/// What an interface's packets begin with.
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
    /// Linux "any" interface, first form.
    pub const LINUX_SLL: Self = Self(113);
    /// The IPv4 datagram itself.
    pub const IPV4: Self = Self(228);
    /// Linux "any" interface, second form.
    pub const LINUX_SLL2: Self = Self(276);

    /// The IPv4 datagram inside a packet.
    ///
    /// Errors: an unknown link type, a packet cut in its link header, another protocol than IPv4.
    pub fn datagram(self, packet: &[u8]) -> Result<&[u8], PacketError> {
        let (protocol_at, mut len) = match self {
            Self::RAW | Self::IPV4 => return Ok(packet),
            Self::NULL => {
                let family = packet.first_chunk::<4>().ok_or(PacketError::LinkHeaderCut)?;
                // AF_INET is 2 everywhere; the capturing host wrote it in its own byte order.
                return match family {
                    [2, 0, 0, 0] | [0, 0, 0, 2] => Ok(&packet[4..]),
                    _ => Err(PacketError::AddressFamily(*family)),
                };
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
        if protocol != 0x0800 {
            return Err(PacketError::EtherType(protocol));
        }
        packet.get(len..).ok_or(PacketError::LinkHeaderCut)
    }
}

fn u16_at(packet: &[u8], at: usize) -> Result<u16, PacketError> {
    match packet.get(at..at + 2) {
        Some(octets) => Ok(u16::from_be_bytes([octets[0], octets[1]])),
        None => Err(PacketError::LinkHeaderCut),
    }
}

/// Why a captured packet is not a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketError {
    /// The interface's link type is not one that is read here.
    LinkType(LinkType),
    /// The packet ends inside its link header.
    LinkHeaderCut,
    /// The packet carries another protocol than IPv4.
    EtherType(u16),
    /// The packet carries another address family than IPv4's.
    AddressFamily([u8; 4]),
    /// The capture kept only the packet's beginning.
    CutByCapture {
        /// Octets kept.
        captured: usize,
        /// Octets there were.
        original: u32,
    },
    /// The datagram is not a TCP segment; offsets count from the datagram's first octet.
    Datagram(ParseError),
}

impl fmt::Display for PacketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LinkType(link_type) => write!(f, "link type {} is not read here", link_type.0),
            Self::LinkHeaderCut => f.write_str("the packet ends inside its link header"),
            Self::EtherType(protocol) => write!(f, "protocol 0x{protocol:04x}, expected 0x0800 (IPv4)"),
            Self::AddressFamily(family) => write!(f, "address family {family:02x?}, expected 2 (IPv4)"),
            Self::CutByCapture { captured, original } => {
                write!(f, "the capture kept {captured} of {original} octets")
            }
            Self::Datagram(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PacketError {}

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
