//! The places of the segments in flight: those of a lane stand one behind the other, or as a counted stack.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use playground_playback::{FlightPhase, FlightView, Frame};

use super::layout::{Layout, Tube};
use super::pipe::LANE;
use super::shape::{Shape, is_label};

/// A placed segment.
pub struct Placed<'a> {
    pub flight: &'a FlightView,
    pub shape: Shape,
    /// Its middle.
    pub at: (f64, f64),
    /// How many are stacked here, this one in front.
    pub stacked: usize,
}

/// Gap between two shapes.
const GAP: f64 = 4.0;
/// Room for the number of stacked segments.
const COUNT: f64 = 32.0;
/// Cards of a stack that can be seen; further ones lie under the last.
const DEEPEST: usize = 3;

/// Places every segment. The order is that of drawing, the first that was sent in front, and stays while they move.
pub fn place<'a>(frame: &'a Frame, layout: &Layout) -> Vec<Placed<'a>> {
    let mut lanes: BTreeMap<(usize, bool), Vec<&FlightView>> = BTreeMap::new();
    for flight in &frame.flights {
        if let Some(tube) = tube_of(frame, layout, flight) {
            lanes.entry((tube, flight.rightward)).or_default().push(flight);
        }
    }
    let mut placed = Vec::new();
    for ((tube, rightward), flights) in lanes {
        let lane = Lane::new(&layout.tubes[tube], rightward, layout.form.mono);
        let (lost, flying): (Vec<&FlightView>, Vec<&FlightView>) =
            flights.into_iter().partition(|flight| matches!(flight.phase, FlightPhase::Lost { .. }));
        for flight in lost {
            let shape = lane.shape(flight);
            let at = lane.point(lane.along(flight, &shape), flight);
            placed.push(Placed { flight, shape, at, stacked: 1 });
        }
        lane.fill(flying, &mut placed);
    }
    placed.sort_by_key(|placed| Reverse(placed.flight.id));
    placed
}

/// The pipe of a segment; without a connection, the first of its hop. A connection without a row has none.
fn tube_of(frame: &Frame, layout: &Layout, flight: &FlightView) -> Option<usize> {
    let row = match flight.connection {
        None => 0,
        Some(connection) => {
            frame.pipes.iter().find(|pipe| (pipe.connection, pipe.hop) == (connection, flight.hop))?.row
        }
    };
    layout.tubes.iter().position(|tube| tube.hop == flight.hop && (tube.counted || tube.row == row))
}

/// One direction of a pipe.
struct Lane<'l> {
    tube: &'l Tube,
    rightward: bool,
    size: f64,
    length: f64,
}

/// Segments at one place of a lane: the first is in front.
struct Stack<'a> {
    flights: Vec<&'a FlightView>,
    shape: Shape,
    along: f64,
    /// Its length ahead of its middle, and behind it.
    half: (f64, f64),
}

impl<'l> Lane<'l> {
    fn new(tube: &'l Tube, rightward: bool, size: f64) -> Self {
        let length = if tube.upright { tube.rect.h } else { tube.rect.w };
        Self { tube, rightward, size, length }
    }

    fn shape(&self, flight: &FlightView) -> Shape {
        let tube = self.tube;
        // A link without connections has no lanes.
        let room = match (tube.upright, flight.connection) {
            (true, None) => tube.rect.w - 10.0,
            (true, Some(_)) => tube.rect.w / 2.0 - 8.0,
            (false, _) => self.length - 12.0,
        };
        let breadth = if tube.upright { 34.0 } else { tube.rect.h / 2.0 };
        Shape::new(flight.kind, &flight.label, &flight.short, self.size, breadth, room)
    }

    /// A shape's length in the direction of the lane.
    fn extent(&self, shape: &Shape) -> f64 {
        if self.tube.upright { shape.h } else { shape.w }
    }

    /// How far along the lane a segment is by itself.
    fn along(&self, flight: &FlightView, shape: &Shape) -> f64 {
        let pad = (self.extent(shape) / 2.0 + 5.0).min(self.length / 2.0);
        pad + flight.progress.clamp(0.0, 1.0) * (self.length - 2.0 * pad)
    }

