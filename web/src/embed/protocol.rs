//! Messages between the embedded view and the page that embeds it (`postMessage`), read and written.
//!
//! A request is `{"socketPlayground": 2, "id": 7, "cmd": "goto", "step": 3}`; every request is answered, with its id.
//! One of version 1 (no id, fewer commands) is answered in version 1. Anything else is ignored.
//! `docs/embedding.md` describes both.

use playground_lessons::Language;
use serde_json::{Map, Value, json};

use super::EmbedState;
use crate::address::Theme;
use crate::command::Command;
use crate::session::Action;

/// Longer messages are ignored, octets.
const LONGEST: usize = 4_096;
/// Limit on the sides of a snapshot, CSS pixels.
const SIDES: std::ops::RangeInclusive<u64> = 160..=4_096;

/// The version that a message is written in, the value of `socketPlayground`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// The first: six commands, answers without the number of their request.
    #[default]
    One = 1,
    /// With ids, settings, snapshots and whole keys.
    Two = 2,
}

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Its version, and that of the answer.
    pub version: Version,
    /// Its id, a number or a text; the answer has the same.
    pub id: Value,
    /// The request; none for one that is not understood, which version 2 refuses.
    pub request: Option<Request>,
}

/// A request of the embedding page.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// To a step, from 1.
    GoTo(u64),
    /// To the next step; at the last one the answer is `exhausted`.
    Next,
    /// To the step before; at the first one the answer is `exhausted`.
    Previous,
    /// Plays.
    Play,
    /// Pauses.
    Pause,
    /// Asks for the state, and what can be said about the lesson.
    Describe,
    /// Changes knobs, theme, language, and whose keys are used.
    Set(Settings),
    /// Asks for the picture, width by height.
    Snapshot(f64, f64),
}

/// What `set` changes; the rest stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Knob values as `name=value`.
    pub knobs: Vec<(String, String)>,
    /// The theme; none inside is the system's.
    pub theme: Option<Option<Theme>>,
    /// The language.
    pub language: Option<Language>,
    /// Whether every key is passed on.
    pub host_keys: Option<bool>,
}

impl Asked {
    /// Reads a message; none for anything that is not one.
    pub fn read(json: &str) -> Option<Self> {
        if json.len() > LONGEST {
            return None;
        }
        let message: Value = serde_json::from_str(json).ok()?;
        let request = Request::read(&message);
        match message["socketPlayground"].as_u64()? {
            1 => {
                let known = !matches!(request, None | Some(Request::Set(_) | Request::Snapshot(..)));
                known.then_some(Self { version: Version::One, id: Value::Null, request })
            }
            2 => {
                let id = &message["id"];
                let id = if id.is_number() || id.is_string() { id.clone() } else { Value::Null };
                Some(Self { version: Version::Two, id, request })
            }
            _ => None,
        }
    }
}

impl Request {
    fn read(message: &Value) -> Option<Self> {
        Some(match message["cmd"].as_str()? {
            "goto" => Self::GoTo(message["step"].as_u64().filter(|step| *step <= u64::from(u32::MAX))?),
            "next" => Self::Next,
            "prev" => Self::Previous,
            "play" => Self::Play,
            "pause" => Self::Pause,
            "describe" => Self::Describe,
            "set" => Self::Set(Settings::read(message)?),
            "snapshot" => {
                let side = |name: &str, usual: u64| match &message[name] {
                    Value::Null => Some(usual as f64),
                    value => value.as_u64().filter(|side| SIDES.contains(side)).map(|side| side as f64),
                };
                Self::Snapshot(side("width", 960)?, side("height", 540)?)
            }
            _ => return None,
        })
    }

    /// The action on the session; none for what only asks, and for settings, which are several.
    pub fn action(&self) -> Option<Action> {
        Some(match self {
            Self::GoTo(step) => {
                Action::GoToStep(usize::try_from(step.saturating_sub(1)).unwrap_or(usize::MAX))
            }
            Self::Next => Action::Do(Command::NextStep),
            Self::Previous => Action::Do(Command::PreviousStep),
            Self::Play => Action::Play,
            Self::Pause => Action::Pause,
            Self::Describe | Self::Set(_) | Self::Snapshot(..) => return None,
        })
    }
}

