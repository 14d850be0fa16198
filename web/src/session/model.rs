//! A run as far as it may be seen, and its view models, the larger ones computed on first use.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::Entry;
use playground_core::scenario::ScenarioError;
use playground_core::trace::Trace;
use playground_drawing::Hero;
use playground_lessons::{Goal, Hides, KnobKind, Language, Lesson, LessonText, Run, Step, View};
use playground_playback::{Cursor, Dissection, HeaderHops, Ladder, Pace, Packets, Selection, Series};

use super::{Captured, Experiment, Refusal, Source};
use crate::rc_eq::RcEq;

/// A run, whole or cut off, and the view models that depend on it alone.
///
/// Views get it from [`Session::shown`](super::Session::shown) and from nowhere else: what a cut-off model does not
/// have cannot be drawn.
pub struct Model {
    /// The run. Of a cut-off one the words, the numbers in them and the goal are those of the whole run.
    pub run: Run,
    /// The trace.
    pub trace: RcEq<Trace>,
    /// The dissection of the trace: octets, streams, labels.
    pub dissection: RcEq<Dissection>,
    /// Maps simulated time to view time.
    pub pace: RcEq<Pace>,
    views: Views,
    stories: [OnceCell<RcEq<Vec<Step>>>; 2],
    texts: [OnceCell<RcEq<LessonText>>; 2],
    goal: Option<RcEq<Goal>>,
    source: Source,
    /// The refused texts, by knob. They are told at once, as a form tells what cannot be sent.
    refusals: BTreeMap<&'static str, Refusal>,
    /// The step whose question is open.
    asking: Option<&'static str>,
}

