//! Calls that a stack hands on to one of its connections.

use bytes::Bytes;

use super::{CallError, Connection, Received, SocketId, Stack};
use crate::time::Instant;

impl Stack {
    /// See [`Connection::send`].
    pub fn send(
        &mut self,
        now: Instant,
        socket: SocketId,
        octets: &Bytes,
    ) -> Result<Option<usize>, CallError> {
        self.with(socket, |connection| connection.send(now, octets)).unwrap_or(Err(CallError::BadSocket))
    }

    /// See [`Connection::receive`].
    pub fn receive(&mut self, now: Instant, socket: SocketId, max: usize) -> Result<Received, CallError> {
        self.with(socket, |connection| connection.receive(now, max)).unwrap_or(Err(CallError::BadSocket))
    }

    /// See [`Connection::shutdown`].
    pub fn shutdown(&mut self, now: Instant, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, |connection| connection.shutdown(now)).unwrap_or(Err(CallError::BadSocket))
    }

    /// See [`Connection::shutdown_input`].
    pub fn shutdown_input(&mut self, socket: SocketId) -> Result<(), CallError> {
        self.with(socket, Connection::shutdown_input).unwrap_or(Err(CallError::BadSocket))
    }
}
