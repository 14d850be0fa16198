//! Opening a session from a link, and the link to a session.

use std::cell::RefCell;
use std::rc::Rc;

use playground_core::event::Entry;
use playground_core::scenario::ScenarioError;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_editor::Part;
use playground_lessons::{KnobError, Language, Lesson};
use playground_playback::{Dissection, FrameCursor, Player, PlayerCommand, Selection};

use super::history::History;
use super::horizon::Horizon;
use super::marks::Marks;
use super::route::Route;
use super::{Experiment, Page, Session};
use crate::address::{Parameters, Problem, Remark, Selected};
use crate::rc_eq::RcEq;

/// The user's preferences, for what the link leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// The stored language, or the browser's.
    pub language: Language,
    /// Whether reduced motion is preferred.
    pub less_motion: bool,
    /// Whether single-letter keys work.
    pub letter_keys: bool,
    /// Whether playing goes on by itself after each step.
    pub play_through: bool,
}

impl Session {
    /// Opens a link; unusable parameters are added to `remarks`.
    ///
    /// # Errors
    ///
    /// The lesson itself cannot be run, which would be a fault of the page and not of the link.
    pub fn open(
        parameters: &Parameters,
        mut remarks: Vec<Remark>,
        around: Preferences,
    ) -> Result<Self, ScenarioError> {
        let mut experiment = Experiment::new(lesson_of(parameters, &mut remarks));
        turn_knobs(&mut experiment, parameters, &mut remarks);
        let plain = experiment.clone();
        let kept = parameters.scenario.as_ref().and_then(|json| {
            let kept = experiment.set_extra_beside(json);
            kept.map_err(|error| remarks.push(Remark::on_scenario(error))).ok().flatten()
        });
        let kept = kept.map(Rc::new);
        let route = Route::new(&experiment, kept.as_deref()).or_else(|error| {
            remarks.push(Remark::on_scenario(error));
            experiment = plain.clone();
            Route::new(&experiment, kept.as_deref())
        });
        let route = Rc::new(route.or_else(|_| {
            experiment = Experiment::new(experiment.lesson);
            Route::new(&experiment, kept.as_deref())
        })?);
        let frames = Rc::new(RefCell::new(FrameCursor::new()));
        let player = Player::new(route.mark(0));
        let shown = route.model.clone();
        let frame = frames.borrow_mut().frame(&shown.trace, &shown.dissection, player.cursor());
        let mut session = Self {
            picked: parameters.view,
            experiment,
            frame: RcEq::new(frame),
            horizon: Horizon::at(0, player.cursor()),
            player,
            step: 0,
            page: Page::Step,
            target: None,
            plays_on: false,
            selection: route.selected_by(0),
            part: Part::default(),
            selection_in_a: Selection::default(),
            history: History::default(),
            said: None,
            shows_table: kept.is_some(),
            kept,
            marks: RcEq::new(Marks::new(&route, &shown, None)),
            cut: None,
            shown,
            route,
            answers: Rc::default(),
            revealed: Rc::default(),
            dialog: None,
            language: parameters.language.unwrap_or(around.language),
            language_chosen: parameters.language.is_some(),
            theme: parameters.theme,
            letter_keys: around.letter_keys && !parameters.no_letter_keys,
            less_motion: around.less_motion,
            // An embedded view that plays by itself has nobody to go on.
            play_through: around.play_through || (parameters.autoplay && parameters.embed.is_some()),
            playground: parameters.playground,
            embed: parameters.embed,
            chrome: parameters.chrome,
            ground: (parameters.clear, parameters.contrast),
            deck: parameters.deck,
            sync: parameters.sync.as_deref().map(Rc::from),
            question: parameters.question,
            remarks: RcEq::new(Vec::new()),
            problem: None,
            exhausted: 0,
            exhausted_back: 0,
            asked: 0,
            frames,
        };
        session.player.handle(&session.route.timeline, PlayerCommand::SetSpeed(parameters.speed));
        session.enter(parameters, &mut remarks);
        session.remarks = RcEq::new(remarks);
        session.refresh();
        if parameters.autoplay && !session.less_motion {
            session.toggle();
            session.refresh();
        }
        Ok(session)
    }

    /// Goes to the step, the time and the selection of a link.
    fn enter(&mut self, parameters: &Parameters, remarks: &mut Vec<Remark>) {
        if let Some(step) = parameters.step {
            let wanted = usize::try_from(step).unwrap_or(usize::MAX);
            if !(1..=self.lesson().steps.len()).contains(&wanted) {
                remarks.push(Remark::new("step", &step.to_string(), Problem::OutOfRange));
            }
            self.open_at(self.route.numbered(wanted.saturating_sub(1)));
        }
        if let Some(at) = parameters.at {
            let end = self.route.model.trace.end().max(last_mark(&self.route));
            if at > end {
                remarks.push(Remark::new("t", &at.as_micros().to_string(), Problem::OutOfRange));
            }
            self.player.handle(&self.route.timeline, PlayerCommand::Seek(at.min(end)));
            let cursor = self.cursor();
            if parameters.step.is_none() {
                self.set_step(self.route.step_at(cursor));
            }
            self.horizon.raise(self.step, cursor);
        }
        match selection_of(parameters.selected, &self.route.model.trace, &self.route.model.dissection) {
            Some(selection) if !selection.is_empty() => self.selection = selection,
            Some(_) => {}
            None => remarks.push(Remark::new("sel", &parameters.selected.to_string(), Problem::BadValue)),
        }
    }

