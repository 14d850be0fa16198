//! A lesson that has been run: the trace, where its steps are, and the numbers for the text.

use std::rc::Rc;

use playground_core::event::Event;
use playground_core::scenario::{Action, Scenario, ScenarioError};
use playground_core::sim;
use playground_core::time::Instant;
use playground_core::trace::Trace;

use crate::fact::Facts;
use crate::knob::KnobValues;
use crate::lesson::{Goal, Hides, Lesson, View};
use crate::scene::{Moment, NOT_IN_THIS_RUN, Scene};
use crate::text::source::any_installed;

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
    /// The steps that are told, in the lesson's order. Of steps in a row that are absent for one shared reason, only
    /// the first is told.
    pub steps: Vec<StepMark>,
    /// The numbers for the text.
    pub facts: Facts,
}

/// Where a step stands in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepMark {
    /// The step.
    pub id: &'static str,
    /// The view that carries it.
    pub hero: View,
    /// Number of entries of the trace up to here; an absent step has the index of the step before it.
    pub index: u32,
    /// Simulated time; an absent step has the time of the step before it.
    pub at: Instant,
    /// Number of entries shown while its question is open: `index`, or fewer where the lesson names a spoiler.
    pub asks_at: u32,
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
    ///
    /// Of a run that was broken by hand, the story is the one of the unbroken run: its course, its variants, and the
    /// numbers that the broken one lacks. Only the moments are its own.
    pub fn of(lesson: &'static Lesson, values: KnobValues, trace: Rc<Trace>) -> Self {
        match unbroken(&trace.scenario).and_then(|scenario| sim::run(&scenario).ok()) {
            Some(planned) => {
                let planned = Self::found(lesson, values.clone(), Rc::new(planned), None);
                Self::found(lesson, values, trace, Some(&planned))
            }
            None => Self::found(lesson, values, trace, None),
        }
    }

    fn found(lesson: &'static Lesson, values: KnobValues, trace: Rc<Trace>, planned: Option<&Self>) -> Self {
        let mut scene = Scene::new(&trace, &values);
        scene.course = planned.map_or_else(|| (lesson.course)(&scene), |planned| planned.course);
        let (mut index, mut at) = (0, Instant::ZERO);
        for spec in lesson.steps {
            let mark = match (spec.moment)(&scene) {
                Moment::At { index: found, at: when, selects, variant } => {
                    // A story never goes back, even in a run that was changed by hand.
                    (index, at) = (index.max(found), at.max(when));
                    let variant = planned
                        .and_then(|planned| planned.step(spec.id))
                        .map_or(variant, |step| step.variant);
                    let asks_at = spoiled_from(lesson, spec.id, &trace, selects, index).unwrap_or(index);
                    StepMark {
                        id: spec.id,
                        hero: spec.hero,
                        index,
                        asks_at,
                        at,
                        selects,
                        variant,
                        absent: None,
                    }
                }
                Moment::Absent { reason } => StepMark {
                    id: spec.id,
                    hero: spec.hero,
                    index,
                    asks_at: index,
                    at,
                    selects: None,
                    variant: None,
                    absent: Some(match planned {
                        Some(planned) if planned.step(spec.id).is_some() => NOT_IN_THIS_RUN,
                        _ => reason,
                    }),
                },
            };
            scene.mark(mark);
        }
        let mut facts = Facts::default();
        (lesson.facts)(&scene, &mut facts);
        for (key, value) in planned.iter().flat_map(|planned| planned.facts.iter()) {
            facts.set(key, value.clone());
        }
        let course = scene.course;
        let steps = told(lesson, scene.into_marks());
        Self { lesson, values, trace, course, steps, facts }
    }

    /// Where a step stands, if it happens in this run.
    pub fn step(&self, id: &str) -> Option<&StepMark> {
        self.steps.iter().find(|mark| mark.id == id && mark.absent.is_none())
    }

    /// The place of a step of the lesson among those told, from 0; that of the step before it when it is not told.
    pub fn place(&self, id: &str) -> usize {
        let before = self.lesson.steps.iter().take_while(|spec| spec.id != id).map(|spec| spec.id);
        let told = |id: &str| self.steps.iter().position(|mark| mark.id == id);
        told(id).or_else(|| before.filter_map(told).last()).unwrap_or(0)
    }

    /// The challenge's measurements of this run; none when the lesson has no challenge.
    pub fn goal(&self) -> Option<Goal> {
        self.lesson.challenge.map(|challenge| (challenge.check)(self))
    }
}

/// The scenario as it was before a user broke it; none when it is unbroken. Typed socket calls are part of the lesson.
fn unbroken(scenario: &Scenario) -> Option<Scenario> {
    let mut planned = scenario.clone();
    planned.interventions.retain(|intervention| matches!(intervention.action, Action::Call { .. }));
    (planned.interventions.len() < scenario.interventions.len()).then_some(planned)
}

/// The first entry of a step that gives the answer of its question away.
fn spoiled_from(lesson: &Lesson, step: &str, trace: &Trace, selects: Option<u32>, until: u32) -> Option<u32> {
    let spoils = |event: &Event| {
        let spoilers = lesson.spoilers.iter().filter(|spoiler| spoiler.step == step);
        spoilers.into_iter().any(|spoiler| matches!(spoiler.hides, Hides::From(matches) if matches(event)))
    };
    (selects?..until)
        .find(|index| trace.entries.get(*index as usize).is_some_and(|entry| spoils(&entry.event)))
}

/// Leaves out each step that would only repeat the card of the step before it: both are absent for the same reason, and
/// the text of the later one has none of its own.
fn told(lesson: &'static Lesson, marks: Vec<StepMark>) -> Vec<StepMark> {
    let text = lesson.text(any_installed());
    let has_own = |mark: &StepMark, reason: &str| {
        text.step(mark.id).is_some_and(|step| step.absent.iter().any(|(key, _)| key == reason))
    };
    let mut told: Vec<StepMark> = Vec::with_capacity(marks.len());
    for mark in marks {
        let repeats = mark.absent.is_some_and(|reason| {
            told.last().is_some_and(|last| last.absent == Some(reason)) && !has_own(&mark, reason)
        });
        if !repeats {
            told.push(mark);
        }
    }
    told
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
