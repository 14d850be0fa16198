//! Answers that the smart proxy gives itself, and the ends of its connections.

use bytes::Bytes;

use super::reuse::idle_timer;
use super::smart::SmartProxy;
use super::transaction::{Client, Transaction};
use crate::event::{Belief, Event, Failure, Waiting};
use crate::http::{
    BodyLength, MessageError, Method, Persistence, RequestHead, ResponseHead, Version, persistence_fields,
    server_decides,
};
use crate::node::{Host, RoleTimer};
use crate::rule::Rule;
use crate::tcp::SocketId;

impl SmartProxy {
    /// Answers a malformed request itself, and closes.
    pub(super) fn reject(&mut self, socket: SocketId, error: &MessageError, host: &mut dyn Host) {
        let Some(client) = self.clients.get(&socket) else { return };
        let offset = client.decoder.message_start();
        host.record(
            Event::MessageRejected { socket, offset, is_response: false, error: *error },
            error.problem.rule(),
        );
        self.answer_itself(socket, error.problem.status(), &format!("{error}\n"), Rule::ErrorCloses, host);
    }

    pub(super) fn answer_itself(
        &mut self,
        socket: SocketId,
        status: u16,
        text: &str,
        rule: Rule,
        host: &mut dyn Host,
    ) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        // RFC 9110 section 9.3.2: the answer to HEAD has no content.
        let is_head = client
            .transaction
            .as_ref()
            .is_some_and(|transaction| transaction.request.head.method == Method::Head);
        let response = ResponseHead::new(Version::Http11, status)
            .with("Content-Type", "text/plain")
            .with("Content-Length", text.len().to_string())
            .with("Connection", "close");
        let mut octets = response.encode();
        if !is_head {
            octets.extend_from_slice(text.as_bytes());
        }
        client.outgoing.push_back(octets.into());
        client.transaction = None;
        client.ending = Some(rule);
        host.record(Event::AnswerChosen { socket, status }, rule);
        let persistence = Persistence { persists: false, rule };
        host.record(Event::PersistenceDecided { socket, persistence }, rule);
        host.believe(socket, Belief::ClosesAfterResponse, rule);
        self.flush_client(socket, host);
    }

    /// The connection to the next node is over: an answer that is missing becomes 502.
    pub(super) fn upstream_lost(&mut self, server: SocketId, problem: Failure, host: &mut dyn Host) {
        self.upstream_over(server, problem, Rule::PeerClosed, host);
    }

    pub(super) fn upstream_over(
        &mut self,
        server: SocketId,
        problem: Failure,
        rule: Rule,
        host: &mut dyn Host,
    ) {
        let Some(socket) = self.owners.get(&server).copied() else { return };
        if self.is_tunnel(socket) {
            return self.end_client(socket, rule, host);
        }
        if self.sends_again(server, host) {
            return;
        }
        self.drop_upstream(socket, rule, host);
        let Some(client) = self.clients.get_mut(&socket) else { return };
        match &client.transaction {
            None => {}
            Some(Transaction { answer: None, .. }) => {
                self.bad_gateway(socket, problem, host);
                self.flush_client(socket, host);
            }
            // Half an answer is passed on as what it is: a connection that ends too early.
            Some(Transaction { answer: Some(answer), .. }) => {
                // RFC 9112 section 8: where the end would be the body's end, only a reset says that it is not.
                let aborts = answer.length == BodyLength::UntilClose;
                self.refuse_incomplete(socket, host);
                if let Some(client) = self.clients.get_mut(&socket) {
                    client.transaction = None;
                    client.aborts = aborts;
                    client.ending = Some(Rule::IncompleteMessage);
                }
                self.flush_client(socket, host);
            }
        }
    }

    /// Answers for a server that does not; true when it is for the caller to write the answer.
    pub(super) fn bad_gateway(&mut self, socket: SocketId, problem: Failure, host: &mut dyn Host) -> bool {
        let text = format!("Bad Gateway: {problem}\n");
        let client = self.clients.get_mut(&socket);
        let Some(Transaction { request, .. }) = client
            .filter(|client| self.profile.keeps_clients_after_errors && !client.streams)
            .and_then(|client| client.transaction.take())
        else {
            self.answer_itself(socket, 502, &text, Rule::BadGateway, host);
            return false;
        };
        let head = ResponseHead::new(Version::Http11, 502).with("Content-Type", "text/plain");
        self.answer_request(socket, &request.head, head, text.into(), Rule::BadGateway, host);
        true
    }

    /// Puts an answer of the proxy's own to a request into the client's output; its connection may go on.
    pub(super) fn answer_request(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        mut head: ResponseHead,
        body: Bytes,
        rule: Rule,
        host: &mut dyn Host,
    ) {
        let mut policy = self.profile.server_policy();
        let Some(client) = self.clients.get_mut(&socket) else { return };
        policy.requests_left = policy.requests_left.map(|most| most.saturating_sub(client.answered));
        client.answered += 1;
        client.transaction = None;
        let status = head.status;
        head.headers.push("Content-Length", body.len().to_string());
        let decision = if request.method == Method::Connect {
            // What follows may be meant for the tunnel.
            Persistence { persists: false, rule }
        } else if client.streams {
            Persistence { persists: false, rule: Rule::BodyUninvited }
        } else {
            server_decides(request, BodyLength::Exactly(body.len() as u64), &policy)
        };
        head.headers.extend(persistence_fields(request, decision, &policy));
        client.outgoing.push_back(head.encode().into());
        if request.method != Method::Head && !body.is_empty() {
            client.outgoing.push_back(body);
        }
        host.record(Event::AnswerChosen { socket, status }, rule);
        host.record(Event::PersistenceDecided { socket, persistence: decision }, decision.rule);
        self.conclude_client(socket, decision, host);
    }

    pub(super) fn drop_upstream(&mut self, client: SocketId, rule: Rule, host: &mut dyn Host) {
        let Some(upstream) = self.clients.get_mut(&client).and_then(|client| client.upstream.take()) else {
            return;
        };
        self.owners.remove(&upstream.socket);
        host.stop_timer(idle_timer(upstream.socket), rule);
        host.finish(upstream.socket, rule);
    }

    pub(super) fn end_client(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        self.leave_queue(socket, rule, host);
        self.drop_upstream(socket, rule, host);
        if let Some(Client { aborts, .. }) = self.clients.remove(&socket) {
            host.stop_timer(RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout }, rule);
            if aborts {
                host.believe(socket, Belief::Ended, rule);
                host.wait_for(socket, Waiting::Nothing, rule);
                host.abort(socket, rule);
            } else {
                host.finish(socket, rule);
            }
        }
    }
}
