//! Why something happened: the chain of causes.

mod why;
mod why_link;

pub use why::Why;
pub use why_link::WhyLink;
