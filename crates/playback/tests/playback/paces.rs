//! The pace: monotone, exact at its knots, the same on both axes.

use playground_core::time::{Duration, Instant};
use playground_playback::{Pace, ViewTime};
use proptest::prelude::*;

use crate::runs::{self, Run};

fn check(run: &Run) {
    let pace = &run.pace;
    let knots = pace.knots();
    assert_eq!((knots[0].at, knots[0].view), (Instant::ZERO, ViewTime::ZERO), "{}", run.name);
    for pair in knots.windows(2) {
        assert!(pair[0].at < pair[1].at && pair[0].view < pair[1].view, "{} {pair:?}", run.name);
    }
    for knot in knots {
        assert_eq!(pace.to_view(knot.at), knot.view, "{}", run.name);
        assert_eq!(pace.to_sim(knot.view), knot.at, "{}", run.name);
    }
    assert!(pace.end() >= run.trace.end());
    assert_eq!(pace.to_view(Instant::FAR_FUTURE), pace.view_end());
    assert_eq!(pace.to_sim(ViewTime(u64::MAX)), pace.end());
}

#[test]
fn the_pace_is_exact_at_its_knots() {
    for run in runs::all() {
        check(&run);
    }
}

#[test]
fn a_hop_takes_about_0_7_s() {
    let runs = runs::all();
    let run = runs.iter().find(|run| run.name == "dumb").expect("listed");
    let syn = &run.dissection.segments[0];
    let view = run.pace.to_view(syn.arrives).since(run.pace.to_view(syn.departs));
    assert!((650_000..=760_000).contains(&view), "{view}");
}

#[test]
fn a_long_wait_is_compressed_and_a_busy_time_is_not() {
    let runs = runs::all();
    let run = runs.iter().find(|run| run.name == "dumb").expect("listed");
    let compressed: Vec<_> = run.pace.compressed().collect();
    // The hang of four seconds, and 2MSL at the end.
    assert!(compressed.len() >= 2, "{compressed:?}");
    for (from, until) in &compressed {
        assert!(until.at.since(from.at) > run.pace.hop().saturating_mul(4));
        assert!(run.pace.is_compressed(from.at));
        assert!(true_ratio(&run.pace, from.at) > 0.2);
        for label in &run.dissection.segments {
            assert!(label.arrives <= from.at || label.departs >= until.at, "{} is under way", label.text);
        }
    }
    assert!(true_ratio(&run.pace, Instant::ZERO) < 0.1);
    // A hang of minutes does not take minutes.
    assert!(run.pace.view_end().as_secs() < 40.0, "{:?}", run.pace.view_end());
}

#[test]
fn a_run_without_time_has_a_pace_too() {
    for name in ["nothing happens", "no time at all"] {
        let runs = runs::all();
        let run = runs.iter().find(|run| run.name == name).expect("listed");
        check(run);
        assert!(true_ratio(&run.pace, Instant::ZERO) > 0.0);
    }
}

/// Simulated time per view time at `at`: 0.07 is slow motion, 4 is faster than life.
fn true_ratio(pace: &Pace, at: Instant) -> f64 {
    let knots = pace.knots();
    let place = knots.partition_point(|knot| knot.at <= at).min(knots.len() - 1);
    let Some(before) = place.checked_sub(1) else { return 1.0 };
    let (from, to) = (knots[before], knots[place]);
    to.at.since(from.at).as_micros() as f64 / to.view.since(from.view) as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_pace_is_monotone_and_its_own_inverse(
        per_mille in 0_u16..300,
        delay in 0_u64..200_000,
        rate in prop_oneof![Just(0_u64), 10_000_u64..100_000_000],
        size in 0_u32..60_000,
        places in prop::collection::vec(0.0_f64..1.0, 40),
    ) {
        let mut scenario = runs::losses(per_mille);
        scenario.links[0].delay_us = Duration::from_micros(delay);
        scenario.links[0].bits_per_s = rate;
        if let playground_core::node::RoleSpec::OriginServer(server) = &mut scenario.nodes[1].role {
            server.resources[0].body_len = size;
        }
        scenario.limits.entries = 4_000;
        let run = Run::of("any", &scenario);
        check(&run);
        let pace: &Pace = &run.pace;
        let mut places = places;
        places.sort_by(f64::total_cmp);
        let mut before = (Instant::ZERO, ViewTime::ZERO);
        for place in places {
            let at = Instant::from_micros((pace.end().as_micros() as f64 * place) as u64);
            let view = pace.to_view(at);
            prop_assert!(view >= before.1);
            before = (at, view);
            // Back again: no farther off than the coarser of the two axes, and never later.
            let back = pace.to_sim(view);
            let coarse = true_ratio(pace, at).ceil() as u64 + 1;
            prop_assert!(back <= at && at.since(back).as_micros() <= coarse, "{at} {back} {coarse}");
            let view = ViewTime((pace.view_end().as_micros() as f64 * place) as u64);
            let back = pace.to_view(pace.to_sim(view));
            let coarse = (1.0 / true_ratio(pace, pace.to_sim(view))).ceil() as u64 + 1;
            prop_assert!(back <= view && view.since(back) <= coarse, "{view:?} {back:?} {coarse}");
        }
    }
}
