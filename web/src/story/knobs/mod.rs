//! What-if knobs: each turn runs the lesson again at once.

mod choice;
mod knobs;
mod range;
mod refusal;
mod request;

pub use knobs::Knobs;
