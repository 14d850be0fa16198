//! The views: pictures, ladder, packets, headers, state diagram, sockets, graphs, inspector.
//!
//! Each draws plain data of the view model and keeps no state of the run.

mod any_view;
mod build_stage;
mod common;
mod console;
mod graphs;
mod headers;
mod hero;
mod inspector;
mod ladder;
mod packet_filter;
mod packets;
mod packets_line;
mod program;
mod sockets;
mod spent;
mod state_diagram;

pub use any_view::{AnyView, has_view};
use build_stage::BuildStage;
use console::ConsoleView;
use graphs::GraphsView;
use headers::HeadersView;
pub use hero::{HeroView, still};
pub use inspector::Inspector;
pub use ladder::LadderView;
use packet_filter::FilteredPackets;
use packets::PacketsView;
use program::ProgramView;
use sockets::SocketsView;
use state_diagram::StateView;
