//! The requests between a client and a server: which are on their way, wait at the server, are worked on, are answered.
//!
//! The origin server works on one request of a connection at a time, so a request behind a slow one has been read and
//! not begun. RFC 9112 section 9.3.2: responses are sent in the order of the requests.

use std::collections::BTreeMap;
use std::rc::Rc;

use core::ops::Range;

use playground_core::event::{Event, Waiting};
use playground_core::node::{BreakMoment, BreakSpec, OriginServerSpec, RoleSpec};
use playground_core::rule::Rule;
use playground_core::tcp::State;
use playground_core::time::{Duration, Instant};
use playground_core::trace::{SocketWorld, Trace, World};

use crate::cursor::Cursor;
use crate::dissection::{
    Connection, ConnectionId, Dissection, MessageKind, MessageRef, SegmentKind, SegmentLabel, Side, SocketKey,
};
use crate::role::NodeLabel;

/// The requests of a run, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Requests {
    trace: Rc<Trace>,
    dissection: Rc<Dissection>,
    /// By socket, in the order of entries.
    acts: BTreeMap<SocketKey, Vec<(u32, Act)>>,
}

/// What an application did with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// The server has read the next request.
    Received,
    /// The server began to work on a request.
    Works,
    /// The server has carried a request out, and will break off instead of answering.
    BreaksOff,
    /// The client has the next answer.
    Completed,
}

/// The requests of one client at one server, at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestTable {
    /// The client.
    pub client: NodeLabel,
    /// The server.
    pub server: NodeLabel,
    /// In the order of first sending; one sent again has the state of its last sending.
    pub rows: Vec<RequestRow>,
    /// A RST on its way: its entry, and how far it is from the server (0) to the client (1).
    pub reset: Option<(u32, f64)>,
    /// Whether the connection has ended with answers outstanding.
    pub is_broken: bool,
    /// Head-of-line blocking, from when the slow answer has left until the connection breaks.
    pub blocking: Option<Blocking>,
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestRow {
    /// `/2`, `POST /3`.
    pub label: String,
    /// Its connection.
    pub connection: ConnectionId,
    /// How often it has been sent.
    pub sent: u32,
    /// What the client knows.
    pub client: ClientSide,
    /// What the server has done.
    pub server: ServerSide,
    /// The request or its answer on its way.
    pub flight: Option<RequestFlight>,
    /// The last entry that changed its state.
    pub entry: u32,
}

/// What a client knows of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientSide {
    /// No answer yet.
    Waits,
    /// The answer is complete.
    Has,
    /// The connection has ended without an answer: it was carried out or not.
    Unknown,
}

/// What a server has done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerSide {
    /// It is not here.
    Coming,
    /// It is read, and a request before it is not answered.
    Queued,
    /// The server works on it.
    Works {
        /// For how long.
        waited: Duration,
        /// Of how long.
        whole: Duration,
    },
    /// Its answer has been written.
    Answered,
    /// It was carried out, and its answer is not sent.
    Done,
    /// The connection ended before it was begun.
    NeverBegun,
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestFlight {
    /// `GET /2`, `200 /1`.
    pub label: Rc<str>,
    /// Whether it is the answer.
    pub is_answer: bool,
    /// How far it is from its sender (0) to its receiver (1).
    pub progress: f64,
    /// The entry that sent it.
    pub entry: u32,
}

/// Requests that were read while a slow one before them had no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocking {
    /// The slow one.
    pub label: String,
    /// How many had to wait.
    pub count: u32,
    /// The longest of these waits.
    pub waited: Duration,
    /// The entry that wrote the slow answer.
    pub entry: u32,
}

/// What is known of a connection at a moment.
struct Exchange<'a> {
    connection: &'a Connection,
    keys: (SocketKey, Option<SocketKey>),
    client: &'a SocketWorld,
    server: Option<&'a SocketWorld>,
    /// Requests sent.
    requests: Vec<MessageRef>,
    /// Entries: requests read by the server, answers complete at the client, answers written.
    received: Vec<u32>,
    completed: Vec<u32>,
    answered: Vec<u32>,
    works: Option<(Instant, Instant)>,
    breaks_off: Option<u32>,
}

impl Requests {
    /// The requests of a run.
    pub fn new(trace: Rc<Trace>, dissection: Rc<Dissection>) -> Self {
        let mut acts: BTreeMap<SocketKey, Vec<(u32, Act)>> = BTreeMap::new();
        for entry in &trace.entries {
            let (socket, act) = match &entry.event {
                Event::RequestReceived { socket, .. } => (*socket, Act::Received),
                Event::TransactionCompleted { socket, .. } => (*socket, Act::Completed),
                Event::TimerStarted { socket: Some(socket), purpose: Waiting::Processing, .. } => {
                    (*socket, if entry.rule == Rule::BreaksOff { Act::BreaksOff } else { Act::Works })
                }
                _ => continue,
            };
            acts.entry(SocketKey::new(entry.node, socket)).or_default().push((entry.index, act));
        }
        Self { trace, dissection, acts }
    }

