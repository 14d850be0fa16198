//! What the lesson map shows of all lessons, and which of them speak of something: asked in either language,
//! whatever language the page shows.

use std::sync::OnceLock;

use crate::language::Language;
use crate::lesson::Lesson;
use crate::text::{Inline, summary};

/// Terms and summaries of all lessons, as the build script made them: a line for each, with the lesson's name, its
/// terms, and its summary in Korean and in English.
#[cfg(feature = "embedded-texts")]
const EMBEDDED: Option<&str> = Some(include_str!(concat!(env!("OUT_DIR"), "/terms")));
#[cfg(not(feature = "embedded-texts"))]
const EMBEDDED: Option<&str> = None;

static FETCHED: OnceLock<String> = OnceLock::new();

/// The terms that lessons are found by, beside their titles, and their summaries: fetched like the lessons' words.
pub struct Terms;

impl Terms {
    /// The name of the file with the terms, which changes with them.
    pub const FILE: &str = include_str!(concat!(env!("OUT_DIR"), "/terms.name"));

    /// What stands in that file, as far as it is here.
    pub fn words() -> Option<&'static str> {
        EMBEDDED.or_else(|| FETCHED.get().map(String::as_str))
    }

    /// Hands in what stands in the file.
    ///
    /// Errors: false for what is not the lessons' terms.
    pub fn provide(words: String) -> bool {
        let are_own = crate::all().iter().all(|lesson| of(lesson.id, &words).is_some());
        if are_own {
            FETCHED.get_or_init(|| words);
        }
        are_own
    }
}

/// The terms of one lesson, and its summaries.
fn of<'a>(id: &str, terms: &'a str) -> Option<[&'a str; 3]> {
    let line = terms.lines().find_map(|line| line.strip_prefix(id)?.strip_prefix('\t'))?;
    let mut parts = line.split('\t');
    Some([parts.next()?, parts.next()?, parts.next()?])
}

impl Lesson {
    /// What the lesson is about, in one or two sentences; nothing until the [`Terms`] are here.
    pub fn summary(&'static self, language: Language) -> Vec<Inline> {
        let own = Terms::words().and_then(|terms| of(self.id, terms));
        own.map(|[_, korean, english]| summary(language.pick(korean, english))).unwrap_or_default()
    }

    /// Whether the lesson speaks of all these words: in its name, figures, title, summary, captions or terms, of
    /// either language. No words at all are spoken of by every lesson. Until the [`Terms`] are here, the
    /// titles must do.
    pub fn speaks_of(&'static self, words: &str) -> bool {
        let words = words.to_ascii_lowercase();
        if words.split_whitespace().next().is_none() {
            return true;
        }
        let titles = Language::ALL.map(|language| self.text(language).title.as_str()).join(" ");
        let own =
            format!("{} {} {} {titles}", self.id, self.section, self.figures.join(" ")).to_ascii_lowercase();
        let terms = Terms::words().and_then(|terms| of(self.id, terms)).map_or("", |[terms, ..]| terms);
        words.split_whitespace().all(|word| own.contains(word) || terms.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<&'static str> {
        crate::all().iter().filter(|lesson| lesson.speaks_of(words)).map(|lesson| lesson.id).collect()
    }

    #[test]
    fn a_term_leads_to_its_lesson_in_both_languages() {
        for (words, lesson) in [
            ("slow start", "slow-start"),
            ("느린 시작", "slow-start"),
            ("NAGLE", "nagle"),
            ("네이글", "nagle"),
            ("멍청한 프락시", "dumb-proxy"),
            ("파이프라인", "pipelining"),
            ("멱등", "retry"),
            ("304", "caching-proxy"),
            ("4-15", "dumb-proxy"),
            ("우아한", "graceful-close"),
        ] {
            assert!(found(words).contains(&lesson), "{words:?} leads to {:?}", found(words));
        }
    }

    #[test]
    fn nothing_is_asked_of_all_and_nonsense_of_none() {
        assert_eq!(found(" ").len(), crate::all().len());
        assert_eq!(found("zebra"), [""; 0]);
        assert!(found("slow zebra").is_empty(), "every word counts");
    }

    #[test]
    fn every_summary_is_as_it_was_written() {
        for lesson in crate::all() {
            for language in Language::ALL {
                let summary = lesson.summary(language);
                assert!(!summary.is_empty() && summary == lesson.text(language).summary, "{}", lesson.id);
            }
        }
    }

    #[test]
    fn only_the_terms_of_every_lesson_are_taken() {
        for wrong in ["", "<!doctype html>", "nagle\tsmall segments"] {
            assert!(!Terms::provide(wrong.to_owned()), "{wrong:?}");
        }
        assert!(Terms::provide(Terms::words().unwrap_or_default().to_owned()));
    }
}
