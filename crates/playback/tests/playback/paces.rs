//! The pace: monotone, exact at its knots, the same on both axes.

use playground_core::time::{Duration, Instant};
use playground_playback::{Cursor, Pace, StepSize, Transition, ViewTime};
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

/// The axis of a run that is cut off is that of the whole run, as far as it goes.
#[test]
fn a_pace_that_is_cut_off_is_the_same_up_to_there() {
    for run in runs::all() {
        let end = run.pace.end().as_micros();
        for part in 0..=20 {
            let now = Instant::from_micros(end * part / 20);
            let cut = run.pace.until(now);
            assert_eq!(cut.end(), now, "{}", run.name);
            assert_eq!(cut.knots().first().map(|knot| knot.at), Some(Instant::ZERO));
            assert!(
                cut.knots().windows(2).all(|pair| pair[0].at < pair[1].at && pair[0].view < pair[1].view)
            );
            for knot in run.pace.knots().iter().filter(|knot| knot.at < now) {
                assert_eq!(cut.to_view(knot.at), knot.view, "{}", run.name);
            }
            assert!(cut.view_end().since(run.pace.to_view(now)) <= 1);
        }
        assert_eq!(run.pace.until(Instant::FAR_FUTURE), *run.pace);
    }
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

/// Each transition shows its moments: what moves has the time, whatever waits beside it.
#[test]
fn a_transition_gives_the_time_to_what_moves() {
    const TICK_US: u64 = 10_000;
    let runs = runs::all();
    for run in &runs {
        let timeline = run.timeline(Vec::new());
        let marks = timeline.marks(StepSize::LessonStep);
        for pair in marks.windows(2) {
            let (from, to) = (Cursor::from(pair[0]), Cursor::from(pair[1]));
            let mut transition = Transition::new(&run.pace, from, to);
            let length = transition.length_us;
            assert!((Transition::SHORTEST_US..=Transition::LONGEST_US).contains(&length), "{}", run.name);
            let waits = |at: Instant| run.pace.is_compressed(at);
            let (mut before, mut waiting, mut moving) = (from.at, 0, 0);
            while !transition.is_over() {
                let at = transition.at();
                assert!(before <= at && at <= to.at, "{}", run.name);
                if at < to.at {
                    *(if waits(at) { &mut waiting } else { &mut moving }) += TICK_US;
                }
                before = at;
                transition.elapsed_us += TICK_US;
            }
            assert_eq!(before, to.at, "{}: the last picture is seen", run.name);
            // Both hold within a tick at each end of a stretch.
            let stretches = run.pace.knots().iter().filter(|knot| from.at <= knot.at && knot.at < to.at);
            let slack = TICK_US * (stretches.count() as u64 + 2);
            assert!(moving == 0 || waiting <= length / 4 + slack, "{} {waiting} of {length}", run.name);
        }
    }
}

/// A millisecond between two steps is watched for seconds, and a wait of 75 s leaves the packets before it their time.
#[test]
fn a_millisecond_can_be_watched_and_minutes_pass() {
    let runs = runs::all();
    let run = runs.iter().find(|run| run.name == "dumb").expect("listed");
    let syn = &run.dissection.segments[0];
    let (arrives, before) = (syn.arrives, Instant::from_micros(syn.arrives.as_micros() - 1_000));
    let cursor = |at: Instant| Cursor::new(run.trace.applied_by(at), at);
    let short = Transition::new(&run.pace, cursor(before), cursor(arrives));
    assert_eq!(short.length_us, Transition::SHORTEST_US);
    let (from, until) = run.pace.compressed().next().expect("the proxy hangs");
    let hop = Instant::from_micros(from.at.as_micros() - run.pace.hop().as_micros());
    let mut long = Transition::new(&run.pace, cursor(hop), cursor(until.at));
    long.elapsed_us = long.length_us / 2;
    assert!(long.at() < from.at, "half of the time belongs to the hop before the wait");
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
