//! The same message at each hop, side by side.

mod build;
mod header_exchange;
mod header_hops;
mod header_line;
mod hop_column;
mod lines;

pub use header_exchange::HeaderExchange;
pub use header_hops::HeaderHops;
pub use header_line::{HeaderLine, LineMark};
pub use hop_column::HopColumn;
