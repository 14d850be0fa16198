//! What the kernel says about sockets, as inputs of a role.

use std::net::Shutdown;

use playground_core::node::Input;
use playground_core::rule::Rule;
use playground_core::tcp::{CallError, Notice, SocketId, Trigger};

use crate::live_host::LiveHost;
use crate::machine::{Socket, call_error};

impl LiveHost<'_> {
    /// What the kernel says about a socket, as inputs of its role.
    pub fn ready(&mut self, socket: SocketId, readable: bool, writable: bool, failed: bool) {
        let last = self.system.journal.last();
        let Some(stream) = self.machine.stream(socket) else { return };
        let mut inputs = Vec::new();
        if stream.opening {
            if let Some(error) = stream.io.take_error().ok().flatten() {
                let error = call_error(&error);
                self.notice(socket, Notice::Errored { error }, error.rule());
                inputs.push(Input::ConnectFailed(socket, error));
            } else if writable && stream.io.peer_addr().is_ok() {
                stream.opening = false;
                self.follow(socket, Trigger::ReceiveSynAck, Rule::SynSentSynAck);
                inputs.push(Input::Connected(socket));
                inputs.extend(readable.then_some(Input::Readable(socket)));
            }
        } else {
            if writable && core::mem::take(&mut stream.blocked) {
                inputs.push(Input::Writable(socket));
            }
            if failed && stream.failed.is_none() {
                let error = stream.io.take_error().ok().flatten();
                stream.failed = Some(error.map_or(CallError::ConnectionReset, |error| call_error(&error)));
            }
            inputs.extend(readable.then_some(Input::Readable(socket)));
            if let Some(error) = stream.failed.filter(|_| failed) {
                inputs.push(Input::Failed(socket, error));
            }
        }
        self.machine.pending.extend(inputs.into_iter().map(|input| (input, last)));
        self.resume();
    }

    /// Ends a connection that has used up what it may.
    pub fn give_up(&mut self, socket: SocketId, error: CallError) {
        if let Some(stream) = self.machine.stream(socket) {
            stream.given_up = true;
            stream.failed = Some(error);
            // It may be closed by the peer already.
            let _ = stream.io.shutdown(Shutdown::Both);
        }
    }

    /// Lets the role read on where reading was put off for a connection that takes octets again.
    fn resume(&mut self) {
        let held: Vec<SocketId> = self
            .machine
            .sockets
            .iter()
            .filter(|(_, socket)| matches!(socket, Socket::Stream(stream) if stream.held))
            .map(|(id, _)| *id)
            .collect();
        for socket in held {
            if !self.is_ahead(socket) {
                self.machine.pending.push_back((Input::Readable(socket), self.system.journal.last()));
            }
        }
    }
}
