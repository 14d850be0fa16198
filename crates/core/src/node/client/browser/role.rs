//! The browser's role: its connections, requests and responses.

use bytes::Bytes;

use super::page::{Page, Progress};
use super::pool::{Outstanding, Place, Pool, Pooled};
use super::spec::BrowserSpec;
use crate::event::{ApplicationError, Belief, Event, Failure, Waiting};
use crate::http::{
    BodyLength, Decoded, Framing, MessageError, MessageProblem, ResponseHead, client_concludes,
    request_wants_persistence,
};
use crate::node::client::retry::{LostRequest, Retries, RetryVerdict};
use crate::node::{Host, Input, Opening, Role, RoleTimer};
use crate::rule::Rule;
use crate::tcp::SocketId;

/// A user agent that loads a page.
#[derive(Debug)]
pub(super) struct Browser {
    spec: BrowserSpec,
    page: Page,
    pool: Pool,
    retries: Retries,
}

impl Role for Browser {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => self.ask(host),
            Input::Connected(socket) => {
                if let Some(connection) = self.pool.get(socket) {
                    connection.open = true;
                    self.flush(socket, host);
                }
            }
            Input::Writable(socket) => self.flush(socket, host),
            Input::Readable(socket) | Input::Failed(socket, _) => self.readable(socket, host),
            Input::ConnectFailed(socket, error) => self.lost(socket, error.into(), error.rule(), host),
            Input::TimerExpired(timer) => {
                if let (Waiting::Response, Some(socket)) = (timer.purpose, timer.socket) {
                    self.lost(socket, ApplicationError::ResponseTimeout.into(), Rule::RequestTimeout, host);
                }
            }
            Input::NetworkReady => self.ask(host),
            _ => {}
        }
    }
}

impl Browser {
    pub(super) fn new(spec: BrowserSpec) -> Self {
        let pool = Pool::new(spec.connections_at_once(), spec.depth());
        Self { page: Page::new(&spec.page), pool, retries: Retries::new(spec.retry), spec }
    }

    /// Asks for as many objects as the policy allows now.
    fn ask(&mut self, host: &mut dyn Host) {
        while let Some(object) = self.page.next_wanted() {
            let place = match self.pool.place() {
                Place::On(place) => place,
                Place::New => match host.open(&self.spec.connect_to, &self.spec.host, self.spec.port) {
                    Opening::Later => break,
                    Opening::Socket(socket) => {
                        host.wait_for(socket, Waiting::Connection, Rule::ActiveOpen);
                        self.pool.opened += 1;
                        self.pool.connections.push(Pooled::new(socket));
                        self.pool.connections.len() - 1
                    }
                    Opening::Failed(problem) => {
                        self.give_up(object, problem, problem.rule_at_once(), host);
                        continue;
                    }
                },
                Place::Wait => break,
            };
            self.write(object, place);
        }
        // Requests that become known together are sent together.
        for socket in self.pool.sockets(|one| one.open && !one.unsent.is_empty()) {
            self.flush(socket, host);
        }
        self.see_whether_complete(host);
    }

    fn write(&mut self, object: usize, place: usize) {
        let wanted = &mut self.page.objects[object];
        wanted.progress = Progress::Asked;
        wanted.asked += 1;
        let head = self.spec.request(&wanted.path);
        let connection = &mut self.pool.connections[place];
        connection.unsent.extend_from_slice(&head.encode());
        connection.decoder.expect(head.method.clone());
        connection.outstanding.push_back(Outstanding {
            object,
            head,
            response: None,
            starts: 0,
            body_len: 0,
        });
    }

    fn flush(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.pool.get(socket) else { return };
        if !connection.open || connection.unsent.is_empty() {
            return;
        }
        match host.send(socket, Bytes::copy_from_slice(&connection.unsent)) {
            Ok(taken) => {
                connection.unsent.drain(..taken);
            }
            Err(error) => {
                self.lost(socket, error.into(), error.rule(), host);
                return;
            }
        }
        let Some(last) = connection.outstanding.back() else { return };
        let wish = request_wants_persistence(&last.head);
        let belief = match wish.rule {
            Rule::Http11Persists => Belief::Persists,
            Rule::KeepAliveAsked => Belief::AskedToPersist,
            _ => Belief::ClosesAfterResponse,
        };
        // What an answer has settled is not open again.
        if belief != Belief::AskedToPersist || connection.answered == 0 {
            host.believe(socket, belief, wish.rule);
        }
        host.wait_for(socket, Waiting::Response, Rule::AwaitsResponse);
        self.start_response_timer(socket, host);
    }

