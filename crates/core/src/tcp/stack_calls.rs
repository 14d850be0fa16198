//! The socket calls of a stack. RFC 9293 section 3.9.1, POSIX.

use bytes::Bytes;

use super::ports::Ports;
use super::socket_api::is_host_address;
use super::socket_options::SocketOptions;
use super::stack::{Listener, Slot, Unconnected};
use super::{CallError, Connection, Notice, Received, SocketId, Stack, State, Trigger};
use crate::rule::Rule;
use crate::time::Instant;
use crate::wire::{Endpoint, Flags, FourTuple, Segment, SeqNum, TcpOptions};

impl Stack {
    /// Makes a socket.
    pub fn socket(&mut self) -> SocketId {
        let options = SocketOptions::new(self.profile());
        self.new_socket(Slot::Unconnected(Unconnected { port: None, no_delay: false, linger: None, options }))
    }

    /// Gives a socket its local port.
    ///
    /// Source: POSIX bind(); who may share a port is the profile's [`SharedPort`](super::SharedPort).
    ///
    /// # Errors
    ///
    /// `EADDRINUSE` when other sockets have the port and do not share it; `EINVAL` when the socket has a port.
    pub fn bind(&mut self, socket: SocketId, port: u16) -> Result<(), CallError> {
        let Unconnected { port: bound, options, .. } = self.unconnected(socket)?;
        let reuse_address = options.reuse_address;
        if bound.is_some() {
            return Err(CallError::InvalidArgument);
        }
        if self.is_port_in_use(port, reuse_address, Some(socket)) {
            return Err(CallError::AddressInUse);
        }
        self.unconnected(socket)?.port = Some(port);
        Ok(())
    }

    /// Passive open on `port`, with a new socket. At most `backlog` + 1 connections, half-open ones included, wait to
    /// be accepted, as Linux counts the finished ones.
    ///
    /// Source: RFC 9293 section 3.10.1.
    ///
    /// # Errors
    ///
    /// Those of [`bind`](Self::bind).
    pub fn listen(&mut self, port: u16, backlog: usize) -> Result<SocketId, CallError> {
        let options = SocketOptions::new(self.profile());
        if self.is_port_in_use(port, options.reuse_address, None) {
            return Err(CallError::AddressInUse);
        }
        let id = self.new_socket(Slot::Released);
        self.begin_listening(id, port, backlog, options);
        Ok(id)
    }

    /// Passive open on the port that the socket was bound to; `backlog` as in [`listen`](Self::listen).
    ///
    /// Source: RFC 9293 section 3.10.1.
    ///
    /// # Errors
    ///
    /// `EADDRINUSE` when the port already listens; `EINVAL` when the socket was not bound.
    pub fn listen_on(&mut self, socket: SocketId, backlog: usize) -> Result<(), CallError> {
        let Unconnected { port, options, .. } = self.unconnected(socket)?;
        let (port, options) = (port.ok_or(CallError::InvalidArgument)?, *options);
        if self.listener_of(port).is_some() {
            return Err(CallError::AddressInUse);
        }
        self.begin_listening(socket, port, backlog, options);
        Ok(())
    }

    fn begin_listening(&mut self, id: SocketId, port: u16, backlog: usize, options: SocketOptions) {
        let listener = Listener { port, backlog, options, half_open: Vec::new(), ready: Default::default() };
        self.slots[id.0 as usize] = Slot::Listener(listener);
        self.listening.push(id);
        self.note(id, Notice::Listening { port }, Rule::PassiveOpen);
        let (from, to, trigger) = (State::Closed, State::Listen, Trigger::PassiveOpen);
        self.note(id, Notice::StateChanged { from, to, trigger }, Rule::PassiveOpen);
    }

    /// Active open from an ephemeral port, with a new socket.
    ///
    /// Source: RFC 9293 section 3.10.1, RFC 6056 section 3.3.1.
    ///
    /// # Errors
    ///
    /// `EADDRNOTAVAIL` when no port of the range is free for this peer (a 4-tuple in TIME-WAIT is not free);
    /// `ENETUNREACH` for an address that is no host's. Nothing is sent.
    pub fn connect(&mut self, now: Instant, remote: Endpoint) -> Result<SocketId, CallError> {
        let port = self.local_port(None, remote)?;
        let id = self.new_socket(Slot::Released);
        self.begin_connecting(now, id, port, remote);
        Ok(id)
    }

    /// Active open from a port of the caller's choice, with a new socket.
    ///
    /// # Errors
    ///
    /// The profile's `tuple_in_use` when the 4-tuple exists, TIME-WAIT included; `ENETUNREACH` for an address that is no host's.
    pub fn connect_from(&mut self, now: Instant, port: u16, remote: Endpoint) -> Result<SocketId, CallError> {
        let port = self.local_port(Some(port), remote)?;
        let id = self.new_socket(Slot::Released);
        self.begin_connecting(now, id, port, remote);
        Ok(id)
    }

