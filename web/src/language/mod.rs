//! The page's words: Fluent files compiled into one table, looked up by key.

mod message;
mod problem;
mod text;

pub use playground_lessons::Language;
pub use problem::sentence;
pub use text::{Text, text, use_text};
