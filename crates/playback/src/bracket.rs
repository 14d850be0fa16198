//! The conversation of a packet as a bracket beside the packet list.

use crate::packets::{PacketRow, Packets};

/// A connection's place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    stream: u32,
    first: usize,
    last: usize,
}

/// What a row has of a bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BracketPart {
    /// The corner at the connection's first segment.
    First,
    /// The line at one of its segments.
    Within,
    /// The line beside a packet of another connection.
    Passed,
    /// The corner at its last segment.
    Last,
}

impl Bracket {
    /// Around the rows of the connection of row `selected`; none for a packet alone.
    pub fn around(packets: &Packets, selected: usize) -> Option<Self> {
        let stream = stream(packets.rows.get(selected)?)?;
        let is_same = |row: &PacketRow| self::stream(row) == Some(stream);
        let first = packets.rows.iter().position(is_same)?;
        let last = packets.rows.iter().rposition(is_same)?;
        (first < last).then_some(Self { stream, first, last })
    }

    /// The part at a row.
    pub fn part(&self, place: usize, row: &PacketRow) -> Option<BracketPart> {
        match place {
            _ if place < self.first || place > self.last => None,
            _ if place == self.first => Some(BracketPart::First),
            _ if place == self.last => Some(BracketPart::Last),
            _ if stream(row) == Some(self.stream) => Some(BracketPart::Within),
            _ => Some(BracketPart::Passed),
        }
    }
}

fn stream(row: &PacketRow) -> Option<u32> {
    row.analyzed.as_ref().map(|analyzed| analyzed.stream)
}
