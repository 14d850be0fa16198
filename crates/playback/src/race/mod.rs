//! The race: one page loaded by several policies, on one clock.

mod bar;
mod count;
mod lane;
mod race;

pub use bar::{Bar, Stretch, StretchKind};
pub use lane::Lane;
pub use race::Race;
