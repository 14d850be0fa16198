//! The smart proxy: each side is a connection of its own, with its own persistence, and every head is
//! rewritten between them.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use bytes::Bytes;

use super::caching::Cache;
use super::methods::own_answer;
use super::pool::Pool;
use super::reuse::{ClientHalfClose, idle_timer};
use super::transaction::{Client, Request, Transaction, Upstream};
use super::tunnel::tunnel_end;
use crate::event::{Belief, Event, Waiting};
use crate::http::{
    BodyLength, Decoded, Decoder, ForwardingProfile, LineChange, Method, RequestHop, forward_request,
};
use crate::node::{Host, Input, InputEnd, Role, RoleTimer, SmartProxySpec, TOO_SLOW};
use crate::rule::Rule;
use crate::tcp::SocketId;

/// A proxy that keeps to RFC 9110 section 7.6.1.
#[derive(Debug)]
pub(super) struct SmartProxy {
    pub(super) spec: SmartProxySpec,
    pub(super) profile: ForwardingProfile,
    pub(super) clients: BTreeMap<SocketId, Client>,
    /// The client for which each connection to the next node was opened.
    pub(super) owners: BTreeMap<SocketId, SocketId>,
    /// The responses that it keeps, where it is a caching proxy.
    pub(super) cache: Option<Cache>,
    pub(super) pool: Pool,
    /// Requests that were sent on.
    sent_on: u32,
}

impl Role for SmartProxy {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                // EADDRINUSE is recorded in the trace.
                let _ = host.listen(self.spec.port);
            }
            Input::TimerExpired(RoleTimer { socket: Some(server), purpose: Waiting::IdleTimeout })
                if self.is_server(server) =>
            {
                self.server_idle_too_long(server, host);
            }
            Input::TimerExpired(RoleTimer { socket: Some(client), purpose: Waiting::FreeConnection }) => {
                self.queue_timed_out(client, host);
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
                    self.connected(client, host);
                }
            }
            Input::ConnectFailed(server, error) => self.upstream_lost(server, error.into(), host),
            Input::Failed(socket, error) if self.clients.contains_key(&socket) => {
                self.read_client(socket, host);
                // Also a connection that is no longer read ends here.
                self.end_client(socket, error.rule(), host);
            }
            Input::Failed(socket, error) if self.is_tunnel(socket) => {
                self.relay(socket, host);
                let client = self.owners.get(&socket).copied().unwrap_or(socket);
                self.end_client(client, error.rule(), host);
            }
            Input::Readable(socket) | Input::Failed(socket, _) => {
                if self.clients.contains_key(&socket) {
                    self.read_client(socket, host);
                } else {
                    self.read_server(socket, host);
                }
            }
            Input::Writable(socket) if self.is_tunnel(socket) => self.tunnel_has_room(socket, host),
            Input::Writable(socket) => {
                if self.clients.contains_key(&socket) {
                    self.flush_client(socket, host);
                } else if let Some(client) = self.owners.get(&socket).copied() {
                    self.flush_server(client, host);
                }
            }
            Input::TimerExpired(timer) => {
                if let (Some(socket), Waiting::IdleTimeout) = (timer.socket, timer.purpose) {
                    // RFC 9110 section 15.5.9: 408 when a request has begun to come.
                    let is_late = |client: &Client| {
                        let answer =
                            client.transaction.as_ref().and_then(|transaction| transaction.answer.as_ref());
                        client.ending.is_none()
                            && client.tunnel.is_none()
                            && answer.is_none()
                            && !client.decoder.is_idle()
                    };
                    if self.clients.get(&socket).is_some_and(is_late) {
                        self.answer_itself(socket, 408, TOO_SLOW, Rule::RequestTimeout, host);
                    } else {
                        self.end_client(socket, Rule::IdleTimeout, host);
                    }
                }
            }
            _ => {}
        }
        self.serve_queue(host);
    }
}

impl SmartProxy {
    pub(super) fn new(spec: SmartProxySpec, cache: Option<Cache>) -> Self {
        let mut profile = ForwardingProfile::named(&spec.forwarding).unwrap_or_default();
        profile.keeps_http10_clients &= spec.knows_http10_clients;
        Self {
            profile,
            spec,
            clients: BTreeMap::new(),
            owners: BTreeMap::new(),
            cache,
            pool: Pool::default(),
            sent_on: 0,
        }
    }

