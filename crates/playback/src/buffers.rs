//! Where the octets of each stream are: on their way, in the receive buffer, read by the application, or discarded.

use std::collections::BTreeMap;
use std::rc::Rc;

use core::ops::Range;

use playground_core::event::Event;
use playground_core::http::{BodyLength, Decoded, Decoder, Method};
use playground_core::tcp::{Buffer, Notice, State};
use playground_core::time::Instant;
use playground_core::trace::{SocketWorld, Trace, World};

use crate::cursor::Cursor;
use crate::dissection::{
    ConnectionId, Dissection, MessageKind, MessageLabel, MessageRef, Side, SocketKey, Stream,
};
use crate::frame::without;
use crate::role::NodeLabel;

/// Streams that are shown at once, the latest ones.
const MOST_LANES: usize = 2;

/// The buffers of a run, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Buffers {
    trace: Rc<Trace>,
    dissection: Rc<Dissection>,
    /// What each socket's application and stack did with its input and output, in the order of entries.
    acts: BTreeMap<SocketKey, Vec<(u32, Act)>>,
    promises: BTreeMap<MessageRef, Promise>,
}

/// What became of octets.
#[derive(Clone, Debug)]
enum Act {
    /// Read by the application.
    Read(Range<u64>),
    /// Thrown away from the receive buffer.
    Discarded(Range<u64>),
    /// Thrown away from the send buffer.
    DiscardedUnsent(Range<u64>),
    /// A message was read to its end.
    Completed,
    /// A message ended too early: the body's octets that are missing, where their number was announced.
    CutOff(Option<u64>),
}

/// The streams at a moment, by their first octet.
#[derive(Clone, Debug, PartialEq)]
pub struct BufferTable {
    /// Responses, and streams that are not HTTP; requests only as long as there is nothing else.
    pub lanes: Vec<BufferLane>,
}

/// A stream, its octets by the place where they are.
///
/// Units: octets.
#[derive(Clone, Debug, PartialEq)]
pub struct BufferLane {
    /// Its connection.
    pub connection: ConnectionId,
    /// Which end sends.
    pub side: Side,
    /// What it carries.
    pub kind: LaneKind,
    /// The sending node.
    pub sender: NodeLabel,
    /// The receiving node.
    pub receiver: NodeLabel,
    /// In the order of the octets.
    pub tiles: Vec<BufferTile>,
    /// Messages read to their end.
    pub read: u32,
    /// Messages of which something was written.
    pub written: u32,
    /// The body of the message that the application reads.
    pub body: Option<BodyCount>,
}

/// What a stream carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneKind {
    /// HTTP requests.
    Requests,
    /// HTTP responses.
    Responses,
    /// Anything else.
    Other,
}

/// Octets of one message in one place.
#[derive(Clone, Debug, PartialEq)]
pub struct BufferTile {
    /// `200 /3`; empty for octets that are no message.
    pub label: Rc<str>,
    /// Where they are.
    pub place: TilePlace,
    /// How many.
    pub octets: u64,
    /// Whether all that was written of the message is here.
    pub is_whole: bool,
    /// When they were thrown away.
    pub discarded_at: Option<Instant>,
    /// The entry that brought them here; the one that wrote them while they are on their way.
    pub entry: u32,
}

/// Where octets are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TilePlace {
    /// In the sender's buffer, or on the wire.
    OnItsWay,
    /// In the receive buffer, in order or behind a gap.
    Unread,
    /// With the application.
    Read,
    /// Thrown away at the receiver.
    Discarded,
    /// Thrown away at the sender, or arrived at a socket that is closed.
    NeverArrived,
}

/// How the length of a body is announced. RFC 9112 section 6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// By Content-Length, octets.
    Length(u64),
    /// By a last chunk of length zero.
    Chunked,
    /// Not at all: it ends with the connection.
    UntilClose,
}

