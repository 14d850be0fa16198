//! Calls that a stack hands on to one of its connections.

use bytes::Bytes;

use super::{CallError, Connection, Received, SocketId, Stack};
use crate::time::Instant;
use crate::wire::{FourTuple, SeqNum};

impl Stack {
    /// See [`Connection::send`].
    pub fn send(
        &mut self,
        now: Instant,
        socket: SocketId,
        octets: &Bytes,
    ) -> Result<Option<usize>, CallError> {
        let sent = self.with(socket, |connection| connection.send(now, octets));
        // As on Linux; POSIX would have ENOTCONN here too.
        sent.unwrap_or_else(|| Err(self.without_connection(socket, CallError::BrokenPipe)))
    }

    /// An ICMP error says that this stack's segment could not be delivered.
    ///
    /// Source: RFC 1122 section 4.2.3.9: it is passed on to the connection that the quoted segment is of.
    pub fn unreachable(&mut self, tuple: FourTuple, seq: SeqNum, error: CallError) {
        if let Some(socket) = self.connection_of(tuple) {
            self.with(socket, |connection| connection.unreachable(seq, error));
        }
    }

    /// See [`Connection::receive`].
    pub fn receive(&mut self, now: Instant, socket: SocketId, max: usize) -> Result<Received, CallError> {
        let received = self.with(socket, |connection| connection.receive(now, max));
        received.unwrap_or_else(|| Err(self.without_connection(socket, CallError::NotConnected)))
    }

    /// See [`Connection::shutdown`].
    pub fn shutdown(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        let shut = self.with(socket, |connection| connection.shutdown(now));
        shut.unwrap_or_else(|| Err(self.without_connection(socket, CallError::NotConnected)))
    }

    /// See [`Connection::shutdown_input`].
    pub fn shutdown_input(&mut self, socket: SocketId) -> Result<(), CallError> {
        let shut = self.with(socket, Connection::shutdown_input);
        shut.unwrap_or_else(|| Err(self.without_connection(socket, CallError::NotConnected)))
    }
}
