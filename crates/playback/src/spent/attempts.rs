//! Each request of a run, and the connections on which it was tried.

use std::collections::BTreeMap;

use playground_core::event::{Entry, Event, NodeId, RetryDecision};
use playground_core::node::{ClientSpec, RoleSpec};
use playground_core::tcp::{Call, Returned};
use playground_core::time::Instant;
use playground_core::trace::Trace;

use super::log::Log;
use crate::dissection::SocketKey;

/// A request, from the moment it was wanted until it was answered or given up.
#[derive(Debug)]
pub(super) struct Request {
    pub node: NodeId,
    pub request: u32,
    pub from: Instant,
    pub until: Instant,
    /// The entry of its outcome; the last one of the trace, while it is open.
    pub entry: u32,
    pub failed: bool,
    /// Whether it has neither been answered nor given up at `until`.
    pub open: bool,
    /// Each time that it was sent, in order.
    pub attempts: Vec<Attempt>,
}

/// One time that a request was sent, or was to be sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt {
    /// The client's socket; none when it never had one.
    pub socket: Option<SocketKey>,
    /// Its place among the requests on that socket, from 0.
    pub ordinal: usize,
    /// When the one before it on that socket was answered or lost.
    pub turn: Option<Instant>,
    pub until: Instant,
    /// The user was asked then, and answered at this time.
    pub answered: Option<Instant>,
}

impl Request {
    /// The socket of its last attempt.
    pub fn socket(&self) -> Option<SocketKey> {
        self.attempts.last()?.socket
    }
}

/// The requests of a run that came to an end, in the order in which they did, and those that each client waits for at
/// `now`, where that is given.
pub(super) fn requests(trace: &Trace, log: &Log, now: Option<Instant>) -> Vec<Request> {
    let mut open: BTreeMap<(NodeId, u32), Vec<Attempt>> = BTreeMap::new();
    let mut outcomes: BTreeMap<SocketKey, (usize, Instant)> = BTreeMap::new();
    let mut attempt = |socket: Option<SocketKey>, until| {
        let (ordinal, turn) = match socket.map(|socket| outcomes.entry(socket)) {
            None => (0, None),
            Some(entry) => {
                let known = entry.or_insert((0, Instant::ZERO));
                let before = (known.0, (known.0 > 0).then_some(known.1));
                *known = (known.0 + 1, until);
                before
            }
        };
        Attempt { socket, ordinal, turn, until, answered: None }
    };
    let mut ended = Vec::new();
    for entry in &trace.entries {
        let (node, until) = (entry.node, entry.at);
        match &entry.event {
            Event::RetryDecided { request, .. } => {
                let socket = socket_of(trace, entry, log);
                open.entry((node, *request)).or_default().push(attempt(socket, until));
            }
            Event::UserAnswered { request, .. } => {
                if let Some(last) = open.get_mut(&(node, *request)).and_then(|list| list.last_mut()) {
                    last.answered = Some(until);
                }
            }
            Event::TransactionCompleted { socket, request, started_at, .. } => {
                let mut attempts = open.remove(&(node, *request)).unwrap_or_default();
                attempts.push(attempt(Some(SocketKey::new(node, *socket)), until));
                let (request, from) = (*request, *started_at);
                ended.push(Request {
                    node,
                    request,
                    from,
                    until,
                    entry: entry.index,
                    failed: false,
                    open: false,
                    attempts,
                });
            }
            Event::TransactionFailed { request, started_at, .. } => {
                let mut attempts = open.remove(&(node, *request)).unwrap_or_default();
                // The decision to give up has counted the attempt.
                if !gave_up(trace, entry, *request) {
                    attempts.push(attempt(socket_of(trace, entry, log), until));
                }
                let (request, from) = (*request, *started_at);
                ended.push(Request {
                    node,
                    request,
                    from,
                    until,
                    entry: entry.index,
                    failed: true,
                    open: false,
                    attempts,
                });
            }
            _ => {}
        }
    }
    for (place, node) in trace.scenario.nodes.iter().enumerate() {
        let (RoleSpec::Client(spec), Some(until)) = (&node.role, now) else { continue };
        let node = NodeId(place as u16);
        let Some((request, from)) = wanted(spec, node, &ended).filter(|(_, from)| *from < until) else {
            continue;
        };
        let mut attempts = open.remove(&(node, request)).unwrap_or_default();
        let last = attempts.last().map(|last: &Attempt| last.until);
        attempts.push(attempt(log.usable(node, last.unwrap_or(from)), until));
        let entry = (trace.entries.len() as u32).saturating_sub(1);
        ended.push(Request { node, request, from, until, entry, failed: false, open: true, attempts });
    }
    ended
}

/// The request that a client without pipelining waits for, and since when: the next of its list.
fn wanted(spec: &ClientSpec, node: NodeId, ended: &[Request]) -> Option<(u32, Instant)> {
    if spec.pipeline > 1 {
        return None;
    }
    let own = ended.iter().filter(|one| one.node == node);
    let (count, last) = own.fold((0, Instant::ZERO), |(count, at), one| (count + 1, one.until.max(at)));
    let next = spec.requests.get(count)?;
    Some((count as u32, last + next.after_us))
}

/// Whether a failure follows from a decision about the same request: to give it up, or to ask the user.
fn gave_up(trace: &Trace, failure: &Entry, request: u32) -> bool {
    let before = trace.entries[..failure.index as usize].iter().rev();
    before
        .filter(|entry| entry.node == failure.node)
        .find_map(|entry| match entry.event {
            Event::RetryDecided { request: of, decision, .. } if of == request => {
                Some(decision != RetryDecision::Again)
            }
            Event::TransactionCompleted { .. } => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

/// The client's socket whose end led to an entry.
fn socket_of(trace: &Trace, entry: &Entry, log: &Log) -> Option<SocketKey> {
    for cause in trace.causes(entry.index) {
        if let Event::CallReturned { call: Call::Connect { .. }, returned: Returned::Failed { .. }, .. } =
            &cause.event
            && cause.node == entry.node
        {
            return None;
        }
        let socket = cause.event.socket().map(|socket| SocketKey::new(cause.node, socket));
        if let Some(socket) = socket.filter(|socket| socket.node == entry.node && log.is_connection(*socket))
        {
            return Some(socket);
        }
    }
    None
}
