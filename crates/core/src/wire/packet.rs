//! A packet on a link: a TCP segment, or a datagram of another protocol.

use core::net::Ipv4Addr;
use std::rc::Rc;

use bytes::BufMut;
use serde::Serialize;

use super::datagram::quote;
use super::{Datagram, Segment};

/// A TCP segment, a UDP datagram or an ICMP message, in its IPv4 datagram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Packet {
    /// TCP.
    Segment(Rc<Segment>),
    /// UDP or ICMP.
    Datagram(Rc<Datagram>),
}

impl Packet {
    /// The sender's address.
    pub fn source(&self) -> Ipv4Addr {
        match self {
            Self::Segment(segment) => segment.source.address,
            Self::Datagram(datagram) => datagram.source.address,
        }
    }

    /// The receiver's address.
    pub fn destination(&self) -> Ipv4Addr {
        match self {
            Self::Segment(segment) => segment.destination.address,
            Self::Datagram(datagram) => datagram.destination.address,
        }
    }

    /// The length of the IPv4 datagram, in octets.
    pub fn wire_len(&self) -> usize {
        match self {
            Self::Segment(segment) => segment.wire_len(),
            Self::Datagram(datagram) => datagram.wire_len(),
        }
    }

    /// Whether it is a TCP segment with payload.
    pub fn is_data_segment(&self) -> bool {
        matches!(self, Self::Segment(segment) if !segment.payload.is_empty())
    }

    /// Its IPv4 header and the next 64 bits, as an ICMP error quotes them.
    pub fn quoted(&self) -> Vec<u8> {
        match self {
            Self::Datagram(datagram) => datagram.quoted(),
            Self::Segment(segment) => {
                let mut next = Vec::with_capacity(8);
                next.put_u16(segment.source.port);
                next.put_u16(segment.destination.port);
                next.put_u32(segment.seq.0);
                quote(segment.source.address, segment.destination.address, 6, segment.wire_len(), &next)
            }
        }
    }
}
