//! The time-sequence diagram, laid out.

use playground_core::trace::Trace;

use super::{Arrow, LadderNote, Lifeline, Tick, WaitingBar, Zigzag};
use crate::dissection::Dissection;
use crate::pace::{Pace, ViewTime};

/// The whole run as a time-sequence diagram; what lies after the cursor is drawn paler by the page.
///
/// Units: x as a fraction of the width, y as [`ViewTime`], the same axis as the scrubber's.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// One line a node.
    pub lifelines: Vec<Lifeline>,
    /// One arrow a segment, in the order of sending.
    pub arrows: Vec<Arrow>,
    /// Waits, as bars on the lifelines.
    pub bars: Vec<WaitingBar>,
    /// Remarks beside the lifelines.
    pub notes: Vec<LadderNote>,
    /// Compressed stretches.
    pub zigzags: Vec<Zigzag>,
    /// Marks of the time axis.
    pub ticks: Vec<Tick>,
    /// The end of the y axis.
    pub end: ViewTime,
}

impl Ladder {
    /// The scale at which the pace has made room for the labels: pixels for a second of view time.
    pub const PIXELS_PER_SECOND: f64 = 64.0;

    /// The view time that a line of words is high at that scale, microseconds.
    pub const LINE_VIEW_US: u64 = 250_000;

    /// Lays a trace out.
    pub fn new(trace: &Trace, dissection: &Dissection, pace: &Pace) -> Self {
        super::build::build(trace, dissection, pace)
    }
}
