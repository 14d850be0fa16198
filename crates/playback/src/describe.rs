//! One short sentence about an entry, as key and arguments.

use core::ops::Range;

use playground_core::event::{CacheAction, Entry, Event, NodeId, PacketId, Waiting};
use playground_core::tcp::{Buffer, Notice};
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use crate::call::CallView;
use crate::dissection::{Dissection, SocketKey, range_text};
use crate::phrase::{Phrase, Value};
use crate::word_keys::{application_timer_key, belief_key, drop_key, retry_key, timer_key, waiting_key};

/// Every key that [`describe`] can give, for the tests that hold the language files complete.
pub const DESCRIPTION_KEYS: &[&str] = &[
    "nothing-yet",
    "segment-sent",
    "segment-sent-again",
    "segment-delivered",
    "segment-dropped",
    "listening",
    "opened",
    "accepted",
    "state-changed",
    "timer-set",
    "timer-stopped",
    "timer-expired",
    "bytes-queued",
    "bytes-acknowledged",
    "bytes-received",
    "bytes-held",
    "bytes-read",
    "bytes-discarded-unread",
    "bytes-discarded-unsent",
    "end-received",
    "congestion-changed",
    "peer-window-changed",
    "rtt-measured",
    "send-held",
    "connection-failed",
    "syn-dropped",
    "socket-released",
    "call-returned",
    "call-failed",
    "call-blocks",
    "request-received",
    "response-received",
    "message-completed",
    "message-incomplete",
    "message-cut-short",
    "message-rejected",
    "connection-persists",
    "connection-closes",
    "headers-rewritten",
    "bytes-relayed",
    "cache-missed",
    "cache-asked",
    "cache-served",
    "cache-stored",
    "cache-refused",
    "cache-validated",
    "cache-removed",
    "belief-changed",
    "waiting-changed",
    "waiting-ended",
    "application-timer-set",
    "application-timer-stopped",
    "application-timer-expired",
    "transaction-completed",
    "transaction-failed",
    "object-named",
    "page-painted",
    "page-completed",
    "retry-again",
    "retry-asks",
    "retry-gives-up",
    "user-asked",
    "user-answered-again",
    "user-answered-give-up",
    "effect-caused",
    "intervened",
    "datagram-sent",
    "datagram-delivered",
    "datagram-dropped",
    "address-obtained",
    "address-refused",
    "name-resolved",
    "name-cached",
    "name-unresolved",
    "echo-returned",
    "echo-lost",
    "tls-opened",
];

/// One sentence about an entry.
///
/// Shape: each has the argument `node`; those about a connection have `connection`, its number on the page.
/// An index beyond the end gives `nothing-yet`.
pub fn describe(trace: &Trace, dissection: &Dissection, index: u32) -> Phrase {
    let Some(entry) = trace.entries.get(index as usize) else { return Phrase::new("nothing-yet") };
    let teller = Teller { trace, dissection, entry };
    teller.event().with("node", teller.node(entry.node))
}

/// Words of a range of a socket's input or output: its first message, or its octets.
pub(crate) fn octets_label(dissection: &Dissection, stream: Option<SocketKey>, range: &Range<u64>) -> String {
    let stream = stream.and_then(|key| dissection.stream(key));
    let mut messages = stream.into_iter().flat_map(|stream| stream.messages_in(range));
    match (messages.next(), messages.last()) {
        (None, _) => range_text(range),
        (Some((_, only)), None) => only.short.to_string(),
        (Some((_, first)), Some((_, last))) => format!("{} … {}", first.short, last.short),
    }
}

/// The key of the sentence that says what a cache did.
pub const fn cache_key(action: CacheAction) -> &'static str {
    match action {
        CacheAction::Missed => "cache-missed",
        CacheAction::Asked => "cache-asked",
        CacheAction::Served => "cache-served",
        CacheAction::Stored => "cache-stored",
        CacheAction::Refused => "cache-refused",
        CacheAction::Validated => "cache-validated",
        CacheAction::Removed => "cache-removed",
    }
}

struct Teller<'a> {
    trace: &'a Trace,
    dissection: &'a Dissection,
    entry: &'a Entry,
}

