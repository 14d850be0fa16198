//! The state diagram.

mod diagram;
mod edge;
mod plan;
mod routes;
mod shown_socket;
mod state_box;
mod state_view;
mod trigger_words;
mod ways_out;

pub use state_view::StateView;
