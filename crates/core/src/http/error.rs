//! Why a message is refused: in its head, its framing or its body, with the clause, the status and the place.

use core::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoStaticStr};

use crate::rule::Rule;

/// What is wrong with a message.
///
/// Source: [`clause`](Self::clause) names that of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr, Serialize, Deserialize)]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum MessageProblem {
    /// The request line does not end within the limit on the head.
    RequestLineTooLong,
    /// The head or trailer section does not end within its limit.
    HeadTooLarge,
    /// There are more field lines than the limit.
    TooManyFields,
    /// A carriage return without a line feed.
    BareCr,
    /// Whitespace between the start-line and the first field.
    WhitespaceBeforeFields,
    /// The request line is not method, space, target, space, version.
    BadRequestLine,
    /// The method is not a token.
    BadMethod,
    /// The target has none of the four forms that the method allows.
    BadTarget,
    /// The version is not `HTTP/`, a digit, a dot and a digit.
    BadVersion,
    /// The major version is not 1.
    UnsupportedVersion,
    /// The status line is not version, space, status code, space, reason phrase.
    BadStatusLine,
    /// The status code is not three digits from 100.
    BadStatusCode,
    /// A field line without a colon.
    MissingColon,
    /// A field name that is not a token.
    BadFieldName,
    /// Whitespace between a field name and its colon.
    SpaceBeforeColon,
    /// A control character in a field value.
    BadFieldValue,
    /// A field value that continues on the next line (obs-fold).
    LineFolding,
    /// An HTTP/1.1 request without a Host field.
    HostMissing,
    /// A request with more than one Host field.
    HostRepeated,
    /// A Host field whose value is not a host and optional port.
    HostInvalid,
    /// Two Content-Length values that differ.
    ConflictingContentLengths,
    /// A Content-Length that is not decimal digits.
    InvalidContentLength,
    /// A Content-Length above 2^64 - 1.
    ContentLengthTooLarge,
    /// Transfer-Encoding in an HTTP/1.0 message.
    #[strum(serialize = "transfer-encoding-in-10")]
    #[serde(rename = "transfer-encoding-in-10")]
    TransferEncodingIn10,
    /// A request whose final transfer coding is not chunked.
    ChunkedNotLast,
    /// The chunked coding applied twice.
    ChunkedTwice,
    /// A request with a transfer coding other than chunked.
    UnknownTransferCoding,
    /// A chunk-size line that is not a hexadecimal number and extensions.
    ChunkSize,
    /// A chunk-size line that does not end within its limit.
    ChunkLineTooLong,
    /// Chunk data without a line end behind it.
    ChunkDataEnd,
    /// A response although no request is outstanding.
    UnexpectedResponse,
    /// The stream ended within a head.
    IncompleteHead {
        /// Octets of the head that were received.
        got: u64,
    },
    /// The stream ended within a body.
    IncompleteBody {
        /// The length of the body, if the head gives one.
        expected: Option<u64>,
        /// Octets of the body that were received.
        got: u64,
    },
}

impl MessageProblem {
    /// The stable name: the key of its sentence in the language files.
    pub fn key(&self) -> &'static str {
        self.into()
    }

    /// The clause that the message violates: `RFC 9112 §5.1`.
    pub const fn clause(&self) -> &'static str {
        match self {
            Self::BareCr | Self::WhitespaceBeforeFields => "RFC 9112 §2.2",
            Self::BadVersion => "RFC 9112 §2.3",
            Self::RequestLineTooLong | Self::BadRequestLine => "RFC 9112 §3",
            Self::BadMethod => "RFC 9112 §3.1",
            Self::BadTarget | Self::HostMissing | Self::HostRepeated | Self::HostInvalid => "RFC 9112 §3.2",
            Self::BadStatusLine => "RFC 9112 §4",
            Self::MissingColon => "RFC 9112 §5",
            Self::SpaceBeforeColon => "RFC 9112 §5.1",
            Self::LineFolding => "RFC 9112 §5.2",
            Self::TransferEncodingIn10 | Self::ChunkedTwice | Self::UnknownTransferCoding => "RFC 9112 §6.1",
            Self::ConflictingContentLengths | Self::InvalidContentLength | Self::ChunkedNotLast => {
                "RFC 9112 §6.3"
            }
            Self::ChunkSize | Self::ChunkDataEnd => "RFC 9112 §7.1",
            Self::ChunkLineTooLong => "RFC 9112 §7.1.1",
            Self::IncompleteHead { .. } | Self::IncompleteBody { .. } => "RFC 9112 §8",
            Self::UnexpectedResponse => "RFC 9112 §9.2",
            Self::BadFieldName => "RFC 9110 §5.1",
            Self::BadFieldValue => "RFC 9110 §5.5",
            Self::ContentLengthTooLarge => "RFC 9110 §8.6",
            Self::BadStatusCode => "RFC 9110 §15",
            Self::UnsupportedVersion => "RFC 9110 §15.6.6",
            Self::HeadTooLarge | Self::TooManyFields => "RFC 6585 §5",
        }
    }

    /// The status with which a server answers such a request; a proxy answers 502 for such a response.
    pub const fn status(&self) -> u16 {
        match self {
            Self::ContentLengthTooLarge => 413,
            Self::RequestLineTooLong => 414,
            Self::HeadTooLarge | Self::TooManyFields => 431,
            Self::UnknownTransferCoding => 501,
            Self::UnsupportedVersion => 505,
            _ => 400,
        }
    }

    /// The rule by which the recipient abandons the connection.
    pub const fn rule(&self) -> Rule {
        match self {
            Self::ConflictingContentLengths
            | Self::InvalidContentLength
            | Self::ContentLengthTooLarge
            | Self::TransferEncodingIn10
            | Self::ChunkedNotLast
            | Self::ChunkedTwice
            | Self::UnknownTransferCoding => Rule::FaultyFraming,
            Self::IncompleteHead { .. } | Self::IncompleteBody { .. } => Rule::IncompleteMessage,
            Self::UnexpectedResponse => Rule::UnsolicitedResponse,
            _ => Rule::MalformedMessage,
        }
    }

    /// Whether the stream ended within a message.
    pub const fn is_incomplete(&self) -> bool {
        matches!(self, Self::IncompleteHead { .. } | Self::IncompleteBody { .. })
    }
}

