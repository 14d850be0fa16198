//! The engine: processes scheduled events in order, and lets applications act on what reaches them.

use std::collections::VecDeque;
use std::rc::Rc;

use super::interventions::Fate;
use super::machines::Machines;
use super::node_host::NodeHost;
use super::recorder::Recorder;
use super::scheduled::Scheduled;
use crate::event::{DropReason, Event};
use crate::node::{Handled, Input, Manual, Network, Role, RoleSpec};
use crate::rule::Rule;
use crate::scenario::{Moment, NodeSpec, Scenario, ScenarioError};
use crate::time::Instant;
use crate::trace::{StoppedBy, Trace};

/// Runs a scenario to its end.
///
/// The same scenario gives the same trace. A run that reaches a limit is no error: the trace ends there, with
/// `stopped_by` set.
///
/// # Errors
///
/// The field of the scenario that is invalid.
pub fn run(scenario: &Scenario) -> Result<Trace, ScenarioError> {
    scenario.validate()?;
    let mut engine =
        Engine::new(Rc::new(scenario.clone()), Recorder::Keeps { entries: Vec::new(), ordinals: Vec::new() });
    engine.go_on(u32::MAX);
    let (entries, ordinals) = match engine.machines.recorder {
        Recorder::Keeps { entries, ordinals } => (entries, ordinals),
        Recorder::Counts(_) => (Vec::new(), Vec::new()),
    };
    Ok(Trace::new(engine.machines.scenario, entries, ordinals, engine.machines.stopped_by))
}

/// What runs on a machine.
#[derive(Debug)]
pub(super) struct Software {
    role: Box<dyn Role>,
    /// A person's own process beside the application, once they have made a call; a program of calls is one itself.
    console: Option<Manual>,
    /// Its DHCP client and resolver.
    network: Option<Network>,
}

impl Software {
    pub(super) fn new(spec: &NodeSpec) -> Self {
        Self {
            role: spec.application(),
            console: None,
            network: Network::new(spec.stack.dhcp.as_ref(), spec.stack.resolver.as_ref()),
        }
    }
}

/// A run: machines, the software on them, and the interventions that are still to come.
pub(super) struct Engine {
    pub(super) machines: Machines,
    /// In the order of the nodes.
    pub(super) software: Box<[Software]>,
    /// Interventions that have not taken place, by their moments, with their index in the scenario.
    interventions: VecDeque<(Moment, usize)>,
}

impl Engine {
    pub(super) fn new(scenario: Rc<Scenario>, recorder: Recorder) -> Self {
        let software: Box<[Software]> = scenario.nodes.iter().map(Software::new).collect();
        let mut interventions: Vec<(Moment, usize)> = scenario
            .interventions
            .iter()
            .zip(0..)
            .map(|(intervention, index)| (intervention.after, index))
            .collect();
        interventions.sort();
        let mut machines = Machines::new(scenario, recorder);
        // Servers start before their clients: the scenario's last node first.
        for node in (0..software.len()).rev() {
            machines.queue.schedule(Instant::ZERO, Scheduled::Start { node });
        }
        Self { machines, software, interventions: interventions.into() }
    }

    /// Processes at most so many events; returns whether the queue holds more.
    pub(super) fn go_on(&mut self, most: u32) -> bool {
        for _ in 0..most {
            if self.machines.stopped_by.is_some() {
                return false;
            }
            let intervention = self.next_intervention();
            let Some(at) = self.due(intervention) else { return false };
            if at.since(Instant::ZERO) > self.machines.scenario.limits.time_us {
                self.machines.stopped_by = Some(StoppedBy::Time);
                return false;
            }
            self.machines.set_clock(at);
            if let Some((after, index)) = intervention {
                self.interventions.pop_front();
                // The microsecond may have fewer events than it names: what comes next follows it all the same.
                self.machines.moment = self.machines.moment.max(after);
                self.intervene(index);
            } else if let Some((_, event)) = self.machines.queue.pop() {
                self.machines.moment.nth += 1;
                self.happen(event);
            }
        }
        true
    }

    /// When this intervention, or else the next scheduled event, takes place.
    fn due(&self, intervention: Option<(Moment, usize)>) -> Option<Instant> {
        let event = || self.machines.queue.peek().map(|(at, _)| at);
        intervention.map(|(after, _)| after.at_us).or_else(event)
    }

    /// When the run goes on.
    pub(super) fn next(&self) -> Option<Instant> {
        self.due(self.next_intervention())
    }

