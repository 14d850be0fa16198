//! The ladder.

mod arrow_line;
mod arrows;
mod backdrop;
mod heads;
mod ladder_view;
mod now_line;
mod remarks;
mod scale;
mod window;

pub use ladder_view::{LadderView, LadderViewProps};
