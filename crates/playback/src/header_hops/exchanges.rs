//! The exchanges of a run: each request and response, with the lines of its head at each hop.

use playground_core::event::NodeId;
use playground_core::rule::Rule;
use playground_core::trace::Trace;

use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection, MessageRef};

/// Every request and response of a run at each hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderHops {
    /// Exchanges in the order in which their requests were first sent.
    pub exchanges: Vec<HeaderExchange>,
}

impl HeaderHops {
    /// The exchanges of a trace.
    pub fn new(trace: &Trace, dissection: &Dissection) -> Self {
        super::build::build(trace, dissection)
    }

    /// The head written last at a cursor: its exchange, whether it is a response, and its hop.
    pub fn current(&self, cursor: Cursor) -> Option<(usize, bool, usize)> {
        self.columns()
            .filter(|(_, column)| column.entry < cursor.index)
            .max_by_key(|(_, column)| column.entry)
            .map(|(place, _)| place)
    }

    /// The place of a message: its exchange, whether it is a response, and its hop.
    pub fn of_message(&self, message: MessageRef) -> Option<(usize, bool, usize)> {
        self.columns().find(|(_, column)| column.message == message).map(|(place, _)| place)
    }

    fn columns(&self) -> impl Iterator<Item = ((usize, bool, usize), &HopColumn)> {
        self.exchanges.iter().enumerate().flat_map(|(exchange, of)| {
            let request =
                of.request.iter().enumerate().map(move |(hop, column)| ((exchange, false, hop), column));
            let response =
                of.response.iter().enumerate().map(move |(hop, column)| ((exchange, true, hop), column));
            request.chain(response)
        })
    }
}

/// One request and the response to it, hop by hop.
///
/// The columns are in the order of travel: `response` begins with the last hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderExchange {
    /// Which request of the run, from 0, in the order of sending.
    pub number: u32,
    /// `GET /b`.
    pub title: String,
    /// The request at each hop; empty when the response was unsolicited.
    pub request: Vec<HopColumn>,
    /// The response at each hop; empty when none was sent.
    pub response: Vec<HopColumn>,
}

/// A message's head on one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HopColumn {
    /// The connection.
    pub connection: ConnectionId,
    /// The node that sent it.
    pub from: NodeId,
    /// The node it was sent to.
    pub to: Option<NodeId>,
    /// The message.
    pub message: MessageRef,
    /// The entry at which it was written (or rewritten, or relayed).
    pub entry: u32,
    /// Whether `from` is a blind relay.
    pub blind: bool,
    /// Its lines, struck-out ones among them.
    pub lines: Vec<HeaderLine>,
    /// Hypothetical: the lines, had `from` been a proxy by the book. Only where it was not.
    pub by_the_book: Option<Vec<HeaderLine>>,
}

/// How the sending node treated a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineMark {
    /// As its author sent it: the first hop.
    Original,
    /// Forwarded unchanged.
    Kept,
    /// Not forwarded; shown struck out.
    Removed,
    /// New at this hop.
    Added,
    /// Forwarded with another value.
    Changed,
    /// A hop-by-hop field forwarded by a relay that does not read it.
    PassedBlindly,
}

impl LineMark {
    /// The stable key: `passed-blindly`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Kept => "kept",
            Self::Removed => "removed",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::PassedBlindly => "passed-blindly",
        }
    }
}

/// A start line or a field line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderLine {
    /// The line as it is (or was) on the wire, without its line ending.
    pub text: String,
    /// Its text on the hop before, for a changed line.
    pub before: Option<String>,
    /// Mark.
    pub mark: LineMark,
    /// The rule that decided it; none on the first hop.
    pub rule: Option<Rule>,
}
