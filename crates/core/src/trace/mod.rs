//! The trace: every event of a run with its cause and its rule, and the world folded from it at any entry.

mod notation;
mod recording;
mod tally;
mod trace;
mod world;

pub use tally::{Count, NodeTally, Tally};
pub use trace::{StoppedBy, Trace};
pub use world::{NodeWorld, SocketWorld, World};
