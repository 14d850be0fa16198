//! The smart proxy's upstream side: reading the next node's answers and forwarding them.

use core::ops::Range;

use bytes::Bytes;

use super::smart::SmartProxy;
use super::transaction::{Answer, Upstream};
use crate::event::{Belief, Event, Waiting};
use crate::http::{
    BodyLength, CacheLookup, Decoded, Framing, Headers, KeepAliveParams, MessageError, MessageProblem,
    Persistence, RequestHead, ResponseHead, ResponseHop, Rewrite, Version, client_concludes, encode_chunk,
    encode_last_chunk, forward_response, persistence_fields, server_decides,
};
use crate::node::Host;
use crate::rule::Rule;
use crate::tcp::SocketId;

impl SmartProxy {
    pub(super) fn read_server(&mut self, server: SocketId, host: &mut dyn Host) {
        if self.upstream_of(server).is_none() {
            // On a connection that no client uses only its end can come, or what nobody asked for.
            return self.close_idle(server, Rule::PeerClosed, host);
        }
        if self.is_tunnel(server) {
            return self.relay(server, host);
        }
        let end = host.read_available(server, |octets, host| {
            if let Some((client, upstream)) = self.upstream_of(server) {
                upstream.heard = true;
                upstream.decoder.push(&octets);
                self.decode_responses(client, host);
            }
            self.upstream_of(server).is_some() && !self.is_tunnel(server)
        });
        if self.is_tunnel(server) {
            return self.relay(server, host);
        }
        let (Some(end), Some((client, upstream))) = (end, self.upstream_of(server)) else { return };
        upstream.usable = false;
        end.end_stream(&mut upstream.decoder);
        self.decode_responses(client, host);
        self.upstream_lost(server, end.failure(), host);
    }

