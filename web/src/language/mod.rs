//! The page's words: patterns made from Fluent files, looked up by key. Those of the language are fetched.

mod message;
mod problem;
mod text;

pub use playground_lessons::Language;
pub use problem::sentence;
pub use text::{Text, text, use_text};
