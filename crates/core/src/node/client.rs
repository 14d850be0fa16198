//! The client: a user agent that fetches a list of requests and keeps to a connection policy.

use std::collections::VecDeque;

use bytes::Bytes;

use super::{Asks, ClientSpec, Host, Input, Role, RoleTimer};
use crate::event::{Belief, Event, Waiting};
use crate::http::{
    BodyLength, DecodeError, Decoded, Decoder, Framing, RequestHead, ResponseHead, client_concludes,
};
use crate::order::Map;
use crate::rule::Rule;
use crate::tcp::{Received, SocketId};
use crate::time::Instant;

/// A request that has no whole answer yet.
#[derive(Debug)]
struct Outstanding {
    index: usize,
    head: RequestHead,
    wanted_at: Instant,
    response: Option<(ResponseHead, Framing)>,
    starts: u64,
    body_len: u64,
}

#[derive(Debug)]
struct ClientConnection {
    socket: SocketId,
    open: bool,
    decoder: Decoder,
    outstanding: VecDeque<Outstanding>,
    unsent: VecDeque<Bytes>,
    /// Whether another request may be sent on it, as far as the client knows.
    usable: bool,
}

/// A user agent.
#[derive(Debug)]
pub(super) struct Client {
    spec: ClientSpec,
    reading: bool,
    /// The next request to send.
    next: usize,
    /// When the next request was first wanted.
    wanted_at: Option<Instant>,
    connection: Option<ClientConnection>,
    /// Connections that get no further request, until they are over.
    old: Map<SocketId, ClientConnection>,
}

const NEXT: RoleTimer = RoleTimer { socket: None, purpose: Waiting::NextRequest };
const READ: RoleTimer = RoleTimer { socket: None, purpose: Waiting::Reading };

impl Role for Client {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                if !self.reading {
                    host.set_timer(READ, self.spec.reads_from_us.since(Instant::ZERO), Rule::Application);
                }
                self.schedule_next(host);
            }
            Input::Connected(socket) => {
                if let Some(connection) = self.connection_mut(socket) {
                    connection.open = true;
                    self.flush(socket, host);
                    self.fill_pipeline(host);
                }
            }
            Input::ConnectFailed(socket, error) => self.lost(socket, error.name(), host),
            Input::Readable(socket) => self.readable(socket, host),
            Input::Writable(socket) => self.flush(socket, host),
            // The application that does not read learns of a failure when it reads.
            Input::Failed(socket, _) if self.reading => self.readable(socket, host),
            Input::Failed(..) | Input::Acceptable(_) => {}
            Input::TimerExpired(timer) => self.timer_expired(timer, host),
        }
    }
}

impl Client {
    pub(super) fn new(spec: ClientSpec) -> Self {
        Self {
            reading: spec.reads_from_us == Instant::ZERO,
            spec,
            next: 0,
            wanted_at: None,
            connection: None,
            old: Map::new(),
        }
    }

    fn connection_mut(&mut self, socket: SocketId) -> Option<&mut ClientConnection> {
        match &mut self.connection {
            Some(connection) if connection.socket == socket => Some(connection),
            _ => self.old.get_mut(&socket),
        }
    }

    fn timer_expired(&mut self, timer: RoleTimer, host: &mut dyn Host) {
        match (timer.purpose, timer.socket) {
            (Waiting::NextRequest, _) => self.send_next(host),
            (Waiting::Reading, _) => {
                self.reading = true;
                let sockets: Vec<_> =
                    self.old.keys().copied().chain(self.connection.as_ref().map(|c| c.socket)).collect();
                for socket in sockets {
                    self.readable(socket, host);
                }
            }
            (Waiting::Response, Some(socket)) => {
                host.close(socket);
                self.lost(socket, "response-timeout", host);
            }
            _ => {}
        }
    }

    /// Waits until the next request is wanted.
    fn schedule_next(&mut self, host: &mut dyn Host) {
        let depth = self.spec.pipeline as usize;
        let busy = self.connection.as_ref().is_some_and(|connection| connection.outstanding.len() >= depth);
        // Another connection's end is no reason to ask for more than the policy allows at once.
        if self.wanted_at.is_some() || busy {
            return;
        }
        let Some(request) = self.spec.requests.get(self.next) else {
            self.done(host);
            return;
        };
        self.wanted_at = Some(host.now() + request.after_us);
        if request.after_us.is_zero() {
            self.send_next(host);
        } else {
            if let Some(connection) = &self.connection
                && connection.outstanding.is_empty()
            {
                host.wait_for(connection.socket, Waiting::NextRequest, Rule::NextRequest);
            }
            host.set_timer(NEXT, request.after_us, Rule::Application);
        }
    }

    fn done(&mut self, host: &mut dyn Host) {
        let Some(connection) = &self.connection else { return };
        if connection.outstanding.is_empty() {
            let socket = connection.socket;
            if self.spec.closes_when_done {
                self.connection = None;
                host.finish(socket, Rule::Application);
            } else {
                host.wait_for(socket, Waiting::Nothing, Rule::NextRequest);
            }
        }
    }

