//! What happened on each socket and each connection of a run, and when.

use core::ops::Range;
use std::collections::BTreeMap;

use playground_core::event::{Event, NodeId, Waiting};
use playground_core::tcp::{Notice, State, Timer};
use playground_core::time::Instant;
use playground_core::trace::Trace;

use super::attempts::Request;
use crate::dissection::{ConnectionId, Dissection, MessageKind, SocketKey};
use crate::hold::{Held, Hold};

/// Offsets reached in a stream, ascending, each with its time.
type Progress = Vec<(u64, Instant)>;
/// From, until.
pub(super) type Span = (Instant, Instant);

/// What happened on one socket.
#[derive(Debug, Default)]
pub(super) struct SocketLog {
    pub opened: Option<Instant>,
    pub established: Option<Instant>,
    pub tls: Option<Instant>,
    /// Its own output: written by the application, and sent for the first time.
    pub queued: Progress,
    pub sent: Progress,
    /// The peer's output: received in order, and read.
    pub received: Progress,
    pub read: Progress,
    /// Ranges of the peer's output passed on, with the socket and the offset where they went.
    pub forwards: Vec<(Range<u64>, SocketKey, u64)>,
    /// Requests read from it: the head's range and the start line.
    pub requests: Vec<(Range<u64>, String)>,
    /// Final responses read from it: their first octets.
    pub responses: Vec<u64>,
    /// Whole messages read from it: where they end.
    pub wholes: Vec<u64>,
    /// Processing times of the application.
    pub working: Vec<Span>,
    /// Times in which the retransmission timer ran.
    pub retransmission: Vec<Span>,
    /// When it sent or received the first FIN or RST.
    pub ending: Option<Instant>,
    /// When it was in TIME-WAIT or CLOSED.
    pub over: Option<Instant>,
}

/// When an offset was reached.
pub(super) fn reached(progress: &Progress, offset: u64) -> Option<Instant> {
    progress.get(progress.partition_point(|(end, _)| *end < offset)).map(|(_, at)| *at)
}

/// The offset reached by a time.
fn reached_by(progress: &Progress, at: Instant) -> u64 {
    progress.partition_point(|(_, time)| *time <= at).checked_sub(1).map_or(0, |place| progress[place].0)
}

/// Everything that the parts of the requests are computed from.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub sockets: BTreeMap<SocketKey, SocketLog>,
    /// Packets of each connection on their way, and losses.
    pub flights: BTreeMap<ConnectionId, Vec<Span>>,
    pub losses: BTreeMap<ConnectionId, Vec<Instant>>,
    /// Look-ups of each node: whether for a name, from, until.
    pub lookups: BTreeMap<NodeId, Vec<(bool, Span)>>,
    holds: Vec<Hold>,
    titles: BTreeMap<SocketKey, Vec<String>>,
    request_ends: BTreeMap<SocketKey, Vec<u64>>,
}

fn advance(progress: &mut Progress, end: u64, at: Instant) {
    if progress.last().is_none_or(|(known, _)| *known < end) {
        progress.push((end, at));
    }
}

impl Log {
    pub fn new(trace: &Trace, dissection: &Dissection, holds: Vec<Hold>) -> Self {
        let mut log = Self { holds, ..Self::default() };
        let mut working: BTreeMap<SocketKey, Instant> = BTreeMap::new();
        let mut timers: BTreeMap<SocketKey, Instant> = BTreeMap::new();
        for entry in &trace.entries {
            let at = entry.at;
            let Some(key) = entry.event.socket().map(|socket| SocketKey::new(entry.node, socket)) else {
                log.lookup(&entry.event, entry.node, at);
                continue;
            };
            let socket = log.sockets.entry(key).or_default();
            match &entry.event {
                Event::Socket { notice, .. } => {
                    let timer = |timers: &mut BTreeMap<SocketKey, Instant>, socket: &mut SocketLog| {
                        if let Some(from) = timers.remove(&key) {
                            socket.retransmission.push((from, at));
                        }
                    };
                    match notice {
                        Notice::TimerSet { timer: Timer::Retransmission, .. } => {
                            timer(&mut timers, socket);
                            timers.insert(key, at);
                        }
                        Notice::TimerStopped { timer: Timer::Retransmission }
                        | Notice::TimerExpired { timer: Timer::Retransmission } => timer(&mut timers, socket),
                        other => socket.notice(other, at),
                    }
                }
                Event::PacketSent { id, .. } => {
                    if let Some(label) = dissection.segment(*id) {
                        if let Some(range) = &label.range {
                            advance(&mut socket.sent, range.end, at);
                        }
                        let is_end = label.fin || matches!(label.kind.key(), "fin" | "rst");
                        if is_end {
                            socket.ending.get_or_insert(at);
                        }
                    }
                }
                Event::TlsOpened { .. } => socket.tls = Some(at),
                Event::RequestReceived { head, start_line, .. } => {
                    socket.requests.push((head.clone(), start_line.clone()));
                }
                Event::ResponseReceived { head, start_line, .. } if !is_interim(start_line) => {
                    socket.responses.push(head.start);
                }
                Event::MessageCompleted { range, .. } => socket.wholes.push(range.end),
                Event::HeadersRewritten { from, from_offset, to_offset, .. } => {
                    let from = log.sockets.entry(SocketKey::new(entry.node, *from)).or_default();
                    from.forwards.push((*from_offset..*from_offset + 1, key, *to_offset));
                }
                Event::BytesRelayed { from, range, to_offset, .. } => {
                    let from = log.sockets.entry(SocketKey::new(entry.node, *from)).or_default();
                    from.forwards.push((range.clone(), key, *to_offset));
                }
                Event::TimerStarted { purpose: Waiting::Processing, .. } => {
                    working.insert(key, at);
                }
                Event::TimerExpired { purpose: Waiting::Processing, .. }
                | Event::TimerStopped { purpose: Waiting::Processing, .. } => {
                    if let Some(from) = working.remove(&key) {
                        socket.working.push((from, at));
                    }
                }
                _ => {}
            }
        }
        // What has not ended lasts.
        for (key, from) in working {
            log.sockets.entry(key).or_default().working.push((from, Instant::FAR_FUTURE));
        }
        for (key, from) in timers {
            log.sockets.entry(key).or_default().retransmission.push((from, Instant::FAR_FUTURE));
        }
        for label in &dissection.segments {
            let Some(connection) = label.connection else { continue };
            let sent = trace.entries[label.sent as usize].at;
            let ended = label.ended.map_or(label.arrives, |entry| trace.entries[entry as usize].at);
            log.flights.entry(connection).or_default().push((sent, ended));
            if let Some((at, _)) = label.lost {
                log.losses.entry(connection).or_default().push(at);
            }
        }
        for (key, stream) in &dissection.streams {
            let requests: Vec<_> =
                stream.messages.iter().filter(|message| message.kind == MessageKind::Request).collect();
            log.titles.insert(*key, requests.iter().map(|message| message.short.to_string()).collect());
            log.request_ends.insert(*key, requests.iter().map(|message| message.range.end).collect());
        }
        log
    }