/// A body as its reader counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyCount {
    /// Octets read so far, the framing of chunks left out.
    pub read: u64,
    /// The announced end.
    pub promise: Promise,
    /// Set once it has ended too early: the octets missing, where their number is known.
    pub cut_off: Option<Option<u64>>,
}

impl Buffers {
    /// The buffers of a run.
    pub fn new(trace: Rc<Trace>, dissection: Rc<Dissection>) -> Self {
        let mut acts: BTreeMap<SocketKey, Vec<(u32, Act)>> = BTreeMap::new();
        for entry in &trace.entries {
            let (socket, act) = match &entry.event {
                Event::Socket { socket, notice: Notice::BytesRead { range } } => {
                    (*socket, Act::Read(range.clone()))
                }
                Event::Socket { socket, notice: Notice::BytesDiscarded { buffer, range } } => match buffer {
                    Buffer::Receive => (*socket, Act::Discarded(range.clone())),
                    Buffer::Send => (*socket, Act::DiscardedUnsent(range.clone())),
                },
                Event::MessageCompleted { socket, .. } => (*socket, Act::Completed),
                Event::MessageIncomplete { socket, received, expected } => {
                    (*socket, Act::CutOff(expected.map(|expected| expected.saturating_sub(*received))))
                }
                _ => continue,
            };
            acts.entry(SocketKey::new(entry.node, socket)).or_default().push((entry.index, act));
        }
        let messages = dissection.streams.values().flat_map(|stream| {
            stream.messages.iter().enumerate().map(move |(place, message)| (stream, place, message))
        });
        let promises = messages.filter_map(|(stream, place, message)| {
            let promise = promise(&dissection, stream, message)?;
            Some((MessageRef { stream: stream.socket, index: place as u32 }, promise))
        });
        let promises = promises.collect();
        Self { trace, dissection, acts, promises }
    }

    /// Whether a run has connections.
    pub fn exists(trace: &Trace) -> bool {
        trace.scenario.nodes.len() > 1
    }

    /// The streams of which something has been written.
    pub fn at(&self, now: Cursor) -> BufferTable {
        let world = self.trace.world_after(now.index);
        let mut lanes: Vec<(u32, BufferLane)> =
            self.dissection.streams.values().filter_map(|stream| self.lane(stream, &world, now)).collect();
        lanes.sort_by_key(|(begun, _)| *begun);
        if lanes.iter().any(|(_, lane)| lane.kind != LaneKind::Requests) {
            lanes.retain(|(_, lane)| lane.kind != LaneKind::Requests);
        }
        // A single message, read or broken off, makes room for the next between the same nodes.
        let superseded = |begun: u32, lane: &BufferLane| {
            let connection = self.dissection.connection(lane.connection);
            let ends = connection.into_iter().flat_map(|connection| [connection.time_wait, connection.gone]);
            let is_over = ends.flatten().any(|entry| entry < now.index);
            let is_next = |(other, of): &(u32, BufferLane)| {
                *other > begun && (&of.sender, &of.receiver) == (&lane.sender, &lane.receiver)
            };
            lane.written == 1 && (lane.read == 1 || is_over) && lanes.iter().any(is_next)
        };
        let is_shown: Vec<bool> = lanes.iter().map(|(begun, lane)| !superseded(*begun, lane)).collect();
        let mut shown = is_shown.into_iter();
        lanes.retain(|_| shown.next().unwrap_or(true));
        let spare = lanes.len().saturating_sub(MOST_LANES);
        BufferTable { lanes: lanes.into_iter().skip(spare).map(|(_, lane)| lane).collect() }
    }