impl Settings {
    fn read(message: &Value) -> Option<Self> {
        let mut settings = Self::default();
        match &message["knobs"] {
            Value::Null => {}
            Value::Object(knobs) => {
                for (name, value) in knobs {
                    let value = match value {
                        Value::String(text) => text.clone(),
                        Value::Number(number) => number.to_string(),
                        _ => return None,
                    };
                    settings.knobs.push((name.clone(), value));
                }
            }
            _ => return None,
        }
        let word = |name: &str| match &message[name] {
            Value::Null => Some(None),
            value => value.as_str().map(Some),
        };
        settings.theme = match word("theme")? {
            None => None,
            Some("system") => Some(None),
            Some(name) => Some(Some(name.parse().ok()?)),
        };
        settings.language = match word("lang")? {
            None => None,
            Some(tag) => Some(Language::from_tag(tag)?),
        };
        settings.host_keys = match word("keys")? {
            None => None,
            Some("host") => Some(true),
            Some("lesson") => Some(false),
            Some(_) => return None,
        };
        Some(settings)
    }
}

/// A key that is passed on to the embedding page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Whether it goes down, or up.
    pub down: bool,
    /// `KeyboardEvent.key`.
    pub key: String,
    /// `KeyboardEvent.code`.
    pub code: String,
    /// Shift, Control, Alt, Meta.
    pub held: [bool; 4],
}

impl Key {
    /// The message; version 1 knows the plain key that goes down.
    pub fn message(&self, version: Version) -> Option<String> {
        let [shift, ctrl, alt, meta] = self.held;
        match version {
            Version::One if !self.down || ctrl || alt || meta => None,
            Version::One => Some(event(version, "key", json!({ "key": self.key }))),
            Version::Two => {
                let kind = if self.down { "keydown" } else { "keyup" };
                let key = json!({ "type": kind, "key": self.key, "code": self.code, "shift": shift, "ctrl": ctrl,
                    "alt": alt, "meta": meta });
                Some(event(version, "key", key))
            }
        }
    }
}

/// What an event says besides the state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct More {
    /// The id of the request that it answers.
    pub id: Value,
    /// Fields by name.
    pub fields: Map<String, Value>,
}

impl More {
    /// With a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(name.to_owned(), value.into());
        self
    }
}

/// The message with a state; version 1 knows the state alone.
pub fn state_event(version: Version, name: &str, state: &EmbedState, more: More) -> String {
    let mut fields = json!({ "lesson": state.lesson, "step": state.step, "steps": state.steps,
        "atEnd": state.step >= state.steps, "tUs": state.t_us, "title": state.title });
    if version == Version::Two {
        let theme: &str = state.theme.map_or("system", Into::into);
        fields["lang"] = state.language.tag().into();
        fields["theme"] = theme.into();
        fields["atStart"] = (state.step == 1).into();
        fields["asks"] = state.asks.into();
        fields["moving"] = state.moving.into();
        if !more.id.is_null() {
            fields["id"] = more.id;
        }
        for (name, value) in more.fields {
            fields[name] = value;
        }
    }
    event(version, name, fields)
}

