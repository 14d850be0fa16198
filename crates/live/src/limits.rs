//! What a run may use, whatever its peers do.

use std::time::Duration;

use playground_core::event::NodeId;
use playground_core::tcp::{CallError, SocketId};
use thiserror::Error;

use crate::machine::Stream;

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
    /// Time without an answer after which an accepted connection makes room, where others wait for it.
    pub patience: Duration,
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
            patience: Duration::from_secs(10),
            time: Duration::from_secs(3_600),
            entries: 200_000,
            recorded: 32 << 20,
        }
    }
}

impl Limits {
    /// The limit that a connection is beyond.
    pub(crate) fn exceeded_by(&self, stream: &Stream) -> Option<Bound> {
        if stream.read.max(stream.written) >= self.octets {
            Some(Bound::Octets(self.octets))
        } else {
            (stream.moved.elapsed() >= self.silence).then_some(Bound::Silence(self.silence))
        }
    }
}

/// A limit of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Bound {
    /// Octets in one direction.
    #[error("it has carried {0} octets in one direction")]
    Octets(u64),
    /// Time without an octet.
    #[error("nothing has come or gone for {} s", .0.as_secs_f32())]
    Silence(Duration),
    /// Accepted connections at once.
    #[error("it has had no answer for long, and others wait for one of {0} places")]
    Room(usize),
}

impl Bound {
    /// What the role is told: that the connection is closed here, or that nothing came in time.
    pub(crate) const fn error(self) -> CallError {
        match self {
            Self::Octets(_) | Self::Room(_) => CallError::BrokenPipe,
            Self::Silence(_) => CallError::TimedOut,
        }
    }
}

/// A connection that was ended here, for a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excess {
    /// The node.
    pub node: NodeId,
    /// The connection.
    pub socket: SocketId,
    /// The limit.
    pub bound: Bound,
}
