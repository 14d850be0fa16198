//! A lesson that has been run: the trace, where its steps are, and the numbers for the text.

use std::rc::Rc;

use playground_core::scenario::{Scenario, ScenarioError};
use playground_core::sim;
use playground_core::time::Instant;
use playground_core::trace::Trace;

use crate::fact::Facts;
use crate::knob::KnobValues;
use crate::lesson::{Goal, Lesson};
use crate::scene::{Moment, Scene};

/// A lesson that has been run with some knob values.
#[derive(Clone, Debug)]
pub struct Run {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The knob values.
    pub values: KnobValues,
    /// The trace.
    pub trace: Rc<Trace>,
    /// The course that it takes, by [`Lesson::course`].
    pub course: &'static str,
    /// A mark for every step of the lesson, in its order.
    pub steps: Vec<StepMark>,
    /// The numbers for the text.
    pub facts: Facts,
}

/// Where a step stands in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepMark {
    /// The step.
    pub id: &'static str,
    /// Number of entries of the trace up to here; an absent step has the index of the step before it.
    pub index: u32,
    /// Simulated time; an absent step has the time of the step before it.
    pub at: Instant,
    /// The entry to select on the page.
    pub selects: Option<u32>,
    /// The variant of the step's text, where the step does not leave that to the run's course.
    pub variant: Option<&'static str>,
    /// The key of the reason why the step does not happen, if it does not.
    pub absent: Option<&'static str>,
}

/// Runs are equal only when they share their trace.
impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        self.lesson == other.lesson && self.values == other.values && Rc::ptr_eq(&self.trace, &other.trace)
    }
}

impl Lesson {
    /// Runs the lesson's own scenario.
    ///
    /// # Errors
    /// Those of [`sim::run`].
    pub fn run(&'static self, values: &KnobValues) -> Result<Run, ScenarioError> {
        self.run_scenario(values, (self.scenario)(values))
    }

    /// Runs a scenario derived from this lesson's: with interventions, or changed in the playground.
    ///
    /// # Errors
    /// Those of [`sim::run`].
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
        scene.course = (lesson.course)(&scene);
        let (mut index, mut at) = (0, Instant::ZERO);
        for spec in lesson.steps {
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
        let course = scene.course;
        let steps = scene.into_marks();
        Self { lesson, values, trace, course, steps, facts }
    }

    /// Where a step stands, if it happens in this run.
    pub fn step(&self, id: &str) -> Option<&StepMark> {
        self.steps.iter().find(|mark| mark.id == id && mark.absent.is_none())
    }

    /// The challenge's measurements of this run; none when the lesson has no challenge.
    pub fn goal(&self) -> Option<Goal> {
        self.lesson.challenge.map(|challenge| (challenge.check)(self))
    }
}

/// A run for each of the knob positions that a lesson compares.
pub struct Ways {
    /// The knobs that differ.
    pub knobs: &'static [&'static str],
    /// A run for each way.
    pub runs: Vec<Run>,
}

impl Ways {
    /// The comparison of the lesson, with all other knobs as in this run; none when it compares nothing.
    pub fn of(run: &Run) -> Option<Self> {
        let spec = run.lesson.ways?;
        let runs =
            (spec.values)(&run.values).iter().filter_map(|values| run.lesson.run(values).ok()).collect();
        Some(Self { knobs: spec.knobs, runs })
    }
}
