//! A part of a message and where in the stream it stands.

use core::ops::Range;

use super::decoded::Decoded;

/// What was decoded, and which octets of the stream it was.
///
/// Units: octets since the start of the stream. The octets between two pieces are empty lines before a
/// request, or frame chunks. An `End` covers the trailer section and its empty line; without one it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The octets.
    pub range: Range<u64>,
    /// What they are.
    pub decoded: Decoded,
}
