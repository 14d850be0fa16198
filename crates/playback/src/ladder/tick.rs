//! A mark of the time axis.

use playground_core::time::Instant;

use crate::pace::ViewTime;

/// A time written at the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where.
    pub y: ViewTime,
    /// The time.
    pub at: Instant,
}
