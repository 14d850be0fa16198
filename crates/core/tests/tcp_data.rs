//! Data: both ways, out of order, twice; windows that close, open a little, and are probed.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use expect_test::expect;
use playground_core::tcp::{CallError, Probe, Profile, Received, SocketEvent, State};
use support::{End, Fate, Pair, ack, data, ms, secs};

fn open(profile: Profile) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    pair.take_wires();
    (pair, opened)
}

#[test]
fn data_flow_both_ways_at_once() {
    for profile in [Profile::textbook(), Profile::linux(), Profile::bsd()] {
        let (mut pair, opened) = open(profile);
        pair.write(End::A, opened.a, 20_000);
        pair.write(End::B, opened.b, 30_000);
        pair.run_for(secs(20));
        let pattern = |len: usize| (0..len).map(|index| (index % 251) as u8).collect::<Vec<u8>>();
        assert_eq!(pair.read(End::B, opened.b), pattern(20_000));
        assert_eq!(pair.read(End::A, opened.a), pattern(30_000));
    }
}

#[test]
fn octets_written_before_the_handshake_is_over_follow_it() {
    let mut pair = Pair::of(Profile::textbook());
    let listener = pair.listen(80, 1);
    let socket = pair.connect().expect("a port is free");
    assert_eq!(pair.send(End::A, socket, b"early"), Ok(Some(5)));
    pair.run_for(secs(1));
    let accepted = pair.accept(listener).expect("open");
    assert_eq!(pair.read(End::B, accepted), b"early");
}

#[test]
fn segments_out_of_order_are_held_and_acknowledged_at_once() {
    let (mut pair, opened) = open(Profile::textbook());
    for (segment, acks, readable) in [
        (data(4, 1, "def"), 1, ""),
        (data(7, 1, "ghi"), 1, ""),
        // The same once more changes nothing.
        (data(4, 1, "def"), 1, ""),
        // What fills the gap brings everything along.
        (data(1, 1, "abc"), 10, "abcdefghi"),
        // Old octets are only acknowledged.
        (data(1, 1, "abc"), 10, ""),
        // Half old, half new.
        (data(7, 1, "ghijkl"), 0, "jkl"),
    ] {
        pair.inject(End::A, opened.a, segment);
        let told: Vec<u32> = pair.take_wires().iter().map(|wire| wire.ack).collect();
        let expected = if acks == 0 { vec![] } else { vec![acks] };
        assert_eq!(told, expected);
        assert_eq!(pair.read(End::A, opened.a), readable.as_bytes());
    }
}

#[test]
fn a_fin_behind_a_gap_is_kept() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.inject(End::A, opened.a, support::fin(4, 1));
    assert_eq!(pair.state(End::A, opened.a), State::Established);
    pair.inject(End::A, opened.a, data(1, 1, "abc"));
    assert_eq!(pair.state(End::A, opened.a), State::CloseWait);
    assert_eq!(pair.take_wires().last().expect("an ACK").ack, 5);
    assert_eq!(pair.read(End::A, opened.a), b"abc");
    assert_eq!(pair.receive(End::A, opened.a), Ok(Received::EndOfStream));
}

#[test]
fn a_segment_that_comes_twice_is_delivered_once() {
    let (mut pair, opened) = open(Profile::linux());
    pair.fate(|wire| if wire.len > 0 { Fate::Twice } else { Fate::Arrives });
    pair.write(End::A, opened.a, 5_000);
    pair.run_for(secs(2));
    assert_eq!(pair.read(End::B, opened.b).len(), 5_000);
    assert!(pair.wires.iter().all(|wire| !wire.again));
}

#[test]
fn a_segment_larger_than_the_window_is_cut() {
    let (mut pair, opened) = open(Profile { receive_buffer: 1_000, ..Profile::textbook() });
    pair.inject(End::A, opened.a, data(1, 1, &"x".repeat(1_500)));
    assert_eq!(pair.read(End::A, opened.a).len(), 1_000);
}

#[test]
fn a_full_send_buffer_takes_what_fits_and_says_when_there_is_room() {
    let (mut pair, opened) = open(Profile { send_buffer: 10_000, ..Profile::textbook() });
    let octets = vec![0; 25_000];
    assert_eq!(pair.send(End::A, opened.a, &octets), Ok(Some(10_000)));
    assert_eq!(pair.send(End::A, opened.a, &octets), Ok(None));
    pair.events_of(End::A);
    pair.run_for(secs(1));
    assert_eq!(pair.events_of(End::A)[0], SocketEvent::Writable);
    assert!(pair.send(End::A, opened.a, &octets).expect("open").is_some());
}

