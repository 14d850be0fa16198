//! A message at one hop.

use playground_core::event::NodeId;

use super::HeaderLine;
use crate::dissection::{ConnectionId, MessageRef};

/// A message's head on one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HopColumn {
    /// The connection.
    pub connection: ConnectionId,
    /// The node that sent it.
    pub from: NodeId,
    /// The node it was sent to.
    pub to: Option<NodeId>,
    /// The message.
    pub message: MessageRef,
    /// The entry at which it was written (or rewritten, or relayed).
    pub entry: u32,
    /// Whether `from` passed it on without reading it.
    pub blind: bool,
    /// Its lines, struck-out ones among them.
    pub lines: Vec<HeaderLine>,
    /// Hypothetical: the lines, had `from` been a proxy by the book. Only where it was not.
    pub by_the_book: Option<Vec<HeaderLine>>,
}
