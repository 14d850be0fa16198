//! The two ends of a hop.

use playground_core::event::NodeId;
use playground_playback::{HopColumn, Ladder};
use yew::AttrValue;

use crate::language::Text;
use crate::view::common::words;

/// Names and colours of a hop's two ends, and its connection.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HopPlace {
    /// The sender's name and class.
    pub(super) from: (AttrValue, &'static str),
    /// The receiver's name and class; none when it is not known.
    pub(super) to: Option<(AttrValue, &'static str)>,
    /// The connection's number.
    pub(super) connection: u32,
}

impl HopPlace {
    /// The hop of a column.
    pub(super) fn new(text: Text, ladder: &Ladder, column: &HopColumn) -> Self {
        let end = |node: NodeId| {
            let line = ladder.lifelines.iter().find(|line| line.node == node)?;
            Some((AttrValue::from(words::node_name(text, &line.name)), words::role_class(line.kind)))
        };
        Self {
            from: end(column.from).unwrap_or_default(),
            to: column.to.and_then(end),
            connection: column.connection.number(),
        }
    }

    /// The hop as text.
    pub(super) fn said(&self, text: Text) -> String {
        let to = self.to.as_ref().map_or("", |(name, _)| name.as_str());
        text.get(
            "headers-hop",
            &[("from", &self.from.0), ("to", to), ("number", &self.connection.to_string())],
        )
    }
}
