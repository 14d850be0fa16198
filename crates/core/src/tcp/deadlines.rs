//! The deadlines of a stack's sockets, soonest first.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::SocketId;
use crate::time::Instant;

type Deadline = (Instant, SocketId);

/// Deadlines in the order in which they come.
///
/// Sockets in TIME-WAIT, of which there may be tens of thousands, come in the order in which they go; they
/// stand in line, and only what is sooner than the last of the line needs the heap.
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    line: VecDeque<Deadline>,
    heap: BinaryHeap<Reverse<Deadline>>,
}

impl Deadlines {
    /// Adds a deadline.
    pub fn push(&mut self, deadline: Deadline) {
        if self.line.back().is_none_or(|last| *last <= deadline) {
            self.line.push_back(deadline);
        } else {
            self.heap.push(Reverse(deadline));
        }
    }

    /// The soonest.
    pub fn first(&self) -> Option<Deadline> {
        let heap = self.heap.peek().map(|Reverse(deadline)| *deadline);
        match (self.line.front().copied(), heap) {
            (Some(line), Some(heap)) => Some(line.min(heap)),
            (line, heap) => line.or(heap),
        }
    }

    /// Takes the soonest away.
    pub fn drop_first(&mut self) {
        if self.line.front().copied() == self.first() {
            self.line.pop_front();
        } else {
            self.heap.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_come_in_their_order_whatever_the_order_of_adding() {
        let mut deadlines = Deadlines::default();
        for (at, socket) in [(5, 1), (9, 2), (3, 3), (9, 1), (9, 4), (7, 5), (5, 1)] {
            deadlines.push((Instant::from_micros(at), SocketId(socket)));
        }
        let mut seen = Vec::new();
        while let Some((at, socket)) = deadlines.first() {
            seen.push((at.as_micros(), socket.0));
            deadlines.drop_first();
        }
        assert_eq!(seen, [(3, 3), (5, 1), (5, 1), (7, 5), (9, 1), (9, 2), (9, 4)]);
    }
}