    /// Sends the next request on the connection that persists, or opens one for it.
    fn send_next(&mut self, host: &mut dyn Host) {
        let Some(wanted_at) = self.wanted_at else { return };
        if self.next >= self.spec.requests.len() || host.now() < wanted_at {
            return;
        }
        let depth = self.spec.pipeline as usize;
        match &self.connection {
            Some(connection) if connection.usable => {
                // Without pipelining the answer comes first.
                if connection.outstanding.len() < depth {
                    self.write_request(host);
                }
            }
            _ => {
                if let Some(connection) = self.connection.take() {
                    self.old.insert(connection.socket, connection);
                }
                match host.connect(&self.spec.connect_to, self.spec.port) {
                    Ok(socket) => {
                        self.connection = Some(ClientConnection {
                            socket,
                            open: false,
                            decoder: Decoder::responses(),
                            outstanding: VecDeque::new(),
                            unsent: VecDeque::new(),
                            usable: true,
                        });
                        host.wait_for(socket, Waiting::Connection, Rule::ActiveOpen);
                        self.write_request(host);
                    }
                    Err(error) => self.fail_request(self.next, wanted_at, error.name(), host),
                }
            }
        }
    }

    fn fail_request(&mut self, index: usize, started_at: Instant, problem: &str, host: &mut dyn Host) {
        let (request, problem) = (index as u32, problem.to_owned());
        host.record(Event::TransactionFailed { request, problem, started_at }, Rule::Application);
        if index == self.next {
            self.next += 1;
            self.wanted_at = None;
            self.schedule_next(host);
        }
    }

    fn write_request(&mut self, host: &mut dyn Host) {
        let (Some(wanted_at), Some(spec)) = (self.wanted_at.take(), self.spec.requests.get(self.next)) else {
            return;
        };
        let (octets, head) = self.spec.request_octets(spec);
        let reuses = self.spec.reuses;
        let Some(connection) = &mut self.connection else { return };
        connection.decoder.expect(head.method.clone());
        connection.outstanding.push_back(Outstanding {
            index: self.next,
            head,
            wanted_at,
            response: None,
            starts: 0,
            body_len: 0,
        });
        let piece = match spec.write_len {
            0 => octets.len().max(1),
            most => most as usize,
        };
        let pieces = (0..octets.len()).step_by(piece);
        connection.unsent.extend(pieces.map(|at| octets.slice(at..octets.len().min(at + piece))));
        connection.usable = reuses || self.spec.pipeline > 1;
        self.next += 1;
        let socket = connection.socket;
        self.flush(socket, host);
        self.fill_pipeline(host);
    }

    /// Pipelined requests follow without waiting for answers.
    fn fill_pipeline(&mut self, host: &mut dyn Host) {
        let depth = self.spec.pipeline as usize;
        let room = self
            .connection
            .as_ref()
            .is_some_and(|connection| connection.usable && connection.outstanding.len() < depth);
        if depth > 1 && room && self.next < self.spec.requests.len() {
            self.schedule_next(host);
        }
    }

    fn flush(&mut self, socket: SocketId, host: &mut dyn Host) {
        let (asks, reading, timeout) = (self.spec.asks, self.reading, self.spec.response_timeout_us);
        let Some(connection) = self.connection_mut(socket) else { return };
        if !connection.open || connection.unsent.is_empty() {
            return;
        }
        let (persistent, rule) = match connection.outstanding.back() {
            Some(last) => {
                let wish = crate::http::request_to_proxy_wants_persistence(&last.head);
                (wish.persists, wish.rule)
            }
            None => (false, Rule::Http10Closes),
        };
        let mut failed = None;
        while let Some(octets) = connection.unsent.pop_front() {
            match host.send(socket, octets.clone()) {
                Ok(taken) if taken == octets.len() => {}
                Ok(taken) => {
                    connection.unsent.push_front(octets.slice(taken..));
                    return;
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
                self.lost(socket, error.name(), host);
            }
            return;
        }
        let belief = match (persistent, asks) {
            (false, _) => Belief::ClosesAfterResponse,
            (true, Asks::KeepAlive | Asks::ProxyConnection) => Belief::AskedToPersist,
            (true, _) if rule == Rule::Http11Persists => Belief::Persists,
            (true, _) => Belief::AskedToPersist,
        };
        host.believe(socket, belief, rule);
        let waiting = if reading { Waiting::Response } else { Waiting::Reading };
        host.wait_for(socket, waiting, Rule::NextRequest);
        if !timeout.is_zero() {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::Response };
            host.set_timer(timer, timeout, Rule::RequestTimeout);
        }
    }

    fn readable(&mut self, socket: SocketId, host: &mut dyn Host) {
        if !self.reading {
            return;
        }
        loop {
            let Some(connection) = self.connection_mut(socket) else { return };
            match host.receive(socket, 65_536) {
                Ok(Received::Octets(octets)) => {
                    connection.decoder.push(&octets);
                    self.decode(socket, host);
                }
                Ok(Received::EndOfStream) => {
                    connection.decoder.close();
                    connection.usable = false;
                    self.decode(socket, host);
                    self.ended(socket, host);
                    return;
                }
                Ok(Received::WouldBlock) => return,
                Err(error) => {
                    connection.decoder.abort();
                    connection.usable = false;
                    self.decode(socket, host);
                    self.lost(socket, error.name(), host);
                    return;
                }
            }
        }
    }

