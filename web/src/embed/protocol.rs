//! Messages between the embedded view and the page that embeds it (`postMessage`).
//!
//! Requests are `{"socketPlayground": 1, "cmd": "goto", "step": 3}`, and `next`, `prev`, `play`, `pause`, `describe`.
//! `goto` is absolute and therefore idempotent. Anything else is ignored. Every request is answered by an event with
//! the state: `ready`, `state` or `exhausted`.

use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::session::{Action, Session};

/// The protocol version, the value of `socketPlayground` in every message.
pub const VERSION: u32 = 1;
/// Longer messages are ignored, octets.
const LONGEST: usize = 4_096;

/// A request of the embedding page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// To a step, from 1.
    GoTo(u32),
    /// To the next step; at the last one the answer is `exhausted`.
    Next,
    /// To the step before.
    Previous,
    /// Plays.
    Play,
    /// Pauses.
    Pause,
    /// Asks for the state.
    Describe,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "socketPlayground")]
    version: u32,
    cmd: String,
    #[serde(default)]
    step: Option<u32>,
}

#[derive(Serialize)]
struct KeyEvent<'k> {
    #[serde(rename = "socketPlayground")]
    version: u32,
    event: &'static str,
    key: &'k str,
}

impl Request {
    /// Reads a message; none for anything that is not one.
    pub fn read(json: &str) -> Option<Self> {
        if json.len() > LONGEST {
            return None;
        }
        let message: Message = serde_json::from_str(json).ok()?;
        if message.version != VERSION {
            return None;
        }
        Some(match message.cmd.as_str() {
            "goto" => Self::GoTo(message.step?),
            "next" => Self::Next,
            "prev" => Self::Previous,
            "play" => Self::Play,
            "pause" => Self::Pause,
            "describe" => Self::Describe,
            _ => return None,
        })
    }

    /// The action on the session; none for `describe`.
    pub fn action(self) -> Option<Action> {
        Some(match self {
            Self::GoTo(step) => {
                Action::GoToStep(usize::try_from(step.saturating_sub(1)).unwrap_or(usize::MAX))
            }
            Self::Next => Action::Do(Command::NextStep),
            Self::Previous => Action::Do(Command::PreviousStep),
            Self::Play => Action::Play,
            Self::Pause => Action::Pause,
            Self::Describe => return None,
        })
    }
}

/// The message that forwards a key to the embedding page.
pub fn key_event(key: &str) -> String {
    serde_json::to_string(&KeyEvent { version: VERSION, event: "key", key }).expect("plain data")
}

/// The state of the embedded view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmbedState {
    lesson: &'static str,
    step: usize,
    steps: usize,
    #[serde(rename = "atEnd")]
    at_end: bool,
    #[serde(rename = "tUs")]
    t_us: u64,
    title: String,
}

#[derive(Serialize)]
struct Event<'s> {
    #[serde(rename = "socketPlayground")]
    version: u32,
    event: &'static str,
    #[serde(flatten)]
    state: &'s EmbedState,
}

impl EmbedState {
    /// The state of a session; during an animation the time is that of the target step.
    pub fn of(session: &Session) -> Self {
        let step = session.watched();
        let cursor = if session.player.is_moving() { session.mark(step) } else { session.cursor() };
        Self {
            lesson: session.lesson().id,
            step: step + 1,
            steps: session.steps(),
            at_end: step + 1 >= session.steps(),
            t_us: cursor.at.as_micros(),
            title: session.story().get(step).map(|step| step.title.clone()).unwrap_or_default(),
        }
    }

    /// The message with this state; `event` is `ready`, `state` or `exhausted`.
    pub fn message(&self, event: &'static str) -> String {
        serde_json::to_string(&Event { version: VERSION, event, state: self }).expect("plain data")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn messages_are_read() {
        for (json, request) in [
            (r#"{"socketPlayground":1,"cmd":"goto","step":3}"#, Some(Request::GoTo(3))),
            (r#"{"cmd":"next","socketPlayground":1,"more":[]}"#, Some(Request::Next)),
            (r#"{"socketPlayground":1,"cmd":"prev"}"#, Some(Request::Previous)),
            (r#"{"socketPlayground":1,"cmd":"play"}"#, Some(Request::Play)),
            (r#"{"socketPlayground":1,"cmd":"pause"}"#, Some(Request::Pause)),
            (r#"{"socketPlayground":1,"cmd":"describe"}"#, Some(Request::Describe)),
            (r#"{"socketPlayground":1,"cmd":"goto"}"#, None),
            (r#"{"socketPlayground":1,"cmd":"goto","step":-1}"#, None),
            (r#"{"socketPlayground":2,"cmd":"next"}"#, None),
            (r#"{"cmd":"next"}"#, None),
            (r#""next""#, None),
            ("", None),
        ] {
            assert_eq!(Request::read(json), request, "{json}");
        }
    }

    #[test]
    fn goto_zero_is_the_first_step() {
        assert_eq!(Request::GoTo(0).action(), Some(Action::GoToStep(0)));
        assert_eq!(Request::GoTo(1).action(), Some(Action::GoToStep(0)));
        assert_eq!(Request::GoTo(9).action(), Some(Action::GoToStep(8)));
    }

    proptest! {
        #[test]
        fn any_message_is_read_or_ignored(json in ".*") {
            let _ = Request::read(&json);
        }
    }

    #[test]
    fn the_message_has_the_agreed_names() {
        let state = EmbedState {
            lesson: "reset",
            step: 2,
            steps: 8,
            at_end: false,
            t_us: 100_000,
            title: "RST".into(),
        };
        assert_eq!(
            state.message("state"),
            r#"{"socketPlayground":1,"event":"state","lesson":"reset","step":2,"steps":8,"atEnd":false,"tUs":100000,"title":"RST"}"#
        );
    }
}
