//! Everything visible on the stage.

use std::rc::Rc;

use playground_core::trace::Trace;

use super::{FlightView, FrameCursor, HopView, NodeView, PipeView};
use crate::cursor::Cursor;
use crate::dissection::Dissection;

/// The stage at one cursor.
///
/// Node cards change only with the cursor's index and are shared between frames (`Rc::ptr_eq` tells);
/// what runs with the clock is asked of them with the time: `timer.fraction(frame.cursor.at)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The cursor.
    pub cursor: Cursor,
    /// Nodes in the scenario's order, left to right.
    pub nodes: Vec<Rc<NodeView>>,
    /// Hops, left to right: shared until a connection needs another row (`Rc::ptr_eq` tells).
    pub hops: Rc<[HopView]>,
    /// Connections drawn as pipes, by number; gone ones until they have faded.
    pub pipes: Vec<PipeView>,
    /// Connections that are alive but have no room on the stage.
    pub hidden_pipes: u32,
    /// Segments in flight, in the order of sending.
    pub flights: Vec<FlightView>,
}

impl Frame {
    /// The frame at a cursor, from the nearest snapshot.
    pub fn at(trace: &Trace, dissection: &Dissection, cursor: Cursor) -> Self {
        FrameCursor::new().frame(trace, dissection, cursor)
    }

    /// Whether both show the same, apart from the clock and what runs with it.
    pub fn looks_like(&self, other: &Self) -> bool {
        (&self.nodes, &self.hops, &self.pipes, self.hidden_pipes, &self.flights)
            == (&other.nodes, &other.hops, &other.pipes, other.hidden_pipes, &other.flights)
    }
}
