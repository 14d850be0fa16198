//! The packet list, in Wireshark's columns.

mod packet_row;
mod packets;

pub use packet_row::PacketRow;
pub use packets::Packets;
pub(crate) use packets::{relative, window};
