//! The experiment: what is run. Changing anything about it makes a new run.

use std::rc::Rc;

use playground_core::scenario::{Limits, Scenario, ScenarioError, from_json};
use playground_lessons::{KnobValues, Lesson, Run};

use super::Edit;

/// A run from a link or from the editor may have so many entries at most, so that it takes a moment and no longer.
const MOST_ENTRIES: u32 = 30_000;
/// At most so much may be done to one run.
pub const MOST_EDITS: usize = 64;

/// A lesson, its knobs, and what was done to it.
#[derive(Clone)]
pub struct Experiment {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// Its knobs.
    pub values: KnobValues,
    /// What a person did, in that order.
    pub edits: Vec<Edit>,
    /// A scenario written by hand in place of the lesson's own.
    pub replaced: Option<Rc<Scenario>>,
}

impl Experiment {
    /// A lesson as it is.
    pub fn new(lesson: &'static Lesson) -> Self {
        Self { lesson, values: KnobValues::defaults(lesson), edits: Vec::new(), replaced: None }
    }

    /// The scenario that is run.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = match &self.replaced {
            Some(scenario) => limited((**scenario).clone()),
            None => (self.lesson.scenario)(&self.values),
        };
        for edit in &self.edits {
            edit.apply(&mut scenario);
        }
        scenario
    }

    /// Runs it.
    ///
    /// Errors: the scenario cannot be run; the error names the field.
    pub fn run(&self) -> Result<Run, ScenarioError> {
        self.lesson.run_scenario(&self.values, self.scenario())
    }

    /// A scenario as people read it.
    pub fn pretty(scenario: &Scenario) -> String {
        scenario.to_json()
    }

    /// What a link has to carry besides the knobs: the whole scenario or the list of edits, as JSON.
    pub fn extra(&self) -> Option<String> {
        match &self.replaced {
            Some(_) => Some(serde_json::to_string(&self.scenario()).expect("plain data")),
            None if self.edits.is_empty() => None,
            None => Some(serde_json::to_string(&self.edits).expect("plain data")),
        }
    }

    /// Takes what [`Experiment::extra`] gave.
    ///
    /// Errors: the field and what is wrong with it; the experiment is left unchanged.
    pub fn set_extra(&mut self, json: &str) -> Result<(), ScenarioError> {
        if json.trim_start().starts_with('[') {
            let mut edits = from_json::<Vec<Edit>>(json)?;
            edits.truncate(MOST_EDITS);
            self.edits = edits;
            self.replaced = None;
        } else {
            self.replaced = Some(Rc::new(Scenario::from_json(json)?));
            self.edits.clear();
        }
        Ok(())
    }
}

fn limited(mut scenario: Scenario) -> Scenario {
    let limits = &mut scenario.limits;
    *limits = Limits { entries: limits.entries.min(MOST_ENTRIES), ..*limits };
    scenario
}
