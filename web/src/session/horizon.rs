//! The horizon: the latest moment of a run that was shown, which only rises.

use playground_playback::Cursor;

/// The latest step and the latest moment of a run that were shown.
///
/// Both are kept, because several steps may stand at one moment. Going back lowers neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Horizon {
    step: usize,
    cursor: Cursor,
}

impl Horizon {
    /// The horizon at a step, which stands at `cursor`.
    pub const fn at(step: usize, cursor: Cursor) -> Self {
        Self { step, cursor }
    }

    /// The latest step that was shown, from 0.
    pub const fn step(self) -> usize {
        self.step
    }

    /// The latest moment that was shown.
    pub const fn cursor(self) -> Cursor {
        self.cursor
    }

    /// Raises it to a step and a moment, where they are later.
    pub fn raise(&mut self, step: usize, cursor: Cursor) {
        self.step = self.step.max(step);
        self.cursor = self.cursor.max(cursor);
    }

    /// Whether it is beyond a step, which stands at `mark`: what the step asks has been seen.
    pub fn is_beyond(self, step: usize, mark: Cursor) -> bool {
        self.step > step || self.cursor > mark
    }
}

/// Where the run that is shown is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The last moment shown.
    pub now: Cursor,
    /// The step whose question is asked there, if one is.
    pub asking: Option<usize>,
}
