//! The page's words: Fluent files compiled into one table, looked up by key.

mod message;
mod text;

pub use playground_lessons::Language;
pub use text::{Text, text, use_text};
