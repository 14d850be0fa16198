//! Which version a proxy names in the Via field that it adds.

use serde::{Deserialize, Serialize};

/// Whether and how a proxy adds itself to Via.
///
/// Source: RFC 9110 section 7.6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViaVersion {
    /// It adds no Via.
    NoVia,
    /// By the book: the version of the message that it received.
    Received,
    /// Its own version.
    Own,
    /// In responses the version of the client's request.
    OfClient,
}
