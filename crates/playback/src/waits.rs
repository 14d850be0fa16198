//! Who waits for whom, and what each host believes about its connections.

use std::rc::Rc;

use playground_core::event::{Belief, Event, NodeId, Waiting};
use playground_core::rule::Rule;
use playground_core::tcp::{Notice, SocketId, State, Timer};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection, Side, SocketKey};
use crate::frame::{FlightPhase, FlightView, Frame, NodeView, SocketView, Tile, TileStatus};
use crate::role::RoleKind;

mod belief;

pub use belief::{Fit, Saying, WaitsFor, fit};

/// Hosts that the picture has room for.
const MOST_HOSTS: usize = 5;

/// The waits and beliefs of a run, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Waits {
    trace: Rc<Trace>,
    dissection: Rc<Dissection>,
    /// Beliefs by entry, ascending.
    beliefs: Vec<(u32, SocketKey)>,
    /// Waits by entry, ascending.
    waits: Vec<(u32, SocketKey)>,
    /// Where data or an ACK was held back by TCP: the entry that began it and the one that ended it.
    holds: Vec<TcpHold>,
}

/// An interval in which TCP held back data (Nagle's algorithm) or an ACK (delayed ACK).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TcpHold {
    key: SocketKey,
    what: WaitsFor,
    from: u32,
    to: Option<u32>,
}

/// Who waits for whom at a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaitsView {
    /// Hosts from left to right.
    pub hosts: Vec<WaitingHost>,
    /// Waits, each for another host.
    pub arrows: Vec<WaitArrow>,
    /// Pairs of hosts, by their places in `hosts`, and how their beliefs about their connection go together.
    pub fits: Vec<(usize, usize, Fit)>,
    /// Segments on their way on the connections of `hosts`, in the order of [`Frame::flights`].
    pub flights: Vec<WaitFlight>,
}

/// A segment between two hosts.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitFlight {
    /// The place in `hosts` of its sender.
    pub from: usize,
    /// The place in `hosts` of its receiver.
    pub to: usize,
    /// The segment.
    pub segment: FlightView,
}

/// A host with its connections and beliefs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingHost {
    /// The node.
    pub node: NodeId,
    /// Its name in the scenario.
    pub name: Rc<str>,
    /// Colour.
    pub kind: RoleKind,
    /// Its end of the newest connection with each neighbour, by connection.
    pub ends: Vec<ConnectionEnd>,
    /// Its beliefs by connection; a single one when all are the same.
    pub sayings: Vec<Spoken>,
}

/// A host's end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionEnd {
    /// The socket.
    pub key: SocketKey,
    /// The connection.
    pub connection: ConnectionId,
    /// TCP state.
    pub state: State,
    /// Whether the connection exists at this end: in TIME-WAIT only its memory does.
    pub lives: bool,
    /// The place in `hosts` of the host at the other end.
    pub peer: usize,
    /// The first of the octets that wait in one of its buffers: `GET /b`.
    pub stuck: Option<Stuck>,
}

/// Octets that wait in a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// The message that begins with them: `GET /b`.
    pub label: Option<Rc<str>>,
    /// Their number.
    pub len: u64,
    /// Why.
    pub why: StuckWhy,
}

/// Why octets wait in a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StuckWhy {
    /// They were received, and the application does not read.
    NobodyReads,
    /// They were written, and Nagle's algorithm holds them.
    HeldBack,
}

/// A belief as the host would say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The connection; none when it is said of all of them.
    pub connection: Option<ConnectionId>,
    /// The sentence.
    pub saying: Saying,
    /// The entry since which it is believed.
    pub entry: u32,
}

/// A wait for another host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitArrow {
    /// The place in `hosts` of the one that waits.
    pub from: usize,
    /// The place in `hosts` of the one it waits for.
    pub to: usize,
    /// What for.
    pub what: WaitsFor,
    /// How long so far.
    pub lasted: Duration,
    /// The socket on which it waits.
    pub key: SocketKey,
    /// The entry that began it.
    pub entry: u32,
}

