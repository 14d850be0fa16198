//! What a thing in a list selects.

use playground_core::event::PacketId;
use playground_playback::{Selection, SocketKey};

/// A segment, with the entry that sent it.
pub(in crate::view) const fn segment(id: PacketId, entry: u32) -> Selection {
    Selection { segment: Some(id), socket: None, entry: Some(entry) }
}

/// A socket.
pub(in crate::view) const fn socket(key: SocketKey) -> Selection {
    Selection { segment: None, socket: Some(key), entry: None }
}
