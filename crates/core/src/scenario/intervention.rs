//! What a person does during a run.

use serde::{Deserialize, Serialize};

use crate::time::{Duration, Instant};

/// Something a person does during the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    /// When.
    pub at_us: Instant,
    /// The action.
    #[serde(rename = "do")]
    pub action: Action,
}

/// What a person can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Action {
    /// Loses the next segment that leaves `node` at or after the moment.
    DropNext {
        /// The sender.
        node: String,
    },
    /// Delays the next segment that leaves `node`.
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
    fn what_is_written_is_read() {
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
            let intervention = Intervention { at_us: Instant::from_millis(7), action };
            let json = serde_json::to_string(&intervention).unwrap();
            assert_eq!(serde_json::from_str::<Intervention>(&json).unwrap(), intervention);
        }
    }
}
