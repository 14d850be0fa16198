//! The notation: one line a segment, as tcpdump prints them, with relative sequence numbers.

use core::fmt::Write as _;

use super::Trace;
use crate::event::{DropReason, Entry, Event};
use crate::order::Map;
use crate::wire::{Endpoint, Flags, Segment, SeqNum};

impl Trace {
    /// All segments in the order of sending, a line each.
    ///
    /// Shape: `0.050032 server.80 > client.49152: Flags [S.], seq 0, ack 1, win 65535, length 0`; numbers are
    /// relative to each direction's SYN; what became of a segment that was lost stands at the line's end.
    pub fn notation(&self) -> String {
        let mut lost = Map::new();
        for entry in &self.entries {
            if let Event::SegmentDropped { id, reason } = entry.event {
                lost.insert(id, reason);
            }
        }
        let mut numbering = Numbering::default();
        let mut text = String::new();
        for entry in &self.entries {
            if let Event::SegmentSent { id, segment, retransmission, .. } = &entry.event {
                self.write_line(&mut text, entry, segment, &mut numbering);
                if *retransmission {
                    text.push_str(" [retransmission]");
                }
                if let Some(reason) = lost.get(id) {
                    let word = match reason {
                        DropReason::Scripted | DropReason::Random => "lost",
                        DropReason::Corrupted => "corrupted",
                        DropReason::QueueFull => "queue full",
                        DropReason::LinkDown => "link down",
                    };
                    let _ = write!(text, " [{word}]");
                }
                text.push('\n');
            }
        }
        text
    }

    fn write_line(&self, text: &mut String, entry: &Entry, segment: &Segment, numbering: &mut Numbering) {
        let (seq, ack) = numbering.relative(segment);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{} {} > {}: Flags [{}]",
            entry.at,
            self.endpoint_name(segment.source),
            self.endpoint_name(segment.destination),
            letters(segment.flags),
        );
        let len = segment.payload.len() as u32;
        let _ = if len > 0 {
            write!(text, ", seq {seq}:{}", seq.wrapping_add(len))
        } else {
            write!(text, ", seq {seq}")
        };
        if segment.flags.is_ack() {
            let _ = write!(text, ", ack {ack}");
        }
        let _ = write!(text, ", win {}, length {len}", segment.window);
        if let Some(line) = first_line(&segment.payload) {
            let _ = write!(text, ": {line}");
        }
    }

    fn endpoint_name(&self, endpoint: Endpoint) -> String {
        let node = self.scenario.nodes.iter().find(|node| node.address == endpoint.address);
        match node {
            Some(node) => format!("{}.{}", node.name, endpoint.port),
            None => format!("{}.{}", endpoint.address, endpoint.port),
        }
    }
}

/// Relative sequence numbers: each direction counts from its SYN.
#[derive(Debug, Default)]
struct Numbering {
    first: Map<(Endpoint, Endpoint), SeqNum>,
}

impl Numbering {
    fn relative(&mut self, segment: &Segment) -> (u32, u32) {
        let (from, to) = (segment.source, segment.destination);
        if segment.flags.is_syn() {
            self.first.insert((from, to), segment.seq);
        }
        let relative = |number: SeqNum, first: Option<&SeqNum>| {
            first.map_or(number.0, |first| number.0.wrapping_sub(first.0))
        };
        (
            relative(segment.seq, self.first.get(&(from, to))),
            relative(segment.ack, self.first.get(&(to, from))),
        )
    }
}

fn letters(flags: Flags) -> String {
    [(Flags::FIN, 'F'), (Flags::SYN, 'S'), (Flags::RST, 'R'), (Flags::PSH, 'P'), (Flags::ACK, '.')]
        .into_iter()
        .filter(|(flag, _)| flags.contains(*flag))
        .map(|(_, letter)| letter)
        .collect()
}

/// The first line of a payload that begins with a start-line.
fn first_line(payload: &[u8]) -> Option<&str> {
    let end = payload.iter().position(|octet| *octet == b'\r')?;
    let line = core::str::from_utf8(&payload[..end]).ok()?;
    (line.starts_with("HTTP/1.") || line.ends_with("HTTP/1.0") || line.ends_with("HTTP/1.1")).then_some(line)
}
