//! One direction of a connection in pieces: the segments that carry it, their places at the receiver, and the ACKs.

use std::rc::Rc;

use core::ops::Range;

use playground_core::event::Event;
use playground_core::tcp::{Notice, Timer};
use playground_core::time::{Duration, Instant};
use playground_core::trace::{SocketWorld, Trace, World};
use playground_core::wire::{Packet, Segment};

use crate::cursor::Cursor;
use crate::dissection::{Connection, ConnectionId, Dissection, SegmentKind, SegmentLabel, Side, SocketKey};
use crate::frame::FlightView;
use crate::role::{NodeLabel, RoleKind};

/// The pieces of a run's streams, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Pieces {
    trace: Rc<Trace>,
    dissection: Rc<Dissection>,
    /// Messages read to their end: the entry, the reader, the octets in its peer's output.
    completed: Vec<(u32, SocketKey, Range<u64>)>,
}

/// The stream whose data was sent last, at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct PieceTable {
    /// The connection.
    pub connection: ConnectionId,
    /// The end that sends the data.
    pub side: Side,
    /// The opener of the connection, and the node at its other end.
    pub nodes: (NodeLabel, NodeLabel),
    /// The pieces in the order of their octets.
    pub pieces: Vec<Piece>,
    /// Octets written by the sender's application that have not been sent.
    pub unsent: u64,
    /// ACKs of the receiver on their way, in the order of sending.
    pub acks: Vec<PieceAck>,
    /// The ACK that the receiver holds back.
    pub held: Option<HeldAck>,
    /// What the headers cost, once a message of several segments is whole.
    pub cost: Option<HeaderCost>,
}

/// A run of octets that travels in one segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The sequence number of its first octet, relative to the sender's SYN: 1 is the first octet of data.
    pub first: u64,
    /// Octets.
    pub len: u64,
    /// Whether its sender has the ACK of it.
    pub acknowledged: bool,
    /// Its place at the receiver.
    pub place: PiecePlace,
    /// Its transmissions on their way, and lost ones while they fall.
    pub flights: Vec<FlightView>,
    /// The ACK number that its last transmission is the first to carry (piggyback).
    pub carries: Option<u64>,
    /// The entry that sent it first.
    pub entry: u32,
}

/// A piece's place at the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PiecePlace {
    /// Nothing came, and nothing behind it either.
    Empty,
    /// Missing, while octets behind it are here.
    Gap,
    /// Here, behind a gap: the application does not get it yet.
    Held,
    /// Here, in order.
    Received,
}

/// A pure ACK on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct PieceAck {
    /// The relative ACK number: the next octet that the receiver expects.
    pub number: u64,
    /// Whether the ACK before it carried the same number.
    pub repeats: bool,
    /// The piece whose arrival it answers, by its place in the table.
    pub piece: usize,
    /// Where it is.
    pub flight: FlightView,
}

/// A delayed ACK that has not been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldAck {
    /// The relative ACK number that it will carry.
    pub number: u64,
    /// The piece that it answers.
    pub piece: usize,
    /// When its timer was set.
    pub set_at: Instant,
    /// When its timer expires.
    pub expires_at: Instant,
    /// The time since the timer was set.
    pub waited: Duration,
    /// The entry that set the timer.
    pub entry: u32,
}

/// The octets of headers and of data of a message, every transmission counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderCost {
    /// Header and payload octets of each segment, in the order of sending.
    pub segments: Vec<(u64, u64)>,
    /// The entry that read the message's last octet.
    pub entry: u32,
}

impl HeaderCost {
    /// Octets of IPv4 and TCP headers.
    pub fn headers(&self) -> u64 {
        self.segments.iter().map(|(headers, _)| headers).sum()
    }

    /// Octets of payload.
    pub fn data(&self) -> u64 {
        self.segments.iter().map(|(_, data)| data).sum()
    }

    /// The headers' share of all octets, in thousandths.
    pub fn per_mille(&self) -> u64 {
        self.headers() * 1_000 / (self.headers() + self.data()).max(1)
    }
}

