//! Acknowledging: at once, later, riding on data; and Nagle's algorithm at the other side.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use expect_test::expect;
use playground_core::tcp::Profile;
use playground_core::time::Duration;
use support::{End, Pair, ms, secs};

fn open(profile: Profile) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    pair.take_wires();
    (pair, opened)
}

#[test]
fn a_lone_segment_is_acknowledged_when_the_timer_says_so() {
    for delay in [0, 40, 200, 500] {
        let (mut pair, opened) = open(Profile { delayed_ack: ms(delay), ..Profile::textbook() });
        pair.write(End::A, opened.a, 100);
        pair.run_for(secs(1));
        let ack = pair.take_wires().pop().expect("an ACK");
        assert_eq!((ack.from, ack.at.as_micros()), (End::B, (200 + delay) * 1_000), "{delay}");
    }
}

#[test]
fn every_second_full_segment_is_acknowledged_at_once() {
    let (mut pair, opened) = open(Profile { initial_window: 5, ..Profile::textbook() });
    pair.write(End::A, opened.a, 5 * 1460);
    pair.run_for(ms(400));
    let acks: Vec<(u32, &str)> = pair
        .take_wires()
        .iter()
        .filter(|wire| wire.from == End::B)
        .map(|wire| (wire.ack, wire.rule))
        .collect();
    assert_eq!(
        acks,
        [(2_921, "every-second-segment"), (5_841, "every-second-segment"), (7_301, "delayed-ack-timer")]
    );
}

#[test]
fn an_answer_carries_the_ack() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.write(End::A, opened.a, 100);
    pair.run_for(ms(60));
    pair.write(End::B, opened.b, 100);
    pair.run_for(ms(60));
    expect![[r#"
        0.150000 A > B [P.] seq 1 ack 1 len 100
        0.210000 B > A [P.] seq 1 ack 101 len 100
    "#]]
    .assert_eq(&pair.lines());
}

#[test]
fn linux_quick_acks_sixteen_then_delays_and_is_quick_again_after_a_pause() {
    let (mut pair, opened) = open(Profile { nagle: false, ..Profile::linux() });
    pair.delay = ms(1);
    let mut waits = Vec::new();
    for _ in 0..20 {
        pair.take_wires();
        pair.write(End::A, opened.a, 100);
        let start = pair.now;
        pair.run_for(ms(100));
        let ack = pair.take_wires().into_iter().find(|wire| wire.from == End::B).expect("an ACK");
        waits.push((ack.at - start).as_micros() / 1_000);
    }
    let mut expected = vec![1; 16];
    expected.extend([41; 4]);
    assert_eq!(waits, expected);
    pair.run_for(secs(3));
    let start = pair.now;
    pair.write(End::A, opened.a, 100);
    pair.run_for(ms(100));
    let ack = pair.take_wires().into_iter().find(|wire| wire.from == End::B).expect("an ACK");
    assert_eq!((ack.at - start, ack.rule), (ms(1), "quick-ack"));
}

/// The round trip is 100 ms; the client writes 100 octets twice, the server answers 100 when it has 200.
fn write_write_read(nagle: bool, delayed_ack: Duration) -> (u64, String) {
    let (mut pair, opened) = open(Profile { nagle, delayed_ack, ..Profile::textbook() });
    let start = pair.now;
    pair.write(End::A, opened.a, 100);
    pair.write(End::A, opened.a, 100);
    let mut got = 0;
    while got < 200 {
        assert!(pair.step());
        got += pair.read(End::B, opened.b).len();
    }
    pair.write(End::B, opened.b, 100);
    while pair.read(End::A, opened.a).is_empty() {
        assert!(pair.step());
    }
    ((pair.now - start).as_micros() / 1_000, pair.lines())
}

#[test]
fn nagle_and_delayed_ack_in_four_combinations() {
    let milliseconds: Vec<u64> = [(false, ms(0)), (false, ms(200)), (true, ms(0)), (true, ms(200))]
        .into_iter()
        .map(|(nagle, delayed_ack)| write_write_read(nagle, delayed_ack).0)
        .collect();
    // Nagle costs a round trip; together with the delayed ACK, that and the timer.
    assert_eq!(milliseconds, [100, 100, 200, 400]);
}

#[test]
fn nagle_waits_for_the_ack_of_the_first_small_segment() {
    expect![[r#"
        0.150000 A > B [P.] seq 1 ack 1 len 100
        0.400000 B > A [.] seq 1 ack 101 len 0
        0.450000 A > B [P.] seq 101 ack 1 len 100
        0.500000 B > A [P.] seq 1 ack 201 len 100
    "#]]
    .assert_eq(&write_write_read(true, ms(200)).1);
}

#[test]
fn writing_once_needs_no_waiting() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.write(End::A, opened.a, 200);
    assert_eq!(pair.take_wires().len(), 1);
}

#[test]
fn switching_nagle_off_lets_what_waits_out() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.write(End::A, opened.a, 100);
    pair.write(End::A, opened.a, 50);
    pair.write(End::A, opened.a, 50);
    assert_eq!(pair.take_wires().len(), 1);
    pair.no_delay(End::A, opened.a);
    let wires = pair.take_wires();
    assert_eq!((wires.len(), wires[0].len), (1, 100));
}

#[test]
fn the_small_rest_of_a_large_write_waits_by_the_rfc_but_not_on_linux() {
    // RFC 9293 section 3.7.4 waits for all that is outstanding, Minshall's change only for small segments.
    for (profile, first) in [
        (Profile { initial_window: 10, ..Profile::textbook() }, &[1460, 1460][..]),
        (Profile::linux(), &[1448, 1448, 104]),
    ] {
        let (mut pair, opened) = open(profile);
        pair.write(End::A, opened.a, 3_000);
        let sizes: Vec<usize> = pair.take_wires().iter().map(|wire| wire.len).collect();
        assert_eq!(sizes, first);
        // A second small one has to wait on Linux too.
        pair.write(End::A, opened.a, 10);
        assert_eq!(pair.take_wires().len(), 0);
    }
}

#[test]
fn the_fin_does_not_wait_for_nagle() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.write(End::A, opened.a, 100);
    pair.write(End::A, opened.a, 50);
    pair.take_wires();
    pair.shutdown(End::A, opened.a).expect("open");
    let wires = pair.take_wires();
    assert_eq!((wires.len(), wires[0].len, wires[0].flags.is_fin()), (1, 50, true));
}

#[test]
fn the_ack_of_a_lone_fin_waits_for_the_next_tick_on_linux_only() {
    // Observed on Linux 6.18 (HZ 250): a connection without data knows no interval, and its ACK takes the next tick.
    for (profile, wait) in [(Profile::textbook(), 0), (Profile::linux(), 4), (Profile::bsd(), 0)] {
        let (mut pair, opened) = open(profile);
        pair.close(End::A, opened.a);
        pair.run_for(ms(300));
        let ack = pair.take_wires().pop().expect("an ACK");
        assert_eq!((ack.from, ack.at.as_micros()), (End::B, (200 + wait) * 1_000));
    }
}
