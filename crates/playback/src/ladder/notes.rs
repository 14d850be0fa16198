//! Remarks beside the lifelines.

use std::collections::BTreeMap;

use core::ops::Range;

use playground_core::event::{CacheAction, CachedCopy, Entry, Event, Failure, NodeId, RetryDecision};
use playground_core::node::RoleSpec;
use playground_core::tcp::{Buffer, Call, Notice, Returned};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use strum::{IntoStaticStr, VariantNames};

use super::{Ladder, LadderNote};
use crate::call::CallView;
use crate::describe::octets_label;
use crate::dissection::{Dissection, SocketKey};
use crate::pace::Pace;
use crate::phrase::{Phrase, Value};

/// Every key that a note can have, for the tests that hold the language files complete.
pub const NOTE_KEYS: &[&str] = Remark::VARIANTS;

/// The notes; their keys are `note-` and these names in kebab-case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case", prefix = "note-")]
enum Remark {
    DiscardedUnread,
    DiscardedUnsent,
    CallFailed,
    NeverRead,
    MessageIncomplete,
    MessageCutShort,
    MessageRejected,
    TransactionFailed,
    SynDropped,
    PagePainted,
    PageCompleted,
    RetryAgain,
    UserAsked,
    UserAnsweredAgain,
    UserAnsweredGiveUp,
    EffectCaused,
    Intervened,
    HostCrashed,
    HostStarted,
    ReadingStopped,
    ReadingResumed,
    CacheStored,
    CacheRefused,
    CacheServed,
    CacheAsked,
}

/// Octets unread for this many hops count as never read.
const UNREAD_AFTER_HOPS: u64 = 4;

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
    let mut failures: Vec<(&Entry, u32, u32, Failure)> = Vec::new();
    for entry in &trace.entries {
        if let Event::TransactionFailed { request, problem, .. } = &entry.event {
            // Requests that fail together share one remark.
            match failures.last_mut() {
                Some((first, _, last, why))
                    if (first.node, first.at, *last + 1, *why)
                        == (entry.node, entry.at, *request, *problem) =>
                {
                    *last = *request;
                }
                _ => failures.push((entry, *request, *request, *problem)),
            }
        }
        if let Some((phrase, alarming)) = remark(trace, dissection, entry) {
            push(entry, phrase, alarming);
        }
    }
    for (entry, first, last, problem) in failures {
        let phrase = Phrase::new(Remark::TransactionFailed)
            .with("request", Value::Number(u64::from(first) + 1))
            .with("last", Value::Number(u64::from(last) + 1))
            .with("count", Value::Number(u64::from(last - first) + 1))
            .with("problem", Value::Text(problem.to_string()));
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

/// The note about a cache action; misses show in the request that follows.
fn of_cache(action: CacheAction, copy: Option<&CachedCopy>) -> Option<(Phrase, bool)> {
    let key = match action {
        CacheAction::Stored => Remark::CacheStored,
        CacheAction::Refused => Remark::CacheRefused,
        CacheAction::Served => Remark::CacheServed,
        CacheAction::Asked => Remark::CacheAsked,
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
                Buffer::Receive => (Remark::DiscardedUnread, dissection.peer(key)),
                Buffer::Send => (Remark::DiscardedUnsent, Some(key)),
            };
            (octets(dissection, phrase, stream, range), true)
        }
        Event::CacheUsed { action, copy, .. } => return of_cache(*action, copy.as_deref()),
        Event::Socket { notice: Notice::SynDropped, .. } => (Phrase::new(Remark::SynDropped), true),
        Event::CallReturned { call, returned: Returned::Failed { error }, .. } => {
            // Giving up a socket that failed already is no news.
            if matches!(call, Call::Close | Call::Abort) {
                return None;
            }
            let view = CallView::of(trace, entry.index)?;
            let phrase = Phrase::new(Remark::CallFailed)
                .with("call", Value::Text(view.call))
                .with("error", Value::Text(error.name().to_owned()))
                .with("message", Value::Text(error.message().to_owned()));
            (phrase, true)
        }
        Event::MessageIncomplete { received, expected: Some(expected), .. } => (
            Phrase::new(Remark::MessageIncomplete)
                .with("received", Value::Octets(*received))
                .with("expected", Value::Octets(*expected)),
            true,
        ),
        Event::MessageIncomplete { received, expected: None, .. } => {
            (Phrase::new(Remark::MessageCutShort).with("received", Value::Octets(*received)), true)
        }
        Event::MessageRejected { error, .. } => (
            Phrase::new(Remark::MessageRejected)
                .with("problem", Value::Problem(error.problem.key()))
                .with("line", Value::Number(u64::from(error.at.line))),
            true,
        ),
        Event::PagePainted { .. } => (Phrase::new(Remark::PagePainted), false),
        Event::PageCompleted { connections, .. } => (
            Phrase::new(Remark::PageCompleted).with("connections", Value::Number(u64::from(*connections))),
            false,
        ),
        Event::RetryDecided { request, decision: RetryDecision::Again, .. } => {
            (Phrase::new(Remark::RetryAgain).with("request", Value::Number(u64::from(*request) + 1)), false)
        }
        Event::UserAsked { request, .. } => {
            (Phrase::new(Remark::UserAsked).with("request", Value::Number(u64::from(*request) + 1)), false)
        }
        Event::UserAnswered { again: true, .. } => (Phrase::new(Remark::UserAnsweredAgain), false),
        Event::UserAnswered { again: false, .. } => (Phrase::new(Remark::UserAnsweredGiveUp), false),
        Event::EffectCaused { method, path, executed, .. } => (
            Phrase::new(Remark::EffectCaused)
                .with("message", Value::Text(format!("{method} {path}")))
                .with("executed", Value::Number(u64::from(*executed))),
            false,
        ),
        Event::HostCrashed => (Phrase::new(Remark::HostCrashed), true),
        Event::HostStarted => (Phrase::new(Remark::HostStarted), false),
        Event::ReadingChanged { reads: false } => (Phrase::new(Remark::ReadingStopped), true),
        Event::ReadingChanged { reads: true } => (Phrase::new(Remark::ReadingResumed), false),
        Event::Intervened { intervention } => (
            Phrase::new(Remark::Intervened).with("intervention", Value::Number(u64::from(*intervention) + 1)),
            false,
        ),
        _ => return None,
    })
}

