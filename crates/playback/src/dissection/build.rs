//! Builds a dissection in two passes: connections and streams, then segment labels.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use playground_core::event::{Entry, Event, HopId, NodeId, PacketId};
use playground_core::node::RoleSpec;
use playground_core::rule::Rule;
use playground_core::tcp::{Call, Notice, Returned, State, Trigger};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::{FourTuple, Packet, Segment, SeqNum};

use super::rows::assign_rows;
use super::{
    Connection, ConnectionId, Dissection, PathHop, SegmentKind, SegmentLabel, Side, SocketKey, Stream,
    messages, recorded, segments,
};

/// Latency of a typical hop when none can be measured.
const DEFAULT_HOP: Duration = Duration::from_millis(50);
/// The fastest hop sets the scale, unless another is this many times slower.
const SLOWEST_TO_FASTEST: u64 = 5;
/// Stacking slots on a lane.
const SLOTS: usize = 5;

pub(super) fn build(trace: &Trace) -> Dissection {
    let mut walk = Walk::new(trace);
    for entry in &trace.entries {
        walk.first(entry);
    }
    walk.divide();
    let hop = typical_hop(trace);
    let mut slots = Slots::default();
    let mut segments = Vec::new();
    for entry in &trace.entries {
        walk.second(entry, &mut segments, &mut slots);
    }
    walk.ends();
    let is_recording = recorded::is_recording(trace);
    if is_recording {
        recorded::join(trace, &mut walk.connections);
        segments = recorded::moved(trace, &walk.connections, &walk.streams, &walk.sockets);
    }
    let rows = assign_rows(&mut walk.connections);
    let mut gone: Vec<u32> = walk.connections.iter().filter_map(|connection| connection.gone).collect();
    gone.sort();
    Dissection {
        connections: walk.connections,
        streams: walk.streams,
        segments,
        hop,
        fall: fall(trace),
        is_recording,
        sockets: walk.sockets,
        gone,
        rows,
        calls: walk.calls,
        resets: walk.resets,
        changes: walk.changes,
        losses: walk.losses,
    }
}

/// State of the two passes.
struct Walk<'a> {
    trace: &'a Trace,
    connections: Vec<Connection>,
    sockets: BTreeMap<SocketKey, (ConnectionId, Side)>,
    by_tuple: BTreeMap<FourTuple, ConnectionId>,
    streams: BTreeMap<SocketKey, Stream>,
    calls: BTreeMap<SocketKey, Vec<u32>>,
    resets: BTreeMap<SocketKey, u32>,
    changes: BTreeMap<SocketKey, Vec<u32>>,
    losses: Vec<(u32, PacketId)>,
    shifts: BTreeMap<(ConnectionId, Side), Option<u8>>,
    isns: BTreeMap<SocketKey, SeqNum>,
    /// Of a capture: payloads ahead of a gap, by their offset.
    ahead: BTreeMap<SocketKey, BTreeMap<u64, Bytes>>,
    /// Sockets that have sent a FIN.
    finished: BTreeSet<SocketKey>,
    /// The entries that put a socket into TIME-WAIT, and into CLOSED (or released it).
    ended: BTreeMap<SocketKey, (Option<u32>, Option<u32>)>,
}

impl<'a> Walk<'a> {
    fn new(trace: &'a Trace) -> Self {
        Self {
            trace,
            connections: Vec::new(),
            sockets: BTreeMap::new(),
            by_tuple: BTreeMap::new(),
            streams: BTreeMap::new(),
            calls: BTreeMap::new(),
            resets: BTreeMap::new(),
            changes: BTreeMap::new(),
            losses: Vec::new(),
            shifts: BTreeMap::new(),
            isns: BTreeMap::new(),
            ahead: BTreeMap::new(),
            finished: BTreeSet::new(),
            ended: BTreeMap::new(),
        }
    }

