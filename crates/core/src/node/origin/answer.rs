//! An origin server's answers: the effect of a request, the response's head and body, and where it is cut.

use std::rc::Rc;

use super::server::{Effect, OriginServer};
use crate::event::{Belief, Event};
use crate::http::{
    BodyLength, Headers, Method, RequestHead, RequestTarget, ResponseHead, Version, encode_chunk,
    encode_last_chunk, persistence_fields, server_decides,
};
use crate::node::{BodyFraming, BreakMoment, CutSpec, Host, ResourceSpec};
use crate::rule::Rule;
use crate::tcp::SocketId;

impl OriginServer {
    /// Carries the request out and prepares its answer, unless the connection breaks over it.
    pub(super) fn respond(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        let Some((request, resource)) = connection.current.take() else { return };
        self.taken_up = self.taken_up.saturating_add(1);
        let breaks = self.spec.breaks.filter(|breaks| breaks.at_request == self.taken_up);
        if breaks.is_none_or(|breaks| breaks.moment == BreakMoment::AfterEffect) {
            self.carry_out(socket, &request, &resource, host);
        }
        let Some(breaks) = breaks else { return self.answer(socket, &request, &resource, host) };
        if let Some(connection) = self.connections.get_mut(&socket) {
            connection.ending = Some(Rule::BreaksOff);
            (connection.ending_by, connection.pause) = (breaks.by, breaks.pause_us);
        }
    }

    /// Counts what a request does to its resource.
    fn carry_out(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        resource: &ResourceSpec,
        host: &mut dyn Host,
    ) {
        if request.method.is_safe() || resource.status >= 400 {
            return;
        }
        let known = self.effects.iter().position(|effect| effect.path == resource.path);
        let place = known.unwrap_or_else(|| {
            let path = resource.path.clone();
            self.effects.push(Effect { path, executed: 0, holds: resource.holds });
            self.effects.len() - 1
        });
        let effect = &mut self.effects[place];
        effect.executed += 1;
        effect.holds = match request.method {
            Method::Put => 1,
            Method::Delete => 0,
            _ => effect.holds.saturating_add(1),
        };
        let event = Event::EffectCaused {
            socket,
            method: request.method.as_str().to_owned(),
            path: effect.path.clone(),
            executed: effect.executed,
            holds: effect.holds,
        };
        host.record(event, Rule::UnsafeMethod);
    }

    /// Where this answer is to be cut, if it is.
    fn cut_of(&mut self, resource: &ResourceSpec) -> Option<CutSpec> {
        let cut = resource.cut?;
        let place = self.spec.resources.iter().position(|other| other.path == resource.path)?;
        let before = core::mem::replace(&mut self.cut[place], true);
        (!cut.once || !before).then_some(cut)
    }

    fn answer(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        resource: &Rc<ResourceSpec>,
        host: &mut dyn Host,
    ) {
        let cut = self.cut_of(resource);
        let spec = &self.spec;
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        connection.answered += 1;
        if let Some(text) = &resource.text {
            return self.answer_typed(socket, request, text, cut, host);
        }

        let chunked = resource.framing == BodyFraming::Chunked
            && request.version == Version::Http11
            && spec.version == Version::Http11;
        let caching =
            resource.caching.as_ref().map(|caching| caching.answer(request, resource.status, host.now()));
        let is_304 = caching.as_ref().is_some_and(|(_, not_modified)| *not_modified);
        let status = if is_304 { 304 } else { resource.status };
        let bodyless = matches!(status, 204 | 205 | 304);
        let length = match resource.framing {
            // RFC 9110 section 15.3.6: a server "MUST NOT generate content", and has to indicate a body of length zero.
            _ if status == 205 => BodyLength::Exactly(0),
            // RFC 9110 sections 15.3.5 and 15.4.5: 204 and 304 are "terminated by the end of the header section".
            _ if bodyless => BodyLength::None,
            BodyFraming::ContentLength => BodyLength::Exactly(u64::from(resource.body_len)),
            BodyFraming::WrongLength { announced } => BodyLength::Exactly(announced),
            BodyFraming::Chunked if chunked => BodyLength::Chunked,
            BodyFraming::Chunked | BodyFraming::UntilClose => BodyLength::UntilClose,
        };
        let policy = spec.policy(connection.answered);
        // RFC 9112 section 6.3: so is a response to HEAD, whatever its Content-Length.
        let sent = if request.method == Method::Head { BodyLength::None } else { length };
        let decision = server_decides(request, sent, &policy);

        let mut response = ResponseHead::new(spec.version, status);
        response.headers.extend(caching.into_iter().flat_map(|(fields, _)| fields));
        if !bodyless && !resource.content_type.is_empty() {
            response.headers.push("Content-Type", resource.content_type.clone());
        }
        match length {
            BodyLength::Exactly(len) => response.headers.push("Content-Length", len.to_string()),
            BodyLength::Chunked => response.headers.push("Transfer-Encoding", "chunked"),
            BodyLength::UntilClose | BodyLength::None => {}
        }
        for field in persistence_fields(request, decision, &policy) {
            response.headers.push(field.name, field.value);
        }
        let mut octets = response.encode();
        // RFC 9110 section 9.3.2: a response to HEAD has no content.
        if request.method != Method::Head && !bodyless {
            let body = match &self.body {
                Some((of, body)) if Rc::ptr_eq(of, resource) => body.clone(),
                _ => resource.body_at(host.now()),
            };
            // The same page again and again, as long as it does not change.
            self.body = resource.caching.is_none().then(|| (Rc::clone(resource), body.clone()));
            // Where octets of the body begin, behind the chunk's size.
            let mut start = octets.len();
            if chunked {
                if !body.is_empty() {
                    let chunk = encode_chunk(&body);
                    start += chunk.len() - body.len() - 2;
                    octets.extend_from_slice(&chunk);
                }
                octets.extend_from_slice(&encode_last_chunk(&Headers::new()));
            } else {
                octets.extend_from_slice(&body);
            }
            if let Some(cut) = cut {
                octets.truncate(start.saturating_add(cut.after as usize));
                connection.ending = Some(Rule::BreaksOff);
                (connection.ending_by, connection.pause) = (cut.by, cut.pause_us);
            }
        }
        connection.outgoing.push_back(octets.into());
        if !decision.persists {
            connection.ending.get_or_insert(decision.rule);
        }
        host.record(Event::PersistenceDecided { socket, persistence: decision }, decision.rule);
        let belief = if decision.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, decision.rule);
    }
}

/// The path of a request's target, whichever form it has.
pub(super) fn path_of(head: &RequestHead) -> &str {
    match head.form() {
        Some(RequestTarget::Absolute { path: "", .. }) => "/",
        Some(RequestTarget::Absolute { path, .. }) => path,
        _ => &head.target,
    }
}
