//! One short sentence about an entry, as key and arguments.

use core::ops::Range;

use playground_core::event::{CacheAction, Entry, Event, NodeId, PacketId, RetryDecision, Waiting};
use playground_core::rule::Rule;
use playground_core::tcp::{Buffer, Notice, SocketId};
use playground_core::trace::Trace;
use playground_core::wire::Packet;
use strum::{IntoStaticStr, VariantNames};

use crate::call::CallView;
use crate::dissection::{Dissection, Side, SocketKey, range_text};
use crate::phrase::{Phrase, Value};
use crate::word_keys::{application_timer_key, belief_key, drop_key, timer_key, waiting_key};

/// Every key that [`describe`] can give, for the tests that hold the language files complete.
pub const DESCRIPTION_KEYS: &[&str] = Sentence::VARIANTS;

/// The sentences; their keys are these names in kebab-case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case", const_into_str)]
enum Sentence {
    NothingYet,
    SegmentSent,
    SegmentSentAgain,
    SegmentDelivered,
    SegmentDropped,
    Listening,
    Opened,
    Accepted,
    StateChanged,
    TimerSet,
    TimerStopped,
    TimerExpired,
    BytesQueued,
    BytesAcknowledged,
    BytesReceived,
    BytesHeld,
    BytesRead,
    BytesDiscardedUnread,
    BytesDiscardedUnsent,
    EndReceived,
    CongestionChanged,
    PeerWindowChanged,
    RttMeasured,
    SendHeld,
    ConnectionFailed,
    SynDropped,
    SocketReleased,
    CallReturned,
    CallFailed,
    CallBlocks,
    RequestReceived,
    ResponseReceived,
    MessageCompleted,
    MessageIncomplete,
    MessageCutShort,
    MessageRejected,
    AnswerChosen,
    ConnectionPersists,
    ConnectionCloses,
    ConnectionMayStay,
    ConnectionWillEnd,
    HeadersRewritten,
    BytesRelayed,
    CacheMissed,
    CacheAsked,
    CacheServed,
    CacheStored,
    CacheRefused,
    CacheValidated,
    CacheRemoved,
    BeliefChanged,
    WaitingChanged,
    WaitingEnded,
    ApplicationTimerSet,
    ApplicationTimerStopped,
    ApplicationTimerExpired,
    TransactionCompleted,
    TransactionFailed,
    ObjectNamed,
    PagePainted,
    PageCompleted,
    RetryAgain,
    RetryAsks,
    RetryGivesUp,
    UserAsked,
    UserAnsweredAgain,
    UserAnsweredGiveUp,
    EffectCaused,
    Intervened,
    Withheld,
    DatagramSent,
    DatagramDelivered,
    DatagramDropped,
    AddressObtained,
    AddressRefused,
    NameResolved,
    NameCached,
    NameUnresolved,
    EchoReturned,
    EchoLost,
    TlsOpened,
    HostCrashed,
    HostStarted,
    ReadingStopped,
    ReadingResumed,
    SegmentForged,
    SegmentDoubled,
}

/// One sentence about an entry.
///
/// Each has the argument `node`; those about a connection have `connection`, its number on the page.
/// An index beyond the end gives `nothing-yet`.
pub fn describe(trace: &Trace, dissection: &Dissection, index: u32) -> Phrase {
    let Some(entry) = trace.entries.get(index as usize) else { return Phrase::new(Sentence::NothingYet) };
    let describer = Describer { trace, dissection, entry };
    describer.event().with("node", describer.node(entry.node))
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
    cache(action).into_str()
}

const fn cache(action: CacheAction) -> Sentence {
    match action {
        CacheAction::Missed => Sentence::CacheMissed,
        CacheAction::Asked => Sentence::CacheAsked,
        CacheAction::Served => Sentence::CacheServed,
        CacheAction::Stored => Sentence::CacheStored,
        CacheAction::Refused => Sentence::CacheRefused,
        CacheAction::Validated => Sentence::CacheValidated,
        CacheAction::Removed => Sentence::CacheRemoved,
    }
}

