//! A TCP connection of the run, with both its ends.

use core::ops::Range;

use playground_core::event::{HopId, NodeId};
use playground_core::tcp::SocketId;
use playground_core::wire::{FourTuple, SeqNum};

use super::{MessageLabel, MessageRef};

/// A connection by its place in the order of opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

impl ConnectionId {
    /// The place in the dissection's list.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The number the page shows, from 1.
    pub const fn number(self) -> u32 {
        self.0 + 1
    }
}

/// One of a connection's two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The end that opened (sent the first SYN).
    Opener,
    /// The end that was opened to.
    Acceptor,
}

impl Side {
    /// The other end.
    pub const fn other(self) -> Self {
        match self {
            Self::Opener => Self::Acceptor,
            Self::Acceptor => Self::Opener,
        }
    }
}

/// A connection, from its first SYN to its end; a 4-tuple used again is another connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its place.
    pub id: ConnectionId,
    /// Its four values as the opener sees them.
    pub tuple: FourTuple,
    /// The opening node.
    pub opener: NodeId,
    /// The node that owns the remote address; none when no node does.
    pub acceptor: Option<NodeId>,
    /// The opener's socket; none when the opener is not of the run.
    pub opener_socket: Option<SocketKey>,
    /// The acceptor's socket, once it exists in the run.
    pub acceptor_socket: Option<SocketKey>,
    /// The hops it runs over, in the order in which it came to them; none when it never sent anything.
    pub path: Vec<PathHop>,
    /// The entry that opened it.
    pub opened: u32,
    /// The entry that sent the first RST of it.
    pub reset: Option<u32>,
    /// The entry after which only a TIME-WAIT remains of it.
    pub time_wait: Option<u32>,
    /// The entry after which neither end has state for it.
    pub gone: Option<u32>,
    /// The opener's initial sequence number, once its SYN has been sent.
    pub opener_isn: Option<SeqNum>,
    /// The acceptor's initial sequence number, once its SYN has been sent.
    pub acceptor_isn: Option<SeqNum>,
    /// How far windows are shifted, when both SYNs carried the option: opener's, acceptor's.
    pub window_shifts: (u8, u8),
}

/// A hop that a connection runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathHop {
    /// The hop.
    pub hop: HopId,
    /// Its end that is nearer to the opener.
    pub from: NodeId,
    /// Its other end.
    pub to: NodeId,
    /// The connection's row among the pipes of the hop; none when all rows are taken.
    pub row: Option<u32>,
}

impl Connection {
    /// The socket at one end, once it exists in the run.
    pub fn socket(&self, side: Side) -> Option<SocketKey> {
        match side {
            Side::Opener => self.opener_socket,
            Side::Acceptor => self.acceptor_socket,
        }
    }

    /// The node at one end.
    pub fn node(&self, side: Side) -> Option<NodeId> {
        match side {
            Side::Opener => Some(self.opener),
            Side::Acceptor => self.acceptor,
        }
    }

    /// The initial sequence number of one end.
    pub fn isn(&self, side: Side) -> Option<SeqNum> {
        match side {
            Side::Opener => self.opener_isn,
            Side::Acceptor => self.acceptor_isn,
        }
    }
}

/// Identifies a socket within the scenario.
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

/// The output of a socket's application, divided into messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// The sending socket.
    pub socket: SocketKey,
    /// Its connection.
    pub connection: ConnectionId,
    /// Which end it is.
    pub side: Side,
    /// The octets written, in order.
    pub octets: Vec<u8>,
    /// Where each write ended, ascending.
    pub writes: Vec<u64>,
    /// The entry of each write.
    pub write_entries: Vec<u32>,
    /// Messages in order, without gap: `messages[n].range.end == messages[n + 1].range.start`.
    pub messages: Vec<MessageLabel>,
}

impl Stream {
    /// The output of a socket that has written nothing.
    pub(super) fn new(socket: SocketKey, connection: ConnectionId, side: Side) -> Self {
        Self {
            socket,
            connection,
            side,
            octets: Vec::new(),
            writes: Vec::new(),
            write_entries: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// Adds what `entry` wrote.
    pub(super) fn write(&mut self, octets: &[u8], entry: u32) {
        self.octets.extend_from_slice(octets);
        self.writes.push(self.octets.len() as u64);
        self.write_entries.push(entry);
    }

    /// The messages that have octets in `range`, with their places.
    pub fn messages_in(&self, range: &Range<u64>) -> impl Iterator<Item = (MessageRef, &MessageLabel)> {
        let first = self.messages.partition_point(|message| message.range.end <= range.start);
        let end = range.end;
        self.messages[first..]
            .iter()
            .enumerate()
            .take_while(move |(_, message)| message.range.start < end)
            .map(move |(place, message)| {
                (MessageRef { stream: self.socket, index: (first + place) as u32 }, message)
            })
    }

    /// The message that begins at `offset`, or that has the octet there.
    pub fn message_at(&self, offset: u64) -> Option<(MessageRef, &MessageLabel)> {
        self.messages_in(&(offset..offset.saturating_add(1))).next()
    }

    /// The entry of the call that wrote the octet at `offset`.
    pub fn written_by(&self, offset: u64) -> Option<u32> {
        self.write_entries.get(self.writes.partition_point(|end| *end <= offset)).copied()
    }

    /// The octets of a range, as far as they were written.
    pub fn octets_in(&self, range: &Range<u64>) -> &[u8] {
        let len = self.octets.len() as u64;
        let start = range.start.min(len);
        let end = range.end.clamp(start, len);
        &self.octets[start as usize..end as usize]
    }
}
