//! The role: an application, driven by inputs.

use core::fmt::Debug;
use std::rc::Rc;

use super::{Host, RoleTimer};
use crate::tcp::{CallError, SocketId};
use crate::wire::{Datagram, Packet};

/// An input of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The run begins.
    Started,
    /// An active open succeeded.
    Connected(SocketId),
    /// An active open failed.
    ConnectFailed(SocketId, CallError),
    /// A listening socket has a connection to accept.
    Acceptable(SocketId),
    /// The socket is readable: octets, the end of the stream, or an error.
    Readable(SocketId),
    /// There is room in the send buffer again.
    Writable(SocketId),
    /// The connection failed.
    Failed(SocketId, CallError),
    /// A timer of its own expired.
    TimerExpired(RoleTimer),
    /// A person types a call for the program to make.
    Typed(String),
    /// A signal interrupts the call that the program waits in.
    Interrupted,
    /// A datagram for a port that it has bound, or an ICMP message.
    Datagram(Rc<Datagram>),
    /// A lookup may have another result now.
    NetworkReady,
    /// A router has a packet for a neighbour that does not answer ARP.
    NoNeighbour(Packet),
    /// A router has a packet for an address without a route.
    NoRoute(Packet),
}

/// An application.
///
/// The contract: everything it does, it does through the host while it handles an input; it keeps no time
/// and no socket of its own.
pub trait Role: Debug {
    /// Handles one input.
    fn handle(&mut self, input: Input, host: &mut dyn Host);
}
