//! The frame of the page: top bar, bench with stage and tabs, notices.

mod bench;
mod breaking;
mod lower;
mod notices;
mod top_bar;

pub use bench::Bench;
pub use notices::{Live, notices};
pub use top_bar::TopBar;
