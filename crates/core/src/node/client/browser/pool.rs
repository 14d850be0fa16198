//! The pool: a browser's connections to one host, and which of them takes the next request.

use std::collections::VecDeque;

use crate::http::{Decoder, Framing, Persistence, RequestHead, ResponseHead};
use crate::tcp::SocketId;

/// A request without a complete response yet.
#[derive(Debug)]
pub(super) struct Outstanding {
    /// Which object of the page.
    pub object: usize,
    pub head: RequestHead,
    pub response: Option<(ResponseHead, Framing)>,
    /// Where the response begins in the peer's output.
    pub starts: u64,
    pub body_len: u64,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Pooled {
    pub socket: SocketId,
    pub open: bool,
    pub decoder: Decoder,
    pub outstanding: VecDeque<Outstanding>,
    /// Requests that wait to be written.
    pub unsent: Vec<u8>,
    /// Answers so far.
    pub answered: u32,
    /// Whether its last response head keeps it open; none before the first.
    pub conclusion: Option<Persistence>,
}

impl Pooled {
    pub fn new(socket: SocketId) -> Self {
        Self {
            socket,
            open: false,
            decoder: Decoder::responses(),
            outstanding: VecDeque::new(),
            unsent: Vec::new(),
            answered: 0,
            conclusion: None,
        }
    }

    /// Whether it is open or still opening, so that a response may arrive.
    fn is_busy(&self) -> bool {
        !self.outstanding.is_empty() || self.persists()
    }

    /// Whether the last response head said that the connection persists.
    pub fn persists(&self) -> bool {
        self.conclusion.is_some_and(|conclusion| conclusion.persists)
    }
}

/// A browser's connections to one host.
#[derive(Debug)]
pub(super) struct Pool {
    pub connections: Vec<Pooled>,
    /// Connections opened so far.
    pub opened: u32,
    /// Connections at once.
    limit: usize,
    /// Requests at once on one connection.
    depth: usize,
}

/// Where the next request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// To this connection.
    On(usize),
    /// To a new one.
    New,
    /// Nowhere yet.
    Wait,
}

impl Pool {
    pub const fn new(limit: usize, depth: usize) -> Self {
        Self { connections: Vec::new(), opened: 0, limit, depth }
    }

    /// Where the next request goes: an idle connection, a new one as long as the limit allows it, or behind
    /// other requests where pipelining is allowed.
    ///
    /// RFC 9112 section 9.3.2: nothing is pipelined before the connection is known to persist.
    pub fn place(&self) -> Place {
        let idle = |one: &Pooled| one.outstanding.is_empty() && one.persists();
        if let Some(place) = self.connections.iter().position(idle) {
            return Place::On(place);
        }
        if self.busy() < self.limit {
            return Place::New;
        }
        let shortest = |one: &(usize, &Pooled)| one.1.outstanding.len();
        let candidates = self.connections.iter().enumerate();
        let open = candidates.filter(|(_, one)| one.persists() && one.outstanding.len() < self.depth);
        open.min_by_key(shortest).map_or(Place::Wait, |(place, _)| Place::On(place))
    }

    fn busy(&self) -> usize {
        self.connections.iter().filter(|one| one.is_busy()).count()
    }

    /// After a refused connection: the server's limit is the number of those that were open before it.
    ///
    /// Simplified: real browsers do not learn a server's limit; they only wait longer from try to try.
    pub fn turned_away(&mut self, socket: SocketId) {
        let before = self.connections.iter().take_while(|one| one.socket != socket);
        self.limit = self.limit.min(before.filter(|one| one.is_busy()).count().max(1));
    }

    /// The sockets of some of the connections.
    pub fn sockets(&self, which: impl Fn(&Pooled) -> bool) -> Vec<SocketId> {
        self.connections.iter().filter(|one| which(one)).map(|one| one.socket).collect()
    }

    pub fn get(&mut self, socket: SocketId) -> Option<&mut Pooled> {
        self.connections.iter_mut().find(|one| one.socket == socket)
    }

    pub fn remove(&mut self, socket: SocketId) -> Option<Pooled> {
        let place = self.connections.iter().position(|one| one.socket == socket)?;
        Some(self.connections.remove(place))
    }
}
