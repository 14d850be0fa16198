//! The drawings: stage, ladder, packets, headers, state diagram, sockets, graphs, inspector.
//!
//! Each takes plain data of the view model and draws it; none holds anything of the run itself.

mod common;
mod ladder;
mod stage;

pub use common::phrase;
pub use ladder::{LadderView, LadderViewProps};
pub use stage::{Stage, StageProps};
