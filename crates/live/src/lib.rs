//! The roles of a scenario on real sockets: the same code as in the simulation, in real time, between other people's
//! programs where there are any.
//!
//! One thread waits for all sockets and timers and lets the roles act, as the engine of the simulation does. What it
//! records is what a socket layer knows: calls, octets, what the roles say, and TCP states as far as calls tell them. Segments
//! are the kernel's.

mod inputs;
mod journal;
mod limits;
mod live_host;
mod machine;
mod plan;
mod run;
mod states;
mod telling;
#[cfg(target_os = "linux")]
mod tun;

pub use journal::{News, Recording};
pub use limits::{Bound, Excess, Limits};
pub use plan::{Absent, Plan, PlanError};
pub use run::{Listening, LongWait, Run, RunError, Waker};
pub use telling::Telling;
#[cfg(target_os = "linux")]
pub use tun::{Outside, TunError};
