//! The role: what an application does with what happens to it.

use core::fmt::Debug;
use std::rc::Rc;

use super::{Host, RoleTimer};
use crate::tcp::{CallError, SocketId};
use crate::wire::{Datagram, Packet};

/// Something that happens to an application.
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
    /// There is something to read: octets, the end, or an error.
    Readable(SocketId),
    /// There is room in the send buffer again.
    Writable(SocketId),
    /// The connection failed.
    Failed(SocketId, CallError),
    /// A timer of its own expired.
    TimerExpired(RoleTimer),
    /// A person types a call for the program to make.
    Typed(String),
    /// A datagram for a port that it has bound, or an ICMP message.
    Datagram(Rc<Datagram>),
    /// A lookup may say something else now.
    NetworkReady,
    /// A router has a packet for a neighbour that is not there.
    NoNeighbour(Packet),
    /// A router has a packet for an address that no way leads to.
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
