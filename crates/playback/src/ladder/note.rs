//! A remark in the ladder.

use playground_core::event::NodeId;

use crate::pace::ViewTime;
use crate::phrase::Phrase;

/// A remark beside a lifeline: discarded octets, a failed call, unread data.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderNote {
    /// At which node.
    pub node: NodeId,
    /// The lifeline's place.
    pub x: f64,
    /// Simulated time.
    pub y: ViewTime,
    /// Lines below `y`, to make room for other remarks.
    pub line: u32,
    /// The entry it remarks on.
    pub entry: u32,
    /// Its text.
    pub phrase: Phrase,
    /// Whether it is bad news (drawn in the colour of RST).
    pub alarming: bool,
}
