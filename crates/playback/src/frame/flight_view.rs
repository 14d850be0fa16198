//! A segment on its way.

use std::rc::Rc;

use playground_core::time::{Duration, Instant};
use playground_core::trace::{DropReason, Flight, HopId, NodeId, SegmentId};

use crate::{ConnectionId, SegmentKind, SegmentLabel};

/// Where on its way a segment is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FlightPhase {
    /// Waiting for the line at the sender, or being put on it.
    Queued,
    /// Under way.
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
    pub id: SegmentId,
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

/// How far a segment gets that the scenario or chance takes away, when nothing else says where.
const LOST_HALFWAY: f64 = 0.55;

/// Where along its way a segment is lost that was lost at `at`.
///
/// Shape: 0 at the sender, 1 at the receiver. A full queue loses it at the sender; what is recorded as lost
/// at the moment of sending is shown to get half-way, because a fall at the sender's feet shows nothing.
pub(crate) fn lost_progress(departs: Instant, arrives: Instant, at: Instant, reason: DropReason) -> f64 {
    match reason {
        DropReason::QueueFull => 0.02,
        DropReason::Corrupted => 1.0,
        _ if at <= departs || at >= arrives => LOST_HALFWAY,
        _ => share(departs, arrives, at),
    }
}

/// The share of the way from `from` to `until` that is over at `at`.
fn share(from: Instant, until: Instant, at: Instant) -> f64 {
    let whole = until.since(from).as_micros();
    if whole == 0 {
        return if at >= until { 1.0 } else { 0.0 };
    }
    (at.since(from).as_micros() as f64 / whole as f64).clamp(0.0, 1.0)
}

impl FlightView {
    /// A flight of a world.
    ///
    /// Errors: `None` when there is nothing more to see of it.
    pub(super) fn new(label: &SegmentLabel, flight: &Flight, at: Instant) -> Option<Self> {
        let way = share(flight.departs, flight.arrives, at);
        let (progress, phase) = match flight.lost {
            Some((_, _)) if at > flight.arrives => return None,
            Some((lost_at, reason)) => {
                let place = lost_progress(flight.departs, flight.arrives, lost_at, reason);
                let span = flight.arrives.since(flight.departs).as_micros();
                // The fall begins when the segment comes to the place, and ends when it would have arrived.
                let begins = flight.departs + Duration::from_micros((span as f64 * place) as u64);
                if reason == DropReason::Corrupted || lost_at >= flight.arrives && place == 1.0 {
                    (1.0, FlightPhase::Lost { reason, ago: at.since(lost_at), fall: 0.5 })
                } else if at < begins {
                    let phase = if at < flight.departs { FlightPhase::Queued } else { FlightPhase::Flying };
                    (way, phase)
                } else {
                    let fall = share(begins, flight.arrives, at);
                    (place, FlightPhase::Lost { reason, ago: at.since(begins), fall })
                }
            }
            None if at < flight.departs => (0.0, FlightPhase::Queued),
            None => (way, FlightPhase::Flying),
        };
        Some(Self {
            id: label.id,
            entry: flight.entry,
            connection: label.connection,
            hop: flight.hop,
            from: flight.from,
            to: flight.to,
            rightward: flight.from < flight.to,
            progress,
            phase,
            kind: label.kind,
            label: Rc::clone(&label.text),
            short: Rc::clone(&label.short),
            retransmission: label.retransmission,
            slot: label.slot,
        })
    }
}
