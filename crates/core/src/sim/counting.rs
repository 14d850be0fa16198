//! Runs that are counted and not kept.

use std::rc::Rc;

use super::engine::Engine;
use super::recorder::Recorder;
use crate::scenario::{Scenario, ScenarioError};
use crate::time::{Duration, Instant};
use crate::trace::Tally;

/// Runs a scenario to its end and keeps no trace of it, only what it comes to, in stretches of time.
///
/// Shape: what [`run`](super::run) does, step for step, in a run that may be too long to be kept: entries are not
/// limited by the scenario.
///
/// Errors: those of [`run`](super::run).
pub fn count(scenario: &Scenario, stretch: Duration) -> Result<Tally, ScenarioError> {
    let mut counting = Counting::new(scenario, stretch)?;
    while counting.go_on(u32::MAX) {}
    Ok(counting.finish())
}

/// A run that is counted, a part at a time: what computes it can do something else in between.
pub struct Counting(Engine);

impl Counting {
    /// A run that has not begun.
    ///
    /// Errors: those of [`run`](super::run).
    pub fn new(scenario: &Scenario, stretch: Duration) -> Result<Self, ScenarioError> {
        scenario.validate()?;
        let tally = Tally::new(scenario.nodes.len(), stretch);
        Ok(Self(Engine::new(Rc::new(scenario.clone()), Recorder::Counts(tally))))
    }

    /// Goes on for at most so many events of the queue; whether the run is not over yet.
    pub fn go_on(&mut self, most: u32) -> bool {
        self.0.go_on(most)
    }

    /// How far the run has come.
    pub const fn now(&self) -> Instant {
        self.0.machines.now
    }

    /// What the run came to, as far as it has come.
    pub fn finish(self) -> Tally {
        let Recorder::Counts(mut tally) = self.0.machines.recorder else {
            return Tally::new(0, Duration::ZERO);
        };
        tally.stopped_by = self.0.machines.stopped_by;
        tally.finish();
        tally
    }
}
