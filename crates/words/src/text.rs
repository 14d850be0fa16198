//! The messages in one language.

use playground_lessons::Language;

use super::bundle;

/// The message `key` in `language`, with its arguments filled in.
///
/// An unknown key is returned as it is, so that a mistake is visible and breaks nothing.
pub fn text(language: Language, key: &str, arguments: &[(&str, &str)]) -> String {
    bundle::format(language, key, arguments).unwrap_or_else(|| key.to_owned())
}

/// The messages in one language, as a value to pass on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    language: Language,
}

impl Text {
    /// The text in `language`.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language.
    pub const fn language(self) -> Language {
        self.language
    }

    /// A message with arguments.
    pub fn get(self, key: &str, arguments: &[(&str, &str)]) -> String {
        text(self.language, key, arguments)
    }

    /// A message without arguments.
    pub fn plain(self, key: &str) -> String {
        text(self.language, key, &[])
    }

    /// The sentence about a problem, by the core's name for it. Names without a sentence, such as `ECONNRESET`, are
    /// returned as they are.
    pub fn problem(self, name: &str, arguments: &[(&str, &str)]) -> String {
        bundle::format(self.language, &format!("problem-{name}"), arguments)
            .unwrap_or_else(|| name.to_owned())
    }

    /// A node's name in this language; the scenario's own name for one without a translation.
    pub fn node(self, name: &str) -> String {
        bundle::format(self.language, &format!("node-{name}"), &[]).unwrap_or_else(|| name.to_owned())
    }

    /// Whether there is a message of this key.
    pub fn has(self, key: &str) -> bool {
        bundle::has(self.language, key)
    }
}
