//! The session's state and its reducer.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use playground_core::scenario::{Action as UserAction, Intervention, ScenarioError};
use playground_editor::Part;
use playground_lessons::{Language, Lesson, Step, View};
use playground_playback::{Cursor, Frame, FrameCursor, Player, PlayerCommand, Program, Selection};
use yew::Reducible;

use super::comparing::Kept;
use super::history::History;
use super::horizon::{Cut, Horizon};
use super::marks::Marks;
use super::route::Route;
use super::{Action, Dialog, Edit, Experiment, Model, Page, Said};
use crate::address::{Chrome, Deck, Embed, Problem, Remark, Theme};
use crate::command::Command;
use crate::rc_eq::RcEq;

/// The options chosen at each step, in order.
pub type Answers = BTreeMap<usize, Vec<u8>>;

/// The state of the page.
///
/// Everything but `experiment` and the user's choices follows from (experiment, cursor, horizon); there is no clock
/// in it.
#[derive(Clone)]
pub struct Session {
    /// The experiment.
    pub experiment: Experiment,
    /// The whole run, for navigation; views are drawn from [`Session::shown`].
    pub(super) route: Rc<Route>,
    /// The run up to the horizon while a question is open, else the whole run.
    pub(super) shown: RcEq<Model>,
    /// The scrubber's marks.
    pub(super) marks: RcEq<Marks>,
    /// Where `shown` is cut off.
    pub cut: Option<Cut>,
    /// The latest moment of this run that was shown.
    pub(super) horizon: Horizon,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The position in the run, and whether it moves.
    pub player: Player,
    /// The step whose words are shown, from 0. While an animation runs it is the step that the animation left.
    pub step: usize,
    /// The page of the story that is shown.
    pub page: Page,
    /// The step that an animation leads to.
    pub(super) target: Option<usize>,
    /// Whether it plays on by itself after each step.
    pub(super) plays_on: bool,
    /// The selection.
    pub selection: Selection,
    /// What is to be said of the last change of the network.
    pub said: Option<RcEq<Said>>,
    /// The experiments before this one.
    pub(super) history: History,
    /// The part of the scenario that is edited in the playground.
    pub part: Part,
    /// The selection in the run that is kept as A.
    pub selection_in_a: Selection,
    /// The run that is kept as A.
    pub(super) kept: Option<Rc<Kept>>,
    /// Whether the table of two runs has the place of the story.
    pub shows_table: bool,
    /// The view picked by hand; none follows the lesson.
    pub picked: Option<View>,
    /// Answers to the questions.
    pub answers: Rc<Answers>,
    /// The questions whose answer was shown without being given.
    pub(super) revealed: Rc<BTreeSet<usize>>,
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
    /// Whether playing goes on by itself after each step.
    pub play_through: bool,
    /// Whether the scenario is open for editing.
    pub playground: bool,
    /// The embedded view, if any.
    pub embed: Option<Embed>,
    /// What an embedded view shows around its picture.
    pub chrome: Chrome,
    /// Whether the ground of the slide shows through an embedded view, and whether the colours are stronger.
    pub ground: (bool, bool),
    /// The program of the slides around an embedded view.
    pub deck: Option<Deck>,
    /// The name of the copies that an embedded view keeps in step with.
    pub sync: Option<Rc<str>>,
    /// Whether an embedded view asks the lesson's questions.
    pub question: bool,
    /// The unusable parameters of the link.
    pub remarks: RcEq<Vec<Remark>>,
    /// Why the last edit could not be run.
    pub problem: Option<ScenarioError>,
    /// How often the next step was requested at the last one.
    pub exhausted: u32,
    /// How often the step before was requested at the first one.
    pub exhausted_back: u32,
    /// How often the next step was requested while a question was open.
    pub asked: u32,
    pub(super) frames: Rc<RefCell<FrameCursor>>,
}

