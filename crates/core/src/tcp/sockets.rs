//! Sockets before they are connections: made, bound, and only then listening or connecting.

use super::stack::Slot;
use super::{CallError, SocketId, Stack};
use crate::time::Instant;
use crate::wire::Endpoint;

/// A socket that neither listens nor connects yet, and what was asked of it so far.
#[derive(Debug, Default)]
pub(super) struct Unconnected {
    /// The local port of its `bind`.
    port: Option<u16>,
    no_delay: bool,
    linger: Option<u32>,
}

impl Stack {
    /// Makes a socket.
    pub fn socket(&mut self) -> SocketId {
        self.new_socket(Slot::Unconnected(Box::default()))
    }

    fn unconnected(&mut self, socket: SocketId) -> Result<&mut Unconnected, CallError> {
        match self.slots.get_mut(socket.0 as usize) {
            Some(Slot::Unconnected(unconnected)) => Ok(unconnected),
            Some(Slot::Released) | None => Err(CallError::BadSocket),
            Some(_) => Err(CallError::InvalidArgument),
        }
    }

    /// Gives a socket its local port.
    ///
    /// Errors: `EADDRINUSE` when the port already listens; `EINVAL` when the socket has a port.
    ///
    /// Simplified: several sockets may share a port, as with SO_REUSEADDR: it is the 4-tuple that must be new.
    pub fn bind(&mut self, socket: SocketId, port: u16) -> Result<(), CallError> {
        if self.unconnected(socket)?.port.is_some() {
            return Err(CallError::InvalidArgument);
        }
        if self.listener_of(port).is_some() {
            return Err(CallError::AddressInUse);
        }
        self.unconnected(socket)?.port = Some(port);
        Ok(())
    }

    /// Passive open on the port that the socket was bound to.
    ///
    /// Errors: `EADDRINUSE` when the port already listens; `EINVAL` when it was not bound.
    ///
    /// Source: RFC 9293 section 3.10.1.
    pub fn listen_on(&mut self, socket: SocketId, backlog: usize) -> Result<(), CallError> {
        let port = self.unconnected(socket)?.port.ok_or(CallError::InvalidArgument)?;
        if self.listener_of(port).is_some() {
            return Err(CallError::AddressInUse);
        }
        self.begin_listening(socket, port, backlog);
        Ok(())
    }

    /// Active open, from the port that the socket was bound to or from an ephemeral one.
    ///
    /// Errors: those of [`Stack::connect`]; `EADDRINUSE` when the 4-tuple exists; `EISCONN` when the socket
    /// is connected. The socket stays as it was. One whose opening failed may try again, as on Linux.
    ///
    /// Source: RFC 9293 section 3.10.1.
    pub fn connect_on(&mut self, now: Instant, socket: SocketId, remote: Endpoint) -> Result<(), CallError> {
        let (bound, no_delay, linger) = match self.connection(socket) {
            Some(failed) if failed.never_opened => (failed.bound, failed.no_delay, failed.linger),
            Some(_) => return Err(CallError::AlreadyConnected),
            None => {
                let has_nagle = self.profile().nagle;
                let unconnected = self.unconnected(socket)?;
                (unconnected.port, unconnected.no_delay || !has_nagle, unconnected.linger)
            }
        };
        let port = self.local_port(bound, remote)?;
        self.begin_connecting(now, socket, port, remote);
        self.with(socket, |connection| {
            (connection.bound, connection.no_delay, connection.linger) = (bound, no_delay, linger);
        });
        Ok(())
    }

    /// Why a call that needs a connection fails on a socket that has none: `error`, if there is a socket.
    pub(super) fn without_connection(&self, socket: SocketId, error: CallError) -> CallError {
        match self.slots.get(socket.0 as usize) {
            Some(Slot::Released) | None => CallError::BadSocket,
            Some(_) => error,
        }
    }

    /// SO_LINGER: what `close` does while there is something to send. None is off: it returns at once and TCP
    /// sends the rest; 0 throws everything away and sends RST; more waits so many seconds for the peer.
    ///
    /// Errors: `EBADF`.
    pub fn set_linger(&mut self, socket: SocketId, seconds: Option<u32>) -> Result<(), CallError> {
        match self.slots.get_mut(socket.0 as usize) {
            Some(Slot::Connection(held)) => held.connection.linger = seconds,
            Some(Slot::Unconnected(unconnected)) => unconnected.linger = seconds,
            Some(Slot::Listener(_)) => {}
            Some(Slot::Released) | None => return Err(CallError::BadSocket),
        }
        Ok(())
    }

    /// For how many seconds a `close` that was just made still waits for the peer, if it does.
    pub fn lingers(&self, socket: SocketId) -> Option<u32> {
        let connection = self.connection(socket)?;
        connection.linger.filter(|_| connection.is_lingering())
    }

    /// TCP_NODELAY of a socket that is no connection yet.
    pub(super) fn set_no_delay_later(&mut self, socket: SocketId, on: bool) -> Result<(), CallError> {
        self.unconnected(socket)?.no_delay = on;
        Ok(())
    }
}
