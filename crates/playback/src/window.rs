//! A sender's round trips as rows of segments: which ACK released which segments, and the congestion window then.

use std::collections::BTreeMap;
use std::rc::Rc;

use core::ops::Range;

use playground_core::event::Event;
use playground_core::rule::Rule;
use playground_core::tcp::Notice;
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection, MessageKind, SocketKey};
use crate::role::NodeLabel;

/// The round trips of a run, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Window {
    trace: Rc<Trace>,
    /// In the order of their beginning.
    bursts: Vec<Burst>,
}

/// The segments of a message sent from a standstill: everything before it was acknowledged.
#[derive(Clone, Debug)]
struct Burst {
    sender: SocketKey,
    connection: ConnectionId,
    label: Rc<str>,
    /// Which of its connection's, from 0.
    ordinal: u32,
    /// Octets of the largest segment so far count as one.
    squares: Vec<Square>,
}

/// A transmission.
#[derive(Clone, Debug)]
struct Square {
    /// Its round trip, from 0.
    round: usize,
    range: Range<u64>,
    again: bool,
    /// Congestion window and the peer's window when it left, octets.
    cwnd: u32,
    peer_window: u32,
    /// Octets acknowledged when it left.
    before: u64,
    sent: u32,
    acknowledged: Option<u32>,
    lost: Option<u32>,
}

/// The round trips of the connection whose data was sent last, at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowTable {
    /// The connection.
    pub connection: ConnectionId,
    /// The sending node.
    pub sender: NodeLabel,
    /// Each message sent from a standstill: the first on a new connection, the others on a used one. Before them stands
    /// the node's last message on another connection.
    pub series: Vec<WindowSeries>,
    /// Segments that the octets fill which are written and have not been sent.
    pub unsent: u32,
}

/// The round trips of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowSeries {
    /// `200 /new`.
    pub label: Rc<str>,
    /// Whether its connection has carried nothing before it.
    pub is_first: bool,
    /// Its round trips in order.
    pub rounds: Vec<WindowRound>,
    /// The receiver's largest window that was the limit instead of the congestion window, in tenths of a full segment.
    pub peer_window_tenths: Option<u32>,
}

/// The segments that were sent within one round trip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowRound {
    /// The transmissions in order.
    pub segments: Vec<WindowSegment>,
    /// The congestion window when its last segment left, in tenths of a full segment.
    pub cwnd_tenths: u32,
}

/// A transmission in a round trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowSegment {
    /// The entry that sent it.
    pub entry: u32,
    /// What became of it.
    pub fate: WindowFate,
    /// Whether it repeats octets sent before.
    pub again: bool,
}

/// What became of a transmission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowFate {
    /// No ACK has come.
    OnItsWay,
    /// Its octets are acknowledged.
    Acknowledged,
    /// Lost.
    Lost,
}

/// What is known of a sending socket during the fold.
#[derive(Default)]
struct Sender {
    acknowledged: u64,
    cwnd: u32,
    peer_window: u32,
    /// Its last burst, by its place.
    burst: Option<usize>,
    bursts: u32,
}

impl Window {
    /// The round trips of a run. Requests are left out: a request is seldom longer than one segment.
    pub fn new(trace: Rc<Trace>, dissection: &Dissection) -> Self {
        let mut bursts: Vec<Burst> = Vec::new();
        let mut senders: BTreeMap<SocketKey, Sender> = BTreeMap::new();
        for entry in &trace.entries {
            match &entry.event {
                Event::Socket { socket, notice } => {
                    let sender = senders.entry(SocketKey::new(entry.node, *socket)).or_default();
                    match notice {
                        Notice::CongestionChanged { cwnd, .. } => sender.cwnd = *cwnd,
                        Notice::PeerWindowChanged { window } => sender.peer_window = *window,
                        Notice::BytesAcknowledged { range } => {
                            sender.acknowledged = range.end;
                            let squares = sender.burst.map(|place| &mut bursts[place].squares);
                            for square in squares.into_iter().flatten() {
                                if square.range.end <= range.end && square.lost.is_none() {
                                    square.acknowledged.get_or_insert(entry.index);
                                }
                            }
                        }
                        _ => {}
                    }
                }
                Event::PacketSent {
                    id,
                    socket: Some(socket),
                    packet: Packet::Segment(segment),
                    retransmission,
                    ..
                } if !segment.payload.is_empty() => {
                    let key = SocketKey::new(entry.node, *socket);
                    let Some(label) = dissection.segment(*id) else { continue };
                    let (Some(range), Some(connection)) = (label.range.clone(), label.connection) else {
                        continue;
                    };
                    let message = dissection.stream(key).and_then(|stream| stream.message_at(range.start));
                    let Some((_, message)) = message else { continue };
                    if message.kind == MessageKind::Request {
                        continue;
                    }
                    let sender = senders.entry(key).or_default();
                    let stands_still = sender.acknowledged == range.start;
                    let begins = message.range.start == range.start && stands_still && !retransmission;
                    if begins || sender.burst.is_none() {
                        sender.burst = Some(bursts.len());
                        bursts.push(Burst {
                            sender: key,
                            connection,
                            label: Rc::clone(&message.short),
                            ordinal: sender.bursts,
                            squares: Vec::new(),
                        });
                        sender.bursts += 1;
                    }
                    let Some(burst) = sender.burst.map(|place| &mut bursts[place]) else { continue };
                    let round = burst.round_of_next(sender.acknowledged, entry.rule);
                    let lost = label.lost.and(label.ended);
                    let (cwnd, peer_window, before) = (sender.cwnd, sender.peer_window, sender.acknowledged);
                    let (sent, again, acknowledged) = (entry.index, *retransmission, None);
                    let square =
                        Square { round, range, again, cwnd, peer_window, before, sent, acknowledged, lost };
                    burst.squares.push(square);
                }
                _ => {}
            }
        }
        Self { trace, bursts }
    }

