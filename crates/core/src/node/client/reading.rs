//! The client's reading side: responses in the order of the requests, and the end of the connection.

use super::client::{Client, fail_request};
use crate::event::{ApplicationError, Belief, Event, Waiting};
use crate::http::{BodyLength, Decoded, MessageError, MessageProblem, client_concludes};
use crate::node::{Host, InputEnd, RoleTimer};
use crate::rule::Rule;
use crate::tcp::{CallError, SocketId};

impl Client {
    pub(super) fn readable(&mut self, socket: SocketId, host: &mut dyn Host) {
        if !self.reading || self.is_writing_blindly(socket) {
            return;
        }
        if self.connection_mut(socket).is_none() {
            return;
        }
        let end = host.read_available(socket, |octets, host| {
            if let Some(connection) = self.connection_mut(socket) {
                connection.decoder.push(&octets);
                self.decode(socket, host);
            }
            self.connection_mut(socket).is_some()
        });
        let (Some(end), Some(connection)) = (end, self.connection_mut(socket)) else { return };
        connection.usable = false;
        end.end_stream(&mut connection.decoder);
        self.decode(socket, host);
        match end {
            InputEnd::EndOfStream => self.ended(socket, host),
            InputEnd::Failed(error) => self.lost(socket, error, host),
        }
    }

    fn decode(&mut self, socket: SocketId, host: &mut dyn Host) {
        while let Some(connection) = self.connection_mut(socket) {
            match connection.decoder.next_piece() {
                Ok(Some(piece)) => match piece.decoded {
                    Decoded::Response { head, framing } => {
                        let start_line = head.start_line();
                        let starts = piece.range.start;
                        if let Some(first) =
                            connection.outstanding.iter_mut().find(|request| request.response.is_none())
                        {
                            first.response = Some((head, framing));
                            first.starts = starts;
                        }
                        let event = Event::ResponseReceived { socket, start_line, head: piece.range };
                        host.record(event, framing.rule);
                        if connection.decoder.is_switched() {
                            return self.tunnelled(socket, host);
                        }
                        if framing.length != BodyLength::None {
                            host.wait_for(socket, Waiting::RestOfResponse, framing.rule);
                        }
                    }
                    Decoded::Body(octets) => {
                        if let Some(first) = connection.outstanding.front_mut() {
                            first.body_len += octets.len() as u64;
                        }
                    }
                    Decoded::End { .. } => self.completed(socket, piece.range.end, host),
                    Decoded::Interim { head } => {
                        let start_line = head.start_line();
                        let event = Event::ResponseReceived { socket, start_line, head: piece.range };
                        host.record(event, Rule::InterimResponse);
                        if head.status == 100 {
                            self.send_body(socket, host);
                        }
                    }
                    Decoded::Request { .. } => {}
                },
                Ok(None) => return,
                Err(error) => {
                    self.decode_failed(socket, &error, host);
                    return;
                }
            }
        }
    }

    /// The connection carries no HTTP any more, and this client has nothing to say in anything else.
    ///
    /// Source: RFC 9110 sections 7.8 and 9.3.6.
    fn tunnelled(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connection_mut(socket) else { return };
        connection.usable = false;
        let Some(done) = connection.outstanding.pop_front() else { return };
        let Some((response, framing)) = done.response else { return };
        let rule = if response.status == 101 { Rule::ProtocolSwitched } else { Rule::Tunnel };
        let event = Event::TransactionCompleted {
            socket,
            request: done.index as u32,
            status: response.status,
            body_len: 0,
            started_at: done.wanted_at,
        };
        host.record(event, framing.rule);
        host.believe(socket, Belief::Tunnel, rule);
        self.lose_outstanding(socket, ApplicationError::ClosedBeforeResponse.into(), host);
        self.close(socket, rule, host);
        self.go_on(host);
    }

