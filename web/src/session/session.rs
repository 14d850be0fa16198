//! The session's state and its reducer.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::Event;
use playground_core::scenario::{Action as UserAction, Intervention, Moment, ScenarioError};
use playground_core::trace::Trace;
use playground_lessons::{Language, Lesson, Step, View};
use playground_playback::{Cursor, Frame, FrameCursor, Player, PlayerCommand, Program, Selection};
use yew::Reducible;

use super::experiment::MOST_EDITS;
use super::{Action, Dialog, Edit, Experiment, Model};
use crate::address::{Chrome, Embed, Remark, Theme};
use crate::command::Command;
use crate::rc_eq::RcEq;

/// The options chosen at each step, in order.
pub type Answers = BTreeMap<usize, Vec<u8>>;

/// The state of the page.
///
/// Everything but `experiment` and the user's choices follows from (experiment, cursor); there is no clock in it.
#[derive(Clone)]
pub struct Session {
    /// The experiment.
    pub experiment: Experiment,
    /// The run.
    pub model: RcEq<Model>,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The position in the run, and whether it plays.
    pub player: Player,
    /// The current step of the lesson, from 0.
    pub step: usize,
    /// The selection.
    pub selection: Selection,
    /// The view picked by hand; none follows the lesson.
    pub picked: Option<View>,
    /// Answers to the questions.
    pub answers: Rc<Answers>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The language.
    pub language: Language,
    /// Whether the language was chosen here or by the link, and so belongs in the address.
    pub language_chosen: bool,
    /// The theme, when it is not the system's.
    pub theme: Option<Theme>,
    /// Whether single-letter keys work.
    pub letter_keys: bool,
    /// Whether steps jump instead of being animated.
    pub less_motion: bool,
    /// Whether the scenario is open for editing.
    pub playground: bool,
    /// The embedded view, if any.
    pub embed: Option<Embed>,
    /// What an embedded view shows around its picture.
    pub chrome: Chrome,
    /// The unusable parameters of the link.
    pub remarks: RcEq<Vec<Remark>>,
    /// Why the last edit could not be run.
    pub problem: Option<ScenarioError>,
    /// How often the next step was requested at the last one.
    pub exhausted: u32,
    pub(super) frames: Rc<RefCell<FrameCursor>>,
}

