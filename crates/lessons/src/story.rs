//! The story of a run: each step in the variant that fits, with the numbers of the run filled in.

use playground_core::time::Instant;

use crate::fill::filled;
use crate::language::Language;
use crate::run::{Run, StepMark};
use crate::scene::NOT_IN_THIS_RUN;
use crate::text::source::any_installed;
use crate::text::{Block, Inline, LessonText, Passage, QuestionText, StepText, common};

/// A step of the story of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The step.
    pub id: &'static str,
    /// How many entries of the trace have happened.
    pub index: u32,
    /// Simulated time.
    pub at: Instant,
    /// The entry to select on the page.
    pub selects: Option<u32>,
    /// Whether it does not happen in this run; the body then gives the reason.
    pub absent: bool,
    /// The caption.
    pub title: String,
    /// The paragraphs below it.
    pub body: Vec<Block>,
    /// A prediction to make before going on.
    pub question: Option<QuestionText>,
}

impl Step {
    /// The caption, the paragraphs and the prompt of the question as plain text, a line each.
    pub fn words(&self) -> String {
        let mut words = self.title.clone();
        let mut add = |run: &[Inline]| {
            words.push('\n');
            plain(run, &mut words);
        };
        for block in &self.body {
            match block {
                Block::Paragraph(run) => add(run),
                Block::List(items) => items.iter().for_each(|item| add(item)),
                Block::Code(lines) => add(&[Inline::Text(lines.clone())]),
            }
        }
        if let Some(question) = &self.question {
            add(&question.prompt);
        }
        words
    }

    /// How many characters there are to read in the caption and the paragraphs.
    pub fn characters(&self) -> usize {
        let blocks = self.body.iter().map(|block| match block {
            Block::Paragraph(run) => characters(run),
            Block::List(items) => items.iter().map(|item| characters(item)).sum(),
            Block::Code(lines) => lines.chars().count(),
        });
        self.title.chars().count() + blocks.sum::<usize>()
    }
}

fn plain(run: &[Inline], words: &mut String) {
    for inline in run {
        match inline {
            Inline::Text(text) | Inline::Code(text) => words.push_str(text),
            Inline::Strong(run) | Inline::Emphasis(run) | Inline::Link { text: run, .. } => plain(run, words),
            Inline::Break => words.push(' '),
        }
    }
}

fn characters(run: &[Inline]) -> usize {
    let inlines = run.iter().map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.chars().count(),
        Inline::Strong(run) | Inline::Emphasis(run) | Inline::Link { text: run, .. } => characters(run),
        Inline::Break => 0,
    });
    inlines.sum()
}

impl Run {
    /// The story of this run: the fitting variant of each step, with the numbers filled in.
    pub fn story(&self, language: Language) -> Vec<Step> {
        let text = self.lesson.text(language);
        self.steps.iter().map(|mark| self.tell(text.step(mark.id), mark, language)).collect()
    }

    /// The lesson's whole text with this run's numbers.
    pub fn text(&self, language: Language) -> LessonText {
        filled(self, self.lesson.text(language).clone(), language)
    }

    /// The key of the variant in which a step is told: the one that the step asks for, else that of the run's course.
    /// None for the plain text.
    pub fn variant(&self, step: &str) -> Option<&'static str> {
        let mark = self.step(step)?;
        let text = self.lesson.text(any_installed()).step(step)?;
        let wanted = self.wanted_variant(mark);
        text.variants.iter().any(|(key, _)| key == wanted).then_some(wanted)
    }

    fn wanted_variant(&self, mark: &StepMark) -> &'static str {
        mark.variant.unwrap_or(self.course)
    }

    fn tell(&self, text: Option<&StepText>, mark: &StepMark, language: Language) -> Step {
        let mut step = Step {
            id: mark.id,
            index: mark.index,
            at: mark.at,
            selects: mark.selects,
            absent: mark.absent.is_some(),
            title: mark.id.to_owned(),
            body: Vec::new(),
            question: None,
        };
        let Some(text) = text else { return step };
        if let Some(reason) = mark.absent {
            let lesson = self.lesson.text(language);
            let why = reason_of(lesson, text, reason, language);
            let why = why.or_else(|| reason_of(lesson, text, NOT_IN_THIS_RUN, language));
            let title = why.as_ref().map(|why| &why.title).filter(|title| !title.is_empty());
            step.title = filled(self, title.unwrap_or(&text.plain.title).clone(), language);
            step.body = filled(self, why.map(|why| why.body).unwrap_or_default(), language);
            return step;
        }
        let wanted = self.wanted_variant(mark);
        let variant = text.variants.iter().find(|(key, _)| key == wanted);
        let passage = filled(self, variant.map_or(&text.plain, |(_, passage)| passage).clone(), language);
        step.title = passage.title;
        step.body = passage.body;
        step.question = passage.question;
        step
    }
}

/// The reason why a step does not happen: from the step's own text, the lesson's, or the one that all lessons share.
pub(crate) fn reason_of(
    lesson: &LessonText,
    step: &StepText,
    reason: &str,
    language: Language,
) -> Option<Passage> {
    let of = |reasons: &[(String, Passage)], wanted: &str| {
        reasons.iter().find(|(key, _)| key == wanted).map(|(_, passage)| passage.clone())
    };
    of(&step.absent, reason)
        .or_else(|| of(&lesson.reasons, reason))
        .or_else(|| of(&common(language).reasons, reason))
}
