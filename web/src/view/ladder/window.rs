//! The part of a long drawing that is in view.

/// From where to where, in steps, so that scrolling a little changes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// One step.
const STEP: f64 = 600.0;

impl Window {
    /// The window around what shows from `top` for `height`.
    pub(super) fn around(top: f64, height: f64) -> Self {
        let first = (top / STEP).floor() * STEP;
        let last = ((top + height) / STEP).ceil() * STEP;
        Self { top: first - STEP, bottom: last + STEP }
    }

    /// Whether something from `a` to `b` shows in it.
    pub(super) fn shows(&self, a: f64, b: f64) -> bool {
        b >= self.top && a <= self.bottom
    }
}
