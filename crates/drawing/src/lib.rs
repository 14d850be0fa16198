//! The pictures that carry the steps of the lessons.
//!
//! Each is made in two steps: `playback` computes plain data from a trace, and a module here lays it out as SVG on a
//! [`Canvas`], with text widths from a table. No browser and no Yew: the page turns the elements into its own nodes,
//! and a still is the same elements as a file.
//!
//! A new picture is a module in `playback` and one here, a variant of [`playground_lessons::View`], a line in each match
//! of [`Hero`], and its name in the words.

mod axis;
mod browser_window;
mod buffers;
mod cache;
mod canvas;
mod drawing;
mod element;
mod heads;
mod hero;
pub mod ladder;
mod legend;
mod node_words;
pub mod number;
mod page;
mod parts;
mod pieces;
mod ports;
mod program;
mod queue;
mod race;
mod requests;
mod stage;
mod terminal;
pub mod text_width;
mod time;
mod tuples;
mod waits;
mod window;

pub use canvas::Canvas;
pub use drawing::{Drawing, STYLE, TOKENS, Theme};
pub use element::{Element, Place};
pub use hero::Hero;
pub use node_words::{host_title, state_class};
pub use parts::group_class;
