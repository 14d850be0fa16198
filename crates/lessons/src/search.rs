//! Search over the lessons, in every language whose texts are there.

use std::collections::BTreeSet;

use crate::language::Language;
use crate::lesson::Lesson;
use crate::text::source::is_installed;
use crate::text::{Block, Inline, LessonText};

impl Lesson {
    /// Whether each of these words occurs in the lesson's id, figures, title, summary, captions or terms, in either
    /// language whose texts are there. An empty search matches every lesson.
    pub fn speaks_of(&'static self, words: &str) -> bool {
        let words = words.to_ascii_lowercase();
        if words.split_whitespace().next().is_none() {
            return true;
        }
        let own = format!("{} {} {}", self.id, self.section, self.figures.join(" ")).to_ascii_lowercase();
        let mut terms = BTreeSet::new();
        let known = Language::ALL.into_iter().filter(|language| is_installed(*language));
        known.for_each(|language| add_terms(self.text(language), &mut terms));
        words
            .split_whitespace()
            .all(|word| own.contains(word) || terms.iter().any(|term| term.contains(word)))
    }
}

/// Adds a text's terms in lower case: the words of title, summary and captions, strong text, and wire text.
fn add_terms(text: &LessonText, to: &mut BTreeSet<String>) {
    add(&text.title, to);
    add_line(&text.summary, false, to);
    for passage in text.steps.iter().flat_map(|step| {
        let others = step.variants.iter().chain(&step.absent).map(|(_, passage)| passage);
        core::iter::once(&step.plain).chain(others)
    }) {
        add(&passage.title, to);
        for block in &passage.body {
            match block {
                Block::Paragraph(line) => add_line(line, true, to),
                Block::List(lines) => lines.iter().for_each(|line| add_line(line, true, to)),
                Block::Code(_) => {}
            }
        }
    }
}

/// Adds the words of a line, or only those of its terms.
fn add_line(line: &[Inline], terms_only: bool, to: &mut BTreeSet<String>) {
    for part in line {
        match part {
            Inline::Text(text) if !terms_only => add(text, to),
            Inline::Text(_) | Inline::Break => {}
            Inline::Code(text) => add(text, to),
            Inline::Strong(inner) => add_line(inner, false, to),
            Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => add_line(inner, terms_only, to),
        }
    }
}

fn add(text: &str, to: &mut BTreeSet<String>) {
    to.extend(text.to_ascii_lowercase().split_whitespace().map(str::to_owned));
}

#[cfg(test)]
mod tests {
    fn found(words: &str) -> Vec<&'static str> {
        crate::all().iter().filter(|lesson| lesson.speaks_of(words)).map(|lesson| lesson.id).collect()
    }

    #[test]
    fn a_term_finds_its_lesson_in_both_languages() {
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
            assert!(found(words).contains(&lesson), "{words:?} finds {:?}", found(words));
        }
    }

    #[test]
    fn an_empty_search_matches_all_and_nonsense_matches_none() {
        assert_eq!(found(" ").len(), crate::all().len());
        assert_eq!(found("zebra"), [""; 0]);
        assert!(found("slow zebra").is_empty(), "every word counts");
    }
}
