//! The lessons: each has a scenario, a story of steps, knobs, a challenge, and its text in Korean and English.
//!
//! Code and text are separate: `src/catalogue/<lesson>.rs` defines the scenario and finds each step in the trace;
//! `text/<lesson>.<language>.md` has everything that a learner reads, and can be edited without Rust. No number that
//! depends on the run is written by hand: a placeholder `{{...}}` in the text is filled from the trace.
//!
//! A step's moment is a query on the trace, such as `first(delivered("client").rst())`, so it is found again whatever
//! the knobs; where a step does not happen, the text gives the reason.

mod catalogue;
mod fact;
mod fill;
mod knob;
mod language;
mod lesson;
mod network;
mod page;
pub mod pattern;
mod proxies;
mod requests;
mod response;
mod run;
mod scene;
mod search;
mod story;
mod text;

pub use catalogue::{all, find};
pub use fact::{Facts, Value};
pub use knob::{Knob, KnobError, KnobKind, KnobValues, TEXT_MOST, Unit};
pub use language::Language;
pub use lesson::{Challenge, Goal, Hides, Lesson, MAIN, Measure, Shadow, Spoiler, StepSpec, View, WaysSpec};
pub use run::{Run, StepMark, Ways};
pub use scene::{Moment, NOT_IN_THIS_RUN, Scene, Spot, Stretch};
pub use story::Step;
pub use text::source::{Source, install, is_installed};
pub use text::{
    Block, ChallengeText, Inline, KnobText, LessonText, Markdown, NoteText, OptionText, Passage,
    QuestionText, StepText,
};
