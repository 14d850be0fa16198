//! Socket calls: made on a stack and recorded in the trace with their results.

use core::num::NonZeroU32;

use bytes::Bytes;

use super::machines::Machines;
use crate::event::Event;
use crate::rule::Rule;
use crate::tcp::{Call, CallError, Received, Returned, SocketId};
use crate::trace::StoppedBy;
use crate::wire::Endpoint;

/// Connections of a listening socket that wait to be accepted.
const BACKLOG: usize = 128;

impl Machines {
    /// Listens on a port.
    pub fn listen(&mut self, node: usize, port: u16) -> Result<SocketId, CallError> {
        let result = self.nodes[node].stack.listen(port, BACKLOG);
        self.finish_call(node, result.ok(), Call::Listen { port }, done(result.map(|_| ())));
        result
    }

    /// Opens a connection, without waiting for it.
    pub fn connect(&mut self, node: usize, remote: Endpoint) -> Result<SocketId, CallError> {
        let result = if self.is_routed(node, remote.address) {
            self.nodes[node].stack.connect(self.now, remote)
        } else {
            Err(CallError::NetworkUnreachable)
        };
        let returned = result.map_or_else(failed, |_| Returned::InProgress);
        self.finish_call(node, result.ok(), Call::Connect { remote }, returned);
        result
    }

    /// Takes the next connection of a listening socket; an event loop that finds none makes no call.
    pub fn accept(&mut self, node: usize, listener: SocketId) -> Option<SocketId> {
        let socket = self.nodes[node].stack.accept(listener)?;
        let returned = self.opened(node, socket);
        self.finish_call(node, Some(listener), Call::Accept, returned);
        Some(socket)
    }

    /// Writes octets; how many were taken.
    pub fn send(&mut self, node: usize, socket: SocketId, octets: Bytes) -> Result<usize, CallError> {
        let result = self.nodes[node].stack.send(self.now, socket, &octets);
        self.count_octets(result);
        self.finish_call(node, Some(socket), Call::Send { octets }, sent(result));
        result.map(Option::unwrap_or_default)
    }

    /// Reads octets; an event loop that finds none makes no call.
    pub fn receive(&mut self, node: usize, socket: SocketId, max: usize) -> Result<Received, CallError> {
        if self.nodes[node].is_unread {
            return Ok(Received::WouldBlock);
        }
        let result = self.nodes[node].stack.receive(self.now, socket, max);
        if result != Ok(Received::WouldBlock) {
            self.finish_call(node, Some(socket), Call::Receive { max }, received(result.clone()));
        }
        result
    }

    /// Closes the output.
    pub fn shutdown(&mut self, node: usize, socket: SocketId, rule: Rule) {
        let result = self.nodes[node].stack.shutdown(self.now, socket);
        self.finish_call_by(node, Some(socket), Call::Shutdown, done(result), rule);
    }

    /// Closes the input.
    pub fn shutdown_input(&mut self, node: usize, socket: SocketId, rule: Rule) {
        let result = self.nodes[node].stack.shutdown_input(socket);
        self.finish_call_by(node, Some(socket), Call::ShutdownInput, done(result), rule);
    }

    /// Closes both directions and releases the socket.
    pub fn close(&mut self, node: usize, socket: SocketId, rule: Rule) {
        let result = self.nodes[node].stack.close(self.now, socket);
        self.finish_call_by(node, Some(socket), Call::Close, done(result), rule);
    }

    /// Closes with RST.
    pub fn abort(&mut self, node: usize, socket: SocketId, rule: Rule) {
        let result = self.nodes[node].stack.abort(self.now, socket);
        self.finish_call_by(node, Some(socket), Call::Abort, done(result), rule);
    }

    /// Switches Nagle's algorithm off or on.
    pub fn set_no_delay(&mut self, node: usize, socket: SocketId, on: bool) {
        let result = self.nodes[node].stack.set_no_delay(self.now, socket, on);
        self.finish_call(node, Some(socket), Call::SetNoDelay { on }, done(result));
    }

