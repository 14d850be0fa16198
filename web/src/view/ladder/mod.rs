//! The place of the ladder: it scrolls through the drawing, and moves the line at the cursor.
//!
//! While the run is played, only that line changes.

mod follow;
mod ladder_view;
mod now_line;
mod sheet;

pub use ladder_view::LadderView;
