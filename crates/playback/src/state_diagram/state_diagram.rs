//! The whole diagram.

use playground_core::event::Event;
use playground_core::tcp::{Notice, State, TRANSITIONS, Trigger};
use playground_core::trace::Trace;
use strum::VariantArray;

use super::{DiagramPosition, StateEdge, StateNode, layout};
use crate::cursor::Cursor;
use crate::dissection::{Dissection, SocketKey};

/// The TCP state diagram: RFC 9293 figure 5 and the edges it leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct StateDiagram {
    /// The eleven states.
    pub nodes: Vec<StateNode>,
    /// Every edge of the transition table, those between the same two states joined.
    pub edges: Vec<StateEdge>,
}

impl StateDiagram {
    /// Width of the drawing.
    pub const WIDTH: f64 = layout::WIDTH;
    /// Height of the drawing.
    pub const HEIGHT: f64 = layout::HEIGHT;

    /// The diagram of the transition table.
    pub fn new() -> Self {
        let nodes: Vec<StateNode> = State::VARIANTS.iter().copied().map(layout::node).collect();
        let mut edges: Vec<StateEdge> = Vec::new();
        for transition in TRANSITIONS {
            let (from, to) = (transition.from, transition.to);
            let trigger = (transition.trigger, transition.section);
            match edges.iter_mut().find(|edge| edge.from == from && edge.to == to) {
                Some(edge) => {
                    edge.triggers.push(trigger);
                    edge.bundled &= is_abrupt(trigger.0);
                }
                None => {
                    let (path, label) = layout::route(from, to);
                    let bundled = to == State::Closed && is_abrupt(trigger.0);
                    edges.push(StateEdge { from, to, triggers: vec![trigger], path, label, bundled });
                }
            }
        }
        Self { nodes, edges }
    }

    /// The edge that a trigger takes out of a state: its place in the list.
    pub fn edge(&self, from: State, trigger: Trigger) -> Option<usize> {
        self.edges
            .iter()
            .position(|edge| edge.from == from && edge.triggers.iter().any(|(own, _)| *own == trigger))
    }

    /// A socket's position at a cursor.
    ///
    /// Returns `None` for a socket that has not come to be by then.
    pub fn position(
        &self,
        trace: &Trace,
        dissection: &Dissection,
        cursor: Cursor,
        socket: SocketKey,
    ) -> Option<DiagramPosition> {
        let mut visited: Vec<State> = Vec::new();
        let mut last_edge = None;
        for index in dissection.state_changes(socket, cursor.index) {
            let entry = trace.entries.get(*index as usize)?;
            if let Event::Socket { notice: Notice::StateChanged { from, to, trigger }, .. } = &entry.event {
                if visited.is_empty() {
                    visited.push(*from);
                }
                visited.push(*to);
                last_edge = self.edge(*from, *trigger).map(|edge| (edge, *index));
            }
        }
        let state = *visited.last()?;
        Some(DiagramPosition { socket, state, last_edge, visited })
    }
}

impl Default for StateDiagram {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether the trigger ends a connection from almost anywhere: drawn as one bundle.
fn is_abrupt(trigger: Trigger) -> bool {
    matches!(
        trigger,
        Trigger::ReceiveReset
            | Trigger::SendReset
            | Trigger::UserTimeout
            | Trigger::ReceiveUnreachable
            | Trigger::FinWait2Timeout
    )
}
