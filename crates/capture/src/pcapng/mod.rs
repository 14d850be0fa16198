//! Captures: a trace written as a pcapng file, and pcapng files read into segments with their times.

mod block;
mod capture;
mod cursor;
mod export;
mod link;
mod read;
mod read_error;
mod writer;

pub use capture::{Capture, Imported, Interface, Packet, TimedSegment};
pub use export::{Comments, export};
pub use link::{LinkType, PacketError};
pub use read::{MOST_INTERFACES, MOST_PACKETS, read};
pub use read_error::{ReadError, ReadProblem};
pub use writer::{InterfaceId, Writer};
