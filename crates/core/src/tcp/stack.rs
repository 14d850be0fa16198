//! A node's sockets: listening, connecting, ports, and which socket a segment belongs to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use core::net::Ipv4Addr;

use bytes::Bytes;

use super::call::is_host_address;
use super::{
    CallError, Connection, Notice, Output, Profile, Received, SocketEvent, SocketId, State, Trigger,
};
use crate::rng::Rng;
use crate::rule::Rule;
use crate::time::Instant;
use crate::wire::{Endpoint, Flags, FourTuple, Segment, SeqNum, TcpOptions};

/// A listening socket.
#[derive(Debug)]
struct Listener {
    port: u16,
    backlog: usize,
    /// Connections in SYN-RECEIVED.
    half_open: BTreeSet<SocketId>,
    ready: VecDeque<SocketId>,
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
    next_socket: u32,
    next_port: u16,
    listeners: BTreeMap<SocketId, Listener>,
    connections: BTreeMap<SocketId, Connection>,
    tuples: BTreeMap<FourTuple, SocketId>,
    deadlines: BTreeSet<(Instant, SocketId)>,
    deadline_of: BTreeMap<SocketId, Instant>,
    outbox: VecDeque<(Option<SocketId>, Output)>,
}

impl Stack {
    /// A stack without sockets at `address`; `seed` decides its initial sequence numbers.
    pub fn new(address: Ipv4Addr, profile: Profile, seed: u64) -> Self {
        let next_port = profile.ephemeral_ports.0;
        Self {
            address,
            profile: Rc::new(profile),
            secret: Rng::new(seed, u64::from(address.to_bits())).next_u64(),
            next_socket: 0,
            next_port,
            listeners: BTreeMap::new(),
            connections: BTreeMap::new(),
            tuples: BTreeMap::new(),
            deadlines: BTreeSet::new(),
            deadline_of: BTreeMap::new(),
            outbox: VecDeque::new(),
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
        self.connections.get(&socket)
    }

    /// All connections that exist, in the order of their numbers.
    pub fn connections(&self) -> impl Iterator<Item = (SocketId, &Connection)> {
        self.connections.iter().map(|(id, connection)| (*id, connection))
    }

    /// How many sockets were ever made.
    pub fn sockets_made(&self) -> u32 {
        self.next_socket
    }

    // ---- calls ----

    /// Passive open on `port`; at most `backlog` + 1 connections, half-open ones included, wait to be
    /// accepted, as Linux counts the finished ones.
    ///
    /// Errors: `EADDRINUSE` when the port already listens.
    ///
    /// Source: RFC 9293 section 3.10.1.
    pub fn listen(&mut self, port: u16, backlog: usize) -> Result<SocketId, CallError> {
        if self.listeners.values().any(|listener| listener.port == port) {
            return Err(CallError::AddressInUse);
        }
        let id = self.new_socket();
        self.listeners
            .insert(id, Listener { port, backlog, half_open: BTreeSet::new(), ready: VecDeque::new() });
        self.note(id, Notice::Listening { port }, Rule::PassiveOpen);
        let opened =
            Notice::StateChanged { from: State::Closed, to: State::Listen, trigger: Trigger::PassiveOpen };
        self.note(id, opened, Rule::PassiveOpen);
        Ok(id)
    }

    /// Active open from an ephemeral port.
    ///
    /// Errors: `EADDRNOTAVAIL` when no port of the range is free for this peer (a 4-tuple in TIME-WAIT is
    /// not free); `ENETUNREACH` for an address that is no host's. Nothing is sent.
    ///
    /// Source: RFC 9293 section 3.10.1, RFC 6056 section 3.3.1.
    pub fn connect(&mut self, now: Instant, remote: Endpoint) -> Result<SocketId, CallError> {
        if !is_host_address(remote.address) {
            return Err(CallError::NetworkUnreachable);
        }
        let port = self.ephemeral_port(remote).ok_or(CallError::AddressNotAvailable)?;
        self.connect_from(now, port, remote)
    }

    /// Active open from a port of the caller's choice.
    ///
    /// Errors: `EADDRINUSE` when the 4-tuple exists, TIME-WAIT included.
    pub fn connect_from(&mut self, now: Instant, port: u16, remote: Endpoint) -> Result<SocketId, CallError> {
        let tuple = FourTuple { local: Endpoint::new(self.address, port), remote };
        if self.tuples.contains_key(&tuple) {
            return Err(CallError::AddressInUse);
        }
        let id = self.add_connection(now, tuple, None);
        self.with(id, |connection| connection.open(now));
        Ok(id)
    }

    /// Takes the next finished connection of a listening socket.
    pub fn accept(&mut self, listener: SocketId) -> Option<SocketId> {
        self.listeners.get_mut(&listener)?.ready.pop_front()
    }

    /// See [`Connection::send`].
    pub fn send(
        &mut self,
        now: Instant,
        socket: SocketId,
        octets: &Bytes,
    ) -> Result<Option<usize>, CallError> {
        self.with(socket, |connection| connection.send(now, octets)).unwrap_or(Err(CallError::BadSocket))
    }

    /// See [`Connection::receive`].
    pub fn receive(&mut self, now: Instant, socket: SocketId, max: usize) -> Result<Received, CallError> {
        self.with(socket, |connection| connection.receive(now, max)).unwrap_or(Err(CallError::BadSocket))
    }

    /// See [`Connection::shutdown`].
    pub fn shutdown(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, |connection| connection.shutdown(now)).unwrap_or(Err(CallError::BadSocket))
    }

