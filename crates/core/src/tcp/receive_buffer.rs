//! The receive buffer: octets in order waiting for their reader, and octets held behind a gap.

use std::collections::BTreeMap;

use core::ops::Range;

use bytes::Bytes;

use super::byte_queue::ByteQueue;

/// The peer's output as far as it has arrived and not been read.
///
/// Units: offsets count payload octets of the peer's output from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct ReceiveBuffer {
    read: u64,
    octets: ByteQueue,
    held: BTreeMap<u64, Bytes>,
    capacity: usize,
    /// Octets beyond the capacity that the rounding of a scaled window may announce.
    rounding: usize,
}

impl ReceiveBuffer {
    pub fn new(capacity: usize) -> Self {
        Self { capacity, ..Self::default() }
    }

    /// Octets that fit in all.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Rounds the capacity up to whole segments.
    pub fn round_up_to(&mut self, segment: usize) {
        self.capacity = self.capacity.next_multiple_of(segment);
    }

    /// Lets in what a window that counts in units of `unit` octets may announce beyond the capacity.
    pub fn allow_rounding(&mut self, unit: usize) {
        self.rounding = unit - 1;
    }

    /// The octet after the last one received in order.
    pub fn end(&self) -> u64 {
        self.read + self.octets.len() as u64
    }

    /// Octets in order that wait for the reader.
    pub fn unread(&self) -> usize {
        self.octets.len()
    }

    /// Octets that still fit behind those in order.
    pub fn room(&self) -> usize {
        self.capacity.saturating_sub(self.octets.len())
    }

    /// Whether octets are held behind a gap.
    pub fn has_gap(&self) -> bool {
        !self.held.is_empty()
    }

    /// The ranges held behind a gap, joined where they touch.
    pub fn held(&self) -> Vec<Range<u64>> {
        let mut ranges: Vec<Range<u64>> = Vec::new();
        for (start, octets) in &self.held {
            let end = start + octets.len() as u64;
            match ranges.last_mut() {
                Some(last) if *start <= last.end => last.end = last.end.max(end),
                _ => ranges.push(*start..end),
            }
        }
        ranges
    }

    /// Drops the octets held behind a gap that will never be filled.
    pub fn drop_held(&mut self) {
        self.held.clear();
    }

    /// Takes `octets` that start at `offset`; returns the range that is now in order, empty when none is.
    ///
    /// Octets before the end in order are duplicates and are dropped; octets behind a gap are held.
    pub fn insert(&mut self, offset: u64, octets: &Bytes) -> Range<u64> {
        let before = self.end();
        let limit = self.read + (self.capacity + self.rounding) as u64;
        let end = (offset + octets.len() as u64).min(limit);
        if end <= before || end <= offset {
            return before..before;
        }
        let octets = octets.slice(..(end - offset) as usize);
        if offset > before {
            // The longer of two that start alike is kept.
            let slot = self.held.entry(offset).or_default();
            if slot.len() < octets.len() {
                *slot = octets;
            }
            return before..before;
        }
        self.octets.push(octets.slice((before - offset) as usize..));
        while let Some((&start, _)) = self.held.first_key_value() {
            if start > self.end() {
                break;
            }
            if let Some(next) = self.held.remove(&start) {
                let skip = (self.end() - start) as usize;
                if skip < next.len() {
                    self.octets.push(next.slice(skip..));
                }
            }
        }
        before..self.end()
    }

    /// Takes at most `max` octets out for the reader; returns them with their range.
    pub fn read(&mut self, max: usize) -> (Range<u64>, Bytes) {
        let taken = max.min(self.octets.len());
        let octets = self.octets.slice(0, taken);
        self.octets.drop_front(taken);
        let start = self.read;
        self.read += taken as u64;
        (start..self.read, octets)
    }

    /// Gives back the memory that is not in use.
    pub fn shrink(&mut self) {
        self.octets.shrink();
    }

    /// Discards everything unread; returns the in-order range that was lost.
    pub fn clear(&mut self) -> Range<u64> {
        let range = self.read..self.end();
        self.read = range.end;
        self.octets.clear();
        self.held.clear();
        range
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer_after(pieces: &[(u64, &'static str)]) -> (String, bool) {
        let mut buffer = ReceiveBuffer::new(100);
        for (offset, text) in pieces {
            buffer.insert(*offset, &Bytes::from_static(text.as_bytes()));
        }
        let (_, octets) = buffer.read(usize::MAX);
        (String::from_utf8_lossy(&octets).into_owned(), buffer.has_gap())
    }

    #[test]
    fn pieces_are_put_together_whatever_their_order() {
        for (pieces, text, gap) in [
            (&[(0, "abc"), (3, "def")][..], "abcdef", false),
            (&[(3, "def"), (0, "abc")], "abcdef", false),
            (&[(6, "ghi"), (3, "def"), (0, "abc")], "abcdefghi", false),
            (&[(0, "abc"), (0, "abc")], "abc", false),
            (&[(0, "abcd"), (2, "cdef")], "abcdef", false),
            (&[(2, "cdef"), (4, "ef"), (0, "abcd")], "abcdef", false),
            (&[(0, "abc"), (6, "ghi")], "abc", true),
            (&[(2, "c"), (2, "cdef"), (0, "ab")], "abcdef", false),
        ] {
            assert_eq!(buffer_after(pieces), (text.to_owned(), gap), "{pieces:?}");
        }
    }

    #[test]
    fn nothing_enters_beyond_the_capacity() {
        let mut buffer = ReceiveBuffer::new(4);
        assert_eq!(buffer.insert(0, &Bytes::from_static(b"abcdef")), 0..4);
        assert_eq!(buffer.room(), 0);
        assert_eq!(buffer.insert(4, &Bytes::from_static(b"ef")), 4..4);
        buffer.read(2);
        assert_eq!(buffer.insert(4, &Bytes::from_static(b"ef")), 4..6);
    }
}
