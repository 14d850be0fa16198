//! Requests with their answers, connection by connection, as a capture has them.

use core::slice::Iter;
use std::collections::BTreeMap;

use playground_core::event::{Event, NodeId, PacketId};
use playground_core::http::{
    RequestHead, RequestTarget, ResponseHead, parse_request_head, parse_response_head,
};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::{Packet, Segment};

use super::{NotModelled, saturating};
use crate::{Connection, Dissection, MessageKind, MessageLabel, Side, SocketKey, Stream};

/// A request, and its final answer where there is one.
pub(super) struct Exchange<'d> {
    pub request: &'d [u8],
    pub head: RequestHead,
    /// Octets of the request's head.
    pub head_len: usize,
    /// When the request was sent, and when all of it had arrived.
    pub asked: Instant,
    pub heard: Instant,
    /// Whether a 100 (Continue) came before the answer.
    pub invited: bool,
    pub answer: Option<Answer<'d>>,
}

impl Exchange<'_> {
    /// The path of its target, whichever form that has.
    pub fn path(&self) -> &str {
        match self.head.form() {
            Some(RequestTarget::Absolute { path: "", .. }) => "/",
            Some(RequestTarget::Absolute { path, .. }) => path,
            _ => &self.head.target,
        }
    }

    /// Whether all of the answer had arrived by a time.
    pub fn is_answered_by(&self, at: Instant) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.arrived <= at)
    }
}

/// A final answer.
pub(super) struct Answer<'d> {
    pub octets: &'d [u8],
    pub head: ResponseHead,
    /// Octets of its head.
    pub head_len: usize,
    /// When it was begun, and when all of it had been sent and had arrived.
    pub begun: Instant,
    pub sent: Instant,
    pub arrived: Instant,
}

/// The exchanges of one connection, and how it begins and ends.
pub(super) struct Talk<'d> {
    pub client: NodeId,
    /// The server's node and port.
    pub server: (NodeId, u16),
    pub opened: Instant,
    pub round_trip: Option<Duration>,
    /// When each end sent its FIN or RST.
    pub client_end: Option<Instant>,
    pub server_end: Option<Instant>,
    pub exchanges: Vec<Exchange<'d>>,
}

impl Talk<'_> {
    /// The most requests that were on their way without an answer.
    pub fn most_unanswered(&self) -> u32 {
        let unanswered = |at: usize| {
            let earlier = self.exchanges[..at].iter();
            1 + earlier.filter(|one| !one.is_answered_by(self.exchanges[at].asked)).count() as u32
        };
        (0..self.exchanges.len()).map(unanswered).max().unwrap_or(1)
    }

    /// Whether the client ended the connection, and not the server before it.
    pub fn client_closes_first(&self) -> bool {
        self.client_end.is_some_and(|client| self.server_end.is_none_or(|server| client < server))
    }

    /// How long after its last octet the server ended the connection; none when it did not, or followed the client.
    pub fn server_waited(&self) -> Option<Duration> {
        let (end, last) = (self.server_end?, self.exchanges.last()?.answer.as_ref()?);
        (!self.client_closes_first()).then(|| saturating(end, last.sent))
    }

    /// The same of the client.
    pub fn client_waited(&self) -> Option<Duration> {
        let (end, last) = (self.client_end?, self.exchanges.last()?.answer.as_ref()?);
        self.client_closes_first().then(|| saturating(end, last.arrived))
    }
}

/// What the segments of one socket tell beside their octets.
#[derive(Default)]
struct Segments {
    first_syn: Option<Instant>,
    last_syn: Option<Instant>,
    /// The first segment without SYN.
    next: Option<Instant>,
    end: Option<Instant>,
}

impl Segments {
    fn take(&mut self, segment: &Segment, at: Instant) {
        if segment.flags.is_syn() {
            self.first_syn.get_or_insert(at);
            self.last_syn = Some(at);
        } else {
            self.next.get_or_insert(at);
        }
        if segment.flags.is_fin() || segment.flags.is_rst() {
            self.end.get_or_insert(at);
        }
    }
}

/// When things happened that a dissection does not keep.
struct Times<'t> {
    trace: &'t Trace,
    sockets: BTreeMap<SocketKey, Segments>,
    delivered: BTreeMap<PacketId, Instant>,
}

impl<'t> Times<'t> {
    fn new(trace: &'t Trace) -> Self {
        let mut times = Self { trace, sockets: BTreeMap::new(), delivered: BTreeMap::new() };
        for entry in &trace.entries {
            match &entry.event {
                Event::PacketSent { socket: Some(socket), packet: Packet::Segment(segment), .. } => {
                    let key = SocketKey::new(entry.node, *socket);
                    times.sockets.entry(key).or_default().take(segment, entry.at);
                }
                Event::PacketDelivered { id } => {
                    times.delivered.entry(*id).or_insert(entry.at);
                }
                _ => {}
            }
        }
        times
    }

