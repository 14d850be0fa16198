//! The smart proxy: each side is a connection of its own, with its own persistence, and every head is
//! rewritten between them.

use std::collections::VecDeque;

use bytes::Bytes;

use super::transaction::{Answer, Client, Request, Transaction, Upstream, drain};
use super::{Host, Input, Role, RoleTimer, SmartProxySpec};
use crate::event::{Belief, Event, Waiting};
use crate::http::{
    BodyLength, DecodeError, Decoded, Decoder, ForwardingProfile, Framing, Headers, Persistence, RequestHop,
    ResponseHead, ResponseHop, Version, client_concludes, encode_chunk, encode_last_chunk, forward_request,
    forward_response, persistence_fields, server_decides,
};
use crate::order::Map;
use crate::rule::Rule;
use crate::tcp::{Received, SocketId};

/// A proxy that keeps to RFC 9110 section 7.6.1.
#[derive(Debug)]
pub(super) struct SmartProxy {
    spec: SmartProxySpec,
    profile: ForwardingProfile,
    clients: Map<SocketId, Client>,
    /// The client for which each connection to the next node was opened.
    owners: Map<SocketId, SocketId>,
}

impl Role for SmartProxy {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                host.listen(self.spec.port);
            }
            Input::Acceptable(listener) => {
                if let Some(socket) = host.accept(listener) {
                    self.accepted(socket, host);
                }
            }
            Input::Connected(server) => {
                if let Some(client) = self.owners.get(&server).copied() {
                    if let Some(upstream) = self.upstream(client) {
                        upstream.open = true;
                    }
                    self.forward(client, host);
                }
            }
            Input::ConnectFailed(server, error) => self.upstream_lost(server, error.name(), host),
            Input::Readable(socket) | Input::Failed(socket, _) => {
                if self.clients.contains_key(&socket) {
                    self.read_client(socket, host);
                } else {
                    self.read_server(socket, host);
                }
            }
            Input::Writable(socket) => {
                if self.clients.contains_key(&socket) {
                    self.flush_client(socket, host);
                } else if let Some(client) = self.owners.get(&socket).copied() {
                    self.flush_server(client, host);
                }
            }
            Input::TimerExpired(timer) => {
                if let (Some(socket), Waiting::IdleTimeout) = (timer.socket, timer.purpose) {
                    self.end_client(socket, Rule::IdleTimeout, host);
                }
            }
        }
    }
}

impl SmartProxy {
    pub(super) fn new(spec: SmartProxySpec) -> Self {
        Self {
            profile: ForwardingProfile::named(&spec.forwarding).unwrap_or_default(),
            spec,
            clients: Map::new(),
            owners: Map::new(),
        }
    }

    fn upstream(&mut self, client: SocketId) -> Option<&mut Upstream> {
        self.clients.get_mut(&client)?.upstream.as_mut()
    }

    fn accepted(&mut self, socket: SocketId, host: &mut dyn Host) {
        self.clients.insert(socket, Client::new());
        self.wait_for_request(socket, host);
        self.read_client(socket, host);
    }

