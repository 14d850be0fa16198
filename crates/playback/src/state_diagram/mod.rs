//! The state diagram, drawn from the transition table.

mod layout;
mod position;
#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod state_diagram;
mod state_edge;
mod state_node;

pub use position::DiagramPosition;
pub use state_diagram::StateDiagram;
pub use state_edge::StateEdge;
pub use state_node::StateNode;
