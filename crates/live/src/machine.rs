//! The machine of a node: its sockets, timers and inputs.

use std::collections::{BTreeMap, VecDeque};
use std::time::Instant as Clock;

use mio::net::{TcpListener, TcpStream};
use playground_core::event::Waiting;
use playground_core::node::Input;
use playground_core::sim::{Descriptors, RoleTimers};
use playground_core::tcp::{CallError, SocketId, State};
use playground_core::time::Instant;
use playground_core::wire::{Endpoint, FourTuple};

/// A node's side of the kernel.
#[derive(Debug, Default)]
pub(crate) struct Machine {
    pub sockets: BTreeMap<SocketId, Socket>,
    /// Sockets made so far.
    pub made: u32,
    pub timers: RoleTimers,
    pub descriptors: Descriptors,
    /// The states of its sockets, as far as it can tell.
    pub states: BTreeMap<SocketId, State>,
    /// What the role waits for on each connection, and since when.
    pub waits: BTreeMap<SocketId, (Waiting, Instant)>,
    /// The connection that the octets of another go to, as the role has said.
    pub feeds: BTreeMap<SocketId, SocketId>,
    pub pending: VecDeque<(Input, Option<u32>)>,
}

#[derive(Debug)]
pub(crate) enum Socket {
    Listener(Listener),
    Stream(Stream),
}

#[derive(Debug)]
pub(crate) struct Listener {
    pub io: TcpListener,
    /// Whether others may wait in the kernel's queue until there is room.
    pub is_full: bool,
    /// Connections that the role has not accepted yet.
    pub queue: VecDeque<SocketId>,
}

#[derive(Debug)]
pub(crate) struct Stream {
    pub io: TcpStream,
    /// Whether it is still being opened.
    pub opening: bool,
    pub accepted: bool,
    pub tuple: FourTuple,
    pub written: u64,
    pub read: u64,
    /// Whether the kernel has taken less than it was given.
    pub blocked: bool,
    /// Octets read since the connection that they are for is blocked.
    pub ahead: u64,
    /// Whether reading was put off until that one takes octets again.
    pub held: bool,
    pub input_shut: bool,
    pub ended: bool,
    /// How the connection failed, until a call has told it.
    pub failed: Option<CallError>,
    /// When octets were last moved.
    pub moved: Clock,
    /// When octets were last sent, or it was opened.
    pub answered: Clock,
    /// Whether it was ended here, for a limit.
    pub given_up: bool,
}

impl Stream {
    pub fn new(io: TcpStream, tuple: FourTuple, accepted: bool) -> Self {
        Self {
            io,
            opening: !accepted,
            accepted,
            tuple,
            written: 0,
            read: 0,
            blocked: false,
            ahead: 0,
            held: false,
            input_shut: false,
            ended: false,
            failed: None,
            moved: Clock::now(),
            answered: Clock::now(),
            given_up: false,
        }
    }
}

impl Machine {
    /// The number of a new socket.
    pub fn number(&mut self) -> SocketId {
        self.made += 1;
        SocketId(self.made - 1)
    }

    pub fn stream(&mut self, socket: SocketId) -> Option<&mut Stream> {
        match self.sockets.get_mut(&socket)? {
            Socket::Stream(stream) => Some(stream),
            Socket::Listener(_) => None,
        }
    }

    /// The peer of a connection.
    pub fn remote(&self, socket: SocketId) -> Option<Endpoint> {
        match self.sockets.get(&socket)? {
            Socket::Stream(stream) => Some(stream.tuple.remote),
            Socket::Listener(_) => None,
        }
    }
}

/// The name that the socket interface has for a system's error.
pub(crate) fn call_error(error: &std::io::Error) -> CallError {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::ConnectionRefused => CallError::ConnectionRefused,
        Kind::BrokenPipe => CallError::BrokenPipe,
        Kind::TimedOut => CallError::TimedOut,
        Kind::NotConnected => CallError::NotConnected,
        Kind::AddrInUse => CallError::AddressInUse,
        Kind::AddrNotAvailable => CallError::AddressNotAvailable,
        Kind::NetworkUnreachable => CallError::NetworkUnreachable,
        Kind::HostUnreachable => CallError::HostUnreachable,
        Kind::InvalidInput => CallError::InvalidArgument,
        _ => CallError::ConnectionReset,
    }
}