impl Session {
    /// The lesson.
    pub const fn lesson(&self) -> &'static Lesson {
        self.experiment.lesson
    }

    /// The model that every view is drawn from: cut off at the horizon while a question is open.
    pub const fn shown(&self) -> &RcEq<Model> {
        &self.shown
    }

    /// The step whose words are shown, from 0: the words of a step come after the animation that leads to it.
    pub const fn told(&self) -> usize {
        self.step
    }

    /// The step that is watched: the one that an animation leads to, else the step whose words are shown.
    pub fn watched(&self) -> usize {
        self.target.unwrap_or(self.step)
    }

    /// The hero of the watched step: an animation is seen in the picture of the step that it leads to.
    pub fn hero(&self) -> View {
        self.route.model.run.steps.get(self.watched()).map_or(View::Stage, |step| step.hero)
    }

    /// The view that has the room: the one picked by hand, or the hero; in the playground the stage.
    pub fn view(&self) -> View {
        let usual = || if self.playground { View::Stage } else { self.hero() };
        self.picked.unwrap_or_else(usual)
    }

    /// How many steps the lesson has.
    pub fn steps(&self) -> usize {
        self.route.steps()
    }

    /// Whether the last step has been reached.
    pub fn is_at_end(&self) -> bool {
        self.step + 1 >= self.steps() && !self.player.is_moving()
    }

    /// Whether something moves, or will by itself.
    pub fn is_playing(&self) -> bool {
        self.player.is_moving() || self.plays_on
    }

    /// The place on the scrubber, 0 to 1.
    pub fn place(&self) -> f64 {
        self.route.scale.place(self.cursor(), self.step)
    }

    /// The scrubber's marks: the place of each step, and of the waits that have been shown.
    pub fn marks(&self) -> RcEq<Marks> {
        self.marks.clone()
    }

    /// The cursor of a step.
    pub fn mark(&self, step: usize) -> Cursor {
        self.route.mark(step)
    }

    /// The limit that stopped the run, as a problem with its field in the scenario.
    pub fn cut_short(&self) -> Option<ScenarioError> {
        self.route.model.trace.cut_short()
    }

    /// The texts of every step.
    pub fn story(&self) -> RcEq<Vec<Step>> {
        self.route.model.story(self.language)
    }

    /// The text of the current step.
    pub fn current_text(&self) -> Option<Step> {
        self.story().get(self.step).cloned()
    }

    /// The position that every view shows.
    pub fn cursor(&self) -> Cursor {
        self.player.cursor()
    }

    /// Recomputes what is shown when the horizon or a question has changed, and the stage when the cursor has moved.
    pub(super) fn refresh(&mut self) {
        let cut = self.cut();
        if cut != self.cut {
            self.cut = cut;
            self.show();
        } else if self.frame.cursor != self.player.cursor() {
            self.redraw();
        }
    }

    /// The horizon while a question is open; at the question itself without what gives its answer away.
    pub(super) fn cut(&self) -> Option<Cut> {
        let question = self.open_question()?;
        let now = self.horizon.cursor();
        let asking = Some(question).filter(|question| self.mark(*question) <= now);
        Some(Cut { now: asking.map_or(now, |question| self.route.asks_at(question)), asking })
    }

    /// Recomputes what is shown.
    fn show(&mut self) {
        self.shown = match self.cut {
            Some(Cut { now, asking }) => {
                let asking = asking.map(|step| self.route.id(step));
                RcEq::new(Model::until(&self.route.model, now, asking))
            }
            None => self.route.model.clone(),
        };
        self.marks = RcEq::new(Marks::new(&self.route, &self.shown, self.open_question()));
        self.frames.borrow_mut().clear();
        self.redraw();
    }

    fn redraw(&mut self) {
        let shown = &self.shown;
        let frame = self.frames.borrow_mut().frame(&shown.trace, &shown.dissection, self.player.cursor());
        self.frame = RcEq::new(frame);
    }

    /// Runs a changed experiment and stays at the step; keeps the old run if the new one is refused.
    pub(super) fn rerun(&mut self, change: impl FnOnce(&mut Experiment) -> Result<(), ScenarioError>) {
        let mut experiment = self.experiment.clone();
        let route = change(&mut experiment).and_then(|()| Route::new(&experiment, self.kept.as_deref()));
        match route {
            Ok(route) => {
                self.problem = None;
                self.said = None;
                let before = core::mem::replace(&mut self.experiment, experiment);
                if before != self.experiment {
                    self.history.record(before);
                }
                self.take(route);
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// Shows another run at the same step; its horizon is at the step at which the last one's was.
    fn take(&mut self, route: Route) {
        let before = core::mem::replace(&mut self.route, Rc::new(route));
        self.part = core::mem::take(&mut self.part).within(&self.route.model.trace.scenario);
        // The steps that are told depend on the run.
        let moved = |step: usize| self.route.place(before.id(step));
        self.step = moved(self.step);
        let horizon = moved(self.horizon.step());
        self.answers =
            Rc::new(self.answers.iter().map(|(step, given)| (moved(*step), given.clone())).collect());
        self.revealed = Rc::new(self.revealed.iter().map(|step| moved(*step)).collect());
        let (speed, size) = (self.player.speed(), self.player.step_size());
        self.player = Player::new(self.mark(self.step));
        self.player.handle(&self.route.timeline, PlayerCommand::SetSpeed(speed));
        self.player.handle(&self.route.timeline, PlayerCommand::SetStepSize(size));
        self.target = None;
        self.plays_on = false;
        self.selection = self.route.selected_by(self.step);
        self.horizon = Horizon::at(horizon, self.mark(horizon));
        self.cut = self.cut();
        self.show();
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::PlayPause => self.toggle(),
            Command::NextStep => self.next(),
            Command::PreviousStep => self.previous(),
            Command::FirstStep => self.jump(0),
            // The pages behind the last step are further on.
            Command::LastStep if self.page != Page::Step => {}
            Command::LastStep => self.jump(self.steps().saturating_sub(1)),
            Command::NextSegment => self.nudge(PlayerCommand::Next),
            Command::PreviousSegment => self.nudge(PlayerCommand::Previous),
            Command::Reset => self.reset(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Answer(option) => self.answer(option),
            Command::LessonMap => self.open_dialog(Dialog::LessonMap),
            Command::Share => self.open_dialog(Dialog::Share),
            Command::Keyboard => self.open_dialog(Dialog::Keyboard),
            Command::Note => self.open_dialog(Dialog::Note),
            Command::Playground => {
                self.playground = !self.playground;
                // The lesson tells of its own run.
                if self.captured().is_some() {
                    self.close_capture();
                }
            }
            Command::Close => match self.dialog {
                Some(_) => self.dialog = None,
                None => self.selection = Selection::default(),
            },
            // Handled by the page, which knows the screen and the system's theme, and fetches words.
            Command::FullScreen | Command::Language | Command::Theme => {}
        }
    }

    fn open_dialog(&mut self, dialog: Dialog) {
        self.pause();
        self.dialog = Some(dialog);
    }

    fn reset(&mut self) {
        let lesson = self.lesson();
        self.start_over();
        self.rerun(|experiment| {
            *experiment = Experiment::new(lesson);
            Ok(())
        });
    }

    /// To the first step, with every question open.
    pub(super) fn start_over(&mut self) {
        self.step = 0;
        self.page = Page::Step;
        self.horizon = Horizon::default();
        self.answers = Rc::default();
        self.revealed = Rc::default();
    }

    fn open_lesson(&mut self, id: &str) {
        let Some(lesson) = playground_lessons::find(id) else {
            return;
        };
        let experiment = Experiment::new(lesson);
        match Route::new(&experiment, None) {
            Ok(route) => {
                self.kept = None;
                self.shows_table = false;
                self.history = History::default();
                self.experiment = experiment;
                self.start_over();
                self.picked = None;
                self.dialog = None;
                self.playground = false;
                self.problem = None;
                self.remarks = RcEq::new(Vec::new());
                self.take(route);
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Do(command) => self.command(command),
            Action::Tick(wall_us) => self.tick(wall_us),
            Action::Seek(at) => self.seek(PlayerCommand::Seek(at)),
            Action::SeekPlace(place) => self.seek(PlayerCommand::SeekCursor(self.route.scale.cursor(place))),
            Action::GoToStep(step) => self.jump(step),
            Action::ShowPage(page) => self.page = page,
            Action::Play if !self.is_playing() => self.toggle(),
            Action::Play => {}
            Action::PlayOn => self.play_on(),
            Action::Pause => self.pause(),
            Action::ShowAnswer => self.show_answer(),
            Action::SetSpeed(speed) => {
                self.player.handle(&self.route.timeline, PlayerCommand::SetSpeed(speed));
            }
            Action::SetLanguage(language) => {
                self.language = language;
                self.language_chosen = true;
            }
            Action::SetTheme(theme) => self.theme = theme,
            Action::SetLessMotion(on) => self.less_motion = on,
            Action::SetPlayThrough(on) => self.play_through = on,
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
                let (trace, cursor) = (&self.route.model.trace, self.cursor());
                let caller = match &action {
                    UserAction::Call { node, .. } => Some(node.clone()),
                    _ => None,
                };
                let after = match caller {
                    Some(_) => Program::typed_after(trace, cursor.at),
                    None => trace.moment_after(cursor.index, cursor.at),
                };
                self.edit(Edit::Intervene(Intervention { after, action }));
                if let Some(caller) = caller.filter(|_| !self.player.is_moving()) {
                    self.watch_call(&caller);
                }
            }
            Action::TakeBack(index) => self.rerun(|experiment| {
                if index < experiment.edits.len() {
                    experiment.edits.remove(index);
                }
                Ok(())
            }),
            Action::RunScenario(json) => self.rerun(|experiment| experiment.set_extra(&json)),
            Action::Change(change) => self.change(&change),
            Action::EditPart(part) => {
                self.part = part;
                self.shows_table = false;
            }
            Action::RestoreScenario => self.rerun(|experiment| {
                experiment.replaced = None;
                experiment.edits.clear();
                Ok(())
            }),
            Action::Rebuild(change) => self.rebuild(&change),
            Action::NotOpened(problem) => self.problem = Some(problem),
            Action::NotRead { too_large } => self.said = Some(RcEq::new(Said::NotRead { too_large })),
            Action::BeginWith(preset) => self.begin_with(&preset),
            Action::ShowCapture(captured) => self.show_capture(captured),
            Action::CloseCapture => self.close_capture(),
            Action::RunCaptured => self.run_captured(),
            Action::Keep => self.keep(self.experiment.clone()),
            Action::KeepDefaults => self.keep_defaults(),
            Action::Swap => self.swap(),
            Action::StopComparing => self.stop_comparing(),
            Action::ShowTable(on) => self.shows_table = on && self.kept.is_some(),
            Action::GoToParting(parting) => self.go_to_parting(parting),
            Action::SelectInA(selection) => self.selection_in_a = selection,
            Action::Select(selection) => {
                self.pause();
                if let Some(socket) = selection.socket.filter(|_| self.playground) {
                    self.edit_node(socket.node);
                }
                self.selection = selection;
            }
            Action::ShowView(view) => self.picked = view,
            Action::OpenLesson(id) => self.open_lesson(id),
            Action::SetLetterKeys(on) => self.letter_keys = on,
            Action::NoWords(language) => {
                let mut remarks = self.remarks.to_vec();
                remarks.push(Remark::new("lang", language.tag(), Problem::NotFetched));
                self.remarks = RcEq::new(remarks);
            }
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