    /// Records the result of a call that the program waited in. See [`Host::call_returned`].
    ///
    /// [`Host::call_returned`]: crate::node::Host::call_returned
    pub(super) fn call_returned(&mut self, node: usize, socket: SocketId, call: Call, returned: Returned) {
        self.finish_call(node, Some(socket), call, returned);
    }

    fn count_octets(&mut self, sent: Result<Option<usize>, CallError>) {
        self.octets += sent.ok().flatten().unwrap_or_default() as u64;
        if self.octets > self.scenario.limits.octets {
            self.stopped_by = Some(StoppedBy::Octets);
        }
    }

    /// Makes a call of a program on the stack, without recording it.
    fn attempt(&mut self, node: usize, socket: Option<SocketId>, call: &Call) -> Returned {
        if let Call::Connect { remote } = call
            && !self.is_routed(node, remote.address)
        {
            return failed(CallError::NetworkUnreachable);
        }
        let now = self.now;
        let stack = &mut self.nodes[node].stack;
        let Some(socket) = socket else {
            return match call {
                Call::Socket => {
                    let socket = stack.socket();
                    self.opened(node, socket)
                }
                _ => failed(CallError::BadSocket),
            };
        };
        match call {
            Call::Socket => failed(CallError::InvalidArgument),
            Call::Bind { port } => done(stack.bind(socket, *port)),
            Call::Listen { .. } => done(stack.listen_on(socket, BACKLOG)),
            Call::Connect { remote } => {
                stack.connect_on(now, socket, *remote).map_or_else(failed, |()| Returned::WouldBlock)
            }
            Call::SetLinger { seconds } => done(stack.set_linger(socket, *seconds)),
            Call::SetReuseAddress { on } => done(stack.set_reuse_address(socket, *on)),
            Call::SetKeepalive { on } => done(stack.set_keepalive(now, socket, *on)),
            Call::SetKeepaliveValue { option, value } => {
                done(stack.set_keepalive_value(now, socket, *option, *value))
            }
            Call::Accept => match stack.accept(socket) {
                Some(socket) => self.opened(node, socket),
                None => Returned::WouldBlock,
            },
            Call::Send { octets } => {
                let result = stack.send(now, socket, octets);
                self.count_octets(result);
                sent(result)
            }
            Call::Receive { max } => received(stack.receive(now, socket, *max)),
            Call::Shutdown => done(stack.shutdown(now, socket)),
            Call::ShutdownInput => done(stack.shutdown_input(socket)),
            Call::Close => done(stack.close(now, socket)),
            Call::Abort => done(stack.abort(now, socket)),
            Call::SetNoDelay { on } => done(stack.set_no_delay(now, socket, *on)),
        }
    }

    /// Makes a call of a program, which may block. See [`Host::blocking_call`].
    ///
    /// [`Host::blocking_call`]: crate::node::Host::blocking_call
    pub(super) fn blocking_call(
        &mut self,
        node: usize,
        socket: Option<SocketId>,
        call: Call,
        before: Option<usize>,
    ) -> Result<Returned, usize> {
        let mut returned = self.attempt(node, socket, &call);
        let mut written = before.unwrap_or(0);
        let is_short = match (&call, &mut returned) {
            (_, Returned::WouldBlock) => true,
            (Call::Send { octets }, Returned::Sent { len }) => {
                let is_short = *len < octets.len();
                written += *len;
                *len = written;
                is_short
            }
            (Call::Close, _) => socket.is_some_and(|socket| self.nodes[node].stack.lingers(socket).is_some()),
            _ => false,
        };
        if !is_short {
            self.finish_call(node, socket, call, returned.clone());
            return Ok(returned);
        }
        if let (None, Some(socket)) = (before, socket) {
            let descriptor = self.nodes[node].descriptors.get(socket);
            let event = Event::CallBlocked { socket, descriptor, call };
            let entry = self.record(node, event, Rule::BlockingCall);
            self.cause = Some(entry);
        }
        self.drain(node);
        Err(written)
    }

    /// Makes a call on a socket that does not block, as the applications' own do not. See [`Host::call_at_once`].
    ///
    /// [`Host::call_at_once`]: crate::node::Host::call_at_once
    pub(super) fn call_at_once(&mut self, node: usize, socket: SocketId, call: Call) -> Returned {
        let returned = self.attempt(node, Some(socket), &call);
        self.finish_call(node, Some(socket), call, returned.clone());
        returned
    }