    /// The address was changed by going back or forward.
    pub(super) fn go_to(&mut self, parameters: &Parameters) {
        let around = Preferences {
            language: self.language,
            less_motion: self.less_motion,
            letter_keys: self.letter_keys,
            play_through: self.play_through,
        };
        if let Ok(session) = Self::open(parameters, Vec::new(), around) {
            let theme = parameters.theme.or(self.theme);
            *self = Self { theme, language_chosen: self.language_chosen, ..session };
        }
    }

    /// The parameters of a link to the current view.
    pub fn parameters(&self) -> Parameters {
        let mark = self.mark(self.step);
        let is_elsewhere = !self.player.is_moving() && self.player.cursor() != mark;
        let is_selected_by_step = self.selection == self.route.selected_by(self.step);
        let lesson = self.lesson();
        let knobs =
            self.experiment.values.changed(lesson).map(|(id, value)| (id.to_owned(), value.to_owned()));
        Parameters {
            lesson: Some(lesson.id.to_owned()),
            playground: self.playground,
            step: Some(u32::try_from(self.route.number(self.step) + 1).unwrap_or(1)),
            at: is_elsewhere.then(|| self.player.cursor().at),
            selected: if is_selected_by_step {
                Selected::Nothing
            } else {
                name_of(self.selection, &self.route.model.dissection)
            },
            view: self.picked,
            language: self.language_chosen.then_some(self.language),
            theme: self.theme,
            speed: self.player.speed(),
            embed: self.embed,
            chrome: self.chrome,
            clear: self.ground.0,
            contrast: self.ground.1,
            deck: self.deck,
            sync: self.sync.as_deref().map(str::to_owned),
            question: self.question,
            autoplay: false,
            no_letter_keys: !self.letter_keys,
            knobs: knobs.collect(),
            // A capture is in no link.
            scenario: match self.kept.as_ref().filter(|kept| kept.model.is_run()) {
                Some(kept) => Some(self.experiment.extra_beside(kept)),
                None => self.experiment.extra(),
            },
            deflated: None,
        }
    }
}

fn last_mark(route: &Route) -> Instant {
    route.model.run.steps.iter().map(|mark| mark.at).max().unwrap_or(Instant::ZERO)
}

fn lesson_of(parameters: &Parameters, remarks: &mut Vec<Remark>) -> &'static Lesson {
    if let Some(id) = &parameters.lesson {
        if let Some(lesson) = playground_lessons::find(id) {
            return lesson;
        }
        remarks.push(Remark::new("lesson", id, Problem::NoSuchLesson));
    }
    // The course has lessons.
    playground_lessons::all()[0]
}

fn turn_knobs(experiment: &mut Experiment, parameters: &Parameters, remarks: &mut Vec<Remark>) {
    let lesson = experiment.lesson;
    for (name, value) in &parameters.knobs {
        match experiment.values.set(lesson, name, value) {
            // Other pages add parameters of their own to links; they mean nothing here.
            Ok(()) | Err(KnobError::NoSuchKnob { .. }) => {}
            Err(KnobError::OutOfRange { .. }) => remarks.push(Remark::new(name, value, Problem::OutOfRange)),
            // Where a text is wrong is not seen at once.
            Err(error @ KnobError::NoRequest { .. }) => {
                let remark = Remark::new(name, value, Problem::BadValue);
                remarks.push(Remark { reason: Some(error.into()), ..remark });
            }
            Err(_) => remarks.push(Remark::new(name, value, Problem::BadValue)),
        }
    }
}

/// What stands in an address for a selection, so that the same is selected again.
fn name_of(selection: Selection, dissection: &Dissection) -> Selected {
    match selection {
        Selection { segment: Some(id), .. } if selection == Selection::of_segment(dissection, id) => {
            Selected::Segment(id)
        }
        Selection { entry: Some(index), .. } => Selected::Entry(index),
        Selection { socket: Some(key), .. } => Selected::Socket(key),
        _ => Selected::Nothing,
    }
}

/// The selection of an address in a run; none when the run has nothing of that name.
fn selection_of(selected: Selected, trace: &Trace, dissection: &Dissection) -> Option<Selection> {
    match selected {
        Selected::Nothing => Some(Selection::default()),
        Selected::Segment(id) => {
            dissection.segments.get(id.0 as usize).map(|_| Selection::of_segment(dissection, id))
        }
        Selected::Socket(key) => {
            let is_of_it = |entry: &Entry| entry.node == key.node && entry.event.socket() == Some(key.socket);
            let exists = dissection.streams.contains_key(&key) || trace.entries.iter().any(is_of_it);
            exists.then(|| Selection::of_socket(key))
        }
        Selected::Entry(index) => {
            trace.entries.get(index as usize).map(|_| Selection::of_entry(trace, dissection, index))
        }
    }
}
