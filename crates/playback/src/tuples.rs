//! The connections of a run by their four values, which name each of them (RFC 9293 section 3.3).

use std::rc::Rc;

use playground_core::event::{Event, NodeId, PacketId};
use playground_core::tcp::{Call, CallError, Returned, SocketId, State};
use playground_core::trace::{Trace, World};
use playground_core::wire::{Endpoint, Packet};

use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection, Side, SocketKey};

/// The connections of a run, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Tuples {
    trace: Rc<Trace>,
    dissection: Rc<Dissection>,
    /// Calls of connect() that failed because the four values, or every port, are taken.
    refusals: Vec<RefusedConnect>,
}

/// A call of connect() that failed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RefusedConnect {
    entry: u32,
    node: NodeId,
    local: Option<Endpoint>,
    remote: Endpoint,
    error: CallError,
}

/// The connections at a moment, in the order of opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TupleTable {
    /// A row for each connection that has been opened, and for the last one that was refused.
    pub rows: Vec<TupleRow>,
    /// The last segment with data on its way, and the row that it belongs to.
    pub segment: Option<TupleSegment>,
}

/// The four values of a connection, as its opener sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TupleRow {
    /// The connection; none for one that was refused.
    pub connection: Option<ConnectionId>,
    /// The opener's socket, where it has one.
    pub key: Option<SocketKey>,
    /// The names in the scenario of the nodes that have the two addresses.
    pub hosts: [Option<Rc<str>>; 2],
    /// Client address, client port, server address, server port.
    pub values: [String; 4],
    /// Which of them differ from the first connection's.
    pub differs: [bool; 4],
    /// The opener's state.
    pub state: State,
    /// The error with which connect() refused it.
    pub refused: Option<CallError>,
    /// The entry that opened or refused it.
    pub entry: u32,
}

/// A segment on its way, with the four values in the order of its connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TupleSegment {
    /// The segment.
    pub id: PacketId,
    /// The entry that sent it.
    pub entry: u32,
    /// `GET /b`, or the octets' range.
    pub label: Rc<str>,
    /// Client address, client port, server address, server port.
    pub values: [String; 4],
    /// The place in `rows` of its connection.
    pub row: usize,
}

impl Tuples {
    /// The connections of a run.
    pub fn new(trace: Rc<Trace>, dissection: Rc<Dissection>) -> Self {
        let mut refusals = Vec::new();
        let mut bound: Vec<(NodeId, SocketId, u16)> = Vec::new();
        for entry in &trace.entries {
            match &entry.event {
                Event::CallReturned { socket: Some(socket), call: Call::Bind { port }, .. } => {
                    bound.push((entry.node, *socket, *port));
                }
                Event::CallReturned {
                    socket,
                    call: Call::Connect { remote },
                    returned:
                        Returned::Failed {
                            error: error @ (CallError::AddressInUse | CallError::AddressNotAvailable),
                        },
                    ..
                } => {
                    let port =
                        bound.iter().rev().find(|(node, of, _)| *node == entry.node && Some(*of) == *socket);
                    let address = trace.scenario.nodes[entry.node.index()].address;
                    refusals.push(RefusedConnect {
                        entry: entry.index,
                        node: entry.node,
                        local: port.map(|(.., port)| Endpoint::new(address, *port)),
                        remote: *remote,
                        error: *error,
                    });
                }
                _ => {}
            }
        }
        Self { trace, dissection, refusals }
    }

    /// Whether a run has connections.
    pub fn exists(trace: &Trace) -> bool {
        trace.scenario.nodes.len() > 1
    }

    /// The connections that have been opened at a moment.
    pub fn at(&self, now: Cursor) -> TupleTable {
        let world = self.trace.world_after(now.index);
        let opened = self.dissection.connections.iter().filter(|connection| connection.opened < now.index);
        let mut rows: Vec<TupleRow> = opened
            .map(|connection| {
                let key = connection.socket(Side::Opener);
                let socket = key.and_then(|key| world.nodes.get(key.node.index())?.sockets.get(&key.socket));
                let (local, remote) = (connection.tuple.local, connection.tuple.remote);
                TupleRow {
                    connection: Some(connection.id),
                    key,
                    hosts: [Some(connection.opener), connection.acceptor].map(|node| self.name(node)),
                    values: values(local, remote),
                    differs: [false; 4],
                    state: socket.map_or(State::Closed, |socket| socket.state),
                    refused: None,
                    entry: connection.opened,
                }
            })
            .collect();
        let refused = self.refusals.iter().rev().find(|refusal| refusal.entry < now.index);
        rows.extend(refused.and_then(|refusal| self.refused(refusal)));
        if let Some((first, rest)) = rows.split_first_mut() {
            for row in rest {
                row.differs = std::array::from_fn(|place| row.values[place] != first.values[place]);
            }
        }
        let segment = self.segment(&world, &rows);
        TupleTable { rows, segment }
    }

    fn refused(&self, refusal: &RefusedConnect) -> Option<TupleRow> {
        let acceptor = self.trace.owner(refusal.remote.address);
        Some(TupleRow {
            connection: None,
            key: None,
            hosts: [Some(refusal.node), acceptor].map(|node| self.name(node)),
            values: values(refusal.local?, refusal.remote),
            differs: [false; 4],
            state: State::Closed,
            refused: Some(refusal.error),
            entry: refusal.entry,
        })
    }

    /// The segment with data that was sent last and is still on its way.
    fn segment(&self, world: &World, rows: &[TupleRow]) -> Option<TupleSegment> {
        world.in_flight.iter().rev().find_map(|id| {
            let label = self.dissection.segment(*id)?;
            let Event::PacketSent { packet: Packet::Segment(segment), .. } =
                &self.trace.entries.get(label.sent as usize)?.event
            else {
                return None;
            };
            let row =
                rows.iter().position(|row| row.connection.is_some() && row.connection == label.connection)?;
            let (client, server) = match label.sender {
                Side::Opener => (segment.source, segment.destination),
                Side::Acceptor => (segment.destination, segment.source),
            };
            let (label, entry) = (Rc::clone(&label.short), label.sent);
            let values = values(client, server);
            (!segment.payload.is_empty()).then_some(TupleSegment { id: *id, entry, label, values, row })
        })
    }

    fn name(&self, node: Option<NodeId>) -> Option<Rc<str>> {
        Some(self.trace.scenario.nodes.get(node?.index())?.name.as_str().into())
    }
}

fn values(client: Endpoint, server: Endpoint) -> [String; 4] {
    [client.address.to_string(), client.port.to_string(), server.address.to_string(), server.port.to_string()]
}