impl Waits {
    /// The waits of a run.
    pub fn new(trace: Rc<Trace>, dissection: Rc<Dissection>) -> Self {
        let (mut beliefs, mut waits, mut holds) = (Vec::new(), Vec::new(), Vec::<TcpHold>::new());
        for entry in &trace.entries {
            let key = |socket: SocketId| SocketKey::new(entry.node, socket);
            match &entry.event {
                Event::BeliefChanged { socket, .. } => beliefs.push((entry.index, key(*socket))),
                Event::WaitingChanged { socket, .. } => waits.push((entry.index, key(*socket))),
                _ => {}
            }
            let (key, what, begins) = match &entry.event {
                Event::Socket { socket, notice: Notice::SendHeld { .. } } if entry.rule == Rule::Nagle => {
                    (key(*socket), WaitsFor::Ack, true)
                }
                Event::Socket { socket, notice: Notice::TimerSet { timer: Timer::DelayedAck, .. } } => {
                    (key(*socket), WaitsFor::Data, true)
                }
                Event::Socket {
                    socket,
                    notice:
                        Notice::TimerStopped { timer: Timer::DelayedAck }
                        | Notice::TimerExpired { timer: Timer::DelayedAck },
                } => (key(*socket), WaitsFor::Data, false),
                Event::PacketSent { socket: Some(socket), packet: Packet::Segment(segment), .. }
                    if !segment.payload.is_empty() =>
                {
                    (key(*socket), WaitsFor::Ack, false)
                }
                _ => continue,
            };
            let open =
                holds.iter_mut().find(|hold| hold.key == key && hold.what == what && hold.to.is_none());
            match (begins, open) {
                (true, None) => holds.push(TcpHold { key, what, from: entry.index, to: None }),
                (false, Some(hold)) => hold.to = Some(entry.index),
                _ => {}
            }
        }
        Self { trace, dissection, beliefs, waits, holds }
    }

    /// Whether a run has hosts that can wait for each other, and few enough to be drawn.
    pub fn exists(trace: &Trace) -> bool {
        let hosts = trace.scenario.nodes.iter().filter(|node| RoleKind::of(node) != RoleKind::Network);
        (2..=MOST_HOSTS).contains(&hosts.count())
    }

    /// Who waits for whom at a moment.
    pub fn at(&self, now: Cursor) -> WaitsView {
        let frame = Frame::at(&self.trace, &self.dissection, now);
        let nodes: Vec<&Rc<NodeView>> =
            frame.nodes.iter().filter(|node| node.kind != RoleKind::Network).collect();
        let place = |node: NodeId| nodes.iter().position(|seen| seen.id == node);
        let chosen: Vec<Vec<End<'_>>> = nodes.iter().map(|node| self.ends(node, &place)).collect();
        let mut view = WaitsView::default();
        for (from, (node, ends)) in nodes.iter().zip(&chosen).enumerate() {
            for end in ends {
                view.add_arrow(self.arrow(from, end, ends, now));
            }
            view.hosts.push(WaitingHost {
                node: node.id,
                name: Rc::clone(&node.name),
                kind: node.kind,
                ends: ends.iter().map(|end| self.end(end, now)).collect(),
                sayings: sayings(ends.iter().filter_map(|end| self.saying(end, now)).collect()),
            });
        }
        view.fits = self.fits(&chosen, now);
        let is_shown = |flight: &FlightView| {
            chosen.iter().flatten().any(|end| Some(end.connection) == flight.connection)
        };
        view.flights = frame
            .flights
            .iter()
            .filter(|flight| flight.phase != FlightPhase::Queued && is_shown(flight))
            .filter_map(|flight| {
                let (from, to) = (place(flight.from)?, place(flight.to)?);
                Some(WaitFlight { from, to, segment: flight.clone() })
            })
            .collect();
        view
    }

