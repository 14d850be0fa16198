//! Loss: the retransmission time-out and its doubling, fast retransmit, NewReno, limited transmit.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use expect_test::expect;
use playground_core::tcp::{CallError, Notice, Phase, Profile, SocketEvent, State};
use playground_core::time::Duration;
use support::{End, Fate, Pair, ms, secs};

fn open(profile: Profile) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    pair.take_wires();
    (pair, opened)
}

/// Loses the data segments that begin at these relative numbers, the first time each.
fn lose(pair: &mut Pair, mut numbers: Vec<u32>) {
    pair.fate(move |wire| match numbers.iter().position(|number| wire.len > 0 && wire.seq == *number) {
        Some(index) => {
            numbers.remove(index);
            Fate::Lost
        }
        None => Fate::Arrives,
    });
}

/// Changes of cwnd, ssthresh and phase at A, in segments of `size`.
fn congestion(pair: &Pair, size: u32) -> Vec<(u32, Option<u32>, Phase, &'static str)> {
    let changes = pair.notices.iter().filter_map(|(_, end, _, notice, rule)| match notice {
        Notice::CongestionChanged { cwnd, ssthresh, phase } if *end == End::A => {
            Some((cwnd / size, ssthresh.map(|octets| octets / size), *phase, *rule))
        }
        _ => None,
    });
    changes.collect()
}

#[test]
fn the_time_out_doubles_and_the_connection_is_given_up() {
    for (profile, first_ms, times) in [
        // Textbook: at least 1 s, at most 60 s, 8 times. Linux: SRTT + 200 ms, at most 120 s, 15 times.
        (Profile::textbook(), 1_000, 8),
        (Profile::linux(), 300, 15),
        (Profile::bsd(), 300, 12),
    ] {
        let most = profile.max_rto;
        let (mut pair, opened) = open(profile);
        pair.cut();
        pair.write(End::A, opened.a, 500);
        pair.run_to_rest();
        let sent: Vec<_> = pair.take_wires().iter().map(|wire| wire.at).collect();
        assert_eq!(sent.len(), 1 + times);
        let mut wait = ms(first_ms);
        for pair in sent.windows(2) {
            assert_eq!(pair[1] - pair[0], wait);
            wait = (wait + wait).min(most);
        }
        assert_eq!(pair.state(End::A, opened.a), State::Closed);
        assert_eq!(pair.events_of(End::A).pop(), Some(SocketEvent::Failed(CallError::TimedOut)));
        assert_eq!(pair.send(End::A, opened.a, b"x"), Err(CallError::TimedOut));
        assert_eq!(pair.send(End::A, opened.a, b"x"), Err(CallError::BrokenPipe));
    }
}

#[test]
fn the_doubled_time_out_stays_until_a_round_trip_is_measured() {
    // RFC 6298 section 3, Karn's rule, where there are no timestamps to tell.
    let (mut pair, opened) = open(Profile::textbook());
    lose(&mut pair, vec![1, 101]);
    pair.write(End::A, opened.a, 100);
    pair.run_for(secs(2));
    pair.take_wires();
    pair.write(End::A, opened.a, 100);
    pair.run_for(secs(4));
    let wires = pair.take_wires();
    let sent: Vec<_> = wires.iter().filter(|wire| wire.len > 0).map(|wire| wire.at).collect();
    assert_eq!(sent[1] - sent[0], secs(2));
}

#[test]
fn timestamps_measure_a_segment_that_was_sent_again() {
    let (mut pair, opened) = open(Profile::linux());
    lose(&mut pair, vec![1]);
    pair.write(End::A, opened.a, 100);
    pair.run_for(secs(2));
    let samples: Vec<Duration> = pair
        .notices
        .iter()
        .filter_map(|(_, end, _, notice, _)| match notice {
            Notice::RttMeasured { sample, .. } if *end == End::A => Some(*sample),
            _ => None,
        })
        .collect();
    assert_eq!(samples, [ms(100), ms(100)]);
}