    pub(super) fn upstream(&mut self, client: SocketId) -> Option<&mut Upstream> {
        self.clients.get_mut(&client)?.upstream.as_mut()
    }

    fn accepted(&mut self, socket: SocketId, host: &mut dyn Host) {
        self.clients.insert(socket, Client::new());
        self.wait_for_request(socket, host);
        self.read_client(socket, host);
    }

    pub(super) fn start_idle_timer(&self, socket: SocketId, host: &mut dyn Host) {
        if !self.spec.idle_timeout_us.is_zero() {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout };
            host.set_timer(timer, self.spec.idle_timeout_us, Rule::IdleTimeout);
        }
    }

    fn wait_for_request(&self, socket: SocketId, host: &mut dyn Host) {
        let has_head = self.clients.get(&socket).is_some_and(|client| client.arriving.is_some());
        let (waiting, rule) = match has_head {
            true => (Waiting::RestOfRequest, Rule::AwaitsRest),
            false => (Waiting::Request, Rule::AwaitsRequest),
        };
        host.wait_for(socket, waiting, rule);
        self.start_idle_timer(socket, host);
    }

    // ---- the client's side ----

    fn read_client(&mut self, socket: SocketId, host: &mut dyn Host) {
        if self.is_tunnel(socket) {
            return self.relay(socket, host);
        }
        if !self.is_reading_client(socket) {
            return;
        }
        let end = host.read_available(socket, |octets, host| {
            if let Some(client) = self.clients.get_mut(&socket) {
                client.decoder.push(&octets);
                self.decode_requests(socket, host);
            }
            self.is_reading_client(socket) && !self.is_tunnel(socket)
        });
        if self.is_tunnel(socket) {
            return self.relay(socket, host);
        }
        match end {
            None => {}
            Some(InputEnd::EndOfStream) => {
                let Some(client) = self.clients.get_mut(&socket) else { return };
                client.peer_closed = true;
                client.decoder.close();
                // Half a body that goes on as it comes will not become a whole one.
                if client.streams || client.transaction.is_none() && client.queue.is_empty() {
                    self.end_client(socket, Rule::PeerClosed, host);
                } else if self.spec.client_half_close == ClientHalfClose::GivesUp {
                    self.end_client(socket, Rule::ClientGone, host);
                }
            }
            Some(InputEnd::Failed(error)) => self.end_client(socket, error.rule(), host),
        }
    }

    fn is_reading_client(&self, socket: SocketId) -> bool {
        self.clients.get(&socket).is_some_and(|client| client.ending.is_none())
    }

    fn decode_requests(&mut self, socket: SocketId, host: &mut dyn Host) {
        while let Some(client) = self.clients.get_mut(&socket).filter(|client| !client.held) {
            match client.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Request { head, framing } => {
                        let start_line = head.start_line();
                        let offset = piece.range.start;
                        let rule = if client.is_busy() { Rule::ResponseOrder } else { Rule::RequestRead };
                        client.arriving = Some(Request {
                            head,
                            offset,
                            body: Vec::new(),
                            length: framing.length,
                            is_retry: false,
                            invited: false,
                        });
                        if !client.is_busy() {
                            let (waiting, rule) = match framing.length {
                                BodyLength::None => (Waiting::Response, Rule::MessageForwarded),
                                _ => (Waiting::RestOfRequest, Rule::AwaitsRest),
                            };
                            host.wait_for(socket, waiting, rule);
                        }
                        let event = Event::RequestReceived { socket, start_line, head: piece.range };
                        host.record(event, rule);
                        if self.begin_early(socket, host) {
                            self.flush_client(socket, host);
                        }
                    }
                    Decoded::Body(octets) => {
                        if client.streams {
                            self.pass_request_body(socket, &octets, host);
                        } else if let Some(request) = &mut client.arriving {
                            request.body.extend_from_slice(&octets);
                        }
                    }
                    Decoded::End { .. } => {
                        let request = client.arriving.take();
                        // What follows may be meant for the tunnel, and is no request then.
                        client.held = request.as_ref().is_some_and(|Request { head, .. }| {
                            head.method == Method::Connect
                                || self.profile.leaves_upgrades && head.headers.contains("Upgrade")
                        });
                        client.queue.extend(request);
                        let timer = RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout };
                        host.stop_timer(timer, Rule::RequestRead);
                        if client.streams {
                            self.end_request_body(socket, host);
                        } else if self.begin(socket, host) {
                            self.flush_client(socket, host);
                        }
                    }
                    Decoded::Response { .. } | Decoded::Interim { .. } => {}
                },
                Ok(None) => {
                    if client.arriving.is_some() && !client.is_busy() {
                        self.wait_for_request(socket, host);
                    }
                    return;
                }
                // RFC 9112 section 9.3.2: responses are sent in the order of the requests.
                Err(_) if client.is_busy() || client.ending.is_some() => return,
                Err(error) => return self.reject(socket, &error, host),
            }
        }
    }

    /// Takes the next whole request and opens what it needs; true when it is answered out of the cache.
    pub(super) fn begin(&mut self, socket: SocketId, host: &mut dyn Host) -> bool {
        let Some(client) = self.clients.get_mut(&socket) else { return false };
        if client.transaction.is_some() || client.ending.is_some() {
            return false;
        }
        let Some(request) = client.queue.pop_front() else { return false };
        if let Some((head, body)) = own_answer(&request.head) {
            self.answer_request(socket, &request.head, head, body, Rule::MaxForwards, host);
            return true;
        }
        let Some(conditions) = self.consult_cache(socket, &request.head, host) else { return true };
        // RFC 9110 section 9.3.6: a tunnel has a connection of its own.
        let own_tunnel = (!self.spec.next_is_proxy).then(|| tunnel_end(&request.head)).flatten();
        if own_tunnel.is_none() && !self.has_turn(socket, request.is_retry, host) {
            if let Some(client) = self.clients.get_mut(&socket) {
                client.queue.push_front(request);
            }
            return false;
        }
        // A whole body's length is known on the next hop.
        let client_streams = self.clients.get(&socket).is_some_and(|client| client.streams);
        let length = match request.length {
            BodyLength::Chunked if !client_streams => BodyLength::Exactly(request.body.len() as u64),
            other => other,
        };
        let address = host.remote(socket).map(|remote| remote.address.to_string()).unwrap_or_default();
        let hop = RequestHop {
            own_name: &self.spec.via_name,
            client_address: &address,
            next_is_proxy: self.spec.next_is_proxy,
            body: length,
        };
        let (mut forwarded, mut rewrite) = forward_request(&request.head, &self.profile, &hop);
        let validates = !conditions.is_empty();
        for condition in conditions {
            forwarded.headers.extend([condition.clone()]);
            rewrite.lines.push(LineChange::Added { field: condition, rule: Rule::ConditionalRequest });
        }
        let Some(client) = self.clients.get_mut(&socket) else { return false };
        let known = client.upstream.as_ref().filter(|upstream| upstream.usable && own_tunnel.is_none());
        let goes_anew = !self.profile.reuses_for_any_method && !request.head.method.is_idempotent();
        let usable = known.is_some_and(|upstream| !(goes_anew && upstream.reused));
        let ends_by = if known.is_some() { Rule::NotIdempotent } else { Rule::PeerClosed };
        let offset = request.offset;
        self.sent_on = self.sent_on.saturating_add(1);
        let is_own_tunnel = own_tunnel.is_some();
        client.transaction = Some(Transaction {
            number: self.sent_on - 1,
            request,
            forwarded,
            sent: false,
            asked_at: host.now(),
            validates,
            answer: None,
        });
        if !usable {
            self.drop_upstream(socket, ends_by, host);
            let opened = match own_tunnel {
                Some((name, port)) => {
                    let name = if host.resolve(&name).is_some() { &name } else { &self.spec.next };
                    host.connect(name, port)
                }
                None => host.connect(&self.spec.next, self.spec.next_port),
            };
            match opened {
                Ok(server) => {
                    self.owners.insert(server, socket);
                    if let Some(client) = self.clients.get_mut(&socket) {
                        client.upstream = Some(Upstream {
                            socket: server,
                            open: false,
                            usable: true,
                            reused: false,
                            heard: false,
                            decoder: Decoder::responses(),
                            outgoing: VecDeque::new(),
                        });
                    }
                    host.wait_for(server, Waiting::Connection, Rule::ActiveOpen);
                }
                Err(error) => {
                    return self.bad_gateway(socket, error.into(), host);
                }
            }
        }
        if let Some(server) = self.upstream(socket).map(|upstream| upstream.socket).filter(|_| !is_own_tunnel)
        {
            let to_offset = host.written(server);
            let event = Event::HeadersRewritten {
                from: socket,
                from_offset: offset,
                to: server,
                to_offset,
                rewrite: rewrite.into(),
            };
            host.record(event, Rule::MessageForwarded);
        }
        let (waiting, rule) = match client_streams {
            true => (Waiting::RestOfRequest, Rule::AwaitsRest),
            false => (Waiting::Response, Rule::MessageForwarded),
        };
        host.wait_for(socket, waiting, rule);
        if client_streams {
            self.start_idle_timer(socket, host);
        }
        self.forward(socket, host);
        false
    }

    /// The connection to the next node is open: the request can go, or the tunnel stands.
    fn connected(&mut self, socket: SocketId, host: &mut dyn Host) {
        let transaction = self.clients.get(&socket).and_then(|client| client.transaction.as_ref());
        let is_tunnel =
            transaction.is_some_and(|transaction| tunnel_end(&transaction.request.head).is_some());
        if is_tunnel && !self.spec.next_is_proxy {
            self.tunnel_stands(socket, host);
        } else {
            self.forward(socket, host);
        }
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
        upstream.heard = false;
        host.stop_timer(idle_timer(upstream.socket), Rule::NextRequest);
        transaction.asked_at = host.now();
        upstream.decoder.expect(transaction.forwarded.method.clone());
        let request = &transaction.request;
        let mut octets = transaction.forwarded.encode();
        if client.streams {
            octets.extend_from_slice(&request.framed(&Bytes::copy_from_slice(&request.body)));
        } else {
            octets.extend_from_slice(&request.body);
        }
        upstream.outgoing.push_back(octets.into());
        let server = upstream.socket;
        let asks = crate::http::request_wants_persistence(&transaction.forwarded);
        let belief = match asks.rule {
            Rule::Http11Persists => Belief::Persists,
            _ if asks.persists => Belief::AskedToPersist,
            _ => Belief::ClosesAfterResponse,
        };
        let known = upstream.reused;
        self.flush_server(socket, host);
        // Of a connection that was kept, it knows already that it stays.
        if !known || belief != Belief::AskedToPersist {
            host.believe(server, belief, asks.rule);
        }
        host.wait_for(server, Waiting::Response, Rule::AwaitsResponse);
    }

    pub(super) fn flush_server(&mut self, client: SocketId, host: &mut dyn Host) {
        let Some(upstream) = self.upstream(client) else { return };
        let server = upstream.socket;
        if let Err(error) = host.send_queued(server, &mut upstream.outgoing) {
            self.upstream_lost(server, error.into(), host);
        }
    }

    /// Writes what is ready to the client; when all is written, takes the next request or ends.
    pub(super) fn flush_client(&mut self, socket: SocketId, host: &mut dyn Host) {
        loop {
            let Some(client) = self.clients.get_mut(&socket) else { return };
            // New octets go out in one write, as from a proxy with one buffer; octets without room stay queued.
            let new = client.outgoing.split_off(client.offered.min(client.outgoing.len()));
            let ready: Vec<u8> = new.into_iter().flatten().collect();
            if !ready.is_empty() {
                client.outgoing.push_back(ready.into());
            }
            if host.send_queued(socket, &mut client.outgoing).is_err() {
                self.end_client(socket, Rule::ResetReceived, host);
                return;
            }
            let Some(client) = self.clients.get_mut(&socket) else { return };
            client.offered = client.outgoing.len();
            if !client.outgoing.is_empty() || client.transaction.is_some() {
                return;
            }
            if let Some(rule) = client.ending {
                self.end_client(socket, rule, host);
                return;
            }
            if client.queue.is_empty() {
                // What was held behind the request is read as requests after all.
                if core::mem::take(&mut client.held) {
                    self.decode_requests(socket, host);
                    continue;
                }
                if self.begin_early(socket, host) {
                    continue;
                }
                let Some(client) = self.clients.get_mut(&socket) else { return };
                if client.transaction.is_some() {
                    return;
                }
                if client.decoder.has_failed() {
                    self.decode_requests(socket, host);
                } else if client.peer_closed {
                    self.end_client(socket, Rule::PeerClosed, host);
                } else {
                    self.wait_for_request(socket, host);
                }
                return;
            }
            if !self.begin(socket, host) {
                return;
            }
        }
    }
}