impl Teller<'_> {
    fn event(&self) -> Phrase {
        let entry = self.entry;
        match &entry.event {
            Event::PacketSent { id, to, retransmission, packet: Packet::Segment(_), .. } => {
                let key = if *retransmission { "segment-sent-again" } else { "segment-sent" };
                self.segment(Phrase::new(key), *id).with("to", self.node(*to))
            }
            Event::PacketSent { id, to, .. } => {
                self.segment(Phrase::new("datagram-sent"), *id).with("to", self.node(*to))
            }
            Event::PacketDelivered { id } => {
                let key = if self.is_datagram(*id) { "datagram-delivered" } else { "segment-delivered" };
                self.arrival(key, *id)
            }
            Event::PacketDropped { id, reason } => {
                let key = if self.is_datagram(*id) { "datagram-dropped" } else { "segment-dropped" };
                self.arrival(key, *id).with("reason", Value::Key(drop_key(*reason)))
            }
            Event::AddressObtained { address, started_at } => Phrase::new("address-obtained")
                .with("address", Value::Text(address.to_string()))
                .with("span", Value::Span(entry.at.since(*started_at))),
            Event::AddressRefused { started_at } => {
                Phrase::new("address-refused").with("span", Value::Span(entry.at.since(*started_at)))
            }
            Event::NameResolved { name, address, cached, started_at } => {
                Phrase::new(if *cached { "name-cached" } else { "name-resolved" })
                    .with("name", Value::Text(name.clone()))
                    .with("address", Value::Text(address.to_string()))
                    .with("span", Value::Span(entry.at.since(*started_at)))
            }
            Event::NameUnresolved { name, problem, started_at } => Phrase::new("name-unresolved")
                .with("name", Value::Text(name.clone()))
                .with("problem", Value::Problem(problem))
                .with("span", Value::Span(entry.at.since(*started_at))),
            Event::TlsOpened { socket, version, started_at, .. } => self.on(
                Phrase::new("tls-opened")
                    .with("version", Value::Text(version.name().to_owned()))
                    .with("span", Value::Span(entry.at.since(*started_at))),
                *socket,
            ),
            Event::EchoReturned { sequence, sent_at } => Phrase::new("echo-returned")
                .with("sequence", Value::Number(u64::from(*sequence)))
                .with("span", Value::Span(entry.at.since(*sent_at))),
            Event::EchoLost { sequence, problem, sent_at } => Phrase::new("echo-lost")
                .with("sequence", Value::Number(u64::from(*sequence)))
                .with("problem", Value::Problem(problem))
                .with("span", Value::Span(entry.at.since(*sent_at))),
            Event::Socket { socket, notice } => {
                let key = SocketKey::new(entry.node, *socket);
                self.connection(self.notice(key, notice), key)
            }
            Event::CallBlocked { socket, .. } => self.on(self.call(), *socket),
            Event::CallReturned { socket, .. } => {
                let phrase = self.call();
                match socket {
                    Some(socket) => self.connection(phrase, SocketKey::new(entry.node, *socket)),
                    None => phrase,
                }
            }
            Event::RequestReceived { socket, start_line, .. } => {
                self.text("request-received", *socket, start_line)
            }
            Event::ResponseReceived { socket, start_line, .. } => {
                self.text("response-received", *socket, start_line)
            }
            Event::MessageCompleted { socket, range } => {
                let key = SocketKey::new(entry.node, *socket);
                let label = octets_label(self.dissection, self.dissection.peer(key), range);
                self.connection(
                    Phrase::new("message-completed")
                        .with("message", Value::Text(label))
                        .with("octets", Value::Octets(range.end.saturating_sub(range.start))),
                    key,
                )
            }
            Event::MessageIncomplete { socket, received, expected } => {
                let phrase = match expected {
                    Some(expected) => {
                        Phrase::new("message-incomplete").with("expected", Value::Octets(*expected))
                    }
                    None => Phrase::new("message-cut-short"),
                };
                self.on(phrase.with("received", Value::Octets(*received)), *socket)
            }
            Event::MessageRejected { socket, problem, line } => self.on(
                Phrase::new("message-rejected")
                    .with("problem", Value::Problem(problem))
                    .with("line", Value::Number(u64::from(*line))),
                *socket,
            ),
            Event::PersistenceDecided { socket, persistence } => {
                let key = if persistence.persists { "connection-persists" } else { "connection-closes" };
                self.on(Phrase::new(key), *socket)
            }
            Event::HeadersRewritten { to, rewrite, .. } => self.on(
                Phrase::new("headers-rewritten")
                    .with("kept", Value::Number(rewrite.kept.len() as u64))
                    .with("removed", Value::Number(rewrite.removed.len() as u64))
                    .with("added", Value::Number(rewrite.added.len() as u64))
                    .with("changed", Value::Number(rewrite.changed.len() as u64)),
                *to,
            ),
            Event::BytesRelayed { from, range, to, .. } => {
                let peer = self.dissection.peer(SocketKey::new(entry.node, *from));
                self.on(
                    Phrase::new("bytes-relayed")
                        .with("message", Value::Text(octets_label(self.dissection, peer, range)))
                        .with("octets", Value::Octets(range.end.saturating_sub(range.start))),
                    *to,
                )
            }
            Event::CacheUsed { socket, target, action, copy } => {
                let mut phrase = Phrase::new(cache_key(*action)).with("target", Value::Text(target.clone()));
                if let Some(copy) = copy {
                    phrase = phrase
                        .with("age", Value::Span(copy.age))
                        .with("lifetime", Value::Span(copy.lifetime))
                        .with("octets", Value::Octets(copy.octets));
                }
                self.on(phrase, *socket)
            }
            Event::BeliefChanged { socket, belief } => self
                .on(Phrase::new("belief-changed").with("belief", Value::Key(belief_key(*belief))), *socket),
            Event::WaitingChanged { socket, waiting: Waiting::Nothing } => {
                self.on(Phrase::new("waiting-ended"), *socket)
            }
            Event::WaitingChanged { socket, waiting } => self.on(
                Phrase::new("waiting-changed").with("waiting", Value::Key(waiting_key(*waiting))),
                *socket,
            ),
            Event::TimerStarted { purpose, expires_at, .. } => Phrase::new("application-timer-set")
                .with("timer", Value::Key(application_timer_key(*purpose)))
                .with("span", Value::Span(expires_at.since(entry.at))),
            Event::TimerStopped { purpose, .. } => Phrase::new("application-timer-stopped")
                .with("timer", Value::Key(application_timer_key(*purpose))),
            Event::TimerExpired { purpose, .. } => Phrase::new("application-timer-expired")
                .with("timer", Value::Key(application_timer_key(*purpose))),
            Event::TransactionCompleted { socket, request, status, body_len, started_at } => self.on(
                Phrase::new("transaction-completed")
                    .with("request", Value::Number(u64::from(*request) + 1))
                    .with("status", Value::Number(u64::from(*status)))
                    .with("octets", Value::Octets(*body_len))
                    .with("span", Value::Span(entry.at.since(*started_at))),
                *socket,
            ),
            Event::TransactionFailed { request, problem, started_at } => Phrase::new("transaction-failed")
                .with("request", Value::Number(u64::from(*request) + 1))
                .with("problem", Value::Problem(problem))
                .with("span", Value::Span(entry.at.since(*started_at))),
            Event::ObjectNamed { socket, path, .. } => {
                self.on(Phrase::new("object-named").with("path", Value::Text(path.clone())), *socket)
            }
            Event::PagePainted { objects, whole } => Phrase::new("page-painted")
                .with("whole", Value::Number(u64::from(*whole)))
                .with("objects", Value::Number(u64::from(*objects))),
            Event::PageCompleted { objects, failed, connections } => Phrase::new("page-completed")
                .with("objects", Value::Number(u64::from(*objects)))
                .with("failed", Value::Number(u64::from(*failed)))
                .with("connections", Value::Number(u64::from(*connections))),
            Event::RetryDecided { request, sent, decision } => Phrase::new(retry_key(*decision))
                .with("request", Value::Number(u64::from(*request) + 1))
                .with("sent", Value::Number(u64::from(*sent))),
            Event::UserAsked { request, start_line } => Phrase::new("user-asked")
                .with("request", Value::Number(u64::from(*request) + 1))
                .with("message", Value::Text(start_line.clone())),
            Event::UserAnswered { request, again } => {
                Phrase::new(if *again { "user-answered-again" } else { "user-answered-give-up" })
                    .with("request", Value::Number(u64::from(*request) + 1))
            }
            Event::EffectCaused { socket, method, path, executed, holds } => self.on(
                Phrase::new("effect-caused")
                    .with("message", Value::Text(format!("{method} {path}")))
                    .with("executed", Value::Number(u64::from(*executed)))
                    .with("holds", Value::Number(u64::from(*holds))),
                *socket,
            ),
            Event::Intervened { intervention } => {
                Phrase::new("intervened").with("intervention", Value::Number(u64::from(*intervention) + 1))
            }
        }
    }

    fn notice(&self, key: SocketKey, notice: &Notice) -> Phrase {
        let octets = |phrase: &'static str, stream: Option<SocketKey>, range: &Range<u64>| {
            Phrase::new(phrase)
                .with("message", Value::Text(octets_label(self.dissection, stream, range)))
                .with("octets", Value::Octets(range.end.saturating_sub(range.start)))
        };
        let (own, peer) = (Some(key), self.dissection.peer(key));
        match notice {
            Notice::Listening { port } => {
                Phrase::new("listening").with("port", Value::Number(u64::from(*port)))
            }
            Notice::Opened { tuple, listener, .. } => {
                Phrase::new(if listener.is_some() { "accepted" } else { "opened" })
                    .with("local", Value::Text(tuple.local.to_string()))
                    .with("remote", Value::Text(tuple.remote.to_string()))
            }
            Notice::StateChanged { from, to, .. } => Phrase::new("state-changed")
                .with("from", Value::Text(from.name().to_owned()))
                .with("to", Value::Text(to.name().to_owned())),
            Notice::TimerSet { timer, expires_at } => Phrase::new("timer-set")
                .with("timer", Value::Key(timer_key(*timer)))
                .with("span", Value::Span(expires_at.since(self.entry.at))),
            Notice::TimerStopped { timer } => {
                Phrase::new("timer-stopped").with("timer", Value::Key(timer_key(*timer)))
            }
            Notice::TimerExpired { timer } => {
                Phrase::new("timer-expired").with("timer", Value::Key(timer_key(*timer)))
            }
            Notice::BytesQueued { range } => octets("bytes-queued", own, range),
            Notice::BytesAcknowledged { range } => octets("bytes-acknowledged", own, range),
            Notice::BytesReceived { range } => octets("bytes-received", peer, range),
            Notice::BytesHeld { range } => octets("bytes-held", peer, range),
            Notice::BytesRead { range } => octets("bytes-read", peer, range),
            Notice::BytesDiscarded { buffer: Buffer::Receive, range } => {
                octets("bytes-discarded-unread", peer, range)
            }
            Notice::BytesDiscarded { buffer: Buffer::Send, range } => {
                octets("bytes-discarded-unsent", own, range)
            }
            Notice::EndReceived { at } => Phrase::new("end-received").with("octets", Value::Octets(*at)),
            Notice::CongestionChanged { cwnd, .. } => {
                Phrase::new("congestion-changed").with("cwnd", Value::Octets(u64::from(*cwnd)))
            }
            Notice::PeerWindowChanged { window } => {
                Phrase::new("peer-window-changed").with("window", Value::Octets(u64::from(*window)))
            }
            Notice::RttMeasured { sample, timeout, .. } => Phrase::new("rtt-measured")
                .with("span", Value::Span(*sample))
                .with("timeout", Value::Span(*timeout)),
            Notice::SendHeld { len } => Phrase::new("send-held").with("octets", Value::Octets(*len as u64)),
            Notice::Errored { error } => {
                Phrase::new("connection-failed").with("error", Value::Text(error.name().to_owned()))
            }
            Notice::SynDropped => Phrase::new("syn-dropped"),
            Notice::Released => Phrase::new("socket-released"),
        }
    }

    fn call(&self) -> Phrase {
        let Some(call) = CallView::of(self.trace, self.entry.index) else {
            return Phrase::new("call-returned");
        };
        let key = match (call.error, call.would_block) {
            (Some(_), _) => "call-failed",
            (None, true) => "call-blocks",
            (None, false) => "call-returned",
        };
        Phrase::new(key).with("call", Value::Text(call.call)).with("result", Value::Text(call.result))
    }

    fn text(&self, key: &'static str, socket: playground_core::tcp::SocketId, text: &str) -> Phrase {
        self.on(Phrase::new(key).with("message", Value::Text(text.to_owned())), socket)
    }

    fn on(&self, phrase: Phrase, socket: playground_core::tcp::SocketId) -> Phrase {
        self.connection(phrase, SocketKey::new(self.entry.node, socket))
    }

    fn connection(&self, phrase: Phrase, socket: SocketKey) -> Phrase {
        match self.dissection.connection_of(socket) {
            Some((connection, _)) => {
                phrase.with("connection", Value::Number(u64::from(connection.id.number())))
            }
            None => phrase,
        }
    }

    fn segment(&self, phrase: Phrase, id: PacketId) -> Phrase {
        let Some(label) = self.dissection.segment(id) else { return phrase };
        let phrase = phrase.with("segment", Value::Text(label.text.to_string()));
        match label.connection {
            Some(connection) => phrase.with("connection", Value::Number(u64::from(connection.number()))),
            None => phrase,
        }
    }

    fn is_datagram(&self, id: PacketId) -> bool {
        self.dissection.segment(id).is_some_and(|label| label.kind.is_datagram())
    }

    fn arrival(&self, key: &'static str, id: PacketId) -> Phrase {
        let phrase = self.segment(Phrase::new(key), id);
        match self.dissection.segment(id) {
            Some(label) => phrase.with("from", self.node(label.from)),
            None => phrase,
        }
    }

    fn node(&self, node: NodeId) -> Value {
        Value::Node(
            self.trace.scenario.nodes.get(node.index()).map(|spec| spec.name.clone()).unwrap_or_default(),
        )
    }
}
