//! More real segment sequences, reproduced: time-outs, ports, slow start, probes, and a queue that is lost.
//!
//! The tables were observed 2026-11-20 on Linux 6.18 in network namespaces, and hold the columns of
//! `tests/support/capture.rs`. What the model does not reproduce of a table, and why:
//!
//! | table | left out | because |
//! |---|---|---|
//! | `slowstart-*` | the client's ACKs (not in the tables) | the kernel joined segments before it acknowledged them |
//! | `slowstart-*` | the last kilobytes | the kernel cut a segment short where two of its own buffers meet |
//! | `zero-window-probe` | the client's ACKs before the window closes | Linux announces less than its buffer holds, and widens it as it reads |
//! | `port-exhaustion` | which port is tried first | the kernel draws it at random |
//! | all | times | kernel ticks; the intervals that matter are tested in `truth_linux_tcp` |
//!
//! `ka-*`, `keepalive-*`, `dumb-*`, `smart-*`, `pipeline-*` and `trunc-*` are about HTTP: `truth_http` and
//! `truth_dumb_proxy`.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::{CallError, Profile, SocketId, State};
use playground_core::time::Duration;
use support::capture::{assert_same, observed, simulated};
use support::{End, Pair, ms, secs};

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("data/", $name, ".txt"))
    };
}

/// No delay that counts, as between two namespaces of one machine.
const AT_ONCE: Duration = Duration::from_micros(10);

fn open(profile: Profile, delay: Duration) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(profile).with_delay(delay);
    let opened = pair.open();
    (pair, opened)
}

#[test]
fn unanswered_syns_by_doubling() {
    // Observed with Linux's linear time-outs switched off, which is the textbook's way.
    let mut pair = Pair::of(Profile::textbook());
    pair.cut();
    pair.connect().expect("a port is free");
    pair.run_to_rest();
    assert_same(&pair.wires, table!("syn-timeout-linear0"));
    let seconds = |table: &str| -> Vec<u64> {
        table.lines().filter_map(|line| line.split('.').next()?.parse().ok()).collect()
    };
    let sent: Vec<u64> = pair.wires.iter().map(|wire| wire.at.as_micros() / 1_000_000).collect();
    assert_eq!(sent, seconds(table!("syn-timeout-linear0")));
}

/// A connects and closes first, B closes at once.
fn visit(pair: &mut Pair, listener: SocketId) -> Result<(), CallError> {
    let client = pair.connect()?;
    pair.run_for(ms(1));
    let server = pair.accept(listener).expect("open");
    pair.close(End::A, client);
    pair.run_for(AT_ONCE + AT_ONCE);
    pair.close(End::B, server);
    pair.run_for(ms(1));
    Ok(())
}

#[test]
fn ten_ports_one_more_for_another_server_port_and_one_after_time_wait() {
    let profile = Profile { ephemeral_ports: (40_000, 40_009), ..Profile::linux() };
    let mut pair = Pair::of(profile).with_delay(AT_ONCE);
    let listener = pair.listen(80, 5);
    let other = pair.listen(81, 5);
    for _ in 0..10 {
        visit(&mut pair, listener).expect("a port is free");
    }
    assert_eq!(pair.connect(), Err(CallError::AddressNotAvailable));
    let eleventh = pair.connect_to(81).expect("another 4-tuple");
    pair.run_for(ms(1));
    assert!(pair.accept(other).is_some());
    pair.close(End::A, eleventh);
    pair.run_for(ms(61_900));
    pair.connect().expect("TIME-WAIT is over");
    pair.run_for(ms(1));
    assert_same(&pair.wires, table!("port-exhaustion"));
}

#[test]
fn time_wait_orphans_and_half_closes() {
    let (mut pair, opened) = open(Profile::linux(), AT_ONCE);
    // The active closer keeps the connection for a minute.
    pair.close(End::A, opened.a);
    pair.run_for(AT_ONCE + AT_ONCE);
    pair.close(End::B, opened.b);
    pair.run_for(secs(62));
    assert_eq!(pair.state(End::A, opened.a), State::Closed);
    // FIN-WAIT-2 without a user lasts as long; data that come later find nobody.
    let client = pair.connect().expect("a port is free");
    pair.run_for(ms(1));
    let server = pair.accept(opened.listener).expect("open");
    pair.close(End::A, client);
    pair.run_for(secs(61));
    pair.write(End::B, server, 4);
    pair.run_for(ms(100));
    // With its user still there FIN-WAIT-2 lasts as long as it takes.
    let client = pair.connect().expect("a port is free");
    pair.run_for(ms(1));
    let server = pair.accept(opened.listener).expect("open");
    pair.shutdown(End::A, client).expect("open");
    pair.run_for(secs(70));
    pair.close(End::B, server);
    pair.run_for(ms(100));
    assert_same(&pair.wires, table!("timewait-60s"));
}

