//! The dissection of a trace: the connection, message and label of every packet.

mod build;
mod connection;
mod messages;
mod recorded;
mod rows;
mod segments;
mod tls_records;

use std::collections::BTreeMap;

use playground_core::event::{HopId, PacketId};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

pub use connection::{Connection, ConnectionId, PathHop, Side, SocketKey, Stream};
pub(crate) use messages::range_text;
pub use messages::{MessageKind, MessageLabel, MessageRef};
pub(crate) use segments::share;
pub use segments::{SegmentKind, SegmentLabel};

/// Connections, streams, messages and segment labels of a trace, computed once.
///
/// It never fails: octets that are not HTTP become opaque messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dissection {
    /// Connections in the order of opening.
    pub connections: Vec<Connection>,
    /// Output streams by sending socket.
    pub streams: BTreeMap<SocketKey, Stream>,
    /// Segments by number: `segments[id.0]`.
    pub segments: Vec<SegmentLabel>,
    /// Latency of a typical hop.
    pub hop: Duration,
    /// How long a lost segment falls and what is gone fades: about a hop, known from the start.
    pub fall: Duration,
    /// Whether it is a recording of real sockets: what is in place of segments are octets from the call that wrote them to
    /// the call that read them.
    pub is_recording: bool,
    pub(super) sockets: BTreeMap<SocketKey, (ConnectionId, Side)>,
    /// Entries that dropped packets, ascending, with the packet.
    pub(super) losses: Vec<(u32, PacketId)>,
    /// Entries that ended connections, ascending.
    pub(super) gone: Vec<u32>,
    /// Per hop and row of pipes: each occupant with the entry from which it holds the row.
    pub(super) rows: BTreeMap<HopId, Vec<Vec<(u32, ConnectionId)>>>,
    /// Entries that moved sockets to CLOSED by a RST.
    pub(super) resets: BTreeMap<SocketKey, u32>,
    /// Entries that changed a socket's state, ascending.
    pub(super) changes: BTreeMap<SocketKey, Vec<u32>>,
    /// Entries of calls by socket, ascending.
    pub(super) calls: BTreeMap<SocketKey, Vec<u32>>,
}

impl Dissection {
    /// Dissects a trace.
    pub fn new(trace: &Trace) -> Self {
        build::build(trace)
    }

    /// The label of a packet.
    pub fn segment(&self, id: PacketId) -> Option<&SegmentLabel> {
        self.segments.get(id.0 as usize).filter(|label| label.id == id)
    }

    /// A connection.
    pub fn connection(&self, id: ConnectionId) -> Option<&Connection> {
        self.connections.get(id.index())
    }

    /// Packets dropped within the first `applied` entries whose fall is still visible at `at`.
    ///
    /// A fall begins when the segment is lost and lasts [`Self::fall`]; latest first.
    pub fn falling(&self, applied: u32, at: Instant) -> impl Iterator<Item = &SegmentLabel> {
        let known = self.losses.partition_point(|(entry, _)| *entry < applied);
        let losses = self.losses[..known].iter().rev().filter_map(|(_, id)| self.segment(*id));
        losses.take_while(move |label| label.lost.is_some_and(|(lost_at, _)| lost_at + self.fall >= at))
    }

    /// The connection that a socket is an end of, and which end.
    pub fn connection_of(&self, socket: SocketKey) -> Option<(&Connection, Side)> {
        let (id, side) = self.sockets.get(&socket)?;
        Some((self.connection(*id)?, *side))
    }

    /// The socket at the other end.
    pub fn peer(&self, socket: SocketKey) -> Option<SocketKey> {
        let (connection, side) = self.connection_of(socket)?;
        connection.socket(side.other())
    }

    /// The output of a socket's application.
    pub fn stream(&self, socket: SocketKey) -> Option<&Stream> {
        self.streams.get(&socket)
    }

    /// A message.
    pub fn message(&self, message: MessageRef) -> Option<&MessageLabel> {
        self.stream(message.stream)?.messages.get(message.index as usize)
    }

    /// The entry of the last call on a socket among the first `applied` entries.
    pub fn last_call(&self, socket: SocketKey, applied: u32) -> Option<u32> {
        let calls = self.calls.get(&socket)?;
        calls.partition_point(|entry| *entry < applied).checked_sub(1).map(|place| calls[place])
    }

    /// The entries among the first `applied` that changed a socket's state.
    pub fn state_changes(&self, socket: SocketKey, applied: u32) -> &[u32] {
        let changes = self.changes.get(&socket).map_or(&[][..], Vec::as_slice);
        &changes[..changes.partition_point(|entry| *entry < applied)]
    }

    /// Whether a RST, sent or received, had ended a socket's connection after `applied` entries.
    pub fn was_reset(&self, socket: SocketKey, applied: u32) -> bool {
        self.resets.get(&socket).is_some_and(|entry| *entry < applied)
    }

    /// How many connections exist after `applied` entries.
    pub fn alive(&self, applied: u32) -> u32 {
        let opened = self.connections.partition_point(|connection| connection.opened < applied);
        let gone = self.gone.partition_point(|entry| *entry < applied);
        opened.saturating_sub(gone) as u32
    }

    /// Per hop and row of pipes: each occupant with the entry from which it holds the row.
    pub(crate) fn rows(&self) -> &BTreeMap<HopId, Vec<Vec<(u32, ConnectionId)>>> {
        &self.rows
    }
}
