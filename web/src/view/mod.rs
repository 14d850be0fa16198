//! The drawings: stage, ladder, packets, headers, state diagram, sockets, graphs, inspector.
//!
//! Each takes plain data of the view model and draws it; none holds anything of the run itself.

mod common;
mod headers;
mod ladder;
mod stage;
mod state_diagram;
mod sockets;
mod packets;
mod inspector;
mod graphs;

pub use headers::HeadersView;
pub use ladder::LadderView;
pub use graphs::GraphsView;
pub use inspector::Inspector;
pub use packets::PacketsView;
pub use sockets::SocketsView;
pub use state_diagram::StateView;
pub use stage::Stage;
