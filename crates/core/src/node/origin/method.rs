//! What an origin server says for the method alone, and to a request whose body waits for 100 (Continue).

use bytes::Bytes;

use super::answer::path_of;
use super::server::OriginServer;
use crate::event::{Belief, Event, Waiting};
use crate::http::{
    BodyLength, Method, Persistence, RequestHead, RequestTarget, ResponseHead, ServerPolicy, Version,
    persistence_fields, server_decides, trace_content,
};
use crate::node::{Host, OriginServerSpec};
use crate::rule::Rule;
use crate::tcp::SocketId;

/// Whether the request's body comes only when it is invited.
///
/// Source: RFC 9110 section 10.1.1: not that of an HTTP/1.0 request, and not one that is empty.
pub(super) fn expects_continue(request: &RequestHead, length: BodyLength) -> bool {
    request.version == Version::Http11
        && !matches!(length, BodyLength::None | BodyLength::Exactly(0))
        && request.headers.contains_token("Expect", "100-continue")
}

impl OriginServerSpec {
    /// What it promises about a connection on which so many requests were answered.
    pub(super) fn policy(&self, answered: u32) -> ServerPolicy {
        let left = (self.max_requests > 0).then(|| self.max_requests.saturating_sub(answered));
        ServerPolicy {
            keeps_connections: self.keep_alive,
            keeps_http10_clients: self.keep_alive,
            keeps_http10_after_chunks: false,
            honours_proxy_connection: false,
            requests_left: left,
            hinted_timeout: (self.hints && !self.idle_timeout_us.is_zero()).then_some(self.idle_timeout_us),
            hints_max: self.hints && self.max_requests > 0,
            // A server of the book's time is silent when it does not agree; one of today says close.
            says_close_to_http10: self.version == Version::Http11,
        }
    }
}

impl OriginServer {
    /// The answer that the method asks for, whatever the resource; false when the resource answers.
    ///
    /// Source: RFC 9110 sections 9.1, 9.3.6, 9.3.7 and 9.3.8.
    pub(super) fn answer_method(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        host: &mut dyn Host,
    ) -> bool {
        let head = |status| ResponseHead::new(self.spec.version, status);
        let (head, body, rule) = match request.method {
            // Section 9.1: "An origin server that receives a request method that is unrecognized or not implemented
            // SHOULD respond with the 501 (Not Implemented) status code." Section 9.3.6: "most origin servers do not
            // implement CONNECT".
            Method::Connect | Method::Extension(_) => {
                let text = format!("{} is not implemented here\n", request.method);
                (head(501).with("Content-Type", "text/plain"), text.into(), Rule::MethodNotImplemented)
            }
            Method::Trace => {
                let content = trace_content(request).into();
                (head(200).with("Content-Type", "message/http"), content, Rule::LoopBack)
            }
            Method::Options => {
                let path = path_of(request);
                let is_server_wide = matches!(request.form(), Some(RequestTarget::Asterisk));
                let known = self.resources.iter().find(|resource| resource.path == path);
                if !is_server_wide && known.is_none_or(|resource| resource.status >= 400) {
                    return false;
                }
                (head(200).with("Allow", Method::IMPLEMENTED), Bytes::new(), Rule::ServerOptions)
            }
            _ => return false,
        };
        self.taken_up = self.taken_up.saturating_add(1);
        self.answer_itself(socket, request, head, body, rule, host);
        true
    }

    fn answer_itself(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        mut head: ResponseHead,
        body: Bytes,
        rule: Rule,
        host: &mut dyn Host,
    ) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        connection.answered += 1;
        let policy = self.spec.policy(connection.answered);
        let decision = if request.method == Method::Connect {
            // What follows may be meant for the tunnel that there is not.
            Persistence { persists: false, rule }
        } else {
            server_decides(request, BodyLength::Exactly(body.len() as u64), &policy)
        };
        let status = head.status;
        head.headers.push("Content-Length", body.len().to_string());
        for field in persistence_fields(request, decision, &policy) {
            head.headers.push(field.name, field.value);
        }
        connection.outgoing.push_back(head.encode().into());
        if !body.is_empty() {
            connection.outgoing.push_back(body);
        }
        if !decision.persists {
            connection.ending.get_or_insert(decision.rule);
        }
        host.record(Event::AnswerChosen { socket, status }, rule);
        host.record(Event::PersistenceDecided { socket, persistence: decision }, decision.rule);
        let belief = if decision.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, decision.rule);
    }

    /// Answers a request whose body waits: 100 when the body is wanted, or the final status that its head alone
    /// decides.
    ///
    /// Source: RFC 9110 section 10.1.1.
    pub(super) fn answer_expectation(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        let is_busy = connection.current.is_some()
            || !connection.queue.is_empty()
            || !connection.outgoing.is_empty()
            || connection.ending.is_some();
        if is_busy || !core::mem::take(&mut connection.awaits_continue) {
            return;
        }
        // A server of HTTP/1.0 knows nothing of it.
        let Some((request, _)) =
            connection.arriving.as_ref().filter(|_| self.spec.version == Version::Http11)
        else {
            return;
        };
        let path = path_of(request);
        let refused = if !request.method.is_implemented() {
            Some((501, Rule::MethodNotImplemented))
        } else if !self.resources.iter().any(|resource| resource.path == path) {
            Some((404, Rule::BodyUninvited))
        } else {
            None
        };
        if let Some((status, rule)) = refused {
            let text = "the body is not wanted\n".to_owned();
            return self.refuse(socket, status, text, rule, host);
        }
        connection.outgoing.push_back(ResponseHead::new(self.spec.version, 100).encode().into());
        host.wait_for(socket, Waiting::RestOfRequest, Rule::ExpectContinue);
        self.flush(socket, host);
    }
}
