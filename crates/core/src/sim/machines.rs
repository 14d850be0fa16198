//! The machines of a run: stacks, timers, links, and the entries that they write.

use strum::VariantArray;

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use core::net::Ipv4Addr;

use super::descriptors::Descriptors;
use super::interventions::Fate;
use super::link::{LinkDirection, PendingImpairment};
use super::outside::Outside;
use super::profiles::adapted;
use super::recorder::Recorder;
use super::role_timers::RoleTimers;
use super::routes::Routes;
use super::scheduled::Scheduled;
use crate::event::{Entry, Event, NodeId, PacketId, Waiting};
use crate::node::Input;
use crate::rng::Rng;
use crate::rule::Rule;
use crate::scenario::{Direction, Moment, Scenario};
use crate::tcp::{Notice, Output, SocketEvent, SocketId, Stack, Timer};
use crate::time::Instant;
use crate::timeline::Timeline;
use crate::trace::StoppedBy;
use crate::wire::{Packet, Segment};

/// The most entries of a run that is only counted.
const COUNTED_MOST: u32 = 32_000_000;

/// The machine of a node: everything but its application.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) stack: Stack,
    /// UDP ports with somebody behind them.
    pub(super) udp_ports: Vec<u16>,
    pub(super) timers: RoleTimers,
    pub(super) descriptors: Descriptors,
    /// The rules by which connections failed, for the calls that tell it.
    pub(super) failures: BTreeMap<SocketId, Rule>,
    /// Connections whose last response is not acknowledged yet, with the rule of the wait that follows.
    pub(super) unacknowledged: BTreeMap<SocketId, Rule>,
    /// What the role waits for on each connection.
    pub(super) waits: BTreeMap<SocketId, Waiting>,
    /// The entry that set each of the sockets' timers, by the socket's number.
    socket_timers: Vec<[u32; Timer::VARIANTS.len()]>,
    pub(super) pending: VecDeque<(Input, Option<u32>)>,
    pub(super) wake_at: Option<Instant>,
    /// An impairment that applies to the next packet on it, in either direction.
    pub(super) pending_impairment: PendingImpairment,
    /// It has no power.
    pub(super) is_down: bool,
    /// Its application does not read.
    pub(super) is_unread: bool,
}

impl Machine {
    /// The power fails: what was in memory is gone.
    pub(super) fn lose_state(&mut self) {
        self.is_down = true;
        self.is_unread = false;
        self.udp_ports.clear();
        self.timers = RoleTimers::default();
        self.descriptors = Descriptors::default();
        self.failures.clear();
        self.unacknowledged.clear();
        self.waits.clear();
        self.pending.clear();
        self.pending_impairment = PendingImpairment::default();
    }
}

#[derive(Debug)]
pub(super) struct Hop {
    pub(super) ends: (usize, usize),
    pub(super) forward: LinkDirection,
    pub(super) backward: LinkDirection,
}

/// All machines and the links between them: what a run consists of, besides the applications.
pub(super) struct Machines {
    pub(super) scenario: Rc<Scenario>,
    pub(super) now: Instant,
    pub(super) queue: Timeline<Scheduled>,
    /// The last event that was processed.
    pub(super) moment: Moment,
    /// A stack's outputs while they are handled; kept for its allocation.
    outputs: Vec<(Option<SocketId>, Output)>,
    pub(super) nodes: Box<[Machine]>,
    pub(super) hops: Box<[Hop]>,
    pub(super) routes: Routes,
    pub(super) rng: Rng,
    pub(super) recorder: Recorder,
    /// Entries so far, and how many there may be.
    entries: u32,
    entries_most: u32,
    /// The cause of the next entry.
    pub(super) cause: Option<u32>,
    pub(super) segments: u32,
    connections: u32,
    pub(super) octets: u64,
    pub(super) stopped_by: Option<StoppedBy>,
    /// What the user has done to packets on their way.
    pub(super) fates: BTreeMap<PacketId, Fate>,
    /// The host that is not simulated.
    pub(super) outside: Option<Outside>,
}

