//! Growth: slow start, congestion avoidance, restart after idle.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::{Notice, Phase, Profile};
use playground_core::time::Duration;
use support::{End, Pair, ms, secs};

fn greedy(profile: Profile) -> Profile {
    // A receiver that reads at once has a window that does not limit.
    Profile { receive_buffer: 1_000_000, send_buffer: 2_000_000, window_scaling: true, ..profile }
}

/// Segments that A sends in each round trip while it writes `len` octets.
fn bursts(pair: &mut Pair, opened: support::pair::Opened, len: usize) -> Vec<usize> {
    pair.take_wires();
    let start = pair.now;
    pair.write(End::A, opened.a, len);
    let rtt = pair.delay + pair.delay;
    let mut bursts = Vec::new();
    for trip in 1..40 {
        let until = start + rtt.saturating_mul(trip);
        while pair.next_at().is_some_and(|at| at < until) {
            pair.step();
            pair.read(End::B, opened.b);
        }
        pair.now = until;
        bursts.push(pair.take_wires().iter().filter(|wire| wire.from == End::A && wire.len > 0).count());
    }
    while bursts.last() == Some(&0) {
        bursts.pop();
    }
    bursts
}

#[test]
fn cwnd_doubles_with_an_ack_for_each_segment() {
    let profile = greedy(Profile { delayed_ack: Duration::ZERO, ..Profile::textbook() });
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    assert_eq!(bursts(&mut pair, opened, 127 * 1460), [1, 2, 4, 8, 16, 32, 64]);
}

#[test]
fn delayed_acks_slow_the_growth_when_each_ack_counts_once() {
    // A window of 64 KB, which a SYN can announce: reading has none to add, and sends no window update.
    let mut pair = Pair::of(Profile { initial_window: 2, send_buffer: 2_000_000, ..Profile::textbook() });
    let opened = pair.open();
    // One and a half times each round trip; the odd segment at the end of a burst waits for its timer or
    // for the next burst.
    let bursts = bursts(&mut pair, opened, 60 * 1460);
    assert_eq!(bursts[..4], [2, 3, 3, 6]);
}

#[test]
fn linux_counts_octets_so_its_window_doubles_all_the_same() {
    let mut pair = Pair::of(greedy(Profile::linux()));
    let opened = pair.open();
    let bursts = bursts(&mut pair, opened, 150 * 1448);
    assert_eq!(bursts[..4], [10, 20, 40, 80]);
}

#[test]
fn bsd_counts_at_most_two_segments_for_an_ack() {
    let mut pair = Pair::of(greedy(Profile { initial_window: 4, ..Profile::bsd() }));
    let opened = pair.open();
    let bursts = bursts(&mut pair, opened, 60 * 1448);
    assert_eq!(bursts[..4], [4, 8, 16, 32]);
}

#[test]
fn congestion_avoidance_adds_a_segment_a_round_trip() {
    let profile = greedy(Profile { delayed_ack: Duration::ZERO, initial_window: 8, ..Profile::textbook() });
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    let mut lost = false;
    pair.fate(move |wire| match wire.len > 0 && !std::mem::replace(&mut lost, true) {
        true => support::Fate::Lost,
        false => support::Fate::Arrives,
    });
    pair.write(End::A, opened.a, 200 * 1460);
    pair.run_for(secs(4));
    let windows: Vec<(u32, u64)> = pair
        .notices
        .iter()
        .filter_map(|(at, end, _, notice, _)| match notice {
            Notice::CongestionChanged { cwnd, phase: Phase::CongestionAvoidance, .. } if *end == End::A => {
                Some((cwnd / 1460, at.as_micros() / 1_000))
            }
            _ => None,
        })
        .collect();
    // From ssthresh 4 on, one more for each window acknowledged.
    let sizes: Vec<u32> = windows.iter().map(|(size, _)| *size).collect();
    assert_eq!(sizes[..6], [4, 5, 6, 7, 8, 9]);
    for pair in windows[1..6].windows(2) {
        let gap = pair[1].1 - pair[0].1;
        assert!((90..=210).contains(&gap), "{gap} ms");
    }
}

#[test]
fn a_connection_that_was_idle_starts_again() {
    // RFC 5681 section 4.1: more than an RTO without sending.
    for (idle, burst) in [(ms(150), 20), (secs(3), 10)] {
        let mut pair = Pair::of(greedy(Profile::linux()));
        let opened = pair.open();
        // The first ten are acknowledged: the window is 20, until a pause makes it 10 again.
        pair.write(End::A, opened.a, 14_480);
        pair.run_for(ms(100));
        pair.run_for(idle);
        assert_eq!(bursts(&mut pair, opened, 40 * 1448)[0], burst, "{idle}");
    }
}

#[test]
fn a_receivers_window_limits_what_cwnd_allows() {
    let mut pair =
        Pair::new(greedy(Profile::linux()), Profile { receive_buffer: 4 * 1448, ..Profile::linux() });
    let opened = pair.open();
    let bursts = bursts(&mut pair, opened, 20 * 1448);
    assert!(bursts.iter().all(|burst| *burst <= 4), "{bursts:?}");
}

/// RFC 7661 section 4, and every stack: what the receiver's window holds back says nothing about the path.
#[test]
fn cwnd_stops_where_the_receivers_window_limits() {
    for profile in [Profile::textbook(), Profile::linux(), Profile::bsd()] {
        let window = 8 * 1460;
        let receiver = Profile { receive_buffer: window, ..profile.clone() };
        let mut pair = Pair::new(greedy(profile), receiver);
        let opened = pair.open();
        bursts(&mut pair, opened, 300 * 1460);
        let largest = pair.notices.iter().filter_map(|(.., notice, _)| match notice {
            Notice::CongestionChanged { cwnd, .. } => Some(*cwnd),
            _ => None,
        });
        let largest = largest.max().expect("it grows");
        assert!(largest <= 2 * window + 1460, "{largest}");
    }
}

#[test]
fn the_ack_of_a_lone_fin_opens_no_window() {
    // RFC 5681 section 3.1: cwnd grows by data that is acknowledged, and a FIN is none.
    let mut pair = Pair::of(Profile::textbook());
    let opened = pair.open();
    let windows = |pair: &Pair| {
        let changes = |notice: &&Notice| matches!(notice, Notice::CongestionChanged { .. });
        pair.notices.iter().map(|(.., notice, _)| notice).filter(changes).count()
    };
    let before = windows(&pair);
    pair.close(End::A, opened.a);
    pair.run_for(ms(500));
    pair.close(End::B, opened.b);
    pair.run_for(ms(500));
    assert_eq!(windows(&pair), before);
}
