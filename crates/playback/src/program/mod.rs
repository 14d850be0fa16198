//! The program of a node that makes socket calls: its lines, the one that blocks, and what could be called now.

mod choices;
mod program;

pub use choices::Choice;
pub use program::{LineState, Program, ProgramLine};
