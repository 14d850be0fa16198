//! A lesson's text: one Markdown file in each language, parsed at first use.

mod inline;
mod outline;
mod parse;
pub(crate) mod source;
#[cfg(test)]
mod translation_tests;

use std::sync::OnceLock;

use self::source::Source;
use crate::language::Language;

/// A lesson's text in both languages, parsed when first asked for.
pub struct Markdown {
    id: &'static str,
    source: Source,
    parsed: [OnceLock<LessonText>; 2],
}

/// The text of the lesson with this id: `text/<id>.ko.md` and `text/<id>.en.md`.
macro_rules! markdown {
    ($id:literal) => {
        $crate::text::Markdown::new($id, $crate::source!($id, "md"))
    };
}
pub(crate) use markdown;

/// What all lessons share: the reason for a step that is absent for no foreseen reason.
static COMMON: Markdown = markdown!("common");

/// The text that all lessons share.
pub(crate) fn common(language: Language) -> &'static LessonText {
    COMMON.text(language)
}

impl Markdown {
    /// A lesson's Markdown in both languages.
    pub(crate) const fn new(id: &'static str, source: Source) -> Self {
        Self { id, source, parsed: [OnceLock::new(), OnceLock::new()] }
    }

    /// The file's path in this crate, as errors give it.
    pub fn file(&self, language: Language) -> String {
        format!("text/{}.{language}.md", self.id)
    }

    /// The text, parsed at the first call.
    ///
    /// # Panics
    /// The file is malformed, which a test of every file excludes, or the language is not installed.
    pub fn text(&self, language: Language) -> &LessonText {
        let index = language.pick(0, 1);
        self.parsed[index].get_or_init(|| {
            parse::parse(&self.file(language), self.source.text(language))
                .unwrap_or_else(|error| panic!("{error}"))
        })
    }
}

/// The text of a lesson in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonText {
    /// The lesson's title.
    pub title: String,
    /// A summary of a sentence or two.
    pub summary: Vec<Inline>,
    /// The steps, in the lesson's order.
    pub steps: Vec<StepText>,
    /// The knobs, in the lesson's order.
    pub knobs: Vec<KnobText>,
    /// The challenge.
    pub challenge: Option<ChallengeText>,
    /// The note on the model.
    pub note: NoteText,
    /// Reasons for absent steps that several steps share, by key.
    pub reasons: Vec<(String, Passage)>,
}

/// The text of a step, with its variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepText {
    /// The step's id.
    pub id: String,
    /// The text for the main course.
    pub plain: Passage,
    /// Variants, by key: a course of the lesson, or a key that the step's moment names.
    pub variants: Vec<(String, Passage)>,
    /// Reasons why the step does not happen, by the key that its moment names.
    pub absent: Vec<(String, Passage)>,
}

/// The text of a step in one variant, or of a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The caption: it tells the story on its own. Empty in a reason that leaves the step's own caption.
    pub title: String,
    /// The paragraphs below it.
    pub body: Vec<Block>,
    /// A prediction to make before going on.
    pub question: Option<QuestionText>,
}

/// A prediction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionText {
    /// The question.
    pub prompt: Vec<Inline>,
    /// The answers to choose from, two to four; exactly one is right.
    pub options: Vec<OptionText>,
}

/// One answer to a prediction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionText {
    /// The answer.
    pub text: Vec<Inline>,
    /// Whether it is right.
    pub correct: bool,
    /// Shown when the answer is chosen: why it is right, or which misconception it matches.
    pub explanation: Vec<Inline>,
}

/// The text of a knob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnobText {
    /// The knob's id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// A sentence of help.
    pub help: Vec<Inline>,
    /// Labels of its choices, in the knob's order; empty for a range or a text.
    pub values: Vec<(String, String)>,
}

/// The text of a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeText {
    /// Its title.
    pub title: String,
    /// The goal.
    pub goal: Vec<Block>,
    /// The labels of the measures, by key.
    pub measures: Vec<(String, String)>,
    /// A hint.
    pub hint: Vec<Block>,
    /// The solution, and why it works.
    pub solution: Vec<Block>,
}

/// The note on the model at the end of a lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteText {
    /// Modelled as specified.
    pub modelled: Vec<Block>,
    /// Simplified.
    pub simplified: Vec<Block>,
    /// Left out.
    pub left_out: Vec<Block>,
    /// Changes since the book of 2002, with sources.
    pub changed: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A bulleted list.
    List(Vec<Vec<Inline>>),
    /// Preformatted lines: a message, a program.
    Code(String),
}

/// Inline content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Strong text.
    Strong(Vec<Inline>),
    /// Emphasised text.
    Emphasis(Vec<Inline>),
    /// Wire text, a call, a header.
    Code(String),
    /// A link; only `https:` links are ever parsed as such.
    Link {
        /// The content of the link.
        text: Vec<Inline>,
        /// The target.
        url: String,
    },
    /// A line break.
    Break,
}

impl LessonText {
    /// The text of a step.
    pub fn step(&self, id: &str) -> Option<&StepText> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The text of a knob.
    pub fn knob(&self, id: &str) -> Option<&KnobText> {
        self.knobs.iter().find(|knob| knob.id == id)
    }
}
