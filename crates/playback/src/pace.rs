//! The pace: a monotone map between simulated time and view time.

use std::collections::BTreeMap;

use playground_core::event::{Event, HopId, NodeId};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use crate::dissection::{Dissection, SegmentKind};

/// Maps simulated time to view time and back.
///
/// A piecewise linear map, strictly increasing on both axes; it and its inverse are
/// exact at each knot and monotone everywhere.
///
/// Idle stretches (nothing on the wire, nothing but a wait) that would last too long are compressed to a
/// fixed view length and marked. Everything else is linear at one scale, chosen so that a typical hop takes
/// about 0.7 s at 1x; bursts are stretched a little, so that each arrow of the ladder has room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    knots: Vec<PaceKnot>,
    hop: Duration,
}

/// A knot of a [`Pace`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceKnot {
    /// Simulated time.
    pub at: Instant,
    /// View time.
    pub view: ViewTime,
    /// Whether the stretch from this knot to the next is compressed.
    pub compressed: bool,
}

impl Pace {
    /// The view time that a typical hop takes.
    pub const HOP_VIEW_US: u64 = 700_000;
    /// The view time that a compressed stretch takes.
    pub const COMPRESSED_VIEW_US: u64 = 1_200_000;

    /// The pace of a trace.
    pub fn new(trace: &Trace, dissection: &Dissection) -> Self {
        build(&[(trace, dissection)])
    }

    /// One clock for two runs: compressed only where both are idle, as long as the longer one.
    pub fn shared(a: (&Trace, &Dissection), b: (&Trace, &Dissection)) -> Self {
        build(&[a, b])
    }

    /// The knots, first at the start of the run, last at its end; never empty.
    pub fn knots(&self) -> &[PaceKnot] {
        &self.knots
    }

    /// The same map up to `now`, its new end.
    #[must_use]
    pub fn until(&self, now: Instant) -> Self {
        if now >= self.end() {
            return self.clone();
        }
        let mut knots: Vec<PaceKnot> = self.knots.iter().copied().take_while(|knot| knot.at < now).collect();
        // Strictly increasing, even where less than a microsecond of view time has passed.
        let view =
            knots.last().map_or(ViewTime::ZERO, |last| ViewTime(last.view.0 + 1)).max(self.to_view(now));
        knots.push(PaceKnot { at: now, view, compressed: false });
        Self { knots, hop: self.hop }
    }

    /// The time a typical hop takes: what the scale was chosen by.
    pub const fn hop(&self) -> Duration {
        self.hop
    }

    /// The end of the run in simulated time: its last entry, or the end of a lost segment's fall.
    pub fn end(&self) -> Instant {
        self.last().at
    }

    /// The end of the run in view time.
    pub fn view_end(&self) -> ViewTime {
        self.last().view
    }

    /// The view time of a simulated time; beyond the end it is the end.
    pub fn to_view(&self, at: Instant) -> ViewTime {
        let place = self.knots.partition_point(|knot| knot.at <= at);
        let Some((from, to)) = self.around(place) else {
            return if place == 0 { ViewTime::ZERO } else { self.view_end() };
        };
        let part = at.since(from.at).as_micros();
        ViewTime(from.view.0 + proportion(part, to.view.since(from.view), to.at.since(from.at).as_micros()))
    }

    /// The simulated time of a view time; beyond the end it is the end.
    pub fn to_sim(&self, view: ViewTime) -> Instant {
        let place = self.knots.partition_point(|knot| knot.view <= view);
        let Some((from, to)) = self.around(place) else {
            return if place == 0 { Instant::ZERO } else { self.end() };
        };
        let part = view.since(from.view);
        let span = proportion(part, to.at.since(from.at).as_micros(), to.view.since(from.view));
        from.at + Duration::from_micros(span)
    }

    /// Whether `at` lies in a compressed stretch.
    pub fn is_compressed(&self, at: Instant) -> bool {
        let place = self.knots.partition_point(|knot| knot.at <= at);
        self.around(place).is_some_and(|(from, _)| from.compressed)
    }

    /// The compressed stretches: from and until.
    pub fn compressed(&self) -> impl Iterator<Item = (PaceKnot, PaceKnot)> + '_ {
        self.knots.windows(2).filter(|pair| pair[0].compressed).map(|pair| (pair[0], pair[1]))
    }

    /// The knots before and at `place`; none at the ends.
    fn around(&self, place: usize) -> Option<(PaceKnot, PaceKnot)> {
        Some((*self.knots.get(place.checked_sub(1)?)?, *self.knots.get(place)?))
    }

    fn last(&self) -> PaceKnot {
        self.knots.last().copied().unwrap_or(PaceKnot {
            at: Instant::ZERO,
            view: ViewTime::ZERO,
            compressed: false,
        })
    }
}

/// `part * whole / of` without overflow; `of` is never zero between two knots.
fn proportion(part: u64, whole: u64, of: u64) -> u64 {
    (u128::from(part) * u128::from(whole) / u128::from(of.max(1))) as u64
}

/// A place on the view's time axis: how long a viewer at 1x has been watching.
///
/// Units: microseconds of wall time at 1x since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewTime(pub u64);

