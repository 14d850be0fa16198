//! Octets in order, in the pieces in which they were written or received: none is copied while it waits.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};

/// A queue of octets.
#[derive(Clone, Debug, Default)]
pub(super) struct ByteQueue {
    pieces: VecDeque<Bytes>,
    len: usize,
}

impl ByteQueue {
    /// Octets in the queue.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Adds octets at the end.
    pub fn push(&mut self, octets: Bytes) {
        if !octets.is_empty() {
            self.len += octets.len();
            self.pieces.push_back(octets);
        }
    }

    /// Drops `count` octets at the front.
    pub fn drop_front(&mut self, count: usize) {
        let mut left = count.min(self.len);
        self.len -= left;
        while let Some(first) = self.pieces.front_mut() {
            if first.len() > left {
                bytes::Buf::advance(first, left);
                return;
            }
            left -= first.len();
            self.pieces.pop_front();
        }
    }

    /// The octets from `start` up to `end`: shared when they lie in one piece, else copied.
    pub fn slice(&self, start: usize, end: usize) -> Bytes {
        let mut copied = BytesMut::new();
        let mut at = 0;
        for piece in &self.pieces {
            let (from, to) = (start.max(at), end.min(at + piece.len()));
            if from < to {
                let part = piece.slice(from - at..to - at);
                if part.len() == end - start {
                    return part;
                }
                copied.extend_from_slice(&part);
            }
            at += piece.len();
            if at >= end {
                break;
            }
        }
        copied.freeze()
    }

    /// Drops everything.
    pub fn clear(&mut self) {
        self.pieces.clear();
        self.len = 0;
    }

    /// Gives back the memory that is not in use.
    pub fn shrink(&mut self) {
        self.pieces.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_come_out_as_they_went_in_wherever_the_pieces_end() {
        let whole = b"0123456789abcdef";
        for sizes in [&[16][..], &[1, 15], &[4, 4, 4, 4], &[0, 3, 0, 13]] {
            let mut queue = ByteQueue::default();
            let mut at = 0;
            for size in sizes {
                queue.push(Bytes::from_static(&whole[at..at + size]));
                at += size;
            }
            for dropped in 0..=whole.len() {
                let mut rest = queue.clone();
                rest.drop_front(dropped);
                assert_eq!(rest.len(), whole.len() - dropped);
                for start in 0..=rest.len() {
                    for end in start..=rest.len() {
                        assert_eq!(
                            rest.slice(start, end),
                            whole[dropped + start..dropped + end],
                            "{sizes:?}"
                        );
                    }
                }
            }
        }
    }
}
