//! One node's sockets at a cursor.

use std::collections::BTreeMap;

use playground_core::event::NodeId;
use playground_core::node::RoleSpec;
use playground_core::tcp::{State, Timer};
use playground_core::time::Instant;
use playground_core::trace::{Trace, World};
use playground_core::wire::Endpoint;

use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection, SocketKey};
use crate::frame::{TimerKind, TimerView};

/// The sockets of a node that exist at a cursor, and its ephemeral ports.
#[derive(Clone, Debug, PartialEq)]
pub struct SocketTable {
    /// The node.
    pub node: NodeId,
    /// Rows by number.
    pub rows: Vec<SocketRow>,
    /// Ephemeral ports its stack may use, first and last.
    pub ephemeral_ports: (u16, u16),
    /// Ephemeral ports in use, ascending, each with whether only a TIME-WAIT holds it.
    pub ports_in_use: Vec<(u16, bool)>,
}

impl SocketTable {
    /// A node's sockets at a cursor.
    ///
    /// Returns an empty table for a node that does not exist.
    pub fn at(trace: &Trace, dissection: &Dissection, cursor: Cursor, node: NodeId) -> Self {
        Self::of_world(trace, dissection, &trace.world_after(cursor.index), node)
    }

    /// The same from a world at hand, as [`FrameCursor::world`](crate::FrameCursor::world) gives it.
    pub fn of_world(trace: &Trace, dissection: &Dissection, world: &World, node: NodeId) -> Self {
        let spec = trace.scenario.nodes.get(node.index());
        let ephemeral_ports = spec.map_or((0, 0), |spec| {
            spec.stack.ephemeral_ports.unwrap_or(spec.profile.profile().ephemeral_ports)
        });
        let sockets = world.nodes.get(node.index()).map(|node| &node.sockets);
        let acks_known = !dissection.is_recording;
        let is_captured = spec.is_some_and(|spec| matches!(spec.role, RoleSpec::Captured(_)));
        let reads_known = acks_known && !is_captured;
        let mut rows = Vec::new();
        let mut ports: BTreeMap<u16, bool> = BTreeMap::new();
        for (id, socket) in sockets.into_iter().flatten() {
            if socket.released_at.is_some() {
                continue;
            }
            let key = SocketKey::new(node, *id);
            let time_wait = socket.timers.get(&Timer::TimeWait).map(|(set_at, expires_at)| TimerView {
                kind: TimerKind::Tcp(Timer::TimeWait),
                set_at: *set_at,
                expires_at: *expires_at,
            });
            if let Some(tuple) = socket.tuple.filter(|_| socket.state != State::Closed)
                && (ephemeral_ports.0..=ephemeral_ports.1).contains(&tuple.local.port)
            {
                let only_waits = ports.entry(tuple.local.port).or_insert(true);
                *only_waits &= socket.state == State::TimeWait;
            }
            rows.push(SocketRow {
                key,
                connection: dissection.connection_of(key).map(|(connection, _)| connection.id),
                state: socket.state,
                local: socket.tuple.map(|tuple| tuple.local),
                listening_port: socket.listening_port,
                remote: socket.tuple.map(|tuple| tuple.remote),
                receive_queue: reads_known.then(|| socket.received.saturating_sub(socket.read)),
                send_queue: acks_known.then(|| socket.written.saturating_sub(socket.acknowledged)),
                time_wait,
                opened_at: socket.opened_at,
            });
        }
        Self { node, rows, ephemeral_ports, ports_in_use: ports.into_iter().collect() }
    }

    /// How many ephemeral ports there are.
    pub fn ephemeral_count(&self) -> u32 {
        let (first, last) = self.ephemeral_ports;
        u32::from(last.saturating_sub(first)) + u32::from(last >= first && last > 0)
    }
}

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
    /// Recv-Q: received, not yet read, octets; none where that is not known.
    pub receive_queue: Option<u64>,
    /// Send-Q: written, not yet acknowledged, octets; none where that is not known.
    pub send_queue: Option<u64>,
    /// The 2MSL clock.
    pub time_wait: Option<TimerView>,
    /// When it came to be.
    pub opened_at: Instant,
}
