//! The same message at each hop, side by side.

mod build;
mod exchanges;
mod heads;
mod lines;

pub use exchanges::{HeaderExchange, HeaderHops, HeaderLine, HopColumn, LineMark};
pub use heads::{Announced, Head, Heads, HeadsView};