struct Describer<'a> {
    trace: &'a Trace,
    dissection: &'a Dissection,
    entry: &'a Entry,
}

impl Describer<'_> {
    fn event(&self) -> Phrase {
        let entry = self.entry;
        match &entry.event {
            Event::PacketSent { id, to, retransmission, packet: Packet::Segment(_), .. } => {
                let key = match entry.rule {
                    Rule::ForgedReset => Sentence::SegmentForged,
                    Rule::LinkDuplicates => Sentence::SegmentDoubled,
                    _ if *retransmission => Sentence::SegmentSentAgain,
                    _ => Sentence::SegmentSent,
                };
                self.segment(Phrase::new(key), *id).with("to", self.node(*to))
            }
            Event::PacketSent { id, to, .. } => {
                self.segment(Phrase::new(Sentence::DatagramSent), *id).with("to", self.node(*to))
            }
            Event::PacketDelivered { id } => {
                let key = if self.is_datagram(*id) {
                    Sentence::DatagramDelivered
                } else {
                    Sentence::SegmentDelivered
                };
                self.arrival(key, *id)
            }
            Event::PacketDropped { id, reason } => {
                let key =
                    if self.is_datagram(*id) { Sentence::DatagramDropped } else { Sentence::SegmentDropped };
                self.arrival(key, *id).with("reason", Value::Key(drop_key(*reason)))
            }
            Event::AddressObtained { address, started_at } => Phrase::new(Sentence::AddressObtained)
                .with("address", Value::Text(address.to_string()))
                .with("span", Value::Span(entry.at.since(*started_at))),
            Event::AddressRefused { started_at } => {
                Phrase::new(Sentence::AddressRefused).with("span", Value::Span(entry.at.since(*started_at)))
            }
            Event::NameResolved { name, address, cached, started_at } => {
                Phrase::new(if *cached { Sentence::NameCached } else { Sentence::NameResolved })
                    .with("name", Value::Text(name.clone()))
                    .with("address", Value::Text(address.to_string()))
                    .with("span", Value::Span(entry.at.since(*started_at)))
            }
            Event::NameUnresolved { name, problem, started_at } => Phrase::new(Sentence::NameUnresolved)
                .with("name", Value::Text(name.clone()))
                .with("problem", Value::Problem(problem.key()))
                .with("span", Value::Span(entry.at.since(*started_at))),
            Event::TlsOpened { socket, version, started_at, .. } => self.on(
                Phrase::new(Sentence::TlsOpened)
                    .with("version", Value::Text(version.name().to_owned()))
                    .with("span", Value::Span(entry.at.since(*started_at))),
                *socket,
            ),
            Event::EchoReturned { sequence, sent_at } => Phrase::new(Sentence::EchoReturned)
                .with("sequence", Value::Number(u64::from(*sequence)))
                .with("span", Value::Span(entry.at.since(*sent_at))),
            Event::EchoLost { sequence, problem, sent_at } => Phrase::new(Sentence::EchoLost)
                .with("sequence", Value::Number(u64::from(*sequence)))
                .with("problem", Value::Problem(problem.key()))
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
                self.text(Sentence::RequestReceived, *socket, start_line)
            }
            Event::ResponseReceived { socket, start_line, .. } => {
                self.text(Sentence::ResponseReceived, *socket, start_line)
            }
            Event::MessageCompleted { socket, range } => {
                let key = SocketKey::new(entry.node, *socket);
                let label = octets_label(self.dissection, self.dissection.peer(key), range);
                self.connection(
                    Phrase::new(Sentence::MessageCompleted)
                        .with("message", Value::Text(label))
                        .with("octets", Value::Octets(range.end.saturating_sub(range.start))),
                    key,
                )
            }
            Event::MessageIncomplete { socket, received, expected } => {
                let phrase = match expected {
                    Some(expected) => {
                        Phrase::new(Sentence::MessageIncomplete).with("expected", Value::Octets(*expected))
                    }
                    None => Phrase::new(Sentence::MessageCutShort),
                };
                self.on(phrase.with("received", Value::Octets(*received)), *socket)
            }
            Event::MessageRejected { socket, error, .. } => self.on(
                Phrase::new(Sentence::MessageRejected)
                    .with("problem", Value::Problem(error.problem.key()))
                    .with("line", Value::Number(u64::from(error.at.line)))
                    .with("octet", Value::Number(error.at.octet)),
                *socket,
            ),
            Event::AnswerChosen { socket, status } => self.on(
                Phrase::new(Sentence::AnswerChosen).with("status", Value::Number(u64::from(*status))),
                *socket,
            ),
            Event::PersistenceDecided { socket, persistence } => {
                // The side that answers decides; the one that asked draws its conclusion from the answer.
                let connection = self.dissection.connection_of(SocketKey::new(entry.node, *socket));
                let asked = connection.is_some_and(|(_, side)| side == Side::Opener);
                let key = match (asked, persistence.persists) {
                    (false, true) => Sentence::ConnectionPersists,
                    (false, false) => Sentence::ConnectionCloses,
                    (true, true) => Sentence::ConnectionMayStay,
                    (true, false) => Sentence::ConnectionWillEnd,
                };
                let peer = connection.and_then(|(connection, side)| connection.node(side.other()));
                let phrase = Phrase::new(key).with("peer", self.node(peer.unwrap_or(entry.node)));
                self.on(phrase, *socket)
            }
            Event::HeadersRewritten { to, rewrite, .. } => self.on(
                Phrase::new(Sentence::HeadersRewritten)
                    .with("kept", Value::Number(rewrite.kept().count() as u64))
                    .with("removed", Value::Number(rewrite.removed().count() as u64))
                    .with("added", Value::Number(rewrite.added().count() as u64))
                    .with("changed", Value::Number(rewrite.changed().count() as u64)),
                *to,
            ),
            Event::BytesRelayed { from, range, to, .. } => {
                let peer = self.dissection.peer(SocketKey::new(entry.node, *from));
                self.on(
                    Phrase::new(Sentence::BytesRelayed)
                        .with("message", Value::Text(octets_label(self.dissection, peer, range)))
                        .with("octets", Value::Octets(range.end.saturating_sub(range.start))),
                    *to,
                )
            }
            Event::CacheUsed { socket, target, action, copy } => {
                let mut phrase = Phrase::new(cache(*action)).with("target", Value::Text(target.clone()));
                if let Some(copy) = copy {
                    phrase = phrase
                        .with("age", Value::Span(copy.age))
                        .with("lifetime", Value::Span(copy.lifetime))
                        .with("octets", Value::Octets(copy.octets));
                }
                self.on(phrase, *socket)
            }
            Event::BeliefChanged { socket, belief } => self.on(
                Phrase::new(Sentence::BeliefChanged).with("belief", Value::Key(belief_key(*belief))),
                *socket,
            ),
            Event::WaitingChanged { socket, waiting: Waiting::Nothing } => {
                self.on(Phrase::new(Sentence::WaitingEnded), *socket)
            }
            Event::WaitingChanged { socket, waiting } => self.on(
                Phrase::new(Sentence::WaitingChanged).with("waiting", Value::Key(waiting_key(*waiting))),
                *socket,
            ),
            Event::TimerStarted { purpose, expires_at, .. } => Phrase::new(Sentence::ApplicationTimerSet)
                .with("timer", Value::Key(application_timer_key(*purpose)))
                .with("span", Value::Span(expires_at.since(entry.at))),
            Event::TimerStopped { purpose, .. } => Phrase::new(Sentence::ApplicationTimerStopped)
                .with("timer", Value::Key(application_timer_key(*purpose))),
            Event::TimerExpired { purpose, .. } => Phrase::new(Sentence::ApplicationTimerExpired)
                .with("timer", Value::Key(application_timer_key(*purpose))),
            Event::TransactionCompleted { socket, request, status, body_len, started_at } => self.on(
                Phrase::new(Sentence::TransactionCompleted)
                    .with("request", Value::Number(u64::from(*request) + 1))
                    .with("status", Value::Number(u64::from(*status)))
                    .with("octets", Value::Octets(*body_len))
                    .with("span", Value::Span(entry.at.since(*started_at))),
                *socket,
            ),
            Event::TransactionFailed { request, problem, started_at } => {
                Phrase::new(Sentence::TransactionFailed)
                    .with("request", Value::Number(u64::from(*request) + 1))
                    .with("problem", Value::Problem(problem.key()))
                    .with("span", Value::Span(entry.at.since(*started_at)))
            }
            Event::ObjectNamed { socket, path, .. } => {
                self.on(Phrase::new(Sentence::ObjectNamed).with("path", Value::Text(path.clone())), *socket)
            }
            Event::PagePainted { objects, whole } => Phrase::new(Sentence::PagePainted)
                .with("whole", Value::Number(u64::from(*whole)))
                .with("objects", Value::Number(u64::from(*objects))),
            Event::PageCompleted { objects, failed, connections } => Phrase::new(Sentence::PageCompleted)
                .with("objects", Value::Number(u64::from(*objects)))
                .with("failed", Value::Number(u64::from(*failed)))
                .with("connections", Value::Number(u64::from(*connections))),
            Event::RetryDecided { request, sent, decision } => Phrase::new(retry(*decision))
                .with("request", Value::Number(u64::from(*request) + 1))
                .with("sent", Value::Number(u64::from(*sent))),
            Event::UserAsked { request, start_line } => Phrase::new(Sentence::UserAsked)
                .with("request", Value::Number(u64::from(*request) + 1))
                .with("message", Value::Text(start_line.clone())),
            Event::UserAnswered { request, again } => {
                Phrase::new(if *again { Sentence::UserAnsweredAgain } else { Sentence::UserAnsweredGiveUp })
                    .with("request", Value::Number(u64::from(*request) + 1))
            }
            Event::EffectCaused { socket, method, path, executed, holds } => self.on(
                Phrase::new(Sentence::EffectCaused)
                    .with("message", Value::Text(format!("{method} {path}")))
                    .with("executed", Value::Number(u64::from(*executed)))
                    .with("holds", Value::Number(u64::from(*holds))),
                *socket,
            ),
            Event::Intervened { intervention } => Phrase::new(Sentence::Intervened)
                .with("intervention", Value::Number(u64::from(*intervention) + 1)),
            Event::HostCrashed => Phrase::new(Sentence::HostCrashed),
            Event::HostStarted => Phrase::new(Sentence::HostStarted),
            Event::ReadingChanged { reads: false } => Phrase::new(Sentence::ReadingStopped),
            Event::ReadingChanged { reads: true } => Phrase::new(Sentence::ReadingResumed),
            Event::Withheld => Phrase::new(Sentence::Withheld),
        }
    }

    fn notice(&self, key: SocketKey, notice: &Notice) -> Phrase {
        let octets = |phrase: Sentence, stream: Option<SocketKey>, range: &Range<u64>| {
            Phrase::new(phrase)
                .with("message", Value::Text(octets_label(self.dissection, stream, range)))
                .with("octets", Value::Octets(range.end.saturating_sub(range.start)))
        };
        let (own, peer) = (Some(key), self.dissection.peer(key));
        match notice {
            Notice::Listening { port } => {
                Phrase::new(Sentence::Listening).with("port", Value::Number(u64::from(*port)))
            }
            Notice::Opened { tuple, listener, .. } => {
                Phrase::new(if listener.is_some() { Sentence::Accepted } else { Sentence::Opened })
                    .with("local", Value::Text(tuple.local.to_string()))
                    .with("remote", Value::Text(tuple.remote.to_string()))
            }
            Notice::StateChanged { from, to, .. } => Phrase::new(Sentence::StateChanged)
                .with("from", Value::Text(from.name().to_owned()))
                .with("to", Value::Text(to.name().to_owned())),
            Notice::TimerSet { timer, expires_at } => Phrase::new(Sentence::TimerSet)
                .with("timer", Value::Key(timer_key(*timer)))
                .with("span", Value::Span(expires_at.since(self.entry.at))),
            Notice::TimerStopped { timer } => {
                Phrase::new(Sentence::TimerStopped).with("timer", Value::Key(timer_key(*timer)))
            }
            Notice::TimerExpired { timer } => {
                Phrase::new(Sentence::TimerExpired).with("timer", Value::Key(timer_key(*timer)))
            }
            Notice::BytesQueued { range } => octets(Sentence::BytesQueued, own, range),
            Notice::BytesAcknowledged { range } => octets(Sentence::BytesAcknowledged, own, range),
            Notice::BytesReceived { range } => octets(Sentence::BytesReceived, peer, range),
            Notice::BytesHeld { range } => octets(Sentence::BytesHeld, peer, range),
            Notice::BytesRead { range } => octets(Sentence::BytesRead, peer, range),
            Notice::BytesDiscarded { buffer: Buffer::Receive, range } => {
                octets(Sentence::BytesDiscardedUnread, peer, range)
            }
            Notice::BytesDiscarded { buffer: Buffer::Send, range } => {
                octets(Sentence::BytesDiscardedUnsent, own, range)
            }
            Notice::EndReceived { at } => {
                Phrase::new(Sentence::EndReceived).with("octets", Value::Octets(*at))
            }
            Notice::CongestionChanged { cwnd, .. } => {
                Phrase::new(Sentence::CongestionChanged).with("cwnd", Value::Octets(u64::from(*cwnd)))
            }
            Notice::PeerWindowChanged { window } => {
                Phrase::new(Sentence::PeerWindowChanged).with("window", Value::Octets(u64::from(*window)))
            }
            Notice::RttMeasured { sample, timeout, .. } => Phrase::new(Sentence::RttMeasured)
                .with("span", Value::Span(*sample))
                .with("timeout", Value::Span(*timeout)),
            Notice::SendHeld { len } => {
                Phrase::new(Sentence::SendHeld).with("octets", Value::Octets(*len as u64))
            }
            Notice::Errored { error } => {
                Phrase::new(Sentence::ConnectionFailed).with("error", Value::Text(error.name().to_owned()))
            }
            Notice::SynDropped => Phrase::new(Sentence::SynDropped),
            Notice::Released => Phrase::new(Sentence::SocketReleased),
        }
    }

    fn call(&self) -> Phrase {
        let Some(call) = CallView::of(self.trace, self.entry.index) else {
            return Phrase::new(Sentence::CallReturned);
        };
        let key = match (call.error, call.would_block) {
            (Some(_), _) => Sentence::CallFailed,
            (None, true) => Sentence::CallBlocks,
            (None, false) => Sentence::CallReturned,
        };
        Phrase::new(key).with("call", Value::Text(call.call)).with("result", Value::Text(call.result))
    }

    fn text(&self, key: Sentence, socket: SocketId, text: &str) -> Phrase {
        self.on(Phrase::new(key).with("message", Value::Text(text.to_owned())), socket)
    }

    fn on(&self, phrase: Phrase, socket: SocketId) -> Phrase {
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

    fn arrival(&self, key: Sentence, id: PacketId) -> Phrase {
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

/// The sentence about a request that got no response.
const fn retry(decision: RetryDecision) -> Sentence {
    match decision {
        RetryDecision::Again => Sentence::RetryAgain,
        RetryDecision::Asks => Sentence::RetryAsks,
        RetryDecision::GivesUp => Sentence::RetryGivesUp,
    }
}
