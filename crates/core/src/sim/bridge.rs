//! A run of which one node is not simulated: its packets come from somebody else and go to them.

use std::rc::Rc;

use super::engine::Engine;
use super::outside::Outside;
use super::recorder::Recorder;
use crate::event::{Entry, NodeId};
use crate::scenario::{Scenario, ScenarioError};
use crate::time::Instant;
use crate::trace::StoppedBy;
use crate::wire::Packet;

/// A scenario between a host outside and the simulated ones.
///
/// The caller is the outside host's TCP, and the clock: it hands in what that host sends
/// ([`send`](Self::send)) and how late it is ([`go_on`](Self::go_on), at the latest when [`next`](Self::next) says), and
/// after each takes what has reached it ([`received`](Self::received)) and what there is to tell
/// ([`entries`](Self::entries)). The links, with their losses, are the scenario's.
pub struct Bridge {
    engine: Engine,
    outside: usize,
}

impl Bridge {
    /// A run that has not begun, in which `outside` is not simulated; its role and its profile mean nothing.
    ///
    /// # Errors
    ///
    /// The field of the scenario that is invalid.
    pub fn new(scenario: &Scenario, outside: NodeId) -> Result<Self, ScenarioError> {
        scenario.validate()?;
        let recorder = Recorder::Keeps { entries: Vec::new(), ordinals: Vec::new() };
        let mut engine = Engine::new(Rc::new(scenario.clone()), recorder);
        let outside = outside.index();
        engine.machines.outside = Some(Outside::new(outside));
        Ok(Self { engine, outside })
    }

    /// Whether the host outside has a route to a node.
    pub fn reaches(&self, node: NodeId) -> bool {
        let machines = &self.engine.machines;
        let address = machines.nodes.get(node.index()).map(|machine| machine.stack.address());
        address.is_some_and(|to| machines.next_hop(self.outside, to).is_some())
    }

    /// When something happens next by itself.
    pub fn next(&self) -> Option<Instant> {
        self.engine.next()
    }

    /// Lets everything happen that is due by `now`.
    pub fn go_on(&mut self, now: Instant) {
        while self.engine.next().is_some_and(|at| at <= now) && self.engine.go_on(1) {}
    }

    /// The host outside puts a packet on its link; one without a route goes nowhere. Returns whether it has one.
    pub fn send(&mut self, now: Instant, packet: Packet) -> bool {
        self.go_on(now);
        let Some(step) = self.engine.machines.next_hop(self.outside, packet.destination()) else {
            return false;
        };
        let machines = &mut self.engine.machines;
        if machines.stopped_by.is_none() {
            machines.set_clock(now.max(machines.now));
            machines.moment.nth += 1;
            machines.cause = None;
            machines.enter(step, packet);
        }
        true
    }

    /// Takes the packets that have reached the host outside.
    pub fn received(&mut self) -> Vec<Packet> {
        let outside = &mut self.engine.machines.outside;
        outside.as_mut().map(|outside| core::mem::take(&mut outside.received)).unwrap_or_default()
    }

    /// Takes the entries since the last time.
    pub fn entries(&mut self) -> Vec<Entry> {
        match &mut self.engine.machines.recorder {
            Recorder::Keeps { entries, ordinals } => {
                ordinals.clear();
                core::mem::take(entries)
            }
            Recorder::Counts(_) => Vec::new(),
        }
    }

    /// The limit of the scenario that has ended the run.
    pub const fn stopped_by(&self) -> Option<StoppedBy> {
        self.engine.machines.stopped_by
    }
}
