//! All exchanges of a run.

use playground_core::trace::Trace;

use super::{HeaderExchange, HopColumn};
use crate::cursor::Cursor;
use crate::dissection::{Dissection, MessageRef};

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

    /// Where a message stands: its exchange, whether it is a response, and its hop.
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
