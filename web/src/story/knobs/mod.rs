//! What-if knobs: each turn runs the lesson again at once.

mod choice;
#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod knobs;
mod range;
mod refusal;
mod request;

pub use knobs::Knobs;
