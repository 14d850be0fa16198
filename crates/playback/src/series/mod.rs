//! Numbers over time: congestion window, flight size, peer window.

mod series;
mod socket_series;

pub use series::Series;
pub use socket_series::{SeriesPoint, SocketSeries};
