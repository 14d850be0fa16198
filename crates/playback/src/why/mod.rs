//! Why something happened: the chain of causes.

#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod why;
mod why_link;

pub use why::Why;
pub use why_link::WhyLink;
