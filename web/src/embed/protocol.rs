//! What a page that embeds this one may ask.
//!
//! `{"socketPlayground": 1, "cmd": "goto", "step": 3}`; also `next`, `prev`, `play`, `pause`, `describe`.
//! `goto` is absolute: giving it twice is giving it once. Anything else is ignored.

use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::session::Action;

/// The version of the messages; it stands in every one of them.
pub const VERSION: u32 = 1;
/// A longer message is not looked at.
const LONGEST: usize = 4_096;

/// What a page asks.
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
    /// Says where it is.
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

    /// What it does to the session; nothing for a question.
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

/// The message that passes a key on to the page around.
pub fn key_event(key: &str) -> String {
    serde_json::to_string(&KeyEvent { version: VERSION, event: "key", key }).expect("plain data")
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
    fn a_step_before_the_first_is_the_first() {
        assert_eq!(Request::GoTo(0).action(), Some(Action::GoToStep(0)));
        assert_eq!(Request::GoTo(1).action(), Some(Action::GoToStep(0)));
        assert_eq!(Request::GoTo(9).action(), Some(Action::GoToStep(8)));
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_breaks_it(json in ".*") {
            let _ = Request::read(&json);
        }
    }
}
