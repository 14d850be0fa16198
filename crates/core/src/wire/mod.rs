//! Packet formats: sequence numbers, addresses, flags, segments, and datagrams of UDP and ICMP.

mod address;
mod datagram;
mod flags;
mod icmp;
mod packet;
mod segment;
mod seq;

pub use address::{Endpoint, FourTuple};
pub use datagram::{Datagram, Protocol, UDP_HEADER_LEN};
pub use flags::Flags;
pub use icmp::{IcmpMessage, UnreachableCode, quoted_segment};
pub use packet::Packet;
pub use segment::{IP_HEADER_LEN, Segment, TCP_HEADER_LEN, TcpOptions, Timestamps};
pub use seq::SeqNum;
