//! The pace: a monotone map between simulated time and view time.

use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use super::ViewTime;
use crate::Dissection;

/// Maps simulated time to view time and back.
///
/// Shape: knots joined by straight lines, strictly increasing on both axes; the map and its inverse are
/// exact at each knot and monotone everywhere.
///
/// Idle stretches (nothing on the wire, nothing but a wait) that would last too long are compressed to a
/// fixed view length and marked. Everything else is linear at one scale, chosen so that a typical hop takes
/// about 0.7 s at 1x; bursts are stretched a little, so that each arrow of the ladder has room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    pub(super) knots: Vec<PaceKnot>,
    pub(super) hop: Duration,
}

/// A knot of a [`Pace`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceKnot {
    /// Simulated time.
    pub at: Instant,
    /// View time.
    pub view: ViewTime,
    /// Whether the stretch from this knot to the next is compressed.
    pub compressed: bool,
}

impl Pace {
    /// The view time that a typical hop takes.
    pub const HOP_VIEW_US: u64 = 700_000;
    /// The view time that a compressed stretch takes.
    pub const COMPRESSED_VIEW_US: u64 = 1_200_000;

    /// The pace of a trace.
    pub fn new(trace: &Trace, dissection: &Dissection) -> Self {
        super::build::build(trace, dissection)
    }

    /// The knots, first at the start of the run, last at its end; never empty.
    pub fn knots(&self) -> &[PaceKnot] {
        &self.knots
    }

    /// The time a typical hop takes: what the scale was chosen by.
    pub const fn hop(&self) -> Duration {
        self.hop
    }

    /// The end of the run in simulated time: its last entry, or the end of a lost segment's fall.
    pub fn end(&self) -> Instant {
        self.last().at
    }

    /// The end of the run in view time.
    pub fn view_end(&self) -> ViewTime {
        self.last().view
    }

    /// The view time of a simulated time; beyond the end it is the end.
    pub fn to_view(&self, at: Instant) -> ViewTime {
        let place = self.knots.partition_point(|knot| knot.at <= at);
        let Some((from, to)) = self.around(place) else {
            return if place == 0 { ViewTime::ZERO } else { self.view_end() };
        };
        let part = at.since(from.at).as_micros();
        ViewTime(from.view.0 + proportion(part, to.view.since(from.view), to.at.since(from.at).as_micros()))
    }

    /// The simulated time of a view time; beyond the end it is the end.
    pub fn to_sim(&self, view: ViewTime) -> Instant {
        let place = self.knots.partition_point(|knot| knot.view <= view);
        let Some((from, to)) = self.around(place) else {
            return if place == 0 { Instant::ZERO } else { self.end() };
        };
        let part = view.since(from.view);
        let span = proportion(part, to.at.since(from.at).as_micros(), to.view.since(from.view));
        from.at + Duration::from_micros(span)
    }

    /// How much simulated time passes in a second of view time at `at`: 0.07 is slow motion, 4 is faster
    /// than life.
    pub fn true_ratio(&self, at: Instant) -> f64 {
        let place = self.knots.partition_point(|knot| knot.at <= at).min(self.knots.len() - 1);
        match self.around(place) {
            Some((from, to)) => {
                to.at.since(from.at).as_micros() as f64 / to.view.since(from.view).max(1) as f64
            }
            None => 1.0,
        }
    }

    /// Whether `at` lies in a compressed stretch.
    pub fn is_compressed(&self, at: Instant) -> bool {
        let place = self.knots.partition_point(|knot| knot.at <= at);
        self.around(place).is_some_and(|(from, _)| from.compressed)
    }

    /// The compressed stretches: from and until.
    pub fn compressed(&self) -> impl Iterator<Item = (PaceKnot, PaceKnot)> + '_ {
        self.knots.windows(2).filter(|pair| pair[0].compressed).map(|pair| (pair[0], pair[1]))
    }

    /// The knots before and at `place`; none at the ends.
    fn around(&self, place: usize) -> Option<(PaceKnot, PaceKnot)> {
        Some((*self.knots.get(place.checked_sub(1)?)?, *self.knots.get(place)?))
    }

    fn last(&self) -> PaceKnot {
        self.knots.last().copied().unwrap_or(PaceKnot {
            at: Instant::ZERO,
            view: ViewTime::ZERO,
            compressed: false,
        })
    }
}

/// `part * whole / of` without overflow; `of` is never zero between two knots.
fn proportion(part: u64, whole: u64, of: u64) -> u64 {
    (u128::from(part) * u128::from(whole) / u128::from(of.max(1))) as u64
}
