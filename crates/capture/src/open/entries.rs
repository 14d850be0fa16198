//! The entries that follow from the segments of a capture: what is sent.

use std::collections::BTreeMap;

use playground_core::event::{Entry, Event, HopId, NodeId, PacketId};
use playground_core::rule::Rule;
use playground_core::tcp::{Notice, SocketId, State, Trigger, transition};
use playground_core::time::Instant;
use playground_core::wire::{FourTuple, Packet, Segment};

use super::connections::{Connection, Seen};
use super::delays::Delays;
use super::end::End;
use super::fate::{Fate, Found};
use super::hosts::Hosts;

/// Writes entries in the order of time.
pub(super) struct Writing {
    /// So far.
    pub entries: Vec<Entry>,
    pub(super) now: Instant,
    pub(super) ends: Vec<[End; 2]>,
    pub(super) connections: Vec<Connection>,
    fates: Vec<Fate>,
    /// When each segment arrives, or would.
    arrivals: Vec<u64>,
    seen: Vec<Seen>,
    hosts: Hosts,
    delays: Delays,
    /// What is added to the times of the capture, so that the first sending is not before 0.
    origin: u64,
    /// The entry that sent each segment, and its number.
    sent: Vec<Option<(u32, PacketId)>>,
    packets: u32,
    sockets: Vec<u32>,
    listening: BTreeMap<(NodeId, u16), SocketId>,
}

/// Where a segment runs: its sender's place among the ends, its hop, and the ways of the two ends.
#[derive(Clone, Copy)]
struct Way {
    from: NodeId,
    to: NodeId,
    hop: HopId,
    own: u64,
    other: u64,
}

impl Writing {
    pub(super) fn new(
        seen: Vec<Seen>,
        connections: Vec<Connection>,
        hosts: Hosts,
        delays: Delays,
        found: Found,
    ) -> Self {
        let ends = connections.iter().zip(&hosts.places).map(|(connection, place)| {
            let [opener, acceptor] = place.map_or([NodeId(0); 2], |(nodes, _)| nodes);
            [End::new(opener, connection.isn[0]), End::new(acceptor, connection.isn[1])]
        });
        let mut writing = Self {
            entries: Vec::with_capacity(seen.len() * 4),
            now: Instant::ZERO,
            ends: ends.collect(),
            origin: delays.longest(),
            sent: vec![None; seen.len()],
            packets: 0,
            sockets: vec![0; hosts.nodes.len()],
            listening: BTreeMap::new(),
            arrivals: Vec::with_capacity(seen.len()),
            connections,
            fates: found.fate,
            seen,
            hosts,
            delays,
        };
        for (one, last) in writing.seen.iter().zip(found.not_before) {
            let way = |one| writing.way(one).map_or([0; 2], |way| [way.own, way.other]);
            let estimated = one.at + writing.origin + way(one)[1];
            let last = last.map(|last| &writing.seen[last as usize]);
            let not_before =
                last.map_or(0, |last| 1 + (last.at + writing.origin).saturating_sub(way(last)[0]));
            writing.arrivals.push(estimated.max(not_before));
        }
        writing
    }

    /// The nodes and links, each link with its estimated delay.
    pub(super) fn into_parts(self) -> (Vec<Entry>, Hosts, Delays) {
        (self.entries, self.hosts, self.delays)
    }

    /// When each shown segment is sent, and when it arrives or is lost: the time and twice its place, one more for
    /// the second.
    pub(super) fn order(&self) -> Vec<(u64, u32)> {
        let mut order = Vec::with_capacity(self.seen.len() * 2);
        for (place, one) in self.seen.iter().enumerate() {
            let Some(way) = self.way(one) else { continue };
            let (sent, arrives) = ((one.at + self.origin).saturating_sub(way.own), self.arrivals[place]);
            let ended = if self.fates[place] == Fate::Lost { sent.midpoint(arrives) } else { arrives };
            order.push((sent, 2 * place as u32));
            order.push((ended, 2 * place as u32 + 1));
        }
        order.sort_unstable();
        order
    }

    fn way(&self, one: &Seen) -> Option<Way> {
        let place = self.hosts.places[one.connection as usize].as_ref()?;
        let (sender, delays) = (one.sender(), self.delays.of(place));
        let (nodes, hop) = *place;
        Some(Way {
            from: nodes[sender],
            to: nodes[1 - sender],
            hop,
            own: delays[sender],
            other: delays[1 - sender],
        })
    }

