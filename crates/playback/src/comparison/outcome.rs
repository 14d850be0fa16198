//! What came of a run: its measures, each as the events that it is counted by.

use playground_core::event::{Event, NodeId};
use playground_core::node::{BuildRole as _, Forwards, RoleSpec};
use playground_core::tcp::Notice;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::Packet;
use strum::VariantArray;

use super::on_the_wire::{answered, is_capture, is_recording};
use crate::dissection::{Dissection, SegmentKind};
use crate::spent::Spent;

/// A measure of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Measure {
    /// Until the last request was answered or given up; the whole run where there are no requests.
    Time,
    /// Until the browser first showed the page.
    FirstPaint,
    /// The first measure in round trips of the first connection, begun ones counted.
    RoundTrips,
    /// Connections opened.
    Connections,
    /// Segments sent by hosts; what switches and routers forward is not counted again.
    Segments,
    /// Payload octets sent by hosts, retransmissions included.
    Octets,
    /// Octets that a buffer held when it was thrown away.
    OctetsDiscarded,
    /// Segments lost or damaged on their way.
    SegmentsLost,
    /// RST segments sent.
    Resets,
    /// Requests given up.
    FailedRequests,
}

impl Measure {
    /// The stem of its message key: `measure-first-paint`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Time => "measure-time",
            Self::FirstPaint => "measure-first-paint",
            Self::RoundTrips => "measure-round-trips",
            Self::Connections => "measure-connections",
            Self::Segments => "measure-segments",
            Self::Octets => "measure-octets",
            Self::OctetsDiscarded => "measure-octets-discarded",
            Self::SegmentsLost => "measure-segments-lost",
            Self::Resets => "measure-resets",
            Self::FailedRequests => "measure-failed-requests",
        }
    }
}

/// The value of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A span of simulated time from the start of the run.
    Time(Duration),
    /// A number.
    Count(u64),
    /// A number of octets.
    Octets(u64),
    /// It never came to it.
    Never,
}

/// An event that a measure is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// The entry.
    pub entry: u32,
    /// Its time.
    pub at: Instant,
    /// What it adds.
    pub adds: u64,
}

/// A measure of a run: its value, and the events that it is counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measured {
    /// The value; none where the run has no such thing.
    pub amount: Option<Amount>,
    /// The events, in the order of the trace.
    pub events: Vec<Counted>,
}

/// The outcome of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestOutcome {
    /// The client.
    pub node: NodeId,
    /// Its place in the client's list, from 0.
    pub request: u32,
    /// `GET /b`.
    pub title: String,
    /// How long its user waited; [`Amount::Never`] when it was given up.
    pub amount: Amount,
    /// The entry of its outcome.
    pub entry: u32,
}

/// The outcome of each request, in the order in which they were wanted.
pub(super) fn requests(trace: &Trace, dissection: &Dissection) -> Vec<RequestOutcome> {
    Spent::all(trace, dissection)
        .into_iter()
        .map(|one| RequestOutcome {
            node: one.node,
            request: one.request,
            amount: if one.failed { Amount::Never } else { Amount::Time(one.total()) },
            entry: one.entry,
            title: one.title,
        })
        .collect()
}

