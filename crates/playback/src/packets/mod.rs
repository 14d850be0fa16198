//! The packet list, in Wireshark's columns.

mod packet_row;
#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod packets;

pub use packet_row::PacketRow;
pub use packets::Packets;
pub(crate) use packets::{relative, window};
