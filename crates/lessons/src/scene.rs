//! A scene: a trace being searched for the moments of a lesson, and the spots found in it.

use std::collections::BTreeMap;

use playground_core::event::{Entry, Event, NodeId};
use playground_core::tcp::{Notice, SocketId, State};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::{Datagram, Packet, Segment};

use crate::knob::KnobValues;
use crate::lesson::MAIN;
use crate::pattern::Pattern;
use crate::run::StepMark;

/// A run's trace and knobs, and the steps found so far.
pub struct Scene<'t> {
    /// The trace.
    pub trace: &'t Trace,
    /// The knobs.
    pub values: &'t KnobValues,
    /// The course that the run takes; [`MAIN`] until the lesson has determined it.
    pub course: &'static str,
    /// The entry that sent each segment, by the segment's number.
    senders: Vec<u32>,
    /// The node at the other end of each connection.
    peers: BTreeMap<(NodeId, SocketId), NodeId>,
    marks: Vec<StepMark>,
}

/// A range of entries to search.
#[derive(Clone, Copy)]
pub struct Stretch<'s> {
    scene: &'s Scene<'s>,
    from: u32,
    to: u32,
}

/// A place in a trace where a step may be, or nowhere.
#[derive(Clone, Copy)]
pub struct Spot<'s> {
    scene: &'s Scene<'s>,
    entry: Option<u32>,
    at: Instant,
    index: u32,
    variant: Option<&'static str>,
}

/// Where in a run a step is, or why it does not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It happens.
    At {
        /// Number of entries of the trace up to here.
        index: u32,
        /// Simulated time: that of the last of them, or later (a segment half-way along its hop).
        at: Instant,
        /// The entry to select on the page.
        selects: Option<u32>,
        /// The variant of the step's text; without one, the run's course decides.
        variant: Option<&'static str>,
    },
    /// It does not happen in this run.
    Absent {
        /// The key of the reason in the lesson's text.
        reason: &'static str,
    },
}

/// The reason for a step that is absent from a run changed by hand, where the lesson foresaw no reason.
pub const NOT_IN_THIS_RUN: &str = "not-in-this-run";

impl<'t> Scene<'t> {
    /// Indexes a trace for searching.
    pub fn new(trace: &'t Trace, values: &'t KnobValues) -> Self {
        let mut senders = Vec::new();
        let mut peers = BTreeMap::new();
        for entry in &trace.entries {
            match &entry.event {
                // Segments are numbered in the order of sending, so the place in the list is the number.
                Event::PacketSent { id, .. } if id.0 as usize == senders.len() => {
                    senders.push(entry.index);
                }
                Event::Socket { socket, notice: Notice::Opened { tuple, .. } } => {
                    if let Some(peer) = trace.owner(tuple.remote.address) {
                        peers.insert((entry.node, *socket), peer);
                    }
                }
                _ => {}
            }
        }
        Self { trace, values, course: MAIN, senders, peers, marks: Vec::new() }
    }

