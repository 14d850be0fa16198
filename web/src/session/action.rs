//! The actions that change a session.

use playground_core::scenario::{Action as UserAction, ScenarioError};
use playground_core::time::Instant;
use playground_editor::{Change, NetworkChange, Part};
use playground_lessons::{Language, View};
use playground_playback::{Parting, Selection, Speed};

use super::{Captured, Edit, Page, Preset};
use crate::address::{Parameters, Theme};
use crate::command::Command;

/// An action on the session.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command of a button or key.
    Do(Command),
    /// Wall time has passed, microseconds.
    Tick(u64),
    /// To a simulated time; pauses.
    Seek(Instant),
    /// To a place on the scrubber, 0 to 1; pauses.
    SeekPlace(f64),
    /// To a step, from 0, without an animation.
    GoToStep(usize),
    /// Shows a page of the story.
    ShowPage(Page),
    /// Plays; no effect while it plays.
    Play,
    /// Goes on after a rest, while it plays through all steps.
    PlayOn,
    /// Pauses.
    Pause,
    /// Shows the answer of the step's question; no effect before a wrong answer.
    ShowAnswer,
    /// Changes the speed.
    SetSpeed(Speed),
    /// Sets a knob.
    TurnKnob {
        /// The knob.
        id: &'static str,
        /// The new value.
        value: String,
    },
    /// All knobs back to their defaults.
    ResetKnobs,
    /// Sets the knobs to the challenge's solution.
    ShowSolution,
    /// Adds an edit to the run.
    Edit(Edit),
    /// Adds a user action at the current time.
    Intervene(UserAction),
    /// Removes an edit, by index.
    TakeBack(usize),
    /// Runs a scenario written by hand.
    RunScenario(String),
    /// Back to the lesson's own scenario.
    RestoreScenario,
    /// Changes the scenario.
    Change(Change),
    /// Shows another part of the scenario to be edited.
    EditPart(Part),
    /// Changes the network: hosts and who connects to whom.
    Rebuild(NetworkChange),
    /// Begins with something else in the playground.
    BeginWith(Preset),
    /// A file could not be read.
    NotRead {
        /// Because it is too large.
        too_large: bool,
    },
    /// A recording could not be opened.
    NotOpened(ScenarioError),
    /// Shows a capture in place of the run.
    ShowCapture(Captured),
    /// Shows the run again.
    CloseCapture,
    /// Runs what the capture's programs said in the model, beside the capture.
    RunCaptured,
    /// Keeps the run as A, to be compared with what comes of changes.
    Keep,
    /// Keeps the lesson with its default knobs as A.
    KeepDefaults,
    /// Exchanges A and B.
    Swap,
    /// Keeps no run any more; B goes on alone.
    StopComparing,
    /// Shows the table of two runs in place of the story, or no longer.
    ShowTable(bool),
    /// To where two runs part.
    GoToParting(Parting),
    /// Selects in A.
    SelectInA(Selection),
    /// Selects.
    Select(Selection),
    /// Shows a view; none follows the lesson.
    ShowView(Option<View>),
    /// Another lesson, from its beginning.
    OpenLesson(&'static str),
    /// Changes the language, whose words are there.
    SetLanguage(Language),
    /// The words of a language could not be fetched.
    NoWords(Language),
    /// Changes the theme; none is the system's.
    SetTheme(Option<Theme>),
    /// Turns single-letter keys on or off.
    SetLetterKeys(bool),
    /// Whether reduced motion is preferred.
    SetLessMotion(bool),
    /// Whether playing goes on by itself after each step.
    SetPlayThrough(bool),
    /// Dismisses the notices.
    Dismiss,
    /// The address was changed by going back or forward.
    GoTo(Box<Parameters>),
}

impl Action {
    /// The language whose words it needs, if it changes the language.
    pub fn language(&self) -> Option<Language> {
        match self {
            Self::SetLanguage(language) => Some(*language),
            Self::GoTo(parameters) => parameters.language,
            _ => None,
        }
    }
}

/// A modal dialog; at most one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The chapter's sections and the lessons in them.
    LessonMap,
    /// Link, code for a slide, QR code.
    Share,
    /// Keyboard help.
    Keyboard,
    /// The note on what is modelled and what is not.
    Note,
}