fn event(version: Version, name: &str, mut fields: Value) -> String {
    fields["socketPlayground"] = (version as u8).into();
    fields["event"] = name.into();
    fields.to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(json: &str) -> Option<Request> {
        Asked::read(json)?.request
    }

    #[test]
    fn messages_of_version_1_are_read() {
        for (json, request) in [
            (r#"{"socketPlayground":1,"cmd":"goto","step":3}"#, Some(Request::GoTo(3))),
            (r#"{"cmd":"next","socketPlayground":1,"more":[]}"#, Some(Request::Next)),
            (r#"{"socketPlayground":1,"cmd":"prev"}"#, Some(Request::Previous)),
            (r#"{"socketPlayground":1,"cmd":"play"}"#, Some(Request::Play)),
            (r#"{"socketPlayground":1,"cmd":"pause"}"#, Some(Request::Pause)),
            (r#"{"socketPlayground":1,"cmd":"describe"}"#, Some(Request::Describe)),
        ] {
            let asked = Asked { version: Version::One, id: Value::Null, request };
            assert_eq!(Asked::read(json), Some(asked), "{json}");
        }
        for json in [
            r#"{"socketPlayground":1,"cmd":"goto"}"#,
            r#"{"socketPlayground":1,"cmd":"goto","step":-1}"#,
            r#"{"socketPlayground":1,"cmd":"snapshot"}"#,
            r#"{"socketPlayground":1,"cmd":"set"}"#,
            r#"{"socketPlayground":3,"cmd":"next"}"#,
            r#"{"cmd":"next"}"#,
            r#""next""#,
            "",
        ] {
            assert_eq!(Asked::read(json), None, "{json}");
        }
    }

    #[test]
    fn a_request_of_version_2_keeps_its_id_and_one_that_is_not_understood_is_there_to_be_refused() {
        let asked = Asked::read(r#"{"socketPlayground":2,"id":"a","cmd":"next"}"#).expect("it is read");
        let expected = Asked { version: Version::Two, id: json!("a"), request: Some(Request::Next) };
        assert_eq!(asked, expected);
        for json in [
            r#"{"socketPlayground":2,"id":7,"cmd":"fly"}"#,
            r#"{"socketPlayground":2,"id":7,"cmd":"goto"}"#,
            r#"{"socketPlayground":2,"id":7,"cmd":"set","theme":"pink"}"#,
            r#"{"socketPlayground":2,"id":7,"cmd":"set","lang":"fr"}"#,
            r#"{"socketPlayground":2,"id":7,"cmd":"set","knobs":{"idle":[]}}"#,
            r#"{"socketPlayground":2,"id":7,"cmd":"snapshot","width":100000}"#,
        ] {
            let asked = Asked::read(json).expect("it is answered");
            assert_eq!(asked, Asked { version: Version::Two, id: json!(7), request: None }, "{json}");
        }
    }

    #[test]
    fn settings_are_read() {
        let json = r#"{"socketPlayground":2,"cmd":"set","knobs":{"idle":5,"proxy":"smart"},"theme":"system","lang":"ko","keys":"host"}"#;
        let knobs = vec![("idle".to_owned(), "5".to_owned()), ("proxy".to_owned(), "smart".to_owned())];
        let settings =
            Settings { knobs, theme: Some(None), language: Some(Language::Korean), host_keys: Some(true) };
        assert_eq!(read(json), Some(Request::Set(settings)));
        assert_eq!(read(r#"{"socketPlayground":2,"cmd":"set"}"#), Some(Request::Set(Settings::default())));
        let snapshot = r#"{"socketPlayground":2,"cmd":"snapshot","width":640}"#;
        assert_eq!(read(snapshot), Some(Request::Snapshot(640.0, 540.0)));
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
            let _ = Asked::read(&json);
        }
    }

    #[test]
    fn the_messages_have_the_agreed_names() {
        let state = EmbedState {
            lesson: "reset",
            step: 2,
            steps: 8,
            t_us: 100_000,
            title: "RST".into(),
            language: Language::Korean,
            theme: None,
            asks: false,
            moving: false,
        };
        let written = |version, more| {
            let json = state_event(version, "state", &state, more);
            serde_json::from_str::<Value>(&json).expect("it is JSON")
        };
        let first = json!({"socketPlayground":1,"event":"state","lesson":"reset","step":2,"steps":8,"atEnd":false,
            "tUs":100_000,"title":"RST"});
        assert_eq!(written(Version::One, More::default().with("direction", "next")), first);
        let second = json!({"socketPlayground":2,"event":"state","lesson":"reset","step":2,"steps":8,"atEnd":false,
            "atStart":false,"tUs":100_000,"title":"RST","lang":"ko","theme":"system","asks":false,"moving":false,"id":4,
            "direction":"next"});
        let more = More { id: json!(4), ..More::default() }.with("direction", "next");
        assert_eq!(written(Version::Two, more), second);
    }

    #[test]
    fn a_key_of_version_1_is_a_plain_key_that_goes_down() {
        let key = |down, ctrl| Key {
            down,
            key: "b".into(),
            code: "KeyB".into(),
            held: [false, ctrl, false, false],
        };
        let one = key(true, false).message(Version::One).expect("it is passed on");
        assert_eq!(one, r#"{"event":"key","key":"b","socketPlayground":1}"#);
        assert_eq!(key(false, false).message(Version::One), None);
        assert_eq!(key(true, true).message(Version::One), None);
        let two = key(false, true).message(Version::Two).expect("it is passed on");
        assert!(two.contains(r#""type":"keyup""#) && two.contains(r#""ctrl":true"#), "{two}");
    }
}
