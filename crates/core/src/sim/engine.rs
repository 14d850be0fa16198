//! The engine: takes what is due from the queue, lets nodes act, and writes the trace.

use std::collections::VecDeque;
use std::rc::Rc;

use super::calls::make_call;
use super::link::{LinkDirection, PendingImpairment};
use super::node_host::NodeHost;
use super::profiles::adapted;
use super::recorder::Recorder;
use super::role_timers::RoleTimers;
use super::routes::Routes;
use super::scheduled::Scheduled;
use crate::event::{DropReason, Entry, Event, NodeId};
use crate::node::{BuildRole, Handled, Input, Network, Role, Secured};
use crate::rng::Rng;
use crate::rule::Rule;
use crate::scenario::{Action, Direction, Moment, Scenario, ScenarioError};
use crate::tcp::{Call, CallError, Notice, Output, Returned, SocketEvent, SocketId, Stack, Timer};
use crate::time::Instant;
use crate::timeline::Timeline;
use crate::trace::{StoppedBy, Trace};
use crate::wire::{Packet, Segment};

/// Runs a scenario to its end.
///
/// Shape: the trace of everything that happened; the same scenario gives the same trace.
///
/// Errors: a scenario that makes no sense, by the name of the field. A run that reaches a limit is no error:
/// the trace ends there and says so in `stopped_by`.
pub fn run(scenario: &Scenario) -> Result<Trace, ScenarioError> {
    scenario.validate()?;
    let mut engine =
        Engine::new(Rc::new(scenario.clone()), Recorder::Keeps { entries: Vec::new(), ordinals: Vec::new() });
    engine.go_on(u32::MAX);
    let (entries, ordinals) = match engine.recorder {
        Recorder::Keeps { entries, ordinals } => (entries, ordinals),
        Recorder::Counts(_) => (Vec::new(), Vec::new()),
    };
    Ok(Trace::new(engine.scenario, entries, ordinals, engine.stopped_by))
}

/// A run that is only counted has at most so many entries.
const COUNTED_MOST: u32 = 32_000_000;

pub(super) struct Node {
    pub(super) stack: Stack,
    /// Taken out while it handles an input.
    role: Option<Box<dyn Role>>,
    /// Its DHCP client and resolver; taken out while they handle an input.
    pub(super) network: Option<Network>,
    /// UDP ports with somebody behind them.
    pub(super) udp_ports: Vec<u16>,
    pub(super) timers: RoleTimers,
    /// The entry that set each of the sockets' timers, by the socket's number.
    socket_timers: Vec<[u32; Timer::ALL.len()]>,
    pub(super) pending: VecDeque<(Input, Option<u32>)>,
    wake_at: Option<Instant>,
    /// Waits for the next packet that leaves it, whichever way.
    pub(super) pending_impairment: PendingImpairment,
}

#[derive(Debug)]
pub(super) struct Hop {
    pub(super) ends: (usize, usize),
    pub(super) forward: LinkDirection,
    pub(super) backward: LinkDirection,
}

pub(super) struct Engine {
    pub(super) scenario: Rc<Scenario>,
    pub(super) now: Instant,
    pub(super) queue: Timeline<Scheduled>,
    /// Interventions that have not taken place, by their moments, with their index in the scenario.
    interventions: VecDeque<(Moment, usize)>,
    /// The last event that was processed.
    moment: Moment,
    /// What a stack gave out and is being handled; kept for its allocation.
    outputs: Vec<(Option<SocketId>, Output)>,
    pub(super) nodes: Box<[Node]>,
    pub(super) hops: Box<[Hop]>,
    pub(super) routes: Routes,
    pub(super) rng: Rng,
    pub(super) recorder: Recorder,
    /// Entries so far, and how many there may be.
    entries: u32,
    entries_most: u32,
    /// What leads to the next entry.
    pub(super) cause: Option<u32>,
    pub(super) segments: u32,
    connections: u32,
    octets: u64,
    pub(super) stopped_by: Option<StoppedBy>,
}

