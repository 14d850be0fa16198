//! The event queue: by time, and among equals by the order of insertion.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::event::{DropReason, SegmentId};
use crate::time::Instant;
use crate::wire::Packet;

/// Something that is going to happen.
#[derive(Debug)]
pub(super) enum Due {
    /// A node's application starts.
    Start { node: usize },
    /// A packet reaches a node over a hop.
    Arrive { node: usize, id: SegmentId, hop: usize, packet: Packet, sent: u32, retransmission: bool },
    /// A packet is lost before it reaches a node.
    Lose { node: usize, id: SegmentId, reason: DropReason, sent: u32 },
    /// A node has a timer that may have expired.
    Wake { node: usize },
    /// A person reaches in.
    Intervene { index: usize },
}

#[derive(Debug)]
struct Slot {
    at: Instant,
    number: u64,
    due: Due,
}

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.number) == (other.at, other.number)
    }
}
impl Eq for Slot {}
impl PartialOrd for Slot {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Slot {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

/// What is going to happen, soonest first.
#[derive(Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<Slot>>,
    pushed: u64,
}

impl Queue {
    pub fn push(&mut self, at: Instant, due: Due) {
        self.heap.push(Reverse(Slot { at, number: self.pushed, due }));
        self.pushed += 1;
    }

    pub fn pop(&mut self) -> Option<(Instant, Due)> {
        self.heap.pop().map(|Reverse(slot)| (slot.at, slot.due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_times_keep_the_order_of_insertion() {
        let mut queue = Queue::default();
        for (at, index) in [(5, 0), (1, 1), (5, 2), (1, 3), (0, 4)] {
            queue.push(Instant::from_micros(at), Due::Intervene { index });
        }
        let order: Vec<usize> = core::iter::from_fn(|| queue.pop())
            .map(|(_, due)| match due {
                Due::Intervene { index } => index,
                _ => usize::MAX,
            })
            .collect();
        assert_eq!(order, [4, 1, 3, 0, 2]);
    }
}
