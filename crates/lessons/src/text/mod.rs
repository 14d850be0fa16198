//! A lesson's words: taken from one Markdown file for each language when the crate is built.

mod read;
mod terms;
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

pub(crate) use terms::add_terms;

pub use words::{
    Block, ChallengeText, Inline, KnobText, LessonText, NoteText, OptionText, QuestionText, StepText, Telling,
};

use crate::language::Language;

/// A lesson's words in both languages, taken apart when first asked for.
///
/// Without the feature `embedded-texts` only the title is compiled in; the rest is fetched
/// and handed in, many lessons' at once, with [`Pack::provide`](crate::Pack::provide).
pub struct Markdown {
    id: &'static str,
    /// The words with the title at least.
    heads: [&'static str; 2],
    whole: [Option<&'static str>; 2],
    fetched: [OnceLock<&'static str>; 2],
    parsed_heads: [OnceLock<LessonText>; 2],
    words: [OnceLock<LessonText>; 2],
}

/// What the build script made of one file of a lesson's words.
macro_rules! made {
    ($id:literal, $end:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $id, $end))
    };
}
pub(crate) use made;

/// All words of a lesson, where they are compiled in.
#[cfg(feature = "embedded-texts")]
macro_rules! whole {
    ($id:literal) => {
        [Some($crate::text::made!($id, ".ko.words")), Some($crate::text::made!($id, ".en.words"))]
    };
}
#[cfg(not(feature = "embedded-texts"))]
macro_rules! whole {
    ($id:literal) => {
        [None, None]
    };
}
pub(crate) use whole;

/// The words of the lesson of this name, as the build script made them from its Markdown.
macro_rules! markdown {
    ($id:literal) => {
        $crate::text::Markdown::new(
            $id,
            [$crate::text::made!($id, ".ko.head"), $crate::text::made!($id, ".en.head")],
            $crate::text::whole!($id),
        )
    };
}
pub(crate) use markdown;

/// What all lessons share: the reason of a step that is absent for no foreseen reason. It is always there.
static COMMON: Markdown =
    Markdown::new("common", [made!("common", ".ko.words"), made!("common", ".en.words")], [None, None]);

/// What all lessons share.
pub(crate) fn common(language: Language) -> &'static LessonText {
    COMMON.text(language)
}

impl Markdown {
    /// A lesson's words in both languages, in the build script's form: what is always there, and everything where
    /// that is compiled in.
    pub(crate) const fn new(
        id: &'static str,
        heads: [&'static str; 2],
        whole: [Option<&'static str>; 2],
    ) -> Self {
        let parsed_heads = [OnceLock::new(), OnceLock::new()];
        let fetched = [OnceLock::new(), OnceLock::new()];
        let words = [OnceLock::new(), OnceLock::new()];
        Self { id, heads, whole, fetched, parsed_heads, words }
    }

    /// The Markdown file's name in this crate, as errors give it.
    pub fn file(&self, language: Language) -> String {
        format!("text/{}.{language}.md", self.id)
    }

    /// Whether all words are there.
    pub fn is_whole(&self, language: Language) -> bool {
        self.whole(language).is_some()
    }

    /// All words in the compact form, once they are there.
    fn whole(&self, language: Language) -> Option<&'static str> {
        let place = language.pick(0, 1);
        self.whole[place].or_else(|| self.fetched[place].get().copied())
    }

    /// Hands in all words; says whether they are this lesson's.
    pub(crate) fn provide(&self, language: Language, words: &'static str) -> bool {
        let place = language.pick(0, 1);
        // Both begin with the title.
        let is_own = words.len() > self.heads[place].len() && words.starts_with(self.heads[place]);
        if is_own {
            self.fetched[place].get_or_init(|| words);
        }
        is_own
    }

    /// The words, as far as they are there.
    pub fn text(&self, language: Language) -> &LessonText {
        let place = language.pick(0, 1);
        match self.whole(language) {
            Some(whole) => self.words[place].get_or_init(|| LessonText::from_compact(whole)),
            None => self.parsed_heads[place].get_or_init(|| LessonText::from_compact(self.heads[place])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_handed_in_once_they_are_fetched() {
        let (own, other) = (made!("reset", ".en.words"), made!("nagle", ".en.words"));
        let whole = LessonText::from_compact(own);
        let [korean, head] = [made!("reset", ".ko.head"), made!("reset", ".en.head")];
        let markdown = Markdown::new("reset", [korean, head], [None, None]);
        assert!(!markdown.is_whole(Language::English));
        let text = markdown.text(Language::English);
        assert_eq!(text.title, whole.title);
        assert!(text.steps.is_empty());
        for wrong in [other, head, "", "<!doctype html>"] {
            assert!(!markdown.provide(Language::English, wrong));
        }
        assert!(markdown.provide(Language::English, own));
        assert!(markdown.is_whole(Language::English) && !markdown.is_whole(Language::Korean));
        assert_eq!(markdown.text(Language::English), &whole);
    }
}
