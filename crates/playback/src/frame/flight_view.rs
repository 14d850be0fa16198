//! A segment in flight.

use std::rc::Rc;

use playground_core::event::{DropReason, HopId, NodeId, PacketId};
use playground_core::time::{Duration, Instant};

use crate::dissection::{ConnectionId, SegmentKind, SegmentLabel, share};

/// The progress of a segment in flight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FlightPhase {
    /// Waiting for the line at the sender, or being put on it.
    Queued,
    /// In flight.
    Flying,
    /// Lost.
    Lost {
        /// Why.
        reason: DropReason,
        /// How long ago.
        ago: Duration,
        /// How much of its fall is over, 0 to 1.
        fall: f64,
    },
}

/// A segment between two nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct FlightView {
    /// The segment.
    pub id: PacketId,
    /// The entry that sent it.
    pub entry: u32,
    /// Its connection, and so its pipe; none for a segment that belongs to none.
    pub connection: Option<ConnectionId>,
    /// The hop.
    pub hop: HopId,
    /// The sending node.
    pub from: NodeId,
    /// The node it goes to.
    pub to: NodeId,
    /// Whether it moves from left to right.
    pub rightward: bool,
    /// How far it is, 0 at the sender, 1 at the receiver; a lost one stays where it was lost.
    pub progress: f64,
    /// Phase.
    pub phase: FlightPhase,
    /// How it is drawn.
    pub kind: SegmentKind,
    /// Its label.
    pub label: Rc<str>,
    /// Its label for small screens.
    pub short: Rc<str>,
    /// Whether some of it was sent before.
    pub retransmission: bool,
    /// Stacking slot on its lane: 0 on the line, 1 one above, and so on.
    pub slot: u8,
}

impl FlightView {
    /// A segment in flight.
    pub(crate) fn under_way(label: &SegmentLabel, at: Instant) -> Self {
        let phase = if at < label.departs { FlightPhase::Queued } else { FlightPhase::Flying };
        Self::new(label, label.progress(at), phase)
    }

    /// A lost segment whose fall lasts as long as `fall`.
    ///
    /// Returns `None` for a segment that was not lost.
    pub(crate) fn falling(label: &SegmentLabel, at: Instant, fall: Duration) -> Option<Self> {
        let (lost_at, reason) = label.lost?;
        let ago = at.since(lost_at);
        let phase = FlightPhase::Lost { reason, ago, fall: share(lost_at, lost_at + fall, at) };
        Some(Self::new(label, label.lost_progress(lost_at, reason), phase))
    }

    fn new(label: &SegmentLabel, progress: f64, phase: FlightPhase) -> Self {
        Self {
            id: label.id,
            entry: label.sent,
            connection: label.connection,
            hop: label.hop,
            from: label.from,
            to: label.to,
            rightward: label.from < label.to,
            progress,
            phase,
            kind: label.kind,
            label: Rc::clone(&label.text),
            short: Rc::clone(&label.short),
            retransmission: label.retransmission,
            slot: label.slot,
        }
    }
}