    /// Whether a run has connections.
    pub fn exists(trace: &Trace) -> bool {
        trace.scenario.nodes.len() > 1
    }

    /// The requests between the two nodes of the last connection with one.
    ///
    /// Returns `None` before the first request is sent.
    pub fn at(&self, now: Cursor) -> Option<RequestTable> {
        let world = self.trace.world_after(now.index);
        let exchanges: Vec<Exchange<'_>> = self
            .dissection
            .connections
            .iter()
            .filter_map(|connection| self.exchange(connection, &world, now))
            .collect();
        let last = exchanges.last()?;
        let nodes = |exchange: &Exchange<'_>| (exchange.connection.opener, exchange.connection.acceptor);
        let (opener, acceptor) = nodes(last);
        let mut rows: Vec<RequestRow> = Vec::new();
        for exchange in exchanges.iter().filter(|exchange| nodes(exchange) == (opener, acceptor)) {
            for row in self.rows(exchange, now) {
                match rows.iter_mut().find(|known| known.label == row.label) {
                    // A repeated GET of what has arrived is another request.
                    Some(known) if known.client != ClientSide::Has => {
                        *known = RequestRow { sent: known.sent + 1, ..row };
                    }
                    _ => rows.push(row),
                }
            }
        }
        let is_broken = last.is_broken();
        let label = |node| NodeLabel::of(&self.trace, node);
        let reset = self.reset(last.connection, now);
        let blocking = self.blocking(last, now).filter(|_| !is_broken && reset.is_none());
        Some(RequestTable {
            client: label(opener),
            server: label(acceptor?),
            rows,
            reset,
            is_broken,
            blocking,
        })
    }

