//! What-if knobs: each turn runs the lesson again at once.

mod choice;
mod knobs;
mod range;
mod request;

pub use knobs::Knobs;
