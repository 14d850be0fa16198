//! A row of the socket table.

use playground_core::tcp::State;
use playground_core::time::Instant;
use playground_core::wire::Endpoint;

use crate::{ConnectionId, SocketKey, TimerView};

/// A socket as `ss` and `netstat` list it.
#[derive(Clone, Debug, PartialEq)]
pub struct SocketRow {
    /// Which.
    pub key: SocketKey,
    /// Its connection.
    pub connection: Option<ConnectionId>,
    /// State.
    pub state: State,
    /// Local address and port; for a listening socket its port alone.
    pub local: Option<Endpoint>,
    /// The port it listens on.
    pub listening_port: Option<u16>,
    /// Remote address and port.
    pub remote: Option<Endpoint>,
    /// Recv-Q: received, not yet read, octets.
    pub receive_queue: u64,
    /// Send-Q: written, not yet acknowledged, octets.
    pub send_queue: u64,
    /// The 2MSL clock.
    pub time_wait: Option<TimerView>,
    /// When it came to be.
    pub opened_at: Instant,
}
