//! Breaking things: what can be done to a segment, a socket, a host, a link, and what was done.

mod actions;
mod amount;
mod details;
mod done;
mod part;
mod selected;

pub use details::Details;
pub use done::{Done, described, time_of};
pub use part::BreakingPart;
