//! Where in a run a step stands, or why it does not happen.

use playground_core::time::Instant;

/// Where in a run a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Here.
    At {
        /// How many entries of the trace have happened.
        index: u32,
        /// The simulated time: that of the last of them, or later (a segment half-way along its hop).
        at: Instant,
        /// The entry to select on the page.
        selects: Option<u32>,
        /// Which telling of the step fits this run; none is the plain one.
        variant: Option<&'static str>,
    },
    /// It does not happen in this run.
    Absent {
        /// The key of the paragraph in the lesson's text that says why.
        reason: &'static str,
    },
}

/// The reason given when a run was changed by hand so far that the lesson has no words for it.
pub const NOT_IN_THIS_RUN: &str = "not-in-this-run";
