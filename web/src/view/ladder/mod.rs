//! The ladder: a time-sequence diagram of the whole run.
//!
//! A [`plan`] is the layout of the run at a given width: pure data, computed once per run, width and language. The
//! components draw the visible part; only the line at the cursor changes on each animation frame.

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
