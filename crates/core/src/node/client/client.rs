//! The client: a user agent that fetches a list of requests and keeps to a connection policy.

use core::ops::Range;
use std::collections::BTreeMap;
use std::collections::VecDeque;

use bytes::Bytes;

use super::early_answer::WhileSending;
use super::retry::{LostRequest, Retries};
use super::spec::{Wanted, take_body};
use crate::event::{ApplicationError, Belief, Event, Failure, Waiting};
use crate::http::{Decoder, Framing, Method, RequestHead, ResponseHead};
use crate::node::{Asks, ClientSpec, Host, Input, Opening, Role, RoleTimer};
use crate::rule::Rule;
use crate::tcp::SocketId;
use crate::time::{Duration, Instant};

/// A request without a complete response yet.
#[derive(Debug)]
pub(super) struct Outstanding {
    pub index: usize,
    pub head: RequestHead,
    pub wanted_at: Instant,
    /// How often it was sent, this time included.
    pub sent: u32,
    /// Whether an octet of it was written this time.
    pub written: bool,
    pub response: Option<(ResponseHead, Framing)>,
    pub starts: u64,
    pub body_len: u64,
}

/// A request to be sent again.
#[derive(Debug)]
pub(super) struct Retry {
    index: usize,
    wanted_at: Instant,
    sent: u32,
    /// Whether nothing may be pipelined behind it.
    careful: bool,
}

#[derive(Debug)]
pub(super) struct ClientConnection {
    pub socket: SocketId,
    open: bool,
    pub decoder: Decoder,
    pub outstanding: VecDeque<Outstanding>,
    /// Octets that the socket has not taken, each with the requests that one call writes.
    pub unsent: VecDeque<(Range<usize>, Bytes)>,
    /// Whether another request may be sent on it, as far as the client knows.
    pub usable: bool,
    /// Whether the first answer must come before anything is pipelined: RFC 9112 section 9.3.2, after a
    /// connection that failed.
    pub careful: bool,
    /// While it is idle: when it is too old for another request, by what the server announced.
    pub usable_until: Option<Instant>,
    /// A request's body that waits for 100.
    pub kept_back: Option<(Range<usize>, Bytes)>,
    /// Whether the peer's last whole answer said `Connection: close`.
    pub said_close: bool,
    /// Whether the peer's last whole answer said that the connection stays.
    pub stays: bool,
}

/// A user agent.
#[derive(Debug)]
pub(super) struct Client {
    pub spec: ClientSpec,
    /// What it is to send, in order.
    wanted: Vec<Wanted>,
    pub reading: bool,
    /// The next request to send.
    next: usize,
    /// When the next request was first wanted.
    wanted_at: Option<Instant>,
    /// Requests to be sent again before it.
    again: VecDeque<Retry>,
    pub retries: Retries,
    pub connection: Option<ClientConnection>,
    /// Connections that get no further request, until they are closed.
    pub old: BTreeMap<SocketId, ClientConnection>,
}

const NEXT: RoleTimer = RoleTimer { socket: None, purpose: Waiting::NextRequest };
const READ: RoleTimer = RoleTimer { socket: None, purpose: Waiting::Reading };

impl Role for Client {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                if !self.reading {
                    host.set_timer(READ, self.spec.reads_from_us.since(Instant::ZERO), Rule::Schedule);
                }
                self.go_on(host);
            }
            Input::Connected(socket) => {
                if let Some(connection) = self.connection_mut(socket) {
                    connection.open = true;
                    self.flush(socket, host);
                    if self.has_more_to_pipeline() {
                        self.go_on(host);
                    }
                }
            }
            Input::ConnectFailed(socket, error) => self.lost(socket, error, host),
            Input::Readable(socket) => self.readable(socket, host),
            Input::Writable(socket) => self.flush(socket, host),
            // The application that does not read learns of a failure when it reads.
            Input::Failed(socket, error) if self.reading => self.failed(socket, error, host),
            Input::TimerExpired(timer) => self.timer_expired(timer, host),
            Input::NetworkReady => self.send_due(host),
            _ => {}
        }
    }
}

