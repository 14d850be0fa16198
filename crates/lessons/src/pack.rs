//! The lessons' words as files: those of the first lesson, which the page needs at once, and those of all others, which
//! it fetches while the first lesson is read.

use crate::catalogue::{all, find};
use crate::language::Language;
use crate::lesson::Lesson;
use crate::text::made;

/// Between the lessons of a file. After it stand a lesson's name, [`NAME_END`] and its words.
const LESSON: char = '\u{1e}';
const NAME_END: char = '\u{1f}';

/// Words that are fetched together, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pack {
    /// Those of the first lesson.
    First,
    /// Those of all others.
    Others,
}

impl Pack {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Others];

    /// The pack with a lesson's words.
    pub fn of(lesson: &Lesson) -> Self {
        if lesson == all()[0] { Self::First } else { Self::Others }
    }

    /// The name of the file, which changes with what stands in it: `first.ko-0123456789abcdef.txt`.
    pub fn file(self, language: Language) -> &'static str {
        match self {
            Self::First => language.pick(made!("first.ko", ".name"), made!("first.en", ".name")),
            Self::Others => language.pick(made!("lessons.ko", ".name"), made!("lessons.en", ".name")),
        }
    }

    /// What stands in the file, where it is compiled in.
    #[cfg(feature = "embedded-texts")]
    pub fn words(self, language: Language) -> &'static str {
        match self {
            Self::First => language.pick(made!("first.ko", ".pack"), made!("first.en", ".pack")),
            Self::Others => language.pick(made!("lessons.ko", ".pack"), made!("lessons.en", ".pack")),
        }
    }

    /// Whether these words are here.
    pub fn is_here(self, language: Language) -> bool {
        let mut lessons = all().iter().filter(|lesson| Self::of(lesson) == self);
        lessons.next().is_some_and(|lesson| lesson.markdown.is_whole(language))
    }

    /// Hands in what stands in the file.
    ///
    /// Errors: false for what is not the words of every lesson of this pack.
    pub fn provide(self, language: Language, words: String) -> bool {
        // They stay for as long as the page does.
        let words: &'static str = words.leak();
        let parts = words.split(LESSON).filter_map(|part| part.split_once(NAME_END));
        let own: Vec<_> = parts
            .filter_map(|(id, words)| Some((find(id)?, words)))
            .filter(|(lesson, _)| Self::of(lesson) == self)
            .collect();
        let expected = all().iter().filter(|lesson| Self::of(lesson) == self).count();
        own.len() == expected && own.iter().all(|(lesson, words)| lesson.markdown.provide(language, words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packs_hold_every_lesson_once() {
        for language in Language::ALL {
            for pack in Pack::ALL {
                let names = pack
                    .words(language)
                    .split(LESSON)
                    .map(|part| part.split(NAME_END).next().unwrap_or_default());
                let mut names: Vec<_> = names.collect();
                let mut expected: Vec<_> =
                    all().iter().filter(|lesson| Pack::of(lesson) == pack).map(|lesson| lesson.id).collect();
                names.sort_unstable();
                expected.sort_unstable();
                assert_eq!(names, expected, "{pack:?}");
            }
        }
    }

    #[test]
    fn only_the_words_of_every_lesson_are_taken() {
        let language = Language::Korean;
        for pack in Pack::ALL {
            let own = pack.words(language);
            let other = Pack::ALL.into_iter().find(|other| *other != pack).map(|other| other.words(language));
            let english = Some(pack.words(Language::English));
            // One lesson is missing.
            let cut = own.rsplit_once(LESSON).map(|(cut, _)| cut);
            for wrong in [Some(""), Some("<!doctype html>"), other, english, cut] {
                assert!(!pack.provide(language, wrong.unwrap_or_default().to_owned()));
            }
            assert!(pack.provide(language, own.to_owned()));
        }
    }
}