    /// A stream, after the entry that wrote its first octet.
    fn lane(&self, stream: &Stream, world: &World, now: Cursor) -> Option<(u32, BufferLane)> {
        let connection = self.dissection.connection(stream.connection)?;
        let receiver_key = connection.socket(stream.side.other());
        let sender = socket(world, Some(stream.socket)).filter(|sender| sender.written > 0)?;
        let receiver = socket(world, receiver_key);
        let empty = Vec::new();
        let past = |key: Option<SocketKey>| {
            let acts = key.and_then(|key| self.acts.get(&key)).unwrap_or(&empty);
            &acts[..acts.partition_point(|(entry, _)| *entry < now.index)]
        };
        let (theirs, own) = (past(receiver_key), past(Some(stream.socket)));
        let kind = match stream.messages.first()?.kind {
            MessageKind::Request => LaneKind::Requests,
            MessageKind::Response => LaneKind::Responses,
            MessageKind::Tls | MessageKind::Opaque => LaneKind::Other,
        };

        let mut tiles = Vec::new();
        let mut written = 0;
        for (_, message) in stream.messages_in(&(0..sender.written)) {
            written += 1;
            let range = message.range.start..message.range.end.min(sender.written);
            for (place, part) in places(&range, sender, receiver) {
                let acted = match place {
                    TilePlace::Read => last(theirs, &part, |act| matches!(act, Act::Read(_))),
                    TilePlace::Discarded => last(theirs, &part, |act| matches!(act, Act::Discarded(_))),
                    TilePlace::NeverArrived => last(own, &part, |act| matches!(act, Act::DiscardedUnsent(_))),
                    TilePlace::OnItsWay | TilePlace::Unread => None,
                };
                let entry = acted.or_else(|| stream.written_by(part.start))?;
                let is_lost = matches!(place, TilePlace::Discarded | TilePlace::NeverArrived);
                tiles.push(BufferTile {
                    label: Rc::clone(&message.short),
                    place,
                    octets: part.end - part.start,
                    is_whole: part == range,
                    discarded_at: acted
                        .filter(|_| is_lost)
                        .map(|entry| self.trace.entries[entry as usize].at),
                    entry,
                });
            }
        }
        let completed = theirs.iter().filter(|(_, act)| matches!(act, Act::Completed)).count();
        // A relay reports no complete messages: it has read one when the announced length or the next head is here.
        let until = |place: usize, message: &MessageLabel| {
            let promise = self.promises.get(&MessageRef { stream: stream.socket, index: place as u32 });
            match promise {
                Some(Promise::Length(length)) => message.head.end + length,
                Some(Promise::Chunked | Promise::UntilClose) => message.range.end + 1,
                None if kind == LaneKind::Other => message.range.end,
                None => message.range.end + 1,
            }
        };
        let read = receiver.map_or(0, |receiver| receiver.read);
        let messages = stream.messages.iter().enumerate();
        let whole = messages.filter(|(place, message)| until(*place, message) <= read).count();
        let label = |node| NodeLabel::of(&self.trace, node);
        let lane = BufferLane {
            connection: stream.connection,
            side: stream.side,
            kind,
            sender: label(stream.socket.node),
            receiver: label(connection.node(stream.side.other())?),
            tiles,
            read: completed.max(whole) as u32,
            written,
            body: receiver.and_then(|receiver| self.body(stream, receiver, theirs)),
        };
        Some((stream.written_by(0)?, lane))
    }

    /// The body of the last message whose head the application has read.
    fn body(&self, stream: &Stream, receiver: &SocketWorld, acts: &[(u32, Act)]) -> Option<BodyCount> {
        let known = |message: &&(usize, &MessageLabel)| message.1.head.end <= receiver.read;
        let (place, message) =
            stream.messages.iter().enumerate().take_while(|message| known(&message)).last()?;
        let promise = *self.promises.get(&MessageRef { stream: stream.socket, index: place as u32 })?;
        let read = receiver.read - message.head.end;
        let read = match promise {
            Promise::Length(length) => read.min(length),
            Promise::Chunked => without_framing(stream.octets_in(&(message.range.start..receiver.read))),
            Promise::UntilClose => read,
        };
        let cut_off = acts.iter().rev().find_map(|(_, act)| match act {
            Act::CutOff(missing) => Some(Some(*missing)),
            Act::Completed => Some(None),
            _ => None,
        });
        Some(BodyCount { read, promise, cut_off: cut_off.flatten() })
    }
}