/// Input of a socket: arrivals, and how far it was read.
#[derive(Default)]
struct Input<'a> {
    read: u64,
    arrivals: Vec<(&'a Entry, Range<u64>)>,
    /// When octets were first discarded.
    discarded: Option<Instant>,
}

/// For each socket whose application never read all that arrived: the arrival of the first octet it did not.
///
/// Octets that a RST discards soon after they arrive had no time to be read, and are left out. So are those that may
/// still be read in a run that goes on. A capture does not tell what is read.
fn never_read<'a>(trace: &'a Trace, dissection: &Dissection) -> Vec<(&'a Entry, Phrase)> {
    let mut inputs: BTreeMap<SocketKey, Input<'a>> = BTreeMap::new();
    for entry in &trace.entries {
        let Event::Socket { socket, notice } = &entry.event else { continue };
        let key = SocketKey::new(entry.node, *socket);
        if matches!(trace.scenario.nodes[entry.node.index()].role, RoleSpec::Captured(_)) {
            continue;
        }
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
    let is_over = !trace.is_cut() && trace.cut_short().is_none();
    let unread_after = dissection.hop.saturating_mul(UNREAD_AFTER_HOPS);
    let mut unread = Vec::new();
    for (key, input) in inputs {
        let Some((first, _)) = input.arrivals.iter().find(|(_, range)| range.end > input.read) else {
            continue;
        };
        let until = input.arrivals.last().map_or(0, |(_, range)| range.end);
        let over = input.discarded.or(is_over.then_some(trace.end()));
        if over.is_none_or(|over| over.since(first.at) < unread_after) {
            continue;
        }
        let range = input.read..until;
        unread.push((*first, octets(dissection, Remark::NeverRead, dissection.peer(key), &range)));
    }
    unread
}

fn octets(dissection: &Dissection, key: Remark, stream: Option<SocketKey>, range: &Range<u64>) -> Phrase {
    let messages = stream
        .and_then(|stream| dissection.stream(stream))
        .map_or(0, |stream| stream.messages_in(range).count() as u64);
    Phrase::new(key)
        .with("message", Value::Text(octets_label(dissection, stream, range)))
        .with("messages", Value::Number(messages))
        .with("octets", Value::Octets(range.end.saturating_sub(range.start)))
}
