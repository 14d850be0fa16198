//! Pace: how long each stretch of simulated time takes to look at.

mod build;
#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod pace;
mod view_time;

pub use pace::{Pace, PaceKnot};
pub use view_time::ViewTime;
