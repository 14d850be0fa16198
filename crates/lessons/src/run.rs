//! A lesson that has been run: its trace, its steps' moments, its numbers.

use std::rc::Rc;

use playground_core::scenario::{Scenario, ScenarioError};
use playground_core::sim;
use playground_core::time::Instant;
use playground_core::trace::Trace;

use crate::challenge::Goal;
use crate::fact::Facts;
use crate::knob::KnobValues;
use crate::lesson::Lesson;
use crate::moment::Moment;
use crate::scene::Scene;

/// A lesson that has been run with some knob values.
#[derive(Clone, Debug)]
pub struct Run {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The knobs as they were.
    pub values: KnobValues,
    /// What happened.
    pub trace: Rc<Trace>,
    /// A mark for every step of the lesson, in its order.
    pub steps: Vec<StepMark>,
    /// The numbers that the text names.
    pub facts: Facts,
}

/// Where a step stands in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepMark {
    /// The step.
    pub id: &'static str,
    /// How many entries of the trace have happened; an absent step has the index of the step before it.
    pub index: u32,
    /// Simulated time; an absent step has that of the step before it.
    pub at: Instant,
    /// The entry to select on the page.
    pub selects: Option<u32>,
    /// Which telling of the step fits this run.
    pub variant: Option<&'static str>,
    /// Why it does not happen, when it does not.
    pub absent: Option<&'static str>,
}

/// Two runs are the same only when they share their trace.
impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        self.lesson == other.lesson && self.values == other.values && Rc::ptr_eq(&self.trace, &other.trace)
    }
}

impl Lesson {
    /// Runs the lesson's own scenario.
    ///
    /// Errors: those of [`sim::run`].
    pub fn run(&'static self, values: &KnobValues) -> Result<Run, ScenarioError> {
        self.run_scenario(values, (self.scenario)(values))
    }

    /// Runs a scenario that began as this lesson's: with interventions, or changed in the playground.
    ///
    /// Errors: those of [`sim::run`].
    pub fn run_scenario(
        &'static self,
        values: &KnobValues,
        scenario: Scenario,
    ) -> Result<Run, ScenarioError> {
        let trace = sim::run(&scenario)?;
        Ok(Run::of(self, values.clone(), Rc::new(trace)))
    }
}

impl Run {
    /// Finds the steps and the numbers of a lesson in a trace.
    pub fn of(lesson: &'static Lesson, values: KnobValues, trace: Rc<Trace>) -> Self {
        let mut scene = Scene::new(&trace, &values);
        let (mut index, mut at) = (0, Instant::ZERO);
        for spec in lesson.steps() {
            let mark = match (spec.moment)(&scene) {
                Moment::At { index: found, at: when, selects, variant } => {
                    // A story never goes back, even in a run that was changed by hand.
                    (index, at) = (index.max(found), at.max(when));
                    StepMark { id: spec.id, index, at, selects, variant, absent: None }
                }
                Moment::Absent { reason } => {
                    StepMark { id: spec.id, index, at, selects: None, variant: None, absent: Some(reason) }
                }
            };
            scene.mark(mark);
        }
        let mut facts = Facts::default();
        (lesson.facts)(&scene, &mut facts);
        let steps = scene.into_marks();
        Self { lesson, values, trace, steps, facts }
    }

    /// Where a step stands, if it happens in this run.
    pub fn step(&self, id: &str) -> Option<&StepMark> {
        self.steps.iter().find(|mark| mark.id == id && mark.absent.is_none())
    }

    /// How far the run is from the lesson's goal; none when the lesson has no challenge.
    pub fn goal(&self) -> Option<Goal> {
        self.lesson.challenge.map(|challenge| (challenge.check)(self))
    }
}