    /// The intervention that takes place before the next scheduled event, with its moment.
    fn next_intervention(&self) -> Option<(Moment, usize)> {
        let (after, index) = *self.interventions.front()?;
        let next = self.machines.queue.peek().map(|(at, _)| at);
        // The moment of the events before the next one: none of its microsecond, unless that has begun.
        let reached =
            next.map(
                |next| if next == self.machines.now { self.machines.moment } else { Moment::start_of(next) },
            );
        reached.is_none_or(|reached| after <= reached).then_some((after, index))
    }

    fn happen(&mut self, due: Scheduled) {
        self.machines.cause = None;
        match due {
            Scheduled::Start { node }
                if self.machines.nodes[node].is_down || self.machines.is_outside(node) => {}
            Scheduled::Start { node } => {
                self.machines.nodes[node].pending.push_back((Input::Started, None));
                self.settle(node);
            }
            Scheduled::Arrive { node, id, hop, packet, sent, retransmission } => {
                self.machines.cause = Some(sent);
                let fate = self.machines.fates.remove(&id);
                if let Some(Fate::Late(by)) = fate {
                    let arrival = Scheduled::Arrive { node, id, hop, packet, sent, retransmission };
                    self.machines.queue.schedule(self.machines.now + by, arrival);
                    return;
                }
                match fate {
                    Some(Fate::Lost) => return,
                    Some(Fate::Corrupted) => {
                        let event = Event::PacketDropped { id, reason: DropReason::Corrupted };
                        self.machines.record(node, event, Rule::Checksum);
                        return;
                    }
                    _ => {}
                }
                self.machines.arrive(node, id, hop, packet, retransmission);
                self.settle(node);
            }
            Scheduled::Lose { node, id, reason, sent } => {
                self.machines.cause = Some(sent);
                let rule = match reason {
                    DropReason::Corrupted => Rule::Checksum,
                    DropReason::QueueFull => Rule::QueueFull,
                    DropReason::LinkDown => Rule::LinkCut,
                    DropReason::HostDown => Rule::HostOff,
                    DropReason::Scripted | DropReason::Random | DropReason::Unacknowledged => Rule::LinkLoss,
                };
                self.machines.record(node, Event::PacketDropped { id, reason }, rule);
            }
            Scheduled::Wake { node } => self.wake(node),
        }
    }

    fn wake(&mut self, node: usize) {
        if self.machines.nodes[node].wake_at == Some(self.machines.now) {
            self.machines.nodes[node].wake_at = None;
        }
        let now = self.machines.now;
        if self.machines.nodes[node].stack.poll_timeout().is_some_and(|at| at <= now) {
            self.machines.nodes[node].stack.handle_timeout(now);
            self.machines.drain(node);
        }
        while self.machines.stopped_by.is_none()
            && let Some((timer, set, rule)) = self.machines.nodes[node].timers.take_expired(now)
        {
            self.machines.cause = Some(set);
            let event = Event::TimerExpired { socket: timer.socket, purpose: timer.purpose };
            let expired = self.machines.record(node, event, rule);
            self.machines.nodes[node].pending.push_back((Input::TimerExpired(timer), Some(expired)));
            self.deliver_inputs(node);
        }
        self.settle(node);
    }

    /// Handles everything that a node's stack has put out, and schedules its next timer.
    pub(super) fn settle(&mut self, node: usize) {
        self.machines.drain(node);
        self.deliver_inputs(node);
        self.machines.schedule_wake(node);
    }

    fn deliver_inputs(&mut self, node: usize) {
        let machines = &mut self.machines;
        let is_program = matches!(machines.scenario.nodes[node].role, RoleSpec::Manual(_));
        let Software { role, console, network } = &mut self.software[node];
        while machines.stopped_by.is_none()
            && let Some((input, cause)) = machines.nodes[node].pending.pop_front()
        {
            machines.cause = cause;
            if !is_program && matches!(input, Input::Typed(_)) {
                console.get_or_insert_with(Manual::console);
            }
            if let Some(console) = console.as_mut().filter(|console| console.takes(&input)) {
                console.handle(input, &mut NodeHost { machines, node, network: None });
                continue;
            }
            // The machine's own DHCP client and resolver see an input before the application does.
            let handled = match network {
                Some(network) => network.handle(&input, &mut NodeHost { machines, node, network: None }),
                None => Handled::No,
            };
            let input = match handled {
                Handled::No => input,
                Handled::Yes => continue,
                Handled::Ready => Input::NetworkReady,
            };
            role.handle(input, &mut NodeHost { machines, node, network: network.as_mut() });
        }
    }
}