    /// A host's end of the newest connection with each neighbour: a live one if there is one.
    fn ends<'f>(&self, node: &'f NodeView, place: &impl Fn(NodeId) -> Option<usize>) -> Vec<End<'f>> {
        let mut ends: Vec<End<'f>> = Vec::new();
        for socket in &node.sockets {
            let Some((connection, side)) = self.dissection.connection_of(socket.key) else { continue };
            let peer = match side {
                Side::Opener => connection.acceptor,
                Side::Acceptor => Some(connection.opener),
            };
            let Some(peer) = peer.and_then(place) else { continue };
            let end = End { socket, connection: connection.id, side, peer };
            match ends.iter_mut().find(|known| known.peer == peer) {
                Some(known) if known.rank() < end.rank() => *known = end,
                Some(_) => {}
                None => ends.push(end),
            }
        }
        ends.sort_by_key(|end| end.connection);
        ends
    }

    fn end(&self, end: &End<'_>, now: Cursor) -> ConnectionEnd {
        let socket = end.socket;
        let tile = |status| {
            let buffer =
                if status == TileStatus::Queued { &socket.send.tiles } else { &socket.receive.tiles };
            buffer.iter().find(|tile| tile.status == status)
        };
        let stuck = |tile: &Tile, why| {
            let message = tile.message.and_then(|message| self.dissection.message(message));
            let begins = message.is_some_and(|message| message.range.start == tile.range.start);
            let len = tile.range.end - tile.range.start;
            Stuck { label: begins.then(|| Rc::clone(&tile.label)), len, why }
        };
        let reads = socket.waiting.is_some_and(|waiting| {
            matches!(
                waiting.what,
                Waiting::Request
                    | Waiting::ResponseSent
                    | Waiting::Response
                    | Waiting::RestOfRequest
                    | Waiting::RestOfResponse
                    | Waiting::TlsHandshake
                    | Waiting::TunnelOctets
            )
        });
        let unread = tile(TileStatus::Unread)
            .filter(|_| !reads && end.lives())
            .map(|tile| stuck(tile, StuckWhy::NobodyReads));
        let is_held = self.hold(socket.key, WaitsFor::Ack, now).is_some();
        let held = tile(TileStatus::Queued).filter(|_| is_held).map(|tile| stuck(tile, StuckWhy::HeldBack));
        ConnectionEnd {
            key: socket.key,
            connection: end.connection,
            state: socket.state,
            lives: end.lives(),
            peer: end.peer,
            stuck: unread.or(held),
        }
    }

    /// What TCP holds back at a socket.
    fn hold(&self, key: SocketKey, what: WaitsFor, now: Cursor) -> Option<TcpHold> {
        let open = |hold: &&TcpHold| {
            hold.key == key
                && hold.what == what
                && hold.from < now.index
                && hold.to.is_none_or(|to| to >= now.index)
        };
        self.holds.iter().find(open).copied()
    }

    /// What TCP holds back at this end. An ACK is told only where the other end waits for it: it is held back after
    /// every small segment, and mostly harms nobody.
    fn told_hold(&self, key: SocketKey, now: Cursor) -> Option<TcpHold> {
        let peer = self.dissection.peer(key);
        let wanted = peer.and_then(|peer| self.hold(peer, WaitsFor::Ack, now));
        let ack = self.hold(key, WaitsFor::Data, now).filter(|_| wanted.is_some());
        self.hold(key, WaitsFor::Ack, now).or(ack)
    }

    /// The wait of one end for another host.
    fn arrow(&self, from: usize, end: &End<'_>, ends: &[End<'_>], now: Cursor) -> Option<WaitArrow> {
        let socket = end.socket;
        let since =
            |entry: u32| self.trace.entries.get(entry as usize).map_or(Instant::ZERO, |entry| entry.at);
        let arrow = |to, what, entry| WaitArrow {
            from,
            to,
            what,
            lasted: now.at.since(since(entry)),
            key: socket.key,
            entry,
        };
        if let Some(hold) = self.told_hold(socket.key, now) {
            return Some(arrow(end.peer, hold.what, hold.from));
        }
        let waiting = socket.waiting.filter(|_| end.lives())?;
        let what = WaitsFor::of(waiting.what)?;
        // A blind relay waits for the server on both its connections.
        let behind = ends.iter().find(|end| end.side == Side::Opener);
        let to = if waiting.what == Waiting::ServerClose { behind.unwrap_or(end).peer } else { end.peer };
        Some(arrow(to, what, last(&self.waits, socket.key, now)?))
    }

    /// Pairs of hosts and how their beliefs about the connection between them go together.
    fn fits(&self, chosen: &[Vec<End<'_>>], now: Cursor) -> Vec<(usize, usize, Fit)> {
        let belief = |end: &End<'_>| {
            // What TCP holds back is told instead.
            let belief = end.belief()?;
            self.told_hold(end.socket.key, now).is_none().then_some(belief)
        };
        let mut pairs = Vec::new();
        for (place, ends) in chosen.iter().enumerate() {
            for end in ends.iter().filter(|end| end.peer > place) {
                let other = chosen[end.peer].iter().find(|other| other.connection == end.connection);
                let fit = other.and_then(|other| fit(belief(end)?, belief(other)?));
                pairs.extend(fit.map(|fit| (place, end.peer, fit)));
            }
        }
        pairs
    }

    /// What is said of one end.
    fn saying(&self, end: &End<'_>, now: Cursor) -> Option<Spoken> {
        let connection = Some(end.connection);
        if let Some(hold) = self.told_hold(end.socket.key, now) {
            let saying = if hold.what == WaitsFor::Ack { Saying::SmallWaits } else { Saying::AckWaits };
            return Some(Spoken { connection, saying, entry: hold.from });
        }
        let belief = end.belief()?;
        let entry = last(&self.beliefs, end.socket.key, now)?;
        let by_version = self.trace.entries.get(entry as usize)?.rule == Rule::Http11Persists;
        let waits = end.socket.waiting.is_some_and(|waiting| waiting.what == Waiting::Response);
        let saying = match (belief, end.side) {
            (Belief::AskedToPersist, _) => Saying::Asked,
            (Belief::Persists, Side::Acceptor) if by_version => Saying::StaysToServe,
            (Belief::Persists, Side::Acceptor) => Saying::KeptToServe,
            (Belief::Persists, Side::Opener) => match (by_version, waits) {
                (true, true) => Saying::StaysToAnswer,
                (true, false) => Saying::StaysToUse,
                (false, true) => Saying::KeptToAnswer,
                (false, false) => Saying::KeptToUse,
            },
            (Belief::ClosesAfterResponse, Side::Opener) => Saying::EndsWithAnswer,
            (Belief::ClosesAfterResponse, Side::Acceptor) => Saying::EndsAfterMine,
            (Belief::EndsWhenServerCloses, _) => Saying::Relay,
            (Belief::Tunnel, _) => Saying::Tunnel,
            (Belief::Ended, _) => Saying::Over,
        };
        Some(Spoken { connection, saying, entry })
    }
}

