//! Dialogs.

mod dialog_frame;
mod help;
mod lesson_map;
mod pictures;
mod share;

pub use help::{Keyboard, Note};
pub use lesson_map::{LessonMap, section_of};
pub use share::Share;
