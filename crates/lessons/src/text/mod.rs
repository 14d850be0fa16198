//! A lesson's words: taken from one Markdown file for each language when the crate is built.

mod read;
mod words;

// What the build script makes the words with is tested here.
#[cfg(test)]
mod inline;
#[cfg(test)]
mod outline;
#[cfg(test)]
mod parse;
#[cfg(test)]
mod write;

use std::sync::OnceLock;

pub use words::{
    Block, ChallengeText, Inline, KnobText, LessonText, NoteText, OptionText, QuestionText, StepText, Telling,
};

use crate::language::Language;

/// A lesson's words in both languages, taken apart when first asked for.
pub struct Markdown {
    id: &'static str,
    compact: [&'static str; 2],
    words: [OnceLock<LessonText>; 2],
}

/// The words of the lesson of this name, as the build script made them from its Markdown.
macro_rules! markdown {
    ($id:literal) => {
        $crate::text::Markdown::new(
            $id,
            include_str!(concat!(env!("OUT_DIR"), "/", $id, ".ko.words")),
            include_str!(concat!(env!("OUT_DIR"), "/", $id, ".en.words")),
        )
    };
}
pub(crate) use markdown;

/// What all lessons share: the reason of a step that is absent for no foreseen reason.
static COMMON: Markdown = markdown!("common");

/// What all lessons share.
pub(crate) fn common(language: Language) -> &'static LessonText {
    COMMON.text(language)
}

impl Markdown {
    /// A lesson's words in both languages, in the build script's form.
    pub const fn new(id: &'static str, korean: &'static str, english: &'static str) -> Self {
        Self { id, compact: [korean, english], words: [OnceLock::new(), OnceLock::new()] }
    }

    /// The Markdown file's name in this crate, as errors give it.
    pub fn file(&self, language: Language) -> String {
        format!("text/{}.{language}.md", self.id)
    }

    /// The words.
    pub fn text(&self, language: Language) -> &LessonText {
        let place = language.pick(0, 1);
        self.words[place].get_or_init(|| LessonText::from_compact(self.compact[place]))
    }
}
