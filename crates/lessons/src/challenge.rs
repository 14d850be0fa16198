//! Challenges: a goal checked on the trace of a run.

use crate::fact::Value;
use crate::run::Run;

/// A goal to reach by turning knobs.
pub struct Challenge {
    /// Its name, for progress kept in the browser.
    pub id: &'static str,
    /// Looks at a run and says how far it is.
    pub check: fn(&Run) -> Goal,
    /// Knob values that reach it.
    pub solution: &'static [(&'static str, &'static str)],
}

/// How far a run is from its goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Whether every measure is as it should be.
    pub solved: bool,
    /// What was looked at, in the order in which it is shown.
    pub measures: Vec<Measure>,
}

/// One thing that a goal looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The key of its label in the text.
    pub key: &'static str,
    /// What the run has.
    pub value: Value,
    /// Whether that is good enough.
    pub ok: bool,
}

impl Goal {
    /// A goal that is reached when every measure is.
    pub fn of(measures: Vec<Measure>) -> Self {
        Self { solved: measures.iter().all(|measure| measure.ok), measures }
    }
}

impl Measure {
    /// A measure.
    pub const fn new(key: &'static str, value: Value, ok: bool) -> Self {
        Self { key, value, ok }
    }
}
