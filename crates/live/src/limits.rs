//! What a run may use, whatever its peers do.

use std::time::Duration;

/// The bounds of a run on real sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Accepted connections at once; further ones wait in the kernel's queue.
    pub accepted: usize,
    /// Connections at once, the opened ones counted.
    pub connections: usize,
    /// Octets of one connection, in each direction.
    pub octets: u64,
    /// Octets that a role may read from one connection while the one that they are for takes none.
    pub ahead: u64,
    /// Time without an octet after which a connection is ended.
    pub silence: Duration,
    /// Time of the whole run.
    pub time: Duration,
    /// Entries that are recorded.
    pub entries: usize,
    /// Octets that are recorded.
    pub recorded: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            accepted: 256,
            connections: 640,
            octets: 64 << 20,
            ahead: 256 << 10,
            silence: Duration::from_secs(600),
            time: Duration::from_secs(3_600),
            entries: 200_000,
            recorded: 32 << 20,
        }
    }
}
