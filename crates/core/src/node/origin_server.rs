//! The origin server: answers requests in order, and decides when each connection ends.

use std::collections::VecDeque;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::role_spec::BuildRole;
use super::{BodyFraming, Host, Input, ResourceSpec, Role, RoleTimer};
use crate::event::{Belief, Event, Waiting};
use crate::http::{
    BodyLength, DecodeError, Decoded, Decoder, Headers, Method, Persistence, RequestHead, RequestTarget,
    ResponseHead, ServerPolicy, Version, encode_chunk, encode_last_chunk, persistence_fields, server_decides,
};
use crate::order::Map;
use crate::rule::Rule;
use crate::tcp::{Received, Returned, SocketId};
use crate::time::Duration;

/// How a server ends a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloseStyle {
    /// `close()`: both ways at once.
    #[default]
    Close,
    /// Half-close the output, read on until the peer's end or the linger time, then close.
    Graceful,
    /// RST at once.
    Abort,
}

/// Settings of an origin server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginServerSpec {
    /// The port it listens on.
    #[serde(default = "port_80")]
    pub port: u16,
    /// The version of its responses to a client that speaks it.
    #[serde(default = "http11")]
    pub version: Version,
    /// Whether it keeps connections at all.
    #[serde(default = "yes")]
    pub keep_alive: bool,
    /// Whether it answers `Keep-Alive: timeout=, max=` to a client of HTTP/1.0 that asks.
    #[serde(default)]
    pub hints: bool,
    /// How long an idle connection stays open; 0 is for ever.
    #[serde(default = "fifteen_seconds")]
    pub idle_timeout_us: Duration,
    /// Requests it answers on one connection; 0 is without limit.
    #[serde(default)]
    pub max_requests: u32,
    /// What it has to offer; any other path is 404.
    #[serde(default)]
    pub resources: Vec<ResourceSpec>,
    /// How it ends a connection.
    #[serde(default)]
    pub close: CloseStyle,
    /// How long a graceful close goes on reading.
    #[serde(default = "two_seconds")]
    pub linger_us: Duration,
}

const fn port_80() -> u16 {
    80
}
const fn http11() -> Version {
    Version::Http11
}
const fn yes() -> bool {
    true
}
const fn fifteen_seconds() -> Duration {
    Duration::from_secs(15)
}
const fn two_seconds() -> Duration {
    Duration::from_secs(2)
}

impl Default for OriginServerSpec {
    fn default() -> Self {
        Self {
            port: 80,
            version: Version::Http11,
            keep_alive: true,
            hints: false,
            idle_timeout_us: fifteen_seconds(),
            max_requests: 0,
            resources: Vec::new(),
            close: CloseStyle::Close,
            linger_us: two_seconds(),
        }
    }
}

impl BuildRole for OriginServerSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(OriginServer { spec: self.clone(), listener: None, connections: Map::new() })
    }

    fn problem(&self) -> Option<(String, String)> {
        if self.port == 0 {
            return Some(("port".to_owned(), "must not be 0".to_owned()));
        }
        self.resources.iter().enumerate().find_map(|(index, resource)| {
            let field = format!("resources[{index}]");
            if !resource.path.starts_with('/') {
                Some((format!("{field}.path"), "must begin with /".to_owned()))
            } else if !(200..=599).contains(&resource.status) {
                Some((format!("{field}.status"), "must be from 200 to 599".to_owned()))
            } else if resource.body_len > 16_000_000 {
                Some((format!("{field}.body_len"), "must be at most 16,000,000".to_owned()))
            } else {
                None
            }
        })
    }
}

/// One accepted connection.
#[derive(Debug)]
struct ServerConnection {
    decoder: Decoder,
    /// Complete requests that wait for their turn, and whether they could be understood.
    queue: VecDeque<RequestHead>,
    /// The request whose body is still coming.
    arriving: Option<RequestHead>,
    /// The request being worked on.
    current: Option<(RequestHead, ResourceSpec)>,
    answered: u32,
    outgoing: VecDeque<Bytes>,
    /// Set once the last response is decided: nothing more is read as a request.
    ending: Option<Rule>,
    lingering: bool,
    peer_closed: bool,
}

