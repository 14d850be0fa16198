//! A compressed stretch of the ladder.

use playground_core::time::{Duration, Instant};

use crate::pace::ViewTime;

/// A stretch of the time axis drawn shorter than it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zigzag {
    /// Where it begins.
    pub y0: ViewTime,
    /// Where it ends.
    pub y1: ViewTime,
    /// When it begins.
    pub from: Instant,
    /// How long it is in truth.
    pub lasts: Duration,
}
