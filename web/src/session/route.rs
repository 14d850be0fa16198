//! The whole run as navigation knows it: where its steps are, which of them ask, and how to play to them.

use playground_core::scenario::ScenarioError;
use playground_playback::{Cursor, Selection, StepMark, StepScale, Timeline};

use super::comparing::{Against, Kept};
use super::{Experiment, Model};
use crate::rc_eq::RcEq;

/// A whole run and its steps. It belongs to the session alone: views are drawn from
/// [`Session::shown`](super::Session::shown).
pub struct Route {
    /// The whole run.
    pub model: RcEq<Model>,
    /// The player's timeline.
    pub timeline: Timeline,
    /// The scrubber's scale.
    pub scale: StepScale,
    /// The run that is kept beside it, if one is.
    pub against: Option<Against>,
}

impl Route {
    /// Runs an experiment, on one clock with the run that is kept, if one is.
    ///
    /// # Errors
    ///
    /// Those of [`Experiment::run`].
    pub fn new(experiment: &Experiment, kept: Option<&Kept>) -> Result<Self, ScenarioError> {
        let model = Model::new(experiment)?;
        let (against, model) = match kept {
            Some(kept) => {
                let (against, model) = Against::new(kept, model);
                (Some(against), model)
            }
            None => (None, model),
        };
        let marks: Vec<Cursor> =
            model.run.steps.iter().map(|step| Cursor::new(step.index, step.at)).collect();
        let timeline = Timeline::new(
            model.trace.rc().clone(),
            &model.dissection,
            model.pace.rc().clone(),
            marks.iter().map(|mark| StepMark::from(*mark)).collect(),
        );
        let scale = StepScale::new(&marks, timeline.end(), model.pace.rc().clone());
        Ok(Self { model: RcEq::new(model), timeline, scale, against })
    }

    /// How many steps the lesson has.
    pub fn steps(&self) -> usize {
        self.model.run.steps.len()
    }

    /// The cursor of a step.
    pub fn mark(&self, step: usize) -> Cursor {
        self.model.run.steps.get(step).map_or(Cursor::START, |mark| Cursor::new(mark.index, mark.at))
    }

    /// The moment at which a step's question is asked: its mark, or earlier in the same instant where what happens at
    /// once would give the answer away.
    pub fn asks_at(&self, step: usize) -> Cursor {
        let index = self.model.run.steps.get(step).map_or(0, |mark| mark.asks_at);
        Cursor::new(index, self.mark(step).at)
    }

    /// The first step at the last mark that is not after the cursor.
    pub fn step_at(&self, cursor: Cursor) -> usize {
        let marks = || (0..self.steps()).map(|step| self.mark(step));
        let Some(last) = marks().rev().find(|mark| *mark <= cursor) else { return 0 };
        marks().position(|mark| mark == last).unwrap_or(0)
    }

    /// The index of a step's mark among the player's marks, which have no duplicates.
    pub fn rank(&self, step: usize) -> usize {
        let mark = StepMark::from(self.mark(step));
        self.timeline.steps().iter().position(|other| *other == mark).unwrap_or(0)
    }

    /// The step's name in the lesson.
    pub fn id(&self, step: usize) -> &'static str {
        self.model.run.steps.get(step).map_or("", |mark| mark.id)
    }

    /// The step of this run that tells what the lesson's step of this name tells, from 0.
    pub fn place(&self, id: &str) -> usize {
        self.model.run.place(id)
    }

    /// The step with this number in the lesson, from 0; beyond the end it is the last.
    pub fn numbered(&self, number: usize) -> usize {
        let steps = self.model.run.lesson.steps;
        steps.get(number).or(steps.last()).map_or(0, |spec| self.place(spec.id))
    }

    /// The number of a step in the lesson, from 0, by which links name it: it does not depend on the run.
    pub fn number(&self, step: usize) -> usize {
        let id = self.id(step);
        self.model.run.lesson.steps.iter().position(|spec| spec.id == id).unwrap_or(0)
    }

    /// The next step; none at the last.
    pub fn next(&self, step: usize) -> Option<usize> {
        Some(step + 1).filter(|next| *next < self.steps())
    }

    /// The selection of a step.
    pub fn selected_by(&self, step: usize) -> Selection {
        self.model.selected_by(step)
    }
}
