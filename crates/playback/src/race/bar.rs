//! One connection's time, divided into phases.

use playground_core::time::Instant;

/// The phase of a connection, as its client sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchKind {
    /// The handshake.
    SetUp,
    /// A request is in flight.
    Request,
    /// The server has the request, and no octet of the response has arrived.
    Waiting,
    /// A response is arriving.
    Data,
    /// It is open and idle.
    Idle,
}

/// A part of a connection's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The phase.
    pub kind: StretchKind,
    /// Since when.
    pub from: Instant,
    /// Until when.
    pub to: Instant,
}

/// A connection of the client, from its SYN until it begins to close.
///
/// Its stretches follow one another without gaps, none of them empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// Its phases.
    pub stretches: Vec<Stretch>,
    /// Answers that it brought to their end.
    pub answers: u32,
    /// The row it is drawn in, from 0: the first that is free all the while.
    pub row: u32,
}
