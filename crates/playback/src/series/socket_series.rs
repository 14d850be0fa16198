//! One socket's numbers over time.

use playground_core::time::Instant;

use crate::{ConnectionId, SocketKey};

/// The numbers after one entry; each holds until the next point.
///
/// Units: octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesPoint {
    /// The entry.
    pub entry: u32,
    /// When.
    pub at: Instant,
    /// Congestion window.
    pub cwnd: u32,
    /// Slow start threshold, once there is one.
    pub ssthresh: Option<u32>,
    /// Octets sent and not yet acknowledged.
    pub flight: u64,
    /// The window the peer announced.
    pub peer_window: u32,
    /// Octets acknowledged so far.
    pub acknowledged: u64,
}

/// One sending socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketSeries {
    /// Which.
    pub socket: SocketKey,
    /// Its connection.
    pub connection: Option<ConnectionId>,
    /// Points in time order.
    pub points: Vec<SeriesPoint>,
    /// The largest of all windows and flights, for the axis (the peer's window not counted).
    pub peak: u64,
}
