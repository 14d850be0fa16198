//! A segment in the ladder.

use std::rc::Rc;

use playground_core::event::{DropReason, NodeId, PacketId};

use crate::dissection::{ConnectionId, SegmentKind};
use crate::pace::ViewTime;

/// An arrow from one lifeline to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// The segment.
    pub id: PacketId,
    /// The entry that sent it: the arrow exists once more than so many entries are applied.
    pub entry: u32,
    /// The entry that delivered or lost it.
    pub ended: Option<u32>,
    /// The sending node; its colour is the arrow's.
    pub from: NodeId,
    /// The node it goes to.
    pub to: NodeId,
    /// The sender's lifeline.
    pub x0: f64,
    /// The receiver's lifeline.
    pub x1: f64,
    /// When it leaves.
    pub y0: ViewTime,
    /// When it arrives, or would have; the end of the axis while it is under way there.
    pub y1: ViewTime,
    /// How much of its way the axis shows, 0 to 1: all of it, unless it is under way where the axis ends.
    pub way: f64,
    /// How it is drawn.
    pub kind: SegmentKind,
    /// Its label.
    pub label: Rc<str>,
    /// Its label for narrow ladders.
    pub short: Rc<str>,
    /// The label's place along the arrow, 0 at the sender; none when there is no room for it.
    pub label_at: Option<f64>,
    /// Where along the arrow it was lost, and why.
    pub lost: Option<(f64, DropReason)>,
    /// Whether some of it was sent before.
    pub retransmission: bool,
    /// Its connection.
    pub connection: Option<ConnectionId>,
}
