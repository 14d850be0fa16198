//! A timeline: scheduled items, soonest first, and at equal times in the order of scheduling.

use core::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};

use crate::time::Instant;

#[derive(Debug)]
struct Slot<T> {
    at: Instant,
    /// Counts what was scheduled on this timeline.
    number: u64,
    item: T,
}

impl<T> Slot<T> {
    fn key(&self) -> (Instant, u64) {
        (self.at, self.number)
    }
}

impl<T> PartialEq for Slot<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<T> Eq for Slot<T> {}

impl<T> PartialOrd for Slot<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Slot<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// Slot items, soonest first; items of equal time come in the order of scheduling.
///
/// A series whose items are mostly scheduled in the order of their times (arrivals over a link, ends of TIME-WAIT)
/// is kept in a plain queue by [`append`](Self::append), which costs no search; everything else goes into a heap.
#[derive(Debug)]
pub(crate) struct Timeline<T> {
    ordered: VecDeque<Slot<T>>,
    heap: BinaryHeap<Reverse<Slot<T>>>,
    scheduled: u64,
}

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self { ordered: VecDeque::new(), heap: BinaryHeap::new(), scheduled: 0 }
    }
}

impl<T> Timeline<T> {
    /// Schedules an item at any time.
    pub fn schedule(&mut self, at: Instant, item: T) {
        let slot = self.number(at, item);
        self.heap.push(Reverse(slot));
    }

    /// Schedules an item that is probably not sooner than those appended before; it may be.
    pub fn append(&mut self, at: Instant, item: T) {
        let slot = self.number(at, item);
        if self.ordered.back().is_none_or(|last| last.at <= at) {
            self.ordered.push_back(slot);
        } else {
            self.heap.push(Reverse(slot));
        }
    }

    /// The soonest item.
    pub fn peek(&self) -> Option<(Instant, &T)> {
        let first = if self.first_is_ordered() {
            self.ordered.front()
        } else {
            self.heap.peek().map(|Reverse(slot)| slot)
        };
        first.map(|slot| (slot.at, &slot.item))
    }

    /// Takes the soonest item.
    pub fn pop(&mut self) -> Option<(Instant, T)> {
        let first = if self.first_is_ordered() {
            self.ordered.pop_front()
        } else {
            self.heap.pop().map(|Reverse(slot)| slot)
        };
        first.map(|slot| (slot.at, slot.item))
    }

    /// All items, in no order.
    pub fn items(&self) -> impl Iterator<Item = &T> {
        self.ordered.iter().chain(self.heap.iter().map(|Reverse(slot)| slot)).map(|slot| &slot.item)
    }

    fn number(&mut self, at: Instant, item: T) -> Slot<T> {
        self.scheduled += 1;
        Slot { at, number: self.scheduled, item }
    }

    fn first_is_ordered(&self) -> bool {
        match (self.ordered.front(), self.heap.peek()) {
            (Some(ordered), Some(Reverse(heap))) => ordered < heap,
            (ordered, _) => ordered.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drained(timeline: &mut Timeline<u32>) -> Vec<(u64, u32)> {
        let next = || {
            let peeked = timeline.peek().map(|(at, item)| (at, *item));
            let popped = timeline.pop();
            assert_eq!(peeked, popped);
            popped.map(|(at, item)| (at.as_micros(), item))
        };
        core::iter::from_fn(next).collect()
    }

    #[test]
    fn equal_times_keep_the_order_of_scheduling() {
        let mut timeline = Timeline::default();
        for (at, item) in [(5, 0), (1, 1), (5, 2), (1, 3), (0, 4)] {
            timeline.schedule(Instant::from_micros(at), item);
        }
        // Appended items stay in their queue, or go into the heap when they are sooner than its last.
        for (at, item) in [(1, 5), (5, 6), (0, 7), (5, 8)] {
            timeline.append(Instant::from_micros(at), item);
        }
        timeline.schedule(Instant::from_micros(5), 9);
        let order: Vec<u32> = drained(&mut timeline).into_iter().map(|(_, item)| item).collect();
        assert_eq!(order, [4, 7, 1, 3, 5, 0, 2, 6, 8, 9]);
    }

    #[test]
    fn times_come_in_order_whatever_the_order_of_appending() {
        let mut timeline = Timeline::default();
        for (at, item) in [(5, 1), (9, 2), (3, 3), (9, 1), (9, 4), (7, 5), (5, 1)] {
            timeline.append(Instant::from_micros(at), item);
        }
        assert_eq!(drained(&mut timeline), [(3, 3), (5, 1), (5, 1), (7, 5), (9, 2), (9, 1), (9, 4)]);
    }
}