/// The stable name.
impl fmt::Display for MessageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A place in a message.
///
/// Units: `line` counts from 1, the start-line; `octet` from 0, the first octet of the start-line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The octet.
    pub octet: u64,
}

impl Position {
    /// The first octet of the start-line.
    pub const START: Self = Self { line: 1, octet: 0 };

    /// The place `octet` octets into a message, whose octets so far are `octets`.
    pub(super) fn within(octets: &[u8], octet: usize) -> Self {
        let before = octets.get(..octet).unwrap_or(octets);
        let line_ends = before.iter().filter(|&&octet| octet == b'\n').count();
        Self { line: u32::try_from(line_ends).unwrap_or(u32::MAX).saturating_add(1), octet: octet as u64 }
    }

    /// The place of `self` in a message of which `self` counts only what follows `start`.
    #[must_use]
    pub(super) const fn after(self, start: Self) -> Self {
        Self {
            line: start.line.saturating_add(self.line.saturating_sub(1)),
            octet: start.octet.saturating_add(self.octet),
        }
    }
}

/// A message that is refused: the reason, and the place in the message that shows it.
///
/// Source: RFC 9112 sections 2.2, 6.3, 7.1, 8 and 9.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct MessageError {
    /// What is wrong.
    pub problem: MessageProblem,
    /// Where.
    pub at: Position,
}

impl MessageError {
    fn sentence(&self) -> String {
        let (key, clause, Position { line, octet }) = (self.problem.key(), self.problem.clause(), self.at);
        match self.problem {
            MessageProblem::UnexpectedResponse => format!("{key} ({clause})"),
            MessageProblem::IncompleteHead { got }
            | MessageProblem::IncompleteBody { expected: None, got } => {
                format!("{key} after {got} octets ({clause})")
            }
            MessageProblem::IncompleteBody { expected: Some(expected), got } => {
                format!("{key}: {got} of {expected} octets ({clause})")
            }
            _ => format!("{key} at line {line}, octet {octet} ({clause})"),
        }
    }
}

/// A problem of a head whose lines are well-formed, and the part of the head that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} ({})", problem.clause())]
pub struct HeadError {
    /// What is wrong.
    pub problem: MessageProblem,
    /// Where.
    pub part: HeadPart,
}

/// A part of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadPart {
    /// The start-line.
    StartLine,
    /// The request-target.
    Target,
    /// A field.
    Field {
        /// Its place in the header section, from 0.
        index: usize,
        /// The octet of its value, from 0.
        octet: usize,
    },
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn problems_have_unique_keys_a_clause_and_a_status() {
        let keys: BTreeSet<&str> = MessageProblem::iter().map(|problem| problem.key()).collect();
        assert_eq!(keys.len(), MessageProblem::iter().count());
        for problem in MessageProblem::iter() {
            assert!(matches!(problem.status(), 400 | 413 | 414 | 431 | 501 | 505), "{problem}");
            assert!(problem.clause().starts_with("RFC ") && problem.clause().contains('§'), "{problem}");
        }
    }

    #[test]
    fn keys_in_json_are_the_stable_names() {
        for problem in MessageProblem::iter() {
            let json = serde_json::to_value(problem).expect("it serializes");
            let key = json.as_str().or_else(|| json.as_object()?.keys().next().map(String::as_str));
            assert_eq!(key, Some(problem.key()));
        }
    }

    #[test]
    fn problems_select_the_rule_and_status() {
        for (problem, rule, status) in [
            (MessageProblem::UnknownTransferCoding, "faulty-framing", 501),
            (MessageProblem::ChunkSize, "malformed-message", 400),
            (MessageProblem::IncompleteHead { got: 1 }, "incomplete-message", 400),
            (MessageProblem::UnexpectedResponse, "unsolicited-response", 400),
        ] {
            assert_eq!((problem.rule().key(), problem.status()), (rule, status));
        }
    }
}
