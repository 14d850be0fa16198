//! A node's sockets: the socket table, demultiplexing of segments, and timers.

use core::net::Ipv4Addr;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use bytes::Bytes;

use super::ports::Ports;
use super::socket_options::SocketOptions;
use super::{CallError, Connection, Notice, Output, Profile, SocketEvent, SocketId, State, Trigger};
use crate::rng::Rng;
use crate::rule::Rule;
use crate::time::Instant;
use crate::timeline::Timeline;
use crate::wire::{Flags, FourTuple, Segment, SeqNum, TcpOptions};

/// A socket that neither listens nor connects yet, and its options so far.
#[derive(Debug)]
pub(super) struct Unconnected {
    /// The local port of its `bind`.
    pub port: Option<u16>,
    pub no_delay: bool,
    pub linger: Option<u32>,
    pub options: SocketOptions,
}

/// A listening socket.
#[derive(Debug)]
pub(super) struct Listener {
    pub port: u16,
    pub backlog: usize,
    /// Those that its connections inherit.
    pub options: SocketOptions,
    /// Connections in SYN-RECEIVED, in the order of their numbers.
    pub half_open: Vec<SocketId>,
    /// Connections in ESTABLISHED that wait for `accept`.
    pub ready: VecDeque<SocketId>,
}

/// A connection in its stack.
#[derive(Debug)]
pub(super) struct StackConnection {
    pub connection: Connection,
    /// The listening socket that made it, for a passive open.
    pub listener: Option<SocketId>,
    pub options: SocketOptions,
    /// Its entry in the timer queue.
    queued: Option<Instant>,
}

/// An entry of the socket table.
#[derive(Debug)]
pub(super) enum Slot {
    Unconnected(Unconnected),
    Listener(Listener),
    Connection(Box<StackConnection>),
    Released,
}

/// The TCP of one node: all its sockets.
///
/// # Calling contract
///
/// That of [`Connection`], with a [`SocketId`] for each call: hand in socket calls, segments that reached the node
/// ([`handle_segment`](Self::handle_segment)) and time ([`handle_timeout`](Self::handle_timeout), when
/// [`poll_timeout`](Self::poll_timeout) says); after each take [`drain_outputs`](Self::drain_outputs).
///
/// Source: RFC 9293 sections 3.9.1 (user calls) and 3.10.7.1 (no connection), RFC 6056 (ephemeral ports).
#[derive(Debug)]
pub struct Stack {
    pub(super) address: Ipv4Addr,
    profile: Rc<Profile>,
    /// Makes initial sequence numbers hard to guess.
    secret: u64,
    /// Sockets by their number.
    pub(super) slots: Vec<Slot>,
    pub(super) listening: Vec<SocketId>,
    pub(super) tuples: BTreeMap<FourTuple, SocketId>,
    pub(super) ports: Ports,
    /// Timer queue: at most one valid entry a socket, never later than its next timer.
    timers: Timeline<SocketId>,
    outputs: Vec<(Option<SocketId>, Output)>,
}

impl Stack {
    /// A stack without sockets at `address`; `seed` decides its initial sequence numbers.
    pub fn new(address: Ipv4Addr, profile: Profile, seed: u64) -> Self {
        Self {
            address,
            ports: Ports::new(&profile),
            profile: Rc::new(profile),
            secret: Rng::new(seed, u64::from(address.to_bits())).next_u64(),
            slots: Vec::new(),
            listening: Vec::new(),
            tuples: BTreeMap::new(),
            timers: Timeline::default(),
            outputs: Vec::new(),
        }
    }

    /// The node's address.
    pub fn address(&self) -> Ipv4Addr {
        self.address
    }

    /// Gives the node an address; connections that exist keep theirs.
    pub fn set_address(&mut self, address: Ipv4Addr) {
        self.address = address;
    }

    /// The profile, with the scenario's changes.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The connection of a socket, while it exists.
    pub fn connection(&self, socket: SocketId) -> Option<&Connection> {
        match self.slots.get(socket.0 as usize) {
            Some(Slot::Connection(entry)) => Some(&entry.connection),
            _ => None,
        }
    }

    /// All connections that exist, in the order of their numbers.
    pub fn connections(&self) -> impl Iterator<Item = (SocketId, &Connection)> {
        let numbers = (0..).map(SocketId);
        numbers.zip(&self.slots).filter_map(|(id, slot)| match slot {
            Slot::Connection(entry) => Some((id, &entry.connection)),
            _ => None,
        })
    }

    /// Sockets ever made.
    pub fn sockets_made(&self) -> u32 {
        self.slots.len() as u32
    }

