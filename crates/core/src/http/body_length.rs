//! How long a message body is, as its head says.

use serde::{Deserialize, Serialize};

/// How the recipient finds the end of a message body.
///
/// Source: RFC 9112 section 6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyLength {
    /// The message has no body, whatever its fields say.
    None,
    /// So many octets.
    Exactly(u64),
    /// Chunks, up to the one of size zero.
    Chunked,
    /// Everything until the sender closes the connection: only in responses.
    UntilClose,
}