    /// A new socket with its descriptor, as `socket` and `accept` return it.
    fn opened(&mut self, node: usize, socket: SocketId) -> Returned {
        Returned::Socket { socket, descriptor: self.nodes[node].descriptors.open(socket) }
    }

    /// Records a call's result, with the reason that the call itself has.
    fn finish_call(&mut self, node: usize, socket: Option<SocketId>, call: Call, returned: Returned) {
        let rule = self.reason(node, socket, &call, &returned);
        self.finish_call_by(node, socket, call, returned, rule);
    }

    /// Why a call returned what it did.
    fn reason(&self, node: usize, socket: Option<SocketId>, call: &Call, returned: &Returned) -> Rule {
        match (call, returned) {
            (Call::Connect { remote }, Returned::Failed { .. }) if !self.is_routed(node, remote.address) => {
                Rule::NoRoute
            }
            (Call::Bind { .. } | Call::Listen { .. }, Returned::Failed { .. }) => call.rule(returned),
            (_, Returned::Failed { error }) => {
                let known = socket.and_then(|socket| self.nodes[node].failures.get(&socket));
                let is_told = matches!(error, CallError::ConnectionReset | CallError::TimedOut);
                known.copied().filter(|_| is_told).unwrap_or_else(|| error.rule())
            }
            (Call::Receive { .. }, Returned::EndOfStream) => {
                let connection = socket.and_then(|socket| self.nodes[node].stack.connection(socket));
                match connection {
                    Some(connection) if !connection.has_received_fin() => Rule::InputClosed,
                    _ => call.rule(returned),
                }
            }
            _ => call.rule(returned),
        }
    }

    /// Records a call's result, and handles the stack's outputs that follow from it.
    fn finish_call_by(
        &mut self,
        node: usize,
        socket: Option<SocketId>,
        call: Call,
        returned: Returned,
        rule: Rule,
    ) {
        let rule = match returned {
            Returned::Failed { .. } => self.reason(node, socket, &call, &returned),
            _ => rule,
        };
        let is_new = call == Call::Socket;
        let subject = match &returned {
            Returned::Socket { socket: new, .. } if is_new => Some(*new),
            _ => socket,
        };
        let descriptors = &mut self.nodes[node].descriptors;
        let descriptor = match socket {
            _ if is_new => None,
            Some(socket) if matches!(call, Call::Listen { .. } | Call::Connect { .. }) => {
                // An event loop makes the socket in the same step.
                NonZeroU32::new(descriptors.open(socket))
            }
            Some(socket) => descriptors.get(socket),
            None => descriptors.lowest(),
        };
        if let (Call::Close | Call::Abort, Some(socket)) = (&call, socket) {
            descriptors.close(socket);
            self.nodes[node].failures.remove(&socket);
            self.nodes[node].waits.remove(&socket);
            self.nodes[node].unacknowledged.remove(&socket);
        }
        let reads = matches!(call, Call::Receive { .. } | Call::Accept);
        let before = self.cause;
        let event = Event::CallReturned { socket: subject, descriptor, call, returned };
        let entry = self.record(node, event, rule);
        self.cause = Some(entry);
        self.drain(node);
        // What an application does after reading, it does because of what it read.
        self.cause = if reads { Some(entry) } else { before };
    }
}

const fn failed(error: CallError) -> Returned {
    Returned::Failed { error }
}

fn done(result: Result<(), CallError>) -> Returned {
    result.map_or_else(failed, |()| Returned::Done)
}

fn sent(result: Result<Option<usize>, CallError>) -> Returned {
    match result {
        Ok(Some(len)) => Returned::Sent { len },
        Ok(None) => Returned::WouldBlock,
        Err(error) => failed(error),
    }
}

fn received(result: Result<Received, CallError>) -> Returned {
    match result {
        Ok(Received::Octets(octets)) => Returned::Received { octets: Box::new(octets) },
        Ok(Received::EndOfStream) => Returned::EndOfStream,
        Ok(Received::WouldBlock) => Returned::WouldBlock,
        Err(error) => failed(error),
    }
}
