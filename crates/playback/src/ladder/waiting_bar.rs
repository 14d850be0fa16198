//! A wait in the ladder.

use playground_core::event::{NodeId, Waiting};
use playground_core::tcp::SocketId;
use playground_core::time::Instant;

use crate::pace::ViewTime;

/// A band on a lifeline: its node waits.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingBar {
    /// The node.
    pub node: NodeId,
    /// The connection's socket; none for a wait before any connection.
    pub socket: Option<SocketId>,
    /// The lifeline's place.
    pub x: f64,
    /// Place beside other bars of the same node at the same time, from 0.
    pub column: u32,
    /// What it waits for; never `Nothing`.
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