    fn start_response_timer(&self, socket: SocketId, host: &mut dyn Host) {
        if !self.spec.response_timeout_us.is_zero() {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::Response };
            host.set_timer(timer, self.spec.response_timeout_us, Rule::RequestTimeout);
        }
    }

    fn readable(&mut self, socket: SocketId, host: &mut dyn Host) {
        if self.pool.get(socket).is_none() {
            return;
        }
        let end = host.read_available(socket, |octets, host| {
            if let Some(connection) = self.pool.get(socket) {
                connection.decoder.push(&octets);
                self.decode(socket, host);
            }
            self.pool.get(socket).is_some()
        });
        let (Some(end), Some(connection)) = (end, self.pool.get(socket)) else { return };
        end.end_stream(&mut connection.decoder);
        self.decode(socket, host);
        self.lost(socket, end.failure(), end.rule(), host);
    }

    fn decode(&mut self, socket: SocketId, host: &mut dyn Host) {
        while let Some(connection) = self.pool.get(socket) {
            match connection.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Response { head, framing } => {
                        let start_line = head.start_line();
                        let event = Event::ResponseReceived { socket, start_line, head: piece.range.clone() };
                        host.record(event, framing.rule);
                        self.begun(socket, head, framing, piece.range.start, host);
                    }
                    Decoded::Body(octets) => self.body(socket, &octets, piece.range.end, host),
                    Decoded::End { .. } => self.whole(socket, piece.range.end, host),
                    Decoded::Interim { .. } | Decoded::Request { .. } => {}
                },
                Ok(None) => return,
                Err(error) => {
                    self.cannot_be_read(socket, &error, host);
                    return;
                }
            }
        }
    }

    /// A response's head is complete: it decides whether the connection persists.
    fn begun(
        &mut self,
        socket: SocketId,
        head: ResponseHead,
        framing: Framing,
        starts: u64,
        host: &mut dyn Host,
    ) {
        let Some(connection) = self.pool.get(socket) else { return };
        let Some(request) = connection.outstanding.front_mut() else { return };
        connection.conclusion = Some(client_concludes(&request.head, &head, &framing));
        request.response = Some((head, framing));
        request.starts = starts;
        if framing.length != BodyLength::None {
            host.wait_for(socket, Waiting::RestOfResponse, framing.rule);
        }
        // From now on other requests may follow on this connection.
        if self.spec.depth() > 1 {
            self.ask(host);
        }
    }

    /// Octets of a body: the HTML refers to objects, and each object's first octets hold its size.
    fn body(&mut self, socket: SocketId, octets: &[u8], end: u64, host: &mut dyn Host) {
        let Some(connection) = self.pool.get(socket) else { return };
        let Some(request) = connection.outstanding.front_mut() else { return };
        request.body_len += octets.len() as u64;
        let object = request.object;
        let is_html = request.response.as_ref().is_some_and(|(head, _)| {
            head.status == 200
                && head.headers.get("Content-Type").is_some_and(|media| media.starts_with("text/html"))
        });
        self.page.objects[object].progress = Progress::Begun;
        if object == 0 && is_html {
            for (place, read) in self.page.read(octets, host.now()) {
                let event = Event::ObjectNamed {
                    socket,
                    request: place as u32,
                    path: self.page.objects[place].path.clone(),
                    octet: end - (octets.len() - read) as u64,
                };
                host.record(event, Rule::ObjectInPage);
            }
            self.ask(host);
        }
        self.see_whether_paintable(host);
    }

    /// A response is complete: decides whether the connection persists, and goes on.
    fn whole(&mut self, socket: SocketId, end: u64, host: &mut dyn Host) {
        let Some(connection) = self.pool.get(socket) else { return };
        let Some(done) = connection.outstanding.pop_front() else { return };
        let Some((response, framing)) = done.response else { return };
        connection.answered += 1;
        let conclusion = client_concludes(&done.head, &response, &framing);
        let (empty, has_more) = (connection.outstanding.is_empty(), !connection.decoder.is_idle());
        let object = &mut self.page.objects[done.object];
        object.progress = Progress::Whole;
        let started_at = object.wanted_at;
        host.record(Event::MessageCompleted { socket, range: done.starts..end }, framing.rule);
        let event = Event::TransactionCompleted {
            socket,
            request: done.object as u32,
            status: response.status,
            body_len: done.body_len,
            started_at,
        };
        host.record(event, framing.rule);
        if empty {
            host.stop_timer(response_timer(socket), Rule::RequestTimeout);
        } else {
            self.start_response_timer(socket, host);
        }
        host.record(Event::PersistenceDecided { socket, persistence: conclusion }, conclusion.rule);
        let belief = if conclusion.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, conclusion.rule);
        if !conclusion.persists {
            // Requests pipelined behind it will get no response: they are sent on another connection.
            self.take_back(socket, ApplicationError::ClosedBeforeResponse.into(), host);
            host.wait_for(socket, Waiting::PeerClose, conclusion.rule);
        } else if empty && has_more {
            // Unsolicited octets follow the response: message boundaries are no longer certain.
            self.leave(socket, Rule::UnsolicitedResponse, host);
        } else if !self.spec.reuses() {
            self.leave(socket, Rule::OneRequestEach, host);
        } else if empty {
            host.wait_for(socket, Waiting::NextRequest, Rule::NextRequest);
        } else {
            host.wait_for(socket, Waiting::Response, Rule::PipelinedRequest);
        }
        self.see_whether_paintable(host);
        self.ask(host);
    }

    fn cannot_be_read(&mut self, socket: SocketId, error: &MessageError, host: &mut dyn Host) {
        if let MessageProblem::IncompleteBody { expected, got } = error.problem {
            host.record(Event::MessageIncomplete { socket, received: got, expected }, error.problem.rule());
        } else if !error.problem.is_incomplete()
            && let Some(connection) = self.pool.get(socket)
        {
            let offset = connection.decoder.message_start();
            host.record(
                Event::MessageRejected { socket, offset, is_response: true, error: *error },
                error.problem.rule(),
            );
        }
        self.lost(socket, error.problem.into(), error.problem.rule(), host);
    }

    /// The connection has ended: its objects are requested again, or given up.
    fn lost(&mut self, socket: SocketId, problem: Failure, rule: Rule, host: &mut dyn Host) {
        let Some(connection) = self.pool.get(socket) else { return };
        if connection.answered == 0 && connection.conclusion.is_none() {
            self.pool.turned_away(socket);
        }
        self.take_back(socket, problem, host);
        self.leave(socket, rule, host);
        self.ask(host);
    }

    /// Takes back the requests of a connection that will not be answered on it.
    fn take_back(&mut self, socket: SocketId, problem: Failure, host: &mut dyn Host) {
        let Some(connection) = self.pool.get(socket) else { return };
        let said_close = connection.conclusion.take().is_some_and(|conclusion| !conclusion.persists);
        let unprocessed = said_close || !connection.open;
        for request in core::mem::take(&mut connection.outstanding) {
            let object = &self.page.objects[request.object];
            let lost = LostRequest {
                request: request.object as u32,
                start_line: request.head.start_line(),
                method: request.head.method,
                wanted_at: object.wanted_at,
                sent: object.asked,
                problem,
                answer_begun: request.response.is_some(),
                unprocessed,
            };
            match self.retries.lost(lost, host) {
                RetryVerdict::SendAgain(lost) => {
                    self.page.objects[lost.request as usize].progress = Progress::Wanted
                }
                // All requests are GET, so nobody is ever asked.
                RetryVerdict::Asked => {}
                RetryVerdict::GivenUp(lost) => {
                    self.give_up(lost.request as usize, lost.problem, lost.problem.rule(), host)
                }
            }
        }
    }

    fn give_up(&mut self, object: usize, problem: Failure, rule: Rule, host: &mut dyn Host) {
        let request = object as u32;
        let object = &mut self.page.objects[object];
        object.progress = Progress::Failed;
        let event = Event::TransactionFailed { request, problem, started_at: object.wanted_at };
        host.record(event, rule);
        self.see_whether_paintable(host);
    }

    /// Ends a connection.
    fn leave(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        if self.pool.remove(socket).is_some() {
            host.stop_timer(response_timer(socket), rule);
            host.finish(socket, rule);
        }
    }

    fn see_whether_paintable(&mut self, host: &mut dyn Host) {
        if self.page.painted || !self.page.can_be_painted() {
            return;
        }
        self.page.painted = true;
        let (objects, whole) = (self.page.objects.len() as u32, self.page.count(Progress::Whole));
        host.record(Event::PagePainted { objects, whole }, Rule::FirstPaint);
    }

    fn see_whether_complete(&mut self, host: &mut dyn Host) {
        if self.page.completed || !self.page.is_over() {
            return;
        }
        self.page.completed = true;
        let event = Event::PageCompleted {
            objects: self.page.objects.len() as u32,
            failed: self.page.count(Progress::Failed),
            connections: self.pool.opened,
        };
        host.record(event, Rule::PageWhole);
        for socket in self.pool.sockets(Pooled::persists) {
            if self.spec.closes_when_done {
                self.leave(socket, Rule::NothingLeft, host);
            } else {
                host.wait_for(socket, Waiting::Nothing, Rule::NothingLeft);
            }
        }
    }
}

const fn response_timer(socket: SocketId) -> RoleTimer {
    RoleTimer { socket: Some(socket), purpose: Waiting::Response }
}