impl Session {
    /// The lesson.
    pub const fn lesson(&self) -> &'static Lesson {
        self.experiment.lesson
    }

    /// The view that has the room: the one picked by hand, or the hero of the step.
    pub fn view(&self) -> View {
        let hero = self.model.run.steps.get(self.step).map(|step| step.hero);
        self.picked.or(hero).unwrap_or(View::Stage)
    }

    /// How many steps the lesson has.
    pub fn steps(&self) -> usize {
        self.model.run.steps.len()
    }

    /// Whether the last step has been reached.
    pub fn is_at_end(&self) -> bool {
        self.step + 1 >= self.steps() && !self.player.is_moving()
    }

    /// The texts of every step.
    pub fn story(&self) -> RcEq<Vec<Step>> {
        self.model.story(self.language)
    }

    /// The text of the current step.
    pub fn current_text(&self) -> Option<Step> {
        self.story().get(self.step).cloned()
    }

    /// The position that every view shows.
    pub fn cursor(&self) -> Cursor {
        self.player.cursor()
    }

    /// Recomputes the stage when the cursor has moved.
    pub(super) fn refresh(&mut self) {
        if self.frame.cursor != self.player.cursor() {
            self.redraw();
        }
    }

    fn redraw(&mut self) {
        let frame =
            self.frames.borrow_mut().frame(&self.model.trace, &self.model.dissection, self.player.cursor());
        self.frame = RcEq::new(frame);
    }

    /// Runs a changed experiment and stays at the step; keeps the old run if the new one is refused.
    fn rerun(&mut self, change: impl FnOnce(&mut Experiment) -> Result<(), ScenarioError>) {
        let mut experiment = self.experiment.clone();
        let model = change(&mut experiment).and_then(|()| Model::new(&experiment));
        match model {
            Ok(model) => {
                self.problem = None;
                self.experiment = experiment;
                self.show(RcEq::new(model));
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    fn show(&mut self, model: RcEq<Model>) {
        let before = core::mem::replace(&mut self.model, model);
        // The steps that are told depend on the run.
        let moved = |step: usize| before.run.steps.get(step).map(|mark| self.model.run.place(mark.id));
        if let Some(step) = moved(self.step) {
            self.step = step;
        }
        let answers = self.answers.iter().filter_map(|(step, given)| Some((moved(*step)?, given.clone())));
        self.answers = Rc::new(answers.collect());
        self.frames.borrow_mut().clear();
        let (speed, size) = (self.player.speed(), self.player.step_size());
        self.player = Player::new(self.model.mark(self.step));
        self.player.handle(&self.model.timeline, PlayerCommand::SetSpeed(speed));
        self.player.handle(&self.model.timeline, PlayerCommand::SetStepSize(size));
        self.selection = self.model.selected_by(self.step);
        self.redraw();
    }

    fn answer(&mut self, option: u8) {
        let Some(question) = self.current_text().and_then(|step| step.question) else {
            return;
        };
        let given = self.answers.get(&self.step).map(Vec::as_slice).unwrap_or_default();
        let is_right =
            |option: &u8| question.options.get(usize::from(*option)).is_some_and(|option| option.correct);
        if usize::from(option) >= question.options.len()
            || given.contains(&option)
            || given.iter().any(is_right)
        {
            return;
        }
        Rc::make_mut(&mut self.answers).entry(self.step).or_default().push(option);
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::PlayPause => self.toggle(),
            Command::NextStep => self.next(),
            Command::PreviousStep => self.previous(),
            Command::FirstStep => self.jump(0),
            Command::LastStep => self.jump(self.steps().saturating_sub(1)),
            Command::NextSegment => self.nudge(PlayerCommand::Next),
            Command::PreviousSegment => self.nudge(PlayerCommand::Previous),
            Command::Reset => self.reset(),
            Command::Answer(option) => self.answer(option),
            Command::LessonMap => self.open_dialog(Dialog::LessonMap),
            Command::Share => self.open_dialog(Dialog::Share),
            Command::Keyboard => self.open_dialog(Dialog::Keyboard),
            Command::Note => self.open_dialog(Dialog::Note),
            Command::Playground => self.playground = !self.playground,
            Command::Language => {
                self.language =
                    if self.language == Language::Korean { Language::English } else { Language::Korean };
                self.language_chosen = true;
            }
            Command::Close => match self.dialog {
                Some(_) => self.dialog = None,
                None => self.selection = Selection::default(),
            },
            // Handled by the page, which knows the screen and the system's theme.
            Command::FullScreen | Command::Theme => {}
        }
    }

    fn open_dialog(&mut self, dialog: Dialog) {
        self.player.handle(&self.model.timeline, PlayerCommand::Pause);
        self.dialog = Some(dialog);
    }

    fn reset(&mut self) {
        let lesson = self.lesson();
        self.step = 0;
        self.answers = Rc::default();
        self.rerun(|experiment| {
            *experiment = Experiment::new(lesson);
            Ok(())
        });
    }

    fn open_lesson(&mut self, id: &str) {
        let Some(lesson) = playground_lessons::find(id) else {
            return;
        };
        let experiment = Experiment::new(lesson);
        match Model::new(&experiment) {
            Ok(model) => {
                self.experiment = experiment;
                self.step = 0;
                self.picked = None;
                self.answers = Rc::default();
                self.dialog = None;
                self.playground = false;
                self.problem = None;
                self.remarks = RcEq::new(Vec::new());
                self.show(RcEq::new(model));
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Do(command) => self.command(command),
            Action::Tick(wall_us) => self.tick(wall_us),
            Action::Seek(at) => self.seek(PlayerCommand::Seek(at)),
            Action::SeekView(view) => self.seek(PlayerCommand::SeekView(view)),
            Action::GoToStep(step) => self.jump(step),
            Action::Play if !self.player.is_moving() => self.toggle(),
            Action::Play => {}
            Action::Pause => {
                self.player.handle(&self.model.timeline, PlayerCommand::Pause);
            }
            Action::SetSpeed(speed) => {
                self.player.handle(&self.model.timeline, PlayerCommand::SetSpeed(speed));
            }
            Action::SetLanguage(language) => {
                self.language = language;
                self.language_chosen = true;
            }
            Action::SetTheme(theme) => self.theme = Some(theme),
            Action::SetLessMotion(on) => self.less_motion = on,
            Action::Dismiss => self.remarks = RcEq::new(Vec::new()),
            Action::TurnKnob { id, value } => {
                let lesson = self.lesson();
                self.rerun(|experiment| Ok(experiment.values.set(lesson, id, &value)?));
            }
            Action::ResetKnobs => {
                let lesson = self.lesson();
                self.rerun(|experiment| {
                    experiment.values = playground_lessons::KnobValues::defaults(lesson);
                    Ok(())
                });
            }
            Action::ShowSolution => self.show_solution(),
            Action::Edit(edit) => self.edit(edit),
            Action::Intervene(action) => {
                let (trace, cursor) = (&self.model.trace, self.cursor());
                let is_call = matches!(action, UserAction::Call { .. });
                let after = match is_call {
                    true => Program::typed_after(trace, cursor.at),
                    false => trace.moment_after(cursor.index, cursor.at),
                };
                self.edit(Edit::Intervene(Intervention { after, action }));
                if is_call && !self.player.is_moving() {
                    // Show the effect of the call at once.
                    self.toggle();
                }
            }
            Action::TakeBack(index) => self.rerun(|experiment| {
                if index < experiment.edits.len() {
                    experiment.edits.remove(index);
                }
                Ok(())
            }),
            Action::RunScenario(json) => self.rerun(|experiment| experiment.set_extra(&json)),
            Action::RestoreScenario => self.rerun(|experiment| {
                experiment.replaced = None;
                experiment.edits.clear();
                Ok(())
            }),
            Action::Select(selection) => {
                self.player.handle(&self.model.timeline, PlayerCommand::Pause);
                self.selection = selection;
            }
            Action::ShowView(view) => self.picked = view,
            Action::OpenLesson(id) => self.open_lesson(id),
            Action::SetLetterKeys(on) => self.letter_keys = on,
            Action::GoTo(parameters) => self.go_to(&parameters),
        }
    }

    fn show_solution(&mut self) {
        let lesson = self.lesson();
        let Some(challenge) = lesson.challenge else {
            return;
        };
        self.rerun(|experiment| {
            for (id, value) in challenge.solution {
                experiment.values.set(lesson, id, value)?;
            }
            Ok(())
        });
    }

    /// Adds an edit, and goes to where it takes effect; an intervention at the cursor leaves the cursor where it is.
    fn edit(&mut self, edit: Edit) {
        if self.experiment.edits.len() >= MOST_EDITS {
            return;
        }
        let (selection, cursor) = (self.selection, self.cursor());
        let at_cursor = self.model.trace.moment_after(cursor.index, cursor.at);
        let sent = selection.segment.and_then(|id| Edit::sent_at(&self.model.trace, id));
        let (at, stays) = match &edit {
            Edit::Intervene(intervention) => (intervention.after.at_us, intervention.after == at_cursor),
            Edit::Impair { .. } => (sent.map_or(cursor.at, |sent| sent.min(cursor.at)), false),
        };
        self.rerun(|experiment| {
            experiment.edits.push(edit);
            Ok(())
        });
        if self.problem.is_none() {
            // The edit changes only what follows, so the past is as before.
            self.seek(match stays {
                true => PlayerCommand::SeekIndex(with_interventions(&self.model.trace, cursor, at_cursor)),
                false => PlayerCommand::Seek(at),
            });
            self.selection = selection;
        }
    }
}

/// The cursor's index, with the interventions applied that come next and what they cause at once; what else happens
/// in the same microsecond is still to come.
fn with_interventions(trace: &Trace, cursor: Cursor, moment: Moment) -> u32 {
    let next = trace.entries.get(cursor.index as usize);
    if !next.is_some_and(|entry| matches!(entry.event, Event::Intervened { .. })) {
        return cursor.index;
    }
    let end = trace.entries.len() as u32;
    (cursor.index..end).find(|index| trace.moment_after(index + 1, moment.at_us) != moment).unwrap_or(end)
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut session = Rc::unwrap_or_clone(self);
        session.apply(action);
        session.refresh();
        Rc::new(session)
    }
}