    fn first(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Socket { socket, notice } => {
                self.notice(entry, SocketKey::new(entry.node, *socket), notice)
            }
            Event::CallReturned { socket: Some(socket), call, returned, .. } => {
                let key = SocketKey::new(entry.node, *socket);
                self.calls.entry(key).or_default().push(entry.index);
                if let (Call::Send { octets }, Returned::Sent { len }) = (call, returned)
                    && let Some((connection, side)) = self.sockets.get(&key)
                {
                    let stream =
                        self.streams.entry(key).or_insert_with(|| Stream::new(key, *connection, *side));
                    stream.write(&octets[..octets.len().min(*len)], entry.index);
                }
            }
            Event::PacketSent { hop, to, socket, packet: Packet::Segment(segment), .. } => {
                let tuple = FourTuple { local: segment.source, remote: segment.destination };
                let key = socket.map(|socket| SocketKey::new(entry.node, socket));
                let Some((id, side)) = self.connection_of(key, tuple) else { return };
                let connection = &mut self.connections[id.index()];
                if connection.path.iter().all(|known| known.hop != *hop) {
                    let (from, to) = if side == Side::Opener { (entry.node, *to) } else { (*to, entry.node) };
                    connection.path.push(PathHop { hop: *hop, from, to, row: None });
                }
                if segment.flags.is_rst() {
                    connection.reset.get_or_insert(entry.index);
                }
                if segment.flags.is_syn() {
                    match side {
                        Side::Opener => connection.opener_isn = Some(segment.seq),
                        Side::Acceptor => connection.acceptor_isn = Some(segment.seq),
                    }
                    self.shifts.insert((id, side), segment.options.window_scale);
                    if let Some(key) = key {
                        self.isns.insert(key, segment.seq);
                    }
                    if let (Some(Some(opener)), Some(Some(acceptor))) =
                        (self.shifts.get(&(id, Side::Opener)), self.shifts.get(&(id, Side::Acceptor)))
                    {
                        self.connections[id.index()].window_shifts = (*opener, *acceptor);
                    }
                }
                if let Some(key) = key.filter(|key| self.is_captured(key.node)) {
                    self.captured(key, id, side, segment, entry.index);
                }
                if let Some(key) = key.filter(|_| segment.flags.is_fin()) {
                    self.finished.insert(key);
                }
            }
            _ => {}
        }
    }

    fn is_captured(&self, node: NodeId) -> bool {
        matches!(self.trace.scenario.nodes[node.index()].role, RoleSpec::Captured(_))
    }

    /// The octets of a segment as its sender's output: a capture has no calls.
    fn captured(&mut self, key: SocketKey, id: ConnectionId, side: Side, segment: &Segment, entry: u32) {
        if segment.flags.is_rst() {
            return;
        }
        // Where the SYN is not in the capture, numbers count from the first that is.
        let isn = *self.isns.entry(key).or_insert(SeqNum(segment.seq.0.wrapping_sub(1)));
        let connection = &mut self.connections[id.index()];
        match side {
            Side::Opener => connection.opener_isn.get_or_insert(isn),
            Side::Acceptor => connection.acceptor_isn.get_or_insert(isn),
        };
        if segment.payload.is_empty() {
            return;
        }
        let after_syn = segment.seq.offset_from(isn) + i32::from(segment.flags.is_syn());
        // What precedes the first number seen is no part of the stream.
        let Ok(start) = u64::try_from(i64::from(after_syn) - 1) else { return };
        let stream = self.streams.entry(key).or_insert_with(|| Stream::new(key, id, side));
        let ahead = self.ahead.entry(key).or_default();
        ahead.insert(start, segment.payload.clone());
        // What is ahead of a gap waits until the gap is filled, by a segment that was sent again.
        while let Some(first) = ahead.first_entry() {
            let end = stream.octets.len() as u64;
            if *first.key() > end {
                break;
            }
            let (start, octets) = first.remove_entry();
            if let Some(new) = octets.get((end - start) as usize..).filter(|new| !new.is_empty()) {
                stream.write(new, entry);
            }
        }
    }

    fn notice(&mut self, entry: &Entry, key: SocketKey, notice: &Notice) {
        if let Notice::StateChanged { .. } = notice {
            self.changes.entry(key).or_default().push(entry.index);
        }
        match notice {
            Notice::Opened { tuple, listener, .. } => self.opened(entry, key, *tuple, listener.is_some()),
            Notice::StateChanged { to: State::TimeWait, .. } => {
                self.ended.entry(key).or_default().0.get_or_insert(entry.index);
            }
            Notice::StateChanged { to: State::Closed, .. } | Notice::Released => {
                if let Notice::StateChanged { trigger: Trigger::ReceiveReset | Trigger::SendReset, .. } =
                    notice
                {
                    self.resets.insert(key, entry.index);
                }
                self.ended.entry(key).or_default().1.get_or_insert(entry.index);
            }
            _ => {}
        }
    }

    fn opened(&mut self, entry: &Entry, key: SocketKey, tuple: FourTuple, is_passive: bool) {
        let other_way = tuple.reversed();
        if let Some(id) = self.by_tuple.get(&other_way).copied() {
            let connection = &mut self.connections[id.index()];
            // The other end of a connection; of a simultaneous open when it is active too. One that both ends have
            // opened, and whose opener is not of the run, is another with the same ports.
            let is_whole = connection.acceptor_socket.is_some();
            let is_other_end = match is_passive {
                true => !(is_whole && connection.opener_socket.is_none()),
                false => !is_whole && connection.opener != key.node,
            };
            if is_other_end {
                connection.acceptor_socket = Some(key);
                connection.acceptor = Some(key.node);
                self.sockets.insert(key, (id, Side::Acceptor));
                return;
            }
        }
        let id = ConnectionId(self.connections.len() as u32);
        let other = self.trace.owner(tuple.remote.address);
        // Without its opening in the run, an accepted connection was opened by its remote end all the same.
        let (side, tuple) = match is_passive {
            true => (Side::Acceptor, other_way),
            false => (Side::Opener, tuple),
        };
        self.connections.push(Connection {
            id,
            tuple,
            opener: if is_passive { other.unwrap_or(key.node) } else { key.node },
            acceptor: if is_passive { Some(key.node) } else { other },
            opener_socket: (!is_passive).then_some(key),
            acceptor_socket: is_passive.then_some(key),
            path: Vec::new(),
            opened: entry.index,
            reset: None,
            time_wait: None,
            gone: None,
            opener_isn: None,
            acceptor_isn: None,
            window_shifts: (0, 0),
        });
        self.by_tuple.insert(tuple, id);
        self.sockets.insert(key, (id, side));
    }

    /// The connection of a segment, and the end that sent it.
    fn connection_of(&self, key: Option<SocketKey>, tuple: FourTuple) -> Option<(ConnectionId, Side)> {
        if let Some(found) = key.and_then(|key| self.sockets.get(&key)) {
            return Some(*found);
        }
        match self.by_tuple.get(&tuple) {
            Some(id) => Some((*id, Side::Opener)),
            None => Some((*self.by_tuple.get(&tuple.reversed())?, Side::Acceptor)),
        }
    }

    /// Divides all streams into messages.
    fn divide(&mut self) {
        for connection in &self.connections {
            let acceptor_key = connection.acceptor_socket;
            let opener_key = connection.opener_socket;
            let mut opener = opener_key.and_then(|key| self.streams.remove(&key));
            let mut acceptor = acceptor_key.and_then(|key| self.streams.remove(&key));
            let closed = (
                opener_key.is_some_and(|key| self.finished.contains(&key)),
                acceptor_key.is_some_and(|key| self.finished.contains(&key)),
            );
            messages::divide(opener.as_mut(), acceptor.as_mut(), closed);
            for stream in [opener, acceptor].into_iter().flatten() {
                self.streams.insert(stream.socket, stream);
            }
        }
    }

    fn second(&mut self, entry: &Entry, segments: &mut Vec<SegmentLabel>, slots: &mut Slots) {
        match &entry.event {
            Event::Socket { socket, notice: Notice::Opened { tuple, .. } } => {
                // 4-tuples name another connection from here on.
                let key = SocketKey::new(entry.node, *socket);
                if let Some((id, Side::Opener)) = self.sockets.get(&key) {
                    self.by_tuple.insert(*tuple, *id);
                }
            }
            Event::PacketSent {
                id,
                hop,
                to,
                socket,
                packet: Packet::Segment(segment),
                retransmission,
                departs,
                arrives,
            } => {
                let tuple = FourTuple { local: segment.source, remote: segment.destination };
                let key = socket.map(|socket| SocketKey::new(entry.node, socket));
                let found = self.connection_of(key, tuple);
                let connection = found.map(|(id, _)| id);
                // A relayed segment still carries octets of the socket that sent it.
                let key = key.or_else(|| {
                    let (id, side) = found.filter(|_| !segment.flags.is_rst())?;
                    self.connections[id.index()].socket(side)
                });
                let sender = found.map_or(Side::Opener, |(_, side)| side);
                let is_probe = entry.rule == Rule::ZeroWindowProbe;
                let kind = segments::kind(segment, is_probe);
                let range = key.filter(|_| !segment.payload.is_empty()).and_then(|key| {
                    let isn = self.isns.get(&key)?;
                    let start = u64::from(segment.seq.0.wrapping_sub(isn.0).wrapping_sub(1));
                    Some(start..start + segment.payload.len() as u64)
                });
                let fin = segment.flags.is_fin();
                let words = match (&range, kind) {
                    (Some(range), SegmentKind::Data | SegmentKind::Probe) => {
                        segments::payload(key.and_then(|key| self.streams.get(&key)), range, fin)
                    }
                    _ => segments::control(kind),
                };
                let lane = (*hop, connection, entry.node, kind == SegmentKind::Data);
                let slot = slots.take(lane, kind, &words.text, *departs, *arrives);
                segments.push(SegmentLabel {
                    id: *id,
                    kind,
                    text: words.text.into(),
                    short: words.short.into(),
                    fin,
                    range,
                    message: words.message,
                    begins_message: words.begins_message,
                    connection,
                    sender,
                    from: entry.node,
                    to: *to,
                    hop: *hop,
                    retransmission: *retransmission,
                    sent: entry.index,
                    ended: None,
                    lost: None,
                    departs: *departs,
                    arrives: *arrives,
                    slot,
                });
            }
            Event::PacketSent {
                id, hop, to, packet: Packet::Datagram(datagram), departs, arrives, ..
            } => {
                let (kind, words) = segments::label(datagram);
                let lane = (*hop, None, entry.node, true);
                let slot = slots.take(lane, SegmentKind::Data, &words.text, *departs, *arrives);
                segments.push(SegmentLabel {
                    id: *id,
                    kind,
                    text: words.text.into(),
                    short: words.short.into(),
                    fin: false,
                    range: None,
                    message: None,
                    begins_message: true,
                    connection: None,
                    sender: Side::Opener,
                    from: entry.node,
                    to: *to,
                    hop: *hop,
                    retransmission: false,
                    sent: entry.index,
                    ended: None,
                    lost: None,
                    departs: *departs,
                    arrives: *arrives,
                    slot,
                });
            }
            Event::PacketDelivered { id } | Event::PacketDropped { id, .. } => {
                if let Some(label) = segments.get_mut(id.0 as usize).filter(|label| label.id == *id) {
                    label.ended = Some(entry.index);
                    if let Event::PacketDropped { reason, .. } = &entry.event {
                        label.lost = Some((entry.at, *reason));
                        self.losses.push((entry.index, *id));
                    }
                }
            }
            _ => {}
        }
    }

    /// Finds the end of each connection.
    fn ends(&mut self) {
        let never = (None, None);
        for connection in &mut self.connections {
            let end = |key: SocketKey| self.ended.get(&key).unwrap_or(&never);
            let (opener, acceptor) = match (connection.opener_socket, connection.acceptor_socket) {
                (Some(opener), Some(acceptor)) => (end(opener), end(acceptor)),
                (one, other) => {
                    (connection.time_wait, connection.gone) = one.or(other).map_or(never, |key| *end(key));
                    continue;
                }
            };
            connection.gone = opener.1.zip(acceptor.1).map(|(a, b)| a.max(b));
            let quiet = |end: &(Option<u32>, Option<u32>)| match end {
                (Some(a), Some(b)) => Some(*a.min(b)),
                (a, b) => a.or(*b),
            };
            connection.time_wait = quiet(opener).zip(quiet(acceptor)).map(|(a, b)| a.max(b));
        }
    }
}

