//! A node's line in the ladder.

use std::rc::Rc;

use playground_core::event::NodeId;

use crate::role::RoleKind;

/// A node's vertical line.
#[derive(Clone, Debug, PartialEq)]
pub struct Lifeline {
    /// The node.
    pub node: NodeId,
    /// Its name in the scenario.
    pub name: Rc<str>,
    /// Colour.
    pub kind: RoleKind,
    /// Its position, as a fraction of the width.
    pub x: f64,
}
