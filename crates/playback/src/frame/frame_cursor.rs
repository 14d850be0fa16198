//! The cache that makes the next frame cheap.

use std::rc::Rc;

use playground_core::event::NodeId;
use playground_core::time::Instant;
use playground_core::trace::{Trace, World};

use super::{FlightView, Frame, HopView, NodeView, PipeView};
use crate::cursor::Cursor;
use crate::dissection::Dissection;

/// Replaying more entries than this costs more than starting from a snapshot.
const FARTHEST_REPLAY: u32 = 256;

/// Keeps the world at the last cursor and moves it forward entry by entry.
///
/// The frames it gives equal those of [`Frame::at`], whatever it was asked before. It belongs to one trace:
/// [`FrameCursor::clear`] before another.
#[derive(Clone, Debug, Default)]
pub struct FrameCursor {
    world: Option<World>,
    nodes: Vec<Rc<NodeView>>,
    hops: Option<Rc<[HopView]>>,
}

impl FrameCursor {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets everything, before the frames of another trace.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The frame at a cursor.
    ///
    /// Shape: an index beyond the end means the end.
    pub fn frame(&mut self, trace: &Trace, dissection: &Dissection, cursor: Cursor) -> Frame {
        let index = cursor.index.min(trace.entries.len() as u32);
        let changed = self.move_to(trace, index);
        let Some(world) = &self.world else { return empty(cursor) };
        let fresh = |node: usize| Rc::new(NodeView::new(trace, dissection, world, NodeId(node as u16)));
        if self.nodes.len() == world.nodes.len() {
            for (node, view) in self.nodes.iter_mut().enumerate() {
                if changed.get(node).copied().unwrap_or(true) {
                    *view = fresh(node);
                }
            }
        } else {
            self.nodes = (0..world.nodes.len()).map(fresh).collect();
        }
        let hops = self.hops.get_or_insert_with(|| HopView::all(trace, dissection).into()).clone();
        let pipes = pipes(trace, dissection, world, cursor.at);
        // A connection over several hops has a pipe on each, and its first stands for it.
        let mut shown: Vec<_> =
            pipes.iter().filter(|pipe| pipe.gone_at.is_none()).map(|pipe| pipe.connection).collect();
        shown.dedup();
        let shown = shown.len() as u32;
        let under_way = world.flights.iter().filter(|(_, flight)| flight.lost.is_none());
        let under_way =
            under_way.filter_map(|(id, _)| Some(FlightView::under_way(dissection.segment(*id)?, cursor.at)));
        let falling = dissection
            .falling(world.applied, cursor.at)
            .filter_map(|label| FlightView::falling(label, cursor.at, dissection.hop));
        let mut flights: Vec<FlightView> = under_way.chain(falling).collect();
        flights.sort_by_key(|flight| flight.id);
        Frame {
            cursor,
            nodes: self.nodes.clone(),
            hops,
            flights,
            hidden_pipes: dissection.alive(world.applied).saturating_sub(shown),
            pipes,
        }
    }

    /// The world after the entries of the last frame's cursor.
    pub fn world(&self) -> Option<&World> {
        self.world.as_ref()
    }

    /// Brings the world to `index`, and says which nodes changed on the way.
    fn move_to(&mut self, trace: &Trace, index: u32) -> Vec<bool> {
        let mut changed = vec![false; trace.scenario.nodes.len()];
        match &mut self.world {
            Some(world) if world.applied <= index && index - world.applied <= FARTHEST_REPLAY => {
                for entry in &trace.entries[world.applied as usize..index as usize] {
                    world.apply(entry);
                    if let Some(changed) = changed.get_mut(entry.node.index()) {
                        *changed = true;
                    }
                }
            }
            world => {
                *world = Some(trace.world_after(index));
                changed.fill(true);
            }
        }
        changed
    }
}

fn empty(cursor: Cursor) -> Frame {
    Frame {
        cursor,
        nodes: Vec::new(),
        hops: Rc::default(),
        pipes: Vec::new(),
        hidden_pipes: 0,
        flights: Vec::new(),
    }
}

/// The pipes on the stage: of each hop's rows, whoever took it last.
fn pipes(trace: &Trace, dissection: &Dissection, world: &World, at: Instant) -> Vec<PipeView> {
    let mut pipes = Vec::new();
    for (hop, rows) in dissection.rows() {
        let count = rows.len() as u32;
        for row in rows {
            let place = row.partition_point(|(opened, _)| *opened < world.applied);
            let Some((_, id)) = place.checked_sub(1).and_then(|place| row.get(place)) else { continue };
            let Some(connection) = dissection.connection(*id) else { continue };
            let Some(step) = connection.path.iter().find(|step| step.hop == *hop) else { continue };
            pipes.extend(PipeView::new(trace, dissection, world, connection, step, at, count));
        }
    }
    pipes.sort_by_key(|pipe| (pipe.connection, pipe.hop));
    pipes
}
