//! Packets in flight: sent on a hop, forwarded, delivered.

use core::net::Ipv4Addr;
use std::rc::Rc;

use super::machines::Machines;
use super::scheduled::Scheduled;
use crate::event::{DropReason, Event, HopId, NodeId, PacketId};
use crate::node::{Forwards, Input};
use crate::rule::Rule;
use crate::tcp::{CallError, SocketId};
use crate::time::Instant;
use crate::wire::{Datagram, IcmpMessage, Packet, Protocol, UnreachableCode, quoted_segment};

impl Machines {
    /// Puts a packet on a hop towards the next node.
    pub(super) fn put(
        &mut self,
        node: usize,
        (hop, to): (usize, usize),
        socket: Option<SocketId>,
        packet: Packet,
        rule: Rule,
        retransmission: bool,
    ) {
        let link = &mut self.hops[hop];
        let direction = if link.ends.0 == node { &mut link.forward } else { &mut link.backward };
        let passage =
            direction.transmit(self.now, &packet, core::mem::take(&mut self.nodes[node].pending_impairment));
        let id = PacketId(self.segments);
        self.segments += 1;
        let (departs, arrives) = (passage.departs, passage.arrives);
        let event = Event::PacketSent {
            id,
            hop: HopId(hop as u16),
            to: NodeId(to as u16),
            socket,
            packet: packet.clone(),
            retransmission,
            departs,
            arrives,
        };
        let sent = self.record(node, event, rule);
        let lost = match passage.lost {
            // A switch forwards to a host that is off: the packet is lost there.
            None if self.routes.is_off[to] => Some((arrives, DropReason::HostDown)),
            lost => lost,
        };
        match lost {
            Some((at, reason)) => self.queue.schedule(at, Scheduled::Lose { node: to, id, reason, sent }),
            None => {
                let copied = passage.is_doubled.then(|| packet.clone());
                self.queue
                    .append(arrives, Scheduled::Arrive { node: to, id, hop, packet, sent, retransmission });
                if let Some(copy) = copied {
                    self.duplicate((node, hop, to), copy, (departs, arrives), sent);
                }
            }
        }
    }

    /// Puts a copy of a packet behind it on its hop: the network made it, not the sender.
    pub(super) fn duplicate(
        &mut self,
        (node, hop, to): (usize, usize, usize),
        packet: Packet,
        (departs, arrives): (Instant, Instant),
        original: u32,
    ) {
        let id = PacketId(self.segments);
        self.segments += 1;
        let event = Event::PacketSent {
            id,
            hop: HopId(hop as u16),
            to: NodeId(to as u16),
            socket: None,
            packet: packet.clone(),
            retransmission: packet.is_data_segment(),
            departs,
            arrives,
        };
        let before = self.cause.replace(original);
        let sent = self.record(node, event, Rule::LinkDuplicates);
        self.cause = before;
        let arrival = Scheduled::Arrive { node: to, id, hop, packet, sent, retransmission: false };
        self.queue.append(arrives, arrival);
    }

    /// A packet has reached a node: it is for it, to be passed on, or for nobody here.
    pub(super) fn arrive(
        &mut self,
        node: usize,
        id: PacketId,
        from: usize,
        packet: Packet,
        retransmission: bool,
    ) {
        if self.nodes[node].is_down {
            let reason = DropReason::HostDown;
            self.record(node, Event::PacketDropped { id, reason }, Rule::HostOff);
            return;
        }
        let delivered = self.record(node, Event::PacketDelivered { id }, Rule::LinkDelay);
        self.cause = Some(delivered);
        let (to, own) = (packet.destination(), self.nodes[node].stack.address());
        match self.routes.forwards[node] {
            Forwards::Switch if to.is_broadcast() => self.flood(node, Some(from), packet, Rule::SwitchFloods),
            Forwards::Switch => self.pass_on(node, packet, Rule::SwitchForwards, retransmission),
            Forwards::Router if to != own && !to.is_broadcast() => {
                self.pass_on(node, packet, Rule::RouterForwards, retransmission);
            }
            Forwards::Router | Forwards::Nothing => self.deliver(node, packet),
        }
    }