/// B's window of 2,920 octets is filled; A has 8,000 more to send.
fn closed_window(profile: Profile) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::new(profile.clone(), Profile { receive_buffer: 2_920, ..profile });
    let opened = pair.open();
    pair.write(End::A, opened.a, 8_000);
    pair.run_for(ms(700));
    let known = pair.world.nodes[0].sockets[&opened.a].peer_window;
    assert_eq!(known, 0);
    pair.take_wires();
    (pair, opened)
}

#[test]
fn a_textbook_probe_is_one_new_octet() {
    let (mut pair, opened) = closed_window(Profile::textbook());
    assert_eq!(Profile::textbook().probe, Probe::NewOctet);
    pair.run_for(secs(8));
    expect![[r#"
        1.750000 A > B [.] seq 2921 ack 1 len 1
        1.800000 B > A [.] seq 1 ack 2921 len 0
        3.750000 A > B [.] seq 2921 ack 1 len 1 again
        3.800000 B > A [.] seq 1 ack 2921 len 0
        7.750000 A > B [.] seq 2921 ack 1 len 1 again
        7.800000 B > A [.] seq 1 ack 2921 len 0
    "#]]
    .assert_eq(&pair.lines());
    // The reader makes room; the octet that was refused goes out again, and the rest follows.
    let mut total = 0;
    for _ in 0..20 {
        total += pair.read(End::B, opened.b).len();
        pair.run_for(secs(1));
    }
    assert_eq!(total, 8_000);
}

#[test]
fn a_linux_probe_is_empty_and_stands_before_snd_una() {
    let (mut pair, opened) = closed_window(Profile::linux());
    assert_eq!(Profile::linux().probe, Probe::OldNumber);
    pair.run_for(secs(5));
    expect![[r#"
        0.950000 A > B [.] seq 2920 ack 1 len 0
        1.000000 B > A [.] seq 1 ack 2921 len 0
        1.550000 A > B [.] seq 2920 ack 1 len 0
        1.600000 B > A [.] seq 1 ack 2921 len 0
        2.750000 A > B [.] seq 2920 ack 1 len 0
        2.800000 B > A [.] seq 1 ack 2921 len 0
        5.150000 A > B [.] seq 2920 ack 1 len 0
        5.200000 B > A [.] seq 1 ack 2921 len 0
    "#]]
    .assert_eq(&pair.lines());
    let mut total = 0;
    for _ in 0..20 {
        total += pair.read(End::B, opened.b).len();
        pair.run_for(secs(1));
    }
    assert_eq!(total, 8_000);
}

#[test]
fn a_window_may_stay_closed_for_ever_as_long_as_the_peer_answers() {
    // RFC 9293 section 3.8.6.1.
    for profile in [Profile::textbook(), Profile::linux()] {
        let (mut pair, opened) = closed_window(profile);
        pair.run_for(secs(7_200));
        assert_eq!(pair.state(End::A, opened.a), State::Established);
    }
}

#[test]
fn probes_that_nobody_answers_end_the_connection() {
    // RFC 9293 section 3.8.3.
    for profile in [Profile::textbook(), Profile::linux()] {
        let (mut pair, opened) = closed_window(profile);
        pair.cut();
        pair.run_for(secs(7_200));
        assert_eq!(pair.state(End::A, opened.a), State::Closed);
        assert_eq!(pair.send(End::A, opened.a, b"x"), Err(CallError::TimedOut));
    }
}

#[test]
fn a_lost_window_update_is_found_out_by_a_probe() {
    for profile in [Profile::textbook(), Profile::linux()] {
        let (mut pair, opened) = closed_window(profile);
        pair.fate(|wire| if wire.from == End::B { Fate::Lost } else { Fate::Arrives });
        let mut total = pair.read(End::B, opened.b).len();
        pair.fate(|_| Fate::Arrives);
        for _ in 0..20 {
            pair.run_for(secs(2));
            total += pair.read(End::B, opened.b).len();
        }
        assert_eq!(total, 8_000);
    }
}

#[test]
fn the_receiver_announces_no_silly_window() {
    // RFC 9293 section 3.8.6.2.2: a reader that takes 100 octets at a time opens the window by a segment.
    let (mut pair, opened) = closed_window(Profile::textbook());
    let mut updates = 0;
    for _ in 0..14 {
        pair.receive_at_most(End::B, opened.b, 100).expect("there are octets");
        updates += pair.take_wires().iter().filter(|wire| wire.from == End::B).count();
    }
    assert_eq!(updates, 0);
    pair.receive_at_most(End::B, opened.b, 100).expect("there are octets");
    let update = &pair.take_wires()[0];
    assert_eq!((update.window, update.rule), (1_500, "window-update"));
}

#[test]
fn the_sender_does_not_fill_a_silly_window_unless_it_lasts() {
    // RFC 9293 section 3.8.6.2.1: less than half of the greatest window waits for the override time-out.
    let (mut pair, opened) = open(Profile { nagle: false, ..Profile::textbook() });
    let small = |window| playground_core::wire::Segment { window, ..ack(1, 1) };
    pair.inject(End::A, opened.a, small(300));
    pair.write(End::A, opened.a, 5_000);
    assert_eq!(pair.lines(), "");
    pair.run_for(ms(499));
    assert_eq!(pair.lines(), "");
    pair.run_for(ms(1));
    let sent = pair.take_wires();
    assert_eq!((sent.len(), sent[0].len, sent[0].rule), (1, 300, "new-data"));
}

#[test]
fn a_late_ack_with_an_old_window_is_not_believed() {
    // RFC 9293 section 3.10.7.4: SND.WL1 and SND.WL2.
    let (mut pair, opened) = open(Profile::textbook());
    let with = |seq, window| playground_core::wire::Segment { window, ..ack(seq, 1) };
    pair.inject(End::A, opened.a, data(1, 1, "abc"));
    pair.inject(End::A, opened.a, with(4, 1_000));
    let known = |pair: &Pair| pair.world.nodes[0].sockets[&opened.a].peer_window;
    assert_eq!(known(&pair), 1_000);
    pair.inject(End::A, opened.a, playground_core::wire::Segment { window: 9_000, ..data(1, 1, "abcd") });
    assert_eq!(known(&pair), 1_000);
}

#[test]
fn a_scaled_window_is_announced_in_units() {
    let mut pair = Pair::of(Profile::linux());
    let opened = pair.open();
    // The SYN's own window is not scaled.
    assert_eq!(
        pair.take_wires().iter().map(|wire| wire.window).collect::<Vec<_>>(),
        [65_535, 65_535, 32_768]
    );
    assert_eq!(pair.world.nodes[1].sockets[&opened.b].peer_window, 262_144);
}

#[test]
fn two_that_have_filled_each_others_window_do_not_answer_acks_with_acks() {
    // Each lost its first segment, so each ACK stands at the other's right edge. By the table of RFC 9293 section
    // 3.10.7.4 it lies outside and must be answered, and so must the answer; no stack reads it like that.
    for delay in [0, 10] {
        let profile = Profile { receive_buffer: 2_920, initial_window: 4, ..Profile::textbook() };
        let mut pair = Pair::of(profile).with_delay(ms(delay));
        let opened = pair.open();
        pair.take_wires();
        let mut to_lose = vec![End::A, End::B];
        pair.fate(move |wire| match to_lose.iter().position(|end| wire.len > 0 && wire.from == *end) {
            Some(index) => {
                to_lose.remove(index);
                Fate::Lost
            }
            None => Fate::Arrives,
        });
        pair.write(End::A, opened.a, 2_920);
        pair.write(End::B, opened.b, 2_920);
        pair.run_for(secs(8));
        // Two data segments each, one of them again, and their ACKs.
        assert!(pair.wires.len() < 30, "{delay} ms: {}", pair.lines());
    }
}

#[test]
fn two_that_probe_each_other_do_not_answer_acks_with_acks() {
    // The octet of a probe that was refused is not in front of the ACKs that follow, as in FreeBSD's tcp_output:
    // they stand at the number that the peer expects.
    for delay in [0, 10] {
        let profile = Profile { receive_buffer: 2_920, initial_window: 4, ..Profile::textbook() };
        let mut pair = Pair::of(profile).with_delay(ms(delay));
        let opened = pair.open();
        pair.take_wires();
        pair.write(End::A, opened.a, 4_000);
        pair.write(End::B, opened.b, 4_000);
        pair.run_for(secs(30));
        assert!(pair.wires.len() < 40, "{delay} ms: {}", pair.lines());
        let (mut at_a, mut at_b) = (0, 0);
        for _ in 0..100 {
            at_a += pair.read(End::A, opened.a).len();
            at_b += pair.read(End::B, opened.b).len();
            pair.run_for(secs(1));
        }
        assert_eq!((at_a, at_b), (4_000, 4_000), "{delay} ms");
    }
}

#[test]
fn the_octet_of_a_probe_goes_out_again_because_the_window_has_opened() {
    let profile = Profile { receive_buffer: 5_840, ..Profile::textbook() };
    let mut pair = Pair::new(Profile::textbook(), profile);
    let opened = pair.open();
    pair.take_wires();
    pair.write(End::A, opened.a, 20_000);
    pair.run_for(secs(9));
    for _ in 0..10 {
        pair.read(End::B, opened.b);
        pair.run_for(ms(500));
    }
    let wires = pair.take_wires();
    let again: Vec<_> = wires.iter().filter(|wire| wire.again && wire.rule != "zero-window-probe").collect();
    // Nothing is lost, and no retransmission timer expires.
    assert_eq!(again.iter().map(|wire| wire.rule).collect::<Vec<_>>(), ["window-update"]);
}
