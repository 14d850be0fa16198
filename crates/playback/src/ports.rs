//! The ephemeral ports of a busy client, each free, in use, or kept by TIME-WAIT.

use std::rc::Rc;

use playground_core::event::{Event, NodeId};
use playground_core::tcp::{Call, CallError, Notice, Returned, State, Timer};
use playground_core::time::{Duration, Instant};
use playground_core::trace::{SocketWorld, Trace, World};

use crate::cursor::Cursor;
use crate::dissection::{Dissection, Side, SocketKey};
use crate::role::RoleKind;

/// Ports that the picture has room for.
const MOST_PORTS: u32 = 24;

/// The ports of a run, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Ports {
    trace: Rc<Trace>,
    client: NodeId,
    range: (u16, u16),
    /// The servers, in the order of the scenario.
    servers: Vec<NodeId>,
    /// Entries in which its connect() failed at once, with the error.
    refusals: Vec<(u32, CallError)>,
    /// Entries that opened its connections.
    opened: Vec<(u32, SocketKey)>,
    /// The first entry that started a TIME-WAIT, and how long it lasts.
    time_wait: Option<(u32, Duration)>,
}

/// The ports at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortsView {
    /// A group of tiles for each server: a port may be used towards each of them.
    pub groups: Vec<PortGroup>,
    /// 4-tuples that are free.
    pub free: u32,
    /// 4-tuples in TIME-WAIT at the client.
    pub waiting: u32,
    /// 4-tuples in all.
    pub all: u32,
    /// Sockets in TIME-WAIT at the servers.
    pub waiting_at_servers: u32,
    /// Calls of connect() that failed at once so far.
    pub refusals: u32,
    /// The last call of connect(), where it failed at once.
    pub refused: Option<Refusal>,
    /// 2MSL, once a TIME-WAIT has begun.
    pub two_msl: Option<Duration>,
}

/// A call of connect() that found no free port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The error.
    pub error: CallError,
    /// The entry.
    pub entry: u32,
}

/// The client's ports towards one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortGroup {
    /// The server's name in the scenario.
    pub server: Rc<str>,
    /// Its ports in order.
    pub tiles: Vec<PortTile>,
}

/// A port towards one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortTile {
    /// The port.
    pub port: u16,
    /// Its use.
    pub usage: PortUse,
    /// Whether the last call of connect() took it.
    pub is_newest: bool,
}

/// The use of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortUse {
    /// Free for a new connection.
    Free,
    /// A connection in a state.
    Open {
        /// The socket.
        key: SocketKey,
        /// Its state.
        state: State,
        /// The entry that opened it.
        entry: u32,
    },
    /// A socket in TIME-WAIT.
    TimeWait {
        /// The socket.
        key: SocketKey,
        /// The time left.
        left: Duration,
        /// The part of 2MSL that is left, thousandths.
        share: u16,
        /// The entry that opened it.
        entry: u32,
    },
}

impl Ports {
    /// The ports of a run.
    ///
    /// Returns `None` when no node has a short range of ephemeral ports.
    pub fn new(trace: Rc<Trace>, dissection: &Dissection) -> Option<Self> {
        let (client, range) = client(&trace)?;
        let opens = dissection.connections.iter().filter(|connection| connection.opener == client);
        let opened: Vec<(u32, SocketKey)> = opens
            .filter_map(|connection| Some((connection.opened, connection.socket(Side::Opener)?)))
            .collect();
        let nodes = trace.scenario.nodes.iter().enumerate();
        let servers = nodes.filter(|(_, node)| RoleKind::of(node) == RoleKind::Server);
        let servers = servers.filter_map(|(place, _)| u16::try_from(place).ok().map(NodeId)).collect();
        let (mut refusals, mut time_wait) = (Vec::new(), None);
        for entry in &trace.entries {
            match &entry.event {
                Event::CallReturned {
                    call: Call::Connect { .. },
                    returned: Returned::Failed { error },
                    ..
                } if entry.node == client => refusals.push((entry.index, *error)),
                Event::Socket { notice: Notice::TimerSet { timer: Timer::TimeWait, expires_at }, .. } => {
                    time_wait.get_or_insert((entry.index, expires_at.since(entry.at)));
                }
                _ => {}
            }
        }
        Some(Self { trace, client, range, servers, refusals, opened, time_wait })
    }

