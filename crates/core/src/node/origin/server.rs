//! The origin server: answers requests in order, and decides when each connection ends.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::rc::Rc;

use bytes::Bytes;

use super::answer::path_of;
use super::early_answer::exceeds;
use super::method::expects_continue;
use crate::event::{Belief, Event, Waiting};
use crate::http::{BodyLength, Decoded, Decoder, MessageError, Persistence, RequestHead, ResponseHead};
use crate::node::{
    CloseStyle, Host, Input, InputEnd, OriginServerSpec, ResourceSpec, Role, RoleTimer, TOO_SLOW,
};
use crate::rule::Rule;
use crate::tcp::{CallError, SocketId};
use crate::time::Duration;

/// One accepted connection.
#[derive(Debug)]
pub(super) struct ServerConnection {
    decoder: Decoder,
    /// Complete requests that wait for their turn.
    pub queue: VecDeque<RequestHead>,
    /// The request whose end has not come yet, and the rule of its framing.
    pub arriving: Option<(RequestHead, Rule)>,
    /// Octets of its body so far.
    body_len: u64,
    /// Whether that body is longer than the server takes.
    pub too_long: bool,
    /// Whether that body waits for 100.
    pub awaits_continue: bool,
    /// The request being worked on.
    pub current: Option<(RequestHead, Rc<ResourceSpec>)>,
    pub answered: u32,
    pub outgoing: VecDeque<Bytes>,
    /// Set once the last response is decided: nothing more is read as a request.
    pub ending: Option<Rule>,
    /// How it is closed.
    pub ending_by: CloseStyle,
    /// The delay between the last octet written and the close.
    pub pause: Duration,
    /// While it reads on before it closes: the rule by which.
    lingering: Option<Rule>,
    peer_closed: bool,
}

/// An origin server.
#[derive(Debug)]
pub(super) struct OriginServer {
    pub spec: OriginServerSpec,
    pub resources: Vec<Rc<ResourceSpec>>,
    /// The body that was made last, and of which resource.
    pub body: Option<(Rc<ResourceSpec>, Bytes)>,
    pub connections: BTreeMap<SocketId, Box<ServerConnection>>,
    /// Requests taken up, on all connections together.
    pub taken_up: u32,
    /// What requests did to each resource.
    pub effects: Vec<Effect>,
    /// For each resource, whether its answer was cut already.
    pub cut: Vec<bool>,
    pub listener: Option<SocketId>,
    /// The first process has ended. See [`RestartSpec`](super::RestartSpec).
    pub is_down: bool,
}

/// What requests with methods that are not safe did to a resource.
#[derive(Debug)]
pub(super) struct Effect {
    pub path: String,
    pub executed: u32,
    pub holds: u32,
}

impl Role for OriginServer {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => self.start(host),
            Input::Acceptable(listener) => {
                if let Some(socket) = host.accept(listener) {
                    self.accepted(socket, host);
                }
            }
            Input::Readable(socket) => self.readable(socket, host),
            Input::Writable(socket) => {
                self.flush(socket, host);
                self.wait_for_rest(socket, host);
            }
            Input::Failed(socket, error) => self.forget(socket, error, host),
            Input::TimerExpired(RoleTimer { purpose: Waiting::Restart, .. }) => self.restart(host),
            Input::TimerExpired(timer) => self.timer_expired(timer, host),
            _ => {}
        }
    }
}

impl ServerConnection {
    /// Whether a request is at work or waits for its turn.
    pub fn is_working(&self) -> bool {
        self.current.is_some() || !self.queue.is_empty()
    }
}

impl OriginServer {
    pub(super) fn new(spec: OriginServerSpec) -> Self {
        let cut = vec![false; spec.resources.len()];
        let resources = spec.resources.iter().cloned().map(Rc::new).collect();
        Self {
            spec,
            resources,
            body: None,
            connections: BTreeMap::new(),
            taken_up: 0,
            effects: Vec::new(),
            cut,
            listener: None,
            is_down: false,
        }
    }

    /// Connections that the client of this one has, this one left out.
    fn others_of_client(&self, socket: SocketId, host: &dyn Host) -> usize {
        let client = |socket| host.remote(socket).map(|remote| remote.address);
        let this = client(socket);
        self.connections.keys().filter(|other| **other != socket && client(**other) == this).count()
    }