    fn decode(&mut self, socket: SocketId, host: &mut dyn Host) {
        while let Some(connection) = self.connection_mut(socket) {
            match connection.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Response { head, framing } => {
                        let start_line = head.start_line();
                        let starts = piece.range.start;
                        if let Some(first) =
                            connection.outstanding.iter_mut().find(|request| request.response.is_none())
                        {
                            first.response = Some((head, framing));
                            first.starts = starts;
                        }
                        let event = Event::ResponseReceived { socket, start_line, head: piece.range };
                        host.record(event, framing.rule);
                        if framing.length != BodyLength::None {
                            host.wait_for(socket, Waiting::RestOfMessage, framing.rule);
                        }
                    }
                    Decoded::Body(octets) => {
                        if let Some(first) = connection.outstanding.front_mut() {
                            first.body_len += octets.len() as u64;
                        }
                    }
                    Decoded::End { .. } => self.completed(socket, piece.range.end, host),
                    Decoded::Interim { .. } | Decoded::Request { .. } => {}
                },
                Ok(None) => return,
                Err(error) => {
                    self.decode_failed(socket, &error, host);
                    return;
                }
            }
        }
    }

    /// One answer is whole: draw the conclusion for the connection, and go on.
    fn completed(&mut self, socket: SocketId, end: u64, host: &mut dyn Host) {
        let reuses = self.spec.reuses;
        let Some(connection) = self.connection_mut(socket) else { return };
        let Some(done) = connection.outstanding.pop_front() else { return };
        let Some((response, framing)) = done.response else { return };
        let conclusion = client_concludes(&done.head, &response, &framing);
        if !conclusion.persists || !reuses && connection.outstanding.is_empty() {
            connection.usable = false;
        }
        let (empty, usable) = (connection.outstanding.is_empty(), connection.usable);
        host.record(Event::MessageCompleted { socket, range: done.starts..end }, framing.rule);
        host.record(
            Event::TransactionCompleted {
                socket,
                request: done.index as u32,
                status: response.status,
                body_len: done.body_len,
                started_at: done.wanted_at,
            },
            framing.rule,
        );
        if empty {
            host.stop_timer(
                RoleTimer { socket: Some(socket), purpose: Waiting::Response },
                Rule::RequestTimeout,
            );
        }
        host.record(Event::PersistenceDecided { socket, persistence: conclusion }, conclusion.rule);
        let belief = if conclusion.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, conclusion.rule);
        if empty && !usable {
            if conclusion.persists {
                // It will not be used again, so this side ends it.
                self.close(socket, Rule::Application, host);
            } else {
                host.wait_for(socket, Waiting::PeerClose, conclusion.rule);
            }
        }
        if self.wanted_at.is_some() {
            self.send_next(host);
        } else {
            self.schedule_next(host);
        }
    }

    fn decode_failed(&mut self, socket: SocketId, error: &DecodeError, host: &mut dyn Host) {
        let Some(connection) = self.connection_mut(socket) else { return };
        connection.usable = false;
        let first = connection.outstanding.pop_front();
        if let DecodeError::IncompleteBody { expected, got } = *error {
            host.record(Event::MessageIncomplete { socket, received: got, expected }, error.rule());
        }
        if let Some(first) = first {
            self.fail_request(first.index, first.wanted_at, error.key(), host);
        }
    }

    /// The peer's end: everything that has no answer will get none.
    fn ended(&mut self, socket: SocketId, host: &mut dyn Host) {
        self.give_up_outstanding(socket, "closed-before-response", host);
        if self.spec.stays_open {
            host.wait_for(socket, Waiting::Nothing, Rule::PeerClosed);
            return;
        }
        self.close(socket, Rule::PeerClosed, host);
        self.schedule_next(host);
    }

    /// The connection failed.
    fn lost(&mut self, socket: SocketId, problem: &str, host: &mut dyn Host) {
        self.give_up_outstanding(socket, problem, host);
        self.close(socket, Rule::ResetReceived, host);
        self.schedule_next(host);
    }

    fn give_up_outstanding(&mut self, socket: SocketId, problem: &str, host: &mut dyn Host) {
        let Some(connection) = self.connection_mut(socket) else { return };
        connection.usable = false;
        let outstanding = core::mem::take(&mut connection.outstanding);
        for request in outstanding {
            self.fail_request(request.index, request.wanted_at, problem, host);
        }
    }

    fn close(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        let current = self.connection.as_ref().is_some_and(|connection| connection.socket == socket);
        let known = if current { self.connection.take() } else { self.old.remove(&socket) };
        if known.is_some() {
            host.stop_timer(RoleTimer { socket: Some(socket), purpose: Waiting::Response }, rule);
            host.finish(socket, rule);
        }
    }
}
