//! The story at the left: step, prose, question, what-if knobs, challenge.

mod challenge;
mod closing;
mod first_visit;
mod fit;
mod knobs;
mod onward;
mod prose;
mod question;
mod real_scale;
#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod story;
mod telling;
mod what_if;

pub use prose::{line, prose};
pub use question::Question;
pub use story::Story;