impl Machines {
    pub(super) fn new(scenario: Rc<Scenario>, recorder: Recorder) -> Self {
        let entries_most = match &recorder {
            Recorder::Keeps { .. } => scenario.limits.entries,
            Recorder::Counts(_) => COUNTED_MOST,
        };
        let nodes = scenario.nodes.iter().enumerate().map(|(index, spec)| {
            let profile = adapted(spec.profile.profile(), &spec.stack);
            Machine {
                stack: Stack::new(spec.address, profile, scenario.seed.wrapping_add(index as u64)),
                udp_ports: Vec::new(),
                timers: RoleTimers::default(),
                descriptors: Descriptors::default(),
                failures: BTreeMap::new(),
                unacknowledged: BTreeMap::new(),
                waits: BTreeMap::new(),
                socket_timers: Vec::new(),
                pending: VecDeque::new(),
                wake_at: None,
                pending_impairment: PendingImpairment::default(),
                is_down: false,
                is_unread: false,
            }
        });
        let nodes = nodes.collect();
        let index_of = |name: &str| scenario.nodes.iter().position(|node| node.name == name).unwrap_or(0);
        let mut hops = Vec::new();
        for (number, link) in scenario.links.iter().enumerate() {
            let ends = (index_of(&link.between.0), index_of(&link.between.1));
            let stream = 2 * number as u64;
            hops.push(Hop {
                ends,
                forward: LinkDirection::new(link, Direction::Forward, scenario.seed, stream + 1),
                backward: LinkDirection::new(link, Direction::Backward, scenario.seed, stream + 2),
            });
        }
        Self {
            routes: Routes::new(&scenario, &hops.iter().map(|hop: &Hop| hop.ends).collect::<Vec<_>>()),
            now: Instant::ZERO,
            queue: Timeline::default(),
            moment: Moment::default(),
            outputs: Vec::new(),
            nodes,
            hops: hops.into(),
            // The links have the streams from 1 on, two each.
            rng: Rng::new(scenario.seed, 0),
            scenario,
            recorder,
            entries: 0,
            entries_most,
            cause: None,
            segments: 0,
            connections: 0,
            octets: 0,
            stopped_by: None,
            fates: BTreeMap::new(),
            outside: None,
        }
    }

    /// Whether the node is not simulated.
    pub(super) fn is_outside(&self, node: usize) -> bool {
        self.outside.as_ref().is_some_and(|outside| outside.node == node)
    }

    /// Says what time it is.
    pub(super) fn set_clock(&mut self, now: Instant) {
        if now != self.now {
            self.moment = Moment::start_of(now);
        }
        self.now = now;
    }

    /// The hop and the next node on the way to an address.
    pub(super) fn next_hop(&self, node: usize, to: Ipv4Addr) -> Option<(usize, usize)> {
        let owner = self.nodes.iter().position(|node| node.stack.address() == to);
        self.routes.next(node, owner.filter(|_| !to.is_unspecified()))
    }

    /// The links between two nodes.
    pub(super) fn hops_between(&mut self, between: &(String, String)) -> impl Iterator<Item = &mut Hop> {
        let (a, b) = between;
        self.hops.iter_mut().zip(&self.scenario.links).filter_map(move |(hop, link)| {
            let (c, d) = &link.between;
            ((a, b) == (c, d) || (a, b) == (d, c)).then_some(hop)
        })
    }

    /// Disconnects the cables between two nodes, or connects them again.
    pub(super) fn set_cable(&mut self, between: &(String, String), down: bool) {
        for hop in self.hops_between(between) {
            hop.forward.down = down;
            hop.backward.down = down;
        }
    }

    /// Handles the stack's outputs, in order.
    pub(super) fn drain(&mut self, node: usize) {
        let mut outputs = core::mem::take(&mut self.outputs);
        outputs.extend(self.nodes[node].stack.drain_outputs());
        for (socket, output) in outputs.drain(..) {
            if self.stopped_by.is_some() {
                break;
            }
            match output {
                Output::Segment { segment, rule, retransmission } => {
                    self.transmit(node, socket, segment, rule, retransmission);
                }
                Output::Notice { notice, rule } => self.note(node, socket, notice, rule),
                Output::Event(event) => {
                    let Some(socket) = socket else { continue };
                    let input = match event {
                        SocketEvent::Connected => Input::Connected(socket),
                        SocketEvent::ConnectFailed(error) => Input::ConnectFailed(socket, error),
                        SocketEvent::Acceptable => Input::Acceptable(socket),
                        SocketEvent::Readable => Input::Readable(socket),
                        SocketEvent::Writable => Input::Writable(socket),
                        SocketEvent::Failed(error) => Input::Failed(socket, error),
                    };
                    let last = self.entries.checked_sub(1);
                    self.nodes[node].pending.push_back((input, last));
                }
            }
        }
        self.outputs = outputs;
    }

