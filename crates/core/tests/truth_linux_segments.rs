//! Real segment sequences, reproduced: flags, order, relative numbers and lengths, each direction for itself.
//!
//! The tables were observed 2026-11-20 on Linux 6.18 in network namespaces (tests/data says which columns).
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::Profile;
use playground_core::time::Duration;
use support::capture::{assert_same, observed, simulated};
use support::{End, Fate, Pair, ms, secs};

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("data/", $name, ".txt"))
    };
}

fn open(delay: Duration) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(Profile::linux()).with_delay(delay);
    let opened = pair.open();
    (pair, opened)
}

/// No delay that counts, as between two namespaces of one machine.
const AT_ONCE: Duration = Duration::from_micros(10);

#[test]
fn close_in_three_segments() {
    let (mut pair, opened) = open(AT_ONCE);
    pair.close(End::A, opened.a);
    pair.run_for(ms(2));
    pair.close(End::B, opened.b);
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("close-threeway"));
}

#[test]
fn close_in_four_segments() {
    let (mut pair, opened) = open(ms(25));
    pair.write(End::A, opened.a, 18);
    pair.run_for(ms(25));
    pair.read(End::B, opened.b);
    pair.write(End::B, opened.b, 40);
    pair.run_for(ms(125));
    pair.read(End::A, opened.a);
    pair.close(End::A, opened.a);
    pair.run_for(ms(111));
    pair.close(End::B, opened.b);
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("close-fourway-50msrtt"));
}

#[test]
fn close_at_the_same_time() {
    let (mut pair, opened) = open(ms(25));
    pair.close(End::A, opened.a);
    pair.close(End::B, opened.b);
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("close-simultaneous"));
}

#[test]
fn half_close() {
    let (mut pair, opened) = open(AT_ONCE);
    pair.write(End::A, opened.a, 18);
    pair.run_for(AT_ONCE);
    pair.shutdown(End::A, opened.a).expect("open");
    pair.run_for(ms(70));
    pair.read(End::B, opened.b);
    for _ in 0..3 {
        pair.write(End::B, opened.b, 6);
        pair.run_for(ms(100));
        pair.read(End::A, opened.a);
    }
    pair.close(End::B, opened.b);
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("half-close"));
}

#[test]
fn connect_to_a_closed_port() {
    let mut pair = Pair::of(Profile::linux());
    pair.connect().expect("a port is free");
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("connect-closed-port"));
}

#[test]
fn close_with_unread_data() {
    let (mut pair, opened) = open(AT_ONCE);
    pair.write(End::A, opened.a, 22);
    pair.run_for(ms(100));
    pair.close(End::B, opened.b);
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("close-with-unread-data"));
}

#[test]
fn both_leave_octets_unread_and_one_closes() {
    let (mut pair, opened) = open(AT_ONCE);
    pair.write(End::A, opened.a, 14);
    pair.run_for(ms(50));
    pair.write(End::B, opened.b, 5_000);
    pair.run_for(ms(100));
    pair.close(End::B, opened.b);
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("rst-unread-peerclose-unread"));
    // What had arrived is still there to read.
    assert_eq!(pair.read_some(End::A, opened.a), 5_000);
}

#[test]
fn the_time_out_doubles_seven_times() {
    let (mut pair, opened) = open(ms(25));
    let mut losses = 7;
    pair.fate(move |wire| {
        losses -= i32::from(wire.len > 0);
        if wire.len > 0 && losses >= 0 { Fate::Lost } else { Fate::Arrives }
    });
    pair.write(End::B, opened.b, 500);
    pair.run_for(secs(60));
    assert_same(&pair.wires, table!("rto-backoff-7"));
}

#[test]
fn sixteen_quick_acks_and_then_delayed_ones() {
    let (mut pair, opened) = open(AT_ONCE);
    for _ in 0..25 {
        pair.write(End::A, opened.a, 100);
        pair.run_for(ms(100));
    }
    pair.run_for(secs(1));
    let observed = table!("delack-noread-small-100ms").lines().count();
    assert_same(&pair.wires[..observed], table!("delack-noread-small-100ms"));
}

