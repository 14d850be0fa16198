//! The way of one request and its response over all hops, cut into parts.

use playground_core::event::NodeId;
use playground_core::node::RoleSpec;
use playground_core::time::Instant;
use playground_core::trace::Trace;

use super::attempts::{Attempt, Request};
use super::log::{Log, SocketLog, reached};
use super::{SpentKind, SpentPart};
use crate::dissection::{ConnectionId, Dissection, MessageLabel, SocketKey};
use crate::hold::Held;

/// The pieces of a request's time, in order, without gap.
pub(super) fn parts(trace: &Trace, dissection: &Dissection, log: &Log, request: &Request) -> Vec<SpentPart> {
    let mut parts = Parts { parts: Vec::new(), at: request.from };
    for attempt in &request.attempts {
        let mut trip = Trip {
            trace,
            dissection,
            log,
            node: request.node,
            open: request.open,
            attempt,
            sockets: Vec::new(),
            phases: Parts { parts: Vec::new(), at: parts.at },
        };
        trip.go();
        let phases = core::mem::take(&mut trip.phases.parts);
        trip.refine(&phases, &mut parts);
        if let Some(answered) = attempt.answered {
            parts.until(SpentKind::User, answered);
        }
    }
    parts.until(SpentKind::Hang, request.until);
    parts.parts
}

/// Parts one after another.
struct Parts {
    parts: Vec<SpentPart>,
    /// Where the last one ends.
    at: Instant,
}

impl Parts {
    /// The next part ends at `until`, where that is later than the end of the last one.
    fn until(&mut self, kind: SpentKind, until: Instant) {
        if until <= self.at {
            return;
        }
        match self.parts.last_mut() {
            Some(last) if last.kind == kind => last.until = until,
            _ => self.parts.push(SpentPart { kind, from: self.at, until }),
        }
        self.at = until;
    }
}

/// When a socket's application wrote something at a time or later.
fn written_after(log: &SocketLog, read: Instant) -> Option<Instant> {
    log.queued.iter().map(|(_, at)| *at).find(|at| *at >= read)
}

/// One attempt on its way.
struct Trip<'a> {
    trace: &'a Trace,
    dissection: &'a Dissection,
    log: &'a Log,
    /// The client.
    node: NodeId,
    /// Whether the request has no outcome yet.
    open: bool,
    attempt: &'a Attempt,
    /// Both ends of the connections that it has come to, in the order of the way.
    sockets: Vec<SocketKey>,
    phases: Parts,
}

