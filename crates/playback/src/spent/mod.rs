//! Where the time of each request went: Figure 4-7 of the book, computed from the run.

mod attempts;
mod log;
mod trip;

use std::collections::BTreeMap;

use playground_core::event::NodeId;
use playground_core::node::RoleSpec;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use strum::{IntoStaticStr, VariantArray};

use crate::dissection::Dissection;
use crate::hold::{holds, holds_under_way};

/// A piece of a request's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentPart {
    /// Its kind.
    pub kind: SpentKind,
    /// When it began.
    pub from: Instant,
    /// When it was over.
    pub until: Instant,
}

impl SpentPart {
    /// Its length.
    pub fn span(&self) -> Duration {
        self.until.since(self.from)
    }
}

/// What a request's time is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case", prefix = "spent-")]
pub enum SpentKind {
    /// Asking for an address: DHCP.
    Address,
    /// Asking for the address of the name.
    Dns,
    /// The TCP handshake, towards the next node on the path.
    Connect,
    /// The TLS handshake.
    Tls,
    /// The request, or a part of it, is on the network.
    Request,
    /// It waits behind another request: for a connection that is free, or for the answers before its own.
    Queue,
    /// A server works on it: its processing time.
    Process,
    /// The response, a part of it, or the end of the connection is on the network.
    Response,
    /// Nagle's algorithm holds a small segment back.
    Nagle,
    /// A delayed ACK holds up a sender that has more to send.
    HeldAck,
    /// A segment was lost; its retransmission timer runs.
    Lost,
    /// Nothing is on the network and nobody works: octets lie unread, or each node waits for another.
    Hang,
    /// The user was asked whether to send it again.
    User,
    /// Closing the connection; nobody waits for it.
    Close,
}

impl SpentKind {
    /// Its stable key: `spent-held-ack`.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

/// Where the time of one request went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// The client.
    pub node: NodeId,
    /// Its place in the client's list, from 0.
    pub request: u32,
    /// `GET /b`; empty when it was never written.
    pub title: String,
    /// The entry of its outcome; the last one so far, while it is open.
    pub entry: u32,
    /// Whether it was given up.
    pub failed: bool,
    /// Whether it has neither been answered nor given up yet; only at a moment within a run.
    pub open: bool,
    /// When it was wanted.
    pub from: Instant,
    /// When its answer was whole, or it was given up; the moment that is shown, while it is open.
    pub until: Instant,
    /// The pieces from `from` to `until` in their order, without gap; neighbours differ in kind, none is empty, and a
    /// kind may come again. Never [`SpentKind::Close`].
    pub parts: Vec<SpentPart>,
    /// For the last request on its connection: from the first FIN or RST until the client's end was CLOSED or in
    /// TIME-WAIT. It may begin long after `until`.
    pub close: Option<SpentPart>,
}

impl Spent {
    /// Every request of the run that was answered or given up, in the order in which they were wanted.
    pub fn all(trace: &Trace, dissection: &Dissection) -> Vec<Self> {
        Self::some(trace, dissection, None)
    }

    /// The same of a run cut off at `now`, and the request that each client without pipelining waits for.
    pub fn until(trace: &Trace, dissection: &Dissection, now: Instant) -> Vec<Self> {
        Self::some(trace, dissection, Some(now))
    }

    fn some(trace: &Trace, dissection: &Dissection, now: Option<Instant>) -> Vec<Self> {
        let holds = if now.is_some() { holds_under_way(trace) } else { holds(trace) };
        let log = log::Log::new(trace, dissection, holds);
        let attempts = attempts::requests(trace, &log, now);
        let mut last: BTreeMap<_, Instant> = BTreeMap::new();
        for (socket, until) in attempts.iter().filter_map(|one| Some((one.socket()?, one.until))) {
            last.entry(socket).and_modify(|at| *at = until.max(*at)).or_insert(until);
        }
        let mut all: Vec<Self> = attempts
            .iter()
            .map(|one| {
                let close = one
                    .socket()
                    .filter(|socket| last.get(socket) == Some(&one.until))
                    .filter(|_| !one.open)
                    .and_then(|socket| log.closing(socket, now))
                    .map(|(from, until)| SpentPart { kind: SpentKind::Close, from, until });
                Self {
                    node: one.node,
                    request: one.request,
                    title: log.title(one, dissection).unwrap_or_else(|| planned(trace, one)),
                    entry: one.entry,
                    failed: one.failed,
                    open: one.open,
                    from: one.from,
                    until: one.until,
                    parts: trip::parts(trace, dissection, &log, one),
                    close,
                }
            })
            .collect();
        all.sort_by_key(|one| (one.from, one.node, one.request));
        all
    }

    /// How long the user waited.
    pub fn total(&self) -> Duration {
        self.until.since(self.from)
    }

    /// The share of each part, percent; their sum is 100 unless the whole took no time.
    ///
    /// Rounded by the largest remainders.
    pub fn shares(&self) -> Vec<u32> {
        let total = self.total().as_micros();
        if total == 0 {
            return vec![0; self.parts.len()];
        }
        let exact = |part: &SpentPart| part.span().as_micros() * 100;
        let mut shares: Vec<u32> = self.parts.iter().map(|part| (exact(part) / total) as u32).collect();
        let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
        by_remainder.sort_by_key(|place| core::cmp::Reverse(exact(&self.parts[*place]) % total));
        let missing = 100_u32.saturating_sub(shares.iter().sum());
        for place in by_remainder.into_iter().take(missing as usize) {
            shares[place] += 1;
        }
        shares
    }

    /// How much of its time went into a kind, altogether.
    pub fn spent_on(&self, kind: SpentKind) -> Duration {
        let parts = self.parts.iter().filter(|part| part.kind == kind);
        parts.fold(Duration::ZERO, |sum, part| sum + part.span())
    }
}

/// The request of the client's list, which has not been written yet.
fn planned(trace: &Trace, request: &attempts::Request) -> String {
    let role = trace.scenario.nodes.get(request.node.index()).map(|node| &node.role);
    match role {
        Some(RoleSpec::Client(spec)) if request.open => {
            let next = spec.requests.get(request.request as usize).filter(|one| one.text.is_none());
            next.map_or_else(String::new, |one| format!("{} {}", one.method, one.path))
        }
        _ => String::new(),
    }
}