    /// The connection to the server, and the client on whose behalf it is open.
    fn upstream_of(&mut self, server: SocketId) -> Option<(SocketId, &mut Upstream)> {
        let client = self.owners.get(&server).copied()?;
        Some((client, self.upstream(client)?))
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
                        if upstream.decoder.is_switched() {
                            return self.switched(socket, &head, offset, host);
                        }
                        self.answer(socket, server, head, framing, offset, host);
                    }
                    Decoded::Body(octets) => self.pass_body(socket, &octets),
                    Decoded::End { trailers } => self.answered(socket, &trailers, host),
                    Decoded::Interim { head } => self.interim(socket, server, &head, piece.range, host),
                    Decoded::Request { .. } => {}
                },
                Ok(None) => {
                    // All that one read has brought goes on in one write: head, body, and the last chunk.
                    let waits = self.clients.get(&socket).is_some_and(|client| !client.outgoing.is_empty());
                    if waits {
                        self.flush_client(socket, host);
                    }
                    return;
                }
                Err(error) => {
                    if let MessageProblem::IncompleteBody { expected, got } = error.problem {
                        let event = Event::MessageIncomplete { socket: server, received: got, expected };
                        host.record(event, error.problem.rule());
                    }
                    upstream.usable = false;
                    // What an end leaves incomplete is told by who reads the end.
                    if !error.problem.is_incomplete() {
                        self.refuse_response(socket, &error, host);
                    }
                    return;
                }
            }
        }
    }

    /// The server's answer cannot be understood: its connection ends, and the client hears 502, or, when the head is
    /// already out, that the message is incomplete.
    ///
    /// Source: RFC 9112 section 6.3; RFC 9110 section 15.6.3.
    pub(super) fn refuse_response(&mut self, socket: SocketId, error: &MessageError, host: &mut dyn Host) {
        let Some(upstream) = self.upstream(socket) else { return };
        let (server, offset) = (upstream.socket, upstream.decoder.message_start());
        let rule = error.problem.rule();
        host.record(
            Event::MessageRejected { socket: server, offset, is_response: true, error: *error },
            rule,
        );
        self.upstream_over(server, error.problem.into(), rule, host);
    }

    /// An interim response goes on to a client that knows of them.
    ///
    /// Source: RFC 9110 section 15.2: "A proxy MUST forward 1xx responses unless the proxy itself requested the
    /// generation of the 1xx response", and "a server MUST NOT send a 1xx response to an HTTP/1.0 client".
    fn interim(
        &mut self,
        socket: SocketId,
        server: SocketId,
        head: &ResponseHead,
        range: Range<u64>,
        host: &mut dyn Host,
    ) {
        let offset = range.start;
        let event = Event::ResponseReceived { socket: server, start_line: head.start_line(), head: range };
        host.record(event, Rule::InterimResponse);
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(version) = client.transaction.as_ref().map(|transaction| transaction.request.head.version)
        else {
            return;
        };
        if version == Version::Http10 {
            return;
        }
        let hop = ResponseHop::bodiless(&self.spec.via_name, version);
        let (forwarded, rewrite) = forward_response(head, &self.profile, &hop);
        let waiting: usize = client.outgoing.iter().map(Bytes::len).sum();
        let event = Event::HeadersRewritten {
            from: server,
            from_offset: offset,
            to: socket,
            to_offset: host.written(socket) + waiting as u64,
            rewrite: rewrite.into(),
        };
        client.outgoing.push_back(forwarded.encode().into());
        host.record(event, Rule::InterimResponse);
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
        let Some(transaction) = self.clients.get(&socket).and_then(|client| client.transaction.as_ref())
        else {
            return;
        };
        let request = transaction.request.head.clone();
        let length = self.profile.response_length(framing.length, request.version);
        let arrived = host.now();
        // The answer to the proxy's own conditional request is not forwarded.
        let lookup = if transaction.validates { CacheLookup::Replaced } else { CacheLookup::Miss };
        let validated = transaction.validates && head.status == 304;
        let (decision, kept) = if validated {
            (Persistence { persists: true, rule: Rule::NotModified }, None)
        } else {
            let kept = self.decide_to_keep(socket, &request, &head, host);
            let (decision, rewrite) = self.send_head(socket, &request, &head, length, lookup);
            let event = Event::HeadersRewritten {
                from: server,
                from_offset: offset,
                to: socket,
                to_offset: host.written(socket),
                rewrite: rewrite.into(),
            };
            host.record(event, Rule::MessageForwarded);
            host.record(Event::PersistenceDecided { socket, persistence: decision }, decision.rule);
            (decision, kept)
        };
        if let Some(transaction) =
            self.clients.get_mut(&socket).and_then(|client| client.transaction.as_mut())
        {
            transaction.answer = Some(Answer {
                head,
                offset,
                framing,
                length,
                decision,
                body_len: 0,
                arrived,
                validated,
                kept,
            });
        }
    }

    /// Queues a response's head for the client, rewritten for it, and decides whether its connection persists.
    pub(super) fn send_head(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        head: &ResponseHead,
        length: BodyLength,
        lookup: CacheLookup,
    ) -> (Persistence, Rewrite) {
        let mut policy = self.profile.server_policy();
        if let Some(client) = self.clients.get_mut(&socket) {
            // The client's first request is not counted: Apache says `max=3`, 2, 1 and then `close`.
            policy.requests_left = policy.requests_left.map(|most| most.saturating_sub(client.answered));
            client.answered += 1;
        }
        let unfinished = self.clients.get(&socket).is_some_and(|client| client.streams);
        let decision = if unfinished {
            // Whether the body will come after this, nobody knows: the next octets could be a request or not.
            Persistence { persists: false, rule: Rule::BodyUninvited }
        } else {
            server_decides(request, length, &policy)
        };
        let fields = persistence_fields(request, decision, &policy);
        let hop = ResponseHop {
            own_name: &self.spec.via_name,
            client_version: request.version,
            client_asked: decision.persists && fields.iter().any(|field| field.name == "Connection"),
            persists: decision.persists,
            hints: KeepAliveParams { max: policy.requests_left, ..self.profile.hints },
            body: length,
            lookup,
        };
        let (forwarded, rewrite) = forward_response(head, &self.profile, &hop);
        if let Some(client) = self.clients.get_mut(&socket) {
            client.outgoing.push_back(forwarded.encode().into());
        }
        (decision, rewrite)
    }

    fn pass_body(&mut self, socket: SocketId, octets: &Bytes) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(answer) = client.transaction.as_mut().and_then(|transaction| transaction.answer.as_mut())
        else {
            return;
        };
        answer.body_len += octets.len() as u64;
        if let Some((_, body)) = &mut answer.kept {
            body.extend_from_slice(octets);
        }
        let framed = match answer.length {
            BodyLength::Chunked => encode_chunk(octets).into(),
            _ => octets.clone(),
        };
        client.outgoing.push_back(framed);
    }

    /// The response is complete: each connection persists or closes by its own rules.
    fn answered(&mut self, socket: SocketId, trailers: &Headers, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let answer = client.transaction.as_ref().and_then(|transaction| transaction.answer.as_ref());
        if answer.is_some_and(|answer| answer.length == BodyLength::Chunked && !answer.validated) {
            let trailers = if self.profile.forwards_trailers { trailers.clone() } else { Headers::new() };
            client.outgoing.push_back(encode_last_chunk(&trailers).into());
        }
        // The answer is sent before either connection is closed.
        self.flush_client(socket, host);
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(mut transaction) = client.transaction.take() else { return };
        let Some(answer) = transaction.answer.take() else { return };
        let mut server = None;
        if let Some(upstream) = &mut client.upstream {
            let mut conclusion = client_concludes(&transaction.forwarded, &answer.head, &answer.framing);
            if answer.head.version == Version::Http10 && !self.profile.keeps_http10_servers {
                conclusion.persists = false;
                conclusion.rule = Rule::Http10Closes;
            }
            // With unsolicited octets behind it, the start of the next response would be a guess. RFC 9112 section 9.2.
            upstream.usable &= conclusion.persists && upstream.decoder.is_idle() && !client.streams;
            server = Some(upstream.socket);
            Self::conclude_server(upstream.socket, conclusion, host);
        }
        self.release_server(socket, host);
        if answer.validated {
            self.serve_validated(socket, server, &transaction, &answer, host);
        } else {
            let decision = answer.decision;
            self.keep(socket, server, &transaction, answer, host);
            self.conclude_client(socket, decision, host);
        }
        self.flush_client(socket, host);
    }

    fn conclude_server(server: SocketId, conclusion: Persistence, host: &mut dyn Host) {
        host.record(Event::PersistenceDecided { socket: server, persistence: conclusion }, conclusion.rule);
        let (belief, waiting) = if conclusion.persists {
            (Belief::Persists, Waiting::NextRequest)
        } else {
            (Belief::ClosesAfterResponse, Waiting::PeerClose)
        };
        host.believe(server, belief, conclusion.rule);
        host.wait_for(server, waiting, conclusion.rule);
    }

    /// The whole answer is in the client's output.
    pub(super) fn conclude_client(&mut self, socket: SocketId, decision: Persistence, host: &mut dyn Host) {
        let belief = if decision.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, decision.rule);
        if let Some(client) = self.clients.get_mut(&socket)
            && !decision.persists
        {
            client.ending = Some(decision.rule);
        }
    }
}
