//! The scale of the scrubber: every step as far from the next.

use std::rc::Rc;

use crate::cursor::Cursor;
use crate::pace::{Pace, ViewTime};

/// Places between 0 and 1 for the moments of a run, with the same room from each step to the next.
///
/// Within an interval it follows the pace, or the entries where an interval has no duration. What comes after the last
/// step is an interval of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepScale {
    /// Where the steps are, and the end of the run where it is later than the last of them; never empty.
    stops: Vec<Cursor>,
    steps: usize,
    pace: Rc<Pace>,
}

impl StepScale {
    /// The scale of a run that ends at `end`, with its steps in order; several may stand at one cursor.
    pub fn new(steps: &[Cursor], end: Cursor, pace: Rc<Pace>) -> Self {
        let mut stops = if steps.is_empty() { vec![Cursor::START] } else { steps.to_vec() };
        let steps = stops.len();
        if stops.last().is_some_and(|last| *last < end) {
            stops.push(end);
        }
        Self { stops, steps, pace }
    }

    /// How many steps it has: one where there is no lesson.
    pub const fn steps(&self) -> usize {
        self.steps
    }

    /// The place of a step.
    pub fn of_step(&self, step: usize) -> f64 {
        step.min(self.stops.len() - 1) as f64 / self.intervals()
    }

    /// The place of a cursor. `told` is the step whose words are shown: of several steps at one cursor it is that one.
    pub fn place(&self, cursor: Cursor, told: usize) -> f64 {
        if self.stops.get(told) == Some(&cursor) {
            return self.of_step(told);
        }
        let next = self.stops.partition_point(|stop| *stop <= cursor);
        let Some(last) = next.checked_sub(1) else { return 0.0 };
        let Some(to) = self.stops.get(next) else { return 1.0 };
        let from = self.stops[last];
        let (part, whole) = if from.at == to.at {
            (u64::from(cursor.index - from.index), u64::from(to.index - from.index))
        } else {
            let view = |cursor: Cursor| self.pace.to_view(cursor.at);
            (view(cursor).since(view(from)), view(*to).since(view(from)))
        };
        (last as f64 + (part as f64 / whole.max(1) as f64).min(1.0)) / self.intervals()
    }

    /// The cursor at a place. Its index is a wish: the entries applied follow from the time, except in an interval
    /// without duration.
    pub fn cursor(&self, place: f64) -> Cursor {
        let along = place.clamp(0.0, 1.0) * self.intervals();
        let last = (along as usize).min(self.stops.len() - 1);
        let from = self.stops[last];
        let Some(to) = self.stops.get(last + 1).copied() else { return from };
        let part = |whole: u64| (whole as f64 * (along - last as f64)).round() as u64;
        if from.at == to.at {
            return Cursor::new(
                from.index + part(u64::from(to.index.saturating_sub(from.index))) as u32,
                from.at,
            );
        }
        let (start, end) = (self.pace.to_view(from.at), self.pace.to_view(to.at));
        let at = self.pace.to_sim(ViewTime(start.0 + part(end.since(start))));
        if at <= from.at { from } else { Cursor::new(u32::MAX, at) }
    }

    fn intervals(&self) -> f64 {
        (self.stops.len() - 1).max(1) as f64
    }
}