    /// Whether a run has a node with a short range of ephemeral ports.
    pub fn exists(trace: &Trace) -> bool {
        client(trace).is_some()
    }

    /// The ports at a moment.
    pub fn at(&self, now: Cursor) -> PortsView {
        let world = self.trace.world_after(now.index);
        let refused = self.refusals.iter().rev().find(|(entry, _)| *entry < now.index).copied();
        let newest = self.opened.iter().rev().find(|(entry, _)| *entry < now.index).copied();
        // What was opened after the last refusal is the last call.
        let refused = refused.filter(|(entry, _)| newest.is_none_or(|(opened, _)| opened < *entry));
        let newest = newest.filter(|_| refused.is_none()).map(|(_, key)| key);
        let groups: Vec<PortGroup> =
            self.servers.iter().map(|server| self.group(&world, *server, newest, now)).collect();
        let tiles = || groups.iter().flat_map(|group| &group.tiles);
        let count = |usage: fn(&PortUse) -> bool| tiles().filter(|tile| usage(&tile.usage)).count() as u32;
        PortsView {
            free: count(|usage| *usage == PortUse::Free),
            waiting: count(|usage| matches!(usage, PortUse::TimeWait { .. })),
            all: tiles().count() as u32,
            waiting_at_servers: self.waiting_at_servers(&world),
            refusals: self.refusals.partition_point(|(entry, _)| *entry < now.index) as u32,
            refused: refused.map(|(entry, error)| Refusal { error, entry }),
            two_msl: self.time_wait.filter(|(entry, _)| *entry < now.index).map(|(_, span)| span),
            groups,
        }
    }

    fn group(&self, world: &World, server: NodeId, newest: Option<SocketKey>, now: Cursor) -> PortGroup {
        let address = self.trace.scenario.nodes[server.index()].address;
        let tiles = (self.range.0..=self.range.1).map(|port| {
            let holder = world.nodes[self.client.index()].sockets.iter().find(|(_, socket)| {
                lives(socket)
                    && socket
                        .tuple
                        .is_some_and(|tuple| tuple.local.port == port && tuple.remote.address == address)
            });
            let key = holder.map(|(id, _)| SocketKey::new(self.client, *id));
            PortTile {
                port,
                usage: holder
                    .zip(key)
                    .and_then(|((_, socket), key)| self.usage(key, socket, now))
                    .unwrap_or(PortUse::Free),
                is_newest: key.is_some() && key == newest,
            }
        });
        let name = self.trace.scenario.nodes[server.index()].name.as_str();
        PortGroup { server: name.into(), tiles: tiles.collect() }
    }

    fn usage(&self, key: SocketKey, socket: &SocketWorld, now: Cursor) -> Option<PortUse> {
        let entry = self.opened.iter().rev().find(|(entry, known)| *known == key && *entry < now.index)?.0;
        let timer = socket.timers.get(&Timer::TimeWait).filter(|_| socket.state == State::TimeWait);
        Some(match timer {
            Some((set_at, expires_at)) => PortUse::TimeWait {
                key,
                left: expires_at.since(now.at),
                share: share(*set_at, *expires_at, now.at),
                entry,
            },
            None => PortUse::Open { key, state: socket.state, entry },
        })
    }

    fn waiting_at_servers(&self, world: &World) -> u32 {
        let sockets = self.servers.iter().flat_map(|server| world.nodes[server.index()].sockets.values());
        sockets.filter(|socket| socket.state == State::TimeWait).count() as u32
    }
}

/// The first node with a short range of ephemeral ports, and the range.
fn client(trace: &Trace) -> Option<(NodeId, (u16, u16))> {
    let ranges = trace.scenario.nodes.iter().enumerate();
    ranges
        .filter_map(|(place, node)| Some((NodeId(u16::try_from(place).ok()?), node.stack.ephemeral_ports?)))
        .find(|(_, (first, last))| u32::from(last.saturating_sub(*first)) < MOST_PORTS)
}

/// Whether a socket takes its 4-tuple.
fn lives(socket: &SocketWorld) -> bool {
    socket.released_at.is_none() && socket.state != State::Closed
}

/// The part of a span that is left, thousandths.
fn share(from: Instant, to: Instant, now: Instant) -> u16 {
    let whole = to.since(from).as_micros().max(1);
    u16::try_from(to.since(now).as_micros() * 1_000 / whole).unwrap_or(1_000).min(1_000)
}