    /// A connection of which a request has been sent.
    fn exchange<'a>(
        &'a self,
        connection: &'a Connection,
        world: &'a World,
        now: Cursor,
    ) -> Option<Exchange<'a>> {
        let (client_key, server_key) = (connection.opener_socket?, connection.acceptor_socket);
        let client = socket(world, client_key)?;
        let server = server_key.and_then(|key| socket(world, key));
        let stream = self.dissection.stream(client_key)?;
        let range = 0..client.sent;
        let sent = stream.messages_in(&range);
        let requests: Vec<MessageRef> =
            sent.filter(|(_, message)| message.kind == MessageKind::Request).map(|(at, _)| at).collect();
        if requests.is_empty() {
            return None;
        }
        let entries = |key: Option<SocketKey>, which: Act| -> Vec<u32> {
            let acts = key.and_then(|key| self.acts.get(&key)).map_or(&[][..], Vec::as_slice);
            let past = &acts[..acts.partition_point(|(entry, _)| *entry < now.index)];
            past.iter().filter(|(_, act)| *act == which).map(|(entry, _)| *entry).collect()
        };
        let answers = server_key.and_then(|key| self.dissection.stream(key));
        let written = 0..server.map_or(0, |server| server.written);
        let answered = answers.map_or_else(Vec::new, |answers| {
            let begun =
                answers.messages_in(&written).filter(|(_, message)| message.kind == MessageKind::Response);
            begun.filter_map(|(_, message)| answers.written_by(message.range.start)).collect()
        });
        let works = server_key.and_then(|key| {
            let timers = &world.nodes.get(key.node.index())?.timers;
            let found =
                timers.iter().find(|(of, what, ..)| *of == Some(key.socket) && *what == Waiting::Processing);
            found.map(|(_, _, set_at, expires_at)| (*set_at, *expires_at))
        });
        // A server also breaks off in the middle of an answer, or before it has done anything.
        let is_carried_out = connection.acceptor.is_some_and(|server| {
            let spec = self.trace.scenario.nodes.get(server.index());
            matches!(
                spec.map(|spec| &spec.role),
                Some(RoleSpec::OriginServer(OriginServerSpec {
                    breaks: Some(BreakSpec { moment: BreakMoment::AfterEffect, .. }),
                    ..
                }))
            )
        });
        Some(Exchange {
            connection,
            keys: (client_key, server_key),
            client,
            server,
            requests,
            received: entries(server_key, Act::Received),
            completed: entries(Some(client_key), Act::Completed),
            answered,
            works,
            breaks_off: entries(server_key, Act::BreaksOff).last().copied().filter(|_| is_carried_out),
        })
    }

    fn rows(&self, exchange: &Exchange<'_>, now: Cursor) -> Vec<RequestRow> {
        let rows = exchange.requests.iter().enumerate().filter_map(|(place, request)| {
            let message = self.dissection.message(*request)?;
            let (server, entry) = exchange.server_side(place, now);
            let client = match exchange.completed.get(place) {
                Some(_) => ClientSide::Has,
                None if exchange.is_broken() => ClientSide::Unknown,
                None => ClientSide::Waits,
            };
            let stream = self.dissection.stream(exchange.keys.0)?;
            let sent_by = stream.written_by(message.range.start).filter(|entry| *entry < now.index)?;
            let entry = exchange.completed.get(place).copied().or(entry).unwrap_or(sent_by);
            Some(RequestRow {
                label: label(&message.short),
                connection: exchange.connection.id,
                sent: 1,
                client,
                server,
                flight: self.flight(exchange, *request, place, now),
                entry,
            })
        });
        rows.collect()
    }

    /// The segment that begins a request or its answer, while it is on its way.
    fn flight(
        &self,
        exchange: &Exchange<'_>,
        request: MessageRef,
        place: usize,
        now: Cursor,
    ) -> Option<RequestFlight> {
        let message = self.dissection.message(request)?;
        let answers = exchange.keys.1.and_then(|key| self.dissection.stream(key));
        let answer = answers.filter(|_| place < exchange.answered.len()).and_then(|answers| {
            answers.messages.iter().filter(|message| message.kind == MessageKind::Response).nth(place)
        });
        let found = |side: Side, range: &Range<u64>| {
            self.dissection.segments.iter().find(|label| {
                is_flying(label, exchange.connection.id, now)
                    && label.sender == side
                    && label
                        .range
                        .as_ref()
                        .is_some_and(|carried| carried.start <= range.start && range.start < carried.end)
            })
        };
        let flight = |label: &SegmentLabel, words: &Rc<str>, is_answer| RequestFlight {
            label: Rc::clone(words),
            is_answer,
            progress: label.progress(now.at),
            entry: label.sent,
        };
        let back = answer.and_then(|answer| {
            found(Side::Acceptor, &answer.range).map(|label| flight(label, &answer.short, true))
        });
        back.or_else(|| found(Side::Opener, &message.range).map(|label| flight(label, &message.short, false)))
    }

    fn reset(&self, connection: &Connection, now: Cursor) -> Option<(u32, f64)> {
        let mut segments = self.dissection.segments.iter();
        let reset = segments.find(|label| {
            label.kind == SegmentKind::Rst
                && label.sender == Side::Acceptor
                && is_flying(label, connection.id, now)
        })?;
        Some((reset.sent, reset.progress(now.at)))
    }

    /// The slow answer that left last, and the requests that had been read by then.
    fn blocking(&self, exchange: &Exchange<'_>, now: Cursor) -> Option<Blocking> {
        let at = |entry: u32| self.trace.entries.get(entry as usize).map(|entry| entry.at);
        let mut blocked = exchange.answered.iter().enumerate().filter_map(|(place, answered)| {
            let behind = exchange.received.get(place + 1..)?;
            let waits = behind.iter().filter(|received| *received < answered);
            let spans: Vec<Duration> =
                waits.filter_map(|received| Some(at(*answered)?.since(at(*received)?))).collect();
            let longest = spans.iter().max().copied().filter(|longest| !longest.is_zero())?;
            let message = self.dissection.message(*exchange.requests.get(place)?)?;
            let count = spans.iter().filter(|span| !span.is_zero()).count() as u32;
            Some(Blocking { label: label(&message.short), count, waited: longest, entry: *answered })
        });
        blocked.rfind(|blocking| blocking.entry < now.index)
    }
}

impl Exchange<'_> {
    /// Whether the client's end is closed with answers outstanding.
    fn is_broken(&self) -> bool {
        self.client.state == State::Closed && self.completed.len() < self.requests.len()
    }

    /// What the server has done with a request, and the entry that says so.
    fn server_side(&self, place: usize, now: Cursor) -> (ServerSide, Option<u32>) {
        let received = self.received.get(place).copied();
        if let Some(entry) = self.answered.get(place) {
            return (ServerSide::Answered, Some(*entry));
        }
        let is_next = place == self.answered.len();
        let is_over = self.server.is_some_and(|server| server.state == State::Closed);
        match (self.breaks_off, self.works) {
            (Some(entry), _) if is_next => (ServerSide::Done, Some(entry)),
            _ if is_over => (ServerSide::NeverBegun, received),
            _ if received.is_none() => (ServerSide::Coming, None),
            (_, Some((set_at, expires_at))) if is_next => {
                let (waited, whole) = (now.at.since(set_at), expires_at.since(set_at));
                (ServerSide::Works { waited, whole }, received)
            }
            _ => (ServerSide::Queued, received),
        }
    }
}

fn is_flying(label: &SegmentLabel, connection: ConnectionId, now: Cursor) -> bool {
    label.connection == Some(connection)
        && label.sent < now.index
        && label.ended.is_none_or(|ended| ended >= now.index)
}

fn socket(world: &World, key: SocketKey) -> Option<&SocketWorld> {
    world.nodes.get(key.node.index())?.sockets.get(&key.socket).map(Rc::as_ref)
}

/// `/2` for `GET /2`; other methods keep their names.
fn label(short: &str) -> String {
    short.strip_prefix("GET ").unwrap_or(short).to_owned()
}
