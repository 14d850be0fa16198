//! A run as the views need it: made once, the larger parts only when something shows them.

use std::cell::OnceCell;

use playground_core::scenario::ScenarioError;
use playground_core::trace::Trace;
use playground_lessons::{Goal, Language, LessonText, Run, Step};
use playground_playback::{
    Caches, Cursor, Dissection, HeaderHops, Ladder, Pace, Packets, Race, Selection, Series, StepMark,
    Timeline,
};

use super::Experiment;
use crate::shared::Shared;

/// A run and everything that is computed from it alone.
pub struct Model {
    /// The run.
    pub run: Run,
    /// What happened.
    pub trace: Shared<Trace>,
    /// Its octets, streams and labels.
    pub dissection: Shared<Dissection>,
    /// Simulated time and the time it takes to look at.
    pub pace: Shared<Pace>,
    /// What the player moves along.
    pub timeline: Timeline,
    ladder: OnceCell<Shared<Ladder>>,
    packets: OnceCell<Shared<Packets>>,
    hops: OnceCell<Shared<HeaderHops>>,
    series: OnceCell<Shared<Series>>,
    caches: OnceCell<Caches>,
    race: OnceCell<Option<Race>>,
    stories: [OnceCell<Shared<Vec<Step>>>; 2],
    texts: [OnceCell<Shared<LessonText>>; 2],
    goal: Option<Shared<Goal>>,
}

impl Model {
    /// Runs an experiment.
    ///
    /// Errors: those of the run.
    pub fn new(experiment: &Experiment) -> Result<Self, ScenarioError> {
        let run = experiment.run()?;
        let trace = run.trace.clone();
        let dissection = Shared::new(Dissection::new(&trace));
        let pace = Shared::new(Pace::new(&trace, &dissection));
        let marks = run.steps.iter().map(|step| StepMark { index: step.index, at: step.at });
        let timeline = Timeline::new(trace.clone(), &dissection, pace.rc().clone(), marks.collect());
        let goal = run.goal().map(Shared::new);
        Ok(Self {
            goal,
            run,
            trace: trace.into(),
            dissection,
            pace,
            timeline,
            ladder: OnceCell::new(),
            packets: OnceCell::new(),
            hops: OnceCell::new(),
            series: OnceCell::new(),
            caches: OnceCell::new(),
            race: OnceCell::new(),
            stories: Default::default(),
            texts: Default::default(),
        })
    }

    /// The time-sequence diagram.
    pub fn ladder(&self) -> Shared<Ladder> {
        self.ladder
            .get_or_init(|| Shared::new(Ladder::new(&self.trace, &self.dissection, &self.pace)))
            .clone()
    }

    /// The packet list.
    pub fn packets(&self) -> Shared<Packets> {
        self.packets.get_or_init(|| Shared::new(Packets::new(&self.trace, &self.dissection))).clone()
    }

    /// Every message at every hop.
    pub fn hops(&self) -> Shared<HeaderHops> {
        self.hops.get_or_init(|| Shared::new(HeaderHops::new(&self.trace, &self.dissection))).clone()
    }

    /// Curves over time.
    pub fn series(&self) -> Shared<Series> {
        self.series.get_or_init(|| Shared::new(Series::new(&self.trace, &self.dissection))).clone()
    }

    /// What the run's caches did.
    pub fn caches(&self) -> &Caches {
        self.caches.get_or_init(|| Caches::new(&self.trace))
    }

    /// The page of the run by several policies; none when nothing loads a page.
    pub fn race(&self) -> Option<&Race> {
        self.race.get_or_init(|| Race::new(&self.trace)).as_ref()
    }

    /// The story as told of this run.
    pub fn story(&self, language: Language) -> Shared<Vec<Step>> {
        let slot = &self.stories[usize::from(language == Language::English)];
        slot.get_or_init(|| Shared::new(self.run.story(language))).clone()
    }

    /// The lesson's words with this run's numbers.
    pub fn text(&self, language: Language) -> Shared<LessonText> {
        let slot = &self.texts[usize::from(language == Language::English)];
        slot.get_or_init(|| Shared::new(self.run.text(language))).clone()
    }

    /// How far the run is from the lesson's goal.
    pub fn goal(&self) -> Option<Shared<Goal>> {
        self.goal.clone()
    }

    /// Where a step of the lesson stands.
    pub fn mark(&self, step: usize) -> Cursor {
        self.run.steps.get(step).map_or(Cursor::START, |mark| Cursor { index: mark.index, at: mark.at })
    }

    /// The first of the steps at the last mark that does not stand after the cursor.
    pub fn step_at(&self, cursor: Cursor) -> usize {
        let steps = &self.run.steps;
        let Some(mark) = steps.iter().rev().find(|mark| (mark.index, mark.at) <= (cursor.index, cursor.at))
        else {
            return 0;
        };
        steps.iter().position(|other| (other.index, other.at) == (mark.index, mark.at)).unwrap_or(0)
    }

    /// The first step that stands after the cursor; the last one when none does.
    pub fn step_after(&self, cursor: Cursor) -> usize {
        let ahead = self.run.steps.iter().position(|mark| (mark.index, mark.at) > (cursor.index, cursor.at));
        ahead.unwrap_or(self.run.steps.len().saturating_sub(1))
    }

    /// The place of a step's mark among the player's, which are without duplicates.
    pub fn rank(&self, step: usize) -> usize {
        let mut marks: Vec<_> = self.run.steps.iter().map(|mark| (mark.index, mark.at)).collect();
        let Some(wanted) = marks.get(step).copied() else {
            return 0;
        };
        marks.sort();
        marks.dedup();
        marks.iter().position(|mark| *mark == wanted).unwrap_or(0)
    }

    /// What a step selects.
    pub fn selected_by(&self, step: usize) -> Selection {
        match self.run.steps.get(step).and_then(|mark| mark.selects) {
            Some(entry) => Selection::of_entry(&self.trace, &self.dissection, entry),
            None => Selection::default(),
        }
    }
}