    /// See [`Connection::shutdown_input`].
    pub fn shutdown_input(&mut self, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, Connection::shutdown_input).unwrap_or(Err(CallError::BadSocket))
    }

    /// See [`Connection::close`]. A listening socket closes with the connections nobody accepted.
    pub fn close(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        if let Some(listener) = self.listeners.remove(&socket) {
            for waiting in listener.half_open.into_iter().chain(listener.ready) {
                self.with(waiting, |connection| connection.abort(now));
            }
            let closed =
                Notice::StateChanged { from: State::Listen, to: State::Closed, trigger: Trigger::Close };
            self.note(socket, closed, Rule::CloseCall);
            self.note(socket, Notice::Released, Rule::CloseCall);
            return Ok(());
        }
        self.with(socket, |connection| connection.close(now)).ok_or(CallError::BadSocket)
    }

    /// See [`Connection::abort`].
    pub fn abort(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, |connection| connection.abort(now)).ok_or(CallError::BadSocket)
    }

    /// See [`Connection::set_no_delay`].
    pub fn set_no_delay(&mut self, now: Instant, socket: SocketId, on: bool) -> Result<(), CallError> {
        self.with(socket, |connection| connection.set_no_delay(now, on)).ok_or(CallError::BadSocket)
    }

    // ---- segments, time, output ----

    /// Handles a segment that reached this node.
    ///
    /// Source: RFC 9293 section 3.10.7.
    pub fn handle_segment(&mut self, now: Instant, segment: &Segment) {
        let tuple = segment.receiver_tuple();
        if let Some(&id) = self.tuples.get(&tuple) {
            if !self.gives_way(id, segment) {
                self.with(id, |connection| connection.handle_segment(now, segment));
                return;
            }
            // The socket itself stays for a user that still holds it.
            self.with(id, |connection| connection.set_state(Trigger::ReceiveNewSyn, Rule::TimeWaitReuse));
        }
        let listener = self.listeners.iter().find(|(_, listener)| listener.port == tuple.local.port);
        match listener.map(|(id, listener)| (*id, listener)) {
            Some((id, listener)) => {
                let full = listener.ready.len() + listener.half_open.len() > listener.backlog;
                self.arrives_listen(now, segment, id, full);
            }
            None => self.arrives_closed(segment, Rule::NoListener),
        }
    }

    /// Whether a connection in TIME-WAIT makes room for a new one of the same 4-tuple.
    ///
    /// Source: RFC 9293 section 3.6.1: the SYN's number must be beyond the last one of the old connection.
    fn gives_way(&self, id: SocketId, segment: &Segment) -> bool {
        self.connections.get(&id).is_some_and(|connection| {
            connection.state() == State::TimeWait
                && segment.flags.is_syn()
                && !segment.flags.is_ack()
                && !segment.flags.is_rst()
                && segment.seq.is_after(connection.rcv_nxt)
                && self.listeners.values().any(|listener| listener.port == connection.tuple().local.port)
        })
    }

    /// Section 3.10.7.2.
    fn arrives_listen(&mut self, now: Instant, segment: &Segment, listener: SocketId, full: bool) {
        // First, check for a RST. Second, check for an ACK. Third, check for a SYN.
        if segment.flags.is_rst() {
            return;
        }
        if segment.flags.is_ack() {
            self.arrives_closed(segment, Rule::BadAckInHandshake);
            return;
        }
        if !segment.flags.is_syn() {
            return;
        }
        if full {
            self.note(listener, Notice::SynDropped, Rule::BacklogFull);
            return;
        }
        let id = self.add_connection(now, segment.receiver_tuple(), Some(listener));
        if let Some(listener) = self.listeners.get_mut(&listener) {
            listener.half_open.insert(id);
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
        self.outbox.push_back((None, Output::Segment { segment: reset, rule, retransmission: false }));
    }

    /// Handles every timer that has expired by `now`.
    pub fn handle_timeout(&mut self, now: Instant) {
        while let Some(&(at, id)) = self.deadlines.first() {
            if at > now {
                return;
            }
            self.with(id, |connection| connection.handle_timeout(now));
        }
    }

    /// When `handle_timeout` is due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.deadlines.first().map(|(at, _)| *at)
    }

    /// The next thing to give out: segments, facts and events in the order they came about.
    pub fn poll_output(&mut self) -> Option<(Option<SocketId>, Output)> {
        self.outbox.pop_front()
    }

    // ---- inside ----

    fn new_socket(&mut self) -> SocketId {
        let id = SocketId(self.next_socket);
        self.next_socket += 1;
        id
    }

    fn add_connection(&mut self, now: Instant, tuple: FourTuple, listener: Option<SocketId>) -> SocketId {
        let id = self.new_socket();
        let iss = self.initial_number(now, tuple);
        let connection = Connection::new(now, Rc::clone(&self.profile), tuple, listener, iss);
        self.connections.insert(id, connection);
        self.tuples.insert(tuple, id);
        id
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
        self.outbox.push_back((Some(id), Output::Notice { notice, rule }));
    }

    /// Runs `call` on a connection, then takes what came of it.
    fn with<T>(&mut self, id: SocketId, call: impl FnOnce(&mut Connection) -> T) -> Option<T> {
        let connection = self.connections.get_mut(&id)?;
        let result = call(connection);
        for output in connection.take_outputs() {
            // The listening socket's user hears of a finished connection, not the connection's own.
            match (&output, connection.listener) {
                (Output::Event(SocketEvent::Connected), Some(listener)) => {
                    if let Some(waiting) = self.listeners.get_mut(&listener) {
                        waiting.half_open.remove(&id);
                        waiting.ready.push_back(id);
                        self.outbox.push_back((Some(listener), Output::Event(SocketEvent::Acceptable)));
                    }
                }
                _ => self.outbox.push_back((Some(id), output)),
            }
        }
        let (deadline, over, closed) =
            (connection.poll_timeout(), connection.is_over(), connection.state() == State::Closed);
        if self.deadline_of.get(&id).copied() != deadline {
            if let Some(old) = self.deadline_of.remove(&id) {
                self.deadlines.remove(&(old, id));
            }
            if let Some(new) = deadline {
                self.deadline_of.insert(id, new);
                self.deadlines.insert((new, id));
            }
        }
        if closed && let Some(connection) = self.connections.get(&id) {
            // A closed connection's 4-tuple is free even while its user still holds the socket.
            let tuple = connection.tuple();
            if self.tuples.get(&tuple) == Some(&id) {
                self.tuples.remove(&tuple);
            }
        }
        if over {
            self.release(id);
        }
        Some(result)
    }

    fn release(&mut self, id: SocketId) {
        let Some(mut connection) = self.connections.remove(&id) else { return };
        for output in connection.take_outputs() {
            self.outbox.push_back((Some(id), output));
        }
        let tuple = connection.tuple();
        if self.tuples.get(&tuple) == Some(&id) {
            self.tuples.remove(&tuple);
        }
        if let Some(old) = self.deadline_of.remove(&id) {
            self.deadlines.remove(&(old, id));
        }
        for listener in self.listeners.values_mut() {
            listener.half_open.remove(&id);
            listener.ready.retain(|ready| *ready != id);
        }
        self.note(id, Notice::Released, Rule::CloseCall);
    }

    /// The next port of the range that makes a new 4-tuple with `remote`.
    ///
    /// Source: RFC 6056 section 3.3.1, without the random start: a lesson's ports should be readable.
    fn ephemeral_port(&mut self, remote: Endpoint) -> Option<u16> {
        let (first, last) = self.profile.ephemeral_ports;
        let count = u32::from(last.checked_sub(first)?) + 1;
        let address = self.address;
        let is_free =
            |port: u16| !self.tuples.contains_key(&FourTuple { local: Endpoint::new(address, port), remote });
        let start = u32::from(self.next_port.clamp(first, last) - first);
        let ring = (0..count).map(|step| first + ((start + step) % count) as u16);
        let port = if self.profile.even_ports_first {
            let even = (first..=last).filter(|port| port % 2 == 0);
            let odd = (first..=last).filter(|port| port % 2 == 1);
            // Linux tries the range's own parity first, and starts where it last left off.
            let after = |port: &u16| *port >= self.next_port;
            even.clone()
                .filter(after)
                .chain(even)
                .chain(odd.clone().filter(after))
                .chain(odd)
                .find(|port| is_free(*port))
        } else {
            ring.into_iter().find(|port| is_free(*port))
        }?;
        let step = if self.profile.even_ports_first { 2 } else { 1 };
        self.next_port = port.checked_add(step).filter(|next| *next <= last).unwrap_or(first);
        Some(port)
    }
}
