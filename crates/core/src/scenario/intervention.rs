//! Interventions: the user's changes to a run, and the moment that each follows.

use serde::{Deserialize, Serialize};

use crate::time::{Duration, Instant};

/// A moment of a run: a microsecond and the events of it that have been processed.
///
/// Most entries share their microsecond with others, so a time alone does not say what came before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// The microsecond.
    pub at_us: Instant,
    /// The ordinal of the last scheduled event of that microsecond, from 1; 0 is before the first. Fewer events
    /// than that mean the end of the microsecond.
    pub nth: u32,
}

impl Moment {
    /// The beginning of a microsecond, before its first event.
    pub const fn start_of(at_us: Instant) -> Self {
        Self { at_us, nth: 0 }
    }
}

/// An action of the user during the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    /// The moment that it follows: everything up to it is as without the intervention.
    pub after: Moment,
    /// The action.
    #[serde(rename = "do")]
    pub action: Action,
}

/// The actions of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Action {
    /// Loses the next packet that leaves `node`.
    DropNext {
        /// The sender.
        node: String,
    },
    /// Delays the next packet that leaves `node`.
    DelayNext {
        /// The sender.
        node: String,
        /// How much later it arrives.
        by_us: Duration,
    },
    /// Calls close() on a node's socket.
    Close {
        /// The node.
        node: String,
        /// The socket's number.
        socket: u32,
    },
    /// Calls shutdown(SHUT_WR) on a node's socket.
    Shutdown {
        /// The node.
        node: String,
        /// The socket's number.
        socket: u32,
    },
    /// Closes a node's socket with RST.
    Abort {
        /// The node.
        node: String,
        /// The socket's number.
        socket: u32,
    },
    /// Types a socket call for a node's program of calls to make.
    Call {
        /// The node.
        node: String,
        /// The line: `s = socket()`.
        call: String,
    },
    /// Pulls the cable between two nodes.
    PullCable {
        /// The link's two nodes.
        between: (String, String),
    },
    /// Puts the cable back.
    PutCableBack {
        /// The link's two nodes.
        between: (String, String),
    },
    /// From now on each packet of a link is lost with this probability, in place of the one it had.
    MakeLossy {
        /// The link's two nodes.
        between: (String, String),
        /// Probability in thousandths.
        #[cfg_attr(feature = "schema", schemars(range(max = 1_000)))]
        per_mille: u16,
    },
    /// Loses a packet that is on its way.
    Lose {
        /// Its number in the run.
        packet: u32,
    },
    /// Delays a packet that is on its way.
    Delay {
        /// Its number in the run.
        packet: u32,
        /// How much later it arrives.
        by_us: Duration,
    },
    /// Delivers a packet that is on its way twice.
    Duplicate {
        /// Its number in the run.
        packet: u32,
    },
    /// Corrupts a packet that is on its way; the receiver drops it by its checksum.
    Corrupt {
        /// Its number in the run.
        packet: u32,
    },
    /// Forges a RST for a node's socket, on the link by which its peer's segments come.
    InjectReset {
        /// The node that it is sent to.
        node: String,
        /// The socket's number there.
        socket: u32,
        /// How far its sequence number lies beyond the next one that is expected; 0 is accepted if nothing else
        /// arrives before it.
        #[serde(default)]
        beyond: u32,
    },
    /// The power fails: the node loses its state, and says nothing.
    Crash {
        /// The node.
        node: String,
    },
    /// The node starts again, with empty state.
    Restart {
        /// The node.
        node: String,
    },
    /// The node's application no longer reads.
    StopReading {
        /// The node.
        node: String,
    },
    /// The node's application reads again.
    ReadAgain {
        /// The node.
        node: String,
    },
    /// A signal interrupts the call that the node's program or console waits in.
    Interrupt {
        /// The node.
        node: String,
    },
}

impl Action {
    /// The node that it is done to, where it is done to one.
    pub fn node(&self) -> Option<&str> {
        match self {
            Self::DropNext { node }
            | Self::DelayNext { node, .. }
            | Self::Close { node, .. }
            | Self::Shutdown { node, .. }
            | Self::Abort { node, .. }
            | Self::Call { node, .. }
            | Self::InjectReset { node, .. }
            | Self::Crash { node }
            | Self::Restart { node }
            | Self::StopReading { node }
            | Self::ReadAgain { node }
            | Self::Interrupt { node } => Some(node),
            Self::PullCable { .. }
            | Self::PutCableBack { .. }
            | Self::MakeLossy { .. }
            | Self::Lose { .. }
            | Self::Delay { .. }
            | Self::Duplicate { .. }
            | Self::Corrupt { .. } => None,
        }
    }

    /// The ends of the link that it is done to, where it is done to one.
    pub const fn link(&self) -> Option<&(String, String)> {
        match self {
            Self::PullCable { between }
            | Self::PutCableBack { between }
            | Self::MakeLossy { between, .. } => Some(between),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interventions_survive_json() {
        let node = || "client".to_owned();
        let between = || (node(), "server".to_owned());
        for action in [
            Action::DropNext { node: node() },
            Action::DelayNext { node: node(), by_us: Duration::from_millis(3) },
            Action::Close { node: node(), socket: 1 },
            Action::Shutdown { node: node(), socket: 2 },
            Action::Abort { node: node(), socket: 3 },
            Action::Call { node: node(), call: "s = socket()".to_owned() },
            Action::PullCable { between: between() },
            Action::PutCableBack { between: between() },
            Action::MakeLossy { between: between(), per_mille: 50 },
            Action::Lose { packet: 4 },
            Action::Delay { packet: 4, by_us: Duration::from_millis(3) },
            Action::Duplicate { packet: 4 },
            Action::Corrupt { packet: 4 },
            Action::InjectReset { node: node(), socket: 1, beyond: 10 },
            Action::Crash { node: node() },
            Action::Restart { node: node() },
            Action::StopReading { node: node() },
            Action::ReadAgain { node: node() },
            Action::Interrupt { node: node() },
        ] {
            let intervention =
                Intervention { after: Moment { at_us: Instant::from_millis(7), nth: 2 }, action };
            let json = serde_json::to_string(&intervention).unwrap();
            assert_eq!(serde_json::from_str::<Intervention>(&json).unwrap(), intervention);
        }
    }
}