#[test]
fn closing_with_unread_input_loses_the_queue_and_answers_each_ack_with_rst() {
    let (mut pair, opened) = open(Profile::linux(), ms(25));
    pair.write(End::A, opened.a, 11);
    pair.run_for(ms(100));
    pair.write(End::B, opened.b, 200_000);
    pair.close(End::B, opened.b);
    while pair.step() {
        pair.read_some(End::A, opened.a);
    }
    assert_same(&pair.wires, table!("rst-close-unread-drops-sendq"));
}

#[test]
fn ten_of_twelve_requests_answered_and_two_left_unread() {
    let (mut pair, opened) = open(Profile::linux(), AT_ONCE);
    for _ in 0..12 {
        pair.write(End::A, opened.a, 29);
        pair.run_for(ms(5));
    }
    pair.run_for(ms(50));
    for _ in 0..10 {
        assert_eq!(pair.receive_at_most(End::B, opened.b, 29).map(|_| ()), Ok(()));
        pair.write(End::B, opened.b, 440);
        pair.run_for(AT_ONCE + AT_ONCE);
    }
    pair.close(End::B, opened.b);
    pair.run_for(secs(1));
    assert_same(&pair.wires, table!("book-12-pipelined-server-leaves-2-unread"));
    // Linux keeps what it has received: all ten answers are there to read.
    assert_eq!(pair.read_some(End::A, opened.a), 4_400);
}

#[test]
fn two_hundred_thousand_octets_in_slow_start() {
    // Round trips of 50 ms. In the second table the client acknowledges each segment all along; here it has
    // no quick ACKs left in the sixth, and the odd segment waits for its timer.
    let rounds = |times: &[u64]| -> Vec<usize> {
        let mut rounds = Vec::new();
        let mut last = 0;
        for time in times {
            if rounds.is_empty() || time - last > 20_000 {
                rounds.push(0);
            }
            if let Some(round) = rounds.last_mut() {
                *round += 1;
            }
            last = *time;
        }
        rounds
    };
    for (initial_window, compared, table) in
        [(10, 4, table!("slowstart-reno-iw10")), (1, 5, table!("slowstart-reno-initcwnd1"))]
    {
        let profile = Profile { initial_window, ..Profile::linux() };
        let (mut pair, opened) = open(profile, ms(25));
        pair.write(End::A, opened.a, 27);
        pair.run_for(ms(26));
        pair.read(End::B, opened.b);
        pair.take_wires();
        pair.write(End::B, opened.b, 200_043);
        while pair.step() {
            pair.read_some(End::A, opened.a);
        }
        let data: Vec<_> =
            pair.wires.iter().filter(|wire| wire.from == End::B && wire.len > 0).cloned().collect();
        let (own, seen) = (simulated(&data, End::B), observed(table, End::B));
        let whole: Vec<&str> = seen.lines().take_while(|line| line.ends_with(" 1448")).collect();
        assert!(whole.len() > 100 && own.lines().take(whole.len()).eq(whole.iter().copied()));
        let sent: Vec<u64> = data.iter().map(|wire| wire.at.as_micros()).collect();
        let seen: Vec<u64> =
            table.lines().filter_map(|line| line.split(' ').next()?.replace('.', "").parse().ok()).collect();
        assert_eq!(rounds(&sent)[..compared], rounds(&seen)[..compared], "initial window {initial_window}");
    }
}

#[test]
fn probes_of_a_closed_window() {
    // The window is 2,920 octets. The reader takes the first segment and sleeps; it wakes up after the fourth probe.
    let reader = Profile { receive_buffer: 2_920, ..Profile::linux() };
    let mut pair = Pair::new(reader, Profile::linux()).with_delay(ms(25));
    let opened = pair.open();
    pair.write(End::B, opened.b, 30_000);
    while pair.read_some(End::A, opened.a) == 0 {
        assert!(pair.step());
    }
    let probes = |pair: &Pair| -> Vec<u64> {
        let probes = pair.wires.iter().filter(|wire| wire.rule == "zero-window-probe");
        probes.map(|wire| wire.at.as_micros() / 1_000).collect()
    };
    while probes(&pair).len() < 4 {
        assert!(pair.step());
    }
    // The octets that the window cuts off leave with the full segment before them: 2 us later in the capture.
    let cut = pair.wires.iter().position(|wire| wire.len == 24).expect("24 octets");
    assert_eq!(pair.wires[cut].at, pair.wires[cut - 1].at);
    // The capture's intervals between probes are 608, 1,120 and 2,208 ms; the kernel's ticks make them longer.
    let at = probes(&pair);
    let intervals: Vec<u64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for (interval, observed) in intervals.iter().zip([608, 1_120, 2_208]) {
        assert!((observed * 4 / 5..=observed).contains(interval), "{interval} ms, observed {observed}");
    }
    pair.run_for(secs(1));
    let answers = pair.wires.iter().filter(|wire| wire.from == End::A && wire.ack == 4_369).count();
    // One ACK that closes the window, and one for each probe: as observed.
    assert_eq!(answers, observed(table!("zero-window-probe"), End::A).matches(" 4369 0").count() - 1);
    while pair.read_some(End::A, opened.a) > 0 || pair.next_at().is_some() {
        pair.step();
    }
    assert_eq!(simulated(&pair.wires, End::B), observed(table!("zero-window-probe"), End::B));
}
