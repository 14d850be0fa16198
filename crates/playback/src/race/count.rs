//! From a trace to a lane: bars, counts, and the round trips that the page waited for.

use playground_core::event::{Entry, Event};
use playground_core::node::LoadingPolicy;
use playground_core::tcp::{Call, Notice, Returned, SocketId, State};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_core::wire::{Endpoint, Packet};

use super::{Bar, Lane, Stretch, StretchKind};

/// The state of a connection of the client so far.
struct Counting {
    socket: SocketId,
    local: Endpoint,
    established: bool,
    over: bool,
    /// Requests written, read by the server, answers begun, answers whole.
    asked: u32,
    read: u32,
    begun: u32,
    whole: u32,
    since: Instant,
    bar: Bar,
}

impl Counting {
    const fn kind(&self) -> StretchKind {
        if !self.established {
            StretchKind::SetUp
        } else if self.begun > self.whole {
            StretchKind::Data
        } else if self.asked == self.whole {
            StretchKind::Idle
        } else if self.read > self.whole {
            StretchKind::Waiting
        } else {
            StretchKind::Request
        }
    }

    /// Ends the present stretch at `now`.
    fn cut(&mut self, now: Instant) {
        if self.over || now <= self.since {
            return;
        }
        let (kind, from) = (self.kind(), self.since);
        match self.bar.stretches.last_mut() {
            Some(last) if last.kind == kind => last.to = now,
            _ => self.bar.stretches.push(Stretch { kind, from, to: now }),
        }
        self.since = now;
    }
}

/// The lane of a run whose browser is the node in this place.
pub(super) fn lane(trace: &Trace, browser: usize, policy: LoadingPolicy, is_current: bool) -> Lane {
    let mut lane = Lane {
        policy,
        is_current,
        bars: Vec::new(),
        rows: 0,
        connections: 0,
        handshakes: 0,
        round_trips: 0,
        octets: 0,
        first_paint: None,
        total: None,
        failed: 0,
    };
    let mut open: Vec<Counting> = Vec::new();
    // The client's end of each of the other nodes' sockets.
    let mut peers: Vec<(u16, SocketId, Endpoint)> = Vec::new();
    for entry in &trace.entries {
        let is_client = entry.node.index() == browser;
        match &entry.event {
            Event::PacketSent { packet: Packet::Segment(segment), .. } if lane.total.is_none() => {
                lane.octets += segment.wire_len() as u64;
            }
            Event::Socket { socket, notice: Notice::Opened { tuple, .. } } => {
                if is_client {
                    open.push(Counting {
                        socket: *socket,
                        local: tuple.local,
                        established: false,
                        over: false,
                        asked: 0,
                        read: 0,
                        begun: 0,
                        whole: 0,
                        since: entry.at,
                        bar: Bar::default(),
                    });
                } else {
                    peers.push((entry.node.0, *socket, tuple.remote));
                }
            }
            Event::RequestReceived { socket, .. } if !is_client => {
                let peer =
                    peers.iter().rev().find(|(node, other, _)| (*node, other) == (entry.node.0, socket));
                if let Some((_, _, local)) = peer
                    && let Some(one) = open.iter_mut().rev().find(|one| one.local == *local)
                {
                    one.cut(entry.at);
                    one.read += 1;
                }
            }
            Event::PagePainted { .. } if is_client => {
                lane.first_paint.get_or_insert(entry.at.since(Instant::ZERO));
            }
            Event::PageCompleted { failed, .. } if is_client && lane.total.is_none() => {
                lane.total = Some(entry.at.since(Instant::ZERO));
                lane.failed = *failed;
                lane.round_trips = round_trips(trace, browser, entry.index);
            }
            _ if is_client => apply(&mut open, entry),
            _ => {}
        }
    }
    lane.connections = open.len() as u32;
    lane.handshakes = open.iter().filter(|one| one.established).count() as u32;
    lane.bars = open
        .into_iter()
        .map(|mut one| {
            one.cut(trace.end());
            Bar { answers: one.whole, ..one.bar }
        })
        .collect();
    lane.rows = set_rows(&mut lane.bars);
    lane
}

/// Gives each bar the first row that is free; returns how many rows there are.
fn set_rows(bars: &mut [Bar]) -> u32 {
    let mut ends: Vec<Instant> = Vec::new();
    for bar in bars {
        let from = bar.stretches.first().map_or(Instant::ZERO, |first| first.from);
        let to = bar.stretches.last().map_or(from, |last| last.to);
        let free = ends.iter().position(|end| *end <= from).unwrap_or(ends.len());
        match ends.get_mut(free) {
            Some(end) => *end = to,
            None => ends.push(to),
        }
        bar.row = free as u32;
    }
    ends.len() as u32
}

/// Applies an entry of the client to one of its connections.
fn apply(open: &mut [Counting], entry: &Entry) {
    let (socket, change): (_, fn(&mut Counting, u32)) = match &entry.event {
        Event::Socket { socket, notice: Notice::StateChanged { to, .. } } => match to {
            State::Established => (socket, |one, _| one.established = true),
            State::SynSent | State::SynReceived => return,
            _ => (socket, |one, _| one.over = true),
        },
        Event::CallReturned {
            socket: Some(socket),
            call: Call::Send { .. },
            returned: Returned::Sent { .. },
            ..
        } => (socket, |one, requests| one.asked += requests),
        Event::ResponseReceived { socket, .. } => (socket, |one, _| one.begun += 1),
        Event::MessageCompleted { socket, .. } => (socket, |one, _| one.whole += 1),
        _ => return,
    };
    if let Some(one) = open.iter_mut().rev().find(|one| one.socket == *socket) {
        one.cut(entry.at);
        change(one, requests(entry));
    }
}

/// How many requests end in what a call wrote.
fn requests(entry: &Entry) -> u32 {
    match &entry.event {
        Event::CallReturned { call: Call::Send { octets }, .. } => {
            octets.windows(4).filter(|window| window == b"\r\n\r\n").count() as u32
        }
        _ => 0,
    }
}

/// Segments that arrived at the browser on the way back from an entry to the beginning.
fn round_trips(trace: &Trace, browser: usize, from: u32) -> u32 {
    let arrived = |entry: &&Entry| {
        entry.node.index() == browser && matches!(entry.event, Event::PacketDelivered { .. })
    };
    trace.causes(from).into_iter().filter(arrived).count() as u32
}
