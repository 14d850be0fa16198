//! The ladder: a time-sequence diagram of the whole run.
//!
//! A [`plan`] sets the run into the width there is: pure data, made once per run, width and language. The
//! components draw the part of it that is in view; only the line at the cursor is drawn at each animation frame.

mod arrow_mark;
mod arrows;
mod follow;
mod form;
mod glyph;
mod ground;
mod heads;
mod ladder_view;
mod lines;
mod now_line;
mod plan;
mod remarks;
mod window;

pub use ladder_view::LadderView;
