//! The world at one entry: nodes, sockets, buffers, timers and packets in flight, folded from the trace.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use core::net::Ipv4Addr;
use core::ops::Range;

use crate::event::{Belief, Entry, Event, NodeId, PacketId, Waiting};
use crate::http::Persistence;
use crate::tcp::{Buffer, Call, CallError, Notice, Phase, Returned, SocketId, State, Timer};
use crate::time::Instant;
use crate::wire::{FourTuple, Packet};

/// The visible state after some entry of a trace.
///
/// It is a pure fold: the world after entry n is the world after n - 1 with entry n applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// Entries applied so far; the next to apply has this index.
    pub applied: u32,
    /// Time of the last entry applied.
    pub at: Instant,
    /// Nodes in the scenario's order.
    pub nodes: Vec<NodeWorld>,
    /// Packets sent and neither delivered nor dropped yet.
    pub in_flight: BTreeSet<PacketId>,
}

/// One node's sockets and application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeWorld {
    /// Sockets by number, listening ones too; released ones stay, marked by `released_at`.
    pub sockets: BTreeMap<SocketId, Rc<SocketWorld>>,
    /// The application's running timers: socket, purpose, set at, expires at.
    pub timers: Vec<(Option<SocketId>, Waiting, Instant, Instant)>,
    /// The last call that returned: entry index.
    pub last_call: Option<u32>,
    /// The blocking call in progress: entry index.
    pub blocked: Option<u32>,
    /// Requests with a complete response so far (client).
    pub completed: u32,
    /// Requests that failed so far (client).
    pub failed: u32,
    /// The address that DHCP gave it.
    pub leased: Option<Ipv4Addr>,
    /// Side effects on its resources (server): each path, and the entry of the last effect.
    pub effects: Vec<(String, u32)>,
    /// The last question to its user: the entry that asked, and the one that answered.
    pub question: Option<(u32, Option<u32>)>,
    /// Since when it has no power.
    pub down_since: Option<Instant>,
    /// Since when its application does not read.
    pub unread_since: Option<Instant>,
}

/// One socket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SocketWorld {
    /// When it was created.
    pub opened_at: Instant,
    /// Its 4-tuple; none for a listening socket.
    pub tuple: Option<FourTuple>,
    /// The port it listens on.
    pub listening_port: Option<u16>,
    /// The listening socket it came from.
    pub listener: Option<SocketId>,
    /// TCP state.
    pub state: State,
    /// When the state was entered.
    pub state_since: Instant,
    /// Capacity of the send buffer, octets.
    pub send_capacity: usize,
    /// Capacity of the receive buffer, octets.
    pub receive_capacity: usize,
    /// This side's output: octets acknowledged, sent, written. `acknowledged <= sent <= written`.
    pub acknowledged: u64,
    /// Octets sent at least once.
    pub sent: u64,
    /// Octets written by the application.
    pub written: u64,
    /// Octets of the peer's output that the application has read.
    pub read: u64,
    /// Octets received in order.
    pub received: u64,
    /// Octets received out of order: ranges in order, merged where adjacent.
    pub held: Vec<Range<u64>>,
    /// Ranges discarded from the receive buffer.
    pub discarded: Vec<Range<u64>>,
    /// Ranges discarded from the send buffer.
    pub discarded_unsent: Vec<Range<u64>>,
    /// When octets were last discarded.
    pub discarded_at: Option<Instant>,
    /// The length of the peer's output, once its FIN has been received in order.
    pub end_received: Option<u64>,
    /// Congestion window, octets.
    pub cwnd: u32,
    /// Slow start threshold, octets.
    pub ssthresh: Option<u32>,
    /// Congestion control phase.
    pub phase: Phase,
    /// The window that the peer announced, octets.
    pub peer_window: u32,
    /// Running timers: set at, expires at.
    pub timers: BTreeMap<Timer, (Instant, Instant)>,
    /// Its role's belief, and since when.
    pub belief: Option<(Belief, Instant)>,
    /// The event that its role waits for, and since when.
    pub waiting: Option<(Waiting, Instant)>,
    /// The last persistence decision.
    pub persistence: Option<Persistence>,
    /// The error the connection ended with.
    pub error: Option<CallError>,
    /// Whether its application has released it (close or abort).
    pub given_up: bool,
    /// Whether its application has called shutdown(SHUT_WR).
    pub output_shut: bool,
    /// When it was released.
    pub released_at: Option<Instant>,
}

