//! View time: the axis of the scrubber and the ladder.

/// A place on the view's time axis: how long a viewer at 1x has been watching.
///
/// Units: microseconds of wall time at 1x since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewTime(pub u64);

impl ViewTime {
    /// The start.
    pub const ZERO: Self = Self(0);

    /// The number of microseconds.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// Seconds, for drawing.
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1_000_000.0
    }

    /// The span from `earlier` to `self`, zero when `earlier` is later.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}
