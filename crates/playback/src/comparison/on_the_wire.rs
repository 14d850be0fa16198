//! Requests and answers as the wire tells of them: a capture has no calls, and is compared with a run by what both have.

use std::collections::BTreeMap;

use playground_core::event::{Entry, Event};
use playground_core::node::RoleSpec;
use playground_core::tcp::Notice;
use playground_core::trace::Trace;

use super::outcome::{Amount, Counted, RequestOutcome};
use crate::dissection::{Dissection, MessageKind, MessageRef, SegmentLabel, SocketKey};
use crate::role::{RoleKind, role};

/// Whether a trace is a capture.
pub(super) fn is_capture(trace: &Trace) -> bool {
    trace.scenario.nodes.iter().any(|node| matches!(node.role, RoleSpec::Captured(_)))
}

/// Whether a trace has connections and nothing that was sent: the recording of a run on real sockets.
pub(super) fn is_recording(trace: &Trace) -> bool {
    let is_opened =
        |entry: &Entry| matches!(&entry.event, Event::Socket { notice: Notice::Opened { .. }, .. });
    let is_sent = |entry: &Entry| matches!(&entry.event, Event::PacketSent { .. });
    trace.entries.iter().any(is_opened) && !trace.entries.iter().any(is_sent)
}

/// The requests of hosts that are no proxies, in the order in which they were sent: from the first octet on the wire to the
/// arrival of the last one of the answer.
pub(super) fn requests(trace: &Trace, dissection: &Dissection) -> Vec<RequestOutcome> {
    let answers = answers(dissection);
    let mut found: Vec<(&SegmentLabel, MessageRef)> = Vec::new();
    for segment in dissection.segments.iter().filter(|segment| !segment.retransmission) {
        let Some((range, socket)) = segment.range.as_ref().zip(sender(dissection, segment)) else { continue };
        let is_proxy = role(&trace.scenario.nodes[socket.node.index()]).0 == RoleKind::Proxy;
        let Some(stream) = dissection.stream(socket).filter(|_| !is_proxy) else { continue };
        let begin = stream.messages_in(range).filter(|(_, message)| {
            message.kind == MessageKind::Request && range.contains(&message.range.start)
        });
        found.extend(begin.map(|(message, _)| (segment, message)));
    }
    let outcome = |(place, (segment, message)): (usize, &(&SegmentLabel, MessageRef))| {
        let label = dissection.message(*message)?;
        let answer = answers.get(message);
        Some(RequestOutcome {
            node: segment.from,
            request: place as u32,
            title: label.short.to_string(),
            amount: answer.map_or(Amount::Never, |answer| Amount::Time(answer.at.since(segment.departs))),
            entry: answer.map_or(segment.sent, |answer| answer.entry),
        })
    };
    found.iter().enumerate().filter_map(outcome).collect()
}

/// The arrivals of the answers' last octets.
pub(super) fn answered(dissection: &Dissection) -> Vec<Counted> {
    let mut answered: Vec<Counted> = answers(dissection).into_values().collect();
    answered.sort_by_key(|answer| (answer.at, answer.entry));
    answered
}

/// The socket that sent a segment.
fn sender(dissection: &Dissection, segment: &SegmentLabel) -> Option<SocketKey> {
    dissection.connection(segment.connection?)?.socket(segment.sender)
}

/// For each request that was answered, the segment with which all of its final answer had arrived.
fn answers(dissection: &Dissection) -> BTreeMap<MessageRef, Counted> {
    let mut arrivals: BTreeMap<SocketKey, Vec<&SegmentLabel>> = BTreeMap::new();
    for segment in &dissection.segments {
        let has_arrived = segment.lost.is_none() && segment.ended.is_some() && segment.range.is_some();
        if let Some(socket) = sender(dissection, segment).filter(|_| has_arrived) {
            arrivals.entry(socket).or_default().push(segment);
        }
    }
    let mut answers = BTreeMap::new();
    for (socket, mut segments) in arrivals {
        let Some(stream) = dissection.stream(socket) else { continue };
        segments.sort_by_key(|segment| (segment.arrives, segment.sent));
        // What is there without a gap, and what is ahead of one.
        let (mut whole, mut ahead) = (0, BTreeMap::<u64, u64>::new());
        let mut messages = stream.messages.iter().peekable();
        for segment in segments {
            let (Some(range), Some(entry)) = (&segment.range, segment.ended) else { continue };
            let end = ahead.entry(range.start).or_default();
            *end = range.end.max(*end);
            while let Some(first) = ahead.first_entry().filter(|first| *first.key() <= whole) {
                whole = first.remove().max(whole);
            }
            while let Some(message) = messages.next_if(|message| message.range.end <= whole) {
                let is_final = message.kind == MessageKind::Response && message.complete;
                if let Some(request) = message.request_of.filter(|_| is_final) {
                    // An interim answer is replaced by the final one.
                    answers.insert(request, Counted { entry, at: segment.arrives, adds: 1 });
                }
            }
        }
    }
    answers
}