#[test]
fn a_time_out_starts_again_with_one_segment() {
    let (mut pair, opened) = open(Profile::linux());
    pair.fate(|wire| if wire.len > 0 && !wire.again { Fate::Lost } else { Fate::Arrives });
    pair.write(End::A, opened.a, 14_480);
    pair.run_for(secs(5));
    assert_eq!(pair.read(End::B, opened.b).len(), 14_480);
    let changes = congestion(&pair, 1448);
    // The whole flight of ten is lost: ssthresh 5, cwnd 1, then slow start up to ssthresh.
    assert_eq!(changes[1], (1, Some(5), Phase::SlowStart, "retransmission-timeout"));
    expect![[r#"
        0.150000 A > B [.] seq 1 ack 1 len 1448
        0.150000 A > B [.] seq 1449 ack 1 len 1448
        0.150000 A > B [.] seq 2897 ack 1 len 1448
        0.150000 A > B [.] seq 4345 ack 1 len 1448
        0.150000 A > B [.] seq 5793 ack 1 len 1448
        0.150000 A > B [.] seq 7241 ack 1 len 1448
        0.150000 A > B [.] seq 8689 ack 1 len 1448
        0.150000 A > B [.] seq 10137 ack 1 len 1448
        0.150000 A > B [.] seq 11585 ack 1 len 1448
        0.150000 A > B [P.] seq 13033 ack 1 len 1448
        0.450000 A > B [.] seq 1 ack 1 len 1448 again
        0.500000 B > A [.] seq 1 ack 1449 len 0
        0.550000 A > B [.] seq 1449 ack 1 len 1448 again
        0.550000 A > B [.] seq 2897 ack 1 len 1448 again
        0.600000 B > A [.] seq 1 ack 2897 len 0
        0.600000 B > A [.] seq 1 ack 4345 len 0
        0.650000 A > B [.] seq 4345 ack 1 len 1448 again
        0.650000 A > B [.] seq 5793 ack 1 len 1448 again
        0.650000 A > B [.] seq 7241 ack 1 len 1448 again
        0.650000 A > B [.] seq 8689 ack 1 len 1448 again
        0.700000 B > A [.] seq 1 ack 5793 len 0
        0.700000 B > A [.] seq 1 ack 7241 len 0
        0.700000 B > A [.] seq 1 ack 8689 len 0
        0.700000 B > A [.] seq 1 ack 10137 len 0
        0.750000 A > B [.] seq 10137 ack 1 len 1448 again
        0.750000 A > B [.] seq 11585 ack 1 len 1448 again
        0.750000 A > B [P.] seq 13033 ack 1 len 1448 again
        0.800000 B > A [.] seq 1 ack 11585 len 0
        0.800000 B > A [.] seq 1 ack 13033 len 0
        0.800000 B > A [.] seq 1 ack 14481 len 0
    "#]]
    .assert_eq(&pair.lines());
}

#[test]
fn the_third_duplicate_ack_sends_again_without_waiting() {
    for profile in [Profile { initial_window: 8, ..Profile::textbook() }, Profile::bsd()] {
        let (mut pair, opened) = open(profile);
        lose(&mut pair, vec![1]);
        pair.write(End::A, opened.a, 11_000);
        pair.run_for(ms(150));
        let again: Vec<_> = pair.take_wires().into_iter().filter(|wire| wire.again).collect();
        assert_eq!((again.len(), again[0].seq, again[0].rule), (1, 1, "fast-retransmit"));
        pair.run_for(secs(5));
        assert_eq!(pair.read(End::B, opened.b).len(), 11_000);
    }
}

#[test]
fn two_duplicate_acks_are_not_enough() {
    let (mut pair, opened) = open(Profile { initial_window: 3, ..Profile::textbook() });
    lose(&mut pair, vec![1]);
    pair.write(End::A, opened.a, 4_380);
    pair.run_for(ms(900));
    assert!(pair.wires.iter().all(|wire| !wire.again));
    pair.run_for(secs(5));
    assert_eq!(pair.read(End::B, opened.b).len(), 4_380);
}

#[test]
fn fast_recovery_halves_what_was_under_way() {
    let (mut pair, opened) = open(Profile { initial_window: 16, ..Profile::textbook() });
    lose(&mut pair, vec![1]);
    pair.write(End::A, opened.a, 16 * 1460);
    pair.run_for(secs(1));
    let phases: Vec<_> = congestion(&pair, 1460);
    // ssthresh = FlightSize / 2; cwnd = ssthresh + 3, one more for each further duplicate, then ssthresh.
    assert_eq!(phases[1], (11, Some(8), Phase::FastRecovery, "fast-retransmit"));
    assert_eq!(phases[2], (12, Some(8), Phase::FastRecovery, "fast-recovery"));
    assert_eq!(phases.last(), Some(&(8, Some(8), Phase::CongestionAvoidance, "fast-recovery")));
}

#[test]
fn a_partial_ack_sends_the_next_hole_again() {
    // RFC 6582: two segments of one window are lost; the second is found out without a time-out.
    let (mut pair, opened) = open(Profile { initial_window: 10, ..Profile::textbook() });
    lose(&mut pair, vec![1, 1 + 3 * 1460]);
    pair.write(End::A, opened.a, 10 * 1460);
    pair.run_for(ms(900));
    let again: Vec<_> = pair.take_wires().into_iter().filter(|wire| wire.again).collect();
    let why: Vec<_> = again.iter().map(|wire| (wire.seq, wire.rule)).collect();
    assert_eq!(why, [(1, "fast-retransmit"), (4_381, "partial-ack")]);
    assert_eq!(pair.read(End::B, opened.b).len(), 14_600);
}

#[test]
fn limited_transmit_lets_two_new_segments_out_and_does_not_count_them() {
    // RFC 3042; RFC 5681 section 3.2: FlightSize without them.
    for (limited, new) in [(false, 0), (true, 2)] {
        let profile = Profile { limited_transmit: limited, initial_window: 10, ..Profile::textbook() };
        let (mut pair, opened) = open(profile);
        lose(&mut pair, vec![1]);
        pair.write(End::A, opened.a, 40_000);
        pair.run_for(ms(100));
        let beyond = pair.take_wires().iter().filter(|wire| wire.rule == "limited-transmit").count();
        assert_eq!(beyond, new);
        let entered = congestion(&pair, 1460).into_iter().find(|change| change.2 == Phase::FastRecovery);
        assert_eq!(entered.expect("three duplicates").1, Some(5));
    }
}

#[test]
fn duplicate_acks_at_the_end_of_a_recovery_begin_no_other() {
    // RFC 6582 section 3.2 step 2: the ACK must cover more than "recover", or what was sent again too often may be
    // what the duplicates are about. The loss right behind a recovery is left to the timer; the next one is not.
    for (before, rule) in [(0, "retransmission-timeout"), (1, "fast-retransmit")] {
        let (mut pair, opened) = open(Profile { initial_window: 10, ..Profile::textbook() });
        lose(&mut pair, vec![1, 1 + (10 + before) * 1460]);
        pair.write(End::A, opened.a, 10 * 1460);
        pair.run_for(secs(1));
        pair.take_wires();
        pair.write(End::A, opened.a, 8 * 1460);
        pair.run_for(secs(5));
        let again: Vec<_> = pair.take_wires().into_iter().filter(|wire| wire.again).collect();
        assert_eq!((again[0].seq, again[0].rule), (1 + (10 + before) * 1460, rule));
        assert_eq!(pair.read(End::B, opened.b).len(), 18 * 1460);
    }
}

#[test]
fn a_lost_fin_comes_again() {
    for profile in [Profile::textbook(), Profile::linux()] {
        let (mut pair, opened) = open(profile);
        let mut lost = false;
        pair.fate(move |wire| match wire.flags.is_fin() && !std::mem::replace(&mut lost, true) {
            true => Fate::Lost,
            false => Fate::Arrives,
        });
        pair.write(End::A, opened.a, 3_000);
        pair.close(End::A, opened.a);
        pair.run_for(secs(10));
        assert_eq!(pair.state(End::A, opened.a), State::FinWait2);
        assert_eq!(pair.state(End::B, opened.b), State::CloseWait);
        assert_eq!(pair.read(End::B, opened.b).len(), 3_000);
    }
}

#[test]
fn a_lost_ack_costs_nothing_when_a_later_one_says_more() {
    let (mut pair, opened) = open(Profile::bsd());
    let mut count = 0;
    pair.fate(move |wire| {
        count += u32::from(wire.from == End::B);
        if wire.from == End::B && count == 1 { Fate::Lost } else { Fate::Arrives }
    });
    pair.write(End::A, opened.a, 14_480);
    pair.run_for(secs(1));
    assert!(pair.wires.iter().all(|wire| !wire.again));
    assert_eq!(pair.read(End::B, opened.b).len(), 14_480);
}

#[test]
fn an_ack_that_a_retransmission_has_brought_about_measures_no_round_trip() {
    // RFC 6298 section 3: the second segment was sent once, but its ACK waited for the first.
    for profile in [Profile::textbook(), Profile::linux(), Profile::bsd()] {
        let name = profile.name;
        let (mut pair, opened) = open(Profile { initial_window: 4, ..profile });
        lose(&mut pair, vec![1]);
        pair.write(End::A, opened.a, 2_800);
        pair.run_for(secs(5));
        for (_, _, _, notice, _) in pair.notices.iter().filter(|(_, end, ..)| *end == End::A) {
            if let Notice::RttMeasured { sample, .. } = notice {
                // 100 ms, and an ACK waits at most 200 ms.
                assert!(*sample <= ms(300), "{name}: a round trip of {sample}");
            }
        }
        assert_eq!(pair.read(End::B, opened.b).len(), 2_800, "{name}");
    }
}

#[test]
fn a_fin_behind_a_closed_window_is_sent_again_until_the_connection_is_given_up() {
    // The window scale leaves an octet of the receive buffer unsaid: the probe's octet is taken, and the window is
    // still told to be zero. Nothing is left to probe for, so the FIN has its own timer. RFC 6298 section 5.
    let profile = Profile { receive_buffer: 131_073, send_buffer: 200_000, ..Profile::bsd() };
    let times = profile.data_retries as usize;
    let (mut pair, opened) = open(profile);
    pair.write(End::A, opened.a, 131_073);
    pair.run_for(secs(60));
    pair.cut();
    pair.take_wires();
    pair.close(End::A, opened.a);
    pair.run_to_rest();
    assert!(pair.take_wires().iter().filter(|wire| wire.flags.is_fin()).count() == 1 + times);
    let gave_up = Notice::Errored { error: CallError::TimedOut };
    assert!(pair.notices.iter().any(|(_, end, _, notice, _)| *end == End::A && *notice == gave_up));
}