/// An origin server.
#[derive(Debug)]
struct OriginServer {
    spec: OriginServerSpec,
    listener: Option<SocketId>,
    connections: Map<SocketId, ServerConnection>,
}

impl Role for OriginServer {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                if let Returned::Socket { socket } = host.listen(self.spec.port) {
                    self.listener = Some(socket);
                }
            }
            Input::Acceptable(listener) => {
                if let Some(socket) = host.accept(listener) {
                    self.accepted(socket, host);
                }
            }
            Input::Readable(socket) => self.readable(socket, host),
            Input::Writable(socket) => self.flush(socket, host),
            Input::Failed(socket, _) => self.forget(socket, host),
            Input::TimerExpired(timer) => self.timer_expired(timer, host),
            Input::Connected(_) | Input::ConnectFailed(..) => {}
        }
    }
}

impl OriginServer {
    fn accepted(&mut self, socket: SocketId, host: &mut dyn Host) {
        self.connections.insert(
            socket,
            ServerConnection {
                decoder: Decoder::requests(),
                queue: VecDeque::new(),
                arriving: None,
                current: None,
                answered: 0,
                outgoing: VecDeque::new(),
                ending: None,
                lingering: false,
                peer_closed: false,
            },
        );
        host.wait_for(socket, Waiting::Request, Rule::NextRequest);
        self.start_idle_timer(socket, host);
        self.readable(socket, host);
    }