    fn point(&self, along: f64, flight: &FlightView) -> (f64, f64) {
        let rect = self.tube.rect;
        let across = if self.rightward { LANE } else { 1.0 - LANE };
        let across = if self.tube.upright && flight.connection.is_none() { 0.5 } else { across };
        match (self.tube.upright, self.rightward) {
            (false, true) => (rect.x + along, rect.y + rect.h * across),
            (false, false) => (rect.right() - along, rect.y + rect.h * across),
            (true, true) => (rect.x + rect.w * across, rect.y + along),
            (true, false) => (rect.x + rect.w * across, rect.bottom() - along),
        }
    }

    /// Places what flies: side by side where the lane is long enough, acknowledgments without words where it is not,
    /// then in stacks.
    fn fill<'a>(&self, mut flights: Vec<&'a FlightView>, placed: &mut Vec<Placed<'a>>) {
        flights.sort_by(|one, other| other.progress.total_cmp(&one.progress).then(one.id.cmp(&other.id)));
        let alone = |bare: bool| -> Vec<Stack<'a>> {
            let stack = |flight: &&'a FlightView| {
                let shape = self.shape(flight);
                let shape = if bare && !is_label(flight.kind) { shape.bare() } else { shape };
                self.stack(vec![*flight], shape)
            };
            flights.iter().map(stack).collect()
        };
        let fits = |stacks: &[Stack]| {
            stacks.iter().map(|stack| stack.half.0 + stack.half.1 + GAP).sum::<f64>() <= self.length
        };
        let mut stacks = alone(false);
        if !fits(&stacks) {
            stacks = alone(true);
        }
        if !fits(&stacks) {
            stacks = self.stacked(stacks);
        }
        self.line_up(&mut stacks);
        for stack in stacks {
            let lift = (self.tube.rect.h * 0.05).min(3.5);
            let count = stack.flights.len();
            for (depth, flight) in stack.flights.into_iter().enumerate() {
                let (x, y) = self.point(stack.along, flight);
                let at = (x, y - lift * depth.min(DEEPEST) as f64);
                let (shape, stacked) =
                    if depth == 0 { (stack.shape.clone(), count) } else { (stack.shape.blank(), 1) };
                placed.push(Placed { flight, shape, at, stacked });
            }
        }
    }

    fn stack<'a>(&self, flights: Vec<&'a FlightView>, shape: Shape) -> Stack<'a> {
        let half = self.extent(&shape) / 2.0;
        let along = flights.first().map_or(0.0, |front| self.along(front, &shape));
        Stack { flights, shape, along, half: (half, half) }
    }

    /// Those with words on them that would cover each other become stacks.
    fn stacked<'a>(&self, alone: Vec<Stack<'a>>) -> Vec<Stack<'a>> {
        let mut stacks: Vec<Stack<'a>> = Vec::new();
        for mut one in alone {
            let labelled = is_label(one.shape.kind);
            let front = stacks.iter_mut().rev().find(|front| is_label(front.shape.kind) == labelled);
            match front {
                Some(front) if one.along + one.half.0 + GAP > front.along - front.half.1 => {
                    front.flights.append(&mut one.flights);
                    if labelled && !self.tube.upright {
                        front.half.1 = front.half.0 + COUNT;
                    }
                }
                _ => stacks.push(one),
            }
        }
        stacks
    }

    /// Moves them apart, from the first to the last: back as far as there is room, then ahead.
    fn line_up(&self, stacks: &mut [Stack]) {
        let mut end = f64::INFINITY;
        for stack in stacks.iter_mut() {
            stack.along = stack.along.min(end - stack.half.0);
            end = stack.along - stack.half.1 - GAP;
        }
        let mut start = GAP;
        for stack in stacks.iter_mut().rev() {
            stack.along = stack.along.max(start + stack.half.1);
            start = stack.along + stack.half.0 + GAP;
        }
        // What is longer than its lane ends with it.
        let mut end = self.length;
        for stack in stacks.iter_mut() {
            stack.along = stack.along.min(end - stack.half.0);
            end = end.min(stack.along - stack.half.1 - GAP).max(stack.half.1 * 2.0);
        }
    }
}