    /// The whole trace.
    pub fn whole(&self) -> Stretch<'_> {
        self.stretch(0, self.trace.entries.len() as u32)
    }

    /// The entries after that of a step found before; for an absent step, after that of the step before it.
    pub fn after(&self, step: &str) -> Stretch<'_> {
        let known = self.marks.iter().position(|mark| mark.id == step).map_or(0, |place| place + 1);
        let found = self.marks[..known].iter().rev().find_map(|mark| mark.selects);
        self.stretch(found.map_or(0, |entry| entry + 1), self.trace.entries.len() as u32)
    }

    /// Where a step is, if it was found.
    pub fn step(&self, step: &str) -> Option<&StepMark> {
        self.marks.iter().find(|mark| mark.id == step && mark.absent.is_none())
    }

    /// The spot of a step found before.
    pub fn spot(&self, step: &str) -> Spot<'_> {
        match self.step(step) {
            Some(mark) => {
                Spot { scene: self, entry: mark.selects, at: mark.at, index: mark.index, variant: None }
            }
            None => Spot::on(self, None),
        }
    }

    /// The first entry of the trace that matches.
    pub fn first(&self, pattern: Pattern) -> Spot<'_> {
        self.whole().first(pattern)
    }

    /// The last entry of the trace that matches.
    pub fn last(&self, pattern: Pattern) -> Spot<'_> {
        self.whole().last(pattern)
    }

    /// The end of the run.
    pub fn end(&self) -> Spot<'_> {
        let last = self.trace.entries.len().checked_sub(1).map(|last| last as u32);
        Spot::on(self, last)
    }

    /// The last end of a connection at either side, CLOSED or TIME-WAIT: from here on none is open any more. What ends
    /// TIME-WAIT itself is not counted.
    pub fn all_closed(&self) -> Spot<'_> {
        let ends = |event: &Event| {
            matches!(event, Event::Socket { notice: Notice::StateChanged { from, to, .. }, .. }
                if matches!(to, State::TimeWait | State::Closed) && *from != State::TimeWait)
        };
        let last = self.trace.entries.iter().rev().find(|entry| ends(&entry.event));
        Spot::on(self, last.map(|entry| entry.index))
    }

    /// The segment that an entry sends, delivers or drops.
    pub fn segment(&self, entry: &Entry) -> Option<&Segment> {
        match &self.sending(entry)?.event {
            Event::PacketSent { packet: Packet::Segment(segment), .. } => Some(segment),
            _ => None,
        }
    }

    /// The datagram that an entry sends, delivers or drops.
    pub fn datagram(&self, entry: &Entry) -> Option<&Datagram> {
        match &self.sending(entry)?.event {
            Event::PacketSent { packet: Packet::Datagram(datagram), .. } => Some(datagram),
            _ => None,
        }
    }

    /// Whether an entry is of the node with this name.
    pub fn is_at(&self, entry: &Entry, node: &str) -> bool {
        self.is_node(entry.node, node)
    }

    /// Whether the node has this name.
    pub fn is_node(&self, node: NodeId, name: &str) -> bool {
        self.trace.scenario.nodes.get(node.index()).is_some_and(|spec| spec.name == name)
    }

    /// The node at the other end: of the hop for a segment, of the connection for an event of a socket.
    pub fn peer(&self, entry: &Entry) -> Option<NodeId> {
        if let Some(sending) = self.sending(entry) {
            return match &sending.event {
                Event::PacketSent { to, .. } if *to != entry.node => Some(*to),
                _ => Some(sending.node),
            };
        }
        let socket = match &entry.event {
            // What is passed on concerns the one that it came from.
            Event::HeadersRewritten { from, .. } | Event::BytesRelayed { from, .. } => *from,
            event => event.socket()?,
        };
        self.peers.get(&(entry.node, socket)).copied()
    }

    /// The entry that sent the segment or datagram of this entry.
    fn sending(&self, entry: &Entry) -> Option<&Entry> {
        match &entry.event {
            Event::PacketSent { .. } => Some(self.trace.entries.get(entry.index as usize)?),
            Event::PacketDelivered { id } | Event::PacketDropped { id, .. } => {
                self.trace.entries.get(*self.senders.get(id.0 as usize)? as usize)
            }
            _ => None,
        }
    }

    fn stretch(&self, from: u32, to: u32) -> Stretch<'_> {
        Stretch { scene: self, from, to }
    }

    /// Adds the mark of a step, for the steps after it.
    pub(crate) fn mark(&mut self, mark: StepMark) {
        self.marks.push(mark);
    }

    pub(crate) fn into_marks(self) -> Vec<StepMark> {
        self.marks
    }
}