    fn start_idle_timer(&self, socket: SocketId, host: &mut dyn Host) {
        if !self.spec.idle_timeout_us.is_zero() {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout };
            host.set_timer(timer, self.spec.idle_timeout_us, Rule::IdleTimeout);
        }
    }

    fn readable(&mut self, socket: SocketId, host: &mut dyn Host) {
        loop {
            let Some(connection) = self.connections.get_mut(&socket) else { return };
            // One that is busy or closing without lingering leaves the rest in the receive buffer.
            if connection.ending.is_some() && !connection.lingering {
                return;
            }
            match host.receive(socket, 65_536) {
                Ok(Received::Octets(octets)) => {
                    if !connection.lingering {
                        connection.decoder.push(&octets);
                        self.decode(socket, host);
                    }
                }
                Ok(Received::EndOfStream) => {
                    connection.peer_closed = true;
                    self.peer_closed(socket, host);
                    return;
                }
                Ok(Received::WouldBlock) => return,
                Err(_) => {
                    self.forget(socket, host);
                    return;
                }
            }
        }
    }

    fn decode(&mut self, socket: SocketId, host: &mut dyn Host) {
        while let Some(connection) = self.connections.get_mut(&socket) {
            if connection.ending.is_some() {
                return;
            }
            match connection.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Request { head, .. } => {
                        let start_line = head.start_line();
                        connection.arriving = Some(head);
                        let event = Event::RequestReceived { socket, start_line, head: piece.range };
                        host.record(event, Rule::NextRequest);
                        let timer = RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout };
                        host.stop_timer(timer, Rule::NextRequest);
                    }
                    Decoded::End { .. } => {
                        if let Some(head) = connection.arriving.take() {
                            connection.queue.push_back(head);
                        }
                        self.next_request(socket, host);
                    }
                    Decoded::Body(_) | Decoded::Response { .. } | Decoded::Interim { .. } => {}
                },
                Ok(None) => {
                    if connection.current.is_none()
                        && connection.queue.is_empty()
                        && !connection.decoder.is_idle()
                    {
                        host.wait_for(socket, Waiting::RestOfMessage, Rule::NextRequest);
                    }
                    return;
                }
                Err(error) => {
                    self.reject(socket, &error, host);
                    return;
                }
            }
        }
    }

    /// Answers what cannot be understood, and ends. RFC 9112 section 2.2: 400, then close.
    fn reject(&mut self, socket: SocketId, error: &DecodeError, host: &mut dyn Host) {
        let rule = error.rule();
        let problem = error.key().to_owned();
        host.record(Event::MessageRejected { socket, problem, line: super::error_line(error) }, rule);
        let mut response =
            ResponseHead::new(self.spec.version, error.status()).with("Content-Type", "text/plain");
        let body = Bytes::from(format!("{error}\n"));
        response.headers.push("Content-Length", body.len().to_string());
        response.headers.push("Connection", "close");
        let decision = Persistence { persists: false, rule: Rule::ErrorCloses };
        host.record(Event::PersistenceDecided { socket, persistence: decision }, Rule::ErrorCloses);
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        connection.outgoing.push_back(response.encode().into());
        connection.outgoing.push_back(body);
        connection.ending = Some(Rule::ErrorCloses);
        self.flush(socket, host);
    }

    fn next_request(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        if connection.current.is_some() || connection.ending.is_some() {
            return;
        }
        let Some(head) = connection.queue.pop_front() else { return };
        if let Err(error) = head.validate() {
            self.reject(socket, &DecodeError::Head(error), host);
            return;
        }
        let path = path_of(&head);
        let found = self.spec.resources.iter().find(|resource| resource.path == path).cloned();
        let resource = found.unwrap_or_else(|| ResourceSpec { status: 404, ..ResourceSpec::new(path, 0) });
        let processing = resource.processing_us;
        connection.current = Some((head, resource));
        if processing.is_zero() {
            self.respond(socket, host);
        } else {
            host.wait_for(socket, Waiting::Processing, Rule::ProcessingTime);
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::Processing };
            host.set_timer(timer, processing, Rule::ProcessingTime);
        }
    }

    fn respond(&mut self, socket: SocketId, host: &mut dyn Host) {
        let spec = &self.spec;
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        let Some((request, resource)) = connection.current.take() else { return };
        connection.answered += 1;

        let chunked = resource.framing == BodyFraming::Chunked
            && request.version == Version::Http11
            && spec.version == Version::Http11;
        let caching =
            resource.caching.as_ref().map(|caching| caching.answer(&request, resource.status, host.now()));
        let is_304 = caching.as_ref().is_some_and(|(_, not_modified)| *not_modified);
        let length = match resource.framing {
            // RFC 9110 section 15.4.5: 304 "is always terminated by the end of the header section".
            _ if is_304 => BodyLength::None,
            BodyFraming::ContentLength => BodyLength::Exactly(u64::from(resource.body_len)),
            BodyFraming::WrongLength { announced } => BodyLength::Exactly(announced),
            BodyFraming::Chunked if chunked => BodyLength::Chunked,
            BodyFraming::Chunked | BodyFraming::UntilClose => BodyLength::UntilClose,
        };
        let left = (spec.max_requests > 0).then(|| spec.max_requests.saturating_sub(connection.answered));
        let policy = ServerPolicy {
            keeps_connections: spec.keep_alive,
            keeps_http10_clients: spec.keep_alive,
            keeps_http10_after_chunks: false,
            honours_proxy_connection: false,
            requests_left: left,
            hinted_timeout: (spec.hints && !spec.idle_timeout_us.is_zero()).then_some(spec.idle_timeout_us),
            hints_max: spec.hints && spec.max_requests > 0,
            // A server of the book's time is silent when it does not agree; one of today says close.
            says_close_to_http10: spec.version == Version::Http11,
        };
        let decision = server_decides(&request, length, &policy);

        let status = if is_304 { 304 } else { resource.status };
        let mut response = ResponseHead::new(spec.version, status);
        response.headers.extend(caching.into_iter().flat_map(|(fields, _)| fields));
        if !is_304 && !resource.content_type.is_empty() {
            response.headers.push("Content-Type", resource.content_type.clone());
        }
        match length {
            BodyLength::Exactly(len) => response.headers.push("Content-Length", len.to_string()),
            BodyLength::Chunked => response.headers.push("Transfer-Encoding", "chunked"),
            BodyLength::UntilClose | BodyLength::None => {}
        }
        for field in persistence_fields(&request, decision, &policy) {
            response.headers.push(field.name, field.value);
        }
        let mut octets = response.encode();
        // RFC 9110 section 9.3.2: HEAD gets the head alone.
        if request.method != Method::Head && !is_304 {
            let body = resource.body_at(host.now());
            if chunked {
                if !body.is_empty() {
                    octets.extend_from_slice(&encode_chunk(&body));
                }
                octets.extend_from_slice(&encode_last_chunk(&Headers::new()));
            } else {
                octets.extend_from_slice(&body);
            }
        }
        connection.outgoing.push_back(octets.into());
        if !decision.persists {
            connection.ending = Some(decision.rule);
        }
        host.record(Event::PersistenceDecided { socket, persistence: decision }, decision.rule);
        let belief = if decision.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, decision.rule);
        self.flush(socket, host);
    }

    /// Writes what is ready; when all is written, goes on or ends.
    fn flush(&mut self, socket: SocketId, host: &mut dyn Host) {
        loop {
            let Some(connection) = self.connections.get_mut(&socket) else { return };
            let Some(octets) = connection.outgoing.pop_front() else { break };
            match host.send(socket, octets.clone()) {
                Ok(taken) if taken == octets.len() => {}
                Ok(taken) => {
                    if let Some(connection) = self.connections.get_mut(&socket) {
                        connection.outgoing.push_front(octets.slice(taken..));
                    }
                    return;
                }
                Err(_) => {
                    self.forget(socket, host);
                    return;
                }
            }
        }
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        if connection.current.is_some() {
            return;
        }
        if let Some(rule) = connection.ending {
            self.end(socket, rule, host);
        } else if connection.queue.is_empty() {
            if connection.peer_closed {
                self.end(socket, Rule::PeerClosed, host);
            } else if connection.decoder.is_idle() {
                host.wait_for(socket, Waiting::Request, Rule::NextRequest);
                self.start_idle_timer(socket, host);
            }
        } else {
            self.next_request(socket, host);
        }
    }

    fn end(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        if connection.lingering {
            return;
        }
        connection.ending = Some(rule);
        host.stop_timer(RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout }, rule);
        host.believe(socket, Belief::Ended, rule);
        match self.spec.close {
            CloseStyle::Graceful if !connection.peer_closed => {
                connection.lingering = true;
                host.shutdown(socket);
                host.wait_for(socket, Waiting::PeerClose, Rule::GracefulClose);
                if !self.spec.linger_us.is_zero() {
                    let timer = RoleTimer { socket: Some(socket), purpose: Waiting::PeerClose };
                    host.set_timer(timer, self.spec.linger_us, Rule::GracefulClose);
                }
                self.readable(socket, host);
            }
            CloseStyle::Abort => {
                self.connections.remove(&socket);
                host.wait_for(socket, Waiting::Nothing, rule);
                host.abort(socket);
            }
            CloseStyle::Close | CloseStyle::Graceful => {
                self.connections.remove(&socket);
                host.wait_for(socket, Waiting::Nothing, rule);
                host.close(socket);
            }
        }
    }

    fn peer_closed(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        if connection.lingering {
            self.finish_lingering(socket, Rule::PeerClosed, host);
            return;
        }
        connection.decoder.close();
        // Requests that came whole are answered; half a request is not.
        if connection.current.is_none() && connection.queue.is_empty() && connection.outgoing.is_empty() {
            self.end(socket, Rule::PeerClosed, host);
        }
    }

    fn finish_lingering(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        self.connections.remove(&socket);
        host.stop_timer(RoleTimer { socket: Some(socket), purpose: Waiting::PeerClose }, rule);
        host.wait_for(socket, Waiting::Nothing, rule);
        host.close(socket);
    }

    fn timer_expired(&mut self, timer: RoleTimer, host: &mut dyn Host) {
        let Some(socket) = timer.socket else { return };
        match timer.purpose {
            Waiting::Processing => self.respond(socket, host),
            Waiting::PeerClose => self.finish_lingering(socket, Rule::GracefulClose, host),
            Waiting::IdleTimeout => self.end(socket, Rule::IdleTimeout, host),
            _ => {}
        }
    }

    /// The connection failed: there is nothing left to do but to give the socket up.
    fn forget(&mut self, socket: SocketId, host: &mut dyn Host) {
        if self.connections.remove(&socket).is_some() {
            for purpose in [Waiting::IdleTimeout, Waiting::Processing, Waiting::PeerClose] {
                host.stop_timer(RoleTimer { socket: Some(socket), purpose }, Rule::ResetReceived);
            }
            host.finish(socket, Rule::ResetReceived);
        }
    }
}

/// The path of a request's target, whichever form it has.
fn path_of(head: &RequestHead) -> String {
    match head.form() {
        Some(RequestTarget::Absolute { path: "", .. }) => "/".to_owned(),
        Some(RequestTarget::Absolute { path, .. }) => path.to_owned(),
        _ => head.target.clone(),
    }
}
