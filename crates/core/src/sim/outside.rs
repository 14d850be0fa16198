//! The host of a run that is not simulated: what its packets tell of its connections.

use std::collections::BTreeMap;

use crate::event::Event;
use crate::rule::Rule;
use crate::tcp::{Notice, SocketId, State, Trigger, transition};
use crate::wire::{FourTuple, Packet, Segment, SeqNum};

use super::machines::Machines;

/// Its end of a connection.
#[derive(Debug)]
struct End {
    socket: SocketId,
    state: State,
    /// The sequence number after the last one that it has sent.
    sent: SeqNum,
    /// The one after its FIN, once that is sent.
    fin: Option<SeqNum>,
    /// The one after the peer's FIN, until it acknowledges that.
    peer_fin: Option<SeqNum>,
    /// Whether the peer's FIN came with the acknowledgment of its own.
    fins_meet: bool,
}

/// A fact of one of its sockets.
type Told = (SocketId, Notice, Rule);

/// A host outside.
#[derive(Debug)]
pub(super) struct Outside {
    /// The node in whose place it is.
    pub(super) node: usize,
    /// Packets that have reached it.
    pub(super) received: Vec<Packet>,
    /// Its ends of connections, by its own 4-tuple.
    ends: BTreeMap<FourTuple, End>,
    sockets: u32,
}

impl End {
    /// Takes an edge of the state diagram, where there is one.
    fn change(&mut self, trigger: Trigger, rule: Rule, told: &mut Vec<Told>) {
        if let Some(edge) = transition(self.state, trigger) {
            self.state = edge.to;
            let notice = Notice::StateChanged { from: edge.from, to: edge.to, trigger };
            told.push((self.socket, notice, rule));
        }
    }

    /// A segment other than a SYN or RST; whether it repeats numbers that were sent before.
    fn sends(&mut self, segment: &Segment, told: &mut Vec<Told>) -> bool {
        if segment.flags.is_ack() {
            // That a segment has arrived in order is known once it is acknowledged.
            self.change(Trigger::ReceiveSynAck, Rule::SynSentSynAck, told);
            if self.peer_fin.take_if(|end| segment.ack.is_at_or_after(*end)).is_some() {
                let (trigger, rule) = match self.state {
                    State::FinWait1 if self.fins_meet => (Trigger::ReceiveFinAndAckOfFin, Rule::TimeWait),
                    State::FinWait1 => (Trigger::ReceiveFin, Rule::SimultaneousClose),
                    State::FinWait2 => (Trigger::ReceiveFin, Rule::TimeWait),
                    _ => (Trigger::ReceiveFin, Rule::FinReceived),
                };
                self.change(trigger, rule, told);
            }
        }
        if segment.flags.is_fin() && self.fin.is_none() {
            self.fin = Some(segment.seq_end());
            self.change(Trigger::Close, Rule::OutsideHost, told);
        }
        let is_new = segment.seq_end().is_after(self.sent);
        if is_new {
            self.sent = segment.seq_end();
        }
        !is_new && segment.seq_len() > 0
    }
}

impl Outside {
    pub(super) const fn new(node: usize) -> Self {
        Self { node, received: Vec::new(), ends: BTreeMap::new(), sockets: 0 }
    }

    /// It sends a segment: by which socket, whether that repeats numbers, and what it tells.
    fn sends(&mut self, segment: &Segment) -> (Option<SocketId>, bool, Vec<Told>) {
        let tuple = segment.receiver_tuple().reversed();
        let mut told = Vec::new();
        if segment.flags.is_rst() {
            let end = self.ends.remove(&tuple);
            let socket = end.as_ref().map(|end| end.socket);
            if let Some(mut end) = end {
                end.change(Trigger::SendReset, Rule::OutsideHost, &mut told);
                told.push((end.socket, Notice::Released, Rule::SocketGone));
            }
            return (socket, false, told);
        }
        let opens = segment.flags.is_syn() && !segment.flags.is_ack();
        match self.ends.get_mut(&tuple) {
            Some(end) if opens && end.state == State::SynSent && end.sent == segment.seq_end() => {
                (Some(end.socket), true, told)
            }
            Some(end) if !opens => {
                let repeats = end.sends(segment, &mut told);
                (Some(end.socket), repeats, told)
            }
            None if !opens => (None, false, told),
            _ => {
                let socket = self.open(tuple, segment.seq_end(), &mut told);
                (Some(socket), false, told)
            }
        }
    }

    /// A SYN for a connection that is not known, in place of one that may be.
    fn open(&mut self, tuple: FourTuple, sent: SeqNum, told: &mut Vec<Told>) -> SocketId {
        let socket = SocketId(self.sockets);
        self.sockets += 1;
        let mut end = End { socket, state: State::Closed, sent, fin: None, peer_fin: None, fins_meet: false };
        let opened = Notice::Opened { tuple, listener: None, send_capacity: 0, receive_capacity: 0 };
        let mut news = vec![(socket, opened, Rule::OutsideHost)];
        end.change(Trigger::ActiveOpen, Rule::OutsideHost, &mut news);
        if let Some(mut old) = self.ends.insert(tuple, end) {
            old.change(Trigger::TimeWaitTimeout, Rule::TimeWait, told);
            told.push((old.socket, Notice::Released, Rule::SocketGone));
        }
        told.append(&mut news);
        socket
    }

    /// A segment reaches it: what that tells.
    fn receives(&mut self, segment: &Segment) -> Vec<Told> {
        let tuple = segment.receiver_tuple();
        let mut told = Vec::new();
        let Some(end) = self.ends.get_mut(&tuple) else { return told };
        if segment.flags.is_rst() {
            let rule = match end.state {
                State::SynSent => Rule::ConnectionRefused,
                _ => Rule::ResetReceived,
            };
            end.change(Trigger::ReceiveReset, rule, &mut told);
        } else {
            let acknowledges =
                segment.flags.is_ack() && end.fin.is_some_and(|fin| segment.ack.is_at_or_after(fin));
            end.fins_meet = acknowledges && segment.flags.is_fin() && end.state == State::FinWait1;
            if acknowledges && !end.fins_meet {
                end.change(Trigger::ReceiveAckOfFin, Rule::FinAcknowledged, &mut told);
            }
            if segment.flags.is_fin() {
                end.peer_fin = Some(segment.seq_end());
            }
        }
        if end.state == State::Closed {
            told.push((end.socket, Notice::Released, Rule::SocketGone));
            self.ends.remove(&tuple);
        }
        told
    }
}

impl Machines {
    /// The host outside puts a packet on its link.
    pub(super) fn enter(&mut self, step: (usize, usize), packet: Packet) {
        let Some(outside) = &mut self.outside else { return };
        let node = outside.node;
        let (socket, repeats, told) = match &packet {
            Packet::Segment(segment) => outside.sends(segment),
            Packet::Datagram(_) => (None, false, Vec::new()),
        };
        self.tell(node, told);
        self.put(node, step, socket, packet, Rule::OutsideHost, repeats);
    }

    /// A packet reaches the host outside.
    pub(super) fn leave(&mut self, node: usize, packet: Packet) {
        let Some(outside) = &mut self.outside else { return };
        let told = match &packet {
            Packet::Segment(segment) => outside.receives(segment),
            Packet::Datagram(_) => Vec::new(),
        };
        outside.received.push(packet);
        self.tell(node, told);
    }

    fn tell(&mut self, node: usize, told: Vec<Told>) {
        for (socket, notice, rule) in told {
            let entry = self.record(node, Event::Socket { socket, notice }, rule);
            self.cause = Some(entry);
        }
    }
}
