//! The socket shown, and the ones to choose from.

use playground_core::event::NodeId;
use playground_core::tcp::SocketId;
use playground_core::trace::Trace;
use playground_playback::{Dissection, Selection, Side, SocketKey};

/// The sockets to choose from: of each node the newest that it opened and the newest that it accepted.
///
/// Nodes are in the scenario's order, sockets by number.
pub(super) fn candidates(trace: &Trace, dissection: &Dissection, index: u32) -> Vec<SocketKey> {
    let mut newest: Vec<[Option<SocketKey>; 2]> = vec![[None; 2]; trace.scenario.nodes.len()];
    for connection in dissection.connections.iter().filter(|connection| connection.opened < index) {
        for side in [Side::Opener, Side::Acceptor] {
            let Some(key) = connection.socket(side) else { continue };
            if dissection.state_changes(key, index).is_empty() {
                continue;
            }
            if let Some(slots) = newest.get_mut(key.node.index()) {
                slots[usize::from(side == Side::Acceptor)] = Some(key);
            }
        }
    }
    let mut keys: Vec<SocketKey> = newest.into_iter().flatten().flatten().collect();
    keys.sort();
    keys
}

/// The selected socket, if it exists yet; for a selected segment its sender.
pub(super) fn selected(dissection: &Dissection, selection: Selection, index: u32) -> Option<SocketKey> {
    let of_segment = || Selection::of_segment(dissection, selection.segment?).socket;
    let key = selection.socket.or_else(of_segment)?;
    (!dissection.state_changes(key, index).is_empty()).then_some(key)
}

/// The number that a socket's connection has on the page; 0 for a socket without one.
pub(super) fn connection_number(dissection: &Dissection, key: SocketKey) -> u32 {
    dissection.connection_of(key).map_or(0, |(connection, _)| connection.id.number())
}

/// A listening socket, while no other exists.
pub(super) fn listener(trace: &Trace, dissection: &Dissection, index: u32) -> Option<SocketKey> {
    let nodes = 0..u16::try_from(trace.scenario.nodes.len()).unwrap_or(u16::MAX);
    nodes
        .map(|node| SocketKey::new(NodeId(node), SocketId(0)))
        .find(|key| !dissection.state_changes(*key, index).is_empty())
}
