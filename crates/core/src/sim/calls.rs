//! Socket calls: made on a stack and recorded in the trace with their results.

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
        self.finish_call(node, None, Call::Listen { port }, opened(result));
        result
    }

    /// Opens a connection.
    pub fn connect(&mut self, node: usize, remote: Endpoint) -> Result<SocketId, CallError> {
        let result = if self.is_routed(node, remote.address) {
            self.nodes[node].stack.connect(self.now, remote)
        } else {
            Err(CallError::NetworkUnreachable)
        };
        self.finish_call(node, None, Call::Connect { remote }, opened(result));
        result
    }

    /// Takes the next connection of a listening socket; an event loop that finds none makes no call.
    pub fn accept(&mut self, node: usize, listener: SocketId) -> Option<SocketId> {
        let socket = self.nodes[node].stack.accept(listener)?;
        self.finish_call(node, Some(listener), Call::Accept, Returned::Socket { socket });
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
        let result = self.nodes[node].stack.receive(self.now, socket, max);
        if result != Ok(Received::WouldBlock) {
            self.finish_call(node, Some(socket), Call::Receive { max }, received(result.clone()));
        }
        result
    }

    /// Closes the output.
    pub fn shutdown(&mut self, node: usize, socket: SocketId) {
        let result = self.nodes[node].stack.shutdown(self.now, socket);
        self.finish_call(node, Some(socket), Call::Shutdown, done(result));
    }

    /// Closes the input.
    pub fn shutdown_input(&mut self, node: usize, socket: SocketId) {
        let result = self.nodes[node].stack.shutdown_input(socket);
        self.finish_call(node, Some(socket), Call::ShutdownInput, done(result));
    }

    /// Closes both directions and releases the socket.
    pub fn close(&mut self, node: usize, socket: SocketId) {
        let result = self.nodes[node].stack.close(self.now, socket);
        self.finish_call(node, Some(socket), Call::Close, done(result));
    }

    /// Closes with RST.
    pub fn abort(&mut self, node: usize, socket: SocketId) {
        let result = self.nodes[node].stack.abort(self.now, socket);
        self.finish_call(node, Some(socket), Call::Abort, done(result));
    }

    /// Switches Nagle's algorithm off or on.
    pub fn set_no_delay(&mut self, node: usize, socket: SocketId, on: bool) {
        let result = self.nodes[node].stack.set_no_delay(self.now, socket, on);
        self.finish_call(node, Some(socket), Call::SetNoDelay { on }, done(result));
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
                Call::Socket => Returned::Socket { socket: stack.socket() },
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
            Call::Accept => {
                stack.accept(socket).map_or(Returned::WouldBlock, |socket| Returned::Socket { socket })
            }
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
            let entry = self.record(node, Event::CallBlocked { socket, call }, Rule::BlockingCall);
            self.cause = Some(entry);
        }
        self.drain(node);
        Err(written)
    }

    /// Records a call's result, and handles the stack's outputs that follow from it.
    fn finish_call(&mut self, node: usize, socket: Option<SocketId>, call: Call, returned: Returned) {
        let subject = match &returned {
            Returned::Socket { socket: new } if !matches!(call, Call::Accept) => Some(*new),
            _ => socket,
        };
        let reads = matches!(call, Call::Receive { .. } | Call::Accept);
        let rule = match (&call, &returned) {
            _ if reads => Rule::ReceiveCall,
            (Call::Connect { .. }, Returned::Failed { error: CallError::AddressNotAvailable }) => {
                Rule::PortsExhausted
            }
            (Call::Connect { .. }, Returned::Failed { error: CallError::AddressInUse }) => Rule::TupleInUse,
            (
                Call::Bind { .. } | Call::Listen { .. },
                Returned::Failed { error: CallError::AddressInUse },
            ) => Rule::AddressInUse,
            _ => Rule::Application,
        };
        let before = self.cause;
        let event = Event::CallReturned { socket: subject, call, returned };
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

fn opened(result: Result<SocketId, CallError>) -> Returned {
    result.map_or_else(failed, |socket| Returned::Socket { socket })
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
        Ok(Received::Octets(octets)) => Returned::Received { octets },
        Ok(Received::EndOfStream) => Returned::EndOfStream,
        Ok(Received::WouldBlock) => Returned::WouldBlock,
        Err(error) => failed(error),
    }
}
