//! Which lessons speak of something: asked in either language, whatever language the page shows.

use std::collections::BTreeSet;

use crate::language::Language;
use crate::lesson::Lesson;
use crate::text::add_terms;

impl Lesson {
    /// Whether the lesson speaks of all these words: in its name, figures, title, summary, captions or terms, of
    /// either language. No words at all are spoken of by every lesson. As long as a language's words are not
    /// here, its title must do.
    pub fn speaks_of(&'static self, words: &str) -> bool {
        let words = words.to_ascii_lowercase();
        if words.split_whitespace().next().is_none() {
            return true;
        }
        let own = format!("{} {} {}", self.id, self.section, self.figures.join(" ")).to_ascii_lowercase();
        let mut terms = BTreeSet::new();
        Language::ALL.into_iter().for_each(|language| add_terms(self.text(language), &mut terms));
        words
            .split_whitespace()
            .all(|word| own.contains(word) || terms.iter().any(|term| term.contains(word)))
    }
}

#[cfg(test)]
mod tests {
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
}
