//! Interventions: what the user does to the run, at its moment.

use std::rc::Rc;

use super::engine::{Engine, Software};
use super::scheduled::Scheduled;
use crate::event::{DropReason, Event, PacketId};
use crate::node::Input;
use crate::rule::Rule;
use crate::scenario::Action;
use crate::tcp::SocketId;
use crate::time::Duration;
use crate::wire::Packet;

/// What becomes of a packet on its way when it would arrive.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    /// It was lost before.
    Lost,
    /// Its checksum is wrong.
    Corrupted,
    /// It arrives later.
    Late(Duration),
}

/// A packet on its way.
struct Flight {
    hop: usize,
    from: usize,
    to: usize,
    packet: Packet,
    sent: u32,
}

impl Engine {
    pub(super) fn intervene(&mut self, index: usize) {
        self.machines.cause = None;
        let scenario = Rc::clone(&self.machines.scenario);
        let Some(intervention) = scenario.interventions.get(index) else { return };
        let action = &intervention.action;
        let node_of = |name: &str| scenario.nodes.iter().position(|node| node.name == name).unwrap_or(0);
        let flight = match action {
            Action::Lose { packet }
            | Action::Delay { packet, .. }
            | Action::Duplicate { packet }
            | Action::Corrupt { packet } => self.flight(PacketId(*packet)),
            _ => None,
        };
        let node = match (action.node().or(action.link().map(|between| between.0.as_str())), &flight) {
            (Some(name), _) => node_of(name),
            (None, Some(flight)) => flight.from,
            (None, None) => 0,
        };
        let event = Event::Intervened { intervention: index as u32 };
        let entry = self.machines.record(node, event, Rule::Intervention);
        self.machines.cause = Some(entry);
        if let Some(flight) = flight {
            self.befall(action, flight);
        }
        match action {
            Action::PullCable { between } => self.machines.set_cable(between, true),
            Action::PutCableBack { between } => self.machines.set_cable(between, false),
            Action::MakeLossy { between, per_mille } => {
                for hop in self.machines.hops_between(between) {
                    hop.forward.make_lossy(*per_mille);
                    hop.backward.make_lossy(*per_mille);
                }
            }
            Action::Restart { .. } => self.restart(node),
            // Nothing else can be done to a node without power.
            _ if self.machines.nodes[node].is_down => {}
            Action::DropNext { .. } => self.machines.nodes[node].pending_impairment.is_lost = true,
            Action::DelayNext { by_us, .. } => {
                self.machines.nodes[node].pending_impairment.late_by = Some(*by_us)
            }
            Action::Call { call, .. } => self.hand_in(node, Input::Typed(call.clone()), entry),
            Action::Interrupt { .. } => self.hand_in(node, Input::Interrupted, entry),
            Action::Close { socket, .. } => self.machines.close(node, SocketId(*socket), Rule::Intervention),
            Action::Shutdown { socket, .. } => {
                self.machines.shutdown(node, SocketId(*socket), Rule::Intervention)
            }
            Action::Abort { socket, .. } => self.machines.abort(node, SocketId(*socket), Rule::Intervention),
            Action::InjectReset { socket, beyond, .. } => self.inject_reset(node, SocketId(*socket), *beyond),
            Action::Crash { .. } => self.crash(node),
            Action::StopReading { .. } => self.set_reading(node, false),
            Action::ReadAgain { .. } => self.set_reading(node, true),
            Action::Lose { .. }
            | Action::Delay { .. }
            | Action::Duplicate { .. }
            | Action::Corrupt { .. } => {}
        }
        self.settle(node);
    }

    fn hand_in(&mut self, node: usize, input: Input, cause: u32) {
        self.machines.nodes[node].pending.push_back((input, Some(cause)));
    }

    /// A packet that is on its way and will arrive.
    fn flight(&self, wanted: PacketId) -> Option<Flight> {
        let is_lost = matches!(self.machines.fates.get(&wanted), Some(Fate::Lost | Fate::Corrupted));
        let found = self.machines.queue.items().find_map(|scheduled| match scheduled {
            Scheduled::Arrive { node, id, hop, packet, sent, .. } if *id == wanted => {
                let (a, b) = self.machines.hops[*hop].ends;
                let from = if a == *node { b } else { a };
                Some(Flight { hop: *hop, from, to: *node, packet: packet.clone(), sent: *sent })
            }
            _ => None,
        });
        found.filter(|_| !is_lost)
    }

    /// Something befalls a packet on its way.
    fn befall(&mut self, action: &Action, flight: Flight) {
        let machines = &mut self.machines;
        match action {
            Action::Lose { packet } => {
                let id = PacketId(*packet);
                machines.fates.insert(id, Fate::Lost);
                let event = Event::PacketDropped { id, reason: DropReason::Scripted };
                machines.record(flight.to, event, Rule::LinkLoss);
            }
            Action::Corrupt { packet } => {
                machines.fates.insert(PacketId(*packet), Fate::Corrupted);
            }
            Action::Delay { packet, by_us } => {
                machines.fates.insert(PacketId(*packet), Fate::Late(*by_us));
            }
            Action::Duplicate { .. } => {
                let link = &machines.hops[flight.hop];
                let delay = if link.ends.0 == flight.from { &link.forward } else { &link.backward }.delay();
                let times = (machines.now, machines.now + delay);
                let place = (flight.from, flight.hop, flight.to);
                machines.duplicate(place, flight.packet, times, flight.sent);
            }
            _ => {}
        }
    }

    /// A RST that the peer did not send comes over the last hop.
    fn inject_reset(&mut self, node: usize, socket: SocketId, beyond: u32) {
        let machines = &mut self.machines;
        let Some(segment) = machines.nodes[node].stack.forged_reset(socket, beyond) else { return };
        if let Some((hop, from)) = machines.next_hop(node, segment.source.address) {
            let packet = Packet::Segment(Rc::new(segment));
            machines.put(from, (hop, node), None, packet, Rule::ForgedReset, false);
        }
    }

    fn crash(&mut self, node: usize) {
        let machines = &mut self.machines;
        let entry = machines.record(node, Event::HostCrashed, Rule::HostCrashes);
        machines.cause = Some(entry);
        machines.nodes[node].stack.lose_state();
        machines.drain(node);
        machines.nodes[node].lose_state();
    }

    fn restart(&mut self, node: usize) {
        if !self.machines.nodes[node].is_down {
            self.crash(node);
        }
        let scenario = Rc::clone(&self.machines.scenario);
        let spec = &scenario.nodes[node];
        self.software[node] = Software::new(spec);
        self.machines.nodes[node].is_down = false;
        self.machines.nodes[node].stack.set_address(spec.address);
        let entry = self.machines.record(node, Event::HostStarted, Rule::HostStarts);
        self.hand_in(node, Input::Started, entry);
    }

    fn set_reading(&mut self, node: usize, reads: bool) {
        if self.machines.nodes[node].is_unread != reads {
            return;
        }
        self.machines.nodes[node].is_unread = !reads;
        let entry = self.machines.record(node, Event::ReadingChanged { reads }, Rule::Intervention);
        self.machines.cause = Some(entry);
        if reads {
            let sockets: Vec<SocketId> = self.machines.nodes[node].descriptors.sockets().collect();
            for socket in sockets {
                if self.machines.nodes[node].stack.connection(socket).is_some() {
                    self.hand_in(node, Input::Readable(socket), entry);
                }
            }
        }
    }
}
