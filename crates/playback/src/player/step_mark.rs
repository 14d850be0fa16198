//! A mark: where a step ends and the player stops.

use playground_core::time::Instant;

use crate::Cursor;

/// A place in the trace that a step leads to.
///
/// Shape: as [`Cursor`]; a list of marks is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepMark {
    /// Entries applied.
    pub index: u32,
    /// Simulated time.
    pub at: Instant,
}

impl From<StepMark> for Cursor {
    fn from(mark: StepMark) -> Self {
        Self { index: mark.index, at: mark.at }
    }
}

impl From<Cursor> for StepMark {
    fn from(cursor: Cursor) -> Self {
        Self { index: cursor.index, at: cursor.at }
    }
}
