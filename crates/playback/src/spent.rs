//! Where the time of a transaction went: Figure 4-7 of the book, computed from the run.

use playground_core::event::Event;
use playground_core::tcp::{Notice, State};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::Packet;
use strum::{IntoStaticStr, VariantArray};

use crate::dissection::{Dissection, SocketKey};

/// A piece of a transaction's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentPart {
    /// Its kind.
    pub kind: SpentKind,
    /// When it began.
    pub from: Instant,
    /// When it was over.
    pub until: Instant,
}

/// Components of a transaction's delay, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case", prefix = "spent-")]
pub enum SpentKind {
    /// Asking for an address: DHCP.
    Address,
    /// Asking for the address of the name.
    Dns,
    /// The TCP handshake.
    Connect,
    /// The TLS handshake.
    Tls,
    /// Sending the request.
    Request,
    /// The server prepares the response.
    Process,
    /// Receiving the response.
    Response,
    /// Closing; nobody waits for it.
    Close,
}

impl SpentKind {
    /// Its stable key: `spent-dns`.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

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
    /// Returns `None` when there is none.
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
            let kind = match &entry.event {
                Event::AddressObtained { .. } if own(entry.node) => SpentKind::Address,
                Event::NameResolved { cached: false, .. } if own(entry.node) => SpentKind::Dns,
                Event::Socket { socket: id, notice: Notice::StateChanged { to: State::Established, .. } }
                    if SocketKey::new(entry.node, *id) == socket =>
                {
                    SpentKind::Connect
                }
                Event::TlsOpened { socket: id, .. } if SocketKey::new(entry.node, *id) == socket => {
                    SpentKind::Tls
                }
                Event::RequestReceived { socket: id, .. } if is_peers(*id) => SpentKind::Request,
                Event::PacketSent { socket: Some(id), packet: Packet::Segment(segment), .. }
                    if is_peers(*id) && !segment.payload.is_empty() && spent.has(SpentKind::Request) =>
                {
                    SpentKind::Process
                }
                _ => continue,
            };
            spent.end(kind, entry.at);
        }
        spent.end(SpentKind::Response, until);
        // How long this end still cares for the connection.
        let over = trace.entries[done.index as usize..].iter().find(|entry| {
            matches!(&entry.event, Event::Socket { socket: id, notice: Notice::StateChanged { to, .. } }
                if SocketKey::new(entry.node, *id) == socket && matches!(to, State::TimeWait | State::Closed))
        });
        if let Some(over) = over {
            spent.end(SpentKind::Close, over.at);
        }
        Some(spent)
    }

    /// How long the user waited.
    pub fn total(&self) -> Duration {
        self.until.since(self.from)
    }

    fn has(&self, kind: SpentKind) -> bool {
        self.parts.iter().any(|part| part.kind == kind)
    }

    /// Ends a part that began where the last one ended; each is ended once.
    fn end(&mut self, kind: SpentKind, at: Instant) {
        if !self.has(kind) {
            let from = self.parts.last().map_or(self.from, |part| part.until);
            self.parts.push(SpentPart { kind, from, until: at.max(from) });
        }
    }
}
