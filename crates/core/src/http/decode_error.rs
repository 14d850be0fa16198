//! A stream of octets that is no sequence of messages.

use core::fmt;

use serde::Serialize;

use super::framing_error::FramingError;
use super::head_error::HeadError;
use crate::rule::Rule;

/// Why a stream cannot be decoded further.
///
/// Source: RFC 9112 sections 2.2, 6.3, 7.1, 8 and 9.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecodeError {
    /// A head is malformed.
    Head(HeadError),
    /// A message's length cannot be trusted.
    Framing(FramingError),
    /// A chunk-size line is not a hexadecimal number and extensions.
    ChunkSize,
    /// A chunk-size line does not end within the limit.
    ChunkLineTooLong,
    /// Chunk data is not followed by a line end.
    ChunkDataEnd,
    /// A trailer section is malformed.
    Trailers(HeadError),
    /// A response although no request is outstanding.
    UnexpectedResponse,
    /// The stream ended in the middle of a head.
    IncompleteHead {
        /// Octets of the head that came.
        got: u64,
    },
    /// The stream ended in the middle of a body.
    IncompleteBody {
        /// Octets that the body should have had, when its head said so.
        expected: Option<u64>,
        /// Octets of the body that came.
        got: u64,
    },
}

impl DecodeError {
    /// The stable name: the key of its sentence in the language files.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Head(error) | Self::Trailers(error) => error.key(),
            Self::Framing(error) => error.key(),
            Self::ChunkSize => "chunk-size",
            Self::ChunkLineTooLong => "chunk-line-too-long",
            Self::ChunkDataEnd => "chunk-data-end",
            Self::UnexpectedResponse => "unexpected-response",
            Self::IncompleteHead { .. } => "incomplete-head",
            Self::IncompleteBody { .. } => "incomplete-body",
        }
    }

    /// The clause that it offends against.
    pub const fn clause(&self) -> &'static str {
        match self {
            Self::Head(error) | Self::Trailers(error) => error.clause(),
            Self::Framing(error) => error.clause(),
            Self::ChunkSize | Self::ChunkDataEnd => "RFC 9112 §7.1",
            Self::ChunkLineTooLong => "RFC 9112 §7.1.1",
            Self::UnexpectedResponse => "RFC 9112 §9.2",
            Self::IncompleteHead { .. } | Self::IncompleteBody { .. } => "RFC 9112 §8",
        }
    }

    /// The status with which a server answers; a proxy answers 502 for a response that it received.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Head(error) | Self::Trailers(error) => error.status(),
            Self::Framing(error) => error.status(),
            _ => 400,
        }
    }

    /// The rule by which the recipient gives the connection up.
    pub const fn rule(&self) -> Rule {
        match self {
            Self::Framing(_) => Rule::FaultyFraming,
            Self::IncompleteHead { .. } | Self::IncompleteBody { .. } => Rule::IncompleteMessage,
            Self::UnexpectedResponse => Rule::UnsolicitedResponse,
            _ => Rule::MalformedMessage,
        }
    }

    /// Whether the stream ended in the middle of a message.
    pub const fn is_incomplete(&self) -> bool {
        matches!(self, Self::IncompleteHead { .. } | Self::IncompleteBody { .. })
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head(error) | Self::Trailers(error) => error.fmt(f),
            Self::Framing(error) => error.fmt(f),
            Self::IncompleteHead { got } => {
                write!(f, "{} after {got} octets ({})", self.key(), self.clause())
            }
            Self::IncompleteBody { expected: Some(expected), got } => {
                write!(f, "{}: {got} of {expected} octets ({})", self.key(), self.clause())
            }
            Self::IncompleteBody { expected: None, got } => {
                write!(f, "{} after {got} octets ({})", self.key(), self.clause())
            }
            _ => write!(f, "{} ({})", self.key(), self.clause()),
        }
    }
}

impl core::error::Error for DecodeError {}