    /// When the octet at `offset` was sent, and when it arrived.
    fn of(&self, stream: &Stream, offset: u64) -> (Instant, Instant) {
        let entry = stream.written_by(offset).and_then(|entry| self.trace.entries.get(entry as usize));
        let Some(entry) = entry else { return (Instant::ZERO, Instant::ZERO) };
        let arrived = match &entry.event {
            Event::PacketSent { id, .. } => self.delivered.get(id).copied(),
            _ => None,
        };
        (entry.at, arrived.unwrap_or(entry.at))
    }
}

/// The connections that carry requests, in the order in which they were opened.
pub(super) fn talks<'d>(trace: &Trace, dissection: &'d Dissection) -> Result<Vec<Talk<'d>>, NotModelled> {
    let times = Times::new(trace);
    let mut talks = Vec::new();
    for connection in &dissection.connections {
        let streams = [Side::Opener, Side::Acceptor]
            .map(|side| connection.socket(side).and_then(|socket| dissection.stream(socket)));
        let kinds = [MessageKind::Request, MessageKind::Response];
        let is_http = |(stream, kind): (Option<&Stream>, MessageKind)| {
            stream.is_none_or(|stream| stream.messages.iter().all(|message| message.kind == kind))
        };
        if !streams.into_iter().zip(kinds).all(is_http) {
            return Err(NotModelled::NotHttp);
        }
        match streams {
            [None, None] => {}
            [Some(requests), responses] => talks.push(talk(&times, connection, requests, responses)?),
            [None, Some(_)] => return Err(NotModelled::Incomplete),
        }
    }
    Ok(talks)
}

fn talk<'d>(
    times: &Times<'_>,
    connection: &Connection,
    requests: &'d Stream,
    responses: Option<&'d Stream>,
) -> Result<Talk<'d>, NotModelled> {
    let nothing = Segments::default();
    let of =
        |socket: Option<SocketKey>| socket.and_then(|socket| times.sockets.get(&socket)).unwrap_or(&nothing);
    let acceptor = connection.acceptor_socket;
    let (client, server) = (of(Some(requests.socket)), of(acceptor));
    let (Some(opened), Some(_), Some(acceptor)) = (client.first_syn, server.first_syn, acceptor) else {
        return Err(NotModelled::NoHandshake);
    };
    let messages = responses.map_or(&[][..], |responses| &responses.messages);
    if requests.messages.iter().chain(messages).any(|message| !message.complete) {
        return Err(NotModelled::Incomplete);
    }
    let mut exchanges = Vec::new();
    let mut answers = messages.iter();
    for request in &requests.messages {
        let responses = responses.map(|responses| (responses, &mut answers));
        exchanges.push(exchange(times, (requests, request), responses)?);
    }
    match answers.next() {
        // An answer to nothing, or octets of which none is in order.
        Some(_) => Err(NotModelled::Incomplete),
        None if exchanges.is_empty() => Err(NotModelled::Incomplete),
        None => Ok(Talk {
            client: requests.socket.node,
            server: (acceptor.node, connection.tuple.remote.port),
            opened,
            round_trip: client.last_syn.zip(client.next).map(|(syn, ack)| saturating(ack, syn)),
            client_end: client.end,
            server_end: server.end,
            exchanges,
        }),
    }
}

fn exchange<'d>(
    times: &Times<'_>,
    (requests, request): (&'d Stream, &MessageLabel),
    responses: Option<(&'d Stream, &mut Iter<'d, MessageLabel>)>,
) -> Result<Exchange<'d>, NotModelled> {
    let octets = requests.octets_in(&request.range);
    let (head, head_len) = parse_request_head(octets).ok().flatten().ok_or(NotModelled::NotHttp)?;
    let (asked, _) = times.of(requests, request.range.start);
    let (_, heard) = times.of(requests, request.range.end.saturating_sub(1));
    let mut exchange =
        Exchange { request: octets, head, head_len, asked, heard, invited: false, answer: None };
    let Some((responses, answers)) = responses else { return Ok(exchange) };
    for answer in answers {
        let octets = responses.octets_in(&answer.range);
        let (head, head_len) = parse_response_head(octets).ok().flatten().ok_or(NotModelled::NotHttp)?;
        match head.status {
            // RFC 9110 section 15.2.2: what follows is no HTTP/1 any more.
            101 => return Err(NotModelled::NotHttp),
            100..=199 => exchange.invited |= head.status == 100,
            _ => {
                let (begun, _) = times.of(responses, answer.range.start);
                let (sent, arrived) = times.of(responses, answer.range.end.saturating_sub(1));
                exchange.answer = Some(Answer { octets, head, head_len, begun, sent, arrived });
                break;
            }
        }
    }
    Ok(exchange)
}
