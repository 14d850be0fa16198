//! Windows over time.

mod axes;
mod chart;
mod curves;
mod frame;
mod graphs_view;
mod readings;

pub use graphs_view::GraphsView;
