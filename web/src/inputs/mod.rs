//! Controls for values, shared by the lessons' knobs and the playground's forms.

mod choice;
mod typed;

pub use choice::Choice;
pub use typed::Typed;
