//! The tally: counters of a run without its entries.

use crate::event::{Event, NodeId};
use crate::tcp::{Call, CallError, Notice, Returned, State};
use crate::time::{Duration, Instant};
use crate::wire::Packet;

use super::StoppedBy;

/// The counters of one stretch of time at one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Connections that the node began to open.
    pub opened: u32,
    /// Connections that failed at once: no local port was free (EADDRNOTAVAIL).
    pub refused: u32,
    /// Transactions with a complete response.
    pub completed: u32,
    /// Sockets in TIME-WAIT at the end of the interval.
    pub time_wait: u32,
}

/// The counters of one node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeTally {
    /// The whole run; `time_wait` is the peak.
    pub total: Count,
    /// By interval, from the start.
    pub stretches: Vec<Count>,
    time_wait: u32,
}

/// The counters of a run, in stretches of equal length.
///
/// It is a fold over the entries, whether they are kept in a trace or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Length of an interval.
    pub stretch: Duration,
    /// Nodes in the scenario's order.
    pub nodes: Vec<NodeTally>,
    /// Segments sent by all nodes.
    pub segments: u32,
    /// Time of the last entry.
    pub end: Instant,
    /// Set when a limit of the scenario ended the run before it was over.
    pub stopped_by: Option<StoppedBy>,
}

impl Tally {
    /// The tally before the first entry; an interval is at least a millisecond.
    pub fn new(nodes: usize, stretch: Duration) -> Self {
        Self {
            stretch: stretch.max(Duration::from_millis(1)),
            nodes: vec![NodeTally::default(); nodes],
            segments: 0,
            end: Instant::ZERO,
            stopped_by: None,
        }
    }

    /// Counts the next entry.
    pub fn apply(&mut self, at: Instant, node: NodeId, event: &Event) {
        self.end = at;
        let stretch = self.stretch;
        let Some(node) = self.nodes.get_mut(node.index()) else { return };
        match event {
            Event::PacketSent { packet: Packet::Segment(_), .. } => self.segments += 1,
            Event::Socket { notice: Notice::Opened { listener: None, .. }, .. } => {
                node.total.opened += 1;
                node.at(at, stretch).opened += 1;
            }
            Event::Socket { notice: Notice::StateChanged { to: State::TimeWait, .. }, .. } => {
                node.at(at, stretch).time_wait += 1;
                node.time_wait += 1;
                node.total.time_wait = node.total.time_wait.max(node.time_wait);
            }
            Event::Socket { notice: Notice::StateChanged { from: State::TimeWait, .. }, .. } => {
                node.at(at, stretch).time_wait -= 1;
                node.time_wait -= 1;
            }
            Event::CallReturned { call: Call::Connect { .. }, returned, .. }
                if *returned == (Returned::Failed { error: CallError::AddressNotAvailable }) =>
            {
                node.total.refused += 1;
                node.at(at, stretch).refused += 1;
            }
            Event::TransactionCompleted { .. } => {
                node.total.completed += 1;
                node.at(at, stretch).completed += 1;
            }
            _ => {}
        }
    }

    /// Extends all nodes to the same number of stretches: the last is the one in which the run ended.
    pub fn finish(&mut self) {
        for node in &mut self.nodes {
            node.at(self.end, self.stretch);
        }
    }
}

impl NodeTally {
    /// The count of the interval around `at`; empty intervals before it carry the TIME-WAIT sockets over.
    fn at(&mut self, at: Instant, stretch: Duration) -> &mut Count {
        let stretch = (at.as_micros() / stretch.as_micros()) as usize;
        let empty = Count { time_wait: self.time_wait, ..Count::default() };
        if self.stretches.len() <= stretch {
            self.stretches.resize(stretch + 1, empty);
        }
        &mut self.stretches[stretch]
    }
}
