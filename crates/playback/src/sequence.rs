//! The time-sequence graph of one direction of a connection, as tcptrace draws it: seen at the sender.

use core::ops::Range;
use std::collections::BTreeMap;

use playground_core::event::{Event, PacketId};
use playground_core::time::Instant;
use playground_core::trace::Trace;

use crate::dissection::{Dissection, SocketKey};
use crate::packets::{PacketRow, Packets};

/// Fewer segments make no graph.
const FEWEST: usize = 4;

/// What a socket sent, and what it heard of it. Octets count from the first of the socket's output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// Segments with payload, in the order of sending.
    pub segments: Vec<SequenceSegment>,
    /// Acknowledgments, in the order of arrival.
    pub answers: Vec<SequenceAnswer>,
}

/// A segment with payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SequenceSegment {
    /// The entry that sent it.
    pub entry: u32,
    /// When.
    pub at: Instant,
    /// Its octets.
    pub range: Range<u64>,
    /// Whether some of them were sent before.
    pub again: bool,
    /// When it was lost.
    pub lost: Option<Instant>,
}

/// An acknowledgment that reached the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SequenceAnswer {
    /// The entry that delivered it.
    pub entry: u32,
    /// When.
    pub at: Instant,
    /// The octets before this one have come.
    pub acknowledged: u64,
    /// The octets before this one may be sent.
    pub edge: u64,
    /// Whether it only repeats the one before.
    pub repeated: bool,
}

impl Sequence {
    /// The graph of what a socket sent; none where that is hardly anything.
    pub fn of(trace: &Trace, dissection: &Dissection, packets: &Packets, socket: SocketKey) -> Option<Self> {
        let (connection, side) = dissection.connection_of(socket)?;
        let rows: BTreeMap<PacketId, &PacketRow> = packets
            .rows
            .iter()
            .filter(|row| row.connection == Some(connection.id))
            .map(|row| (row.id, row))
            .collect();
        let mut sequence = Self { segments: Vec::new(), answers: Vec::new() };
        let mut sent = 0;
        for entry in trace.entries.iter().filter(|entry| entry.node == socket.node) {
            match &entry.event {
                Event::PacketSent { id, socket: Some(from), .. } if *from == socket.socket => {
                    let Some(label) = dissection.segment(*id) else { continue };
                    let Some(range) = label.range.clone().filter(|range| !range.is_empty()) else { continue };
                    sent = sent.max(range.end);
                    let (again, lost) = (label.retransmission, label.lost.map(|(at, _)| at));
                    sequence.segments.push(SequenceSegment {
                        entry: entry.index,
                        at: entry.at,
                        range,
                        again,
                        lost,
                    });
                }
                Event::PacketDelivered { id } => {
                    let is_answer = dissection.segment(*id).is_some_and(|label| label.sender != side);
                    let analyzed = rows.get(id).and_then(|row| row.analyzed.as_ref());
                    let Some(analyzed) = analyzed.filter(|analyzed| is_answer && analyzed.ack > 0) else {
                        continue;
                    };
                    // SYN and FIN have numbers, too.
                    let acknowledged = u64::from(analyzed.ack - 1).min(sent);
                    let edge = u64::from(analyzed.ack - 1) + u64::from(analyzed.window);
                    let last = sequence.answers.last();
                    let repeated = last.is_some_and(|last| {
                        last.acknowledged == acknowledged && last.edge == edge && acknowledged < sent
                    });
                    let (entry, at) = (entry.index, entry.at);
                    sequence.answers.push(SequenceAnswer { entry, at, acknowledged, edge, repeated });
                }
                _ => {}
            }
        }
        (sequence.segments.len() >= FEWEST).then_some(sequence)
    }

    /// The end of what was sent.
    pub fn end(&self) -> u64 {
        self.segments.iter().map(|segment| segment.range.end).max().unwrap_or(0)
    }

    /// When something last changed in it, up to a moment.
    pub fn changed(&self, now: Instant) -> Instant {
        let sent = self.segments.iter().map(|segment| segment.at);
        let lost = self.segments.iter().filter_map(|segment| segment.lost);
        let heard = self.answers.iter().map(|answer| answer.at);
        sent.chain(lost).chain(heard).filter(|at| *at <= now).max().unwrap_or_default()
    }

    /// What has been sent and heard at a moment.
    pub fn until(&self, now: Instant) -> (&[SequenceSegment], &[SequenceAnswer]) {
        let segments = self.segments.partition_point(|segment| segment.at <= now);
        let answers = self.answers.partition_point(|answer| answer.at <= now);
        (&self.segments[..segments], &self.answers[..answers])
    }
}
