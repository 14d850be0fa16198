//! The words on a segment.

use core::ops::Range;

use playground_core::wire::Segment;

use super::messages::range_text;
use super::{MessageKind, MessageLabel, MessageRef, SegmentKind, Stream};

/// A segment's words: label, short label, first message.
pub(super) type Words = (String, String, Option<MessageRef>);

/// How a segment is drawn.
pub(super) fn kind(segment: &Segment, is_probe: bool) -> SegmentKind {
    let flags = segment.flags;
    if flags.is_rst() {
        SegmentKind::Rst
    } else if flags.is_syn() {
        if flags.is_ack() { SegmentKind::SynAck } else { SegmentKind::Syn }
    } else if is_probe {
        SegmentKind::Probe
    } else if !segment.payload.is_empty() {
        SegmentKind::Data
    } else if flags.is_fin() {
        SegmentKind::Fin
    } else {
        SegmentKind::Ack
    }
}

/// The words for a segment without payload that matters.
pub(super) fn control(kind: SegmentKind) -> Words {
    let (text, short) = match kind {
        SegmentKind::Syn => ("SYN", "S"),
        SegmentKind::SynAck => ("SYN, ACK", "SA"),
        SegmentKind::Data => ("DATA", "D"),
        SegmentKind::Ack => ("ACK", "A"),
        SegmentKind::Fin => ("FIN", "F"),
        SegmentKind::Rst => ("RST", "R"),
        SegmentKind::Probe => ("PROBE", "P"),
    };
    (text.to_owned(), short.to_owned(), None)
}

/// The words for payload: what message it begins, or which part of one it is.
pub(super) fn payload(stream: Option<&Stream>, range: &Range<u64>, fin: bool) -> Words {
    let mut messages = stream.into_iter().flat_map(|stream| stream.messages_in(range));
    let (mut text, mut short, first) = match messages.next() {
        None => (range_text(range), range_text(range), None),
        Some((reference, message)) => {
            let (text, short) = part(message, range);
            (text, short, Some(reference))
        }
    };
    let more = messages.count();
    if more > 0 {
        text.push_str(&format!(" +{more}"));
        short.push_str(&format!(" +{more}"));
    }
    if fin {
        text.push_str(" · FIN");
    }
    (text, short, first)
}

/// The words for the part of `message` that lies in `range`.
fn part(message: &MessageLabel, range: &Range<u64>) -> (String, String) {
    let whole = range.start <= message.range.start && message.range.end <= range.end;
    if message.kind == MessageKind::Opaque {
        let text = if whole { message.short.to_string() } else { range_text(range) };
        return (text.clone(), text);
    }
    // A message is named where it begins: at its first octet, or at its head after empty lines.
    if range.start <= message.head.start {
        return (with_token(message), message.short.to_string());
    }
    let start = range.start - message.range.start;
    let end = range.end.min(message.range.end) - message.range.start;
    let part = range_text(&(start..end));
    (format!("{} {part}", message.short), part)
}

/// `GET /a · Keep-Alive`.
fn with_token(message: &MessageLabel) -> String {
    match &message.connection_token {
        None => message.short.to_string(),
        Some(token) if message.token_for_proxy => format!("{} · Proxy: {token}", message.short),
        Some(token) => format!("{} · {token}", message.short),
    }
}
