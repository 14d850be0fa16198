//! From a trace to its pace: activity, compression, room for the arrows.

use playground_core::order::{self, Map};
use playground_core::time::Instant;
use playground_core::trace::{Event, HopId, NodeId, Trace};

use super::{Pace, PaceKnot, ViewTime};
use crate::{Dissection, SegmentKind};

/// An idle stretch longer than this share of a hop is compressed.
///
/// A delayed ACK of 200 ms on hops of 50 ms is not yet.
const IDLE_PERCENT_OF_HOP: u64 = 450;
/// A stretch with a segment under way but without any entry is compressed beyond this.
const BUSY_PERCENT_OF_HOP: u64 = 3_000;
/// Room between two arrows side by side that both begin or end something, view microseconds.
const WORDS_GAP_US: u64 = 250_000;
/// Room between two arrows of which one is a part from the middle, or a bare ACK: a burst looks like one.
const BURST_GAP_US: u64 = 80_000;
/// With more arrows than this there is less room for each.
const ROOMY_ARROWS: u64 = 150;
/// No arrow takes less view time than this.
const SHORTEST_ARROW_US: u64 = 300_000;

/// One direction of a hop, by its sender.
type Lane = (HopId, NodeId);
/// When an arrow begins or ends, and whether its words matter.
type Mark = (u64, bool);

/// An arrow of the ladder, for spacing.
struct Span {
    lane: Lane,
    departs: u64,
    arrives: u64,
    /// When there is nothing more to see of it: its arrival, or the end of its fall.
    over: u64,
    /// Whether its words matter.
    is_worded: bool,
}

pub(super) fn build(trace: &Trace, dissection: &Dissection) -> Pace {
    let hop = dissection.hop;
    let spans: Vec<Span> = dissection
        .segments
        .iter()
        .map(|label| {
            let (departs, arrives) =
                (label.departs.as_micros(), label.arrives.as_micros().max(label.departs.as_micros()));
            Span {
                lane: (label.hop, label.from),
                departs,
                arrives,
                over: label.lost.map_or(arrives, |(lost_at, _)| (lost_at + hop).as_micros()),
                is_worded: match label.kind {
                    SegmentKind::Ack | SegmentKind::Probe => false,
                    SegmentKind::Data => label.begins_message || label.fin,
                    _ => true,
                },
            }
        })
        .collect();

    // Every moment at which something happens or an arrow begins or ends.
    let mut times: Vec<u64> = vec![0];
    times.extend(trace.entries.iter().map(|entry| entry.at.as_micros()));
    // What is under way when a limit ends the run is not followed; the fall of a lost segment is.
    let falls = spans.iter().zip(&dissection.segments).filter(|(_, label)| label.lost.is_some());
    let last = falls.map(|(span, _)| span.over).max().unwrap_or(0).max(trace.end().as_micros());
    for span in &spans {
        times.extend([span.departs, span.arrives, span.over].into_iter().filter(|time| *time <= last));
    }
    order::sort(&mut times);
    times.dedup();

    let busy = busy(trace, &spans, &times);
    let scale = |span: u64| {
        (u128::from(span) * u128::from(Pace::HOP_VIEW_US) / u128::from(hop.as_micros().max(1))).min(1 << 60)
            as u64
    };
    let mut lengths = Vec::with_capacity(times.len());
    let mut compressed = Vec::with_capacity(times.len());
    for (place, pair) in times.windows(2).enumerate() {
        let length = scale(pair[1] - pair[0]).max(1);
        let percent = if busy[place] { BUSY_PERCENT_OF_HOP } else { IDLE_PERCENT_OF_HOP };
        let longest = Pace::HOP_VIEW_US * percent / 100;
        compressed.push(length > longest);
        lengths.push(if length > longest { Pace::COMPRESSED_VIEW_US } else { length });
    }

    make_room(&spans, &times, &mut lengths);

    let mut knots = Vec::with_capacity(times.len());
    let mut view = 0_u64;
    for (place, time) in times.iter().enumerate() {
        knots.push(PaceKnot {
            at: Instant::from_micros(*time),
            view: ViewTime(view),
            compressed: compressed.get(place).copied().unwrap_or(false),
        });
        view = view.saturating_add(lengths.get(place).copied().unwrap_or(0));
    }
    Pace { knots: joined(knots), hop }
}

