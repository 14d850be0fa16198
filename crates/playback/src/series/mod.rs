//! Numbers over time: congestion window, flight size, peer window.

#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod series;
mod socket_series;

pub use series::Series;
pub use socket_series::{SeriesPoint, SocketSeries};
