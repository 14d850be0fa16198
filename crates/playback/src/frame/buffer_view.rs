//! A buffer filled with labelled octets.

use core::ops::Range;
use std::rc::Rc;

use playground_core::time::Instant;
use playground_core::trace::SocketWorld;

use crate::dissection::{MessageKind, MessageRef, Stream, range_text};

/// Tiles a buffer has room for.
const MOST_TILES: usize = 32;

/// The state of a tile's octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileStatus {
    /// Send buffer: written, not yet sent.
    Queued,
    /// Send buffer: sent, not yet acknowledged.
    InFlight,
    /// Receive buffer: in order, not yet read.
    Unread,
    /// Receive buffer: ahead of a gap.
    Held,
    /// Discarded.
    Discarded,
}

/// A run of octets of one message in a buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// `GET /b`, `200 /3`, or the octets' range.
    pub label: Rc<str>,
    /// The message they belong to.
    pub message: Option<MessageRef>,
    /// Their range in the sender's output.
    pub range: Range<u64>,
    /// Their share of the buffer's capacity, 0 to 1.
    pub fraction: f64,
    /// Status.
    pub status: TileStatus,
}

/// One of a socket's two buffers.
///
/// Units: octets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BufferView {
    /// Capacity.
    pub capacity: u64,
    /// Octets in it, discarded ones not counted.
    pub used: u64,
    /// Tiles in the order of octets, discarded ones included.
    pub tiles: Vec<Tile>,
    /// Tiles left out because there are too many.
    pub hidden_tiles: u32,
    /// When octets were last discarded from it.
    pub discarded_at: Option<Instant>,
}

impl BufferView {
    /// The send buffer of a socket whose output is `stream`.
    pub(super) fn send(socket: &SocketWorld, stream: Option<&Stream>) -> Self {
        let mut filler = Filler::new(socket.send_capacity as u64, stream);
        let kept = without(&(socket.acknowledged..socket.written), &socket.discarded_unsent);
        for range in kept {
            let sent = socket.sent.clamp(range.start, range.end);
            filler.fill(&(range.start..sent), TileStatus::InFlight);
            filler.fill(&(sent..range.end), TileStatus::Queued);
        }
        filler.discard(&socket.discarded_unsent);
        filler.finish(socket.discarded_at.filter(|_| !socket.discarded_unsent.is_empty()))
    }

    /// The receive buffer of a socket whose peer's output is `stream`.
    pub(super) fn receive(socket: &SocketWorld, stream: Option<&Stream>, reads_known: bool) -> Self {
        let mut filler = Filler::new(socket.receive_capacity as u64, stream);
        let unread = if reads_known { socket.read..socket.received } else { 0..0 };
        for range in without(&unread, &socket.discarded) {
            filler.fill(&range, TileStatus::Unread);
        }
        for held in &socket.held {
            for range in without(held, &socket.discarded) {
                filler.fill(&range, TileStatus::Held);
            }
        }
        filler.discard(&socket.discarded);
        filler.finish(socket.discarded_at.filter(|_| !socket.discarded.is_empty()))
    }
}

/// The parts of `range` that none of `holes` covers.
pub(crate) fn without(range: &Range<u64>, holes: &[Range<u64>]) -> Vec<Range<u64>> {
    let mut parts = vec![range.clone()];
    for hole in holes {
        parts = parts
            .into_iter()
            .flat_map(|part| {
                let before = part.start..part.end.min(hole.start);
                let after = part.start.max(hole.end)..part.end;
                if hole.is_empty() { [part, 0..0] } else { [before, after] }
            })
            .filter(|part| part.start < part.end)
            .collect();
    }
    parts
}

/// Fills a buffer with the tiles of ranges, divided by message.
struct Filler<'a> {
    stream: Option<&'a Stream>,
    view: BufferView,
}

impl<'a> Filler<'a> {
    fn new(capacity: u64, stream: Option<&'a Stream>) -> Self {
        Self { stream, view: BufferView { capacity, ..BufferView::default() } }
    }

    fn fill(&mut self, range: &Range<u64>, status: TileStatus) {
        if range.start >= range.end {
            return;
        }
        if status != TileStatus::Discarded {
            self.view.used += range.end - range.start;
        }
        let mut at = range.start;
        for (reference, message) in self.stream.into_iter().flat_map(|stream| stream.messages_in(range)) {
            let part = at.max(message.range.start)..range.end.min(message.range.end);
            // As on the segments: a message by its name where it begins, then by the octets of it.
            let label = if part == message.range {
                Rc::clone(&message.short)
            } else if message.kind == MessageKind::Opaque {
                range_text(&part).into()
            } else if part.start == message.range.start {
                Rc::clone(&message.short)
            } else {
                let start = message.range.start;
                range_text(&(part.start - start..part.end - start)).into()
            };
            at = part.end;
            self.push(label, Some(reference), part, status);
        }
        // Octets that no stream accounts for.
        if at < range.end {
            let rest = at..range.end;
            self.push(range_text(&rest).into(), None, rest, status);
        }
    }

    fn discard(&mut self, ranges: &[Range<u64>]) {
        for range in ranges {
            self.fill(range, TileStatus::Discarded);
        }
    }

    fn push(&mut self, label: Rc<str>, message: Option<MessageRef>, range: Range<u64>, status: TileStatus) {
        let fraction = (range.end.saturating_sub(range.start)) as f64 / self.view.capacity.max(1) as f64;
        self.view.tiles.push(Tile { label, message, range, fraction: fraction.min(1.0), status });
    }

    fn finish(mut self, discarded_at: Option<Instant>) -> BufferView {
        self.view.tiles.sort_by_key(|tile| tile.range.start);
        self.view.hidden_tiles = self.view.tiles.len().saturating_sub(MOST_TILES) as u32;
        self.view.tiles.truncate(MOST_TILES);
        self.view.discarded_at = discarded_at;
        self.view
    }
}