impl ClientConnection {
    /// Whether a request with this method may follow those that have no answer yet.
    fn has_room(&self, spec: &ClientSpec, next: &Method) -> bool {
        if self.outstanding.is_empty() {
            return true;
        }
        if self.kept_back.is_some() {
            return false;
        }
        // Without pipelining the answer comes first.
        let depth = if self.careful { 1 } else { spec.pipeline as usize };
        // RFC 9112 section 9.3.2: a request that is not idempotent is never pipelined with others.
        let repeatable = || {
            next.is_idempotent() && self.outstanding.iter().all(|request| request.head.method.is_idempotent())
        };
        self.outstanding.len() < depth && (spec.pipelines_any_method || repeatable())
    }
}

impl Client {
    pub(super) fn new(spec: ClientSpec) -> Self {
        Self {
            reading: spec.reads_from_us == Instant::ZERO,
            retries: Retries::new(spec.retry),
            wanted: spec.wanted(),
            spec,
            next: 0,
            wanted_at: None,
            again: VecDeque::new(),
            connection: None,
            old: BTreeMap::new(),
        }
    }

    pub(super) fn connection_mut(&mut self, socket: SocketId) -> Option<&mut ClientConnection> {
        match &mut self.connection {
            Some(connection) if connection.socket == socket => Some(connection),
            _ => self.old.get_mut(&socket),
        }
    }

    fn timer_expired(&mut self, timer: RoleTimer, host: &mut dyn Host) {
        match (timer.purpose, timer.socket) {
            (Waiting::NextRequest, _) => self.send_due(host),
            (Waiting::Reading, _) => {
                self.reading = true;
                let sockets: Vec<_> =
                    self.old.keys().copied().chain(self.connection.as_ref().map(|c| c.socket)).collect();
                for socket in sockets {
                    self.readable(socket, host);
                }
            }
            (Waiting::Response, Some(socket)) => {
                self.lose_outstanding(socket, ApplicationError::ResponseTimeout.into(), host);
                self.close(socket, Rule::RequestTimeout, host);
                self.go_on(host);
            }
            (Waiting::IdleTimeout, Some(_)) => self.close_outdated(host),
            (Waiting::RestOfRequest, Some(socket)) => self.send_body(socket, host),
            (Waiting::UserAnswer, _) => {
                match self.retries.answered(host) {
                    Some((lost, true)) => self.resend(&lost),
                    Some((lost, false)) => fail(&lost, host),
                    None => {}
                }
                self.go_on(host);
            }
            _ => {}
        }
    }

    /// Sends what is wanted, or sees when the next request will be.
    pub(super) fn go_on(&mut self, host: &mut dyn Host) {
        loop {
            let wants_next = self.again.is_empty() && self.wanted_at.is_none();
            let goes_on = if wants_next { self.schedule_next(host) } else { self.send_next(host) };
            if !goes_on {
                return;
            }
        }
    }

    /// Sends what is due, and what may follow at once.
    fn send_due(&mut self, host: &mut dyn Host) {
        if self.send_next(host) {
            self.go_on(host);
        }
    }

    /// Schedules the next request. Returns whether another one may follow at once.
    fn schedule_next(&mut self, host: &mut dyn Host) -> bool {
        // A user who is asked does nothing else.
        if self.wanted_at.is_some() || self.retries.is_asking() {
            return false;
        }
        let Some(wanted) = self.wanted.get(self.next) else {
            self.done(host);
            return false;
        };
        // Another connection's end is no reason to ask for more than the policy allows at once.
        let method = &wanted.head.method;
        if self.connection.as_ref().is_some_and(|connection| !connection.has_room(&self.spec, method)) {
            return false;
        }
        let after = self.spec.requests.get(wanted.spec).map_or(Duration::ZERO, |request| request.after_us);
        self.wanted_at = Some(host.now() + after);
        if after.is_zero() {
            return self.send_next(host);
        }
        if let Some(connection) = &self.connection
            && connection.outstanding.is_empty()
            && connection.usable
        {
            host.wait_for(connection.socket, Waiting::NextRequest, Rule::NextRequest);
        }
        host.set_timer(NEXT, after, Rule::Schedule);
        false
    }

    fn done(&mut self, host: &mut dyn Host) {
        let Some(connection) = &self.connection else { return };
        if connection.outstanding.is_empty() {
            let socket = connection.socket;
            if self.spec.closes_when_done {
                self.connection = None;
                host.finish(socket, Rule::NothingLeft);
            } else if connection.usable {
                host.wait_for(socket, Waiting::Nothing, Rule::NothingLeft);
            }
        }
    }