impl World {
    /// The world before the first entry.
    pub fn new(nodes: usize) -> Self {
        Self { nodes: vec![NodeWorld::default(); nodes], ..Self::default() }
    }

    /// Applies the next entry.
    pub fn apply(&mut self, entry: &Entry) {
        self.applied = entry.index + 1;
        self.at = entry.at;
        match &entry.event {
            Event::PacketSent { id, socket, packet, retransmission, .. } => {
                self.in_flight.insert(*id);
                // Retransmissions add nothing.
                if let (Packet::Segment(segment), false) = (packet, retransmission)
                    && let Some(socket) = socket.and_then(|id| self.socket(entry.node, id))
                {
                    // A window probe may carry an octet that is counted already.
                    socket.sent = socket.written.min(socket.sent + segment.payload.len() as u64);
                }
            }
            Event::PacketDelivered { id } | Event::PacketDropped { id, .. } => {
                self.in_flight.remove(id);
            }
            Event::Socket { socket, notice } => self.apply_notice(entry, *socket, notice),
            Event::CallReturned { socket, call, returned, .. } => {
                let node = &mut self.nodes[entry.node.index()];
                node.last_call = Some(entry.index);
                node.blocked = None;
                if let Some(socket) = socket.and_then(|id| node.sockets.get_mut(&id)) {
                    let socket = Rc::make_mut(socket);
                    match call {
                        Call::Close | Call::Abort => socket.given_up = true,
                        Call::Shutdown if *returned == Returned::Done => socket.output_shut = true,
                        _ => {}
                    }
                }
            }
            Event::CallBlocked { .. } => self.nodes[entry.node.index()].blocked = Some(entry.index),
            Event::PersistenceDecided { socket, persistence } => {
                if let Some(socket) = self.socket(entry.node, *socket) {
                    socket.persistence = Some(*persistence);
                }
            }
            Event::BeliefChanged { socket, belief } => {
                if let Some(socket) = self.socket(entry.node, *socket) {
                    socket.belief = Some((*belief, entry.at));
                }
            }
            Event::WaitingChanged { socket, waiting } => {
                if let Some(socket) = self.socket(entry.node, *socket) {
                    socket.waiting = Some((*waiting, entry.at));
                }
            }
            Event::TimerStarted { socket, purpose, expires_at } => {
                let timers = &mut self.nodes[entry.node.index()].timers;
                timers.retain(|(s, p, _, _)| (s, p) != (socket, purpose));
                timers.push((*socket, *purpose, entry.at, *expires_at));
            }
            Event::TimerExpired { socket, purpose } | Event::TimerStopped { socket, purpose } => {
                self.nodes[entry.node.index()].timers.retain(|(s, p, _, _)| (s, p) != (socket, purpose));
            }
            Event::TransactionCompleted { .. } => self.nodes[entry.node.index()].completed += 1,
            Event::EffectCaused { path, .. } => {
                let effects = &mut self.nodes[entry.node.index()].effects;
                match effects.iter_mut().find(|(known, _)| known == path) {
                    Some((_, last)) => *last = entry.index,
                    None => effects.push((path.clone(), entry.index)),
                }
            }
            Event::UserAsked { .. } => {
                self.nodes[entry.node.index()].question = Some((entry.index, None));
            }
            Event::UserAnswered { .. } => {
                if let Some((_, answered)) = &mut self.nodes[entry.node.index()].question {
                    *answered = Some(entry.index);
                }
            }
            Event::TransactionFailed { .. } => self.nodes[entry.node.index()].failed += 1,
            Event::AddressObtained { address, .. } => {
                self.nodes[entry.node.index()].leased = Some(*address);
            }
            Event::HostCrashed => {
                let node = &mut self.nodes[entry.node.index()];
                node.down_since = Some(entry.at);
                node.unread_since = None;
                node.timers.clear();
                node.blocked = None;
                node.question = None;
                node.leased = None;
            }
            Event::HostStarted => self.nodes[entry.node.index()].down_since = None,
            Event::ReadingChanged { reads } => {
                self.nodes[entry.node.index()].unread_since = (!reads).then_some(entry.at);
            }
            Event::AddressRefused { .. }
            | Event::NameResolved { .. }
            | Event::NameUnresolved { .. }
            | Event::TlsOpened { .. }
            | Event::EchoReturned { .. }
            | Event::EchoLost { .. }
            | Event::RequestReceived { .. }
            | Event::ResponseReceived { .. }
            | Event::MessageCompleted { .. }
            | Event::MessageIncomplete { .. }
            | Event::MessageRejected { .. }
            | Event::HeadersRewritten { .. }
            | Event::BytesRelayed { .. }
            | Event::ObjectNamed { .. }
            | Event::PagePainted { .. }
            | Event::PageCompleted { .. }
            | Event::RetryDecided { .. }
            | Event::CacheUsed { .. }
            | Event::AnswerChosen { .. }
            | Event::Intervened { .. }
            | Event::Withheld => {}
        }
    }

