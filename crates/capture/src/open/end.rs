//! One end of a connection, as the segments that it sends and receives tell.

use core::ops::Range;

use playground_core::event::NodeId;
use playground_core::tcp::{SocketId, State};
use playground_core::wire::SeqNum;

/// One end of a connection.
///
/// Units: ranges and places count the octets of a stream from 0, the first octet after the SYN.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// Its node.
    pub node: NodeId,
    /// Its socket, once it exists.
    pub socket: Option<SocketId>,
    /// Its state.
    pub state: State,
    /// Its initial sequence number, once known.
    pub isn: Option<SeqNum>,
    /// Octets sent at least once.
    pub sent: u64,
    /// Octets acknowledged.
    pub acknowledged: u64,
    /// Whether it has sent a SYN.
    pub has_sent_syn: bool,
    /// The length of its output, once its FIN is sent.
    pub fin: Option<u64>,
    /// Octets of the peer's output received in order.
    pub received: u64,
    /// Octets received ahead of a gap, ascending.
    pub held: Vec<Range<u64>>,
    /// The length of the peer's output, once its FIN has arrived.
    pub peer_fin: Option<u64>,
    /// Whether that FIN was received in order.
    pub end_received: bool,
    /// The window that the peer announced last.
    pub peer_window: Option<u32>,
    /// The entry of the last segment that arrived.
    pub last_arrival: Option<u32>,
}

impl End {
    /// An end of which nothing has been seen yet.
    pub(super) const fn new(node: NodeId, isn: Option<SeqNum>) -> Self {
        Self {
            node,
            socket: None,
            state: State::Closed,
            isn,
            sent: 0,
            acknowledged: 0,
            has_sent_syn: false,
            fin: None,
            received: 0,
            held: Vec::new(),
            peer_fin: None,
            end_received: false,
            peer_window: None,
            last_arrival: None,
        }
    }

    /// The offset in its output of a sequence number; none for the SYN's own, and for what precedes the capture.
    pub(super) fn offset(&self, number: SeqNum) -> Option<u64> {
        u64::try_from(i64::from(number.offset_from(self.isn?)) - 1).ok()
    }

    /// Takes a range of the peer's output: what is now in order, or nothing where it is ahead of a gap or old.
    pub(super) fn receive(&mut self, range: Range<u64>) -> Option<Range<u64>> {
        if range.end <= self.received {
            return None;
        }
        if range.start > self.received {
            let place = self.held.partition_point(|held| held.start < range.start);
            self.held.insert(place, range);
            return None;
        }
        let from = self.received;
        self.received = range.end;
        let mut taken = 0;
        for held in &self.held {
            if held.start > self.received {
                break;
            }
            self.received = self.received.max(held.end);
            taken += 1;
        }
        self.held.drain(..taken);
        Some(from..self.received)
    }
}