    fn accepted(&mut self, socket: SocketId, host: &mut dyn Host) {
        let connection = ServerConnection {
            decoder: Decoder::requests(),
            queue: VecDeque::new(),
            arriving: None,
            body_len: 0,
            too_long: false,
            awaits_continue: false,
            current: None,
            answered: 0,
            outgoing: VecDeque::new(),
            ending: None,
            ending_by: self.spec.close,
            pause: Duration::ZERO,
            lingering: None,
            peer_closed: false,
        };
        self.connections.insert(socket, Box::new(connection));
        let most = self.spec.connections_per_client as usize;
        if most > 0 && self.others_of_client(socket, host) >= most {
            self.end_by(socket, Rule::ConnectionLimit, self.spec.excess, host);
            return;
        }
        host.wait_for(socket, Waiting::Request, Rule::AwaitsRequest);
        self.start_idle_timer(socket, host);
        self.readable(socket, host);
    }

    fn start_idle_timer(&self, socket: SocketId, host: &mut dyn Host) {
        if !self.spec.idle_timeout_us.is_zero() {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout };
            host.set_timer(timer, self.spec.idle_timeout_us, Rule::IdleTimeout);
        }
    }

    /// With a partial request and nothing else to do: the idle time-out runs until the rest arrives.
    fn wait_for_rest(&self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connections.get(&socket) else { return };
        let is_busy = connection.current.is_some()
            || !connection.queue.is_empty()
            || !connection.outgoing.is_empty()
            || connection.ending.is_some();
        if !is_busy && !connection.decoder.is_idle() {
            host.wait_for(socket, Waiting::RestOfRequest, Rule::AwaitsRest);
            self.start_idle_timer(socket, host);
        }
    }

    fn readable(&mut self, socket: SocketId, host: &mut dyn Host) {
        if !self.is_reading(socket) {
            return;
        }
        let end = host.read_available(socket, |octets, host| {
            if let Some(connection) = self.connections.get_mut(&socket)
                && connection.lingering.is_none()
            {
                connection.decoder.push(&octets);
                self.decode(socket, host);
            }
            self.is_reading(socket)
        });
        match end {
            None => {}
            Some(InputEnd::EndOfStream) => self.peer_closed(socket, host),
            Some(InputEnd::Failed(error)) => self.forget(socket, error, host),
        }
    }

    /// Whether it reads a connection: one that is closing without lingering leaves the rest in the receive buffer.
    fn is_reading(&self, socket: SocketId) -> bool {
        self.connections
            .get(&socket)
            .is_some_and(|connection| connection.ending.is_none() || connection.lingering.is_some())
    }

    fn decode(&mut self, socket: SocketId, host: &mut dyn Host) {
        let limit = self.spec.body_limit;
        while let Some(connection) = self.connections.get_mut(&socket) {
            if connection.ending.is_some() {
                return;
            }
            if connection.too_long {
                return self.refuse_too_long(socket, host);
            }
            match connection.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Request { head, framing } => {
                        let start_line = head.start_line();
                        connection.awaits_continue = expects_continue(&head, framing.length);
                        connection.arriving = Some((head, framing.rule));
                        connection.body_len = 0;
                        connection.too_long = exceeds(limit, framing.length);
                        let waits = connection.current.is_some()
                            || !connection.outgoing.is_empty()
                            || !connection.queue.is_empty();
                        if !waits {
                            let (waiting, rule) = match framing.length {
                                BodyLength::None => (Waiting::Nothing, Rule::RequestRead),
                                _ => (Waiting::RestOfRequest, Rule::AwaitsRest),
                            };
                            host.wait_for(socket, waiting, rule);
                        }
                        let event = Event::RequestReceived { socket, start_line, head: piece.range };
                        host.record(event, if waits { Rule::ResponseOrder } else { Rule::RequestRead });
                    }
                    Decoded::End { .. } => {
                        if let Some((head, framed_by)) = connection.arriving.take() {
                            connection.queue.push_back(head);
                            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout };
                            host.stop_timer(timer, framed_by);
                        }
                        self.next_request(socket, host);
                    }
                    Decoded::Body(octets) => {
                        connection.body_len += octets.len() as u64;
                        connection.too_long = exceeds(limit, BodyLength::Exactly(connection.body_len));
                        // RFC 9110 section 10.1.1: 100 may be left out when some of the content is here already.
                        connection.awaits_continue = false;
                    }
                    Decoded::Response { .. } | Decoded::Interim { .. } => {}
                },
                Ok(None) => {
                    self.answer_expectation(socket, host);
                    return self.wait_for_rest(socket, host);
                }
                // RFC 9112 section 9.3.2: responses are sent in the order of the requests.
                Err(_) if connection.is_working() => return,
                Err(error) => return self.reject(socket, &error, host),
            }
        }
    }

    /// Answers a malformed request and closes. RFC 9112 section 2.2: 400, then close.
    fn reject(&mut self, socket: SocketId, error: &MessageError, host: &mut dyn Host) {
        let Some(connection) = self.connections.get(&socket) else { return };
        let offset = connection.decoder.message_start();
        host.record(
            Event::MessageRejected { socket, offset, is_response: false, error: *error },
            error.problem.rule(),
        );
        self.refuse(socket, error.problem.status(), format!("{error}\n"), Rule::ErrorCloses, host);
    }

    /// Answers with a status instead of a resource, and closes.
    pub(super) fn refuse(
        &mut self,
        socket: SocketId,
        status: u16,
        text: String,
        rule: Rule,
        host: &mut dyn Host,
    ) {
        let response = ResponseHead::new(self.spec.version, status)
            .with("Content-Type", "text/plain")
            .with("Content-Length", text.len().to_string())
            .with("Connection", "close");
        let decision = Persistence { persists: false, rule };
        host.record(Event::AnswerChosen { socket, status }, rule);
        host.record(Event::PersistenceDecided { socket, persistence: decision }, rule);
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        connection.outgoing.push_back(response.encode().into());
        connection.outgoing.push_back(text.into());
        connection.ending = Some(rule);
        self.flush(socket, host);
    }

    fn next_request(&mut self, socket: SocketId, host: &mut dyn Host) {
        if self.take_up(socket, host) {
            self.flush(socket, host);
        }
    }

    /// Takes up the next request once the answer before it is written. Returns whether there is something to write.
    fn take_up(&mut self, socket: SocketId, host: &mut dyn Host) -> bool {
        let Some(connection) = self.connections.get_mut(&socket) else { return false };
        let is_busy = connection.current.is_some() || !connection.outgoing.is_empty();
        if is_busy || connection.ending.is_some() {
            return false;
        }
        let Some(head) = connection.queue.pop_front() else { return false };
        if self.answer_method(socket, &head, host) {
            return true;
        }
        let path = path_of(&head);
        let found = self.resources.iter().find(|resource| resource.path == path).cloned();
        let nothing = || Rc::new(ResourceSpec { status: 404, ..ResourceSpec::new(path, 0) });
        let resource = found.unwrap_or_else(nothing);
        let processing = resource.processing_us;
        let Some(connection) = self.connections.get_mut(&socket) else { return false };
        connection.current = Some((head, resource));
        if processing.is_zero() {
            self.respond(socket, host);
            return true;
        }
        host.wait_for(socket, Waiting::Processing, Rule::ProcessingTime);
        let timer = RoleTimer { socket: Some(socket), purpose: Waiting::Processing };
        host.set_timer(timer, processing, Rule::ProcessingTime);
        false
    }

    /// Writes what is ready; when all is written, goes on or ends.
    pub(super) fn flush(&mut self, socket: SocketId, host: &mut dyn Host) {
        while self.write(socket, host) && self.take_up(socket, host) {}
    }

    /// Writes what is ready; when all is written and no request waits, ends or waits for one. Returns whether it is the
    /// next request's turn.
    fn write(&mut self, socket: SocketId, host: &mut dyn Host) -> bool {
        let Some(connection) = self.connections.get_mut(&socket) else { return false };
        if let Err(error) = host.send_queued(socket, &mut connection.outgoing) {
            self.forget(socket, error, host);
            return false;
        }
        let is_full = !connection.outgoing.is_empty();
        if is_full {
            host.wait_for(socket, Waiting::ResponseSent, Rule::SendBufferFull);
        }
        if is_full || connection.current.is_some() {
            return false;
        }
        if let Some(rule) = connection.ending {
            let (by, pause) = (connection.ending_by, core::mem::take(&mut connection.pause));
            if pause.is_zero() {
                self.end_by(socket, rule, by, host);
            } else {
                host.wait_for(socket, Waiting::Processing, rule);
                let timer = RoleTimer { socket: Some(socket), purpose: Waiting::Processing };
                host.set_timer(timer, pause, rule);
            }
        } else if connection.queue.is_empty() {
            if connection.decoder.has_failed() || connection.too_long {
                self.decode(socket, host);
            } else if connection.peer_closed {
                self.end(socket, Rule::PeerClosed, host);
            } else if connection.awaits_continue {
                self.answer_expectation(socket, host);
            } else if connection.decoder.is_idle() {
                host.wait_for(socket, Waiting::Request, Rule::AwaitsRequest);
                self.start_idle_timer(socket, host);
            }
        } else {
            return true;
        }
        false
    }

    fn end(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        self.end_by(socket, rule, self.spec.close, host);
    }

    pub(super) fn end_by(&mut self, socket: SocketId, rule: Rule, by: CloseStyle, host: &mut dyn Host) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        if connection.lingering.is_some() {
            return;
        }
        connection.ending = Some(rule);
        host.stop_timer(RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout }, rule);
        host.believe(socket, Belief::Ended, rule);
        match by {
            CloseStyle::Graceful | CloseStyle::Lingering
                if !connection.peer_closed && !self.spec.linger_us.is_zero() =>
            {
                let rule =
                    if by == CloseStyle::Graceful { Rule::GracefulClose } else { Rule::LingeringClose };
                connection.lingering = Some(rule);
                if by == CloseStyle::Graceful {
                    host.shutdown(socket, rule);
                }
                host.wait_for(socket, Waiting::PeerClose, rule);
                let timer = RoleTimer { socket: Some(socket), purpose: Waiting::PeerClose };
                host.set_timer(timer, self.spec.linger_us, rule);
                self.readable(socket, host);
            }
            CloseStyle::Abort => {
                self.connections.remove(&socket);
                host.wait_for(socket, Waiting::Nothing, rule);
                host.abort(socket, rule);
            }
            CloseStyle::Close | CloseStyle::Graceful | CloseStyle::Lingering => {
                self.connections.remove(&socket);
                host.wait_for(socket, Waiting::Nothing, rule);
                host.close(socket, rule);
            }
        }
    }

    fn peer_closed(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        connection.peer_closed = true;
        if connection.lingering.is_some() {
            self.finish_lingering(socket, Rule::PeerClosed, host);
            return;
        }
        connection.decoder.close();
        // Complete requests are answered; a partial one is not.
        if connection.current.is_none() && connection.queue.is_empty() && connection.outgoing.is_empty() {
            self.end(socket, Rule::PeerClosed, host);
        }
    }

    fn finish_lingering(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        self.connections.remove(&socket);
        host.stop_timer(RoleTimer { socket: Some(socket), purpose: Waiting::PeerClose }, rule);
        host.wait_for(socket, Waiting::Nothing, rule);
        host.close(socket, rule);
    }

    fn timer_expired(&mut self, timer: RoleTimer, host: &mut dyn Host) {
        let Some(socket) = timer.socket else { return };
        match timer.purpose {
            Waiting::Processing => self.processed(socket, host),
            Waiting::PeerClose => {
                let by = self.connections.get(&socket).and_then(|connection| connection.lingering);
                self.finish_lingering(socket, by.unwrap_or(Rule::GracefulClose), host);
            }
            Waiting::IdleTimeout => self.timed_out(socket, host),
            _ => {}
        }
    }

    /// The idle time-out. RFC 9110 section 15.5.9: 408 when part of a request has been received.
    fn timed_out(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connections.get(&socket) else { return };
        if connection.ending.is_none() && !connection.decoder.is_idle() {
            self.refuse(socket, 408, TOO_SLOW.to_owned(), Rule::RequestTimeout, host);
        } else {
            self.end(socket, Rule::IdleTimeout, host);
        }
    }

    fn processed(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connections.get(&socket) else { return };
        match connection.ending {
            Some(rule) if connection.current.is_none() => {
                self.end_by(socket, rule, connection.ending_by, host);
            }
            _ => {
                self.respond(socket, host);
                self.flush(socket, host);
                self.wait_for_rest(socket, host);
            }
        }
    }

    /// The connection failed: the socket is closed.
    fn forget(&mut self, socket: SocketId, error: CallError, host: &mut dyn Host) {
        if self.connections.remove(&socket).is_some() {
            for purpose in [Waiting::IdleTimeout, Waiting::Processing, Waiting::PeerClose] {
                host.stop_timer(RoleTimer { socket: Some(socket), purpose }, error.rule());
            }
            host.finish(socket, error.rule());
        }
    }
}