/// The octets of the body in the beginning of a response.
fn without_framing(octets: &[u8]) -> u64 {
    let mut decoder = Decoder::responses();
    decoder.expect(Method::Get);
    decoder.push(octets);
    let mut body = 0;
    while let Ok(Some(piece)) = decoder.next_piece() {
        match piece.decoded {
            Decoded::Body(octets) => body += octets.len() as u64,
            Decoded::End { .. } => break,
            _ => {}
        }
    }
    body
}

fn socket(world: &World, key: Option<SocketKey>) -> Option<&SocketWorld> {
    let key = key?;
    world.nodes.get(key.node.index())?.sockets.get(&key.socket).map(Rc::as_ref)
}

/// The last entry that did something to the octets of a range.
fn last(acts: &[(u32, Act)], part: &Range<u64>, which: impl Fn(&Act) -> bool) -> Option<u32> {
    let touches = |range: &Range<u64>| range.start < part.end && part.start < range.end;
    let found = acts.iter().rev().find(|(_, act)| {
        which(act)
            && match act {
                Act::Read(range) | Act::Discarded(range) | Act::DiscardedUnsent(range) => touches(range),
                Act::Completed | Act::CutOff(_) => false,
            }
    });
    found.map(|(entry, _)| *entry)
}

/// Divides octets that were written by the place where they are, in the order of the octets.
fn places(
    range: &Range<u64>,
    sender: &SocketWorld,
    receiver: Option<&SocketWorld>,
) -> Vec<(TilePlace, Range<u64>)> {
    let clip = |part: &Range<u64>| part.start.max(range.start)..part.end.min(range.end);
    let mut parts: Vec<(TilePlace, Range<u64>)> = Vec::new();
    let mut add = |place: TilePlace, from: &Range<u64>, holes: &[Range<u64>]| {
        parts.extend(without(&clip(from), holes).into_iter().map(|part| (place, part)));
    };
    let (mut elsewhere, mut is_closed) = (Vec::new(), false);
    if let Some(receiver) = receiver {
        add(TilePlace::Read, &(0..receiver.read), &receiver.discarded);
        add(TilePlace::Unread, &(receiver.read..receiver.received), &receiver.discarded);
        for held in &receiver.held {
            add(TilePlace::Unread, held, &receiver.discarded);
        }
        for discarded in &receiver.discarded {
            add(TilePlace::Discarded, discarded, &[]);
        }
        elsewhere.push(0..receiver.received);
        elsewhere.extend(receiver.held.iter().chain(&receiver.discarded).cloned());
        is_closed = receiver.state == State::Closed && receiver.error.is_some();
    }
    for unsent in &sender.discarded_unsent {
        for part in without(unsent, &elsewhere) {
            add(TilePlace::NeverArrived, &part, &[]);
        }
    }
    elsewhere.extend(sender.discarded_unsent.iter().cloned());
    let rest = if is_closed { TilePlace::NeverArrived } else { TilePlace::OnItsWay };
    add(rest, &(0..sender.written), &elsewhere);
    parts.sort_by_key(|(_, part)| part.start);
    parts.retain(|(_, part)| part.start < part.end);
    parts
}

/// How a response announces the end of its body.
fn promise(dissection: &Dissection, stream: &Stream, message: &MessageLabel) -> Option<Promise> {
    let asked = message.request_of.and_then(|request| dissection.message(request));
    if message.kind != MessageKind::Response || asked.is_some_and(|asked| asked.short.starts_with("HEAD ")) {
        return None;
    }
    let mut decoder = Decoder::responses();
    decoder.expect(Method::Get);
    decoder.push(stream.octets_in(&message.head));
    match decoder.next_piece().ok()??.decoded {
        Decoded::Response { framing, .. } => match framing.length {
            BodyLength::Exactly(length) => Some(Promise::Length(length)),
            BodyLength::Chunked => Some(Promise::Chunked),
            BodyLength::UntilClose => Some(Promise::UntilClose),
            BodyLength::None => None,
        },
        _ => None,
    }
}
