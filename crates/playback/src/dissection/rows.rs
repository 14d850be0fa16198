//! Which row of its hop a connection's pipe is drawn in.

use playground_core::order::Map;
use playground_core::trace::HopId;

use super::{Connection, ConnectionId};

/// Rows of pipes a hop has room for.
pub(crate) const MOST_ROWS: usize = 6;

/// Gives each connection a row that nothing alive stands in; a TIME-WAIT makes room when it must.
///
/// Shape: per hop and row, who took it from which entry on, ascending.
pub(super) fn assign(connections: &mut [Connection]) -> Map<HopId, Vec<Vec<(u32, ConnectionId)>>> {
    let mut hops: Map<HopId, Vec<Vec<(u32, ConnectionId)>>> = Map::new();
    for place in 0..connections.len() {
        let (opened, id) = (connections[place].opened, connections[place].id);
        for step in 0..connections[place].path.len() {
            let rows = hops.entry(connections[place].path[step].hop).or_default();
            let row = take_row(connections, rows, opened);
            if let Some(row) = row {
                if row == rows.len() {
                    rows.push(Vec::new());
                }
                rows[row].push((opened, id));
                connections[place].path[step].row = Some(row as u32);
            }
        }
    }
    hops
}

/// A row for a connection that opens with the entry `opened`.
fn take_row(connections: &[Connection], rows: &[Vec<(u32, ConnectionId)>], opened: u32) -> Option<usize> {
    let occupant = |row: &Vec<(u32, ConnectionId)>| row.last().map(|(_, id)| &connections[id.index()]);
    let is_gone = |row: &Vec<(u32, ConnectionId)>| {
        occupant(row).and_then(|other| other.gone).is_some_and(|gone| gone <= opened)
    };
    let waits = |row: &Vec<(u32, ConnectionId)>| {
        occupant(row).and_then(|other| other.time_wait).filter(|entry| *entry <= opened)
    };
    rows.iter().position(is_gone).or((rows.len() < MOST_ROWS).then_some(rows.len())).or_else(|| {
        let waiting = rows.iter().enumerate().filter_map(|(row, list)| waits(list).map(|since| (since, row)));
        waiting.min().map(|(_, row)| row)
    })
}
