//! One policy's run in the race.

use playground_core::node::LoadingPolicy;
use playground_core::time::Duration;

use super::Bar;

/// The run of one policy and its costs. Times are counted from the start of the run, the click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The policy.
    pub policy: LoadingPolicy,
    /// Whether it is the policy of the run on the stage.
    pub is_current: bool,
    /// The client's connections in the order of opening.
    pub bars: Vec<Bar>,
    /// Rows that the bars take up.
    pub rows: u32,
    /// Connections that the client began to open.
    pub connections: u32,
    /// Handshakes that were completed.
    pub handshakes: u32,
    /// Round trips that the end of the page waited for: segments that arrived at the client, on the way back
    /// from that entry through its causes to the click. Sending faster than the line takes it, or waiting for
    /// the server, is none.
    pub round_trips: u32,
    /// Octets of all segments, headers counted, in both directions, until the page was complete.
    pub octets: u64,
    /// Time until first paint; none without one.
    pub first_paint: Option<Duration>,
    /// Time until the page was complete; none while it is not, and when a limit ended the run before.
    pub total: Option<Duration>,
    /// Objects that were given up.
    pub failed: u32,
}
