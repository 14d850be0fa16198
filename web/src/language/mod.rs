//! The page's text in the language of the person: Fluent files, looked up by key.

mod bundle;
mod problem;
#[cfg(test)]
mod tests;
mod text;

pub use playground_lessons::Language;
pub use problem::sentence;
pub use text::{Text, text, use_text};
