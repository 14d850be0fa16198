//! Everything that can happen to a session.

use playground_core::scenario::Action as Deed;
use playground_core::time::Instant;
use playground_lessons::{Language, Tab};
use playground_playback::{Selection, Speed, ViewTime};

use super::Edit;
use crate::address::{Parameters, Theme};
use crate::command::Command;

/// Something that happens to a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A button or a key.
    Do(Command),
    /// Wall time has passed, microseconds.
    Tick(u64),
    /// To a simulated time; pauses.
    Seek(Instant),
    /// To a place on the scrubber; pauses.
    SeekView(ViewTime),
    /// To a step, from 0, without an animation.
    GoToStep(usize),
    /// Plays on; nothing when it plays already.
    Play,
    /// Stops.
    Pause,
    /// Changes the speed.
    SetSpeed(Speed),
    /// Turns a knob.
    TurnKnob {
        /// Which.
        id: &'static str,
        /// To what.
        value: String,
    },
    /// All knobs back to their defaults.
    ResetKnobs,
    /// Turns the knobs so that the challenge is solved.
    ShowSolution,
    /// Does something to the run.
    Edit(Edit),
    /// Reaches into the run at this moment.
    Intervene(Deed),
    /// Takes back one thing that was done to the run.
    TakeBack(usize),
    /// Runs a scenario written by hand.
    RunScenario(String),
    /// Back to the lesson's own scenario.
    RestoreScenario,
    /// Selects.
    Select(Selection),
    /// Shows a tab.
    ShowTab(Tab),
    /// Another lesson, from its beginning.
    OpenLesson(&'static str),
    /// Changes the language.
    SetLanguage(Language),
    /// Changes the theme.
    SetTheme(Theme),
    /// Lets single-letter keys work or not.
    SetLetterKeys(bool),
    /// Whether the person asked for less motion.
    SetLessMotion(bool),
    /// Takes the notices away.
    Dismiss,
    /// The address was changed by going back or forward.
    GoTo(Box<Parameters>),
}