/// `write 100, write 100, read 100` or `write 200, read 100`, RTT 20 ms.
fn transactions(writes: &[usize], no_delay: bool, count: usize) -> Pair {
    let (mut pair, opened) = open(ms(10));
    if no_delay {
        pair.no_delay(End::A, opened.a);
        pair.no_delay(End::B, opened.b);
    }
    for _ in 0..count {
        for len in writes {
            pair.write(End::A, opened.a, *len);
        }
        let mut asked = 0;
        while asked < 200 {
            assert!(pair.step());
            asked += pair.read(End::B, opened.b).len();
        }
        pair.write(End::B, opened.b, 100);
        while pair.read(End::A, opened.a).is_empty() {
            assert!(pair.step());
        }
    }
    pair
}

/// Only what carries data: the kernel sent some ACKs a moment before the data that could have carried them.
fn data(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.ends_with(" 0")).collect()
}

fn assert_same_data(pair: &Pair, table: &str, end: End) {
    let (simulated, observed) = (simulated(&pair.wires, end), observed(table, end));
    let observed = data(&observed);
    assert_eq!(data(&simulated)[..observed.len()], observed);
}

#[test]
fn small_writes_with_nagle_without_and_all_at_once() {
    for (writes, no_delay, table) in [
        (&[100, 100][..], false, table!("nagle-write-write-read")),
        (&[100, 100], true, table!("nagle-write-write-read-nodelay")),
        (&[200], false, table!("nagle-single-write")),
    ] {
        let pair = transactions(writes, no_delay, 8);
        assert_same_data(&pair, table, End::A);
        assert_same_data(&pair, table, End::B);
    }
}

#[test]
fn ten_then_four_segments_of_twenty_thousand_octets() {
    let (mut pair, opened) = open(ms(25));
    pair.write(End::A, opened.a, 27);
    pair.run_for(ms(25));
    pair.read(End::B, opened.b);
    pair.run_for(Duration::from_micros(100));
    pair.write(End::B, opened.b, 20_042);
    let mut got = 0;
    while got < 20_042 {
        assert!(pair.step());
        got += pair.read(End::A, opened.a).len();
    }
    assert_same_data(&pair, table!("slowstart-small-20kB-reno"), End::B);
}

#[test]
fn ten_requests_and_a_late_one() {
    let (mut pair, opened) = open(AT_ONCE);
    for _ in 0..10 {
        pair.write(End::A, opened.a, 29);
        pair.run_for(AT_ONCE + AT_ONCE);
    }
    pair.run_for(ms(100));
    assert_eq!(pair.read(End::B, opened.b).len(), 290);
    for _ in 0..10 {
        pair.write(End::B, opened.b, 440);
        pair.run_for(AT_ONCE + AT_ONCE);
    }
    pair.close(End::B, opened.b);
    pair.run_for(ms(60));
    pair.write(End::A, opened.a, 29);
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("book-10-pipelined-then-request11"));
}

#[test]
fn a_loss_among_forty_thousand_octets() {
    let (mut pair, opened) = open(ms(25));
    let mut lost = false;
    pair.fate(move |wire| match wire.seq == 5_793 && wire.len > 0 && !std::mem::replace(&mut lost, true) {
        true => Fate::Lost,
        false => Fate::Arrives,
    });
    pair.write(End::B, opened.b, 40_000);
    pair.run_for(secs(1));
    let order = |text: String| -> Vec<String> {
        text.lines().filter(|line| line.ends_with(" 1448")).map(str::to_owned).collect()
    };
    let table = table!("loss-fastretransmit-reno-nosack");
    assert_eq!(order(simulated(&pair.wires, End::B)), order(observed(table, End::B)));
}
