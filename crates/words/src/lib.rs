//! What a person reads, in the person's language: Fluent messages looked up by key, and the notation of times, numbers
//! and names. Plain text: whoever draws it knows the place.

mod bundle;
mod names;
mod numbers;
mod phrase;
mod problem;
#[cfg(test)]
mod tests;
mod text;
pub mod time_text;

pub use names::node_name;
pub use numbers::{circled, octets};
pub use phrase::phrase;
pub use playground_lessons::Language;
pub use problem::sentence;
pub use text::{Text, text};