    fn socket(&mut self, node: NodeId, socket: SocketId) -> Option<&mut SocketWorld> {
        self.nodes[node.index()].sockets.get_mut(&socket).map(Rc::make_mut)
    }

    fn apply_notice(&mut self, entry: &Entry, id: SocketId, notice: &Notice) {
        let at = entry.at;
        let slot = self.nodes[entry.node.index()].sockets.entry(id).or_default();
        let socket = Rc::make_mut(slot);
        match notice {
            Notice::Listening { port } => {
                socket.opened_at = at;
                socket.listening_port = Some(*port);
            }
            Notice::Opened { tuple, listener, send_capacity, receive_capacity } => {
                socket.opened_at = at;
                // connect() may be called again after a failure.
                socket.error = None;
                socket.tuple = Some(*tuple);
                socket.listener = *listener;
                socket.send_capacity = *send_capacity;
                socket.receive_capacity = *receive_capacity;
                if listener.is_some() {
                    socket.state = State::Listen;
                }
            }
            Notice::StateChanged { to, .. } => {
                socket.state = *to;
                socket.state_since = at;
                if *to == State::Closed {
                    // The gap will never be filled.
                    socket.held.clear();
                }
            }
            Notice::TimerSet { timer, expires_at } => {
                socket.timers.insert(*timer, (at, *expires_at));
            }
            Notice::TimerStopped { timer } | Notice::TimerExpired { timer } => {
                socket.timers.remove(timer);
            }
            Notice::BytesQueued { range } => socket.written = range.end,
            Notice::BytesAcknowledged { range } => {
                socket.acknowledged = range.end;
                socket.sent = socket.sent.max(range.end);
            }
            Notice::BytesReceived { range } => {
                socket.received = range.end;
                socket.held.retain(|held| held.end > range.end);
            }
            Notice::BytesHeld { range } => hold(&mut socket.held, range.clone()),
            Notice::BytesRead { range } => socket.read = range.end,
            Notice::BytesDiscarded { buffer, range } => {
                socket.discarded_at = Some(at);
                match buffer {
                    Buffer::Receive => socket.discarded.push(range.clone()),
                    Buffer::Send => socket.discarded_unsent.push(range.clone()),
                }
            }
            Notice::EndReceived { at } => socket.end_received = Some(*at),
            Notice::CongestionChanged { cwnd, ssthresh, phase } => {
                socket.cwnd = *cwnd;
                socket.ssthresh = *ssthresh;
                socket.phase = *phase;
            }
            Notice::PeerWindowChanged { window } => socket.peer_window = *window,
            Notice::Errored { error } => socket.error = Some(*error),
            Notice::Released => {
                socket.released_at = Some(at);
                socket.timers.clear();
            }
            Notice::RttMeasured { .. } | Notice::SendHeld { .. } | Notice::SynDropped => {}
        }
    }
}

/// Inserts a range into ordered ranges and merges adjacent ones.
fn hold(held: &mut Vec<Range<u64>>, range: Range<u64>) {
    held.push(range);
    held.sort_by_key(|range| range.start);
    held.dedup_by(|next, last| {
        let touch = next.start <= last.end;
        if touch {
            last.end = last.end.max(next.end);
        }
        touch
    });
}
