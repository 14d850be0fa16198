//! A node's sockets: listening, connecting, ports, and which socket a segment belongs to.

use std::collections::VecDeque;
use std::rc::Rc;

use core::net::Ipv4Addr;

use bytes::Bytes;

use super::call::is_host_address;
use super::deadlines::Deadlines;
use super::ports::Ports;
use super::sockets::Unconnected;
use super::{CallError, Connection, Notice, Output, Profile, SocketId, State, Trigger};
use crate::order::Map;
use crate::rng::Rng;
use crate::rule::Rule;
use crate::time::Instant;
use crate::wire::{Endpoint, Flags, FourTuple, Segment, SeqNum, TcpOptions};

/// A listening socket.
#[derive(Debug)]
pub(super) struct Listener {
    port: u16,
    backlog: usize,
    /// Connections in SYN-RECEIVED, in the order of their numbers.
    half_open: Vec<SocketId>,
    ready: VecDeque<SocketId>,
}

/// A connection, and for when it stands among the deadlines.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) connection: Connection,
    queued: Option<Instant>,
}

/// What became of a socket's number.
#[derive(Debug)]
pub(super) enum Slot {
    Unconnected(Box<Unconnected>),
    Listener(Box<Listener>),
    Connection(Box<Held>),
    Released,
}

/// The TCP of one node: all its sockets.
///
/// The calling contract is that of [`Connection`]: calls, segments and time go in, `poll_output` gives
/// everything out in order.
///
/// Source: RFC 9293 section 3.9.1 (user calls), 3.10.7.1 (no connection); RFC 6056 (ephemeral ports).
#[derive(Debug)]
pub struct Stack {
    address: Ipv4Addr,
    profile: Rc<Profile>,
    /// What makes initial sequence numbers hard to guess.
    secret: u64,
    /// By number.
    pub(super) slots: Vec<Slot>,
    listening: Vec<SocketId>,
    /// By [`tuple_key`].
    tuples: Map<u64, SocketId>,
    ports: Ports,
    /// One for each socket that has a deadline, at the latest by then.
    deadlines: Deadlines,
    /// What is to be given out, in the order in which it came about.
    pub(crate) outbox: Vec<(Option<SocketId>, Output)>,
}

