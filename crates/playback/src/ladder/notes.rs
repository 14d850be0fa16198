//! Remarks beside the lifelines.

use std::collections::BTreeMap;

use core::ops::Range;

use playground_core::event::{CacheAction, CachedCopy, Entry, Event, NodeId, RetryDecision};
use playground_core::tcp::{Buffer, Call, Notice, Returned};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use super::{Ladder, LadderNote};
use crate::call::CallView;
use crate::describe::octets_label;
use crate::dissection::{Dissection, SocketKey};
use crate::pace::Pace;
use crate::phrase::{Phrase, Value};

/// Every key that a note can have, for the tests that hold the language files complete.
pub const NOTE_KEYS: &[&str] = &[
    "note-discarded-unread",
    "note-discarded-unsent",
    "note-call-failed",
    "note-never-read",
    "note-message-incomplete",
    "note-message-cut-short",
    "note-message-rejected",
    "note-transaction-failed",
    "note-syn-dropped",
    "note-page-painted",
    "note-page-completed",
    "note-retry-again",
    "note-user-asked",
    "note-user-answered-again",
    "note-user-answered-give-up",
    "note-effect-caused",
    "note-intervened",
    "note-cache-stored",
    "note-cache-refused",
    "note-cache-served",
    "note-cache-asked",
];

/// Octets that lie for so many hops are left to lie.
const PATIENCE_HOPS: u64 = 4;

pub(super) fn notes(
    trace: &Trace,
    dissection: &Dissection,
    pace: &Pace,
    x: &impl Fn(NodeId) -> f64,
) -> Vec<LadderNote> {
    let mut notes = Vec::new();
    let mut push = |entry: &Entry, phrase: Phrase, alarming: bool| {
        notes.push(LadderNote {
            node: entry.node,
            x: x(entry.node),
            y: pace.to_view(entry.at),
            line: 0,
            entry: entry.index,
            phrase,
            alarming,
        });
    };
    let mut failures: Vec<(&Entry, u32, u32, &str)> = Vec::new();
    for entry in &trace.entries {
        if let Event::TransactionFailed { request, problem, .. } = &entry.event {
            // Those that fail together are one remark.
            match failures.last_mut() {
                Some((first, _, last, why))
                    if (first.node, first.at, *last + 1, *why)
                        == (entry.node, entry.at, *request, problem) =>
                {
                    *last = *request;
                }
                _ => failures.push((entry, *request, *request, problem)),
            }
        }
        if let Some((phrase, alarming)) = remark(trace, dissection, entry) {
            push(entry, phrase, alarming);
        }
    }
    for (entry, first, last, problem) in failures {
        let phrase = Phrase::new("note-transaction-failed")
            .with("request", Value::Number(u64::from(first) + 1))
            .with("last", Value::Number(u64::from(last) + 1))
            .with("count", Value::Number(u64::from(last - first) + 1))
            .with("problem", Value::Text(problem.to_owned()));
        push(entry, phrase, true);
    }
    for (entry, phrase) in never_read(trace, dissection) {
        push(entry, phrase, true);
    }
    notes.sort_by_key(|note| (note.y, note.entry));
    stack(&mut notes);
    notes
}

/// Sets remarks beside one lifeline below each other.
fn stack(notes: &mut [LadderNote]) {
    // Where the last remark of each node ends.
    let mut ends: BTreeMap<NodeId, u64> = BTreeMap::new();
    for note in notes {
        let end = ends.entry(note.node).or_default();
        note.line = end.saturating_sub(note.y.0).div_ceil(Ladder::LINE_VIEW_US) as u32;
        *end = note.y.0 + (u64::from(note.line) + 1) * Ladder::LINE_VIEW_US;
    }
}

/// What a cache does with a copy; that it has none shows in what follows.
fn of_cache(action: CacheAction, copy: Option<&CachedCopy>) -> Option<(Phrase, bool)> {
    let key = match action {
        CacheAction::Stored => "note-cache-stored",
        CacheAction::Refused => "note-cache-refused",
        CacheAction::Served => "note-cache-served",
        CacheAction::Asked => "note-cache-asked",
        CacheAction::Missed | CacheAction::Validated | CacheAction::Removed => return None,
    };
    let (age, lifetime) = copy.map_or((Duration::ZERO, Duration::ZERO), |copy| (copy.age, copy.lifetime));
    Some((Phrase::new(key).with("age", Value::Span(age)).with("lifetime", Value::Span(lifetime)), false))
}

