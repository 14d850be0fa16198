//! The version that a proxy writes into the messages that it sends on.

use serde::{Deserialize, Serialize};

use super::version::Version;

/// Which version a forwarded message has.
///
/// Source: RFC 9112 section 2.3: intermediaries "MUST send their own HTTP-version in forwarded messages".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedVersion {
    /// The proxy's own, whatever it received.
    Own(Version),
    /// The one that it received: what a proxy should not do.
    AsReceived,
}

impl ForwardedVersion {
    /// The version to send for a message that was received with `received`.
    pub const fn of(self, received: Version) -> Version {
        match self {
            Self::Own(version) => version,
            Self::AsReceived => received,
        }
    }
}
