//! The terms of a lesson: what a learner may look for.

use std::collections::BTreeSet;

use super::words::{Block, Inline, LessonText};

/// Adds a text's terms in small letters: the words of its title, its summary and its captions, what is set strong,
/// and wire text.
pub fn add_terms(text: &LessonText, to: &mut BTreeSet<String>) {
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

/// Adds the words of a line, or of its terms only.
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