    /// Writes what happens at one place of [`Self::order`].
    pub(super) fn write(&mut self, (at, what): (u64, u32)) {
        self.now = Instant::from_micros(at);
        let place = what as usize / 2;
        let one = self.seen[place].clone();
        let Some(way) = self.way(&one) else { return };
        if what.is_multiple_of(2) {
            let id = PacketId(self.packets);
            self.packets += 1;
            let arrives = Instant::from_micros(self.arrivals[place]);
            let entry = self.send(&one, way, id, arrives, self.fates[place]);
            self.sent[place] = Some((entry, id));
        } else if let Some((entry, id)) = self.sent[place] {
            if self.fates[place] == Fate::Lost {
                let reason = playground_core::event::DropReason::Unacknowledged;
                let event = Event::PacketDropped { id, reason };
                self.push(way.to, event, Some(entry), Rule::NotInCapture);
                return;
            }
            let rule = if way.own + way.other > 0 { Rule::EstimatedTime } else { Rule::NotInCapture };
            let arrival = self.push(way.to, Event::PacketDelivered { id }, Some(entry), rule);
            self.receive(&one, arrival, self.fates[place] == Fate::Refused);
        }
    }

    /// Appends an entry at the present time.
    pub(super) fn push(&mut self, node: NodeId, event: Event, cause: Option<u32>, rule: Rule) -> u32 {
        let index = self.entries.len() as u32;
        self.entries.push(Entry { index, at: self.now, node, event, cause, rule });
        index
    }

    /// Appends a notice of the socket of one end, which exists.
    pub(super) fn notice(
        &mut self,
        (place, side): (u32, usize),
        notice: Notice,
        cause: Option<u32>,
        rule: Rule,
    ) {
        let end = &self.ends[place as usize][side];
        let (node, Some(socket)) = (end.node, end.socket) else { return };
        self.push(node, Event::Socket { socket, notice }, cause, rule);
    }

    /// Moves one end along the table's edge; without one, nothing happens.
    pub(super) fn change(
        &mut self,
        at: (u32, usize),
        trigger: Trigger,
        cause: Option<u32>,
        rule: Rule,
    ) -> bool {
        let state = self.ends[at.0 as usize][at.1].state;
        let Some(edge) = transition(state, trigger) else { return false };
        self.enter(at, edge.to, trigger, cause, rule);
        true
    }

    /// Moves one end to a state.
    pub(super) fn enter(
        &mut self,
        at: (u32, usize),
        to: State,
        trigger: Trigger,
        cause: Option<u32>,
        rule: Rule,
    ) {
        let end = &mut self.ends[at.0 as usize][at.1];
        let from = end.state;
        end.state = to;
        self.notice(at, Notice::StateChanged { from, to, trigger }, cause, rule);
    }

    /// Makes the socket of one end: the opener's in CLOSED, the other's in LISTEN.
    pub(super) fn open(&mut self, (place, side): (u32, usize), cause: Option<u32>, rule: Rule) {
        let connection = &self.connections[place as usize];
        let tuple = FourTuple { local: connection.ends[side], remote: connection.ends[1 - side] };
        let capacity = |side: usize| connection.largest_window[side].max(1) as usize;
        let (receive_capacity, send_capacity) = (capacity(side), capacity(1 - side));
        let (node, previous) = (self.ends[place as usize][side].node, connection.previous);
        if let Some(before) = previous {
            self.give_way((before, side), tuple, cause);
        }
        let listener = (side == 1).then(|| self.listener(node, tuple.local.port));
        let socket = self.next_socket(node);
        let end = &mut self.ends[place as usize][side];
        end.socket = Some(socket);
        if listener.is_some() {
            end.state = State::Listen;
        }
        let opened = Notice::Opened { tuple, listener, send_capacity, receive_capacity };
        self.push(node, Event::Socket { socket, notice: opened }, cause, rule);
    }

    /// Ends what is left of the connection before with the same four values.
    fn give_way(&mut self, (before, side): (u32, usize), tuple: FourTuple, cause: Option<u32>) {
        let is_same = self.connections[before as usize].ends[side] == tuple.local;
        let at = (before, if is_same { side } else { 1 - side });
        let end = &self.ends[before as usize][at.1];
        if end.socket.is_none() || end.state == State::Closed {
            return;
        }
        if !(side == 1 && self.change(at, Trigger::ReceiveNewSyn, cause, Rule::TimeWaitReuse)) {
            self.enter(at, State::Closed, Trigger::NotCaptured, cause, Rule::NotInCapture);
        }
    }

    /// The socket that listens on a port: it accepts, so it listens.
    fn listener(&mut self, node: NodeId, port: u16) -> SocketId {
        if let Some(socket) = self.listening.get(&(node, port)) {
            return *socket;
        }
        let socket = self.next_socket(node);
        self.listening.insert((node, port), socket);
        let mut push = |notice| self.push(node, Event::Socket { socket, notice }, None, Rule::NotInCapture);
        push(Notice::Listening { port });
        let (from, to) = (State::Closed, State::Listen);
        push(Notice::StateChanged { from, to, trigger: Trigger::PassiveOpen });
        socket
    }

