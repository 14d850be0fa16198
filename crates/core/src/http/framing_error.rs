//! A message whose length cannot be trusted.

use core::fmt;

use serde::{Serialize, Serializer};

use crate::rule::Rule;

/// Why the length of a message body cannot be determined.
///
/// Source: RFC 9112 section 6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FramingError {
    /// Two Content-Length values that differ.
    ConflictingContentLengths,
    /// A Content-Length that is not decimal digits.
    InvalidContentLength,
    /// A Content-Length beyond 2^64 - 1.
    ContentLengthTooLarge,
    /// Transfer-Encoding in a message of HTTP/1.0, which does not know it.
    TransferEncodingIn10,
    /// A request whose last transfer coding is not chunked.
    ChunkedNotLast,
    /// The chunked coding applied twice.
    ChunkedTwice,
    /// A request with a transfer coding other than chunked.
    UnknownTransferCoding,
}

impl FramingError {
    /// All errors.
    pub const ALL: &'static [Self] = &[
        Self::ConflictingContentLengths,
        Self::InvalidContentLength,
        Self::ContentLengthTooLarge,
        Self::TransferEncodingIn10,
        Self::ChunkedNotLast,
        Self::ChunkedTwice,
        Self::UnknownTransferCoding,
    ];

    /// The stable name: the key of its sentence in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ConflictingContentLengths => "conflicting-content-lengths",
            Self::InvalidContentLength => "invalid-content-length",
            Self::ContentLengthTooLarge => "content-length-too-large",
            Self::TransferEncodingIn10 => "transfer-encoding-in-10",
            Self::ChunkedNotLast => "chunked-not-last",
            Self::ChunkedTwice => "chunked-twice",
            Self::UnknownTransferCoding => "unknown-transfer-coding",
        }
    }

    /// The clause that it offends against.
    pub const fn clause(self) -> &'static str {
        match self {
            Self::ConflictingContentLengths | Self::InvalidContentLength | Self::ChunkedNotLast => {
                "RFC 9112 §6.3"
            }
            Self::ContentLengthTooLarge => "RFC 9110 §8.6",
            Self::TransferEncodingIn10 | Self::ChunkedTwice | Self::UnknownTransferCoding => "RFC 9112 §6.1",
        }
    }

    /// The status with which a server answers; a proxy answers 502 for a response that it received.
    pub const fn status(self) -> u16 {
        match self {
            Self::UnknownTransferCoding => 501,
            Self::ContentLengthTooLarge => 413,
            _ => 400,
        }
    }

    /// The rule by which the recipient gives the connection up.
    pub const fn rule(self) -> Rule {
        Rule::FaultyFraming
    }
}

impl fmt::Display for FramingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.key(), self.clause())
    }
}

impl core::error::Error for FramingError {}

impl Serialize for FramingError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}
