//! The frame of the page: top bar, bench with stage and tabs, notices.

mod bench;
mod breaking;
mod chips;
mod live;
mod lower;
mod notices;
mod panel;
mod tabs;
mod top_bar;

pub use bench::Bench;
pub use live::Live;
pub use notices::notices;
pub use top_bar::TopBar;
