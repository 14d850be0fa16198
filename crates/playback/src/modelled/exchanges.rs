//! Requests with their answers, connection by connection, as a capture has them.

use std::collections::BTreeMap;

use playground_core::event::{Event, NodeId, PacketId};
use playground_core::http::{
    Headers, RequestHead, RequestTarget, Version, parse_request_head, parse_response_head,
};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::{Packet, Segment};

use super::{NotModelled, saturating};
use crate::{Connection, Dissection, MessageKind, MessageLabel, Side, SocketKey, Stream};

/// A request and its final answer.
pub(super) struct Exchange<'d> {
    pub request: &'d [u8],
    /// Octets of the request's head.
    pub request_head: usize,
    pub method: String,
    /// The path of its target, whichever form that has.
    pub path: String,
    pub host: Option<String>,
    pub version: Version,
    pub response: &'d [u8],
    /// Octets of the answer's head.
    pub response_head: usize,
    pub status: u16,
    pub content_type: String,
    pub is_chunked: bool,
    /// Whether a 100 (Continue) came before the answer.
    pub invited: bool,
    /// When the request was sent, and when all of it had arrived.
    pub asked: Instant,
    pub heard: Instant,
    /// When the answer was begun, and when all of it had been sent and had arrived.
    pub begun: Instant,
    pub said: Instant,
    pub answered: Instant,
}

/// The exchanges of one connection, and how it begins and ends.
pub(super) struct Talk<'d> {
    pub client: NodeId,
    /// The server's node and port.
    pub server: (NodeId, u16),
    pub opened: Instant,
    pub round_trip: Option<Duration>,
    pub client_mss: Option<u16>,
    pub server_mss: Option<u16>,
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
            1 + earlier.filter(|one| one.answered > self.exchanges[at].asked).count() as u32
        };
        (0..self.exchanges.len()).map(unanswered).max().unwrap_or(1)
    }

    /// Whether the client ended the connection, and not the server before it.
    pub fn client_closes_first(&self) -> bool {
        self.client_end.is_some_and(|client| self.server_end.is_none_or(|server| client < server))
    }

    /// How long after its last octet the server ended the connection; none when it did not, or followed the client.
    pub fn server_waited(&self) -> Option<Duration> {
        let (end, last) = (self.server_end?, self.exchanges.last()?);
        (!self.client_closes_first()).then(|| saturating(end, last.said))
    }
}

/// What the segments of one socket tell beside their octets.
#[derive(Default)]
struct Segments {
    first_syn: Option<Instant>,
    last_syn: Option<Instant>,
    /// The first segment without SYN.
    next: Option<Instant>,
    mss: Option<u16>,
    end: Option<Instant>,
}

impl Segments {
    fn take(&mut self, segment: &Segment, at: Instant) {
        if segment.flags.is_syn() {
            self.first_syn.get_or_insert(at);
            self.last_syn = Some(at);
            self.mss = segment.options.max_segment_size;
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
            [Some(requests), Some(responses)] => talks.push(talk(&times, connection, requests, responses)?),
            _ => return Err(NotModelled::Incomplete),
        }
    }
    Ok(talks)
}

fn talk<'d>(
    times: &Times<'_>,
    connection: &Connection,
    requests: &'d Stream,
    responses: &'d Stream,
) -> Result<Talk<'d>, NotModelled> {
    let nothing = Segments::default();
    let [client, server] = [requests, responses].map(|of| times.sockets.get(&of.socket).unwrap_or(&nothing));
    let (Some(opened), Some(_)) = (client.first_syn, server.first_syn) else {
        return Err(NotModelled::NoHandshake);
    };
    if requests.messages.iter().chain(&responses.messages).any(|message| !message.complete) {
        return Err(NotModelled::Incomplete);
    }
    let mut exchanges = Vec::new();
    let mut answers = responses.messages.iter();
    for request in &requests.messages {
        exchanges.push(exchange(times, (requests, request), responses, &mut answers)?);
    }
    match answers.next() {
        Some(_) => Err(NotModelled::Incomplete),
        None => Ok(Talk {
            client: requests.socket.node,
            server: (responses.socket.node, connection.tuple.remote.port),
            opened,
            round_trip: client.last_syn.zip(client.next).map(|(syn, ack)| saturating(ack, syn)),
            client_mss: client.mss,
            server_mss: server.mss,
            client_end: client.end,
            server_end: server.end,
            exchanges,
        }),
    }
}

fn exchange<'d>(
    times: &Times<'_>,
    (requests, request): (&'d Stream, &MessageLabel),
    responses: &'d Stream,
    answers: &mut impl Iterator<Item = &'d MessageLabel>,
) -> Result<Exchange<'d>, NotModelled> {
    let octets = requests.octets_in(&request.range);
    let (head, request_head) = parse_request_head(octets).ok().flatten().ok_or(NotModelled::NotHttp)?;
    let mut invited = false;
    let (answer, answer_head, response_head) = loop {
        let answer = answers.next().ok_or(NotModelled::Incomplete)?;
        let octets = responses.octets_in(&answer.range);
        let (head, len) = parse_response_head(octets).ok().flatten().ok_or(NotModelled::NotHttp)?;
        match head.status {
            // RFC 9110 section 15.2.2: what follows is no HTTP/1 any more.
            101 => return Err(NotModelled::NotHttp),
            100..=199 => invited |= head.status == 100,
            _ => break (answer, head, len),
        }
    };
    let field = |headers: &Headers, name: &str| headers.get(name).map(ToOwned::to_owned);
    let (asked, _) = times.of(requests, request.range.start);
    let (_, heard) = times.of(requests, request.range.end.saturating_sub(1));
    let (begun, _) = times.of(responses, answer.range.start);
    let (said, answered) = times.of(responses, answer.range.end.saturating_sub(1));
    Ok(Exchange {
        request: octets,
        request_head,
        method: head.method.as_str().to_owned(),
        path: path_of(&head).to_owned(),
        host: field(&head.headers, "Host"),
        version: head.version,
        response: responses.octets_in(&answer.range),
        response_head,
        status: answer_head.status,
        content_type: field(&answer_head.headers, "Content-Type").unwrap_or_default(),
        is_chunked: answer_head.headers.contains_token("Transfer-Encoding", "chunked"),
        invited,
        asked,
        heard,
        begun,
        said,
        answered,
    })
}

fn path_of(head: &RequestHead) -> &str {
    match head.form() {
        Some(RequestTarget::Absolute { path: "", .. }) => "/",
        Some(RequestTarget::Absolute { path, .. }) => path,
        _ => &head.target,
    }
}
