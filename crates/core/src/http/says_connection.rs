//! When a proxy writes a Connection field of its own.

use serde::{Deserialize, Serialize};

/// On which messages a proxy says whether the connection persists.
///
/// Source: RFC 9112 sections 9.3 and 9.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaysConnection {
    /// On none.
    Never,
    /// When the version alone does not say it: `keep-alive` in HTTP/1.0, `close` in HTTP/1.1.
    WhenNotDefault,
    /// `close` always, `keep-alive` only to a client that asked for it.
    WhenAsked,
    /// On all.
    Always,
}
