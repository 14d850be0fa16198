//! Captures: a trace written as a pcapng file, and pcapng and pcap files read into segments with their times.

mod capture;
mod format;
mod packets;
mod pcap;
mod read;
mod write;

pub(crate) use capture::Protocol;
pub use capture::{Capture, Imported, Interface, LinkType, Packet, PacketError, TimedSegment};
pub(crate) use packets::Packets;
pub use read::{MOST_INTERFACES, MOST_PACKETS, ReadError, ReadProblem, read, read_partly};
pub use write::{Comments, InterfaceId, Writer, export};
