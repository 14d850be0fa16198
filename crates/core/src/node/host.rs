//! The host: the interface between a role and its machine.

use std::collections::VecDeque;

use core::net::Ipv4Addr;

use bytes::Bytes;

use super::Lookup;
use crate::event::{ApplicationError, Belief, Event, Failure, Waiting};
use crate::http::Decoder;
use crate::rule::Rule;
use crate::tcp::{Call, CallError, Received, Returned, SocketId};
use crate::time::{Duration, Instant};
use crate::wire::{Endpoint, IcmpMessage};

/// Octets that an application asks for in one `receive` where it has no reason to ask for fewer.
pub(crate) const READ_SIZE: usize = 65_536;

/// A role's own timer, named by its purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleTimer {
    /// The connection that it is about, if any.
    pub socket: Option<SocketId>,
    /// What it is for.
    pub purpose: Waiting,
}

/// The machine of a node, as its application sees it: sockets, timers, names, and the trace.
pub trait Host {
    /// The time.
    fn now(&self) -> Instant;

    /// Listens on a port.
    ///
    /// # Errors
    ///
    /// Those of [`Stack::listen`](crate::tcp::Stack::listen).
    fn listen(&mut self, port: u16) -> Result<SocketId, CallError>;

    /// Opens a connection.
    ///
    /// # Errors
    ///
    /// Those of [`Stack::connect`](crate::tcp::Stack::connect); `ENETUNREACH` for an address without a route.
    fn connect_to(&mut self, remote: Endpoint) -> Result<SocketId, CallError>;

    /// Takes the next finished connection of a listening socket.
    fn accept(&mut self, listener: SocketId) -> Option<SocketId>;

    /// Writes octets.
    ///
    /// Returns how many were taken, 0 when the send buffer is full; [`Input::Writable`](super::Input::Writable) follows
    /// when there is room again.
    ///
    /// # Errors
    ///
    /// Those of [`Connection::send`](crate::tcp::Connection::send).
    fn send(&mut self, socket: SocketId, octets: Bytes) -> Result<usize, CallError>;

    /// Reads at most `max` octets.
    ///
    /// # Errors
    ///
    /// Those of [`Connection::receive`](crate::tcp::Connection::receive).
    fn receive(&mut self, socket: SocketId, max: usize) -> Result<Received, CallError>;

    /// Closes the output, for this reason.
    fn shutdown(&mut self, socket: SocketId, rule: Rule);

    /// Closes the input, for this reason.
    fn shutdown_input(&mut self, socket: SocketId, rule: Rule);

    /// Closes both directions and releases the socket, for this reason.
    fn close(&mut self, socket: SocketId, rule: Rule);

    /// Closes with RST, for this reason.
    fn abort(&mut self, socket: SocketId, rule: Rule);

    /// Switches Nagle's algorithm off or on.
    fn set_no_delay(&mut self, socket: SocketId, on: bool);

    /// Makes a call of a program whose calls block.
    ///
    /// Returns its result, or, when it has to wait, the octets written so far. It is then made again for the rest, with
    /// that number as `before`.
    fn blocking_call(
        &mut self,
        socket: Option<SocketId>,
        call: Call,
        before: Option<usize>,
    ) -> Result<Returned, usize>;

    /// Makes a call on a socket whose calls do not block: where it would have to wait it returns
    /// [`Returned::WouldBlock`].
    fn call_at_once(&mut self, socket: SocketId, call: Call) -> Returned;

    /// The socket with this file descriptor.
    fn socket_of(&self, descriptor: u32) -> Option<SocketId>;

    /// Records the result of a call that the program waited in, where the connection's own end decided it: of
    /// `connect`, or of a `close` that lingers.
    fn call_returned(&mut self, socket: SocketId, call: Call, returned: Returned);

    /// SO_LINGER of the socket, seconds: how long a blocking `close` waits for the peer.
    fn lingers(&self, socket: SocketId) -> Option<u32>;

    /// Starts or restarts a timer.
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

    /// A pseudo-random number, seeded by the scenario.
    fn random(&mut self) -> u32;

    /// Binds a UDP port, or any free one for 0: its datagrams become inputs. `None` when it is taken.
    fn bind(&mut self, port: u16) -> Option<u16>;

    /// Releases a UDP port.
    fn unbind(&mut self, port: u16);

    /// Sends a UDP datagram; returns whether there is a route.
    fn send_to(&mut self, from_port: u16, to: Endpoint, payload: Bytes, rule: Rule) -> bool;

