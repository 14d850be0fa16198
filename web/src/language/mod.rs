//! The words of the page in the language of the person.

mod use_text;

pub use playground_words::{Language, Text, sentence, text};
pub use use_text::use_text;
