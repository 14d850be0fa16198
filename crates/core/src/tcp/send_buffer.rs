//! The send buffer: octets written and not yet acknowledged, and the retransmission queue over them.

use std::collections::VecDeque;

use core::ops::Range;

use bytes::Bytes;

use super::byte_queue::ByteQueue;
use crate::rule::Rule;
use crate::time::Instant;

/// One segment's worth of output that was sent and is not yet acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SentSegment {
    /// Its octets, as a range of this side's output; empty for a lone FIN.
    pub range: Range<u64>,
    /// Whether it carried the FIN.
    pub fin: bool,
    /// Whether it was smaller than a full segment.
    pub small: bool,
    /// When it was last sent.
    pub sent_at: Instant,
    /// Transmissions so far.
    pub transmissions: u32,
    /// While it is taken for lost and waits to be sent again: by which rule.
    pub lost: Option<Rule>,
}

impl SentSegment {
    /// Sequence numbers it takes up.
    pub fn seq_len(&self) -> u32 {
        (self.range.end - self.range.start) as u32 + u32::from(self.fin)
    }
}

/// Octets of this side's output from the first unacknowledged one on.
///
/// Units: offsets count payload octets of this side's output from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct SendBuffer {
    base: u64,
    octets: ByteQueue,
    capacity: usize,
    /// The retransmission queue, in order of sequence numbers.
    sent: VecDeque<SentSegment>,
    /// Sequence numbers of the segments that are not taken for lost.
    flight: u32,
    /// Segments that are taken for lost.
    lost: usize,
    /// Segments that were smaller than a full one when they were sent.
    small: usize,
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
    pub fn write(&mut self, octets: &Bytes) -> usize {
        let taken = octets.len().min(self.room());
        self.octets.push(octets.slice(..taken));
        taken
    }

    /// The octets of `range`, cut to what is held.
    pub fn slice(&self, range: Range<u64>) -> Bytes {
        let start = (range.start.max(self.base) - self.base) as usize;
        let end = ((range.end.max(self.base) - self.base) as usize).min(self.octets.len());
        self.octets.slice(start.min(end), end)
    }

    /// Drops the octets before `offset` and the sent segments that end there or before; one that is cut
    /// keeps its rest. Returns the newest segment acknowledged in full, and whether any of them was sent twice.
    pub fn acknowledge(&mut self, offset: u64, fin: bool) -> Option<(SentSegment, bool)> {
        let offset = offset.min(self.end());
        self.octets.drop_front(offset.saturating_sub(self.base) as usize);
        self.base = self.base.max(offset);
        let (mut newest, mut any_twice) = (None, false);
        while let Some(mut first) = self.sent.pop_front() {
            self.uncount(&first);
            if first.range.end > offset || (first.fin && !fin) {
                first.range.start = first.range.start.max(offset).min(first.range.end);
                self.count(&first);
                self.sent.push_front(first);
                break;
            }
            any_twice |= first.transmissions > 1;
            newest = Some(first);
        }
        newest.map(|newest| (newest, any_twice))
    }

    /// Takes a segment that was sent for the first time into the retransmission queue.
    pub fn push_sent(&mut self, segment: SentSegment) {
        self.count(&segment);
        self.sent.push_back(segment);
    }

    /// Marks every segment as lost, by this rule.
    pub fn lose_all(&mut self, rule: Rule) {
        self.sent.iter_mut().for_each(|sent| sent.lost = Some(rule));
        (self.flight, self.lost) = (0, self.sent.len());
    }

    /// Notes that a segment is sent again; returns its octets and whether it carries the FIN.
    pub fn send_again(&mut self, index: usize, now: Instant) -> Option<(Range<u64>, bool)> {
        let sent = self.sent.get_mut(index)?;
        if sent.lost.take().is_some() {
            self.lost -= 1;
            self.flight += sent.seq_len();
        }
        sent.transmissions += 1;
        sent.sent_at = now;
        Some((sent.range.clone(), sent.fin))
    }

    /// The first segment that is taken for lost: its place, its length in sequence numbers, and why.
    pub fn first_lost(&self) -> Option<(usize, u32, Rule)> {
        if self.lost == 0 {
            return None;
        }
        let lost = |(index, sent): (usize, &SentSegment)| Some((index, sent.seq_len(), sent.lost?));
        self.sent.iter().enumerate().find_map(lost)
    }

    /// Whether everything sent is acknowledged.
    pub fn is_all_acknowledged(&self) -> bool {
        self.sent.is_empty()
    }

    /// The next octet to send for the first time.
    pub fn next(&self) -> u64 {
        self.sent.back().map_or(self.base, |last| last.range.end)
    }

    /// Sequence numbers on their way: sent, not acknowledged, not taken for lost.
    pub fn flight(&self) -> u32 {
        self.flight
    }

    /// Whether a segment is unacknowledged that was not a full one.
    pub fn has_small(&self) -> bool {
        self.small > 0
    }

    fn count(&mut self, segment: &SentSegment) {
        self.small += usize::from(segment.small);
        match segment.lost {
            None => self.flight += segment.seq_len(),
            Some(_) => self.lost += 1,
        }
    }

    fn uncount(&mut self, segment: &SentSegment) {
        self.small -= usize::from(segment.small);
        match segment.lost {
            None => self.flight -= segment.seq_len(),
            Some(_) => self.lost -= 1,
        }
    }

    /// Gives back the memory that is not in use.
    pub fn shrink(&mut self) {
        self.octets.shrink();
        self.sent.shrink_to_fit();
    }

    /// Discards everything; returns the range that was still unacknowledged.
    pub fn clear(&mut self) -> Range<u64> {
        let range = self.base..self.end();
        self.base = range.end;
        self.octets.clear();
        self.sent.clear();
        (self.flight, self.lost, self.small) = (0, 0, 0);
        range
    }
}