    /// A response is complete: decides whether the connection persists, and goes on.
    fn completed(&mut self, socket: SocketId, end: u64, host: &mut dyn Host) {
        let reuses = self.spec.reuses;
        let Some(connection) = self.connection_mut(socket) else { return };
        let Some(done) = connection.outstanding.pop_front() else { return };
        let Some((response, framing)) = done.response else { return };
        let conclusion = client_concludes(&done.head, &response, &framing);
        // A body that was never invited is not sent: nobody could tell it from a request.
        let kept_back = connection.kept_back.take().is_some();
        if kept_back || !conclusion.persists || !reuses && connection.outstanding.is_empty() {
            connection.usable = false;
        }
        connection.careful = false;
        connection.said_close = conclusion.rule == Rule::ConnectionClose;
        connection.stays = conclusion.persists;
        let (empty, usable) = (connection.outstanding.is_empty(), connection.usable);
        let has_more = !connection.decoder.is_idle();
        host.record(Event::MessageCompleted { socket, range: done.starts..end }, framing.rule);
        host.record(
            Event::TransactionCompleted {
                socket,
                request: done.index as u32,
                status: response.status,
                body_len: done.body_len,
                started_at: done.wanted_at,
            },
            framing.rule,
        );
        if kept_back {
            let timer = RoleTimer { socket: Some(socket), purpose: Waiting::RestOfRequest };
            host.stop_timer(timer, Rule::ExpectContinue);
        }
        if empty {
            host.stop_timer(
                RoleTimer { socket: Some(socket), purpose: Waiting::Response },
                Rule::RequestTimeout,
            );
        }
        host.record(Event::PersistenceDecided { socket, persistence: conclusion }, conclusion.rule);
        let belief = if conclusion.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, conclusion.rule);
        if !empty {
            host.wait_for(socket, Waiting::Response, Rule::PipelinedRequest);
        }
        let stopped = self.stops_sending(socket, done.index, conclusion, host);
        if stopped {
            // Nothing is left of the connection.
        } else if empty && has_more {
            // Unsolicited octets follow the response: message boundaries are no longer certain.
            self.close(socket, Rule::UnsolicitedResponse, host);
        } else if empty && !usable {
            if conclusion.persists {
                // It will not be used again, so this side ends it.
                self.close(socket, Rule::OneRequestEach, host);
            } else {
                host.wait_for(socket, Waiting::PeerClose, conclusion.rule);
            }
        }
        self.go_on(host);
        self.note_announced_timeout(socket, &response, host);
    }

    fn decode_failed(&mut self, socket: SocketId, error: &MessageError, host: &mut dyn Host) {
        let Some(connection) = self.connection_mut(socket) else { return };
        connection.usable = false;
        let said_close = connection.said_close;
        let offset = connection.decoder.message_start();
        let first = connection.outstanding.pop_front();
        if let MessageProblem::IncompleteBody { expected, got } = error.problem {
            host.record(Event::MessageIncomplete { socket, received: got, expected }, error.problem.rule());
        }
        if error.problem.is_incomplete() {
            // What reads the connection's end draws the conclusions.
            if let Some(first) = first {
                self.lose(first, said_close, error.problem.into(), host);
            }
            return;
        }
        host.record(
            Event::MessageRejected { socket, offset, is_response: true, error: *error },
            error.problem.rule(),
        );
        if let Some(first) = first {
            // The response is malformed: a retry would bring the same.
            fail_request(first.index, first.wanted_at, error.problem.into(), host);
        }
        self.lose_outstanding(socket, error.problem.into(), host);
        self.close(socket, error.problem.rule(), host);
        self.go_on(host);
    }

    /// The peer's FIN: outstanding requests will get no response.
    fn ended(&mut self, socket: SocketId, host: &mut dyn Host) {
        self.lose_outstanding(socket, ApplicationError::ClosedBeforeResponse.into(), host);
        if self.spec.stays_open {
            host.wait_for(socket, Waiting::Nothing, Rule::PeerClosed);
            return;
        }
        self.close(socket, Rule::PeerClosed, host);
        self.go_on(host);
    }

    /// The connection failed.
    pub(super) fn lost(&mut self, socket: SocketId, error: CallError, host: &mut dyn Host) {
        self.lose_outstanding(socket, error.into(), host);
        self.close(socket, error.rule(), host);
        self.go_on(host);
    }
}
