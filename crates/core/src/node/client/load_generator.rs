//! The load generator: begins transactions at a fixed rate, whether or not earlier ones have completed.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::event::{Belief, Event, Failure, Waiting};
use crate::http::{
    Decoded, Decoder, Framing, Method, RequestHead, ResponseHead, Version, client_concludes,
    request_wants_persistence,
};
use crate::node::{BuildRole, Host, Input, Role, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::tcp::SocketId;
use crate::time::{Duration, Instant};

/// What a load generator does with a connection once the response has arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AfterAnswer {
    /// It closes first, at once.
    #[default]
    Close,
    /// It has asked the server to close (`Connection: close`) and waits for that.
    LetServerClose,
    /// It keeps it for the next transaction.
    Keep,
}

/// Settings of a load generator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LoadGeneratorSpec {
    /// The nodes that it connects to, in turn.
    pub connect_to: Vec<String>,
    /// Their port.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub port: u16,
    /// The path that it fetches.
    pub path: String,
    /// The interval between the starts of two transactions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub every_us: Duration,
    /// No transaction begins at this time or later.
    pub until_us: Instant,
    /// What it does with a connection after the response.
    #[serde(default)]
    pub after_answer: AfterAnswer,
}

impl BuildRole for LoadGeneratorSpec {
    fn build(&self) -> Box<dyn Role> {
        let mut head = RequestHead::new(Method::Get, self.path.clone(), Version::Http11)
            .with("Host", "www.joes-hardware.com");
        if self.after_answer == AfterAnswer::LetServerClose {
            head.headers.push("Connection", "close");
        }
        let request = head.encode().into();
        Box::new(LoadGenerator {
            spec: self.clone(),
            head,
            request,
            begun: 0,
            live: BTreeMap::new(),
            idle: VecDeque::new(),
        })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        if self.connect_to.is_empty() {
            return Some(("connect_to".to_owned(), Problem::names_node()));
        }
        if self.port == 0 {
            return Some(("port".to_owned(), Problem::not_zero()));
        }
        if self.every_us.is_zero() {
            return Some(("every_us".to_owned(), Problem::not_zero()));
        }
        (!self.path.starts_with('/')).then(|| ("path".to_owned(), Problem::path()))
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        self.connect_to.iter().map(|name| ("connect_to", name.as_str())).collect()
    }
}

/// A connection with a transaction on it, or idle.
#[derive(Debug)]
struct Live {
    /// Which node it leads to.
    server: usize,
    decoder: Decoder,
    /// The transaction's number, and when it was begun.
    transaction: Option<(u32, Instant)>,
    /// The part of the request that is not written yet.
    unsent: Bytes,
    response: Option<(ResponseHead, Framing, u64)>,
    body_len: u64,
}

#[derive(Debug)]
struct LoadGenerator {
    spec: LoadGeneratorSpec,
    head: RequestHead,
    request: Bytes,
    begun: u32,
    live: BTreeMap<SocketId, Box<Live>>,
    /// Kept connections without a transaction, the longest idle first.
    idle: VecDeque<SocketId>,
}

const NEXT: RoleTimer = RoleTimer { socket: None, purpose: Waiting::NextRequest };

impl Role for LoadGenerator {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => self.begin(host),
            Input::TimerExpired(timer) if timer == NEXT => self.begin(host),
            Input::Connected(socket) => self.write(socket, host),
            Input::Writable(socket) => self.flush(socket, host),
            Input::ConnectFailed(socket, error) => self.ended(socket, error.into(), error.rule(), host),
            Input::Readable(socket) | Input::Failed(socket, _) => self.readable(socket, host),
            _ => {}
        }
    }
}

impl LoadGenerator {
    /// Begins a transaction and starts the timer of the next.
    fn begin(&mut self, host: &mut dyn Host) {
        let now = host.now();
        if now >= self.spec.until_us {
            return;
        }
        host.set_timer(NEXT, self.spec.every_us, Rule::Schedule);
        let number = self.begun;
        self.begun += 1;
        let server = number as usize % self.spec.connect_to.len();
        let transaction = Some((number, now));
        let leads_there = |socket| self.live.get(socket).is_some_and(|live| live.server == server);
        let kept = self.idle.iter().position(leads_there);
        if let Some(socket) = kept.and_then(|place| self.idle.remove(place))
            && let Some(live) = self.live.get_mut(&socket)
        {
            live.transaction = transaction;
            self.write(socket, host);
            return;
        }
        match host.connect(&self.spec.connect_to[server], self.spec.port) {
            Ok(socket) => {
                let decoder = Decoder::responses();
                let unsent = Bytes::new();
                let live = Live { server, decoder, transaction, unsent, response: None, body_len: 0 };
                self.live.insert(socket, Box::new(live));
                host.wait_for(socket, Waiting::Connection, Rule::ActiveOpen);
            }
            Err(error) => {
                let problem = Failure::from(error);
                fail(number, problem, problem.rule_at_once(), now, host);
            }
        }
    }