impl Engine {
    pub(super) fn new(scenario: Rc<Scenario>, recorder: Recorder) -> Self {
        let entries_most = match &recorder {
            Recorder::Keeps { .. } => scenario.limits.entries,
            Recorder::Counts(_) => COUNTED_MOST,
        };
        let mut queue = Timeline::default();
        let nodes = scenario.nodes.iter().enumerate().map(|(index, spec)| {
            let profile = adapted(spec.profile.profile(), &spec.stack);
            Node {
                stack: Stack::new(spec.address, profile, scenario.seed.wrapping_add(index as u64)),
                role: Some(match &spec.stack.tls {
                    Some(tls) => Box::new(Secured::new(spec.role.build(), tls.clone())),
                    None => spec.role.build(),
                }),
                network: Network::new(spec.stack.dhcp.as_ref(), spec.stack.resolver.as_ref()),
                udp_ports: Vec::new(),
                timers: RoleTimers::default(),
                socket_timers: Vec::new(),
                pending: VecDeque::new(),
                wake_at: None,
                pending_impairment: PendingImpairment::default(),
            }
        });
        let nodes: Box<[Node]> = nodes.collect();
        // Servers are there before their clients: the last node of the scenario starts first.
        for node in (0..nodes.len()).rev() {
            queue.schedule(Instant::ZERO, Scheduled::Start { node });
        }
        let mut interventions: Vec<(Moment, usize)> = scenario
            .interventions
            .iter()
            .zip(0..)
            .map(|(intervention, index)| (intervention.after, index))
            .collect();
        interventions.sort();
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
            routes: Routes::new(&scenario, &hops),
            now: Instant::ZERO,
            queue,
            interventions: interventions.into(),
            moment: Moment::default(),
            outputs: Vec::new(),
            nodes,
            hops: hops.into(),
            // Lines have odd and even streams from 1 on.
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
        }
    }

    /// Takes at most so many events from the queue; whether there is more to do.
    pub(super) fn go_on(&mut self, most: u32) -> bool {
        for _ in 0..most {
            if self.stopped_by.is_some() {
                return false;
            }
            let intervention = self.next_intervention();
            let at = intervention.map(|(at, _)| at).or_else(|| self.queue.peek().map(|(at, _)| at));
            let Some(at) = at else { return false };
            if at.since(Instant::ZERO) > self.scenario.limits.time_us {
                self.stopped_by = Some(StoppedBy::Time);
                return false;
            }
            if at != self.now {
                self.moment = Moment::start_of(at);
            }
            self.now = at;
            if let Some((_, index)) = intervention {
                self.interventions.pop_front();
                self.intervene(index);
            } else if let Some((_, event)) = self.queue.pop() {
                self.moment.nth += 1;
                self.happen(event);
            }
        }
        true
    }

    /// The intervention that takes place before the next scheduled event, with its time.
    fn next_intervention(&self) -> Option<(Instant, usize)> {
        let (after, index) = *self.interventions.front()?;
        let next = self.queue.peek().map(|(at, _)| at);
        // The moment of the events before the next one: none of its microsecond, unless that has begun.
        let reached = next.map(|next| if next == self.now { self.moment } else { Moment::start_of(next) });
        reached.is_none_or(|reached| after <= reached).then_some((after.at_us, index))
    }

    fn happen(&mut self, due: Scheduled) {
        self.cause = None;
        match due {
            Scheduled::Start { node } => {
                self.nodes[node].pending.push_back((Input::Started, None));
                self.settle(node);
            }
            Scheduled::Arrive { node, id, hop, packet, sent, retransmission } => {
                self.cause = Some(sent);
                self.arrive(node, id, hop, packet, retransmission);
            }
            Scheduled::Lose { node, id, reason, sent } => {
                self.cause = Some(sent);
                let rule = match reason {
                    DropReason::Corrupted => Rule::Checksum,
                    DropReason::QueueFull => Rule::QueueFull,
                    DropReason::LinkDown => Rule::LinkCut,
                    DropReason::HostDown => Rule::HostOff,
                    DropReason::Scripted | DropReason::Random => Rule::LinkLoss,
                };
                self.record(node, Event::PacketDropped { id, reason }, rule);
            }
            Scheduled::Wake { node } => self.wake(node),
        }
    }

    fn wake(&mut self, node: usize) {
        if self.nodes[node].wake_at == Some(self.now) {
            self.nodes[node].wake_at = None;
        }
        let now = self.now;
        if self.nodes[node].stack.poll_timeout().is_some_and(|at| at <= now) {
            self.nodes[node].stack.handle_timeout(now);
            self.drain(node);
        }
        while self.stopped_by.is_none()
            && let Some((timer, set)) = self.nodes[node].timers.take_expired(now)
        {
            self.cause = Some(set);
            let event = Event::TimerExpired { socket: timer.socket, purpose: timer.purpose };
            let expired = self.record(node, event, Rule::Application);
            self.nodes[node].pending.push_back((Input::TimerExpired(timer), Some(expired)));
            self.deliver_inputs(node);
        }
        self.settle(node);
    }

    fn intervene(&mut self, index: usize) {
        self.cause = None;
        let scenario = Rc::clone(&self.scenario);
        let Some(intervention) = scenario.interventions.get(index) else { return };
        let node_of = |name: &str| scenario.nodes.iter().position(|node| node.name == name).unwrap_or(0);
        let event = Event::Intervened { intervention: index as u32 };
        let (node, call) = match &intervention.action {
            Action::DropNext { node } | Action::DelayNext { node, .. } => (node_of(node), None),
            Action::Close { node, socket } => (node_of(node), Some((*socket, Call::Close))),
            Action::Shutdown { node, socket } => (node_of(node), Some((*socket, Call::Shutdown))),
            Action::Abort { node, socket } => (node_of(node), Some((*socket, Call::Abort))),
            Action::Call { node, .. } => (node_of(node), None),
            Action::PullCable { between } | Action::PutCableBack { between } => (node_of(&between.0), None),
        };
        let entry = self.record(node, event, Rule::Intervention);
        self.cause = Some(entry);
        match &intervention.action {
            Action::DropNext { .. } => self.nodes[node].pending_impairment.is_lost = true,
            Action::DelayNext { by_us, .. } => self.nodes[node].pending_impairment.late_by = Some(*by_us),
            Action::PullCable { between } => self.set_cable(between, true),
            Action::PutCableBack { between } => self.set_cable(between, false),
            Action::Call { call, .. } => {
                self.nodes[node].pending.push_back((Input::Typed(call.clone()), Some(entry)));
                self.settle(node);
            }
            Action::Close { .. } | Action::Shutdown { .. } | Action::Abort { .. } => {}
        }
        if let Some((socket, call)) = call {
            self.call(node, Some(SocketId(socket)), call);
            self.settle(node);
        }
    }

    fn set_cable(&mut self, between: &(String, String), down: bool) {
        for (hop, link) in self.hops.iter_mut().zip(&self.scenario.links) {
            let (a, b) = &link.between;
            if (a, b) == (&between.0, &between.1) || (b, a) == (&between.0, &between.1) {
                hop.forward.down = down;
                hop.backward.down = down;
            }
        }
    }

    /// Takes everything a node gives out, lets its role act on it, and sees when it must be woken.
    pub(super) fn settle(&mut self, node: usize) {
        self.drain(node);
        self.deliver_inputs(node);
        let host = &mut self.nodes[node];
        let next = [host.stack.poll_timeout(), host.timers.next()].into_iter().flatten().min();
        if let Some(next) = next
            && host.wake_at.is_none_or(|wake| next < wake)
        {
            host.wake_at = Some(next);
            self.queue.schedule(next.max(self.now), Scheduled::Wake { node });
        }
    }

    fn deliver_inputs(&mut self, node: usize) {
        while self.stopped_by.is_none()
            && let Some((input, cause)) = self.nodes[node].pending.pop_front()
        {
            self.cause = cause;
            let input = match self.network_handles(node, &input) {
                Handled::No => input,
                Handled::Yes => continue,
                Handled::Ready => Input::NetworkReady,
            };
            let Some(mut role) = self.nodes[node].role.take() else { return };
            role.handle(input, &mut NodeHost { engine: self, node });
            self.nodes[node].role = Some(role);
        }
    }

    /// Lets the machine's own DHCP client and resolver see an input before the application does.
    fn network_handles(&mut self, node: usize, input: &Input) -> Handled {
        let Some(mut network) = self.nodes[node].network.take() else { return Handled::No };
        let handled = network.handle(input, &mut NodeHost { engine: self, node });
        self.nodes[node].network = Some(network);
        handled
    }

    /// Takes what the stack gives out, in order.
    fn drain(&mut self, node: usize) {
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
            _ => (None, None),
        };
        if let Some(timer) = expired {
            let set = self.nodes[node].socket_timers.get(socket.0 as usize);
            self.cause = set.map(|set| set[timer as usize]);
        }
        let entry = self.record(node, Event::Socket { socket, notice }, rule);
        if expired.is_some() {
            self.cause = Some(entry);
        }
        if let Some(timer) = set {
            let timers = &mut self.nodes[node].socket_timers;
            if timers.len() <= socket.0 as usize {
                timers.resize(socket.0 as usize + 1, Default::default());
            }
            timers[socket.0 as usize][timer as usize] = entry;
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
        if let Some((hop, to)) = self.routes.next(&self.nodes, node, packet.destination()) {
            self.put(node, (hop, to), socket, packet, rule, retransmission);
        }
    }

    pub(super) fn record(&mut self, node: usize, event: Event, rule: Rule) -> u32 {
        let index = self.entries;
        if index >= self.entries_most {
            // The trace is full; what its last event still leads to is not written.
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
            // An entry is moved nowhere only to be counted: there are millions.
            Recorder::Counts(tally) => tally.apply(at, node, &event),
        }
        index
    }

    /// Makes a socket call for a node's application.
    pub(super) fn call(&mut self, node: usize, socket: Option<SocketId>, call: Call) -> Returned {
        let returned = self.attempt(node, socket, &call);
        // A read or accept that would block is not made: the event loop knows that there is nothing.
        if returned == Returned::WouldBlock && matches!(call, Call::Receive { .. } | Call::Accept) {
            return returned;
        }
        self.finish_call(node, socket, call, returned.clone());
        returned
    }

    /// Makes a call on the stack, and writes nothing.
    fn attempt(&mut self, node: usize, socket: Option<SocketId>, call: &Call) -> Returned {
        let now = self.now;
        let returned = match (call, socket) {
            (Call::Connect { remote }, _) if !self.is_routed(node, remote.address) => {
                Returned::Failed { error: CallError::NetworkUnreachable }
            }
            _ => make_call(&mut self.nodes[node].stack, now, socket, call),
        };
        if let Returned::Sent { len } = returned {
            self.octets += len as u64;
            if self.octets > self.scenario.limits.octets {
                self.stopped_by = Some(StoppedBy::Octets);
            }
        }
        returned
    }

    /// Makes a call that blocks where it must. See [`Host::blocking_call`].
    ///
    /// [`Host::blocking_call`]: crate::node::Host::blocking_call
    pub(super) fn blocking_call(
        &mut self,
        node: usize,
        socket: Option<SocketId>,
        call: Call,
        before: Option<usize>,
    ) -> Result<Returned, usize> {
        let mut returned = self.attempt(node, socket, &call);
        let mut written = before.unwrap_or(0);
        let is_short = match (&call, &mut returned) {
            (_, Returned::WouldBlock) => true,
            (Call::Send { octets }, Returned::Sent { len }) => {
                let is_short = *len < octets.len();
                written += *len;
                *len = written;
                is_short
            }
            (Call::Close, _) => socket.is_some_and(|socket| self.nodes[node].stack.lingers(socket).is_some()),
            _ => false,
        };
        if !is_short {
            self.finish_call(node, socket, call, returned.clone());
            return Ok(returned);
        }
        if let (None, Some(socket)) = (before, socket) {
            let entry = self.record(node, Event::CallBlocked { socket, call }, Rule::BlockingCall);
            self.cause = Some(entry);
        }
        self.drain(node);
        Err(written)
    }

    /// Writes down what a call returned, and takes what came of it.
    fn finish_call(&mut self, node: usize, socket: Option<SocketId>, call: Call, returned: Returned) {
        let subject = match &returned {
            Returned::Socket { socket: new } if !matches!(call, Call::Accept) => Some(*new),
            _ => socket,
        };
        let reads = matches!(call, Call::Receive { .. } | Call::Accept);
        let rule = if reads { Rule::ReceiveCall } else { Rule::Application };
        let before = self.cause;
        let event = Event::CallReturned { socket: subject, call, returned };
        let entry = self.record(node, event, rule);
        self.cause = Some(entry);
        self.drain(node);
        // What an application does after reading, it does because of what it read.
        self.cause = if reads { Some(entry) } else { before };
    }
}
