//! Windows over time.

mod axes;
mod chart;
mod curves;
mod frame;
mod graphs_view;
mod now;
mod readings;
mod sequence_chart;

pub use graphs_view::GraphsView;