    /// Handles a segment that reached this node.
    ///
    /// Source: RFC 9293 section 3.10.7.
    pub fn handle_segment(&mut self, now: Instant, segment: &Segment) {
        let tuple = segment.receiver_tuple();
        if let Some(&id) = self.tuples.get(&tuple) {
            if !self.is_reopened_by(id, segment) {
                self.with(id, |connection| connection.handle_segment(now, segment));
                return;
            }
            // The socket itself stays for a user that still holds it.
            self.with(id, |connection| connection.set_state(Trigger::ReceiveNewSyn, Rule::TimeWaitReuse));
        }
        match self.listener_of(tuple.local.port) {
            Some(listener) => self.arrives_listen(now, segment, listener),
            None if segment.flags.is_syn() => self.arrives_closed(segment, Rule::NoListener),
            None => self.arrives_closed(segment, Rule::NoConnection),
        }
    }

    /// Whether a SYN ends a connection in TIME-WAIT and opens a new one with the same 4-tuple.
    ///
    /// Source: RFC 9293 section 3.6.1: the SYN's number must be beyond the last one of the old connection.
    fn is_reopened_by(&self, id: SocketId, segment: &Segment) -> bool {
        self.connection(id).is_some_and(|connection| {
            connection.state() == State::TimeWait
                && segment.flags.is_syn()
                && !segment.flags.is_ack()
                && !segment.flags.is_rst()
                && segment.seq.is_after(connection.rcv.nxt)
                && self.listener_of(connection.tuple().local.port).is_some()
        })
    }

    /// Section 3.10.7.2.
    fn arrives_listen(&mut self, now: Instant, segment: &Segment, listener: SocketId) {
        // First, check for a RST. Second, check for an ACK. Third, check for a SYN.
        if segment.flags.is_rst() {
            return;
        }
        if segment.flags.is_ack() {
            self.arrives_closed(segment, Rule::NoConnection);
            return;
        }
        if !segment.flags.is_syn() {
            return;
        }
        let is_full = |it: &mut Listener| it.ready.len() + it.half_open.len() > it.backlog;
        if self.listener(listener).is_some_and(is_full) {
            self.note(listener, Notice::SynDropped, Rule::BacklogFull);
            return;
        }
        let id = self.new_socket(Slot::Released);
        self.add_connection(now, id, segment.receiver_tuple(), Some(listener));
        if let Some(listener) = self.listener(listener) {
            listener.half_open.push(id);
        }
        self.with(id, |connection| connection.handle_segment(now, segment));
    }

    /// Section 3.10.7.1: a segment for which there is no connection is answered by RST.
    fn arrives_closed(&mut self, segment: &Segment, rule: Rule) {
        if segment.flags.is_rst() {
            return;
        }
        let (seq, ack, flags) = if segment.flags.is_ack() {
            (segment.ack, SeqNum(0), Flags::RST)
        } else {
            (SeqNum(0), segment.seq_end(), Flags::RST | Flags::ACK)
        };
        let reset = Segment {
            source: segment.destination,
            destination: segment.source,
            seq,
            ack,
            flags,
            window: 0,
            options: TcpOptions::default(),
            payload: Bytes::new(),
        };
        self.outputs.push((None, Output::Segment { segment: Rc::new(reset), rule, retransmission: false }));
    }

    /// Handles an ICMP error: this stack's segment `seq` of the connection `tuple` could not be delivered.
    ///
    /// Source: RFC 1122 section 4.2.3.9: it is passed on to the connection of the quoted segment.
    pub fn handle_unreachable(&mut self, tuple: FourTuple, seq: SeqNum, error: CallError) {
        if let Some(&socket) = self.tuples.get(&tuple) {
            self.with(socket, |connection| connection.handle_unreachable(seq, error));
        }
    }

    /// Handles every timer that has expired by `now`.
    pub fn handle_timeout(&mut self, now: Instant) {
        while let Some((at, id)) = self.next_timer() {
            if at > now {
                return;
            }
            self.with(id, |connection| connection.handle_timeout(now));
        }
    }

    /// When `handle_timeout` is due.
    pub fn poll_timeout(&mut self) -> Option<Instant> {
        self.next_timer().map(|(at, _)| at)
    }

    /// What came of the calls since the last time, in order: segments, facts and events, each with its socket. A
    /// segment for which there is no connection is answered without one.
    pub fn drain_outputs(&mut self) -> impl Iterator<Item = (Option<SocketId>, Output)> {
        self.outputs.drain(..)
    }

    // ---- shared with the calls ----

    pub(super) fn listener(&mut self, socket: SocketId) -> Option<&mut Listener> {
        match self.slots.get_mut(socket.0 as usize) {
            Some(Slot::Listener(listener)) => Some(listener),
            _ => None,
        }
    }

    /// The listening socket of a port.
    pub(super) fn listener_of(&self, port: u16) -> Option<SocketId> {
        self.listening.iter().copied().find(|id| {
            matches!(self.slots.get(id.0 as usize), Some(Slot::Listener(listener)) if listener.port == port)
        })
    }

    pub(super) fn new_socket(&mut self, slot: Slot) -> SocketId {
        self.slots.push(slot);
        SocketId(self.slots.len() as u32 - 1)
    }

