//! The connections of a run by their four values, which name each of them (RFC 9293 section 3.3).

use std::rc::Rc;

use playground_core::tcp::State;
use playground_core::trace::Trace;

use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection, Side};

/// The connections of a run, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Tuples {
    trace: Rc<Trace>,
    dissection: Rc<Dissection>,
}

/// The connections at a moment, in the order of opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TupleTable {
    /// A row for each connection that has been opened.
    pub rows: Vec<TupleRow>,
}

/// The four values of a connection, as its opener sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TupleRow {
    /// The connection.
    pub connection: ConnectionId,
    /// Client address, client port, server address, server port.
    pub values: [String; 4],
    /// Which of them differ from the first connection's.
    pub differs: [bool; 4],
    /// The opener's state.
    pub state: State,
    /// The entry that opened it.
    pub entry: u32,
}

impl Tuples {
    /// The connections of a run.
    pub const fn new(trace: Rc<Trace>, dissection: Rc<Dissection>) -> Self {
        Self { trace, dissection }
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
                    connection: connection.id,
                    values: [
                        local.address.to_string(),
                        local.port.to_string(),
                        remote.address.to_string(),
                        remote.port.to_string(),
                    ],
                    differs: [false; 4],
                    state: socket.map_or(State::Closed, |socket| socket.state),
                    entry: connection.opened,
                }
            })
            .collect();
        if let Some((first, rest)) = rows.split_first_mut() {
            for row in rest {
                row.differs = std::array::from_fn(|place| row.values[place] != first.values[place]);
            }
        }
        TupleTable { rows }
    }
}
