//! The protocol version that a message says it is written in.

use core::fmt;

use serde::{Deserialize, Serialize};

/// The version of HTTP that the sender of a message conforms to.
///
/// Simplified: a higher minor version of major version 1 is processed as HTTP/1.1, the highest implemented
/// here, and its digit is not kept.
///
/// Source: RFC 9110 sections 2.5 and 6.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Version {
    /// HTTP/1.0: a connection ends with its response unless both sides say otherwise.
    #[serde(rename = "HTTP/1.0")]
    Http10,
    /// HTTP/1.1: a connection persists unless a side says otherwise.
    #[serde(rename = "HTTP/1.1")]
    Http11,
}

impl Version {
    /// The version as it stands in a start-line: `HTTP/1.1`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
        }
    }

    /// The version as it stands in a Via field, without the protocol's name: `1.1`.
    ///
    /// Source: RFC 9110 section 7.6.3.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Http10 => "1.0",
            Self::Http11 => "1.1",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
