//! A hop of the run, as far as the stage's lay-out needs it.

use playground_core::event::{HopId, NodeId};
use playground_core::trace::Trace;

use crate::dissection::Dissection;

/// Two nodes with a link between them, and the rows of pipes that the hop ever needs.
///
/// It depends on the run and never on the cursor, so that a lay-out made from it never jumps.
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
    /// The hops of a run, from left to right; links that nothing is ever sent over are left out, unless
    /// nothing is sent at all.
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
            let is_used = dissection.segments.iter().any(|label| label.hop == hop);
            let rows = rows.max(u32::from(is_used));
            Some(Self { hop, left: a.min(b), right: a.max(b), rows, is_bare })
        });
        let mut hops: Vec<Self> = hops.collect();
        if hops.iter().any(|hop| hop.rows > 0) {
            hops.retain(|hop| hop.rows > 0);
        }
        for hop in &mut hops {
            hop.rows = hop.rows.max(1);
        }
        hops.sort_by_key(|hop| (hop.left, hop.right));
        hops
    }
}
