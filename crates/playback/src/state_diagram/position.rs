//! A socket's position in the diagram.

use playground_core::tcp::State;

use crate::dissection::SocketKey;

/// A socket's place in the diagram at a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagramPosition {
    /// The socket.
    pub socket: SocketKey,
    /// Its state.
    pub state: State,
    /// The edge taken last: its place in the diagram's list, and the entry that took it.
    pub last_edge: Option<(usize, u32)>,
    /// States it has been in, in order, the present one last.
    pub visited: Vec<State>,
}