impl Pieces {
    /// The pieces of a run.
    pub fn new(trace: Rc<Trace>, dissection: Rc<Dissection>) -> Self {
        let completed = trace.entries.iter().filter_map(|entry| match &entry.event {
            Event::MessageCompleted { socket, range } => {
                Some((entry.index, SocketKey::new(entry.node, *socket), range.clone()))
            }
            _ => None,
        });
        let completed = completed.collect();
        Self { trace, dissection, completed }
    }

    /// Whether a run can be shown in pieces: hosts only, since a forwarded packet belongs to no socket.
    pub fn exists(trace: &Trace) -> bool {
        let nodes = &trace.scenario.nodes;
        nodes.len() > 1 && nodes.iter().all(|node| RoleKind::of(node) != RoleKind::Network)
    }

    /// The stream whose data was sent last.
    ///
    /// Returns `None` before the first octet of data is sent.
    pub fn at(&self, now: Cursor) -> Option<PieceTable> {
        let segments = &self.dissection.segments;
        let sent = &segments[..segments.partition_point(|label| label.sent < now.index)];
        let last = sent.iter().rev().find(|label| has_data(label))?;
        let connection = self.dissection.connection(last.connection?)?;
        let side = last.sender;
        let world = self.trace.world_after(now.index);
        let sender = socket(&world, connection.socket(side))?;
        let receiver = socket(&world, connection.socket(side.other()));
        let own = |label: &&SegmentLabel| label.connection == Some(connection.id);

        let mut pieces: Vec<Piece> = Vec::new();
        let mut acknowledged = 1;
        // The arrivals of pieces: the entry, and the piece.
        let mut arrivals: Vec<(u32, usize)> = Vec::new();
        for label in sent.iter().filter(own).filter(|label| label.sender == side) {
            let number = self.ack_number(connection, label);
            let news = number.filter(|number| *number > acknowledged);
            acknowledged = news.unwrap_or(acknowledged);
            let Some(range) = label.range.clone().filter(|_| has_data(label)) else { continue };
            let known = pieces
                .iter()
                .position(|piece| (piece.first..piece.first + piece.len).contains(&(range.start + 1)));
            let place = known.unwrap_or_else(|| {
                let len = range.end - range.start;
                pieces.push(Piece {
                    first: range.start + 1,
                    len,
                    acknowledged: sender.acknowledged >= range.end,
                    place: place_of(&range, receiver),
                    flights: Vec::new(),
                    carries: None,
                    entry: label.sent,
                });
                pieces.len() - 1
            });
            pieces[place].carries = news;
            pieces[place].flights.extend(self.flight(label, now));
            if let Some(ended) = label.ended.filter(|ended| *ended < now.index && label.lost.is_none()) {
                arrivals.push((ended, place));
            }
        }
        arrivals.sort_unstable();
        let answers = |before: u32| {
            let arrived = arrivals.partition_point(|(ended, _)| *ended < before);
            arrived.checked_sub(1).map(|place| arrivals[place].1)
        };

        let mut acks = Vec::new();
        let mut last_number = None;
        for label in sent.iter().filter(own).filter(|label| label.sender == side.other()) {
            let number = self.ack_number(connection, label);
            let repeats = number == last_number;
            last_number = number;
            if label.kind == SegmentKind::Ack
                && let (Some(number), Some(piece)) = (number, answers(label.sent))
                && let Some(flight) = self.flight(label, now)
            {
                acks.push(PieceAck { number, repeats, piece, flight });
            }
        }

        let held = receiver.and_then(|receiver| {
            let (set_at, expires_at) = *receiver.timers.get(&Timer::DelayedAck)?;
            let key = connection.socket(side.other())?;
            let entry = self.set_by(key, now)?;
            let (number, piece) = (receiver.received + 1, answers(now.index)?);
            Some(HeldAck { number, piece, set_at, expires_at, waited: now.at.since(set_at), entry })
        });
        let cost = connection.socket(side.other()).and_then(|key| self.cost(connection, side, key, now));
        let label = |node| NodeLabel::of(&self.trace, node);
        let nodes = (label(connection.opener), label(connection.acceptor?));
        let unsent = sender.written - sender.sent;
        Some(PieceTable { connection: connection.id, side, nodes, pieces, unsent, acks, held, cost })
    }