    /// Whether a run has connections.
    pub fn exists(trace: &Trace) -> bool {
        trace.scenario.nodes.len() > 1
    }

    /// The connection whose data was sent last.
    ///
    /// Returns `None` before the first segment with data.
    pub fn at(&self, now: Cursor) -> Option<WindowTable> {
        let begun = self.bursts.iter().filter(|burst| burst.sent(now).next().is_some());
        let last = begun.clone().max_by_key(|burst| burst.sent(now).map(|square| square.sent).max())?;
        let of_node = begun.filter(|burst| burst.sender.node == last.sender.node);
        let shown: Vec<&Burst> = of_node.collect();
        let first = shown.iter().position(|burst| burst.sender == last.sender)?;
        let own = shown[first..].iter().filter(|burst| burst.sender == last.sender);
        let series = shown[..first].last().into_iter().chain(own).map(|burst| burst.at(now)).collect();
        let sender = NodeLabel::of(&self.trace, last.sender.node);
        let unsent = self.unsent(last, now);
        Some(WindowTable { connection: last.connection, sender, series, unsent })
    }
}

impl Window {
    /// The segments that the octets fill which the sender of a burst has written and not sent.
    fn unsent(&self, burst: &Burst, now: Cursor) -> u32 {
        let world = self.trace.world_after(now.index);
        let node = world.nodes.get(burst.sender.node.index());
        let Some(socket) = node.and_then(|node| node.sockets.get(&burst.sender.socket)) else { return 0 };
        let largest = burst.sent(now).map(|square| square.range.end - square.range.start).max();
        (socket.written - socket.sent).div_ceil(largest.unwrap_or(1).max(1)) as u32
    }
}

impl Burst {
    /// The round trip of the segment that is sent next: the one after that of the last octet acknowledged, since the ACK
    /// of that octet has released it. A retransmission timeout begins a round trip of its own.
    fn round_of_next(&self, acknowledged: u64, rule: Rule) -> usize {
        let Some(last) = self.squares.last().map(|square| square.round) else { return 0 };
        if rule == Rule::RetransmissionTimeout {
            return last + 1;
        }
        let covered = self.squares.iter().filter(|square| square.range.end <= acknowledged);
        covered.map(|square| square.round + 1).max().unwrap_or(0).max(last)
    }

    fn sent(&self, now: Cursor) -> impl Iterator<Item = &Square> {
        self.squares.iter().take_while(move |square| square.sent < now.index)
    }

    fn at(&self, now: Cursor) -> WindowSeries {
        let mut rounds: Vec<WindowRound> = Vec::new();
        let mut largest = 1;
        let mut peer_window = None;
        for square in self.sent(now) {
            largest = largest.max(square.range.end - square.range.start);
            if rounds.len() <= square.round {
                rounds.resize(square.round + 1, WindowRound { segments: Vec::new(), cwnd_tenths: 0 });
            }
            let round = &mut rounds[square.round];
            let is_past = |entry: Option<u32>| entry.is_some_and(|entry| entry < now.index);
            let fate = if is_past(square.lost) {
                WindowFate::Lost
            } else if is_past(square.acknowledged) {
                WindowFate::Acknowledged
            } else {
                WindowFate::OnItsWay
            };
            round.segments.push(WindowSegment { entry: square.sent, fate, again: square.again });
            round.cwnd_tenths = (u64::from(square.cwnd) * 10 / largest) as u32;
            // The segment that leaves last fills the window: less than a full segment has room behind it.
            let in_flight = square.range.end - square.before;
            if square.peer_window < square.cwnd && in_flight + largest > u64::from(square.peer_window) {
                let tenths = (u64::from(square.peer_window) * 10 / largest) as u32;
                peer_window = peer_window.max(Some(tenths));
            }
        }
        let (label, is_first) = (Rc::clone(&self.label), self.ordinal == 0);
        WindowSeries { label, is_first, rounds, peer_window_tenths: peer_window }
    }
}