/// One direction of a connection: hop, connection, sending node.
///
/// Data and pure control segments are stacked separately: data is drawn as cards, control as small signs.
type Lane = (HopId, Option<ConnectionId>, NodeId, bool);

/// The slots taken on each lane: when their last segment left, and how wide it is.
#[derive(Default)]
struct Slots {
    lanes: BTreeMap<Lane, Vec<(Instant, f64)>>,
}

impl Slots {
    /// A slot in which the segment does not cover the one before it.
    fn take(&mut self, lane: Lane, kind: SegmentKind, text: &str, departs: Instant, arrives: Instant) -> u8 {
        let width = match kind {
            SegmentKind::Data => (0.12 + 0.045 * text.chars().count() as f64).min(0.9),
            SegmentKind::Syn => 0.3,
            SegmentKind::SynAck => 0.45,
            _ => 0.3,
        };
        let flight = arrives.since(departs).as_micros().max(1) as f64;
        let taken = self.lanes.entry(lane).or_default();
        let is_clear = |(last, other): &(Instant, f64)| {
            departs.since(*last).as_micros() as f64 / flight >= (width + other) / 2.0
        };
        let slot = match taken.iter().position(is_clear) {
            Some(slot) => slot,
            None if taken.len() < SLOTS => taken.len(),
            // All are taken: the one that has been free of new segments longest.
            None => taken.iter().enumerate().min_by_key(|(_, (last, _))| *last).map_or(0, |(slot, _)| slot),
        };
        if slot == taken.len() {
            taken.push((departs, width));
        } else {
            taken[slot] = (departs, width);
        }
        slot as u8
    }
}

/// The time a typical hop takes: the fastest hop's median, unless another hop is very much slower.
fn typical_hop(trace: &Trace) -> Duration {
    let mut times: BTreeMap<HopId, Vec<u64>> = BTreeMap::new();
    for entry in &trace.entries {
        if let Event::PacketSent { hop, arrives, .. } = &entry.event {
            times.entry(*hop).or_default().push(arrives.since(entry.at).as_micros());
        }
    }
    let medians: Vec<u64> = times
        .into_values()
        .map(|mut times| {
            times.sort();
            times[times.len() / 2]
        })
        .filter(|median| *median > 0)
        .collect();
    typical(&medians)
}

/// The time a typical link takes without a queue.
fn fall(trace: &Trace) -> Duration {
    let delays = trace.scenario.links.iter().map(|link| link.delay_us.as_micros());
    typical(&delays.filter(|delay| *delay > 0).collect::<Vec<u64>>())
}

fn typical(times: &[u64]) -> Duration {
    let (Some(fastest), Some(slowest)) = (times.iter().min(), times.iter().max()) else {
        return DEFAULT_HOP;
    };
    Duration::from_micros((*fastest).max(slowest / SLOWEST_TO_FASTEST).max(1))
}