/// A measure of a run; beside a capture by what the wire tells.
pub(super) fn measured(
    measure: Measure,
    trace: &Trace,
    dissection: &Dissection,
    beside_capture: bool,
) -> Measured {
    match measure {
        // What a capture does not have.
        Measure::OctetsDiscarded | Measure::FailedRequests if is_capture(trace) => {
            Measured { amount: None, events: Vec::new() }
        }
        // What sockets do not tell.
        Measure::Segments
        | Measure::Octets
        | Measure::OctetsDiscarded
        | Measure::SegmentsLost
        | Measure::Resets
            if is_recording(trace) =>
        {
            Measured { amount: None, events: Vec::new() }
        }
        Measure::Time => {
            let events = match beside_capture {
                true => answered(dissection),
                false => events(trace, is_outcome),
            };
            let end = events.last().map_or_else(|| trace.end(), |last| last.at);
            Measured { amount: Some(Amount::Time(end.since(Instant::ZERO))), events }
        }
        Measure::FirstPaint => {
            let events = events(trace, |event| u64::from(matches!(event, Event::PagePainted { .. })));
            let first =
                events.first().map_or(Amount::Never, |first| Amount::Time(first.at.since(Instant::ZERO)));
            let has_browser =
                trace.scenario.nodes.iter().any(|node| matches!(node.role, RoleSpec::Browser(_)));
            Measured { amount: has_browser.then_some(first), events }
        }
        Measure::RoundTrips => {
            let Measured { amount, events } = measured(Measure::Time, trace, dissection, beside_capture);
            let trips = match (amount, round_trip(trace, dissection)) {
                (Some(Amount::Time(time)), Some(trip)) => {
                    Some(Amount::Count(time.as_micros().div_ceil(trip.as_micros().max(1))))
                }
                _ => None,
            };
            Measured { amount: trips, events }
        }
        Measure::Connections => count(events(trace, |event| {
            u64::from(matches!(event, Event::Socket { notice: Notice::Opened { listener: None, .. }, .. }))
        })),
        Measure::Segments => count(segments(trace, dissection, |_, _| 1)),
        Measure::Octets => octets(segments(trace, dissection, |_, len| len)),
        Measure::OctetsDiscarded => octets(events(trace, |event| match event {
            Event::Socket { notice: Notice::BytesDiscarded { range, .. }, .. } => range.end - range.start,
            _ => 0,
        })),
        Measure::SegmentsLost => {
            count(events(trace, |event| u64::from(matches!(event, Event::PacketDropped { .. }))))
        }
        Measure::Resets => count(segments(trace, dissection, |kind, _| u64::from(kind == SegmentKind::Rst))),
        Measure::FailedRequests => {
            count(events(trace, |event| u64::from(matches!(event, Event::TransactionFailed { .. }))))
        }
    }
}

/// 1 for the outcome of a request.
fn is_outcome(event: &Event) -> u64 {
    u64::from(matches!(event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. }))
}

/// The events that add something.
fn events(trace: &Trace, adds: impl Fn(&Event) -> u64) -> Vec<Counted> {
    trace
        .entries
        .iter()
        .map(|entry| Counted { entry: entry.index, at: entry.at, adds: adds(&entry.event) })
        .filter(|counted| counted.adds > 0)
        .collect()
}

/// The segments that hosts send, by kind and payload length. Switches and routers forward without a change; a proxy
/// sends segments of its own.
fn segments(trace: &Trace, dissection: &Dissection, adds: impl Fn(SegmentKind, u64) -> u64) -> Vec<Counted> {
    let forwards = |node: NodeId| {
        let spec = trace.scenario.nodes.get(node.index());
        spec.is_some_and(|spec| spec.role.forwards() != Forwards::Nothing)
    };
    events(trace, |event| match event {
        Event::PacketSent { id, packet: Packet::Segment(segment), .. } => {
            let label = dissection.segment(*id).filter(|label| !forwards(label.from));
            label.map_or(0, |label| adds(label.kind, segment.payload.len() as u64))
        }
        _ => 0,
    })
}

fn count(events: Vec<Counted>) -> Measured {
    Measured { amount: Some(Amount::Count(sum(&events))), events }
}

fn octets(events: Vec<Counted>) -> Measured {
    Measured { amount: Some(Amount::Octets(sum(&events))), events }
}

fn sum(events: &[Counted]) -> u64 {
    events.iter().map(|counted| counted.adds).sum()
}

/// From the first SYN to the answer to it, at the host that sent the SYN.
fn round_trip(trace: &Trace, dissection: &Dissection) -> Option<Duration> {
    let connection = dissection.connections.first()?;
    let opener = dissection
        .segments
        .iter()
        .find(|label| label.kind == SegmentKind::Syn && label.connection == Some(connection.id))?;
    let answer = dissection.segments.iter().find(|label| {
        label.kind == SegmentKind::SynAck
            && label.connection == Some(connection.id)
            && label.to == connection.opener
            && label.lost.is_none()
    })?;
    let sent = trace.entries.get(opener.sent as usize)?;
    let answered = trace.entries.get(answer.ended? as usize)?;
    Some(answered.at.since(sent.at))
}
