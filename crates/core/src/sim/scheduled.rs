//! The kinds of event that a run schedules.

use crate::event::{DropReason, PacketId};
use crate::wire::Packet;

/// A scheduled event.
#[derive(Debug)]
pub(super) enum Scheduled {
    /// A node's application starts.
    Start { node: usize },
    /// A packet reaches a node over a hop.
    Arrive { node: usize, id: PacketId, hop: usize, packet: Packet, sent: u32, retransmission: bool },
    /// A packet is lost before it reaches a node.
    Lose { node: usize, id: PacketId, reason: DropReason, sent: u32 },
    /// A node has a timer that may have expired.
    Wake { node: usize },
}
