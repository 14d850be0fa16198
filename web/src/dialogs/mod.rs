//! The dialogs over the page.

mod copy_button;
mod dialog_frame;
mod keyboard;
mod lesson_map;
mod note;
mod share;

pub use keyboard::Keyboard;
pub use lesson_map::{LessonMap, section_of};
pub use note::Note;
pub use share::Share;
