//! The value of a field that a proxy adds.

use serde::{Deserialize, Serialize};

/// What a proxy writes into a field that it adds to each message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddedValue {
    /// Always the same text.
    Fixed(String),
    /// The address of the client that sent the request.
    ClientAddress,
    /// The Host field of the request that it received.
    ReceivedHost,
}
