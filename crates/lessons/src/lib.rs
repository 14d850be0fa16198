//! The lessons of the chapter: for each a scenario, a story of steps, knobs, a challenge, and its words in
//! Korean and English.
//!
//! Code and words are apart: `src/catalogue/<lesson>.rs` says what is run and where in the trace each step
//! stands; `text/<lesson>.<language>.md` says everything a learner reads, and can be edited without Rust.
//! No number that depends on the run is written by hand: `{{...}}` in the text is filled from the trace.
//!
//! A step's moment is a question to the trace, such as `first(delivered("client").rst())`, so it survives a
//! turned knob; where a step cannot happen, the text says why.

mod catalogue;
mod challenge;
mod datagrams;
mod fact;
mod fill;
mod heads;
mod knob;
mod language;
mod lesson;
mod moment;
mod network;
mod page;
pub mod pattern;
mod proxies;
mod run;
mod scene;
mod search;
mod story;
mod text;
mod ways;

pub use catalogue::{all, find, real_scale};
pub use challenge::{Challenge, Goal, Measure};
pub use fact::{Facts, Value};
pub use knob::{Knob, KnobError, KnobKind, KnobValues, TEXT_MOST, Unit};
pub use language::Language;
pub use lesson::{Lesson, StepSpec, Tab};
pub use moment::{Moment, NOT_IN_THIS_RUN};
pub use run::{Run, StepMark};
pub use scene::{Scene, Spot, Stretch};
pub use story::Step;
pub use text::{
    Block, ChallengeText, Inline, KnobText, LessonText, Markdown, NoteText, OptionText, QuestionText,
    StepText, Telling,
};
pub use ways::Ways;