    fn write(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(live) = self.live.get_mut(&socket) else { return };
        live.decoder.expect(Method::Get);
        live.unsent = self.request.clone();
        self.flush(socket, host);
    }

    /// Writes what is left of the request: a long path may not fit into the send buffer at once.
    fn flush(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(live) = self.live.get_mut(&socket) else { return };
        if live.unsent.is_empty() {
            return;
        }
        match host.send(socket, live.unsent.clone()) {
            Ok(taken) if taken < live.unsent.len() => live.unsent = live.unsent.slice(taken..),
            Ok(_) => {
                live.unsent = Bytes::new();
                let wish = request_wants_persistence(&self.head);
                let belief = if wish.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
                host.believe(socket, belief, wish.rule);
                host.wait_for(socket, Waiting::Response, Rule::AwaitsResponse);
            }
            Err(error) => self.ended(socket, error.into(), error.rule(), host),
        }
    }

    fn readable(&mut self, socket: SocketId, host: &mut dyn Host) {
        if !self.live.contains_key(&socket) {
            return;
        }
        let end = host.read_available(socket, |octets, host| {
            if let Some(live) = self.live.get_mut(&socket) {
                live.decoder.push(&octets);
                self.decode(socket, host);
            }
            self.live.contains_key(&socket)
        });
        let (Some(end), Some(live)) = (end, self.live.get_mut(&socket)) else { return };
        end.end_stream(&mut live.decoder);
        self.decode(socket, host);
        self.ended(socket, end.failure(), end.rule(), host);
    }

    fn decode(&mut self, socket: SocketId, host: &mut dyn Host) {
        while let Some(live) = self.live.get_mut(&socket) {
            match live.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Response { head, framing } => {
                        let start_line = head.start_line();
                        live.response = Some((head, framing, piece.range.start));
                        live.body_len = 0;
                        let event = Event::ResponseReceived { socket, start_line, head: piece.range };
                        host.record(event, framing.rule);
                    }
                    Decoded::Body(octets) => live.body_len += octets.len() as u64,
                    Decoded::End { .. } => self.completed(socket, piece.range.end, host),
                    Decoded::Interim { .. } | Decoded::Request { .. } => {}
                },
                Ok(None) => return,
                Err(error) => {
                    self.ended(socket, error.problem.into(), error.problem.rule(), host);
                    return;
                }
            }
        }
    }

    /// The response is complete: keeps the connection, closes it, or waits for the server's FIN.
    fn completed(&mut self, socket: SocketId, end: u64, host: &mut dyn Host) {
        let Some(live) = self.live.get_mut(&socket) else { return };
        let (Some((head, framing, start)), Some((request, started_at))) =
            (live.response.take(), live.transaction.take())
        else {
            return;
        };
        let (status, body_len, is_written) = (head.status, live.body_len, live.unsent.is_empty());
        host.record(Event::MessageCompleted { socket, range: start..end }, framing.rule);
        let event = Event::TransactionCompleted { socket, request, status, body_len, started_at };
        host.record(event, framing.rule);
        let conclusion = client_concludes(&self.head, &head, &framing);
        host.record(Event::PersistenceDecided { socket, persistence: conclusion }, conclusion.rule);
        match self.spec.after_answer {
            AfterAnswer::Close => self.end(socket, Rule::OneRequestEach, host),
            AfterAnswer::Keep if conclusion.persists && is_written => {
                self.idle.push_back(socket);
                host.wait_for(socket, Waiting::NextRequest, Rule::NextRequest);
            }
            AfterAnswer::Keep | AfterAnswer::LetServerClose => {
                host.wait_for(socket, Waiting::PeerClose, conclusion.rule);
            }
        }
    }

    /// The connection is over; a transaction that is still on it has failed.
    fn ended(&mut self, socket: SocketId, problem: Failure, rule: Rule, host: &mut dyn Host) {
        let transaction = self.live.get_mut(&socket).and_then(|live| live.transaction.take());
        if let Some((number, started_at)) = transaction {
            fail(number, problem, problem.rule(), started_at, host);
        }
        self.end(socket, rule, host);
    }

    fn end(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        if self.live.remove(&socket).is_some() {
            self.idle.retain(|idle| *idle != socket);
            host.finish(socket, rule);
        }
    }
}

fn fail(request: u32, problem: Failure, rule: Rule, started_at: Instant, host: &mut dyn Host) {
    host.record(Event::TransactionFailed { request, problem, started_at }, rule);
}
