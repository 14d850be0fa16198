//! Each request of a run, and the connections on which it was tried.

use std::collections::BTreeMap;

use playground_core::event::{Entry, Event, NodeId, RetryDecision};
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
    pub failed: bool,
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

/// The requests of a run that came to an end, in the order in which they did.
pub(super) fn requests(trace: &Trace, log: &Log) -> Vec<Request> {
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
                ended.push(Request { node, request, from, until, failed: false, attempts });
            }
            Event::TransactionFailed { request, started_at, .. } => {
                let mut attempts = open.remove(&(node, *request)).unwrap_or_default();
                // The decision to give up has counted the attempt.
                if !gave_up(trace, entry, *request) {
                    attempts.push(attempt(socket_of(trace, entry, log), until));
                }
                let (request, from) = (*request, *started_at);
                ended.push(Request { node, request, from, until, failed: true, attempts });
            }
            _ => {}
        }
    }
    ended
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