fn remark(trace: &Trace, dissection: &Dissection, entry: &Entry) -> Option<(Phrase, bool)> {
    Some(match &entry.event {
        Event::Socket { socket, notice: Notice::BytesDiscarded { buffer, range } } => {
            let key = SocketKey::new(entry.node, *socket);
            let (phrase, stream) = match buffer {
                Buffer::Receive => ("note-discarded-unread", dissection.peer(key)),
                Buffer::Send => ("note-discarded-unsent", Some(key)),
            };
            (octets(dissection, phrase, stream, range), true)
        }
        Event::CacheUsed { action, copy, .. } => return of_cache(*action, copy.as_ref()),
        Event::Socket { notice: Notice::SynDropped, .. } => (Phrase::new("note-syn-dropped"), true),
        Event::CallReturned { call, returned: Returned::Failed { error }, .. } => {
            // Giving up a socket that failed already is no news.
            if matches!(call, Call::Close | Call::Abort) {
                return None;
            }
            let view = CallView::of(trace, entry.index)?;
            let phrase = Phrase::new("note-call-failed")
                .with("call", Value::Text(view.call))
                .with("error", Value::Text(error.name().to_owned()))
                .with("message", Value::Text(error.message().to_owned()));
            (phrase, true)
        }
        Event::MessageIncomplete { received, expected: Some(expected), .. } => (
            Phrase::new("note-message-incomplete")
                .with("received", Value::Octets(*received))
                .with("expected", Value::Octets(*expected)),
            true,
        ),
        Event::MessageIncomplete { received, expected: None, .. } => {
            (Phrase::new("note-message-cut-short").with("received", Value::Octets(*received)), true)
        }
        Event::MessageRejected { problem, line, .. } => (
            Phrase::new("note-message-rejected")
                .with("problem", Value::Problem(problem))
                .with("line", Value::Number(u64::from(*line))),
            true,
        ),
        Event::PagePainted { .. } => (Phrase::new("note-page-painted"), false),
        Event::PageCompleted { connections, .. } => (
            Phrase::new("note-page-completed").with("connections", Value::Number(u64::from(*connections))),
            false,
        ),
        Event::RetryDecided { request, decision: RetryDecision::Again, .. } => {
            (Phrase::new("note-retry-again").with("request", Value::Number(u64::from(*request) + 1)), false)
        }
        Event::UserAsked { request, .. } => {
            (Phrase::new("note-user-asked").with("request", Value::Number(u64::from(*request) + 1)), false)
        }
        Event::UserAnswered { again: true, .. } => (Phrase::new("note-user-answered-again"), false),
        Event::UserAnswered { again: false, .. } => (Phrase::new("note-user-answered-give-up"), false),
        Event::EffectCaused { method, path, executed, .. } => (
            Phrase::new("note-effect-caused")
                .with("message", Value::Text(format!("{method} {path}")))
                .with("executed", Value::Number(u64::from(*executed))),
            false,
        ),
        Event::Intervened { intervention } => (
            Phrase::new("note-intervened").with("intervention", Value::Number(u64::from(*intervention) + 1)),
            false,
        ),
        _ => return None,
    })
}

/// What arrived at a socket and became of it.
#[derive(Default)]
struct Input<'a> {
    read: u64,
    arrivals: Vec<(&'a Entry, Range<u64>)>,
    /// When octets were first thrown away.
    discarded: Option<Instant>,
}

/// For each socket whose application never read all that arrived: the arrival of the first octet it did not.
///
/// Shape: octets that a RST throws away soon after they arrive had no time to be read, and are left out.
fn never_read<'a>(trace: &'a Trace, dissection: &Dissection) -> Vec<(&'a Entry, Phrase)> {
    let mut inputs: BTreeMap<SocketKey, Input<'a>> = BTreeMap::new();
    for entry in &trace.entries {
        let Event::Socket { socket, notice } = &entry.event else { continue };
        let key = SocketKey::new(entry.node, *socket);
        match notice {
            Notice::BytesRead { range } => inputs.entry(key).or_default().read = range.end,
            Notice::BytesDiscarded { buffer: Buffer::Receive, .. } => {
                inputs.entry(key).or_default().discarded.get_or_insert(entry.at);
            }
            Notice::BytesReceived { range } => {
                inputs.entry(key).or_default().arrivals.push((entry, range.clone()));
            }
            _ => {}
        }
    }
    let patience = dissection.hop.saturating_mul(PATIENCE_HOPS);
    let mut unread = Vec::new();
    for (key, input) in inputs {
        let Some((first, _)) = input.arrivals.iter().find(|(_, range)| range.end > input.read) else {
            continue;
        };
        let until = input.arrivals.last().map_or(0, |(_, range)| range.end);
        if input.discarded.unwrap_or(trace.end()).since(first.at) < patience {
            continue;
        }
        let range = input.read..until;
        unread.push((*first, octets(dissection, "note-never-read", dissection.peer(key), &range)));
    }
    unread
}

fn octets(
    dissection: &Dissection,
    key: &'static str,
    stream: Option<SocketKey>,
    range: &Range<u64>,
) -> Phrase {
    let messages = stream
        .and_then(|stream| dissection.stream(stream))
        .map_or(0, |stream| stream.messages_in(range).count() as u64);
    Phrase::new(key)
        .with("message", Value::Text(octets_label(dissection, stream, range)))
        .with("messages", Value::Number(messages))
        .with("octets", Value::Octets(range.end.saturating_sub(range.start)))
}
