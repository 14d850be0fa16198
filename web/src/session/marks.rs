//! The scrubber's marks.

use playground_core::time::Duration;
use playground_playback::Cursor;

use super::Model;
use super::route::Route;

/// The marks of the steps and of the waits, as places from 0 to 1.
///
/// While a question is open the steps after it are places without a moment: nothing says how far they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// One a step.
    pub steps: Vec<f64>,
    /// The steps that can be gone to: all, or those up to the first open question.
    pub reach: usize,
    /// The longest compressed stretch of each interval that has one: its place, and how long it is.
    pub waits: Vec<(f64, Duration)>,
}

impl Marks {
    /// The marks of a run of which `shown` is shown, while the question of the step `open` is open.
    pub fn new(route: &Route, shown: &Model, open: Option<usize>) -> Self {
        let scale = &route.scale;
        let steps: Vec<f64> = (0..scale.steps()).map(|step| scale.of_step(step)).collect();
        let mut waits: Vec<(usize, f64, Duration)> = Vec::new();
        for (from, until) in shown.pace.compressed() {
            let place = |at| scale.place(Cursor::new(shown.trace.applied_by(at), at), usize::MAX);
            let (start, end) = (place(from.at), place(until.at));
            let interval = steps.partition_point(|step| *step <= start);
            let wait = (interval, f64::midpoint(start, end), until.at.since(from.at));
            match waits.last_mut() {
                Some(last) if last.0 == interval => {
                    if last.2 < wait.2 {
                        *last = wait;
                    }
                }
                _ => waits.push(wait),
            }
        }
        Self {
            reach: open.map_or(steps.len(), |open| open + 1),
            steps,
            waits: waits.into_iter().map(|(_, place, lasts)| (place, lasts)).collect(),
        }
    }
}