/// A socket that was chosen to be shown.
#[derive(Clone, Copy)]
struct End<'f> {
    socket: &'f SocketView,
    connection: ConnectionId,
    side: Side,
    peer: usize,
}

impl End<'_> {
    /// Whether the connection exists at this end: in TIME-WAIT only its memory does.
    fn lives(&self) -> bool {
        self.socket.released_at.is_none() && !matches!(self.socket.state, State::Closed | State::TimeWait)
    }

    /// What its role believes. Of a connection that does not exist any more only that it is over.
    fn belief(&self) -> Option<Belief> {
        self.socket.belief.filter(|belief| self.lives() || *belief == Belief::Ended)
    }

    /// Live connections before others, then the newest.
    fn rank(&self) -> (bool, ConnectionId) {
        (self.lives(), self.connection)
    }
}

impl WaitsView {
    /// Adds a wait; the same wait on two connections is one, since the earlier.
    fn add_arrow(&mut self, arrow: Option<WaitArrow>) {
        let Some(arrow) = arrow else { return };
        let same =
            |known: &&mut WaitArrow| (known.from, known.to, known.what) == (arrow.from, arrow.to, arrow.what);
        match self.arrows.iter_mut().find(same) {
            Some(known) if known.lasted < arrow.lasted => *known = arrow,
            Some(_) => {}
            None => self.arrows.push(arrow),
        }
    }
}

/// The last of the listed entries about a socket before the cursor.
fn last(entries: &[(u32, SocketKey)], key: SocketKey, now: Cursor) -> Option<u32> {
    let known = entries.partition_point(|(entry, _)| *entry < now.index);
    entries[..known].iter().rev().find(|(_, of)| *of == key).map(|(entry, _)| *entry)
}

/// Equal sentences about all connections become one.
fn sayings(mut spoken: Vec<Spoken>) -> Vec<Spoken> {
    if let Some((first, rest)) = spoken.split_first()
        && rest.iter().all(|other| other.saying == first.saying)
    {
        let mut one = *first;
        one.connection = None;
        spoken = vec![one];
    }
    spoken
}
