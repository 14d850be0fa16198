//! The send buffer: octets written and not yet acknowledged, and the retransmission queue over them.

use std::collections::VecDeque;

use core::ops::Range;

use bytes::Bytes;

use crate::rule::Rule;
use crate::time::Instant;

/// One segment's worth of output that was sent and is not yet acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SentSegment {
    /// Its octets, as a range of this side's output; empty for a lone FIN.
    pub range: Range<u64>,
    /// Whether it carried the FIN.
    pub fin: bool,
    /// When it was last sent.
    pub sent_at: Instant,
    /// How often it was sent.
    pub transmissions: u32,
    /// Why it waits to be sent again, while it is taken for lost.
    pub lost: Option<Rule>,
}

impl SentSegment {
    /// Sequence numbers it takes up.
    pub fn seq_len(&self) -> u32 {
        (self.range.end - self.range.start) as u32 + u32::from(self.fin)
    }
}

/// A copy of the octets from `start` up to `end`.
pub(super) fn part(octets: &VecDeque<u8>, start: usize, end: usize) -> Bytes {
    // Octet by octet, most of the time of a download went by here.
    let (front, back) = octets.as_slices();
    let middle = front.len();
    let mut part = Vec::with_capacity(end - start);
    part.extend_from_slice(&front[start.min(middle)..end.min(middle)]);
    part.extend_from_slice(&back[start.saturating_sub(middle)..end.saturating_sub(middle)]);
    part.into()
}

/// Octets of this side's output from the first unacknowledged one on.
///
/// Units: offsets count payload octets of this side's output from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct SendBuffer {
    base: u64,
    octets: VecDeque<u8>,
    capacity: usize,
    /// The retransmission queue, in order of sequence numbers.
    pub sent: VecDeque<SentSegment>,
}

impl SendBuffer {
    pub fn new(capacity: usize) -> Self {
        Self { capacity, ..Self::default() }
    }

    /// The first unacknowledged octet.
    pub fn start(&self) -> u64 {
        self.base
    }

    /// The octet after the last one written.
    pub fn end(&self) -> u64 {
        self.base + self.octets.len() as u64
    }

    /// Octets that still fit.
    pub fn room(&self) -> usize {
        self.capacity.saturating_sub(self.octets.len())
    }

    /// Takes as many of `octets` as fit; returns how many.
    pub fn write(&mut self, octets: &[u8]) -> usize {
        let taken = octets.len().min(self.room());
        self.octets.extend(&octets[..taken]);
        taken
    }

    /// A copy of the octets of `range`, cut to what is held.
    pub fn copy(&self, range: Range<u64>) -> Bytes {
        let start = (range.start.max(self.base) - self.base) as usize;
        let end = ((range.end.max(self.base) - self.base) as usize).min(self.octets.len());
        part(&self.octets, start.min(end), end)
    }

    /// Drops the octets before `offset` and the sent segments that end there or before; one that is cut
    /// keeps its rest. Returns the newest segment acknowledged in full, and whether any of them was sent twice.
    pub fn acknowledge(&mut self, offset: u64, fin: bool) -> Option<(SentSegment, bool)> {
        let offset = offset.min(self.end());
        self.octets.drain(..(offset.saturating_sub(self.base)) as usize);
        self.base = self.base.max(offset);
        let (mut newest, mut any_twice) = (None, false);
        while let Some(first) = self.sent.front_mut() {
            if first.range.end <= offset && (!first.fin || fin) {
                any_twice |= first.transmissions > 1;
                newest = self.sent.pop_front();
            } else {
                first.range.start = first.range.start.max(offset).min(first.range.end);
                break;
            }
        }
        newest.map(|newest| (newest, any_twice))
    }

    /// Sequence numbers on their way: sent, not acknowledged, not taken for lost.
    pub fn flight(&self) -> u32 {
        self.sent.iter().filter(|segment| segment.lost.is_none()).map(SentSegment::seq_len).sum()
    }

    /// Gives back the memory that is not in use.
    pub fn shrink(&mut self) {
        self.octets.shrink_to_fit();
        self.sent.shrink_to_fit();
    }

    /// Forgets everything; returns the range that was still unacknowledged.
    pub fn clear(&mut self) -> Range<u64> {
        let range = self.base..self.end();
        self.base = range.end;
        self.octets.clear();
        self.sent.clear();
        range
    }
}
