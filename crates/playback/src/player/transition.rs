//! A move under way from one cursor to another.

use playground_core::time::Instant;

use crate::{Cursor, Pace, ViewTime};

/// The animated move that `Next` starts.
///
/// Units: wall microseconds at 1x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Where it began.
    pub from: Cursor,
    /// Where it ends.
    pub to: Cursor,
    /// How much of it has been seen.
    pub elapsed_us: u64,
    /// How long it is: 0.6 to 4 s whatever the simulated time.
    pub length_us: u64,
}

impl Transition {
    /// The shortest a move lasts.
    pub const SHORTEST_US: u64 = 600_000;
    /// The longest a move lasts.
    pub const LONGEST_US: u64 = 4_000_000;

    /// A move that has not begun.
    pub fn new(pace: &Pace, from: Cursor, to: Cursor) -> Self {
        let natural = pace.to_view(to.at).since(pace.to_view(from.at));
        Self { from, to, elapsed_us: 0, length_us: natural.clamp(Self::SHORTEST_US, Self::LONGEST_US) }
    }

    /// Whether all of it has been seen.
    pub const fn is_over(&self) -> bool {
        self.elapsed_us >= self.length_us
    }

    /// The time it has come to.
    pub fn at(&self, pace: &Pace) -> Instant {
        let (start, end) = (pace.to_view(self.from.at), pace.to_view(self.to.at));
        let view = start.0 + self.share(end.since(start));
        pace.to_sim(ViewTime(view)).clamp(self.from.at, self.to.at.max(self.from.at))
    }

    /// The index it has come to within one instant: entries appear one after the other.
    pub fn index(&self) -> u32 {
        let entries = u64::from(self.to.index.saturating_sub(self.from.index));
        self.from.index + self.share(entries) as u32
    }

    /// The share of `whole` that has been seen.
    fn share(&self, whole: u64) -> u64 {
        let elapsed = u128::from(self.elapsed_us.min(self.length_us));
        (u128::from(whole) * elapsed / u128::from(self.length_us.max(1))) as u64
    }
}
