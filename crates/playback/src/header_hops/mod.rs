//! The same message at each hop, side by side.

mod build;
mod exchanges;
mod lines;

pub use exchanges::{HeaderExchange, HeaderHops, HeaderLine, HopColumn, LineMark};
