//! The words on a segment.

use core::ops::Range;

use playground_core::wire::Segment;

use super::messages::range_text;
use super::{MessageKind, MessageLabel, MessageRef, SegmentKind, Stream};

/// The words of a segment.
#[derive(Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) short: String,
    /// The first message it carries octets of.
    pub(super) message: Option<MessageRef>,
    pub(super) begins_message: bool,
}

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
        // Datagrams have words of their own.
        _ => ("", ""),
    };
    Words { text: text.to_owned(), short: short.to_owned(), ..Words::default() }
}

/// The words for payload: what message it begins, or which part of one it is.
pub(super) fn payload(stream: Option<&Stream>, range: &Range<u64>, fin: bool) -> Words {
    let mut messages = stream.into_iter().flat_map(|stream| stream.messages_in(range));
    let mut words = Words { text: range_text(range), short: range_text(range), ..Words::default() };
    if let Some((reference, first)) = messages.next() {
        (words.text, words.short) = part(first, range);
        words.message = Some(reference);
        words.begins_message = range.start <= first.head.start;
        if let Some((_, last)) = messages.last() {
            words.begins_message = true;
            if last.kind == MessageKind::Opaque && first.kind == MessageKind::Opaque {
                (words.text, words.short) = (range_text(range), range_text(range));
            } else {
                let last = without_common_word(&first.short, &last.short);
                words.text = format!("{} … {last}", words.text);
                words.short = format!("{} … {last}", first.short);
            }
        }
    }
    if fin {
        words.text.push_str(" · FIN");
    }
    words
}

/// `/10` after `GET /2`, but `POST /10` as it is.
fn without_common_word<'a>(first: &str, last: &'a str) -> &'a str {
    match (first.split_once(' '), last.split_once(' ')) {
        (Some((word, _)), Some((other, rest))) if word == other => rest,
        _ => last,
    }
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