    /// The method of the request that is due now: one that is sent again, or the next.
    fn due(&self, now: Instant) -> Option<Method> {
        let index = match self.again.front() {
            Some(again) => again.index,
            None if self.retries.is_asking() || self.wanted_at.is_none_or(|at| now < at) => return None,
            None => self.next,
        };
        self.wanted.get(index).map(|wanted| wanted.head.method.clone())
    }

    fn take_due(&mut self) -> Option<Retry> {
        self.again.pop_front().or_else(|| {
            let wanted_at = self.wanted_at.take()?;
            self.next += 1;
            Some(Retry { index: self.next - 1, wanted_at, sent: 0, careful: false })
        })
    }

    /// Sends the request that is due on the connection that persists, or opens one for it. Returns whether
    /// another one may follow at once.
    fn send_next(&mut self, host: &mut dyn Host) -> bool {
        let Some(method) = self.due(host.now()) else { return false };
        self.close_outdated(host);
        match &self.connection {
            Some(connection) if connection.usable => {
                connection.has_room(&self.spec, &method) && self.write_request(host)
            }
            _ => {
                if let Some(connection) = self.connection.take() {
                    self.old.insert(connection.socket, connection);
                }
                match host.open(&self.spec.connect_to, self.spec.name_to_resolve(), self.spec.port) {
                    Opening::Later => false,
                    Opening::Socket(socket) => {
                        self.connection = Some(ClientConnection {
                            socket,
                            open: false,
                            decoder: Decoder::responses(),
                            outstanding: VecDeque::new(),
                            unsent: VecDeque::new(),
                            usable: true,
                            careful: self.again.front().is_some_and(|again| again.careful),
                            usable_until: None,
                            kept_back: None,
                            said_close: false,
                            stays: false,
                        });
                        host.wait_for(socket, Waiting::Connection, Rule::ActiveOpen);
                        self.write_request(host)
                    }
                    Opening::Failed(problem) => {
                        if let Some(due) = self.take_due() {
                            fail_by(due.index, due.wanted_at, problem, problem.rule_at_once(), host);
                        }
                        true
                    }
                }
            }
        }
    }

    fn write_request(&mut self, host: &mut dyn Host) -> bool {
        let Some(due) = self.take_due() else { return false };
        self.leave_idle(host);
        let Some(first) = self.wanted.get(due.index) else { return false };
        let write_len = self.spec.requests.get(first.spec).map_or(0, |request| request.write_len);
        // A request that is sent again goes alone.
        let joining = match due.sent {
            0 => self.wanted[due.index + 1..].iter().take_while(|wanted| wanted.joins).count(),
            _ => 0,
        };
        let together = &self.wanted[due.index..=due.index + joining];
        let mut octets: Bytes = match together {
            [only] => self.spec.octets(only),
            several => several.iter().flat_map(|wanted| self.spec.octets(wanted)).collect(),
        };
        self.next += joining;
        let body = match together {
            [only] if self.spec.waits_for_100(&only.head) => take_body(&mut octets),
            _ => None,
        };
        let reuses = self.spec.reuses;
        let Some(connection) = &mut self.connection else { return false };
        for (index, wanted) in (due.index..).zip(together) {
            connection.decoder.expect(wanted.head.method.clone());
            connection.outstanding.push_back(Outstanding {
                index,
                head: wanted.head.clone(),
                wanted_at: due.wanted_at,
                sent: due.sent + 1,
                written: false,
                response: None,
                starts: 0,
                body_len: 0,
            });
        }
        let piece = match write_len {
            0 => octets.len().max(1),
            most => most as usize,
        };
        let pieces = (0..octets.len()).step_by(piece);
        let requests = due.index..due.index + together.len();
        let piece_at = |at: usize| (requests.clone(), octets.slice(at..octets.len().min(at + piece)));
        connection.unsent.extend(pieces.map(piece_at));
        if let Some(body) = body {
            connection.kept_back = Some((requests, body));
        }
        connection.usable = reuses || self.spec.pipeline > 1;
        let socket = connection.socket;
        self.flush(socket, host);
        self.has_more_to_pipeline()
    }