    pub(super) fn add_connection(
        &mut self,
        now: Instant,
        id: SocketId,
        tuple: FourTuple,
        listener: Option<SocketId>,
    ) {
        let iss = self.initial_number(now, tuple);
        let inherited = listener.and_then(|listener| self.options(listener).ok().copied());
        let options = inherited.unwrap_or_else(|| SocketOptions::new(&self.profile));
        let (profile, passive) = (Rc::clone(&self.profile), listener.is_some());
        let connection = Connection::new(now, profile, tuple, passive, iss, options.keepalive);
        let entry = StackConnection { connection, listener, options, queued: None };
        self.slots[id.0 as usize] = Slot::Connection(Box::new(entry));
        self.tuples.insert(tuple, id);
        let opened = Notice::Opened {
            tuple,
            listener,
            send_capacity: self.profile.send_buffer as usize,
            receive_capacity: self.profile.receive_buffer as usize,
        };
        self.note(id, opened, if listener.is_some() { Rule::ListenSyn } else { Rule::ActiveOpen });
    }

    /// A number that differs from 4-tuple to 4-tuple and grows with time, so that a new connection's numbers
    /// lie beyond those of an old one with the same 4-tuple.
    ///
    /// Units: four ticks a microsecond, where the RFC has one in four microseconds: links are faster now.
    ///
    /// Source: RFC 9293 section 3.4.1.
    fn initial_number(&self, now: Instant, tuple: FourTuple) -> SeqNum {
        let name = u64::from(tuple.remote.address.to_bits()) << 32
            | u64::from(tuple.local.port) << 16
            | u64::from(tuple.remote.port);
        // The clock counts modulo 2^32, so the cut is intended.
        SeqNum(Rng::new(self.secret, name).next_u32()) + now.as_micros().wrapping_mul(4) as u32
    }

    pub(super) fn note(&mut self, id: SocketId, notice: Notice, rule: Rule) {
        self.outputs.push((Some(id), Output::Notice { notice, rule }));
    }

    /// Runs `call` on a connection, then takes its outputs.
    pub(super) fn with<T>(&mut self, id: SocketId, call: impl FnOnce(&mut Connection) -> T) -> Option<T> {
        let Some(Slot::Connection(entry)) = self.slots.get_mut(id.0 as usize) else { return None };
        let result = call(&mut entry.connection);
        let mut is_acceptable = false;
        for output in entry.connection.drain_outputs() {
            self.outputs.push(match (entry.listener, output) {
                // The user of the listening socket hears of a new connection, not the connection's own.
                (Some(listener), Output::Event(SocketEvent::Connected)) => {
                    is_acceptable = true;
                    (Some(listener), Output::Event(SocketEvent::Acceptable))
                }
                (_, output) => (Some(id), output),
            });
        }
        self.after_call(id, is_acceptable);
        Some(result)
    }

    /// Queues a connection's next timer, frees its 4-tuple when it is closed, and itself when it is over.
    fn after_call(&mut self, id: SocketId, is_acceptable: bool) {
        let Some(Slot::Connection(entry)) = self.slots.get_mut(id.0 as usize) else { return };
        let (listener, connection) = (entry.listener, &mut entry.connection);
        let (tuple, state, over) = (connection.tuple(), connection.state(), connection.is_over());
        if matches!(state, State::TimeWait | State::Closed) {
            connection.release_memory();
        }
        // A later timer than the one that is queued waits for that: most timers are stopped or set anew.
        if let Some(at) = connection.poll_timeout()
            && entry.queued.is_none_or(|queued| at < queued)
        {
            entry.queued = Some(at);
            self.timers.append(at, id);
        }
        if is_acceptable && let Some(waiting) = listener.and_then(|listener| self.listener(listener)) {
            waiting.half_open.retain(|half_open| *half_open != id);
            waiting.ready.push_back(id);
        }
        // A closed connection's 4-tuple is free even while its user still holds the socket.
        if state == State::Closed && self.tuples.get(&tuple) == Some(&id) {
            self.tuples.remove(&tuple);
            self.ports.give_back(tuple.remote, tuple.local.port);
        }
        if over {
            self.slots[id.0 as usize] = Slot::Released;
            if let Some(listener) = listener.and_then(|listener| self.listener(listener)) {
                listener.half_open.retain(|half_open| *half_open != id);
                listener.ready.retain(|ready| *ready != id);
            }
            self.note(id, Notice::Released, Rule::SocketGone);
        }
    }

    /// The next timer; outdated entries before it are dropped or renewed.
    fn next_timer(&mut self) -> Option<(Instant, SocketId)> {
        while let Some((at, &id)) = self.timers.peek() {
            let entry = match self.slots.get_mut(id.0 as usize) {
                Some(Slot::Connection(entry)) if entry.queued == Some(at) => entry,
                _ => {
                    self.timers.pop();
                    continue;
                }
            };
            let next = entry.connection.poll_timeout();
            if next == Some(at) {
                return Some((at, id));
            }
            entry.queued = next;
            self.timers.pop();
            if let Some(later) = next {
                self.timers.append(later, id);
            }
        }
        None
    }
}
