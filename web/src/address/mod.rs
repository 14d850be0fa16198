//! Everything on the screen, as the query of an address, and back.
//!
//! Reading never fails and never panics: what cannot be understood is left out and named in a [`Remark`].

mod parameters;
mod percent;
mod read;
mod remark;
mod selected;
mod write;

pub use parameters::{Chrome, Embed, Parameters, TABS, Theme, tab_name};
pub use read::read;
pub use remark::{Problem, Remark};
pub use selected::Selected;
pub use write::write;

/// A longer query is not looked at.
pub const LONGEST_QUERY: usize = 60_000;
/// More parameters than this are not looked at.
pub const MOST_PARAMETERS: usize = 64;
/// The names that mean something on every page; no knob may be called so.
#[cfg(test)]
pub const RESERVED: [&str; 14] = [
    "lesson",
    "step",
    "t",
    "sel",
    "tab",
    "lang",
    "theme",
    "speed",
    "embed",
    "chrome",
    "autoplay",
    "keys",
    "scenario",
    "playground",
];