    fn note(&mut self, node: usize, socket: Option<SocketId>, notice: Notice, rule: Rule) {
        let Some(socket) = socket else { return };
        let (expired, set) = match &notice {
            Notice::TimerExpired { timer } => (Some(*timer), None),
            Notice::TimerSet { timer, .. } => (None, Some(*timer)),
            Notice::Opened { .. } => {
                self.connections += 1;
                if self.connections > self.scenario.limits.connections {
                    self.stopped_by = Some(StoppedBy::Connections);
                }
                (None, None)
            }
            Notice::Errored { .. } => {
                self.nodes[node].failures.insert(socket, rule);
                (None, None)
            }
            _ => (None, None),
        };
        let is_acknowledged = matches!(notice, Notice::BytesAcknowledged { .. });
        if let Some(timer) = expired {
            let set = self.nodes[node].socket_timers.get(socket.0 as usize);
            self.cause = set.map(|set| set[timer as usize]);
        }
        let entry = self.record(node, Event::Socket { socket, notice }, rule);
        if expired.is_some() {
            self.cause = Some(entry);
        }
        if is_acknowledged {
            self.acknowledged(node, socket);
        }
        if let Some(timer) = set {
            let timers = &mut self.nodes[node].socket_timers;
            if timers.len() <= socket.0 as usize {
                timers.resize(socket.0 as usize + 1, Default::default());
            }
            timers[socket.0 as usize][timer as usize] = entry;
        }
    }

    /// Records what a role now waits for on a connection.
    ///
    /// The next request is not waited for while the last response is still on its way.
    pub(super) fn wait(&mut self, node: usize, socket: SocketId, waiting: Waiting, rule: Rule) {
        // To wait on for the same is no change.
        if self.nodes[node].waits.insert(socket, waiting) == Some(waiting) {
            return;
        }
        self.nodes[node].unacknowledged.remove(&socket);
        if waiting == Waiting::Request && self.has_unacknowledged(node, socket) {
            self.nodes[node].unacknowledged.insert(socket, rule);
            let event = Event::WaitingChanged { socket, waiting: Waiting::ResponseSent };
            self.record(node, event, Rule::ResponseUnderWay);
        } else {
            self.record(node, Event::WaitingChanged { socket, waiting }, rule);
        }
    }

    fn has_unacknowledged(&self, node: usize, socket: SocketId) -> bool {
        let connection = self.nodes[node].stack.connection(socket);
        connection.is_some_and(|connection| connection.written() > connection.octets_acknowledged())
    }

    /// After an ACK: the last response may have arrived.
    fn acknowledged(&mut self, node: usize, socket: SocketId) {
        if !self.nodes[node].unacknowledged.is_empty()
            && !self.has_unacknowledged(node, socket)
            && let Some(rule) = self.nodes[node].unacknowledged.remove(&socket)
        {
            self.record(node, Event::WaitingChanged { socket, waiting: Waiting::Request }, rule);
        }
    }

    fn transmit(
        &mut self,
        node: usize,
        socket: Option<SocketId>,
        segment: Rc<Segment>,
        rule: Rule,
        retransmission: bool,
    ) {
        // `connect` refuses an address without a route, so every segment has one.
        let packet = Packet::Segment(segment);
        if let Some((hop, to)) = self.next_hop(node, packet.destination()) {
            self.put(node, (hop, to), socket, packet, rule, retransmission);
        }
    }

    pub(super) fn record(&mut self, node: usize, event: Event, rule: Rule) -> u32 {
        let index = self.entries;
        if index >= self.entries_most {
            // The trace is full: further entries of its last event are not recorded.
            self.stopped_by = Some(StoppedBy::Entries);
            return index;
        }
        self.entries += 1;
        let (at, node, cause) = (self.now, NodeId(node as u16), self.cause);
        match &mut self.recorder {
            Recorder::Keeps { entries, ordinals } => {
                entries.push(Entry { index, at, node, event, cause, rule });
                ordinals.push(self.moment.nth);
            }
            // Counting borrows the event: a run may have millions of entries.
            Recorder::Counts(tally) => tally.apply(at, node, &event),
        }
        index
    }

    /// Schedules the node's next timer, unless it is woken before.
    pub(super) fn schedule_wake(&mut self, node: usize) {
        let machine = &mut self.nodes[node];
        let next = [machine.stack.poll_timeout(), machine.timers.next()].into_iter().flatten().min();
        if let Some(next) = next
            && machine.wake_at.is_none_or(|wake| next < wake)
        {
            machine.wake_at = Some(next);
            self.queue.schedule(next.max(self.now), Scheduled::Wake { node });
        }
    }
}
