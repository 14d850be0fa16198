//! The event queue: by time, and among equals by the order of insertion.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

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
///
/// Packets mostly arrive in the order in which they leave: they stand in line, and only what is sooner than the
/// last of the line needs the heap.
#[derive(Debug, Default)]
pub(super) struct Queue {
    line: VecDeque<Slot>,
    heap: BinaryHeap<Reverse<Slot>>,
    pushed: u64,
}

impl Queue {
    pub fn push(&mut self, at: Instant, due: Due) {
        let slot = Slot { at, number: self.pushed, due };
        self.pushed += 1;
        // What wakes a node may be due in an hour, and all that arrives until then would be sooner.
        let stands_in_line = matches!(slot.due, Due::Arrive { .. });
        if stands_in_line && self.line.back().is_none_or(|last| last.at <= at) {
            self.line.push_back(slot);
        } else {
            self.heap.push(Reverse(slot));
        }
    }

    pub fn pop(&mut self) -> Option<(Instant, Due)> {
        let first = self.line.front();
        let is_line = first.is_some_and(|line| self.heap.peek().is_none_or(|Reverse(heap)| line < heap));
        let slot = if is_line { self.line.pop_front() } else { self.heap.pop().map(|Reverse(slot)| slot) }?;
        Some((slot.at, slot.due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Datagram, Endpoint};

    fn arrival(node: usize) -> Due {
        let nobody = Endpoint::new(core::net::Ipv4Addr::UNSPECIFIED, 0);
        let packet = Packet::Datagram(Datagram::udp(nobody, nobody, bytes::Bytes::new()));
        Due::Arrive { node, id: SegmentId(0), hop: 0, packet, sent: 0, retransmission: false }
    }

    #[test]
    fn equal_times_keep_the_order_of_insertion() {
        let mut queue = Queue::default();
        for (at, index) in [(5, 0), (1, 1), (5, 2), (1, 3), (0, 4)] {
            queue.push(Instant::from_micros(at), Due::Intervene { index });
        }
        // Those that arrive stand in line, or in the heap when they are sooner than the last in line.
        for (at, node) in [(1, 5), (5, 6), (0, 7), (5, 8)] {
            queue.push(Instant::from_micros(at), arrival(node));
        }
        queue.push(Instant::from_micros(5), Due::Intervene { index: 9 });
        let order: Vec<usize> = core::iter::from_fn(|| queue.pop())
            .map(|(_, due)| match due {
                Due::Intervene { index: number } | Due::Arrive { node: number, .. } => number,
                _ => usize::MAX,
            })
            .collect();
        assert_eq!(order, [4, 7, 1, 3, 5, 0, 2, 6, 8, 9]);
    }
}