    /// Active open of a socket, from the port that it was bound to or from an ephemeral one.
    ///
    /// Source: RFC 9293 section 3.10.1.
    ///
    /// # Errors
    ///
    /// Those of [`connect`](Self::connect) and [`connect_from`](Self::connect_from); `EISCONN` when the socket is
    /// connected. The socket stays as it was. One whose opening failed may try again, as on Linux.
    pub fn connect_on(&mut self, now: Instant, socket: SocketId, remote: Endpoint) -> Result<(), CallError> {
        let options = *self.options(socket)?;
        let (bound, no_delay, linger) = match self.connection(socket) {
            Some(failed) if failed.opening.failed => {
                (failed.opening.bound_port, failed.sending.no_delay, failed.closing.linger)
            }
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
            connection.opening.bound_port = bound;
            connection.sending.no_delay = no_delay;
            connection.closing.linger = linger;
            connection.keepalive.options = options.keepalive;
        });
        *self.options(socket)? = options;
        Ok(())
    }

    /// The local port for a connection to `remote`: the one that was bound, or the next ephemeral one.
    fn local_port(&mut self, bound: Option<u16>, remote: Endpoint) -> Result<u16, CallError> {
        if !is_host_address(remote.address) {
            return Err(CallError::NetworkUnreachable);
        }
        loop {
            let port = match bound {
                Some(port) => port,
                None => self.ports.next(remote).ok_or(CallError::AddressNotAvailable)?,
            };
            let tuple = FourTuple { local: Endpoint::new(self.address, port), remote };
            match (self.tuples.contains_key(&tuple), bound) {
                (false, _) => return Ok(port),
                (true, Some(_)) => return Err(self.profile().tuple_in_use),
                // A connection that was accepted on this very port: it counts as taken from now on.
                (true, None) => self.ports.take(remote, port),
            }
        }
    }

    fn begin_connecting(&mut self, now: Instant, id: SocketId, port: u16, remote: Endpoint) {
        let tuple = FourTuple { local: Endpoint::new(self.address, port), remote };
        self.ports.take(remote, port);
        self.add_connection(now, id, tuple, None);
        self.with(id, |connection| connection.open(now));
    }

    /// Takes the next connection of a listening socket that has reached ESTABLISHED.
    pub fn accept(&mut self, listener: SocketId) -> Option<SocketId> {
        self.listener(listener)?.ready.pop_front()
    }

    /// See [`Connection::send`].
    ///
    /// # Errors
    ///
    /// Those of the connection; `EPIPE` on a socket that is none, as on Linux, where POSIX has `ENOTCONN`; `EBADF`.
    pub fn send(
        &mut self,
        now: Instant,
        socket: SocketId,
        octets: &Bytes,
    ) -> Result<Option<usize>, CallError> {
        self.with(socket, |connection| connection.send(now, octets))
            .unwrap_or_else(|| Err(self.without_connection(socket, CallError::BrokenPipe)))
    }

    /// See [`Connection::receive`].
    ///
    /// # Errors
    ///
    /// Those of the connection; `ENOTCONN` on a socket that is none; `EBADF`.
    pub fn receive(&mut self, now: Instant, socket: SocketId, max: usize) -> Result<Received, CallError> {
        self.with(socket, |connection| connection.receive(now, max))
            .unwrap_or_else(|| Err(self.without_connection(socket, CallError::NotConnected)))
    }

    /// See [`Connection::shutdown`].
    ///
    /// # Errors
    ///
    /// `ENOTCONN` when there is no connection; `EBADF`.
    pub fn shutdown(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, |connection| connection.shutdown(now))
            .unwrap_or_else(|| Err(self.without_connection(socket, CallError::NotConnected)))
    }

    /// See [`Connection::shutdown_input`].
    ///
    /// # Errors
    ///
    /// `ENOTCONN` when there is no connection; `EBADF`.
    pub fn shutdown_input(&mut self, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, Connection::shutdown_input)
            .unwrap_or_else(|| Err(self.without_connection(socket, CallError::NotConnected)))
    }

    /// See [`Connection::close`]. A listening socket closes with the connections that nobody has accepted: those in
    /// ESTABLISHED are reset, those in SYN-RECEIVED forgotten.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn close(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        let Some(slot) = self.slots.get_mut(socket.0 as usize) else { return Err(CallError::BadSocket) };
        match slot {
            Slot::Released => Err(CallError::BadSocket),
            Slot::Unconnected(_) => {
                *slot = Slot::Released;
                Ok(())
            }
            Slot::Listener(listener) => {
                let half_open = core::mem::take(&mut listener.half_open);
                let ready = core::mem::take(&mut listener.ready);
                *slot = Slot::Released;
                self.listening.retain(|other| *other != socket);
                for waiting in half_open {
                    self.with(waiting, Connection::forget_half_open);
                }
                for waiting in ready {
                    self.with(waiting, |connection| connection.abort(now));
                }
                let (from, to, trigger) = (State::Listen, State::Closed, Trigger::Close);
                self.note(socket, Notice::StateChanged { from, to, trigger }, Rule::CloseCall);
                self.note(socket, Notice::Released, Rule::SocketGone);
                Ok(())
            }
            Slot::Connection(entry) if entry.connection.closing.linger == Some(0) => self.abort(now, socket),
            Slot::Connection(_) => {
                self.with(socket, |connection| connection.close(now));
                Ok(())
            }
        }
    }

    /// See [`Connection::abort`].
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn abort(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, |connection| connection.abort(now)).ok_or(CallError::BadSocket)
    }

    /// TCP_NODELAY: switches Nagle's algorithm off or on.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a listening socket; `EBADF`.
    pub fn set_no_delay(&mut self, now: Instant, socket: SocketId, on: bool) -> Result<(), CallError> {
        match self.with(socket, |connection| connection.set_no_delay(now, on)) {
            Some(()) => Ok(()),
            None => {
                self.unconnected(socket)?.no_delay = on;
                Ok(())
            }
        }
    }

    /// SO_LINGER: what `close` does while there is something to send. None is off: it returns at once and TCP
    /// sends the rest; 0 throws everything away and sends RST; more waits so many seconds for the peer.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn set_linger(&mut self, socket: SocketId, seconds: Option<u32>) -> Result<(), CallError> {
        match self.slots.get_mut(socket.0 as usize) {
            Some(Slot::Connection(entry)) => entry.connection.closing.linger = seconds,
            Some(Slot::Unconnected(unconnected)) => unconnected.linger = seconds,
            Some(Slot::Listener(_)) => {}
            Some(Slot::Released) | None => return Err(CallError::BadSocket),
        }
        Ok(())
    }

    /// For how many seconds a `close` that was just made still waits for the peer, if it does.
    pub fn lingers(&self, socket: SocketId) -> Option<u32> {
        let connection = self.connection(socket)?;
        connection.closing.linger.filter(|_| connection.is_lingering())
    }

    /// The machine's power fails: every socket is gone, and no segment says so. New ones have new numbers.
    pub fn lose_state(&mut self) {
        for number in 0..self.slots.len() {
            match core::mem::replace(&mut self.slots[number], Slot::Released) {
                Slot::Released | Slot::Unconnected(_) => {}
                Slot::Listener(_) | Slot::Connection(_) => {
                    self.note(SocketId(number as u32), Notice::Released, Rule::HostCrashes);
                }
            }
        }
        self.listening.clear();
        self.tuples.clear();
        self.ports = Ports::new(self.profile());
    }

    /// A RST as somebody forges it who sees the connection's segments: the number is the next one that this end
    /// expects, and `beyond` more. In SYN-SENT it acknowledges the SYN, else it would be ignored.
    ///
    /// Source: RFC 5961 section 1.1; RFC 9293 sections 3.10.7.3 and 3.5.3.
    pub fn forged_reset(&self, socket: SocketId, beyond: u32) -> Option<Segment> {
        let connection = self.connection(socket)?;
        let tuple = connection.tuple();
        let is_opening = connection.state() == State::SynSent;
        Some(Segment {
            source: tuple.remote,
            destination: tuple.local,
            seq: connection.rcv.nxt + beyond,
            ack: if is_opening { connection.snd.nxt } else { SeqNum(0) },
            flags: if is_opening { Flags::RST | Flags::ACK } else { Flags::RST },
            window: 0,
            options: TcpOptions::default(),
            payload: Bytes::new(),
        })
    }

    fn unconnected(&mut self, socket: SocketId) -> Result<&mut Unconnected, CallError> {
        match self.slots.get_mut(socket.0 as usize) {
            Some(Slot::Unconnected(unconnected)) => Ok(unconnected),
            Some(Slot::Released) | None => Err(CallError::BadSocket),
            Some(_) => Err(CallError::InvalidArgument),
        }
    }

    /// Why a call that needs a connection fails on a socket that has none: `error`, if there is a socket.
    fn without_connection(&self, socket: SocketId, error: CallError) -> CallError {
        match self.slots.get(socket.0 as usize) {
            Some(Slot::Released) | None => CallError::BadSocket,
            Some(_) => error,
        }
    }
}
