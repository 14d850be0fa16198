//! What the build script makes words with: the parser of Markdown, and the compact form's writer.

mod inline;
mod outline;
mod parse;
mod words;
mod write;

pub use outline::{compare, outline};
pub use parse::parse;
pub use words::{
    Block, ChallengeText, Inline, KnobText, LessonText, NoteText, OptionText, QuestionText, StepText, Telling,
};
pub use write::{compact, head};
