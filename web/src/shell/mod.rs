//! The frame of the page: top bar, bench with stage and tabs, notices.

mod bench;
mod changed;
mod notices;
mod tabs;
mod top_bar;

pub use bench::Bench;
pub use changed::Changed;
pub use notices::{Live, notices};
pub use top_bar::TopBar;
