//! The events of a run, as plain data that roles, the simulation and the trace share.

mod cause;
mod entry;
mod event;
mod failure;
mod ids;
mod subject;
mod waiting;

pub use entry::Entry;
pub use event::{Belief, CacheAction, CachedCopy, DropReason, Event, RetryDecision};
pub use failure::{ApplicationError, Failure};
pub use ids::{HopId, NodeId, PacketId};
pub use waiting::Waiting;