    fn next_socket(&mut self, node: NodeId) -> SocketId {
        let next = &mut self.sockets[node.index()];
        *next += 1;
        SocketId(*next)
    }

    /// Writes that a segment is sent, and what its sender has done before.
    fn send(&mut self, one: &Seen, way: Way, id: PacketId, arrives: Instant, fate: Fate) -> u32 {
        let (place, sender, segment) = (one.connection, one.sender(), one.segment.clone());
        let at = (place, sender);
        let flags = segment.flags;
        let last = self.ends[place as usize][sender].last_arrival;
        let (rule, cause) = if flags.is_rst() {
            let peer = &self.ends[place as usize][1 - sender];
            match self.ends[place as usize][sender].socket {
                Some(_) => (Rule::NotInCapture, None),
                None if peer.state == State::SynSent => (Rule::NoListener, last),
                None => (Rule::NoConnection, last),
            }
        } else {
            self.prepare(at, &segment)
        };
        let end = &mut self.ends[place as usize][sender];
        let is_open = end.state != State::Closed;
        let socket = end.socket.filter(|_| is_open);
        let start = end.offset(segment.seq).unwrap_or(0);
        let until = start + segment.payload.len() as u64;
        let repeats = !flags.is_rst()
            && (flags.is_syn() && end.has_sent_syn
                || !segment.payload.is_empty() && start < end.sent
                || flags.is_fin() && end.fin.is_some());
        let queued = end.sent..until;
        if !flags.is_rst() {
            end.has_sent_syn |= flags.is_syn();
            end.sent = end.sent.max(until);
        }
        if !flags.is_rst() && !queued.is_empty() {
            self.notice(at, Notice::BytesQueued { range: queued }, None, Rule::NotInCapture);
        }
        if flags.is_fin() && !flags.is_rst() {
            self.ends[place as usize][sender].fin.get_or_insert(until);
            self.change(at, Trigger::Close, None, Rule::NotInCapture);
        }
        let rule = match fate {
            Fate::Refused => Rule::ZeroWindowProbe,
            _ if repeats => Rule::NotInCapture,
            _ => rule,
        };
        let event = Event::PacketSent {
            id,
            hop: way.hop,
            to: way.to,
            socket,
            packet: Packet::Segment(segment),
            retransmission: repeats && fate != Fate::Refused,
            departs: self.now,
            arrives,
        };
        let entry = self.push(way.from, event, cause, rule);
        if flags.is_rst() && socket.is_some() {
            self.change(at, Trigger::SendReset, Some(entry), Rule::NotInCapture);
        }
        entry
    }

    /// Brings the sender into a state in which it can send such a segment; the segment's rule and cause.
    fn prepare(&mut self, at: (u32, usize), segment: &Segment) -> (Rule, Option<u32>) {
        let end = &self.ends[at.0 as usize][at.1];
        let (flags, last) = (segment.flags, end.last_arrival);
        let has_socket = end.socket.is_some();
        if flags.is_syn() {
            if !has_socket {
                self.open(
                    at,
                    last.filter(|_| at.1 == 1),
                    match at.1 {
                        0 => Rule::ActiveOpen,
                        _ => Rule::ListenSyn,
                    },
                );
                let rule = if at.1 == 0 { Rule::ActiveOpen } else { Rule::ListenSyn };
                let trigger = if at.1 == 0 { Trigger::ActiveOpen } else { Trigger::ReceiveSyn };
                self.change(at, trigger, last, rule);
            }
            return match flags.is_ack() {
                true => (Rule::ListenSyn, last),
                false => (Rule::ActiveOpen, None),
            };
        }
        if !has_socket {
            self.open(at, None, Rule::NotInCapture);
            self.ends[at.0 as usize][at.1].isn.get_or_insert(segment.seq + u32::MAX);
        }
        let end = &self.ends[at.0 as usize][at.1];
        let is_opening = matches!(end.state, State::SynSent | State::Listen | State::SynReceived);
        let sends_more = !segment.payload.is_empty() && end.state == State::SynReceived;
        if !has_socket || is_opening && (end.state != State::SynReceived || sends_more) {
            self.enter(at, State::Established, Trigger::NotCaptured, None, Rule::NotInCapture);
        }
        self.catch_up(at, segment);
        let end = &self.ends[at.0 as usize][at.1];
        let answers_syn = at.1 == 0 && end.sent == 0 && end.received == 0 && end.acknowledged == 0;
        match segment.is_pure_ack() {
            true if answers_syn && self.connections[at.0 as usize].isn[1].is_some() && end.fin.is_none() => {
                (Rule::SynSentSynAck, last)
            }
            true => (Rule::NotInCapture, last),
            false => (Rule::NotInCapture, None),
        }
    }
}