    fn pass_on(&mut self, node: usize, packet: Packet, rule: Rule, retransmission: bool) {
        let to = packet.destination();
        let is_router = self.routes.forwards[node] == Forwards::Router;
        let cause = self.cause;
        match self.next_hop(node, to) {
            // A router cannot deliver it: no neighbour answers ARP for the address.
            Some((_, next)) if is_router && (self.routes.is_off[next] || self.nodes[next].is_down) => {
                self.nodes[node].pending.push_back((Input::NoNeighbour(packet), cause));
            }
            Some(step) => self.put(node, step, None, packet, rule, retransmission),
            None if is_router => self.nodes[node].pending.push_back((Input::NoRoute(packet), cause)),
            None => {}
        }
    }

    /// Sends a packet over every link of the node but one.
    fn flood(&mut self, node: usize, except: Option<usize>, packet: Packet, rule: Rule) {
        for hop in 0..self.hops.len() {
            let to = match self.hops[hop].ends {
                (a, b) if a == node => b,
                (a, b) if b == node => a,
                _ => continue,
            };
            if Some(hop) != except {
                self.put(node, (hop, to), None, packet.clone(), rule, false);
            }
        }
    }

    fn deliver(&mut self, node: usize, packet: Packet) {
        let now = self.now;
        match packet {
            packet if self.is_outside(node) => self.leave(node, packet),
            Packet::Segment(segment) => self.nodes[node].stack.handle_segment(now, &segment),
            Packet::Datagram(datagram) => self.deliver_datagram(node, datagram),
        }
    }

    fn deliver_datagram(&mut self, node: usize, datagram: Rc<Datagram>) {
        let own = self.nodes[node].stack.address();
        let to = datagram.destination;
        let is_broadcast = to.address.is_broadcast();
        if !is_broadcast && to.address != own {
            return;
        }
        let cause = self.cause;
        match datagram.protocol {
            Protocol::Icmp => match IcmpMessage::decode(&datagram.payload) {
                // RFC 1122 section 3.2.2.6: every host answers; one to everyone may be left alone.
                Some(IcmpMessage::Echo { identifier, sequence, data }) if !is_broadcast => {
                    let reply = IcmpMessage::EchoReply { identifier, sequence, data };
                    let reply = Datagram::icmp(own, datagram.source.address, reply.encode());
                    self.send_datagram(node, reply, Rule::EchoAnswered);
                }
                Some(IcmpMessage::Unreachable { code, quoted })
                    if let Some((tuple, seq)) = quoted_segment(&quoted) =>
                {
                    let error = match code {
                        UnreachableCode::Network => CallError::NetworkUnreachable,
                        UnreachableCode::Host => CallError::HostUnreachable,
                        UnreachableCode::Port | UnreachableCode::Other(_) => return,
                    };
                    self.nodes[node].stack.handle_unreachable(tuple, seq, error);
                }
                Some(_) => self.nodes[node].pending.push_back((Input::Datagram(datagram), cause)),
                None => {}
            },
            Protocol::Udp if self.nodes[node].udp_ports.contains(&to.port) => {
                self.nodes[node].pending.push_back((Input::Datagram(datagram), cause));
            }
            Protocol::Udp if !is_broadcast && !datagram.source.address.is_unspecified() => {
                let quoted = datagram.quoted().into();
                let message = IcmpMessage::Unreachable { code: UnreachableCode::Port, quoted };
                let answer = Datagram::icmp(own, datagram.source.address, message.encode());
                self.send_datagram(node, answer, Rule::PortUnreachable);
            }
            Protocol::Udp => {}
        }
    }

    /// Sends a datagram of the node's own; returns whether there is a route.
    pub(super) fn send_datagram(&mut self, node: usize, datagram: Datagram, rule: Rule) -> bool {
        let to = datagram.destination.address;
        let packet = Packet::Datagram(datagram.into());
        if to.is_broadcast() {
            self.flood(node, None, packet, rule);
            return true;
        }
        let step = self.next_hop(node, to);
        if let Some(step) = step {
            self.put(node, step, None, packet, rule, false);
        }
        step.is_some()
    }

    /// Whether a connection to this address can be tried: the node has an address and a route.
    pub(super) fn is_routed(&self, node: usize, to: Ipv4Addr) -> bool {
        !self.nodes[node].stack.address().is_unspecified() && self.next_hop(node, to).is_some()
    }
}
