//! The words of one language, as components use them.

use playground_lessons::Language;
use yew::prelude::*;

use super::message;

/// The message `key` in `language`, with its arguments filled in.
///
/// Shape: a key that is not there gives the key itself, so that a mistake is seen and nothing breaks.
pub fn text(language: Language, key: &str, arguments: &[(&str, &str)]) -> String {
    let Some(pattern) = message::find(key).and_then(|place| message::pattern(place, language)) else {
        return key.to_owned();
    };
    let mut out = String::new();
    message::write(language, pattern, arguments, &mut out);
    out
}

/// The page's words in the language that is chosen now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    language: Language,
}

impl Text {
    /// The words of `language`.
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

    /// The sentence about something that is wrong, by the core's name for it; names of errors that have no
    /// sentence, such as `ECONNRESET`, are shown as they are.
    pub fn problem(self, name: &str, arguments: &[(&str, &str)]) -> String {
        let key = ["problem-", name].concat();
        if self.has(&key) { self.get(&key, arguments) } else { name.to_owned() }
    }

    /// A node's name: as the language has it, or as the scenario has it.
    pub fn node(self, name: &str) -> String {
        let key = format!("node-{name}");
        if self.has(&key) { self.plain(&key) } else { name.to_owned() }
    }

    /// Whether there is such a message.
    pub fn has(self, key: &str) -> bool {
        message::find(key).is_some()
    }
}

/// The words of the page; a component that uses them is drawn again when the language changes.
#[hook]
pub fn use_text() -> Text {
    use_context::<Text>().unwrap_or(Text::new(Language::English))
}