/// The view models of a trace, computed when first asked for.
#[derive(Default)]
struct Views {
    ladder: OnceCell<RcEq<Ladder>>,
    packets: OnceCell<RcEq<Packets>>,
    hops: OnceCell<RcEq<HeaderHops>>,
    series: OnceCell<RcEq<Series>>,
    heroes: RefCell<BTreeMap<(View, bool), RcEq<Hero>>>,
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
        let source = experiment.captured.as_ref().map_or(Source::Run, Captured::source);
        let is_captured = source != Source::Run;
        let goal = if is_captured { None } else { run.goal().map(RcEq::new) };
        let texts = run.lesson.knobs.iter().filter(|knob| matches!(knob.kind, KnobKind::Text { .. }));
        let refusals = texts
            .filter(|_| !is_captured)
            .filter_map(|knob| Some((knob.id, Refusal::of(&trace, &dissection, run.values.get(knob.id))?)))
            .collect();
        Ok(Self {
            goal,
            source,
            refusals,
            asking: None,
            run,
            trace: trace.into(),
            dissection,
            pace,
            views: Views::default(),
            stories: Default::default(),
            texts: Default::default(),
        })
    }

    /// The same run on another clock.
    #[must_use]
    pub fn on_clock(&self, pace: RcEq<Pace>) -> Self {
        Self {
            goal: self.goal.clone(),
            source: self.source,
            refusals: self.refusals.clone(),
            asking: self.asking,
            run: self.run.clone(),
            trace: self.trace.clone(),
            dissection: self.dissection.clone(),
            pace,
            views: Views::default(),
            stories: self.stories.clone(),
            texts: self.texts.clone(),
        }
    }

    /// The model of the trace cut off at `now`.
    ///
    /// What the lesson hides while the question of the step `asking` is open is withheld. Its axis is
    /// the whole run's up to `now`, so that nothing moves when more is shown; its words are the whole run's.
    #[must_use]
    pub fn until(whole: &RcEq<Self>, now: Cursor, asking: Option<&'static str>) -> Self {
        let hides = |entry: &Entry| {
            spoilers(whole.run.lesson, asking)
                .any(|hides| matches!(hides, Hides::Events(matches) if matches(&entry.event)))
        };
        let trace = Rc::new(whole.trace.until(now.index).withholding(hides));
        let dissection = RcEq::new(Dissection::new(&trace));
        let pace = RcEq::new(whole.pace.until(now.at));
        Self {
            goal: whole.goal.clone(),
            source: whole.source,
            refusals: whole.refusals.clone(),
            asking,
            run: Run { trace: Rc::clone(&trace), ..whole.run.clone() },
            trace: trace.into(),
            dissection,
            pace,
            views: Views::default(),
            stories: whole.stories.clone(),
            texts: whole.texts.clone(),
        }
    }

    /// Whether it is a capture.
    pub fn is_captured(&self) -> bool {
        self.source == Source::Capture
    }

    /// Where it comes from.
    pub fn source(&self) -> Source {
        self.source
    }

    /// Whether it was run here; else it is shown as it was opened, and nothing in it can be changed.
    pub fn is_run(&self) -> bool {
        self.source == Source::Run
    }

    /// The time-sequence diagram.
    pub fn ladder(&self) -> RcEq<Ladder> {
        self.views
            .ladder
            .get_or_init(|| RcEq::new(Ladder::new(&self.trace, &self.dissection, &self.pace)))
            .clone()
    }

    /// The packet list.
    pub fn packets(&self) -> RcEq<Packets> {
        self.views.packets.get_or_init(|| RcEq::new(Packets::new(&self.trace, &self.dissection))).clone()
    }

    /// Every message at each hop.
    pub fn hops(&self) -> RcEq<HeaderHops> {
        self.views.hops.get_or_init(|| RcEq::new(HeaderHops::new(&self.trace, &self.dissection))).clone()
    }

    /// Curves over time.
    pub fn series(&self) -> RcEq<Series> {
        self.views.series.get_or_init(|| RcEq::new(Series::new(&self.trace, &self.dissection))).clone()
    }

    /// The picture of a view; none for a view that is drawn by the page itself. Where the steps are not told, as in the
    /// playground, it is about everything.
    pub fn hero(&self, view: View, told: bool) -> Option<RcEq<Hero>> {
        let mut heroes = self.views.heroes.borrow_mut();
        if let Some(known) = heroes.get(&(view, told)) {
            return Some(known.clone());
        }
        let run = if told { self.run.clone() } else { Run { steps: Vec::new(), ..self.run.clone() } };
        let hero = RcEq::new(Hero::new(view, &run, self.dissection.rc())?);
        heroes.insert((view, told), hero.clone());
        Some(hero)
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

    /// Why the text of a knob was refused; none if it was not.
    pub fn refusal(&self, knob: &str) -> Option<&Refusal> {
        self.refusals.get(knob)
    }

    /// The cursor of a step.
    pub fn mark(&self, step: usize) -> Cursor {
        self.run.steps.get(step).map_or(Cursor::START, |mark| Cursor::new(mark.index, mark.at))
    }

    /// The view that carries a step.
    pub fn hero_of(&self, step: usize) -> View {
        self.run.steps.get(step).map_or(View::Stage, |step| step.hero)
    }

    /// The selection of a step.
    pub fn selected_by(&self, step: usize) -> Selection {
        match self.run.steps.get(step).and_then(|mark| mark.selects) {
            Some(entry) => Selection::of_entry(&self.trace, &self.dissection, entry),
            None => Selection::default(),
        }
    }

    /// Whether a knob is hidden, because its value answers the open question.
    pub fn hides_knob(&self, id: &str) -> bool {
        spoilers(self.run.lesson, self.asking).any(|hides| matches!(hides, Hides::Knob(knob) if knob == id))
    }
}

/// What a lesson hides while the question of the step `asking` is open.
fn spoilers(lesson: &'static Lesson, asking: Option<&'static str>) -> impl Iterator<Item = Hides> {
    lesson.spoilers.iter().filter(move |spoiler| asking == Some(spoiler.step)).map(|spoiler| spoiler.hides)
}
