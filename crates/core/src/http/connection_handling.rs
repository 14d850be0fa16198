//! What a proxy does with the Connection field that it receives.

use serde::{Deserialize, Serialize};

/// How a proxy treats a received Connection field and the fields that it names.
///
/// Source: RFC 9110 section 7.6.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionHandling {
    /// By the book: each field that is named ends here, and then the Connection field itself.
    RemoveNamed,
    /// Only the Connection field itself ends here; what it names goes on.
    RemoveFieldOnly,
    /// Only the options `close` and `keep-alive` are taken out; the rest of the field goes on.
    RemoveOwnOptions,
}
