//! A state in the diagram.

use playground_core::tcp::State;

/// A state's box.
///
/// Units: the diagram's own, [`StateDiagram::WIDTH`](super::StateDiagram::WIDTH) wide and `HEIGHT` high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateNode {
    /// The state.
    pub state: State,
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}
