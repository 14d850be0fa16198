//! Pace: how long each stretch of simulated time takes to look at.

mod build;
mod pace;
mod view_time;

pub use pace::{Pace, PaceKnot};
pub use view_time::ViewTime;
