//! The heads that are told of at a moment: one message at each hop that it has reached, or, on its first hop, an
//! answer beside its request.

use std::rc::Rc;

use playground_core::event::NodeId;
use playground_core::trace::Trace;

use super::{HeaderHops, HeaderLine, HopColumn};
use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection};
use crate::role::NodeLabel;

/// The heads of a run, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Heads {
    trace: Rc<Trace>,
    hops: HeaderHops,
}

/// The heads at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadsView {
    /// The heads, from the client's side to the server's; on an answer's first hop its request, then the answer.
    pub heads: Vec<Head>,
    /// Places for heads beside each other.
    pub places: usize,
    /// What servers have announced in `Keep-Alive: max` so far, in the order of the answers.
    pub announced: Vec<Announced>,
}

/// A head on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its place among the hops, from 0 at the client's; beside its answer a request's is 0.
    pub place: usize,
    /// The node that sent it.
    pub from: NodeLabel,
    /// The node it was sent to.
    pub to: Option<NodeLabel>,
    /// The connection.
    pub connection: ConnectionId,
    /// Whether it is a response.
    pub is_response: bool,
    /// Whether its sender passed it on without reading it.
    pub blind: bool,
    /// Its lines, removed ones among them.
    pub lines: Vec<HeaderLine>,
    /// The entry at which it was written.
    pub entry: u32,
}

/// An answer's `Keep-Alive: max`: how many more requests the server allows on this connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The request that was answered: `GET /a`.
    pub request: String,
    /// The number.
    pub max: u32,
    /// The entry at which the answer was written.
    pub entry: u32,
}

impl Heads {
    /// The heads of a run.
    pub fn new(trace: Rc<Trace>, dissection: &Dissection) -> Self {
        let hops = HeaderHops::new(&trace, dissection);
        Self { trace, hops }
    }

    /// The heads at a moment: those of the message written last.
    pub fn at(&self, now: Cursor) -> HeadsView {
        let Some((place, is_response, _)) = self.hops.current(now) else { return HeadsView::default() };
        let exchange = &self.hops.exchanges[place];
        let written = |column: &&HopColumn| column.entry < now.index;
        let request: Vec<&HopColumn> = exchange.request.iter().filter(written).collect();
        let response: Vec<&HopColumn> = exchange.response.iter().filter(written).collect();
        let hops = request.len();
        let (heads, places) = match (response.as_slice(), is_response) {
            ([answer], true) => {
                let asked = request.iter().rev().find(|asked| asked.connection == answer.connection);
                let asked = asked.map(|asked| self.head(asked, 0, false));
                (asked.into_iter().chain([self.head(answer, 1, true)]).collect(), 2)
            }
            (answers, true) => {
                let heads = answers.iter().enumerate().rev().map(|(travelled, column)| {
                    // It travels back from the last hop.
                    self.head(column, hops.saturating_sub(travelled + 1), true)
                });
                (heads.collect(), hops)
            }
            (_, false) => {
                let heads = request.iter().enumerate().map(|(place, column)| self.head(column, place, false));
                (heads.collect(), hops)
            }
        };
        HeadsView { heads, places: places.max(2), announced: self.announced(now) }
    }

    fn head(&self, column: &HopColumn, place: usize, is_response: bool) -> Head {
        let label = |node: NodeId| NodeLabel::of(&self.trace, node);
        Head {
            place,
            from: label(column.from),
            to: column.to.map(label),
            connection: column.connection,
            is_response,
            blind: column.blind,
            lines: column.lines.clone(),
            entry: column.entry,
        }
    }

    fn announced(&self, now: Cursor) -> Vec<Announced> {
        let answers = self.hops.exchanges.iter().filter_map(|exchange| {
            // The last hop's, as the server wrote it.
            let column = exchange.response.first().filter(|column| column.entry < now.index)?;
            let max = column.lines.iter().find_map(|line| max_of(&line.text))?;
            Some(Announced { request: exchange.title.clone(), max, entry: column.entry })
        });
        answers.collect()
    }
}

/// The `max` of a `Keep-Alive` field line.
fn max_of(line: &str) -> Option<u32> {
    let (name, value) = line.split_once(':')?;
    let parameters = name.eq_ignore_ascii_case("keep-alive").then_some(value)?;
    parameters.split(',').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        (name.trim().eq_ignore_ascii_case("max")).then(|| value.trim().parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::max_of;

    #[test]
    fn max_is_read_from_a_keep_alive_line_only() {
        assert_eq!(max_of("Keep-Alive: timeout=5, max=2"), Some(2));
        assert_eq!(max_of("keep-alive: MAX=100"), Some(100));
        assert_eq!(max_of("Keep-Alive: timeout=5"), None);
        assert_eq!(max_of("Cache-Control: max=2"), None);
    }
}
