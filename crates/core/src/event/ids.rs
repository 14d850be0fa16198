//! The small numbers by which entries name nodes, hops and packets.

use serde::{Deserialize, Serialize};

/// A node, by its place in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub u16);

/// A hop (the link between two nodes), by its place in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HopId(pub u16);

/// A packet on the wire, numbered in the order of sending over the whole run, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PacketId(pub u32);

impl NodeId {
    /// The place in the scenario's list.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl HopId {
    /// The place in the scenario's list.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
