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
        ] {
            let intervention =
                Intervention { after: Moment { at_us: Instant::from_millis(7), nth: 2 }, action };
            let json = serde_json::to_string(&intervention).unwrap();
            assert_eq!(serde_json::from_str::<Intervention>(&json).unwrap(), intervention);
        }
    }
}
