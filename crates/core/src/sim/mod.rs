//! The simulation: a scenario is run once, event by event, into a trace, or into a tally where a trace would
//! be too long.

mod bridge;
mod calls;
mod counting;
mod descriptors;
mod engine;
mod forward;
mod interventions;
mod link;
mod machines;
mod node_host;
mod outside;
mod profiles;
mod recorder;
mod role_timers;
mod routes;
mod scheduled;

pub use bridge::Bridge;
pub use counting::{Counting, count};
pub use descriptors::Descriptors;
pub use engine::run;
pub use role_timers::RoleTimers;
