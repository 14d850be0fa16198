//! The machine of a node, as its role sees it while it handles an input.

use core::net::Ipv4Addr;

use bytes::Bytes;

use super::engine::Engine;
use crate::event::Event;
use crate::node::{Host, Lookup, RoleTimer};
use crate::rule::Rule;
use crate::tcp::{Call, Returned, SocketId};
use crate::time::{Duration, Instant};
use crate::wire::{Datagram, Endpoint, IcmpMessage};

/// A node, as its role sees it while it handles an input.
pub(super) struct NodeHost<'e> {
    pub engine: &'e mut Engine,
    pub node: usize,
}

impl Host for NodeHost<'_> {
    fn now(&self) -> Instant {
        self.engine.now
    }

    fn call(&mut self, socket: Option<SocketId>, call: Call) -> Returned {
        self.engine.call(self.node, socket, call)
    }

    fn blocking_call(
        &mut self,
        socket: Option<SocketId>,
        call: Call,
        before: Option<usize>,
    ) -> Result<Returned, usize> {
        self.engine.blocking_call(self.node, socket, call, before)
    }

    fn lingers(&self, socket: SocketId) -> Option<u32> {
        self.engine.nodes[self.node].stack.lingers(socket)
    }

    fn set_timer(&mut self, timer: RoleTimer, after: Duration, rule: Rule) {
        let expires_at = self.engine.now + after;
        let event = Event::TimerStarted { socket: timer.socket, purpose: timer.purpose, expires_at };
        let entry = self.engine.record(self.node, event, rule);
        self.engine.nodes[self.node].timers.start(timer, expires_at, entry);
    }

    fn stop_timer(&mut self, timer: RoleTimer, rule: Rule) {
        if self.engine.nodes[self.node].timers.stop(timer) {
            let event = Event::TimerStopped { socket: timer.socket, purpose: timer.purpose };
            self.engine.record(self.node, event, rule);
        }
    }

    fn record(&mut self, event: Event, rule: Rule) {
        // What follows a decision follows from it; a belief or a wait leads to nothing by itself.
        let leads_on = matches!(
            event,
            Event::RequestReceived { .. }
                | Event::ResponseReceived { .. }
                | Event::MessageCompleted { .. }
                | Event::MessageRejected { .. }
                | Event::PersistenceDecided { .. }
                | Event::HeadersRewritten { .. }
                | Event::RetryDecided { .. }
                | Event::UserAsked { .. }
                | Event::UserAnswered { .. }
                | Event::EffectCaused { .. }
                | Event::CacheUsed { .. }
                | Event::AddressObtained { .. }
                | Event::TlsOpened { .. }
                | Event::AddressRefused { .. }
                | Event::NameResolved { .. }
                | Event::NameUnresolved { .. }
        );
        let entry = self.engine.record(self.node, event, rule);
        if leads_on {
            self.engine.cause = Some(entry);
        }
    }

    fn resolve(&self, name: &str) -> Option<Ipv4Addr> {
        self.engine.scenario.nodes.iter().find(|node| node.name == name).map(|node| node.address)
    }

    fn remote(&self, socket: SocketId) -> Option<Endpoint> {
        let stack = &self.engine.nodes[self.node].stack;
        stack.connection(socket).map(|connection| connection.tuple().remote)
    }

    fn written(&self, socket: SocketId) -> u64 {
        let stack = &self.engine.nodes[self.node].stack;
        stack.connection(socket).map_or(0, |connection| connection.written())
    }

    fn address(&self) -> Ipv4Addr {
        self.engine.nodes[self.node].stack.address()
    }

    fn set_address(&mut self, address: Ipv4Addr) {
        self.engine.nodes[self.node].stack.set_address(address);
    }

    fn hardware(&self) -> [u8; 6] {
        // Locally administered (IEEE 802 section 8.4), and readable: the node's place in the scenario.
        let place = (self.node as u16 + 1).to_be_bytes();
        [0x02, 0, 0, 0, place[0], place[1]]
    }

    fn random(&mut self) -> u32 {
        self.engine.rng.next_u32()
    }

    fn bind(&mut self, port: u16) -> Option<u16> {
        let (first, last) = self.engine.nodes[self.node].stack.profile().ephemeral_ports;
        let ports = &mut self.engine.nodes[self.node].udp_ports;
        let port = match port {
            0 => (first..=last).find(|port| !ports.contains(port))?,
            port if ports.contains(&port) => return None,
            port => port,
        };
        ports.push(port);
        Some(port)
    }

    fn unbind(&mut self, port: u16) {
        self.engine.nodes[self.node].udp_ports.retain(|bound| *bound != port);
    }

    fn send_to(&mut self, from_port: u16, to: Endpoint, payload: Bytes, rule: Rule) -> bool {
        let source = Endpoint::new(self.address(), from_port);
        self.engine.send_datagram(self.node, Datagram::udp(source, to, payload), rule)
    }

    fn send_icmp(&mut self, to: Ipv4Addr, message: &IcmpMessage, rule: Rule) -> bool {
        let datagram = Datagram::icmp(self.address(), to, message.encode());
        self.engine.send_datagram(self.node, datagram, rule)
    }

    fn lookup(&mut self, node: &str, name: &str) -> Lookup {
        let Some(mut network) = self.engine.nodes[self.node].network.take() else {
            return self.resolve(node).map_or(Lookup::Failed("ENETUNREACH"), Lookup::Address);
        };
        let lookup = network.lookup(node, name, self);
        self.engine.nodes[self.node].network = Some(network);
        lookup
    }
}
