//! What this page tells the page around it.

use serde::Serialize;

use super::protocol::VERSION;
use crate::session::Session;

/// Where the embedded view is.
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
    /// The state of a session; while it moves, the time is that of the step it moves to.
    pub fn of(session: &Session) -> Self {
        let cursor =
            if session.player.is_moving() { session.model.mark(session.step) } else { session.cursor() };
        Self {
            lesson: session.lesson().id,
            step: session.step + 1,
            steps: session.steps(),
            at_end: session.step + 1 >= session.steps(),
            t_us: cursor.at.as_micros(),
            title: session.told().map(|step| step.title).unwrap_or_default(),
        }
    }

    /// The message that tells it: `ready`, `state` or `exhausted`.
    pub fn message(&self, event: &'static str) -> String {
        serde_json::to_string(&Event { version: VERSION, event, state: self }).expect("plain data")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
