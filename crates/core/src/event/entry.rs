//! One line of the trace.

use serde::{Deserialize, Serialize};

use super::{Event, NodeId};
use crate::rule::Rule;
use crate::time::Instant;

/// One thing that happened, where, when, because of what, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the trace, from 0.
    pub index: u32,
    /// When.
    pub at: Instant,
    /// At which node.
    pub node: NodeId,
    /// What.
    pub event: Event,
    /// The index of the entry that led to this one; none for what the scenario itself began.
    pub cause: Option<u32>,
    /// The rule that decided it.
    pub rule: Rule,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_small() {
        // A long trace is mostly entries: what is rare and large in an event stands in a box.
        assert!(size_of::<Entry>() <= 112, "{} octets", size_of::<Entry>());
    }
}
