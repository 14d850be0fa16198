//! Requests that a proxy answers itself for their method, and bodies that wait for 100 (Continue).

use bytes::Bytes;

use super::smart::SmartProxy;
use crate::event::Waiting;
use crate::http::{
    BodyLength, ForwardedVersion, Method, RequestHead, ResponseHead, Version, max_forwards, trace_content,
};
use crate::node::{Host, RoleTimer};
use crate::rule::Rule;
use crate::tcp::SocketId;

/// The answer to an OPTIONS or TRACE that may go no further.
///
/// Source: RFC 9110 section 7.6.2: at zero "the intermediary MUST NOT forward the request; instead, the intermediary
/// MUST respond as the final recipient".
pub(super) fn own_answer(request: &RequestHead) -> Option<(ResponseHead, Bytes)> {
    let is_last = request.headers.get("Max-Forwards").and_then(max_forwards) == Some(0);
    let head = ResponseHead::new(Version::Http11, 200);
    match request.method {
        Method::Trace if is_last => {
            Some((head.with("Content-Type", "message/http"), trace_content(request).into()))
        }
        Method::Options if is_last => Some((head.with("Allow", Method::IMPLEMENTED), Bytes::new())),
        _ => None,
    }
}

impl SmartProxy {
    /// Sends a request on whose body waits for 100, as soon as its head is here and its turn has come.
    ///
    /// Shape: whether it has been answered already.
    ///
    /// Source: RFC 9110 section 10.1.1.
    pub(super) fn begin_early(&mut self, socket: SocketId, host: &mut dyn Host) -> bool {
        let next_is_http10 = self.profile.request_version == ForwardedVersion::Own(Version::Http10);
        let Some(client) = self.clients.get_mut(&socket) else { return false };
        if client.is_busy() || client.ending.is_some() || client.streams {
            return false;
        }
        let Some(request) = client.arriving.take_if(|request| request.expects_continue() && !request.invited)
        else {
            return false;
        };
        if next_is_http10 {
            // Section 10.1.1: to a server of HTTP/1.0 the expectation means nothing; the proxy "MAY generate an
            // immediate 100 (Continue) response".
            client.arriving = Some(super::transaction::Request { invited: true, ..request });
            client.outgoing.push_back(ResponseHead::new(Version::Http11, 100).encode().into());
            host.wait_for(socket, Waiting::RestOfRequest, Rule::ExpectContinue);
            self.start_idle_timer(socket, host);
            self.flush_client(socket, host);
            return false;
        }
        client.queue.push_back(request);
        client.streams = true;
        client.held = false;
        self.begin(socket, host)
    }

    /// A part of a body that goes on as it comes.
    pub(super) fn pass_request_body(&mut self, socket: SocketId, octets: &Bytes, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let (Some(transaction), Some(upstream)) = (&mut client.transaction, &mut client.upstream) else {
            // The request waits for a connection. Where there is none any more, its body is read and forgotten.
            if let Some(waiting) = client.queue.front_mut() {
                waiting.body.extend_from_slice(octets);
            }
            return;
        };
        if transaction.sent {
            upstream.outgoing.push_back(transaction.request.framed(octets));
            self.flush_server(socket, host);
        } else {
            transaction.request.body.extend_from_slice(octets);
        }
    }

    /// The body is whole.
    pub(super) fn end_request_body(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        client.streams = false;
        host.stop_timer(RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout }, Rule::NextRequest);
        let (Some(transaction), Some(upstream)) = (&mut client.transaction, &mut client.upstream) else {
            return;
        };
        let end = transaction.request.body_end();
        if transaction.sent {
            if !end.is_empty() {
                upstream.outgoing.push_back(end);
            }
        } else if transaction.request.length == BodyLength::Chunked {
            // Its head says chunked already.
            let body = core::mem::take(&mut transaction.request.body);
            transaction.request.body = transaction.request.framed(&body.into()).to_vec();
            transaction.request.body.extend_from_slice(&end);
        }
        host.wait_for(socket, Waiting::Response, Rule::NextRequest);
        self.flush_server(socket, host);
    }
}
