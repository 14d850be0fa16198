//! A socket of a whole scenario: its node and its number there.

use playground_core::tcp::SocketId;
use playground_core::trace::NodeId;

/// Names one socket of one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketKey {
    /// The node.
    pub node: NodeId,
    /// Its number on that node.
    pub socket: SocketId,
}

impl SocketKey {
    /// The socket `socket` of `node`.
    pub const fn new(node: NodeId, socket: SocketId) -> Self {
        Self { node, socket }
    }
}
