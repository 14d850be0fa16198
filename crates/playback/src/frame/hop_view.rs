//! A hop of the run, as far as the stage's lay-out needs it.

use playground_core::event::{HopId, NodeId};
use playground_core::trace::Trace;

use crate::dissection::Dissection;

/// Two nodes with a link between them, and the rows of pipes that the hop needs in the run that is shown.
///
/// It depends on the run and never on the cursor, so that a layout made from it stays while time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HopView {
    /// The hop.
    pub hop: HopId,
    /// The node drawn left of it.
    pub left: NodeId,
    /// The node drawn right of it.
    pub right: NodeId,
    /// Rows of pipes over the whole run, at least 1.
    pub rows: u32,
    /// Whether no connection ever runs over it.
    pub is_bare: bool,
}

impl HopView {
    /// The hops of a run, from left to right: every link of the scenario, as a run that is cut off has not used them
    /// all.
    pub(super) fn all(trace: &Trace, dissection: &Dissection) -> Vec<Self> {
        let place = |name: &str| {
            let place = trace.scenario.nodes.iter().position(|node| node.name == name)?;
            u16::try_from(place).ok().map(NodeId)
        };
        let hops = trace.scenario.links.iter().enumerate().filter_map(|(index, link)| {
            let hop = HopId(u16::try_from(index).ok()?);
            let (a, b) = (place(&link.between.0)?, place(&link.between.1)?);
            let rows = dissection.rows().get(&hop).map_or(0, |rows| rows.len() as u32);
            let is_bare = rows == 0;
            let rows = rows.max(1);
            Some(Self { hop, left: a.min(b), right: a.max(b), rows, is_bare })
        });
        let mut hops: Vec<Self> = hops.collect();
        hops.sort_by_key(|hop| (hop.left, hop.right));
        hops
    }
}
