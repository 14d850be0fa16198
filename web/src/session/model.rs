//! A run and its view models, the larger ones computed on first use.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use playground_core::scenario::ScenarioError;
use playground_core::trace::Trace;
use playground_drawing::Hero;
use playground_lessons::{Goal, Language, LessonText, Run, Step, View};
use playground_playback::{
    Caches, Cursor, Dissection, HeaderHops, Ladder, Pace, Packets, Race, Selection, Series, StepMark,
    Timeline,
};

use super::Experiment;
use crate::rc_eq::RcEq;

/// A run and the view models that depend on it alone.
pub struct Model {
    /// The run.
    pub run: Run,
    /// The trace.
    pub trace: RcEq<Trace>,
    /// The dissection of the trace: octets, streams, labels.
    pub dissection: RcEq<Dissection>,
    /// Maps simulated time to view time.
    pub pace: RcEq<Pace>,
    /// The player's timeline.
    pub timeline: Timeline,
    ladder: OnceCell<RcEq<Ladder>>,
    packets: OnceCell<RcEq<Packets>>,
    hops: OnceCell<RcEq<HeaderHops>>,
    series: OnceCell<RcEq<Series>>,
    caches: OnceCell<Caches>,
    race: OnceCell<Option<Race>>,
    heroes: RefCell<BTreeMap<View, Option<RcEq<Hero>>>>,
    stories: [OnceCell<RcEq<Vec<Step>>>; 2],
    texts: [OnceCell<RcEq<LessonText>>; 2],
    goal: Option<RcEq<Goal>>,
}

impl Model {
    /// Runs an experiment.
    ///
    /// # Errors
    ///
    /// Those of [`Experiment::run`].
    pub fn new(experiment: &Experiment) -> Result<Self, ScenarioError> {
        let run = experiment.run()?;
        let trace = run.trace.clone();
        let dissection = RcEq::new(Dissection::new(&trace));
        let pace = RcEq::new(Pace::new(&trace, &dissection));
        let marks = run.steps.iter().map(|step| StepMark { index: step.index, at: step.at });
        let timeline = Timeline::new(trace.clone(), &dissection, pace.rc().clone(), marks.collect());
        let goal = run.goal().map(RcEq::new);
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
            heroes: RefCell::default(),
            stories: Default::default(),
            texts: Default::default(),
        })
    }

    /// The time-sequence diagram.
    pub fn ladder(&self) -> RcEq<Ladder> {
        self.ladder.get_or_init(|| RcEq::new(Ladder::new(&self.trace, &self.dissection, &self.pace))).clone()
    }

    /// The packet list.
    pub fn packets(&self) -> RcEq<Packets> {
        self.packets.get_or_init(|| RcEq::new(Packets::new(&self.trace, &self.dissection))).clone()
    }

    /// Every message at each hop.
    pub fn hops(&self) -> RcEq<HeaderHops> {
        self.hops.get_or_init(|| RcEq::new(HeaderHops::new(&self.trace, &self.dissection))).clone()
    }

    /// Curves over time.
    pub fn series(&self) -> RcEq<Series> {
        self.series.get_or_init(|| RcEq::new(Series::new(&self.trace, &self.dissection))).clone()
    }

    /// The caches of the run.
    pub fn caches(&self) -> &Caches {
        self.caches.get_or_init(|| Caches::new(&self.trace))
    }

    /// The page load under several policies; none when nothing loads a page.
    pub fn race(&self) -> Option<&Race> {
        self.race.get_or_init(|| Race::new(&self.trace)).as_ref()
    }

    /// The picture of a view; none for a view that is drawn by the page itself.
    pub fn hero(&self, view: View) -> Option<RcEq<Hero>> {
        let mut heroes = self.heroes.borrow_mut();
        let hero = heroes
            .entry(view)
            .or_insert_with(|| Hero::new(view, self.trace.rc(), self.dissection.rc()).map(RcEq::new));
        hero.clone()
    }

    /// The texts of the steps, with this run's numbers.
    pub fn story(&self, language: Language) -> RcEq<Vec<Step>> {
        let slot = &self.stories[usize::from(language == Language::English)];
        slot.get_or_init(|| RcEq::new(self.run.story(language))).clone()
    }

    /// The lesson's texts with this run's numbers.
    pub fn text(&self, language: Language) -> RcEq<LessonText> {
        let slot = &self.texts[usize::from(language == Language::English)];
        slot.get_or_init(|| RcEq::new(self.run.text(language))).clone()
    }

    /// How far the run is from the lesson's goal.
    pub fn goal(&self) -> Option<RcEq<Goal>> {
        self.goal.clone()
    }

    /// The cursor of a step.
    pub fn mark(&self, step: usize) -> Cursor {
        self.run.steps.get(step).map_or(Cursor::START, |mark| Cursor { index: mark.index, at: mark.at })
    }

    /// The first step at the last mark that is not after the cursor.
    pub fn step_at(&self, cursor: Cursor) -> usize {
        let steps = &self.run.steps;
        let Some(mark) = steps.iter().rev().find(|mark| (mark.index, mark.at) <= (cursor.index, cursor.at))
        else {
            return 0;
        };
        steps.iter().position(|other| (other.index, other.at) == (mark.index, mark.at)).unwrap_or(0)
    }

    /// The first step after the cursor; the last step if there is none.
    pub fn step_after(&self, cursor: Cursor) -> usize {
        let ahead = self.run.steps.iter().position(|mark| (mark.index, mark.at) > (cursor.index, cursor.at));
        ahead.unwrap_or(self.run.steps.len().saturating_sub(1))
    }

    /// The index of a step's mark among the player's marks, which have no duplicates.
    pub fn rank(&self, step: usize) -> usize {
        let mut marks: Vec<_> = self.run.steps.iter().map(|mark| (mark.index, mark.at)).collect();
        let Some(wanted) = marks.get(step).copied() else {
            return 0;
        };
        marks.sort();
        marks.dedup();
        marks.iter().position(|mark| *mark == wanted).unwrap_or(0)
    }

    /// The selection of a step.
    pub fn selected_by(&self, step: usize) -> Selection {
        match self.run.steps.get(step).and_then(|mark| mark.selects) {
            Some(entry) => Selection::of_entry(&self.trace, &self.dissection, entry),
            None => Selection::default(),
        }
    }
}