    fn wait_for_request(&self, socket: SocketId, host: &mut dyn Host) {
        host.wait_for(socket, Waiting::Request, Rule::NextRequest);
        if !self.spec.idle_timeout_us.is_zero() {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout };
            host.set_timer(timer, self.spec.idle_timeout_us, Rule::IdleTimeout);
        }
    }

    // ---- the client's side ----

    fn read_client(&mut self, socket: SocketId, host: &mut dyn Host) {
        loop {
            let Some(client) = self.clients.get_mut(&socket) else { return };
            if client.ending.is_some() {
                return;
            }
            match host.receive(socket, 65_536) {
                Ok(Received::Octets(octets)) => {
                    client.decoder.push(&octets);
                    self.decode_requests(socket, host);
                }
                Ok(Received::EndOfStream) => {
                    client.peer_closed = true;
                    client.decoder.close();
                    if client.transaction.is_none() && client.queue.is_empty() {
                        self.end_client(socket, Rule::PeerClosed, host);
                    }
                    return;
                }
                Ok(Received::WouldBlock) => return,
                Err(_) => {
                    self.end_client(socket, Rule::ResetReceived, host);
                    return;
                }
            }
        }
    }

    fn decode_requests(&mut self, socket: SocketId, host: &mut dyn Host) {
        while let Some(client) = self.clients.get_mut(&socket) {
            match client.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Request { head, framing } => {
                        let start_line = head.start_line();
                        let offset = piece.range.start;
                        client.arriving =
                            Some(Request { head, offset, body: Vec::new(), length: framing.length });
                        let event = Event::RequestReceived { socket, start_line, head: piece.range };
                        host.record(event, Rule::NextRequest);
                        let timer = RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout };
                        host.stop_timer(timer, Rule::NextRequest);
                    }
                    Decoded::Body(octets) => {
                        if let Some(request) = &mut client.arriving {
                            request.body.extend_from_slice(&octets);
                        }
                    }
                    Decoded::End { .. } => {
                        let request = client.arriving.take();
                        client.queue.extend(request);
                        self.begin(socket, host);
                    }
                    Decoded::Response { .. } | Decoded::Interim { .. } => {}
                },
                Ok(None) => return,
                Err(error) => {
                    self.reject(socket, &error, host);
                    return;
                }
            }
        }
    }

    /// Answers what cannot be understood itself, and ends.
    fn reject(&mut self, socket: SocketId, error: &DecodeError, host: &mut dyn Host) {
        let event = Event::MessageRejected {
            socket,
            problem: error.key().to_owned(),
            line: super::error_line(error),
        };
        host.record(event, error.rule());
        self.answer_itself(socket, error.status(), &format!("{error}\n"), Rule::ErrorCloses, host);
    }

    fn answer_itself(&mut self, socket: SocketId, status: u16, text: &str, rule: Rule, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let response = ResponseHead::new(Version::Http11, status)
            .with("Content-Type", "text/plain")
            .with("Content-Length", text.len().to_string())
            .with("Connection", "close");
        let mut octets = response.encode();
        octets.extend_from_slice(text.as_bytes());
        client.outgoing.push_back(octets.into());
        client.transaction = None;
        client.ending = Some(rule);
        let persistence = Persistence { persists: false, rule };
        host.record(Event::PersistenceDecided { socket, persistence }, rule);
        host.believe(socket, Belief::ClosesAfterResponse, rule);
        self.flush_client(socket, host);
    }

    /// Takes the next whole request and opens what it needs.
    fn begin(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        if client.transaction.is_some() || client.ending.is_some() {
            return;
        }
        let Some(request) = client.queue.pop_front() else { return };
        if let Err(error) = request.head.validate() {
            self.reject(socket, &DecodeError::Head(error), host);
            return;
        }
        // The whole body is here, so its length is known on the next hop.
        let length = match request.length {
            BodyLength::Chunked => BodyLength::Exactly(request.body.len() as u64),
            other => other,
        };
        let address = host.remote(socket).map(|remote| remote.address.to_string()).unwrap_or_default();
        let hop = RequestHop {
            own_name: &self.spec.via_name,
            client_address: &address,
            next_is_proxy: self.spec.next_is_proxy,
            body: length,
        };
        let (forwarded, rewrite) = forward_request(&request.head, &self.profile, &hop);
        let usable = client.upstream.as_ref().is_some_and(|upstream| upstream.usable);
        let offset = request.offset;
        client.transaction = Some(Transaction { request, forwarded, sent: false, answer: None });
        if !usable {
            self.drop_upstream(socket, Rule::PeerClosed, host);
            match host.connect(&self.spec.next, self.spec.next_port) {
                Ok(server) => {
                    self.owners.insert(server, socket);
                    if let Some(client) = self.clients.get_mut(&socket) {
                        client.upstream = Some(Upstream {
                            socket: server,
                            open: false,
                            usable: true,
                            decoder: Decoder::responses(),
                            outgoing: VecDeque::new(),
                        });
                    }
                    host.wait_for(server, Waiting::Connection, Rule::ActiveOpen);
                }
                Err(error) => {
                    self.bad_gateway(socket, error.name(), host);
                    return;
                }
            }
        }
        if let Some(server) = self.upstream(socket).map(|upstream| upstream.socket) {
            let to_offset = host.written(server);
            let event =
                Event::HeadersRewritten { from: socket, from_offset: offset, to: server, to_offset, rewrite };
            host.record(event, Rule::HopByHopField);
        }
        host.wait_for(socket, Waiting::Response, Rule::NextRequest);
        self.forward(socket, host);
    }

    /// Sends the request on, once the connection is open.
    fn forward(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let (Some(transaction), Some(upstream)) = (&mut client.transaction, &mut client.upstream) else {
            return;
        };
        if !upstream.open || transaction.sent {
            return;
        }
        transaction.sent = true;
        upstream.decoder.expect(transaction.forwarded.method.clone());
        let mut octets = transaction.forwarded.encode();
        octets.extend_from_slice(&transaction.request.body);
        upstream.outgoing.push_back(octets.into());
        let server = upstream.socket;
        let asks = crate::http::request_wants_persistence(&transaction.forwarded);
        let belief = match asks.rule {
            Rule::Http11Persists => Belief::Persists,
            _ if asks.persists => Belief::AskedToPersist,
            _ => Belief::ClosesAfterResponse,
        };
        self.flush_server(socket, host);
        host.believe(server, belief, asks.rule);
        host.wait_for(server, Waiting::Response, Rule::NextRequest);
    }

    fn flush_server(&mut self, client: SocketId, host: &mut dyn Host) {
        let Some(upstream) = self.upstream(client) else { return };
        let server = upstream.socket;
        if let Err(error) = drain(&mut upstream.outgoing, server, host) {
            self.upstream_lost(server, error, host);
        }
    }

    // ---- the server's side ----

    fn read_server(&mut self, server: SocketId, host: &mut dyn Host) {
        loop {
            let Some(client) = self.owners.get(&server).copied() else { return };
            let Some(upstream) = self.upstream(client) else { return };
            match host.receive(server, 65_536) {
                Ok(Received::Octets(octets)) => {
                    upstream.decoder.push(&octets);
                    self.decode_responses(client, host);
                }
                Ok(Received::EndOfStream) => {
                    upstream.usable = false;
                    upstream.decoder.close();
                    self.decode_responses(client, host);
                    self.upstream_lost(server, "closed-before-response", host);
                    return;
                }
                Ok(Received::WouldBlock) => return,
                Err(error) => {
                    upstream.usable = false;
                    upstream.decoder.abort();
                    self.decode_responses(client, host);
                    self.upstream_lost(server, error.name(), host);
                    return;
                }
            }
        }
    }

    fn decode_responses(&mut self, socket: SocketId, host: &mut dyn Host) {
        while let Some(upstream) = self.upstream(socket) {
            let server = upstream.socket;
            match upstream.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Response { head, framing } => {
                        let start_line = head.start_line();
                        let offset = piece.range.start;
                        let event = Event::ResponseReceived { socket: server, start_line, head: piece.range };
                        host.record(event, framing.rule);
                        self.answer(socket, server, head, framing, offset, host);
                    }
                    Decoded::Body(octets) => self.pass_body(socket, &octets, host),
                    Decoded::End { trailers } => self.answered(socket, &trailers, host),
                    Decoded::Interim { .. } | Decoded::Request { .. } => {}
                },
                Ok(None) => return,
                Err(error) => {
                    if let DecodeError::IncompleteBody { expected, got } = error {
                        let event = Event::MessageIncomplete { socket: server, received: got, expected };
                        host.record(event, error.rule());
                    }
                    upstream.usable = false;
                    return;
                }
            }
        }
    }

    /// The response's head has come: decide about the client's connection, and send the head on.
    fn answer(
        &mut self,
        socket: SocketId,
        server: SocketId,
        head: ResponseHead,
        framing: Framing,
        offset: u64,
        host: &mut dyn Host,
    ) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(transaction) = &mut client.transaction else { return };
        let request = &transaction.request.head;
        let length = self.profile.response_length(framing.length, request.version);
        let policy = self.profile.server_policy();
        let decision = server_decides(request, length, &policy);
        let fields = persistence_fields(request, decision, &policy);
        let hop = ResponseHop {
            own_name: &self.spec.via_name,
            client_version: request.version,
            client_asked: decision.persists && fields.iter().any(|field| field.name == "Connection"),
            persists: decision.persists,
            hints: self.profile.hints,
            body: length,
        };
        let (forwarded, rewrite) = forward_response(&head, &self.profile, &hop);
        transaction.answer = Some(Answer { head, framing, length, decision, body_len: 0 });
        client.outgoing.push_back(forwarded.encode().into());
        let event = Event::HeadersRewritten {
            from: server,
            from_offset: offset,
            to: socket,
            to_offset: host.written(socket),
            rewrite,
        };
        host.record(event, Rule::HopByHopField);
        host.record(Event::PersistenceDecided { socket, persistence: decision }, decision.rule);
    }

    fn pass_body(&mut self, socket: SocketId, octets: &Bytes, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(answer) = client.transaction.as_mut().and_then(|transaction| transaction.answer.as_mut())
        else {
            return;
        };
        answer.body_len += octets.len() as u64;
        let framed = match answer.length {
            BodyLength::Chunked => encode_chunk(octets).into(),
            _ => octets.clone(),
        };
        // A head that waits goes out together with the first of its body.
        client.outgoing.push_back(framed);
        self.flush_client(socket, host);
    }

    /// The response is whole: both connections draw their own conclusion.
    fn answered(&mut self, socket: SocketId, trailers: &Headers, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(transaction) = client.transaction.take() else { return };
        let Some(answer) = transaction.answer else { return };
        if answer.length == BodyLength::Chunked {
            let trailers = if self.profile.forwards_trailers { trailers.clone() } else { Headers::new() };
            client.outgoing.push_back(encode_last_chunk(&trailers).into());
        }
        if let Some(upstream) = &mut client.upstream {
            let server = upstream.socket;
            let conclusion = client_concludes(&transaction.forwarded, &answer.head, &answer.framing);
            upstream.usable &= conclusion.persists;
            host.record(
                Event::PersistenceDecided { socket: server, persistence: conclusion },
                conclusion.rule,
            );
            let (belief, waiting) = if conclusion.persists {
                (Belief::Persists, Waiting::NextRequest)
            } else {
                (Belief::ClosesAfterResponse, Waiting::PeerClose)
            };
            host.believe(server, belief, conclusion.rule);
            host.wait_for(server, waiting, conclusion.rule);
        }
        let decision = answer.decision;
        let belief = if decision.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, decision.rule);
        if !decision.persists {
            client.ending = Some(decision.rule);
        }
        self.flush_client(socket, host);
    }

    fn flush_client(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        // What is ready goes out in one write, as a proxy with one buffer does it.
        let ready: Vec<u8> = client.outgoing.drain(..).flatten().collect();
        if !ready.is_empty() {
            client.outgoing.push_back(ready.into());
        }
        if drain(&mut client.outgoing, socket, host).is_err() {
            self.end_client(socket, Rule::ResetReceived, host);
            return;
        }
        let Some(client) = self.clients.get_mut(&socket) else { return };
        if !client.outgoing.is_empty() || client.transaction.is_some() {
            return;
        }
        if let Some(rule) = client.ending {
            self.end_client(socket, rule, host);
        } else if !client.queue.is_empty() {
            self.begin(socket, host);
        } else if client.peer_closed {
            self.end_client(socket, Rule::PeerClosed, host);
        } else {
            self.wait_for_request(socket, host);
        }
    }

    // ---- ends ----

    /// The connection to the next node is over: an answer that is missing becomes 502.
    fn upstream_lost(&mut self, server: SocketId, problem: &str, host: &mut dyn Host) {
        let Some(socket) = self.owners.get(&server).copied() else { return };
        self.drop_upstream(socket, Rule::PeerClosed, host);
        let Some(client) = self.clients.get_mut(&socket) else { return };
        match &client.transaction {
            None => {}
            Some(Transaction { answer: None, .. }) => self.bad_gateway(socket, problem, host),
            // Half an answer is passed on as what it is: a connection that ends too early.
            Some(_) => {
                client.transaction = None;
                client.ending = Some(Rule::IncompleteMessage);
                self.flush_client(socket, host);
            }
        }
    }

    fn bad_gateway(&mut self, socket: SocketId, problem: &str, host: &mut dyn Host) {
        self.answer_itself(socket, 502, &format!("Bad Gateway: {problem}\n"), Rule::BadGateway, host);
    }

    fn drop_upstream(&mut self, client: SocketId, rule: Rule, host: &mut dyn Host) {
        let Some(upstream) = self.clients.get_mut(&client).and_then(|client| client.upstream.take()) else {
            return;
        };
        self.owners.remove(&upstream.socket);
        host.finish(upstream.socket, rule);
    }

    fn end_client(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        self.drop_upstream(socket, rule, host);
        if self.clients.remove(&socket).is_some() {
            host.stop_timer(RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout }, rule);
            host.finish(socket, rule);
        }
    }
}
