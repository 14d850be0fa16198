//! The part of a long drawing that is in view.

/// The visible range, rounded to steps so that small scrolling changes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// One step.
const STEP: f64 = 600.0;

impl Window {
    /// The window around the visible `height` from `top`.
    pub(super) fn around(top: f64, height: f64) -> Self {
        let first = (top / STEP).floor() * STEP;
        let last = ((top + height) / STEP).ceil() * STEP;
        Self { top: first - STEP, bottom: last + STEP }
    }

    /// Whether `a..b` is visible.
    pub(super) fn shows(&self, a: f64, b: f64) -> bool {
        b >= self.top && a <= self.bottom
    }
}