    /// A transmission that can be seen at a moment.
    fn flight(&self, label: &SegmentLabel, now: Cursor) -> Option<FlightView> {
        match label.ended.filter(|ended| *ended < now.index) {
            None => Some(FlightView::under_way(label, now.at)),
            Some(_) => {
                let (lost_at, _) = label.lost?;
                let fall = self.dissection.fall;
                (lost_at + fall >= now.at).then(|| FlightView::falling(label, now.at, fall)).flatten()
            }
        }
    }

    fn packet(&self, label: &SegmentLabel) -> Option<&Segment> {
        match &self.trace.entries.get(label.sent as usize)?.event {
            Event::PacketSent { packet: Packet::Segment(segment), .. } => Some(segment),
            _ => None,
        }
    }

    /// A segment's ACK number, relative to the SYN of the other end.
    fn ack_number(&self, connection: &Connection, label: &SegmentLabel) -> Option<u64> {
        let segment = self.packet(label).filter(|segment| segment.flags.is_ack())?;
        let isn = connection.isn(label.sender.other())?;
        Some(u64::from(segment.ack.0.wrapping_sub(isn.0)))
    }

    /// The entry that set a socket's delayed-ACK timer.
    fn set_by(&self, key: SocketKey, now: Cursor) -> Option<u32> {
        let sets = self.trace.entries[..now.index as usize].iter().rev().find(|entry| {
            matches!(&entry.event, Event::Socket { socket, notice: Notice::TimerSet { timer: Timer::DelayedAck, .. } }
                if SocketKey::new(entry.node, *socket) == key)
        });
        sets.map(|entry| entry.index)
    }

    /// What the headers of the message that a socket read last have cost, where it took several segments.
    fn cost(
        &self,
        connection: &Connection,
        side: Side,
        reader: SocketKey,
        now: Cursor,
    ) -> Option<HeaderCost> {
        let known = self.completed.iter().rev().filter(|(entry, ..)| *entry < now.index);
        let (entry, _, message) = known.into_iter().find(|(_, key, _)| *key == reader)?;
        let parts = self.dissection.segments.iter().filter(|label| {
            label.sent < now.index
                && label.connection == Some(connection.id)
                && label.sender == side
                && label.range.as_ref().is_some_and(|range| {
                    range.start < range.end && range.start < message.end && range.end > message.start
                })
        });
        let segments: Vec<(u64, u64)> = parts
            .filter_map(|label| self.packet(label))
            .map(|segment| {
                let data = segment.payload.len() as u64;
                (segment.wire_len() as u64 - data, data)
            })
            .collect();
        (segments.len() > 1).then_some(HeaderCost { segments, entry: *entry })
    }
}

fn has_data(label: &SegmentLabel) -> bool {
    label.kind == SegmentKind::Data && label.range.as_ref().is_some_and(|range| range.start < range.end)
}

fn socket(world: &World, key: Option<SocketKey>) -> Option<&SocketWorld> {
    let key = key?;
    world.nodes.get(key.node.index())?.sockets.get(&key.socket).map(Rc::as_ref)
}

fn place_of(range: &Range<u64>, receiver: Option<&SocketWorld>) -> PiecePlace {
    let Some(receiver) = receiver else { return PiecePlace::Empty };
    if range.end <= receiver.received {
        PiecePlace::Received
    } else if receiver.held.iter().any(|held| held.start <= range.start && range.end <= held.end) {
        PiecePlace::Held
    } else if receiver.held.iter().any(|held| held.start >= range.end) {
        PiecePlace::Gap
    } else {
        PiecePlace::Empty
    }
}
