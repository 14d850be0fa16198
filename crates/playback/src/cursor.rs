//! The cursor: the one place in a run that everything on the page is shown at.

use playground_core::time::Instant;

/// A place in a trace.
///
/// `index` entries have been applied and the clock shows `at`; the last entry applied is not later
/// than `at` and the next not earlier. Several entries may share one instant, so neither field follows from
/// the other.
///
/// Units: `index` counts entries, so 0 is before the first and `entries.len()` after the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// Entries applied.
    pub index: u32,
    /// Simulated time.
    pub at: Instant,
}

impl Cursor {
    /// The start of every run.
    pub const START: Self = Self { index: 0, at: Instant::ZERO };

    /// The cursor with `index` entries applied at `at`.
    pub const fn new(index: u32, at: Instant) -> Self {
        Self { index, at }
    }

    /// The entry applied last; none at the start.
    pub const fn entry(self) -> Option<u32> {
        self.index.checked_sub(1)
    }
}