    fn lookup(&mut self, event: &Event, node: NodeId, at: Instant) {
        let (is_name, started_at) = match event {
            Event::AddressObtained { started_at, .. } | Event::AddressRefused { started_at } => {
                (false, *started_at)
            }
            Event::NameResolved { cached: false, started_at, .. }
            | Event::NameUnresolved { started_at, .. } => (true, *started_at),
            _ => return,
        };
        self.lookups.entry(node).or_default().push((is_name, (started_at, at)));
    }

    /// The node's newest connection, if it was opened at `from` or later or can still be used.
    pub fn usable(&self, node: NodeId, from: Instant) -> Option<SocketKey> {
        let own = self.sockets.iter().filter(|(key, log)| key.node == node && log.opened.is_some());
        let (key, log) = own.max_by_key(|(key, log)| (log.opened, key.socket))?;
        (log.opened >= Some(from) || log.ending.is_none()).then_some(*key)
    }

    /// Whether a socket is an end of a connection that was opened.
    pub fn is_connection(&self, socket: SocketKey) -> bool {
        self.sockets.get(&socket).is_some_and(|log| log.opened.is_some())
    }

    /// From the first FIN or RST until the socket was CLOSED or in TIME-WAIT, or until `now`.
    pub fn closing(&self, socket: SocketKey, now: Option<Instant>) -> Option<Span> {
        let log = self.sockets.get(&socket)?;
        Some((log.ending?, log.over.or(now)?)).filter(|(from, until)| from < until)
    }

    /// `GET /b`: from the octets, or from the server that opened the records.
    pub fn title(&self, request: &Request, dissection: &Dissection) -> Option<String> {
        request.attempts.iter().rev().find_map(|attempt| {
            let socket = attempt.socket?;
            let title = self.titles.get(&socket).and_then(|titles| titles.get(attempt.ordinal)).cloned();
            title.or_else(|| {
                let server = self.sockets.get(&dissection.peer(socket)?)?;
                let (_, start_line) = server.requests.get(attempt.ordinal)?;
                Some(start_line.rsplit_once(' ')?.0.to_owned())
            })
        })
    }

    /// Where a socket's request of this ordinal ends, by its octets.
    pub fn request_end(&self, socket: SocketKey, ordinal: usize) -> Option<u64> {
        self.request_ends.get(&socket)?.get(ordinal).copied()
    }

    /// Whether a socket holds something back at a time.
    pub fn is_held(&self, socket: SocketKey, held: Held, at: Instant) -> bool {
        self.holds.iter().any(|hold| {
            SocketKey::new(hold.node, hold.socket) == socket
                && hold.held == held
                && hold.from <= at
                && at < hold.to
        })
    }

    /// The times at which holds begin or end.
    pub fn hold_times(&self) -> impl Iterator<Item = Instant> {
        self.holds.iter().flat_map(|hold| [hold.from, hold.to])
    }

    /// Whether a socket has octets that it has not sent.
    pub fn has_unsent(&self, socket: SocketKey, at: Instant) -> bool {
        self.sockets.get(&socket).is_some_and(|log| reached_by(&log.queued, at) > reached_by(&log.sent, at))
    }
}

/// Whether a response is not the final one to its request. RFC 9110 section 15.2.
fn is_interim(start_line: &str) -> bool {
    let status = start_line.split(' ').nth(1).unwrap_or_default();
    status.starts_with('1') && status != "101"
}

impl SocketLog {
    fn notice(&mut self, notice: &Notice, at: Instant) {
        match notice {
            Notice::Opened { .. } => {
                self.opened.get_or_insert(at);
            }
            Notice::StateChanged { to, .. } => match to {
                State::Established => {
                    self.established.get_or_insert(at);
                }
                State::TimeWait | State::Closed => {
                    self.over.get_or_insert(at);
                    self.ending.get_or_insert(at);
                }
                _ => {}
            },
            Notice::BytesQueued { range } => advance(&mut self.queued, range.end, at),
            Notice::BytesReceived { range } => advance(&mut self.received, range.end, at),
            Notice::BytesRead { range } => advance(&mut self.read, range.end, at),
            Notice::EndReceived { .. } => {
                self.ending.get_or_insert(at);
            }
            _ => {}
        }
    }
}
