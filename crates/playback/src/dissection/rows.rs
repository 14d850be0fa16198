//! The rows of a hop's pipes: which connection is drawn where.

use std::collections::BTreeMap;

use playground_core::event::HopId;

use super::{Connection, ConnectionId};

/// Maximum rows of pipes on a hop.
pub(crate) const MOST_ROWS: usize = 6;

/// Assigns each connection a row without a live connection; one in TIME-WAIT gives up its row if none is free.
///
/// Returns for each hop and row the occupants, each with the entry from which it holds the row, ascending.
pub(super) fn assign_rows(connections: &mut [Connection]) -> BTreeMap<HopId, Vec<Vec<(u32, ConnectionId)>>> {
    let mut hops: BTreeMap<HopId, Vec<Vec<(u32, ConnectionId)>>> = BTreeMap::new();
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
