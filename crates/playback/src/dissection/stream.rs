//! One socket's output, put together again and divided into messages.

use core::ops::Range;

use super::{ConnectionId, MessageLabel, MessageRef, Side};
use crate::SocketKey;

/// Everything one socket's application wrote, with the messages in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// The sending socket.
    pub socket: SocketKey,
    /// Its connection.
    pub connection: ConnectionId,
    /// Which end it is.
    pub side: Side,
    /// The octets written, in order.
    pub octets: Vec<u8>,
    /// Where each write ended, ascending.
    pub writes: Vec<u64>,
    /// The entry of each write.
    pub write_entries: Vec<u32>,
    /// Messages in order, without gap: `messages[n].range.end == messages[n + 1].range.start`.
    pub messages: Vec<MessageLabel>,
}

impl Stream {
    /// The messages that have octets in `range`, with their places.
    pub fn messages_in(&self, range: &Range<u64>) -> impl Iterator<Item = (MessageRef, &MessageLabel)> {
        let first = self.messages.partition_point(|message| message.range.end <= range.start);
        let end = range.end;
        self.messages[first..]
            .iter()
            .enumerate()
            .take_while(move |(_, message)| message.range.start < end)
            .map(move |(place, message)| {
                (MessageRef { stream: self.socket, index: (first + place) as u32 }, message)
            })
    }

    /// The message that begins at `offset`, or that has the octet there.
    pub fn message_at(&self, offset: u64) -> Option<(MessageRef, &MessageLabel)> {
        self.messages_in(&(offset..offset.saturating_add(1))).next()
    }

    /// The entry of the call that wrote the octet at `offset`.
    pub fn written_by(&self, offset: u64) -> Option<u32> {
        self.write_entries.get(self.writes.partition_point(|end| *end <= offset)).copied()
    }

    /// The octets of a range, as far as they were written.
    pub fn octets_in(&self, range: &Range<u64>) -> &[u8] {
        let len = self.octets.len() as u64;
        let start = range.start.min(len);
        let end = range.end.clamp(start, len);
        &self.octets[start as usize..end as usize]
    }
}
