//! The story at the left: step, prose, question, what-if knobs, challenge.

mod challenge;
mod knobs;
mod prose;
mod question;
mod story;
mod what_if;

pub use prose::{Prose, Words};
pub use story::Story;
pub use what_if::WhatIf;
