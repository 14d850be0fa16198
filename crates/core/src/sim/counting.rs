//! Runs without a trace, of which only counters are kept.

use std::rc::Rc;

use super::engine::Engine;
use super::recorder::Recorder;
use crate::scenario::{Scenario, ScenarioError};
use crate::time::{Duration, Instant};
use crate::trace::Tally;

/// Runs a scenario to its end and keeps no trace, only counters for each stretch of time.
///
/// The run is that of [`run`](super::run), without the scenario's limit on entries.
///
/// # Errors
///
/// Those of [`run`](super::run).
pub fn count(scenario: &Scenario, stretch: Duration) -> Result<Tally, ScenarioError> {
    let mut counting = Counting::new(scenario, stretch)?;
    while counting.go_on(u32::MAX) {}
    Ok(counting.finish())
}

/// A counted run, computed in parts so that its caller can do other work in between.
pub struct Counting(Engine);

impl Counting {
    /// A run that has not begun.
    ///
    /// # Errors
    ///
    /// Those of [`run`](super::run).
    pub fn new(scenario: &Scenario, stretch: Duration) -> Result<Self, ScenarioError> {
        scenario.validate()?;
        let tally = Tally::new(scenario.nodes.len(), stretch);
        Ok(Self(Engine::new(Rc::new(scenario.clone()), Recorder::Counts(tally))))
    }

    /// Processes at most so many events; returns whether the run goes on.
    pub fn go_on(&mut self, most: u32) -> bool {
        self.0.go_on(most)
    }

    /// How far the run has come.
    pub const fn now(&self) -> Instant {
        self.0.machines.now
    }

    /// The counters so far.
    pub fn finish(self) -> Tally {
        let Recorder::Counts(mut tally) = self.0.machines.recorder else {
            return Tally::new(0, Duration::ZERO);
        };
        tally.stopped_by = self.0.machines.stopped_by;
        tally.finish();
        tally
    }
}
