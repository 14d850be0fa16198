//! The state diagram, drawn from the transition table.

mod layout;
mod position;
mod state_diagram;
mod state_edge;
mod state_node;

pub use position::DiagramPosition;
pub use state_diagram::StateDiagram;
pub use state_edge::StateEdge;
pub use state_node::StateNode;