    /// Sends an ICMP message; returns whether there is a route.
    fn send_icmp(&mut self, to: Ipv4Addr, message: &IcmpMessage, rule: Rule) -> bool;

    /// The address of a node: by `name` where the machine has a resolver, else by the scenario.
    fn lookup(&mut self, node: &str, name: &str) -> Lookup;
}

/// The result of an attempt to open a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It is being opened.
    Socket(SocketId),
    /// The machine has no address yet, or does not know the name yet.
    Later,
    /// It failed.
    Failed(Failure),
}

/// How the input of a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputEnd {
    /// The peer closed its output, and all its octets have been read.
    EndOfStream,
    /// The connection failed.
    Failed(CallError),
}

impl InputEnd {
    /// Ends the decoder's stream likewise.
    pub(crate) fn end_stream(self, decoder: &mut Decoder) {
        match self {
            Self::EndOfStream => decoder.close(),
            Self::Failed(_) => decoder.abort(),
        }
    }

    /// Why a request whose response was still to come has failed by it.
    pub(crate) fn failure(self) -> Failure {
        match self {
            Self::EndOfStream => ApplicationError::ClosedBeforeResponse.into(),
            Self::Failed(error) => error.into(),
        }
    }

    pub(crate) fn rule(self) -> Rule {
        match self {
            Self::EndOfStream => Rule::PeerClosed,
            Self::Failed(error) => error.rule(),
        }
    }
}

impl dyn Host + '_ {
    /// Opens a connection to a port of a node.
    ///
    /// # Errors
    ///
    /// `ENETUNREACH` for a name that no node has; those of [`Host::connect_to`].
    pub fn connect(&mut self, name: &str, port: u16) -> Result<SocketId, CallError> {
        let address = self.resolve(name).ok_or(CallError::NetworkUnreachable)?;
        self.connect_to(Endpoint::new(address, port))
    }

    /// Opens a connection to a port of a node, by `name` where the machine has a resolver.
    pub fn open(&mut self, node: &str, name: &str, port: u16) -> Opening {
        let address = match self.lookup(node, name) {
            Lookup::Address(address) => address,
            Lookup::Later => return Opening::Later,
            Lookup::Failed(failure) => return Opening::Failed(failure),
        };
        match self.connect_to(Endpoint::new(address, port)) {
            Ok(socket) => Opening::Socket(socket),
            Err(error) => Opening::Failed(error.into()),
        }
    }

    /// Reads a connection until no octets are left for now, its input has ended, or `take` wants no more.
    ///
    /// `take` is handed the octets of one `receive` and says whether to read on. Returns how the input ended, if it
    /// did.
    pub fn read_available(
        &mut self,
        socket: SocketId,
        mut take: impl FnMut(Bytes, &mut dyn Host) -> bool,
    ) -> Option<InputEnd> {
        loop {
            match self.receive(socket, READ_SIZE) {
                Ok(Received::Octets(octets)) => {
                    if !take(octets, self) {
                        return None;
                    }
                }
                Ok(Received::WouldBlock) => return None,
                Ok(Received::EndOfStream) => return Some(InputEnd::EndOfStream),
                Err(error) => return Some(InputEnd::Failed(error)),
            }
        }
    }

    /// Writes as much of a queue as the connection takes; the rest stays.
    ///
    /// # Errors
    ///
    /// Those of [`Host::send`].
    pub fn send_queued(&mut self, socket: SocketId, queue: &mut VecDeque<Bytes>) -> Result<(), CallError> {
        while let Some(octets) = queue.pop_front() {
            let taken = self.send(socket, octets.clone())?;
            if taken < octets.len() {
                queue.push_front(octets.slice(taken..));
                break;
            }
        }
        Ok(())
    }

    /// Records what the role now believes about a connection.
    pub fn believe(&mut self, socket: SocketId, belief: Belief, rule: Rule) {
        self.record(Event::BeliefChanged { socket, belief }, rule);
    }

    /// Closes a connection that the role is done with.
    pub fn finish(&mut self, socket: SocketId, rule: Rule) {
        self.believe(socket, Belief::Ended, rule);
        self.wait_for(socket, Waiting::Nothing, rule);
        self.close(socket, rule);
    }

    /// Records what the role now waits for on a connection.
    pub fn wait_for(&mut self, socket: SocketId, waiting: Waiting, rule: Rule) {
        self.record(Event::WaitingChanged { socket, waiting }, rule);
    }
}
