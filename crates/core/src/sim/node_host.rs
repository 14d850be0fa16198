//! The machine of a node, as its role sees it while it handles an input.

use core::net::Ipv4Addr;

use bytes::Bytes;

use super::machines::Machines;
use crate::event::Event;
use crate::node::{Host, Lookup, Network, RoleTimer};
use crate::rule::Rule;
use crate::tcp::{Call, CallError, Received, Returned, SocketId};
use crate::time::{Duration, Instant};
use crate::wire::{Datagram, Endpoint, IcmpMessage};

/// A node, as its role sees it while it handles an input.
pub(super) struct NodeHost<'e> {
    pub machines: &'e mut Machines,
    pub node: usize,
    /// The machine's DHCP client and resolver, unless it is they that handle the input.
    pub network: Option<&'e mut Network>,
}

impl Host for NodeHost<'_> {
    fn now(&self) -> Instant {
        self.machines.now
    }

    fn listen(&mut self, port: u16) -> Result<SocketId, CallError> {
        self.machines.listen(self.node, port)
    }

    fn connect_to(&mut self, remote: Endpoint) -> Result<SocketId, CallError> {
        self.machines.connect(self.node, remote)
    }

    fn accept(&mut self, listener: SocketId) -> Option<SocketId> {
        self.machines.accept(self.node, listener)
    }

    fn send(&mut self, socket: SocketId, octets: Bytes) -> Result<usize, CallError> {
        self.machines.send(self.node, socket, octets)
    }

    fn receive(&mut self, socket: SocketId, max: usize) -> Result<Received, CallError> {
        self.machines.receive(self.node, socket, max)
    }

    fn shutdown(&mut self, socket: SocketId, rule: Rule) {
        self.machines.shutdown(self.node, socket, rule);
    }

    fn shutdown_input(&mut self, socket: SocketId, rule: Rule) {
        self.machines.shutdown_input(self.node, socket, rule);
    }

    fn close(&mut self, socket: SocketId, rule: Rule) {
        self.machines.close(self.node, socket, rule);
    }

    fn abort(&mut self, socket: SocketId, rule: Rule) {
        self.machines.abort(self.node, socket, rule);
    }

    fn set_no_delay(&mut self, socket: SocketId, on: bool) {
        self.machines.set_no_delay(self.node, socket, on);
    }

    fn blocking_call(
        &mut self,
        socket: Option<SocketId>,
        call: Call,
        before: Option<usize>,
    ) -> Result<Returned, usize> {
        self.machines.blocking_call(self.node, socket, call, before)
    }

    fn call_at_once(&mut self, socket: SocketId, call: Call) -> Returned {
        self.machines.call_at_once(self.node, socket, call)
    }

    fn socket_of(&self, descriptor: u32) -> Option<SocketId> {
        self.machines.nodes[self.node].descriptors.socket(descriptor)
    }

    fn call_returned(&mut self, socket: SocketId, call: Call, returned: Returned) {
        self.machines.call_returned(self.node, socket, call, returned);
    }

    fn lingers(&self, socket: SocketId) -> Option<u32> {
        self.machines.nodes[self.node].stack.lingers(socket)
    }

    fn set_timer(&mut self, timer: RoleTimer, after: Duration, rule: Rule) {
        let expires_at = self.machines.now + after;
        let event = Event::TimerStarted { socket: timer.socket, purpose: timer.purpose, expires_at };
        let entry = self.machines.record(self.node, event, rule);
        self.machines.nodes[self.node].timers.start(timer, expires_at, entry, rule);
    }

    fn stop_timer(&mut self, timer: RoleTimer, rule: Rule) {
        if self.machines.nodes[self.node].timers.stop(timer) {
            let event = Event::TimerStopped { socket: timer.socket, purpose: timer.purpose };
            self.machines.record(self.node, event, rule);
        }
    }

    fn record(&mut self, event: Event, rule: Rule) {
        if let Event::WaitingChanged { socket, waiting } = event {
            self.machines.wait(self.node, socket, waiting, rule);
            return;
        }
        let leads_on = event.leads_on();
        let entry = self.machines.record(self.node, event, rule);
        if leads_on {
            self.machines.cause = Some(entry);
        }
    }

    fn resolve(&self, name: &str) -> Option<Ipv4Addr> {
        self.machines.scenario.nodes.iter().find(|node| node.name == name).map(|node| node.address)
    }

    fn remote(&self, socket: SocketId) -> Option<Endpoint> {
        let stack = &self.machines.nodes[self.node].stack;
        stack.connection(socket).map(|connection| connection.tuple().remote)
    }

    fn written(&self, socket: SocketId) -> u64 {
        let stack = &self.machines.nodes[self.node].stack;
        stack.connection(socket).map_or(0, |connection| connection.written())
    }

    fn address(&self) -> Ipv4Addr {
        self.machines.nodes[self.node].stack.address()
    }

    fn set_address(&mut self, address: Ipv4Addr) {
        self.machines.nodes[self.node].stack.set_address(address);
    }

    fn hardware(&self) -> [u8; 6] {
        // Locally administered (IEEE 802 section 8.4), and readable: the node's place in the scenario.
        let place = (self.node as u16 + 1).to_be_bytes();
        [0x02, 0, 0, 0, place[0], place[1]]
    }

    fn random(&mut self) -> u32 {
        self.machines.rng.next_u32()
    }

    fn bind(&mut self, port: u16) -> Option<u16> {
        let (first, last) = self.machines.nodes[self.node].stack.profile().ephemeral_ports;
        let ports = &mut self.machines.nodes[self.node].udp_ports;
        let port = match port {
            0 => (first..=last).find(|port| !ports.contains(port))?,
            port if ports.contains(&port) => return None,
            port => port,
        };
        ports.push(port);
        Some(port)
    }

    fn unbind(&mut self, port: u16) {
        self.machines.nodes[self.node].udp_ports.retain(|bound| *bound != port);
    }

    fn send_to(&mut self, from_port: u16, to: Endpoint, payload: Bytes, rule: Rule) -> bool {
        let source = Endpoint::new(self.address(), from_port);
        self.machines.send_datagram(self.node, Datagram::udp(source, to, payload), rule)
    }

    fn send_icmp(&mut self, to: Ipv4Addr, message: &IcmpMessage, rule: Rule) -> bool {
        let datagram = Datagram::icmp(self.address(), to, message.encode());
        self.machines.send_datagram(self.node, datagram, rule)
    }

    fn lookup(&mut self, node: &str, name: &str) -> Lookup {
        match self.network.take() {
            Some(network) => {
                let lookup = network.lookup(node, name, self);
                self.network = Some(network);
                lookup
            }
            None => self
                .resolve(node)
                .map_or(Lookup::Failed(CallError::NetworkUnreachable.into()), Lookup::Address),
        }
    }
}
