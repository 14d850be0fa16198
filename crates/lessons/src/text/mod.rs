//! A lesson's text: one Markdown file in each language, parsed at first use.

mod inline;
mod outline;
mod parse;
#[cfg(test)]
mod translation_tests;

use std::sync::OnceLock;

use crate::language::Language;

/// A lesson's text in both languages, parsed when first asked for.
pub struct Markdown {
    id: &'static str,
    sources: [&'static str; 2],
    parsed: [OnceLock<LessonText>; 2],
}

/// The text of the lesson with this id: `text/<id>.ko.md` and `text/<id>.en.md`.
macro_rules! markdown {
    ($id:literal) => {
        $crate::text::Markdown::new(
            $id,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/text/", $id, ".ko.md")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/text/", $id, ".en.md")),
        )
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
    pub(crate) const fn new(id: &'static str, korean: &'static str, english: &'static str) -> Self {
        Self { id, sources: [korean, english], parsed: [OnceLock::new(), OnceLock::new()] }
    }

    /// The file's path in this crate, as errors give it.
    pub fn file(&self, language: Language) -> String {
        format!("text/{}.{language}.md", self.id)
    }

    /// The text, parsed at the first call.
    ///
    /// # Panics
    /// The file is malformed. The files are part of the program, and a test parses every one of them.
    pub fn text(&self, language: Language) -> &LessonText {
        let index = language.pick(0, 1);
        self.parsed[index].get_or_init(|| {
            parse::parse(&self.file(language), self.sources[index]).unwrap_or_else(|error| panic!("{error}"))
        })
    }
}

/// The text of a lesson in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonText {
    /// The lesson's name.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: Vec<Inline>,
    /// The steps, in the lesson's order.
    pub steps: Vec<StepText>,
    /// The knobs, in the lesson's order.
    pub knobs: Vec<KnobText>,
    /// The challenge.
    pub challenge: Option<ChallengeText>,
    /// What is true of the model and what is not.
    pub note: NoteText,
    /// Why steps may not happen, where several steps share the reason.
    pub reasons: Vec<(String, Telling)>,
}

/// The text of a step, with its variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepText {
    /// The step.
    pub id: String,
    /// The plain telling.
    pub plain: Telling,
    /// Other tellings, by the key that the step's moment names.
    pub variants: Vec<(String, Telling)>,
    /// Why the step may not happen, by the key that the step's moment names.
    pub absent: Vec<(String, Telling)>,
}

/// One telling of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
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
    /// What is asked.
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
    /// What it shows when chosen: why it is right, or which misconception it matches.
    pub explanation: Vec<Inline>,
}

/// The text of a knob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnobText {
    /// The knob.
    pub id: String,
    /// Its label.
    pub label: String,
    /// A sentence of help.
    pub help: Vec<Inline>,
    /// Its choices' labels, in the knob's order; empty for a range or a text.
    pub values: Vec<(String, String)>,
}

/// The text of a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeText {
    /// Its name.
    pub title: String,
    /// What to achieve.
    pub goal: Vec<Block>,
    /// The labels of the measures, by key.
    pub measures: Vec<(String, String)>,
    /// A push in the right direction.
    pub hint: Vec<Block>,
    /// The solution, and why it works.
    pub solution: Vec<Block>,
}

/// The honest note at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteText {
    /// What the model does as the documents say.
    pub modelled: Vec<Block>,
    /// What it does more simply.
    pub simplified: Vec<Block>,
    /// What it does not do.
    pub left_out: Vec<Block>,
    /// What is different now from the book of 2002, with sources.
    pub changed: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list of points.
    List(Vec<Vec<Inline>>),
    /// Lines as they are: a message, a program.
    Code(String),
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain.
    Text(String),
    /// Strong.
    Strong(Vec<Inline>),
    /// Emphasised.
    Emphasis(Vec<Inline>),
    /// Wire text, a call, a header.
    Code(String),
    /// A link; only `https:` links are ever parsed as such.
    Link {
        /// What is shown.
        text: Vec<Inline>,
        /// Where it leads.
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
