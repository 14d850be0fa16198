//! The selection, shared by all views, and the inspector's data.

mod datagram;
mod inspection;

use playground_core::event::{Event, PacketId};
use playground_core::trace::Trace;

use crate::dissection::{Dissection, SocketKey};

pub use inspection::{FIELD_KEYS, Field, Inspection, Layer, LayerKind};

/// The selected packet, socket and entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// A segment.
    pub segment: Option<PacketId>,
    /// A socket.
    pub socket: Option<SocketKey>,
    /// An entry; for a selected segment the one that sent it.
    pub entry: Option<u32>,
}

impl Selection {
    /// Nothing.
    pub const NOTHING: Self = Self { segment: None, socket: None, entry: None };

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        *self == Self::NOTHING
    }

    /// A segment, with the socket that sent it and the entry that did.
    pub fn of_segment(dissection: &Dissection, id: PacketId) -> Self {
        let Some(label) = dissection.segment(id) else { return Self::NOTHING };
        let socket = label.connection.and_then(|id| dissection.connection(id)?.socket(label.sender));
        Self { segment: Some(id), socket, entry: Some(label.sent) }
    }

    /// A socket, with no segment.
    pub const fn of_socket(socket: SocketKey) -> Self {
        Self { segment: None, socket: Some(socket), entry: None }
    }

    /// An entry, with the segment and the socket that it is about.
    pub fn of_entry(trace: &Trace, dissection: &Dissection, index: u32) -> Self {
        let Some(entry) = trace.entries.get(index as usize) else { return Self::NOTHING };
        let segment = match &entry.event {
            Event::PacketSent { id, .. }
            | Event::PacketDelivered { id }
            | Event::PacketDropped { id, .. } => Some(*id),
            _ => None,
        };
        let socket = match (entry.event.socket(), segment) {
            (Some(socket), _) => Some(SocketKey::new(entry.node, socket)),
            (None, Some(id)) => Self::of_segment(dissection, id).socket,
            (None, None) => None,
        };
        Self { segment, socket, entry: Some(index) }
    }
}
