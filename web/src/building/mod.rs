//! Building in the playground: undo, what to add, presets and files, and what is said of changes.

mod files;
mod menu_button;
mod notice;
mod toolbar;
mod tools;

pub use files::run_file;
pub use notice::Notice;
pub use toolbar::Toolbar;
pub use tools::Tools;
