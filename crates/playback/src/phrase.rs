//! A sentence independent of language: a stable key and its arguments.

use playground_core::time::{Duration, Instant};

/// A key of the language files with its arguments, in any language.
///
/// `key` is kebab-case and unique per sentence; arguments go by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The sentence's key: `segment-sent`.
    pub key: &'static str,
    /// Arguments by name.
    pub args: Vec<(&'static str, Value)>,
}

/// An argument of a [`Phrase`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Protocol words or octets as text, shown as they are: `SYN, ACK`, `GET /a`, `ECONNRESET`.
    Text(String),
    /// A plain number.
    Number(u64),
    /// A number of octets.
    Octets(u64),
    /// A span of simulated time.
    Span(Duration),
    /// A moment of simulated time.
    At(Instant),
    /// A node by its name in the scenario, put into words by the language files where they know it.
    Node(String),
    /// A further key to be put into words: `waiting-response`, `timer-time-wait`.
    Key(&'static str),
    /// The name of an error, put into words by the language files where they know it: `bad-method`,
    /// `ECONNRESET`.
    Problem(&'static str),
}

impl Phrase {
    /// The sentence `key` without arguments.
    pub fn new(key: impl Into<&'static str>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// The same sentence with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.args.push((name, value));
        self
    }

    /// The argument called `name`.
    pub fn arg(&self, name: &str) -> Option<&Value> {
        self.args.iter().find(|(given, _)| *given == name).map(|(_, value)| value)
    }
}
