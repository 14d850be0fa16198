//! The profile `bsd` as FreeBSD's published packetdrill scripts and sources have it.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::{Profile, State};
use playground_core::time::Duration;
use playground_core::wire::{Flags, Segment};
use support::segments::{ack, bare, data, fin, rst, syn};
use support::states::in_state;
use support::{End, Fate, Pair, ms, secs};

fn open() -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(Profile::bsd());
    let opened = pair.open();
    pair.take_wires();
    (pair, opened)
}

/// The answers of a connection in `state` to a segment: flags, sequence number, acknowledgment number.
fn answers(state: State, profile: Profile, segment: Segment) -> Vec<String> {
    let mut subject = in_state(state, profile);
    subject.pair.take_wires();
    subject.pair.inject(End::A, subject.socket, segment);
    subject.pair.take_wires().iter().map(|wire| format!("{} {} {}", wire.flags, wire.seq, wire.ack)).collect()
}

#[test]
fn every_second_segment_is_acknowledged_whatever_its_size() {
    for (first, second) in [(100, 100), (1, 1), (1_448, 1), (10, 1_448)] {
        let (mut pair, opened) = open();
        pair.no_delay(End::A, opened.a);
        pair.write(End::A, opened.a, first);
        pair.run_for(ms(1));
        pair.write(End::A, opened.a, second);
        pair.run_for(ms(51));
        let wires = pair.take_wires();
        let acks: Vec<(u64, &str)> = wires
            .iter()
            .filter(|wire| wire.from == End::B)
            .map(|wire| (wire.at.as_micros() / 1_000, wire.rule))
            .collect();
        assert_eq!(acks, [(201, "every-second-segment")], "{first} and {second}");
    }
}

#[test]
fn a_rst_in_time_wait_is_ignored() {
    for seq in [1, 2, 3, 1_000] {
        assert_eq!(answers(State::TimeWait, Profile::bsd(), rst(seq)), [""; 0], "{seq}");
        let mut subject = in_state(State::TimeWait, Profile::bsd());
        subject.pair.inject(End::A, subject.socket, rst(seq));
        assert_eq!(subject.state(), State::TimeWait, "{seq}");
    }
}

#[test]
fn the_right_edge_follows_the_free_space() {
    // 65,536 octets are rounded up to 45 segments of 1,460; the scale is 6.
    let (mut pair, opened) = open();
    let edge = |pair: &mut Pair, len: usize, reads: usize| {
        if reads > 0 {
            pair.receive_at_most(End::B, opened.b, reads).expect("data");
        }
        pair.write(End::A, opened.a, len);
        pair.run_for(secs(1));
        let ack = pair.take_wires().into_iter().rfind(|wire| wire.from == End::B).expect("an ACK");
        (ack.ack, u32::from(ack.window) << 6)
    };
    let (_, window) = edge(&mut pair, 100, 0);
    assert_eq!(window, (65_700u32 - 100).next_multiple_of(64));
    let (_, window) = edge(&mut pair, 10, 7);
    assert_eq!(window, (65_700u32 - 103).next_multiple_of(64), "seven octets read, and no whole segment");
    let (_, window) = edge(&mut pair, 10, 93);
    assert_eq!(window, (65_700u32 - 20).next_multiple_of(64));
}

#[test]
fn without_scaling_the_window_stays_at_its_sixteen_bits() {
    let mut pair = Pair::new(Profile { window_scaling: false, ..Profile::bsd() }, Profile::bsd());
    let opened = pair.open();
    pair.take_wires();
    for (len, window) in [(100, 65_535), (60, 65_535), (40, 65_500), (0, 65_500)] {
        if len > 0 {
            pair.write(End::A, opened.a, len);
            pair.run_for(secs(1));
            let ack = pair.take_wires().into_iter().rfind(|wire| wire.from == End::B).expect("an ACK");
            assert_eq!(ack.window, window, "{len}");
        }
    }
}