    /// Pipelined requests follow without waiting for answers.
    fn has_more_to_pipeline(&self) -> bool {
        let usable = self.connection.as_ref().is_some_and(|connection| connection.usable);
        let more = !self.again.is_empty() || self.next < self.wanted.len();
        self.spec.pipeline > 1 && usable && more
    }

    pub(super) fn flush(&mut self, socket: SocketId, host: &mut dyn Host) {
        let continue_timeout = self.spec.continue_timeout_us;
        let (asks, reading, timeout) = (self.spec.asks, self.reading, self.spec.response_timeout_us);
        let Some(connection) = self.connection_mut(socket) else { return };
        if !connection.open || connection.unsent.is_empty() {
            return;
        }
        let is_pipelined = connection.outstanding.len() > 1;
        let waits_for_100 = connection.kept_back.is_some();
        let stays = connection.stays;
        let (persistent, rule) = match connection.outstanding.back() {
            Some(last) => {
                let wish = crate::http::request_to_proxy_wants_persistence(&last.head);
                (wish.persists, wish.rule)
            }
            None => (false, Rule::Http10Closes),
        };
        let mut failed = None;
        while let Some((requests, octets)) = connection.unsent.pop_front() {
            match host.send(socket, octets.clone()) {
                Ok(taken) => {
                    let outstanding = connection.outstanding.iter_mut();
                    outstanding
                        .filter(|request| taken > 0 && requests.contains(&request.index))
                        .for_each(|request| request.written = true);
                    if taken < octets.len() {
                        connection.unsent.push_front((requests, octets.slice(taken..)));
                        return;
                    }
                }
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        if let Some(error) = failed {
            // An application that does not read will find out when it does.
            if reading {
                self.lost(socket, error, host);
            }
            return;
        }
        if self.connection_mut(socket).is_none_or(|connection| connection.outstanding.is_empty()) {
            // The answer came before all of the request was sent.
            return;
        }
        let belief = match (persistent, asks) {
            (false, _) => Belief::ClosesAfterResponse,
            (true, Asks::KeepAlive | Asks::ProxyConnection) => Belief::AskedToPersist,
            (true, _) if rule == Rule::Http11Persists => Belief::Persists,
            (true, _) => Belief::AskedToPersist,
        };
        // What the answer before has settled is not open again.
        if belief != Belief::AskedToPersist || !stays {
            host.believe(socket, belief, rule);
        }
        let waiting = if reading { Waiting::Response } else { Waiting::Reading };
        let rule = match (reading, is_pipelined) {
            (false, _) => Rule::Schedule,
            (true, true) => Rule::PipelinedRequest,
            (true, false) => Rule::AwaitsResponse,
        };
        host.wait_for(socket, waiting, rule);
        if waits_for_100 {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::RestOfRequest };
            host.set_timer(timer, continue_timeout, Rule::ExpectContinue);
        }
        if !timeout.is_zero() {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::Response };
            host.set_timer(timer, timeout, Rule::RequestTimeout);
        }
        if self.spec.while_sending == WhileSending::ReadsAfterwards {
            self.readable(socket, host);
        }
    }

    pub(super) fn resend(&mut self, lost: &LostRequest) {
        self.again.push_back(Retry {
            index: lost.request as usize,
            wanted_at: lost.wanted_at,
            sent: lost.sent,
            // RFC 9112 section 9.3.2: unless the server had said that it would close.
            careful: !lost.unprocessed,
        });
    }

    pub(super) fn close(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        let current = self.connection.as_ref().is_some_and(|connection| connection.socket == socket);
        let known = if current { self.connection.take() } else { self.old.remove(&socket) };
        if known.is_some() {
            for purpose in [Waiting::Response, Waiting::IdleTimeout, Waiting::RestOfRequest] {
                host.stop_timer(RoleTimer { socket: Some(socket), purpose }, rule);
            }
            host.finish(socket, rule);
        }
    }
}

pub(super) fn fail(lost: &LostRequest, host: &mut dyn Host) {
    fail_request(lost.request as usize, lost.wanted_at, lost.problem, host);
}

pub(super) fn fail_request(index: usize, started_at: Instant, problem: Failure, host: &mut dyn Host) {
    fail_by(index, started_at, problem, problem.rule(), host);
}

fn fail_by(index: usize, started_at: Instant, problem: Failure, rule: Rule, host: &mut dyn Host) {
    let request = index as u32;
    host.record(Event::TransactionFailed { request, problem, started_at }, rule);
}
