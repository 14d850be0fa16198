//! The table of two runs.

use std::collections::BTreeMap;

use playground_core::event::Entry;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use strum::VariantArray as _;

use super::on_the_wire::{self, is_capture};
use super::outcome::{Amount, Counted, Measure, RequestOutcome, measured, requests};
use crate::dissection::Dissection;

/// The most requests that have a row of their own.
const MOST_REQUESTS: usize = 6;

/// Two runs, A and B: their measures, and where they part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The requests whose outcomes differ, at most six, then every measure that at least one run has.
    pub rows: Vec<ComparisonRow>,
    /// Where the two runs part: the first entry that they do not share. None when they are the same.
    pub parting: Option<Parting>,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonRow {
    /// What is compared.
    pub title: RowTitle,
    /// In A; none where the run has no such thing.
    pub a: Option<Amount>,
    /// In B.
    pub b: Option<Amount>,
    /// The first event that the two runs do not share of those that are counted here; none when the amounts are
    /// equal.
    pub parting: Option<Parting>,
}

/// What a line of the table compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowTitle {
    /// A measure of the whole run.
    Measure(Measure),
    /// How long a request waited for its answer: `GET /b`, and its client.
    Request {
        /// The start of its request line.
        title: String,
        /// The client's name.
        client: String,
    },
}

/// A moment at which two runs part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    /// The time: of the earlier one of the two entries.
    pub at: Instant,
    /// The entry of A; none where A has none left.
    pub a: Option<u32>,
    /// The entry of B.
    pub b: Option<u32>,
}

impl Comparison {
    /// Compares two runs.
    pub fn new(a: (&Trace, &Dissection), b: (&Trace, &Dissection)) -> Self {
        let beside_capture = is_capture(a.0) || is_capture(b.0);
        let mut rows = match beside_capture {
            true => rows_in_order(a, b),
            false => request_rows(a, b),
        };
        rows.extend(Measure::VARIANTS.iter().filter_map(|measure| {
            let of = |(trace, dissection)| measured(*measure, trace, dissection, beside_capture);
            let (in_a, in_b) = (of(a), of(b));
            if in_a.amount.is_none() && in_b.amount.is_none() {
                return None;
            }
            let parting =
                (in_a.amount != in_b.amount).then(|| first_difference(&in_a.events, &in_b.events)).flatten();
            let title = RowTitle::Measure(*measure);
            Some(ComparisonRow { title, a: in_a.amount, b: in_b.amount, parting })
        }));
        Self { rows, parting: parting(a.0, b.0) }
    }
}

/// The requests that were answered at another time, or in one run only.
fn request_rows(a: (&Trace, &Dissection), b: (&Trace, &Dissection)) -> Vec<ComparisonRow> {
    let name = |trace: &Trace, one: &RequestOutcome| {
        let node = trace.scenario.nodes.get(one.node.index());
        (node.map_or_else(String::new, |node| node.name.clone()), one.request)
    };
    let (in_a, in_b) = (requests(a.0, a.1), requests(b.0, b.1));
    let mut others: BTreeMap<_, _> = in_b.iter().map(|one| (name(b.0, one), one)).collect();
    let mut pairs: Vec<_> = in_a
        .iter()
        .map(|one| {
            let key = name(a.0, one);
            let other = others.remove(&key);
            (key, Some(one), other)
        })
        .collect();
    let left = in_b.iter().map(|one| (name(b.0, one), one)).filter(|(key, _)| others.contains_key(key));
    pairs.extend(left.map(|(key, one)| (key, None, Some(one))));
    let pairs = pairs.into_iter().map(|((client, _), one, other)| (client, one, other));
    pairs
        .filter_map(|(client, one, other)| request_row((a.0, b.0), client, one, other))
        .take(MOST_REQUESTS)
        .collect()
}

/// The same beside a capture, whose hosts have other names: the first request of one and the first of the other, and so on.
fn rows_in_order(a: (&Trace, &Dissection), b: (&Trace, &Dissection)) -> Vec<ComparisonRow> {
    let (in_a, in_b) = (on_the_wire::requests(a.0, a.1), on_the_wire::requests(b.0, b.1));
    let places = 0..in_a.len().max(in_b.len());
    let row = |place: usize| {
        let (one, other) = (in_a.get(place), in_b.get(place));
        let (trace, named) = if is_capture(b.0) { (a.0, one) } else { (b.0, other) };
        let node = named.and_then(|named| trace.scenario.nodes.get(named.node.index()));
        request_row((a.0, b.0), node.map_or_else(String::new, |node| node.name.clone()), one, other)
    };
    places.filter_map(row).take(MOST_REQUESTS).collect()
}

/// The row of a request, where its outcomes differ.
fn request_row(
    traces: (&Trace, &Trace),
    client: String,
    one: Option<&RequestOutcome>,
    other: Option<&RequestOutcome>,
) -> Option<ComparisonRow> {
    // A run in which a request has no outcome never answers it.
    let amount = |one: Option<&RequestOutcome>| Some(one.map_or(Amount::Never, |one| one.amount));
    let (a, b) = (amount(one), amount(other));
    if !differ(a, b) {
        return None;
    }
    let (entry_a, entry_b) = (one.map(|one| one.entry), other.map(|one| one.entry));
    let at = [(traces.0, entry_a), (traces.1, entry_b)]
        .into_iter()
        .filter_map(|(trace, entry)| Some(trace.entries.get(entry? as usize)?.at))
        .min()?;
    let title = one.or(other).map_or_else(String::new, |one| one.title.clone());
    let parting = Some(Parting { at, a: entry_a, b: entry_b });
    Some(ComparisonRow { title: RowTitle::Request { title, client }, a, b, parting })
}

/// Whether two outcomes differ so that a user would notice: by more than a hundredth.
fn differ(a: Option<Amount>, b: Option<Amount>) -> bool {
    match (a, b) {
        (Some(Amount::Time(a)), Some(Amount::Time(b))) => {
            let (a, b) = (a.as_micros(), b.as_micros());
            a.abs_diff(b).saturating_mul(100) > a.max(b)
        }
        (a, b) => a != b,
    }
}

/// The first events of two lists that are not at the same time with the same amount.
fn first_difference(a: &[Counted], b: &[Counted]) -> Option<Parting> {
    let same = a.iter().zip(b).take_while(|(a, b)| (a.at, a.adds) == (b.at, b.adds)).count();
    let (a, b) = (a.get(same), b.get(same));
    let at = [a, b].into_iter().flatten().map(|counted| counted.at).min()?;
    Some(Parting { at, a: a.map(|counted| counted.entry), b: b.map(|counted| counted.entry) })
}

/// The first entries that differ: in time, host, or event.
fn parting(a: &Trace, b: &Trace) -> Option<Parting> {
    let name = |trace: &Trace, entry: &Entry| {
        trace.scenario.nodes.get(entry.node.index()).map(|node| node.name.clone())
    };
    let same = a
        .entries
        .iter()
        .zip(&b.entries)
        .take_while(|(one, other)| {
            one.at == other.at && one.event == other.event && name(a, one) == name(b, other)
        })
        .count();
    let (one, other) = (a.entries.get(same), b.entries.get(same));
    let at = [one, other].into_iter().flatten().map(|entry| entry.at).min()?;
    Some(Parting { at, a: one.map(|entry| entry.index), b: other.map(|entry| entry.index) })
}