#[test]
fn the_ack_carries_the_fin_again_until_it_is_acknowledged() {
    // CLOSING: the peer's FIN, without the ACK of ours. FIN-WAIT-1: text. LAST-ACK: the FIN once more.
    for (state, segment, expected) in [
        (State::FinWait1, fin(1, 1), "FIN, ACK 1 2"),
        (State::FinWait1, data(11, 1, "behind a gap"), "FIN, ACK 1 1"),
        (State::Closing, fin(1, 1), "FIN, ACK 1 2"),
        (State::LastAck, fin(1, 1), "FIN, ACK 1 2"),
    ] {
        assert_eq!(answers(state, Profile::bsd(), segment.clone()), [expected], "{state}");
        let others = answers(state, Profile::linux(), segment).pop().expect("an ACK");
        assert!(others.starts_with("ACK 2"), "{state}: {others}");
    }
}

#[test]
fn a_challenge_ack_carries_no_fin() {
    for state in [State::FinWait1, State::Closing, State::LastAck] {
        for segment in [syn(1), syn(5), syn(0), rst(100)] {
            let answer = answers(state, Profile::bsd(), segment);
            assert_eq!(answer.len(), 1, "{state}");
            assert!(answer[0].starts_with("ACK 2 "), "{state}: {answer:?}");
        }
    }
}

/// RFC 2883 section 4.
#[test]
fn a_partly_old_segment_is_acknowledged_at_once_where_sack_is_agreed_on() {
    for (sack, rule) in [(true, "partly-old-segment"), (false, "delayed-ack-timer")] {
        let mut pair = Pair::of(Profile { sack_permitted: sack, ..Profile::bsd() });
        let opened = pair.open();
        pair.write(End::A, opened.a, 100);
        pair.run_for(secs(1));
        pair.take_wires();
        pair.inject(End::B, opened.b, data(51, 1, &"x".repeat(100)));
        pair.run_for(ms(41));
        let acks: Vec<(u32, &str)> = pair.take_wires().iter().map(|wire| (wire.ack, wire.rule)).collect();
        assert_eq!(acks, [(151, rule)]);
    }
}

#[test]
fn the_window_scale_is_six() {
    assert_eq!(Profile::bsd().window_shift(), 6);
    let large = Profile { receive_buffer: 8_000_000, ..Profile::bsd() };
    assert_eq!(large.window_shift(), 7, "and more for a buffer that needs it");
}

/// RFC 7661: a window that is not used does not grow.
#[test]
fn cwnd_grows_only_while_it_is_the_limit() {
    let (mut pair, opened) = open();
    for _ in 0..20 {
        pair.write(End::A, opened.a, 1_448);
        pair.run_for(secs(1));
        pair.read(End::B, opened.b);
    }
    let cwnd = pair.world.nodes[0].sockets[&opened.a].cwnd;
    assert_eq!(cwnd, 10 * 1_448);
}

#[test]
fn time_wait_drops_what_has_no_ack_and_answers_all_but_a_known_ack() {
    for (segment, expected) in [
        (syn(2), &[][..]),
        (syn(1), &[]),
        (bare(Flags::FIN, 1, 0), &[]),
        (bare(Flags::FIN, 2, 0), &[]),
        (ack(2, 2), &[]),
        (ack(1, 2), &["ACK 2 2"]),
        (ack(3, 2), &["ACK 2 2"]),
        (fin(2, 2), &["ACK 2 2"]),
        (data(2, 2, "late"), &["ACK 2 2"]),
    ] {
        assert_eq!(answers(State::TimeWait, Profile::bsd(), segment.clone()), expected, "{segment:?}");
    }
    // By the RFC, what is not acceptable is answered, with ACK or without.
    assert_eq!(answers(State::TimeWait, Profile::textbook(), bare(Flags::FIN, 1, 0)), ["ACK 2 2"]);
    assert_eq!(answers(State::TimeWait, Profile::textbook(), ack(2, 2)), [""; 0]);
}

#[test]
fn the_repeated_fin_costs_no_second_acknowledgment() {
    // Both close at once: each FIN goes out, and again with the ACK of the other.
    let (mut pair, opened) = open();
    pair.fate(|_| Fate::Arrives);
    pair.close(End::A, opened.a);
    pair.close(End::B, opened.b);
    pair.run_for(Duration::from_secs(5));
    let fins = pair.wires.iter().filter(|wire| wire.flags.is_fin()).count();
    assert!(fins <= 4, "{fins} FINs");
    assert_eq!(
        (pair.state(End::A, opened.a), pair.state(End::B, opened.b)),
        (State::TimeWait, State::TimeWait)
    );
}
