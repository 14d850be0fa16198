//! A hop of the run, as far as the stage's lay-out needs it.

use std::rc::Rc;

use playground_core::event::{HopId, NodeId};
use playground_core::trace::Trace;

use crate::dissection::{ConnectionId, Dissection};

/// Two nodes with a link between them, and the rows of pipes that the hop has needed so far.
///
/// It changes only when a connection is opened that needs another row, so that a layout made from it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HopView {
    /// The hop.
    pub hop: HopId,
    /// The node drawn left of it.
    pub left: NodeId,
    /// The node drawn right of it.
    pub right: NodeId,
    /// Rows of pipes so far, at least 1.
    pub rows: u32,
    /// Whether no connection has run over it.
    pub is_bare: bool,
}

impl HopView {
    /// The hops of a run after so many entries, from left to right: every link of the scenario, used or not.
    pub(super) fn all(trace: &Trace, dissection: &Dissection, applied: u32) -> Rc<[Self]> {
        let is_taken =
            |row: &&Vec<(u32, ConnectionId)>| row.first().is_some_and(|(opened, _)| *opened < applied);
        let place = |name: &str| {
            let place = trace.scenario.nodes.iter().position(|node| node.name == name)?;
            u16::try_from(place).ok().map(NodeId)
        };
        let hops = trace.scenario.links.iter().enumerate().filter_map(|(index, link)| {
            let hop = HopId(u16::try_from(index).ok()?);
            let (a, b) = (place(&link.between.0)?, place(&link.between.1)?);
            let rows =
                dissection.rows().get(&hop).map_or(0, |rows| rows.iter().filter(is_taken).count() as u32);
            let is_bare = rows == 0;
            let rows = rows.max(1);
            Some(Self { hop, left: a.min(b), right: a.max(b), rows, is_bare })
        });
        let mut hops: Vec<Self> = hops.collect();
        hops.sort_by_key(|hop| (hop.left, hop.right));
        hops.into()
    }
}
