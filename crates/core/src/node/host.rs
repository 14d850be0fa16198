//! What a role can ask of the machine it runs on.

use core::net::Ipv4Addr;

use bytes::Bytes;

use super::Lookup;
use crate::event::{Belief, Event, Waiting};
use crate::rule::Rule;
use crate::tcp::{Call, CallError, Received, Returned, SocketId};
use crate::time::{Duration, Instant};
use crate::wire::{Endpoint, IcmpMessage};

/// A role's own timer, named by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleTimer {
    /// The connection it concerns, where it concerns one.
    pub socket: Option<SocketId>,
    /// What it is for.
    pub purpose: Waiting,
}

/// The machine of a node, as its application sees it: sockets, timers, names, and the trace.
pub trait Host {
    /// The time.
    fn now(&self) -> Instant;

    /// Makes a socket call; it returns at once, and what came of it is already in the trace.
    fn call(&mut self, socket: Option<SocketId>, call: Call) -> Returned;

    /// Makes a call that blocks where it must.
    ///
    /// Shape: what it returned, or how many octets it has written when it has to wait. It is then made again
    /// for what is left of it, `before` being what it has written.
    fn blocking_call(
        &mut self,
        socket: Option<SocketId>,
        call: Call,
        before: Option<usize>,
    ) -> Result<Returned, usize>;

    /// For how many seconds a `close` that blocks waits for the peer.
    fn lingers(&self, socket: SocketId) -> Option<u32>;

    /// Starts a timer, or starts it again.
    fn set_timer(&mut self, timer: RoleTimer, after: Duration, rule: Rule);

    /// Stops a timer that runs.
    fn stop_timer(&mut self, timer: RoleTimer, rule: Rule);

    /// Writes an entry into the trace.
    fn record(&mut self, event: Event, rule: Rule);

    /// The address of a node by its name.
    fn resolve(&self, name: &str) -> Option<Ipv4Addr>;

    /// The peer of a connection.
    fn remote(&self, socket: SocketId) -> Option<Endpoint>;

    /// Octets written to a connection so far.
    fn written(&self, socket: SocketId) -> u64;

    /// The node's own address; 0.0.0.0 while it has none.
    fn address(&self) -> Ipv4Addr;

    /// Gives the node an address.
    fn set_address(&mut self, address: Ipv4Addr);

    /// The node's hardware address.
    fn hardware(&self) -> [u8; 6];

    /// A number by chance, which is the scenario's seed.
    fn random(&mut self) -> u32;

    /// Binds a UDP port, or any free one for 0: what comes for it is an input.
    ///
    /// Errors: `None` when it is taken.
    fn bind(&mut self, port: u16) -> Option<u16>;

    /// Gives a UDP port up.
    fn unbind(&mut self, port: u16);

    /// Sends a UDP datagram; says whether any way leads there.
    fn send_to(&mut self, from_port: u16, to: Endpoint, payload: Bytes, rule: Rule) -> bool;

    /// Sends an ICMP message; says whether any way leads there.
    fn send_icmp(&mut self, to: Ipv4Addr, message: &IcmpMessage, rule: Rule) -> bool;

    /// The address of a node: by `name` where the machine has a resolver, else by the scenario.
    fn lookup(&mut self, node: &str, name: &str) -> Lookup;
}

/// What became of an attempt to open a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It is being opened.
    Socket(SocketId),
    /// The machine has no address yet, or does not know the name yet.
    Later,
    /// It failed, by the error's stable name.
    Failed(&'static str),
}

impl dyn Host + '_ {
    /// Listens on a port.
    pub fn listen(&mut self, port: u16) -> Returned {
        self.call(None, Call::Listen { port })
    }

    /// Opens a connection to a port of a node.
    ///
    /// Errors: `ENETUNREACH` for a name that no node has; what the stack says.
    pub fn connect(&mut self, name: &str, port: u16) -> Result<SocketId, CallError> {
        let address = self.resolve(name).ok_or(CallError::NetworkUnreachable)?;
        match self.call(None, Call::Connect { remote: Endpoint::new(address, port) }) {
            Returned::Socket { socket } => Ok(socket),
            Returned::Failed { error } => Err(error),
            _ => Err(CallError::BadSocket),
        }
    }

    /// Opens a connection to a port of a node, by `name` where the machine has a resolver.
    pub fn open(&mut self, node: &str, name: &str, port: u16) -> Opening {
        let address = match self.lookup(node, name) {
            Lookup::Address(address) => address,
            Lookup::Later => return Opening::Later,
            Lookup::Failed(problem) => return Opening::Failed(problem),
        };
        match self.call(None, Call::Connect { remote: Endpoint::new(address, port) }) {
            Returned::Socket { socket } => Opening::Socket(socket),
            Returned::Failed { error } => Opening::Failed(error.name()),
            _ => Opening::Failed(CallError::BadSocket.name()),
        }
    }

    /// Takes the next finished connection of a listening socket.
    pub fn accept(&mut self, listener: SocketId) -> Option<SocketId> {
        match self.call(Some(listener), Call::Accept) {
            Returned::Socket { socket } => Some(socket),
            _ => None,
        }
    }

    /// Writes octets; returns how many were taken.
    pub fn send(&mut self, socket: SocketId, octets: Bytes) -> Result<usize, CallError> {
        match self.call(Some(socket), Call::Send { octets }) {
            Returned::Sent { len } => Ok(len),
            Returned::Failed { error } => Err(error),
            _ => Ok(0),
        }
    }

    /// Reads at most `max` octets.
    pub fn receive(&mut self, socket: SocketId, max: usize) -> Result<Received, CallError> {
        match self.call(Some(socket), Call::Receive { max }) {
            Returned::Received { octets } => Ok(Received::Octets(octets)),
            Returned::EndOfStream => Ok(Received::EndOfStream),
            Returned::Failed { error } => Err(error),
            _ => Ok(Received::WouldBlock),
        }
    }

    /// Closes the output.
    pub fn shutdown(&mut self, socket: SocketId) {
        self.call(Some(socket), Call::Shutdown);
    }

    /// Closes both ways and gives the socket up.
    pub fn close(&mut self, socket: SocketId) {
        self.call(Some(socket), Call::Close);
    }

    /// Closes with RST.
    pub fn abort(&mut self, socket: SocketId) {
        self.call(Some(socket), Call::Abort);
    }

    /// Says what the role now believes about a connection.
    pub fn believe(&mut self, socket: SocketId, belief: Belief, rule: Rule) {
        self.record(Event::BeliefChanged { socket, belief }, rule);
    }

    /// Closes a connection that the role is done with.
    pub fn finish(&mut self, socket: SocketId, rule: Rule) {
        self.believe(socket, Belief::Ended, rule);
        self.wait_for(socket, Waiting::Nothing, rule);
        self.close(socket);
    }

    /// Says what the role now waits for on a connection.
    pub fn wait_for(&mut self, socket: SocketId, waiting: Waiting, rule: Rule) {
        self.record(Event::WaitingChanged { socket, waiting }, rule);
    }
}