/// For each stretch between two times, whether a segment is under way.
fn busy(trace: &Trace, spans: &[Span], times: &[u64]) -> Vec<bool> {
    let place = |time: u64| times.partition_point(|other| *other < time);
    let mut changes = vec![0_i64; times.len() + 1];
    let sent = trace
        .entries
        .iter()
        .filter(|entry| matches!(entry.event, Event::SegmentSent { .. } | Event::DatagramSent { .. }));
    for (span, entry) in spans.iter().zip(sent) {
        changes[place(entry.at.as_micros())] += 1;
        changes[place(span.over)] -= 1;
    }
    let mut under_way = 0;
    let mut go_on = |change: &i64| {
        under_way += change;
        under_way > 0
    };
    changes[..times.len()].iter().map(&mut go_on).collect()
}

/// Stretches what is too short for its arrows. Lengths only ever grow, so that no later wish undoes an
/// earlier one.
fn make_room(spans: &[Span], times: &[u64], lengths: &mut [u64]) {
    let worded = spans.iter().filter(|span| span.is_worded).count() as u64;
    let less = |gap: u64| gap * ROOMY_ARROWS / worded.max(ROOMY_ARROWS);
    let place = |time: u64| times.partition_point(|other| *other < time);

    // (end, start, wanted length), by end.
    let mut wishes: Vec<(u64, u64, u64)> = Vec::new();
    let mut lanes: Map<Lane, [Vec<Mark>; 2]> = Map::new();
    for span in spans {
        let [departures, arrivals] = lanes.entry(span.lane).or_default();
        departures.push((span.departs, span.is_worded));
        arrivals.push((span.arrives, span.is_worded));
        wishes.push((span.arrives, span.departs, less(SHORTEST_ARROW_US)));
    }
    // Arrows that begin and end as far apart lie side by side, and so do their words.
    for list in lanes.values_mut().flatten() {
        order::sort_by_key(list, |(time, is_worded)| (*time, u64::from(*is_worded)));
        for pair in list.windows(2) {
            let gap = if pair[0].1 && pair[1].1 { WORDS_GAP_US } else { BURST_GAP_US };
            wishes.push((pair[1].0, pair[0].0, less(gap)));
        }
    }
    // By end, start, and length wanted.
    order::sort_by_key(&mut wishes, |(_, _, wanted)| (*wanted, 0));
    order::sort_by_key(&mut wishes, |(end, start, _)| (*end, *start));
    for (end, start, wanted) in wishes {
        let (from, until) = (place(start), place(end).min(lengths.len()));
        if from >= until {
            continue;
        }
        let stretches = &mut lengths[from..until];
        let length: u64 = stretches.iter().fold(0, |sum, part| sum.saturating_add(*part));
        if length >= wanted {
            continue;
        }
        for part in stretches.iter_mut() {
            // Rounded up: the wish is met in full.
            *part = (u128::from(*part) * u128::from(wanted)).div_ceil(u128::from(length.max(1))) as u64;
        }
    }
}

/// Leaves out knots that lie on the straight line between their neighbours.
fn joined(knots: Vec<PaceKnot>) -> Vec<PaceKnot> {
    let mut kept: Vec<PaceKnot> = Vec::with_capacity(knots.len());
    for (place, knot) in knots.iter().enumerate() {
        if let (Some(before), Some(after)) = (kept.last(), knots.get(place + 1)) {
            let (t0, t1) = (knot.at.since(before.at).as_micros(), after.at.since(knot.at).as_micros());
            let (v0, v1) = (knot.view.since(before.view), after.view.since(knot.view));
            let straight = u128::from(t0) * u128::from(v1) == u128::from(t1) * u128::from(v0);
            if straight && !before.compressed && !knot.compressed {
                continue;
            }
        }
        kept.push(*knot);
    }
    kept
}
