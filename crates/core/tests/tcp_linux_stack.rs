//! The profile `linux` where Linux 6.18 was observed to differ from other stacks: acknowledging, and sending.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::{Profile, State};
use playground_core::time::Duration;
use support::segments::{data, fin};
use support::{End, Pair, ms};

fn open(delay: Duration) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(Profile::linux()).with_delay(delay);
    let opened = pair.open();
    pair.take_wires();
    (pair, opened)
}

/// B has used up its quick ACKs, and has answered nothing.
fn past_quick_acks() -> (Pair, support::pair::Opened) {
    let (mut pair, opened) = open(ms(1));
    pair.no_delay(End::A, opened.a);
    for _ in 0..16 {
        pair.write(End::A, opened.a, 100);
        pair.run_for(ms(50));
        pair.read(End::B, opened.b);
    }
    pair.take_wires();
    (pair, opened)
}

/// How long the next ACK of B takes after `len` octets have left A, and its rule; B reads at once, or does not.
fn next_ack(
    pair: &mut Pair,
    opened: support::pair::Opened,
    len: usize,
    reads: bool,
) -> (Duration, &'static str) {
    let from = pair.now;
    pair.write(End::A, opened.a, len);
    for _ in 0..100 {
        pair.step();
        if reads {
            pair.read(End::B, opened.b);
        }
        if let Some(ack) = pair.take_wires().into_iter().find(|wire| wire.from == End::B) {
            return (ack.at - from, ack.rule);
        }
    }
    panic!("no ACK");
}

#[test]
fn a_reader_that_drains_its_buffer_releases_the_ack() {
    for len in [1, 100, 1_447] {
        let (mut pair, opened) = past_quick_acks();
        assert_eq!(next_ack(&mut pair, opened, len, true), (ms(1), "read-releases-ack"), "{len}");
        assert_eq!(next_ack(&mut pair, opened, len, false), (ms(41), "delayed-ack-timer"), "{len}");
    }
}

#[test]
fn in_a_dialogue_reading_releases_no_ack() {
    let (mut pair, opened) = past_quick_acks();
    pair.write(End::A, opened.a, 100);
    pair.run_for(ms(1));
    pair.read(End::B, opened.b);
    pair.write(End::B, opened.b, 100);
    pair.run_for(ms(100));
    pair.read(End::A, opened.a);
    pair.run_for(ms(100));
    pair.take_wires();
    assert_eq!(next_ack(&mut pair, opened, 100, true), (ms(41), "delayed-ack-timer"));
}

#[test]
fn a_dialogue_ends_when_a_delayed_ack_was_missed() {
    // Two answers make it a dialogue; then B only reads.
    let (mut pair, opened) = open(ms(1));
    for _ in 0..2 {
        pair.write(End::A, opened.a, 100);
        pair.run_for(ms(10));
        pair.read(End::B, opened.b);
        pair.write(End::B, opened.b, 100);
        pair.run_for(ms(10));
        pair.read(End::A, opened.a);
    }
    pair.run_for(ms(100));
    pair.take_wires();
    assert_eq!(next_ack(&mut pair, opened, 100, false), (ms(41), "delayed-ack-timer"));
    for _ in 0..3 {
        pair.run_for(ms(10));
        assert_eq!(next_ack(&mut pair, opened, 100, false), (ms(1), "quick-ack"));
    }
}

#[test]
fn a_segment_that_the_window_cuts_leaves_behind_a_full_one() {
    // As much as the window holds: pairs of full segments, and what remains if a full one goes before it.
    for (window, at_once) in [
        (4_368, &[1_448, 1_448, 1_448, 24][..]),
        (4_844, &[1_448, 1_448, 1_448, 500]),
        (1_500, &[1_448, 52]),
        (2_920, &[1_448, 1_448]),
        (5_792, &[1_448, 1_448, 1_448, 1_448]),
    ] {
        let reader = Profile { receive_buffer: window, ..Profile::linux() };
        let mut pair = Pair::new(Profile::linux(), reader).with_delay(ms(25));
        let opened = pair.open();
        pair.take_wires();
        pair.write(End::A, opened.a, 30_000);
        let lens: Vec<usize> = pair.take_wires().iter().map(|wire| wire.len).collect();
        assert_eq!(lens, at_once, "{window}");
    }
}

#[test]
fn the_ack_of_a_lone_fin_takes_the_next_tick_where_no_data_came() {
    for at in [0, 1, 3, 4, 7] {
        let (mut pair, opened) = open(ms(10));
        pair.run_for(ms(156 + at));
        pair.close(End::A, opened.a);
        let arrives = pair.now + ms(10);
        pair.run_for(ms(100));
        let ack = pair.take_wires().into_iter().find(|wire| wire.from == End::B).expect("an ACK");
        assert_eq!(ack.rule, "delayed-ack-timer");
        assert!(ack.at > arrives && ack.at - arrives <= ms(4), "{at}: {:?}", ack.at);
        assert_eq!(ack.at.as_micros() % 4_000, 0);
    }
}

#[test]
fn text_with_the_fin_waits_as_a_lone_fin_does() {
    for (len, waits) in [(10, true), (1_448, true), (0, true)] {
        let (mut pair, opened) = open(ms(1));
        // Data came before, so the interval is known.
        pair.write(End::A, opened.a, 100);
        pair.run_for(ms(100));
        pair.take_wires();
        pair.inject(End::B, opened.b, {
            let mut last = data(101, 1, &"x".repeat(len));
            last.flags = fin(0, 0).flags;
            last
        });
        assert_eq!(pair.state(End::B, opened.b), State::CloseWait);
        assert_eq!(pair.lines().is_empty(), waits, "{len}");
        let from = pair.now;
        pair.run_for(ms(200));
        let ack = pair.take_wires().into_iter().find(|wire| wire.from == End::B).expect("an ACK");
        assert_eq!((ack.at - from, ack.ack), (ms(40), 102 + len as u32), "{len}");
    }
}

/// Observed on Linux 6.18: RTO 204 ms; 5030 segments after 248 ms 2515, 4617 after 504 ms 1154, 1223 after 3 s 10.
/// Here the RTO is 204 ms too.
#[test]
fn idle_time_halves_the_window_once_for_each_rto() {
    for (idle, halvings) in [(190, 0), (204, 0), (248, 1), (408, 1), (504, 2), (700, 3), (3_000, 14)] {
        let roomy = Profile { receive_buffer: 8_000_000, send_buffer: 8_000_000, ..Profile::linux() };
        let mut pair = Pair::of(roomy).with_delay(ms(2));
        let opened = pair.open();
        pair.write(End::A, opened.a, 400 * 1_448);
        while pair.next_at().is_some() {
            pair.step();
            pair.read(End::B, opened.b);
        }
        let segments = |pair: &Pair| pair.world.nodes[0].sockets[&opened.a].cwnd / 1_448;
        let before = segments(&pair);
        assert!(before > 200, "{before}");
        let last = pair.wires.iter().rfind(|wire| wire.from == End::A && wire.len > 0).expect("data").at;
        pair.now = last + ms(idle);
        pair.write(End::A, opened.a, 100);
        assert_eq!(segments(&pair), (before >> halvings).max(10), "{idle} ms");
    }
}
