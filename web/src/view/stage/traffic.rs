//! The placement of the segments in flight, without overlapping labels.

use std::cmp::Reverse;

use playground_playback::{FlightPhase, FlightView, Frame, SegmentKind};

use super::flight_shape::Shape;
use super::layout::{StageLayout, Tube};
use super::pipe::LANE;

/// A placed segment.
pub(super) struct Placed<'a> {
    pub(super) flight: &'a FlightView,
    pub(super) shape: Shape,
    pub(super) x: f64,
    pub(super) y: f64,
    /// How many data segments are stacked here, including this one.
    pub(super) stacked: u32,
    /// Whether there is no room behind it, at the start of the pipe.
    pub(super) begins: bool,
    /// Whether there is no room ahead of it, either.
    fills: bool,
    /// Depth in the stack: 0 is in front.
    depth: u8,
}

/// An occupied interval of a lane: lane, start, end, and the segment that occupies it.
struct Taken {
    lane: (usize, bool),
    from: f64,
    until: f64,
    by: usize,
}

/// Gap between two shapes.
const GAP: f64 = 3.0;
/// Room for the number of stacked segments.
const COUNT: f64 = 26.0;
/// Visible cards of a stack; further ones lie under the last.
const DEEPEST: u8 = 4;

/// Places every segment on its lane.
///
/// Data comes first: the front card of a stack has a label, those behind it show above it. SYN and FIN have
/// labels where there is room. A pure ACK yields: it drops its label first, then moves ahead.
pub(super) fn place_flights<'a>(frame: &'a Frame, layout: &StageLayout) -> Vec<Placed<'a>> {
    let mut flights: Vec<&FlightView> = frame.flights.iter().collect();
    flights.sort_by_key(|flight| (rank(flight), flight.id));
    let mut taken: Vec<Taken> = Vec::new();
    let mut placed: Vec<Placed<'a>> = Vec::new();
    for flight in flights {
        place(frame, layout, flight, &mut taken, &mut placed);
    }
    for it in &mut placed {
        if it.fills {
            // A card as long as its pipe leaves no room for the number.
            it.stacked = 1;
        }
    }
    // Cards behind are drawn first, signs last.
    placed.sort_by_key(|placed| (rank(placed.flight), Reverse(placed.depth)));
    placed
}

const fn rank(flight: &FlightView) -> u8 {
    match flight.kind {
        SegmentKind::Data | SegmentKind::Probe => 0,
        SegmentKind::Syn | SegmentKind::SynAck | SegmentKind::Fin | SegmentKind::Rst => 1,
        SegmentKind::Ack => 2,
        _ => 0,
    }
}

fn place<'a>(
    frame: &Frame,
    layout: &StageLayout,
    flight: &'a FlightView,
    taken: &mut Vec<Taken>,
    placed: &mut Vec<Placed<'a>>,
) {
    let Some((index, tube)) = slot(frame, layout, flight) else { return };
    let (breadth, length) =
        if tube.upright { (tube.rect.w, tube.rect.h) } else { (tube.rect.h, tube.rect.w) };
    // A link without connections has no lanes.
    let free = tube.upright && flight.connection.is_none();
    let room = match (tube.upright, free) {
        (true, true) => breadth - 10.0,
        (true, false) => breadth / 2.0 - 8.0,
        (false, _) => length - 16.0,
    };
    let lane_breadth = if tube.upright { 30.0 } else { breadth / 2.0 };
    let whole =
        Shape::new(flight.kind, &flight.label, &flight.short, layout.sizes.mono - 0.5, lane_breadth, room);
    let is_lost = matches!(flight.phase, FlightPhase::Lost { .. });
    let is_data = rank(flight) == 0;
    let lane = (index, flight.rightward);

    let extent = |shape: &Shape| if tube.upright { shape.h } else { shape.w };
    let along = |shape: &Shape| {
        let pad = (extent(shape) / 2.0 + 5.0).min(length / 2.0);
        pad + flight.progress.clamp(0.0, 1.0) * (length - 2.0 * pad)
    };
    let clash = |at: f64, shape: &Shape| {
        let half = extent(shape) / 2.0 + GAP;
        let meets = |other: &&Taken| other.lane == lane && at - half < other.until && at + half > other.from;
        taken
            .iter()
            .filter(meets)
            .max_by(|a, b| a.until.total_cmp(&b.until))
            .map(|other| (other.until, other.by))
    };

    let mut shape = whole;
    let mut at = along(&shape);
    let mut depth = 0;
    if !is_lost && let Some((_, by)) = clash(at, &shape) {
        if is_data {
            depth = DEEPEST;
            if let Some(front) = placed.get_mut(by) {
                front.stacked += 1;
                // The stack is never higher than its lane.
                depth = u8::try_from(front.stacked - 1).unwrap_or(DEEPEST).min(DEEPEST);
            }
        } else {
            shape = shape.bare(true);
            at = along(&shape);
            // A small sign moves ahead of the label that it would cover, within the pipe.
            if let Some((end, _)) = clash(at, &shape) {
                at = (end + GAP + extent(&shape) / 2.0).min(length - extent(&shape) / 2.0 - 2.0).max(at);
            }
        }
    }
    if depth > 0 {
        shape = shape.bare(false);
    } else if !is_lost {
        let half = extent(&shape) / 2.0;
        taken.push(Taken { lane, from: at - half, until: at + half, by: placed.len() });
    }
    let (x, y) = point(tube, flight.rightward, at);
    let x = if free { tube.rect.middle().0 } else { x };
    let begins = !tube.upright && at - extent(&shape) / 2.0 < COUNT;
    let fills = begins && at + extent(&shape) / 2.0 + COUNT > length;
    let lift = f64::from(depth) * (lane_breadth * 0.1).min(3.5);
    placed.push(Placed { flight, shape, x, y: y - lift, stacked: 1, begins, fills, depth });
}

/// The slot of a segment's pipe; without a connection, the first slot of its hop.
fn slot<'l>(frame: &Frame, layout: &'l StageLayout, flight: &FlightView) -> Option<(usize, &'l Tube)> {
    let row = match flight.connection {
        None => 0,
        // A connection without room on the stage has no row: its segments are not drawn.
        Some(connection) => {
            frame.pipes.iter().find(|pipe| (pipe.connection, pipe.hop) == (connection, flight.hop))?.row
        }
    };
    layout
        .tubes
        .iter()
        .enumerate()
        .find(|(_, tube)| tube.hop == flight.hop && (tube.counted || tube.row == row))
}

/// The point at a distance along a lane.
fn point(tube: &Tube, rightward: bool, along: f64) -> (f64, f64) {
    let rect = tube.rect;
    let across = if rightward { LANE } else { 1.0 - LANE };
    match (tube.upright, rightward) {
        (false, true) => (rect.x + along, rect.y + rect.h * across),
        (false, false) => (rect.right() - along, rect.y + rect.h * across),
        (true, true) => (rect.x + rect.w * across, rect.y + along),
        (true, false) => (rect.x + rect.w * across, rect.bottom() - along),
    }
}
