//! The cache that makes the next frame cheap.

use std::rc::Rc;

use playground_core::event::NodeId;
use playground_core::time::Instant;
use playground_core::trace::{Trace, World};

use super::node_view::SocketChoice;
use super::{FlightView, Frame, HopView, NodeView, PipeView};
use crate::cursor::Cursor;
use crate::dissection::Dissection;

/// Replaying more entries than this costs more than starting from a snapshot.
const FARTHEST_REPLAY: u32 = 256;

/// Keeps the world at the last cursor and moves it forward entry by entry.
///
/// Its frames equal those of [`Frame::at`], whatever was asked before. It belongs to one trace:
/// [`FrameCursor::clear`] before another.
#[derive(Clone, Debug, Default)]
pub struct FrameCursor {
    world: Option<World>,
    choices: Vec<SocketChoice>,
    nodes: Vec<Rc<NodeView>>,
    hops: Rc<[HopView]>,
}

impl FrameCursor {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// Clears the cache, before the frames of another trace.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The frame at a cursor; an index beyond the end means the end.
    pub fn frame(&mut self, trace: &Trace, dissection: &Dissection, cursor: Cursor) -> Frame {
        let index = cursor.index.min(trace.entries.len() as u32);
        let changed = self.move_to(trace, index);
        let Some(world) = &self.world else { return empty(cursor) };
        let count = world.nodes.len();
        self.choices.resize_with(count, SocketChoice::default);
        for (place, node) in world.nodes.iter().enumerate() {
            let change = changed[place];
            let id = NodeId(place as u16);
            if change == Change::Sockets {
                self.choices[place] = SocketChoice::new(dissection, node, id);
            }
            if change != Change::None {
                let view = Rc::new(NodeView::new(trace, dissection, world, id, &self.choices[place]));
                match self.nodes.get_mut(place) {
                    Some(known) => *known = view,
                    None => self.nodes.push(view),
                }
            }
        }
        let moved = changed.iter().any(|change| *change != Change::None);
        if moved || self.hops.is_empty() {
            let hops = HopView::all(trace, dissection, index);
            if hops != self.hops {
                self.hops = hops;
            }
        }
        let hops = Rc::clone(&self.hops);
        let pipes = pipes(trace, dissection, world, cursor.at);
        // A connection over several hops has a pipe on each, and its first stands for it.
        let mut shown: Vec<_> =
            pipes.iter().filter(|pipe| pipe.gone_at.is_none()).map(|pipe| pipe.connection).collect();
        shown.dedup();
        let shown = shown.len() as u32;
        let in_flight = world.in_flight.iter().filter_map(|id| dissection.segment(*id));
        let under_way = in_flight.map(|label| FlightView::under_way(label, cursor.at));
        let falling = dissection
            .falling(world.applied, cursor.at)
            .filter_map(|label| FlightView::falling(label, cursor.at, dissection.fall));
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

    /// Brings the world to `index`, and returns what changed at each node on the way.
    fn move_to(&mut self, trace: &Trace, index: u32) -> Vec<Change> {
        let mut changed = vec![Change::None; trace.scenario.nodes.len()];
        match &mut self.world {
            Some(world) if world.applied <= index && index - world.applied <= FARTHEST_REPLAY => {
                for entry in &trace.entries[world.applied as usize..index as usize] {
                    world.apply(entry);
                    let change =
                        if SocketChoice::survives(&entry.event) { Change::Card } else { Change::Sockets };
                    let node = &mut changed[entry.node.index()];
                    *node = change.max(*node);
                }
            }
            world => {
                *world = Some(trace.world_after(index));
                changed.fill(Change::Sockets);
            }
        }
        changed
    }
}

/// What entries changed about a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// Nothing.
    None,
    /// Something on its card.
    Card,
    /// Its sockets came, went, or changed their state, so that others may have a place on the card.
    Sockets,
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
