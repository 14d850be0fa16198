//! Which lessons speak of something: asked in either language, whatever language the page shows.

use crate::language::Language;
use crate::lesson::Lesson;
use crate::text::{Block, Inline, LessonText};

impl Lesson {
    /// Whether the lesson speaks of all these words: in its name, figures, title, summary, captions or terms, of either
    /// language. No words at all are spoken of by every lesson.
    pub fn speaks_of(&'static self, words: &str) -> bool {
        let words = words.to_lowercase();
        if words.split_whitespace().next().is_none() {
            return true;
        }
        let mut all = format!("{} {} {}", self.id, self.section, self.figures.join(" "));
        for language in Language::ALL {
            add_text(self.text(language), &mut all);
        }
        let all = all.to_lowercase();
        words.split_whitespace().all(|word| all.contains(word))
    }
}

fn add_text(text: &LessonText, to: &mut String) {
    add(&text.title, to);
    add_line(&text.summary, false, to);
    for telling in text.steps.iter().flat_map(|step| {
        let others = step.variants.iter().chain(&step.absent).map(|(_, telling)| telling);
        core::iter::once(&step.plain).chain(others)
    }) {
        add(&telling.title, to);
        for block in &telling.body {
            match block {
                Block::Paragraph(line) => add_line(line, true, to),
                Block::List(lines) => lines.iter().for_each(|line| add_line(line, true, to)),
                Block::Code(_) => {}
            }
        }
    }
}

/// Adds the words of a line, or of its terms only: what is set strong, and wire text.
fn add_line(line: &[Inline], terms_only: bool, to: &mut String) {
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

fn add(text: &str, to: &mut String) {
    to.push(' ');
    to.push_str(text);
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
