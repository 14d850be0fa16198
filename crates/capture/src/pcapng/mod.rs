//! Captures: a trace written as a pcapng file, and pcapng files read into segments with their times.

mod capture;
mod format;
mod read;
mod write;

pub use capture::{Capture, Imported, Interface, LinkType, Packet, PacketError, TimedSegment};
pub use read::{MOST_INTERFACES, MOST_PACKETS, ReadError, ReadProblem, read};
pub use write::{Comments, InterfaceId, Writer, export};
