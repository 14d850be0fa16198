//! The views: stage, ladder, packets, headers, state diagram, sockets, graphs, inspector.
//!
//! Each draws plain data of the view model and keeps no state of the run.

mod cache;
mod common;
mod graphs;
mod headers;
mod hero;
mod inspector;
mod ladder;
mod packets;
mod program;
mod race;
mod sockets;
mod spent;
mod stage;
mod state_diagram;

pub use cache::cache_view;
pub use graphs::GraphsView;
pub use headers::HeadersView;
pub use hero::HeroView;
pub use inspector::Inspector;
pub use ladder::LadderView;
pub use packets::PacketsView;
pub use program::ProgramView;
pub use race::race_view;
pub use sockets::SocketsView;
pub use stage::Stage;
pub use state_diagram::StateView;