impl<'a> Trip<'a> {
    fn socket(&self, key: SocketKey) -> Option<&'a SocketLog> {
        self.log.sockets.get(&key)
    }

    /// A phase that ends at `until`, or with the attempt.
    fn phase(&mut self, kind: SpentKind, until: Option<Instant>) {
        let end = self.attempt.until;
        self.phases.until(kind, until.map_or(end, |until| until.min(end)));
    }

    fn go(&mut self) {
        self.travel();
        self.arrive();
        self.phase(SpentKind::Response, None);
    }

    /// The response comes to the client, whose program may leave it unread for a while.
    fn arrive(&mut self) -> Option<()> {
        let client = self.attempt.socket?;
        let log = self.socket(client)?;
        let ordinal = self.attempt.ordinal;
        let end = log.wholes.get(ordinal).copied().or_else(|| {
            let message = self.response(self.dissection.peer(client)?, ordinal)?;
            message.complete.then_some(message.range.end)
        })?;
        self.phase(SpentKind::Response, Some(reached(&log.received, end)?));
        self.phase(SpentKind::Hang, reached(&log.read, end));
        Some(())
    }

    /// The phases until the response leaves, or the attempt is over.
    fn travel(&mut self) -> Option<()> {
        let Some(mut from) = self.attempt.socket else {
            self.look_up();
            self.phase(SpentKind::Queue, None);
            return None;
        };
        self.open(from);
        // Behind another request on the same connection.
        if let Some(turn) = self.attempt.turn.filter(|_| !self.is_sent(from)) {
            self.phase(SpentKind::Queue, Some(turn));
        }
        let Some(mut end) = self.request_end(from) else {
            // Inside TLS nobody knows where it ends before the server has read it.
            if self.open {
                self.sockets.extend([Some(from), self.dissection.peer(from)].into_iter().flatten());
                self.phase(SpentKind::Request, None);
            }
            return None;
        };
        let (server, read) = loop {
            let to = self.dissection.peer(from);
            self.sockets.extend([Some(from), to].into_iter().flatten());
            let to = to?;
            let log = self.socket(to)?;
            let arrived = reached(&log.received, end);
            let Some(arrived) = arrived else {
                // Never whole there.
                self.phase(SpentKind::Request, log.ending);
                return None;
            };
            self.phase(SpentKind::Request, Some(arrived));
            let Some(read) = reached(&log.read, end) else {
                // It lies in the receive buffer until that end gives the connection up.
                self.phase(SpentKind::Hang, log.ending.filter(|at| *at >= arrived));
                return None;
            };
            self.phase(SpentKind::Hang, Some(read));
            let passed =
                log.forwards.iter().rev().find(|(range, ..)| range.contains(&self.head_at(log, end)));
            let relayed = log.forwards.iter().find(|(range, ..)| range.contains(&(end - 1)));
            let Some((range, next, offset)) = relayed.or(passed) else { break (to, read) };
            let next_end = if relayed.is_some() {
                offset + (end - range.start)
            } else {
                let Some(stream) = self.dissection.stream(*next) else {
                    // The next node on the path is not connected yet.
                    if self.open {
                        self.open(*next);
                    }
                    return None;
                };
                stream.message_at(*offset).map_or(*offset, |(_, message)| message.range.end)
            };
            from = *next;
            end = next_end;
            self.open(from);
        };
        self.work(server, end, read);
        None
    }

    /// The look-ups of a request that has no connection yet: those that are over, and the one under way.
    fn look_up(&mut self) {
        let Some(spec) = self.trace.scenario.nodes.get(self.node.index()).filter(|_| self.open) else {
            return;
        };
        let lookups = self.log.lookups.get(&self.node).map_or(&[][..], Vec::as_slice);
        for (is_name, (from, until)) in lookups {
            self.phase(SpentKind::Queue, Some(*from));
            self.phase(if *is_name { SpentKind::Dns } else { SpentKind::Address }, Some(*until));
        }
        let has = |name| lookups.iter().any(|(is_name, _)| *is_name == name);
        if spec.stack.dhcp.is_some() && !has(false) {
            self.phase(SpentKind::Address, None);
        } else if spec.stack.resolver.is_some() && !has(true) {
            self.phase(SpentKind::Dns, None);
        }
    }

    /// Whether the request has left when the request before it is answered: pipelined.
    fn is_sent(&self, from: SocketKey) -> bool {
        let end = self.log.request_end(from, self.attempt.ordinal);
        let sent = self.socket(from).zip(end).and_then(|(log, end)| reached(&log.sent, end));
        sent.zip(self.attempt.turn).is_some_and(|(sent, turn)| sent < turn)
    }

    /// Where the request ends in the client's output.
    fn request_end(&self, from: SocketKey) -> Option<u64> {
        let ordinal = self.attempt.ordinal;
        self.log.request_end(from, ordinal).or_else(|| {
            // Inside TLS the server says where it found it.
            let server = self.socket(self.dissection.peer(from)?)?;
            server.requests.get(ordinal).map(|(head, _)| head.end)
        })
    }

    /// The first octet of the head of the request that ends at `end`.
    fn head_at(&self, log: &SocketLog, end: u64) -> u64 {
        log.requests.iter().rev().find(|(head, _)| head.start < end).map_or(0, |(head, _)| head.start)
    }

    /// Looks the address up, opens the connection and the TLS session on it, as far as that is still to do.
    fn open(&mut self, socket: SocketKey) {
        let Some(log) = self.socket(socket) else { return };
        let opened = log.opened.filter(|opened| *opened >= self.phases.at);
        if opened.is_some() {
            let lookups = self.log.lookups.get(&socket.node).map_or(&[][..], Vec::as_slice);
            for (is_name, (from, until)) in lookups {
                if *until > self.phases.at && opened.is_some_and(|opened| *until <= opened) {
                    self.phase(SpentKind::Queue, Some(*from));
                    self.phase(if *is_name { SpentKind::Dns } else { SpentKind::Address }, Some(*until));
                }
            }
            self.phase(SpentKind::Queue, opened);
        }
        if log.opened.is_some_and(|opened| opened <= self.phases.at) {
            let ended = log.ending.filter(|_| log.established.is_none());
            if log.established.is_none_or(|at| at > self.phases.at) {
                self.phase(SpentKind::Connect, log.established.or(ended));
            }
        }
        if self.is_secured(socket)
            && log.established.is_some()
            && log.tls.is_none_or(|at| at > self.phases.at)
        {
            self.phase(SpentKind::Tls, log.tls.or(log.ending));
        }
    }

    /// The server has the request: what it does until it writes the response, or ends the connection.
    fn work(&mut self, server: SocketKey, end: u64, read: Instant) {
        let Some(log) = self.socket(server) else { return };
        let ordinal = log.requests.iter().rposition(|(head, _)| head.start < end);
        let start = ordinal.and_then(|ordinal| self.response_start(server, ordinal));
        // The place of a response inside TLS is known to a record only.
        let begun = start.and_then(|start| {
            let queued = reached(&log.queued, start + 1).filter(|at| *at >= read);
            queued.or_else(|| written_after(log, read))
        });
        let begun =
            begun.or_else(|| written_after(log, read).filter(|_| self.open && self.is_secured(server)));
        let until = [begun, log.ending].into_iter().flatten().filter(|at| *at >= read).min();
        let until = until.unwrap_or(self.attempt.until).min(self.attempt.until);
        let own = log.working.iter().rev().find(|(from, to)| {
            // The last one before the response is its own; without a response, the one of the request whose turn it is.
            *from >= read && *from < until && (*to <= until || begun.is_none())
        });
        if begun.is_none() && self.attempt.turn.is_some_and(|turn| turn > read) {
            // Those before it were not all answered when it was lost.
            self.phase(SpentKind::Queue, Some(until));
            return;
        }
        match own {
            Some((from, to)) => {
                self.phase(SpentKind::Queue, Some(*from));
                self.phase(SpentKind::Process, Some((*to).min(until)));
            }
            None if self.attempt.turn.is_some_and(|turn| turn > read) => {
                self.phase(SpentKind::Queue, Some(until));
            }
            None if self.is_program(server) => self.phase(SpentKind::Process, Some(until)),
            None => {}
        }
        self.phase(if begun.is_some() { SpentKind::Queue } else { SpentKind::Hang }, Some(until));
    }

    /// Whether a socket's node uses TLS.
    fn is_secured(&self, socket: SocketKey) -> bool {
        let node = self.trace.scenario.nodes.get(socket.node.index());
        node.is_some_and(|node| node.stack.tls.is_some())
    }

    /// Whether the server is a program whose every move is in the scenario: its pauses are its work.
    fn is_program(&self, server: SocketKey) -> bool {
        let node = self.trace.scenario.nodes.get(server.node.index());
        node.is_some_and(|node| matches!(node.role, RoleSpec::Script(_) | RoleSpec::Manual(_)))
    }

    /// The first octet of a response in the server's output, by its place among those of the connection.
    fn response_start(&self, server: SocketKey, ordinal: usize) -> Option<u64> {
        let asker = self.socket(self.dissection.peer(server)?)?;
        let known = asker.responses.get(ordinal).copied();
        // A blind relay reads no responses.
        known.or_else(|| Some(self.response(server, ordinal)?.range.start))
    }

    /// A response by the octets of the server's output.
    fn response(&self, server: SocketKey, ordinal: usize) -> Option<&'a MessageLabel> {
        let messages = &self.dissection.stream(server)?.messages;
        messages
            .iter()
            .rfind(|message| message.request_of.is_some_and(|request| request.index as usize == ordinal))
    }

    /// Replaces those stretches of the network's time in which nothing is on the network.
    fn refine(&self, phases: &[SpentPart], parts: &mut Parts) {
        for phase in phases {
            if !matches!(phase.kind, SpentKind::Request | SpentKind::Response) {
                parts.until(phase.kind, phase.until);
                continue;
            }
            for time in self.times(phase) {
                let kind = self.kind_at(phase.kind, parts.at);
                parts.until(kind, time);
            }
        }
    }

    /// The times within a phase at which something begins or ends, and the phase's end.
    fn times(&self, phase: &SpentPart) -> Vec<Instant> {
        let connections = self.connections();
        let flights = connections.iter().filter_map(|id| self.log.flights.get(id)).flatten();
        let sockets = self.sockets.iter().filter_map(|socket| self.log.sockets.get(socket));
        let spans = sockets.flat_map(|log| log.working.iter().chain(&log.retransmission));
        let mut times: Vec<Instant> = flights
            .chain(spans)
            .flat_map(|(from, until)| [*from, *until])
            .chain(self.log.hold_times())
            .filter(|at| phase.from < *at && *at < phase.until)
            .chain([phase.until])
            .collect();
        times.sort_unstable();
        times.dedup();
        times
    }

    fn connections(&self) -> Vec<ConnectionId> {
        let of = |socket: &SocketKey| self.dissection.connection_of(*socket).map(|(of, _)| of.id);
        let mut ids: Vec<_> = self.sockets.iter().filter_map(of).collect();
        ids.dedup();
        ids
    }

    fn kind_at(&self, base: SpentKind, at: Instant) -> SpentKind {
        let during = |spans: &[(Instant, Instant)]| spans.iter().any(|(from, to)| *from <= at && at < *to);
        // The ends that send the octets in question: those nearer to the client for a request.
        let senders = self.sockets.iter().copied().skip(usize::from(base == SpentKind::Response)).step_by(2);
        let held_up = senders.clone().any(|sender| {
            let receiver = self.dissection.peer(sender);
            self.log.has_unsent(sender, at)
                && receiver.is_some_and(|receiver| self.log.is_held(receiver, Held::Ack, at))
        });
        if held_up {
            return SpentKind::HeldAck;
        }
        if senders.clone().any(|sender| self.log.is_held(sender, Held::Data, at)) {
            return SpentKind::Nagle;
        }
        let connections = self.connections();
        let flies =
            connections.iter().filter_map(|id| self.log.flights.get(id)).any(|flights| during(flights));
        if flies {
            return base;
        }
        let mut logs = self.sockets.iter().filter_map(|socket| self.log.sockets.get(socket));
        if logs.clone().any(|log| during(&log.working)) {
            return SpentKind::Process;
        }
        let was_lost = connections
            .iter()
            .filter_map(|id| self.log.losses.get(id))
            .any(|losses| losses.iter().any(|lost| *lost <= at));
        if was_lost && logs.any(|log| during(&log.retransmission)) {
            return SpentKind::Lost;
        }
        SpentKind::Hang
    }
}
