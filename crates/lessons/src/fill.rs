//! Placeholders `{{...}}` of a text, replaced by the numbers of a run.
//!
//! `{{key}}` is a number of the lesson's own, `{{at:step}}` the time of a step, `{{span:step:step}}` the time
//! between two, `{{knob:id}}` a knob's value as the page labels it. `{{key|one segment|# segments}}` picks the first
//! wording for 1 and the second for all else; `#` is the number.

use playground_core::time::Duration;

use crate::fact::Value;
use crate::knob::{KnobKind, Unit};
use crate::language::Language;
use crate::run::Run;
use crate::text::{
    Block, ChallengeText, Inline, KnobText, LessonText, NoteText, OptionText, Passage, QuestionText,
};

/// Stands where the run has no number.
const NOTHING: &str = "—";

impl Run {
    /// Replaces each `{{...}}` of a text by a number of this run, or by a dash where it has none.
    pub fn fill(&self, text: &str, language: Language) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, name, after)) = next_place(rest) {
            filled.push_str(before);
            filled.push_str(&self.look_up(name, language).map_or_else(|| NOTHING.to_owned(), bound));
            // No end of line parts `50%` from its particle.
            if filled.ends_with('%') && after.starts_with(|next: char| ('가'..='힣').contains(&next)) {
                filled.push('\u{2060}');
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// The value of a placeholder `{{name}}`; none when the run has no such number.
    pub fn look_up(&self, name: &str, language: Language) -> Option<String> {
        if let Some((key, wordings)) = name.split_once('|') {
            let (one, many) = wordings.split_once('|')?;
            let number = self.look_up(key, language)?;
            return Some(if number == "1" { one } else { many }.replace('#', &number));
        }
        let mut parts = name.trim().split(':');
        let (first, second, third) = (parts.next()?, parts.next(), parts.next());
        let value = match (first, second, third) {
            ("at", Some(step), None) => Value::Time(self.step(step)?.at),
            ("span", Some(from), Some(to)) => Value::Span(self.step(to)?.at.since(self.step(from)?.at)),
            ("knob", Some(id), None) => return self.knob_label(id, language),
            (key, None, None) => self.facts.get(key)?.clone(),
            _ => return None,
        };
        Some(value.show(language))
    }

    /// A knob's value as the page labels it.
    pub fn knob_label(&self, id: &str, language: Language) -> Option<String> {
        let number = u64::from(self.values.number(id));
        let value = match self.lesson.knob(id)?.kind {
            KnobKind::Range { unit: Unit::Milliseconds, .. } => Value::Span(Duration::from_millis(number)),
            KnobKind::Range { unit: Unit::Seconds, .. } => Value::Span(Duration::from_secs(number)),
            KnobKind::Range { unit: Unit::Octets, .. } => Value::Octets(number),
            KnobKind::Range { unit: Unit::Count, .. } => Value::Count(number),
            KnobKind::Text { .. } => Value::Verbatim(self.values.get(id).to_owned()),
            KnobKind::Choice { .. } => {
                let text = self.lesson.text(language).knob(id)?;
                let label = text.values.iter().find(|(value, _)| value == self.values.get(id));
                Value::Verbatim(label?.1.clone())
            }
        };
        Some(value.show(language))
    }
}

/// A number and its unit, which no end of line parts.
fn bound(value: String) -> String {
    match value.split_once(' ') {
        Some((number, unit))
            if number.starts_with(|first: char| first.is_ascii_digit()) && !unit.contains(' ') =>
        {
            format!("{number}\u{a0}{unit}")
        }
        _ => value,
    }
}

/// The first placeholder of a text: the text before it, its name, the text after it.
pub(crate) fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

/// A text with the numbers of a run filled in.
pub(crate) fn filled<T: Fill>(run: &Run, mut text: T, language: Language) -> T {
    text.fill(&|words: &mut String| {
        if words.contains("{{") {
            *words = run.fill(words, language);
        }
    });
    text
}

/// A text whose strings can be rewritten in place.
pub(crate) trait Fill {
    /// Applies `change` to every string.
    fn fill(&mut self, change: &impl Fn(&mut String));
}

impl Fill for String {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        change(self);
    }
}

impl<T: Fill> Fill for Vec<T> {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        self.iter_mut().for_each(|item| item.fill(change));
    }
}

impl<T: Fill> Fill for Option<T> {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        self.iter_mut().for_each(|item| item.fill(change));
    }
}

impl Fill for Inline {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        match self {
            Self::Text(text) | Self::Code(text) => change(text),
            Self::Strong(run) | Self::Emphasis(run) | Self::Link { text: run, .. } => run.fill(change),
            Self::Break => {}
        }
    }
}

impl Fill for Block {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        match self {
            Self::Paragraph(run) => run.fill(change),
            Self::List(items) => items.fill(change),
            Self::Code(code) => change(code),
        }
    }
}

impl Fill for QuestionText {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        self.prompt.fill(change);
        self.options.fill(change);
    }
}

impl Fill for OptionText {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        self.text.fill(change);
        self.explanation.fill(change);
    }
}

impl Fill for Passage {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        self.title.fill(change);
        self.body.fill(change);
        self.question.fill(change);
    }
}

impl Fill for KnobText {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        self.help.fill(change);
    }
}

impl Fill for ChallengeText {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        self.goal.fill(change);
        self.hint.fill(change);
        self.solution.fill(change);
    }
}

impl Fill for NoteText {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        for blocks in [&mut self.modelled, &mut self.simplified, &mut self.left_out, &mut self.changed] {
            blocks.fill(change);
        }
    }
}

/// The steps stay as they are: [`Run::story`] fills the variant that it picks.
impl Fill for LessonText {
    fn fill(&mut self, change: &impl Fn(&mut String)) {
        self.summary.fill(change);
        self.knobs.fill(change);
        self.challenge.fill(change);
        self.note.fill(change);
    }
}
