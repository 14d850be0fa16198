//! Two runs side by side.

use playground_core::event::Event;
use playground_core::node::Asks;
use playground_core::scenario::{Direction, Impairment, ImpairmentKind};
use playground_core::time::Instant;
use playground_playback::{Amount, Comparison, ComparisonRow, Measure, Pace, RowTitle};

use crate::runs::{self, Run};

fn compare(a: &Run, b: &Run) -> Comparison {
    Comparison::new((&a.trace, &a.dissection), (&b.trace, &b.dissection))
}

fn row(comparison: &Comparison, measure: Measure) -> &ComparisonRow {
    let rows = comparison.rows.iter();
    rows.clone().find(|row| row.title == RowTitle::Measure(measure)).expect("listed")
}

#[test]
fn the_same_run_does_not_part_from_itself() {
    for run in runs::all() {
        let comparison = compare(&run, &run);
        assert_eq!(comparison.parting, None, "{}", run.name);
        for row in &comparison.rows {
            assert_eq!((row.a, row.parting), (row.b, None), "{}: {row:?}", run.name);
        }
    }
}

/// Each parting is an entry of its run, and everything before it is the same in both.
#[test]
fn runs_part_where_they_first_differ() {
    let all = runs::all();
    for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
        let comparison = compare(a, b);
        for parting in comparison.rows.iter().filter_map(|row| row.parting).chain(comparison.parting) {
            let ats = [(a, parting.a), (b, parting.b)]
                .into_iter()
                .filter_map(|(run, entry)| Some(run.trace.entries[entry? as usize].at));
            assert_eq!(ats.min(), Some(parting.at), "{} and {}", a.name, b.name);
        }
        if let Some(parting) = comparison.parting {
            let same = parting.a.or(parting.b).expect("one of them") as usize;
            assert_eq!(parting.a.is_some() && parting.b.is_some(), {
                let shorter = a.trace.entries.len().min(b.trace.entries.len());
                same < shorter
            });
        }
    }
}

#[test]
fn the_dumb_proxy_is_told_by_its_table() {
    let dumb = Run::of("dumb", &runs::chain(Asks::KeepAlive, runs::dumb()));
    let smart = Run::of("smart", &runs::chain(Asks::KeepAlive, runs::smart()));
    let comparison = compare(&dumb, &smart);
    let title = |row: &ComparisonRow| match &row.title {
        RowTitle::Request { title, client } => format!("{client} {title}"),
        RowTitle::Measure(measure) => measure.key().to_owned(),
    };
    let second =
        comparison.rows.iter().find(|row| title(row).starts_with("client GET") && title(row).contains("/b"));
    let second = second.expect("the second request waits in one of them");
    let (Some(a), Some(b)) = (second.a, second.b) else { panic!("{second:?}") };
    let slower = match (a, b) {
        (Amount::Never, Amount::Time(_)) => true,
        (Amount::Time(a), Amount::Time(b)) => a > b,
        _ => false,
    };
    assert!(slower, "{second:?}");
    let resets = row(&comparison, Measure::Resets);
    assert_ne!(resets.a, resets.b);
    assert!(resets.parting.is_some());
    assert_eq!(row(&comparison, Measure::OctetsDiscarded).b, Some(Amount::Octets(0)));
    // Neither has a browser.
    assert!(!comparison.rows.iter().any(|row| row.title == RowTitle::Measure(Measure::FirstPaint)));
}

#[test]
fn a_lost_segment_is_counted_and_led_to() {
    let whole = runs::losses(0);
    let mut lossy = whole.clone();
    let kind = ImpairmentKind::Drop { nth: 3, data_only: true };
    lossy.links[0].impairments.push(Impairment { direction: Direction::Backward, kind });
    let (a, b) = (Run::of("whole", &whole), Run::of("one lost", &lossy));
    let comparison = compare(&a, &b);
    let lost = row(&comparison, Measure::SegmentsLost);
    assert_eq!((lost.a, lost.b), (Some(Amount::Count(0)), Some(Amount::Count(1))));
    let parting = lost.parting.expect("they part at the loss");
    assert_eq!((parting.a, parting.b), (None, comparison.parting.and_then(|parting| parting.b)));
    assert!(matches!(
        b.trace.entries[parting.b.expect("lost in B") as usize].event,
        Event::PacketDropped { .. }
    ));
}

/// One clock: exact and monotone, as long as the longer run, compressed only where both are idle.
#[test]
fn two_runs_have_one_clock() {
    let all = runs::all();
    for (a, b) in all.iter().zip(all.iter().skip(1)) {
        let pace = Pace::shared((&a.trace, &a.dissection), (&b.trace, &b.dissection));
        assert_eq!(pace.end(), a.pace.end().max(b.pace.end()), "{} and {}", a.name, b.name);
        for knot in pace.knots() {
            assert_eq!((pace.to_view(knot.at), pace.to_sim(knot.view)), (knot.view, knot.at));
        }
        for (from, until) in pace.compressed() {
            for run in [a, b] {
                let within = |at: Instant| from.at < at && at < until.at;
                let happens = run.trace.entries.iter().any(|entry| within(entry.at));
                assert!(!happens, "{}: something happens in a wait that is compressed", run.name);
            }
        }
        assert!(*a.pace == Pace::shared((&a.trace, &a.dissection), (&a.trace, &a.dissection)), "{}", a.name);
    }
}
