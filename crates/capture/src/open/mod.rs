//! A capture opened as a trace: its hosts become nodes, its segments the entries, and what follows from them.
//!
//! A capture has what was on the wire at one place. States follow from the segments, times at both ends are
//! estimated from the handshakes, and what a program did or why a stack sent is not in it: such entries have the
//! rule [`Rule::NotInCapture`](playground_core::rule::Rule::NotInCapture).

mod connections;
mod delays;
mod end;
mod entries;
mod fate;
mod hosts;
mod opening;
mod receive;

pub use opening::{About, LeftOut, OpenError, Opened, Opening, Progress, open};

/// The most octets of a file that is opened.
pub const MOST_OCTETS: usize = 128 << 20;
/// The most packets of a file that is opened.
pub const MOST_PACKETS: usize = 100_000;
/// The most connections in a file that is opened.
pub const MOST_CONNECTIONS: usize = 10_000;
/// The most hosts that are shown; the others' segments are counted.
pub const MOST_HOSTS: usize = 8;
