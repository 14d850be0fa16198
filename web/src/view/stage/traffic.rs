//! Where the segments under way stand, so that none covers another.

use playground_playback::{FlightPhase, FlightView, Frame};

use super::flight_shape::Shape;
use super::layout::{StageLayout, Tube};
use super::pipe::LANE;

/// A segment in its place.
pub(super) struct Placed<'a> {
    pub(super) flight: &'a FlightView,
    pub(super) shape: Shape,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Sets every segment on its lane; one too close to the one ahead of it goes without words.
pub(super) fn place_flights<'a>(frame: &'a Frame, layout: &StageLayout) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed<'a>> = Vec::new();
    // What each lane's words have taken so far: the flights come in the order of sending, so the one ahead first.
    let mut taken: Vec<(usize, bool, f64, f64)> = Vec::new();
    for flight in &frame.flights {
        let Some((place, tube)) = slot(frame, layout, flight) else { continue };
        let breadth = if tube.upright { tube.rect.w } else { tube.rect.h };
        let length = if tube.upright { tube.rect.h } else { tube.rect.w };
        let room = if tube.upright { breadth / 2.0 - 8.0 } else { length - 16.0 };
        let lane = if tube.upright { 30.0 } else { breadth / 2.0 };
        let mut shape = Shape::new(flight.kind, &flight.label, &flight.short, layout.sizes.mono - 0.5, lane, room);
        let extent = |shape: &Shape| if tube.upright { shape.h } else { shape.w };
        let along = |shape: &Shape| {
            let pad = extent(shape) / 2.0 + 5.0;
            pad + flight.progress.clamp(0.0, 1.0) * (length - 2.0 * pad).max(0.0)
        };
        let span = |shape: &Shape| (along(shape) - extent(shape) / 2.0, along(shape) + extent(shape) / 2.0);
        let meets = |shape: &Shape| {
            let (from, until) = span(shape);
            taken.iter().any(|(other, way, a, b)| {
                *other == place && *way == flight.rightward && from < *b + 3.0 && until > *a - 3.0
            })
        };
        let is_lost = matches!(flight.phase, FlightPhase::Lost { .. });
        if flight.slot > 0 {
            shape = shape.bare(false);
        } else if !is_lost {
            if meets(&shape) {
                shape = shape.bare(true);
            }
            let (from, until) = span(&shape);
            taken.push((place, flight.rightward, from, until));
        }
        let (x, y) = point(tube, flight.rightward, along(&shape));
        let step = (lane * 0.1).min(4.0);
        placed.push(Placed { flight, shape, x, y: y - f64::from(flight.slot) * step });
    }
    // What peeks out from behind is drawn first.
    placed.sort_by_key(|placed| (!placed.shape.words.is_empty(), std::cmp::Reverse(placed.flight.slot)));
    placed
}

/// The slot of a segment's pipe; one without a connection takes the first of its hop.
fn slot<'l>(frame: &Frame, layout: &'l StageLayout, flight: &FlightView) -> Option<(usize, &'l Tube)> {
    let row = flight
        .connection
        .and_then(|connection| frame.pipes.iter().find(|pipe| pipe.connection == connection))
        .map(|pipe| pipe.row);
    if row.is_none() && flight.connection.is_some() {
        // Its connection has no room on the stage.
        return None;
    }
    let row = row.unwrap_or(0);
    layout.tubes.iter().enumerate().find(|(_, tube)| tube.hop == flight.hop && tube.row == row)
}

/// The point so far along a lane.
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
