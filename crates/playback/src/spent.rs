//! Where the time of a transaction went: Figure 4-7 of the book, computed from the run.

use playground_core::event::Event;
use playground_core::tcp::{Notice, State};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use crate::dissection::{Dissection, SocketKey};

/// A piece of a transaction's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentPart {
    /// Which: the stable key of its word, `spent-dns`.
    pub key: &'static str,
    /// When it began.
    pub from: Instant,
    /// When it was over.
    pub until: Instant,
}

/// Every key of a part, in their order.
pub const SPENT_KEYS: &[&str] = &[
    "spent-address",
    "spent-dns",
    "spent-connect",
    "spent-tls",
    "spent-request",
    "spent-process",
    "spent-response",
    "spent-close",
];

/// Where the time of one transaction went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Which request of the client's list, from 0.
    pub request: u32,
    /// When it was wanted.
    pub from: Instant,
    /// When its answer was whole.
    pub until: Instant,
    /// The pieces in their order, without gap; closing lies after `until`, and nobody waits for it.
    pub parts: Vec<SpentPart>,
}

impl Spent {
    /// The first transaction of a run that was completed.
    ///
    /// Errors: `None` when there is none.
    pub fn first(trace: &Trace, dissection: &Dissection) -> Option<Self> {
        let (done, socket, request, from) = trace.entries.iter().find_map(|entry| match &entry.event {
            Event::TransactionCompleted { socket, request, started_at, .. } => {
                Some((entry, SocketKey::new(entry.node, *socket), *request, *started_at))
            }
            _ => None,
        })?;
        let until = done.at;
        let peer = dissection.peer(socket);
        let mut spent = Self { request, from, until, parts: Vec::new() };
        let own = |node| node == socket.node;
        for entry in &trace.entries[..done.index as usize] {
            if entry.at < from {
                continue;
            }
            let is_peers = |id| peer == Some(SocketKey::new(entry.node, id));
            let key = match &entry.event {
                Event::AddressObtained { .. } if own(entry.node) => "spent-address",
                Event::NameResolved { cached: false, .. } if own(entry.node) => "spent-dns",
                Event::Socket { socket: id, notice: Notice::StateChanged { to: State::Established, .. } }
                    if SocketKey::new(entry.node, *id) == socket =>
                {
                    "spent-connect"
                }
                Event::TlsOpened { socket: id, .. } if SocketKey::new(entry.node, *id) == socket => {
                    "spent-tls"
                }
                Event::RequestReceived { socket: id, .. } if is_peers(*id) => "spent-request",
                Event::PacketSent { socket: Some(id), packet: Packet::Segment(segment), .. }
                    if is_peers(*id) && !segment.payload.is_empty() && spent.has("spent-request") =>
                {
                    "spent-process"
                }
                _ => continue,
            };
            spent.end(key, entry.at);
        }
        spent.end("spent-response", until);
        // How long this end still cares for the connection.
        let over = trace.entries[done.index as usize..].iter().find(|entry| {
            matches!(&entry.event, Event::Socket { socket: id, notice: Notice::StateChanged { to, .. } }
                if SocketKey::new(entry.node, *id) == socket && matches!(to, State::TimeWait | State::Closed))
        });
        if let Some(over) = over {
            spent.end("spent-close", over.at);
        }
        Some(spent)
    }

    /// How long the user waited.
    pub fn total(&self) -> Duration {
        self.until.since(self.from)
    }

    fn has(&self, key: &str) -> bool {
        self.parts.iter().any(|part| part.key == key)
    }

    /// Ends a part that began where the last one ended; each is ended once.
    fn end(&mut self, key: &'static str, at: Instant) {
        if !self.has(key) {
            let from = self.parts.last().map_or(self.from, |part| part.until);
            self.parts.push(SpentPart { key, from, until: at.max(from) });
        }
    }
}
