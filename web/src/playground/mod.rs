//! The playground: the scenario itself, to be changed at will, and the trace to be taken away.

mod editor;
mod export;

pub use editor::Editor;
