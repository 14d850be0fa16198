//! A wait in the ladder.

use playground_core::time::Instant;
use playground_core::trace::Waiting;

use crate::{SocketKey, ViewTime};

/// A band on a lifeline: its node waits.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingBar {
    /// On which connection's socket.
    pub socket: SocketKey,
    /// The lifeline's place.
    pub x: f64,
    /// Place beside other bars of the same node at the same time, from 0.
    pub column: u32,
    /// What for; never `Nothing`.
    pub waiting: Waiting,
    /// From.
    pub y0: ViewTime,
    /// Until.
    pub y1: ViewTime,
    /// From.
    pub since: Instant,
    /// Until.
    pub until: Instant,
    /// The entry that began it.
    pub entry: u32,
}