impl<'s> Stretch<'s> {
    /// The entries that match.
    pub fn all(self, pattern: Pattern) -> impl DoubleEndedIterator<Item = &'s Entry> {
        let entries = self.scene.trace.entries.get(self.from as usize..self.to as usize).unwrap_or_default();
        entries.iter().filter(move |entry| pattern.holds(self.scene, entry))
    }

    /// Number of entries that match.
    pub fn count(self, pattern: Pattern) -> usize {
        self.all(pattern).count()
    }

    /// The first entry that matches.
    pub fn first(self, pattern: Pattern) -> Spot<'s> {
        self.nth(1, pattern)
    }

    /// The `nth` entry that matches, counted from 1.
    pub fn nth(self, nth: usize, pattern: Pattern) -> Spot<'s> {
        let found = self.all(pattern).nth(nth.saturating_sub(1)).map(|entry| entry.index);
        Spot::on(self.scene, found)
    }

    /// The last entry that matches.
    pub fn last(self, pattern: Pattern) -> Spot<'s> {
        let found = self.all(pattern).next_back().map(|entry| entry.index);
        Spot::on(self.scene, found)
    }

    /// The part after a spot; all of it when the spot is nowhere.
    pub fn after(self, spot: Spot<'_>) -> Self {
        Self { from: spot.entry.map_or(self.from, |entry| (entry + 1).clamp(self.from, self.to)), ..self }
    }

    /// The part before a spot; all of it when the spot is nowhere.
    pub fn before(self, spot: Spot<'_>) -> Self {
        Self { to: spot.entry.map_or(self.to, |entry| entry.clamp(self.from, self.to)), ..self }
    }
}

impl<'s> Spot<'s> {
    /// On an entry, and after all others of the same instant.
    fn on(scene: &'s Scene<'s>, entry: Option<u32>) -> Self {
        let at =
            entry.and_then(|index| scene.trace.entries.get(index as usize)).map_or(Instant::ZERO, |e| e.at);
        Self { scene, entry, at, index: scene.trace.applied_by(at), variant: None }
    }

    /// Whether both are the same entry, or nowhere.
    pub fn is(self, other: Self) -> bool {
        self.entry == other.entry
    }

    /// The entry found.
    pub fn entry(self) -> Option<&'s Entry> {
        self.scene.trace.entries.get(self.entry? as usize)
    }

    /// Its time, if anything was found.
    pub fn at(self) -> Option<Instant> {
        self.entry.map(|_| self.at)
    }

    /// The time from an earlier spot to this one.
    pub fn since(self, earlier: Spot<'_>) -> Option<Duration> {
        Some(self.at()?.since(earlier.at()?))
    }

    fn moved_to(self, at: Instant) -> Self {
        Self { at, index: self.scene.trace.applied_by(at), ..self }
    }

    /// The time at which the segment found is half-way along its hop.
    pub fn halfway(self) -> Self {
        match self.entry().map(|entry| &entry.event) {
            Some(Event::PacketSent { departs, arrives, .. }) => self.moved_to(between(*departs, *arrives)),
            _ => self,
        }
    }

    /// The middle of the time from here to another spot.
    pub fn midway(self, other: Spot<'_>) -> Self {
        match (self.at(), other.at()) {
            (Some(from), Some(to)) if to > from => self.moved_to(between(from, to)),
            _ => self,
        }
    }

    /// Directly after the entry found, before any other entry of the same instant.
    pub fn exactly(self) -> Self {
        match self.entry {
            Some(entry) => Self { index: entry + 1, ..self },
            None => self,
        }
    }

    /// This spot, or another when nothing was found.
    pub fn or(self, other: Self) -> Self {
        if self.entry.is_some() { self } else { other }
    }

    /// With this variant of the step's text, whatever the course.
    pub fn variant(self, variant: &'static str) -> Self {
        Self { variant: Some(variant), ..self }
    }

    /// With this variant of the step's text when `condition` holds.
    pub fn variant_if(self, condition: bool, variant: &'static str) -> Self {
        if condition { self.variant(variant) } else { self }
    }

    /// Here, or nowhere when `condition` does not hold.
    pub fn only_if(self, condition: bool) -> Self {
        if condition { self } else { Self { entry: None, ..self } }
    }

    /// The moment of a step that is found in every run not changed by hand.
    pub fn moment(self) -> Moment {
        self.or_absent(NOT_IN_THIS_RUN)
    }

    /// The moment of a step; when nothing was found, `reason` is the key of the reason in the text.
    pub fn or_absent(self, reason: &'static str) -> Moment {
        match self.entry {
            Some(entry) => {
                Moment::At { index: self.index, at: self.at, selects: Some(entry), variant: self.variant }
            }
            None => Moment::Absent { reason },
        }
    }
}

/// The instant in the middle.
fn between(from: Instant, to: Instant) -> Instant {
    from + Duration::from_micros(to.since(from).as_micros() / 2)
}