/// A 4-tuple of this stack as a number: its own address is the same in all.
fn tuple_key(tuple: FourTuple) -> u64 {
    u64::from(tuple.remote.address.to_bits()) << 32
        | u64::from(tuple.remote.port) << 16
        | u64::from(tuple.local.port)
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
            tuples: Map::new(),
            deadlines: Deadlines::default(),
            outbox: Vec::new(),
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
            Some(Slot::Connection(held)) => Some(&held.connection),
            _ => None,
        }
    }

    /// All connections that exist, in the order of their numbers.
    pub fn connections(&self) -> impl Iterator<Item = (SocketId, &Connection)> {
        let numbers = (0..).map(SocketId);
        numbers.zip(&self.slots).filter_map(|(id, slot)| match slot {
            Slot::Connection(held) => Some((id, &held.connection)),
            _ => None,
        })
    }

    /// How many sockets were ever made.
    pub fn sockets_made(&self) -> u32 {
        self.slots.len() as u32
    }

    fn listener(&mut self, socket: SocketId) -> Option<&mut Listener> {
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

    // ---- calls ----

    /// Passive open on `port`; at most `backlog` + 1 connections, half-open ones included, wait to be
    /// accepted, as Linux counts the finished ones.
    ///
    /// Errors: `EADDRINUSE` when the port already listens.
    ///
    /// Source: RFC 9293 section 3.10.1.
    pub fn listen(&mut self, port: u16, backlog: usize) -> Result<SocketId, CallError> {
        if self.listener_of(port).is_some() {
            return Err(CallError::AddressInUse);
        }
        let id = self.new_socket(Slot::Released);
        self.begin_listening(id, port, backlog);
        Ok(id)
    }

    pub(super) fn begin_listening(&mut self, id: SocketId, port: u16, backlog: usize) {
        let listener = Listener { port, backlog, half_open: Vec::new(), ready: VecDeque::new() };
        self.slots[id.0 as usize] = Slot::Listener(Box::new(listener));
        self.listening.push(id);
        self.note(id, Notice::Listening { port }, Rule::PassiveOpen);
        let opened =
            Notice::StateChanged { from: State::Closed, to: State::Listen, trigger: Trigger::PassiveOpen };
        self.note(id, opened, Rule::PassiveOpen);
    }

    /// Active open from an ephemeral port.
    ///
    /// Errors: `EADDRNOTAVAIL` when no port of the range is free for this peer (a 4-tuple in TIME-WAIT is
    /// not free); `ENETUNREACH` for an address that is no host's. Nothing is sent.
    ///
    /// Source: RFC 9293 section 3.10.1, RFC 6056 section 3.3.1.
    pub fn connect(&mut self, now: Instant, remote: Endpoint) -> Result<SocketId, CallError> {
        let port = self.local_port(None, remote)?;
        let id = self.new_socket(Slot::Released);
        self.begin_connecting(now, id, port, remote);
        Ok(id)
    }

    /// The local port for a connection to `remote`: the one that was bound, or the next ephemeral one.
    pub(super) fn local_port(&mut self, bound: Option<u16>, remote: Endpoint) -> Result<u16, CallError> {
        if !is_host_address(remote.address) {
            return Err(CallError::NetworkUnreachable);
        }
        loop {
            let next = match bound {
                Some(port) => port,
                None => self.ports.next(remote).ok_or(CallError::AddressNotAvailable)?,
            };
            let tuple = FourTuple { local: Endpoint::new(self.address, next), remote };
            match (self.tuples.contains_key(&tuple_key(tuple)), bound) {
                (false, _) => return Ok(next),
                (true, Some(_)) => return Err(CallError::AddressInUse),
                // A connection that was accepted on this very port: it counts from now on.
                (true, None) => self.ports.take(remote, next),
            }
        }
    }

    /// Active open from a port of the caller's choice.
    ///
    /// Errors: `EADDRINUSE` when the 4-tuple exists, TIME-WAIT included.
    pub fn connect_from(&mut self, now: Instant, port: u16, remote: Endpoint) -> Result<SocketId, CallError> {
        let port = self.local_port(Some(port), remote)?;
        let id = self.new_socket(Slot::Released);
        self.begin_connecting(now, id, port, remote);
        Ok(id)
    }

    pub(super) fn begin_connecting(&mut self, now: Instant, id: SocketId, port: u16, remote: Endpoint) {
        let tuple = FourTuple { local: Endpoint::new(self.address, port), remote };
        self.ports.take(remote, port);
        self.add_connection(now, id, tuple, None);
        self.with(id, |connection| connection.open(now));
    }

    /// Takes the next finished connection of a listening socket.
    pub fn accept(&mut self, listener: SocketId) -> Option<SocketId> {
        self.listener(listener)?.ready.pop_front()
    }

    /// See [`Connection::close`]. A listening socket closes with the connections nobody accepted.
    pub fn close(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        if let Some(slot @ Slot::Listener(_)) = self.slots.get_mut(socket.0 as usize)
            && let Slot::Listener(listener) = core::mem::replace(slot, Slot::Released)
        {
            self.listening.retain(|other| *other != socket);
            for waiting in listener.half_open.into_iter().chain(listener.ready) {
                self.with(waiting, |connection| connection.abort(now));
            }
            let closed =
                Notice::StateChanged { from: State::Listen, to: State::Closed, trigger: Trigger::Close };
            self.note(socket, closed, Rule::CloseCall);
            self.note(socket, Notice::Released, Rule::CloseCall);
            return Ok(());
        }
        if let Some(slot @ Slot::Unconnected(_)) = self.slots.get_mut(socket.0 as usize) {
            *slot = Slot::Released;
            return Ok(());
        }
        if self.connection(socket).is_some_and(|connection| connection.linger == Some(0)) {
            return self.abort(now, socket);
        }
        self.with(socket, |connection| connection.close(now)).ok_or(CallError::BadSocket)
    }

    /// See [`Connection::abort`].
    pub fn abort(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, |connection| connection.abort(now)).ok_or(CallError::BadSocket)
    }

    /// See [`Connection::set_no_delay`].
    pub fn set_no_delay(&mut self, now: Instant, socket: SocketId, on: bool) -> Result<(), CallError> {
        match self.with(socket, |connection| connection.set_no_delay(now, on)) {
            Some(()) => Ok(()),
            None => self.set_no_delay_later(socket, on),
        }
    }

    // ---- segments, time, output ----

    /// Handles a segment that reached this node.
    ///
    /// Source: RFC 9293 section 3.10.7.
    pub fn handle_segment(&mut self, now: Instant, segment: &Segment) {
        let tuple = segment.receiver_tuple();
        if let Some(&id) = self.tuples.get(&tuple_key(tuple)) {
            if !self.gives_way(id, segment) {
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

    /// Whether a connection in TIME-WAIT makes room for a new one of the same 4-tuple.
    ///
    /// Source: RFC 9293 section 3.6.1: the SYN's number must be beyond the last one of the old connection.
    fn gives_way(&self, id: SocketId, segment: &Segment) -> bool {
        self.connection(id).is_some_and(|connection| {
            connection.state() == State::TimeWait
                && segment.flags.is_syn()
                && !segment.flags.is_ack()
                && !segment.flags.is_rst()
                && segment.seq.is_after(connection.rcv_nxt)
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
        self.outbox.push((None, Output::Segment { segment: Rc::new(reset), rule, retransmission: false }));
    }

    /// Handles every timer that has expired by `now`.
    pub fn handle_timeout(&mut self, now: Instant) {
        while let Some((at, id)) = self.first_deadline() {
            if at > now {
                return;
            }
            self.with(id, |connection| connection.handle_timeout(now));
        }
    }

    /// When `handle_timeout` is due.
    pub fn poll_timeout(&mut self) -> Option<Instant> {
        self.first_deadline().map(|(at, _)| at)
    }

    /// The next thing to give out: segments, facts and events in the order they came about.
    pub fn poll_output(&mut self) -> Option<(Option<SocketId>, Output)> {
        (!self.outbox.is_empty()).then(|| self.outbox.remove(0))
    }

    // ---- inside ----

    pub(super) fn connection_of(&self, tuple: FourTuple) -> Option<SocketId> {
        self.tuples.get(&tuple_key(tuple)).copied()
    }

    pub(super) fn new_socket(&mut self, slot: Slot) -> SocketId {
        self.slots.push(slot);
        SocketId(self.slots.len() as u32 - 1)
    }

    fn add_connection(&mut self, now: Instant, id: SocketId, tuple: FourTuple, listener: Option<SocketId>) {
        let iss = self.initial_number(now, tuple);
        let connection = Connection::new(now, id, Rc::clone(&self.profile), tuple, listener, iss);
        self.slots[id.0 as usize] = Slot::Connection(Box::new(Held { connection, queued: None }));
        self.tuples.insert(tuple_key(tuple), id);
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
        // The clock counts modulo 2^32, so the cut is the meaning.
        SeqNum(Rng::new(self.secret, name).next_u32()) + now.as_micros().wrapping_mul(4) as u32
    }

    fn note(&mut self, id: SocketId, notice: Notice, rule: Rule) {
        self.outbox.push((Some(id), Output::Notice { notice, rule }));
    }

    /// Runs `call` on a connection, then takes what came of it.
    pub(super) fn with<T>(&mut self, id: SocketId, call: impl FnOnce(&mut Connection) -> T) -> Option<T> {
        let Some(Slot::Connection(held)) = self.slots.get_mut(id.0 as usize) else { return None };
        held.connection.swap_outputs(&mut self.outbox);
        let result = call(&mut held.connection);
        held.connection.swap_outputs(&mut self.outbox);
        self.after_call(id);
        Some(result)
    }

    /// Takes a connection's deadline, frees its 4-tuple when it is closed, and itself when it is over.
    fn after_call(&mut self, id: SocketId) {
        let Some(Slot::Connection(held)) = self.slots.get_mut(id.0 as usize) else { return };
        let connection = &mut held.connection;
        let (listener, tuple) = (connection.listener, connection.tuple());
        let (over, closed) = (connection.is_over(), connection.state() == State::Closed);
        let deadline = connection.poll_timeout();
        // A later deadline than the one that is queued waits for that: most timers are stopped or set anew.
        if let Some(at) = deadline
            && held.queued.is_none_or(|queued| at < queued)
        {
            held.queued = Some(at);
            self.deadlines.push((at, id));
        }
        let finished = core::mem::take(&mut connection.is_finished);
        if finished && let Some(waiting) = listener.and_then(|listener| self.listener(listener)) {
            waiting.half_open.retain(|half_open| *half_open != id);
            waiting.ready.push_back(id);
        }
        // A closed connection's 4-tuple is free even while its user still holds the socket.
        if closed && self.tuples.get(&tuple_key(tuple)) == Some(&id) {
            self.tuples.remove(&tuple_key(tuple));
            self.ports.give_back(tuple.remote, tuple.local.port);
        }
        if over {
            self.slots[id.0 as usize] = Slot::Released;
            if let Some(listener) = listener.and_then(|listener| self.listener(listener)) {
                listener.half_open.retain(|half_open| *half_open != id);
                listener.ready.retain(|ready| *ready != id);
            }
            self.note(id, Notice::Released, Rule::CloseCall);
        }
    }

    /// The soonest deadline that holds; those before it are dropped.
    fn first_deadline(&mut self) -> Option<(Instant, SocketId)> {
        while let Some((at, id)) = self.deadlines.first() {
            let held = match self.slots.get_mut(id.0 as usize) {
                Some(Slot::Connection(held)) if held.queued == Some(at) => held,
                _ => {
                    self.deadlines.drop_first();
                    continue;
                }
            };
            let deadline = held.connection.poll_timeout();
            if deadline == Some(at) {
                return Some((at, id));
            }
            held.queued = deadline;
            self.deadlines.drop_first();
            if let Some(later) = deadline {
                self.deadlines.push((later, id));
            }
        }
        None
    }
}