impl ViewTime {
    /// The start.
    pub const ZERO: Self = Self(0);

    /// The number of microseconds.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// Seconds, for drawing.
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1_000_000.0
    }

    /// The span from `earlier` to `self`, zero when `earlier` is later.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// An idle stretch longer than this share of a hop is compressed.
///
/// A delayed ACK of 200 ms on hops of 50 ms is not yet.
const IDLE_PERCENT_OF_HOP: u64 = 450;
/// A stretch with a segment under way but without any entry is compressed beyond this.
const BUSY_PERCENT_OF_HOP: u64 = 3_000;
/// Room between two arrows side by side that both begin or end something, view microseconds.
const WORDS_GAP_US: u64 = 250_000;
/// Room between two arrows of which one is a middle part or a pure ACK: a burst looks like one.
const BURST_GAP_US: u64 = 80_000;
/// With more arrows than this there is less room for each.
const ROOMY_ARROWS: u64 = 150;
/// No arrow takes less view time than this.
const SHORTEST_ARROW_US: u64 = 300_000;

/// One direction of a hop, by its sender, in one of the runs.
type Lane = (usize, HopId, NodeId);
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
    /// Whether it is lost on its way.
    is_lost: bool,
}

/// The arrows of a run.
fn spans_of(run: usize, dissection: &Dissection) -> impl Iterator<Item = Span> + '_ {
    dissection.segments.iter().map(move |label| {
        let (departs, arrives) =
            (label.departs.as_micros(), label.arrives.as_micros().max(label.departs.as_micros()));
        Span {
            lane: (run, label.hop, label.from),
            departs,
            arrives,
            over: label.lost.map_or(arrives, |(lost_at, _)| (lost_at + dissection.hop).as_micros()),
            is_worded: match label.kind {
                SegmentKind::Ack | SegmentKind::Probe => false,
                SegmentKind::Data => label.begins_message || label.fin,
                _ => true,
            },
            is_lost: label.lost.is_some(),
        }
    })
}

fn build(runs: &[(&Trace, &Dissection)]) -> Pace {
    // Of two scales the one on which every hop has room.
    let hop = runs.iter().map(|(_, dissection)| dissection.hop).min().unwrap_or(Duration::ZERO);
    let spans: Vec<Span> =
        runs.iter().enumerate().flat_map(|(run, (_, dissection))| spans_of(run, dissection)).collect();

    // Every moment at which something happens or an arrow begins or ends.
    let mut times: Vec<u64> = vec![0];
    times.extend(runs.iter().flat_map(|(trace, _)| &trace.entries).map(|entry| entry.at.as_micros()));
    // Packets in flight when a limit ends the run are not followed; the fall of a dropped one is.
    let falls = spans.iter().filter(|span| span.is_lost).map(|span| span.over);
    let ends = runs.iter().map(|(trace, _)| trace.end().as_micros());
    let last = falls.chain(ends).max().unwrap_or(0);
    // Each series is nearly sorted, and a stable sort merges sorted runs in linear time.
    let series: [fn(&Span) -> u64; 3] = [|span| span.departs, |span| span.arrives, |span| span.over];
    for time in series {
        times.extend(spans.iter().map(time).filter(|time| *time <= last));
    }
    times.sort();
    times.dedup();

    let busy = busy(runs, &spans, &times);
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
fn busy(runs: &[(&Trace, &Dissection)], spans: &[Span], times: &[u64]) -> Vec<bool> {
    let place = |time: u64| times.partition_point(|other| *other < time);
    let mut changes = vec![0_i64; times.len() + 1];
    let entries = runs.iter().flat_map(|(trace, _)| &trace.entries);
    let sent = entries.filter(|entry| matches!(entry.event, Event::PacketSent { .. }));
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
    let worded_in = |run: usize| spans.iter().filter(|span| span.is_worded && span.lane.0 == run).count();
    let last_run = spans.last().map_or(0, |span| span.lane.0);
    let worded = (0..=last_run).map(worded_in).max().unwrap_or(0) as u64;
    let less = |gap: u64| gap * ROOMY_ARROWS / worded.max(ROOMY_ARROWS);
    let place = |time: u64| times.partition_point(|other| *other < time);

    // (end, start, wanted length), by end.
    let mut wishes: Vec<(u64, u64, u64)> = Vec::new();
    let mut lanes: BTreeMap<Lane, [Vec<Mark>; 2]> = BTreeMap::new();
    for span in spans {
        let [departures, arrivals] = lanes.entry(span.lane).or_default();
        departures.push((span.departs, span.is_worded));
        arrivals.push((span.arrives, span.is_worded));
        wishes.push((span.arrives, span.departs, less(SHORTEST_ARROW_US)));
    }
    // Arrows that begin and end as far apart lie side by side, and so do their words.
    for list in lanes.values_mut().flatten() {
        list.sort();
        for pair in list.windows(2) {
            let gap = if pair[0].1 && pair[1].1 { WORDS_GAP_US } else { BURST_GAP_US };
            wishes.push((pair[1].0, pair[0].0, less(gap)));
        }
    }
    // By end, start, and length wanted.
    wishes.sort();
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
