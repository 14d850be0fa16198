//! Closing: one side first, half-close, simultaneous; TIME-WAIT; unread data, late data, a peer that never closes.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use expect_test::expect;
use playground_core::tcp::{CallError, Profile, Received, SocketEvent, State};
use support::states::in_state;
use support::{End, Fate, Pair, fin, ms, secs};

fn open(profile: Profile) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    pair.take_wires();
    (pair, opened)
}

#[test]
fn four_segments_when_the_peer_closes_later() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.close(End::A, opened.a);
    pair.run_for(ms(500));
    assert_eq!(pair.state(End::A, opened.a), State::FinWait2);
    assert_eq!(pair.state(End::B, opened.b), State::CloseWait);
    assert_eq!(pair.receive(End::B, opened.b), Ok(Received::EndOfStream));
    pair.close(End::B, opened.b);
    assert_eq!(pair.state(End::B, opened.b), State::LastAck);
    pair.run_for(ms(200));
    assert_eq!(pair.state(End::A, opened.a), State::TimeWait);
    assert_eq!(pair.state(End::B, opened.b), State::Closed);
    expect![[r#"
        0.150000 A > B [F.] seq 1 ack 1 len 0
        0.200000 B > A [.] seq 1 ack 2 len 0
        0.650000 B > A [F.] seq 1 ack 2 len 0
        0.700000 A > B [.] seq 2 ack 2 len 0
    "#]]
    .assert_eq(&pair.lines());
    // The active closer alone waits, 2MSL.
    let from = pair.now;
    pair.run_to_rest();
    assert_eq!(pair.state(End::A, opened.a), State::Closed);
    assert_eq!((pair.now - from).as_micros() / 1_000_000, 119);
}

#[test]
fn three_segments_when_the_ack_of_the_fin_rides_on_the_other_fin() {
    // On Linux it waits for the next tick of 4 ms.
    let (mut pair, opened) = open(Profile::linux());
    pair.close(End::A, opened.a);
    pair.run_for(ms(53));
    pair.close(End::B, opened.b);
    pair.run_for(ms(200));
    expect![[r#"
        0.150000 A > B [F.] seq 1 ack 1 len 0
        0.203000 B > A [F.] seq 1 ack 2 len 0
        0.253000 A > B [.] seq 2 ack 2 len 0
    "#]]
    .assert_eq(&pair.lines());
    // Figure 5, note 2: FIN-WAIT-1 leads to TIME-WAIT without FIN-WAIT-2 between.
    let states: Vec<State> = pair.states_of(End::A, opened.a);
    assert_eq!(states, [State::SynSent, State::Established, State::FinWait1, State::TimeWait]);
}

#[test]
fn half_close_leaves_the_other_direction_open() {
    for first in [End::A, End::B] {
        let (mut pair, opened) = open(Profile::textbook());
        let (closer, talker) = match first {
            End::A => (opened.a, opened.b),
            End::B => (opened.b, opened.a),
        };
        pair.write(first, closer, 10);
        pair.shutdown(first, closer).expect("open");
        assert_eq!(pair.send(first, closer, b"more"), Err(CallError::BrokenPipe));
        pair.run_for(secs(1));
        assert_eq!(pair.read(first.other(), talker).len(), 10);
        assert_eq!(pair.receive(first.other(), talker), Ok(Received::EndOfStream));
        for _ in 0..3 {
            pair.write(first.other(), talker, 6);
            pair.run_for(secs(1));
            assert_eq!(pair.read(first, closer).len(), 6);
        }
        assert_eq!(pair.receive(first, closer), Ok(Received::WouldBlock));
        pair.shutdown(first.other(), talker).expect("open");
        pair.run_for(secs(1));
        assert_eq!(pair.receive(first, closer), Ok(Received::EndOfStream));
        // The half-closer holds TIME-WAIT.
        assert_eq!(pair.state(first, closer), State::TimeWait);
        assert_eq!(pair.state(first.other(), talker), State::Closed);
    }
}

#[test]
fn a_second_shutdown_does_nothing_and_an_unopened_socket_has_none() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.shutdown(End::A, opened.a).expect("open");
    pair.shutdown(End::A, opened.a).expect("closed already");
    assert_eq!(pair.take_wires().len(), 1);
    let mut subject = in_state(State::SynSent, Profile::textbook());
    assert_eq!(subject.pair.shutdown(End::A, subject.socket), Err(CallError::NotConnected));
}

#[test]
fn both_close_at_once() {
    let (mut pair, opened) = open(Profile::linux());
    pair.close(End::A, opened.a);
    pair.close(End::B, opened.b);
    pair.run_for(ms(50));
    assert_eq!(pair.state(End::A, opened.a), State::Closing);
    assert_eq!(pair.state(End::B, opened.b), State::Closing);
    pair.run_for(ms(50));
    expect![[r#"
        0.150000 A > B [F.] seq 1 ack 1 len 0
        0.150000 B > A [F.] seq 1 ack 1 len 0
        0.200000 B > A [.] seq 2 ack 2 len 0
        0.200000 A > B [.] seq 2 ack 2 len 0
    "#]]
    .assert_eq(&pair.lines());
    assert_eq!(pair.state(End::A, opened.a), State::TimeWait);
    assert_eq!(pair.state(End::B, opened.b), State::TimeWait);
}

#[test]
fn the_fin_follows_what_was_written_before_it() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.write(End::A, opened.a, 4_000);
    pair.close(End::A, opened.a);
    pair.run_for(secs(5));
    assert_eq!(pair.read(End::B, opened.b).len(), 4_000);
    assert_eq!(pair.receive(End::B, opened.b), Ok(Received::EndOfStream));
    expect![[r#"
        0.150000 A > B [.] seq 1 ack 1 len 1460
        0.400000 B > A [.] seq 1 ack 1461 len 0
        0.450000 A > B [.] seq 1461 ack 1 len 1460
        0.450000 A > B [FP.] seq 2921 ack 1 len 1080
        0.500000 B > A [.] seq 1 ack 4002 len 0
    "#]]
    .assert_eq(&pair.lines());
}

#[test]
fn time_wait_acknowledges_the_fin_again_and_waits_anew() {
    let mut subject = in_state(State::TimeWait, Profile::textbook());
    subject.pair.run_for(secs(100));
    subject.pair.take_wires();
    // The peer has forgotten the connection by now; its RST would end the wait.
    subject.pair.cut();
    subject.pair.inject(End::A, subject.socket, fin(1, 2));
    assert_eq!(subject.pair.lines().matches("[.] seq 2 ack 2").count(), 1);
    subject.pair.run_for(secs(119));
    assert_eq!(subject.state(), State::TimeWait);
    subject.pair.run_for(secs(2));
    assert_eq!(subject.state(), State::Closed);
}

#[test]
fn time_wait_lasts_twice_the_profiles_segment_lifetime() {
    for (profile, seconds) in [(Profile::textbook(), 120), (Profile::linux(), 60), (Profile::bsd(), 60)] {
        let mut subject = in_state(State::TimeWait, profile);
        let from = subject.pair.now;
        subject.pair.run_to_rest();
        assert_eq!(subject.pair.now - from, secs(seconds));
    }
}

#[test]
fn a_lost_last_ack_is_made_good_by_time_wait() {
    let (mut pair, opened) = open(Profile::textbook());
    pair.close(End::A, opened.a);
    pair.run_for(ms(200));
    let mut lost = false;
    pair.fate(move |wire| match wire.from {
        End::A if !std::mem::replace(&mut lost, true) => Fate::Lost,
        _ => Fate::Arrives,
    });
    pair.close(End::B, opened.b);
    pair.run_for(secs(2));
    assert_eq!(pair.state(End::B, opened.b), State::Closed);
    expect![[r#"
        0.150000 A > B [F.] seq 1 ack 1 len 0
        0.200000 B > A [.] seq 1 ack 2 len 0
        0.350000 B > A [F.] seq 1 ack 2 len 0
        0.400000 A > B [.] seq 2 ack 2 len 0
        1.350000 B > A [F.] seq 1 ack 2 len 0 again
        1.400000 A > B [.] seq 2 ack 2 len 0
    "#]]
    .assert_eq(&pair.lines());
}

#[test]
fn close_with_unread_data_resets() {
    for profile in [Profile::textbook(), Profile::linux(), Profile::bsd()] {
        let (mut pair, opened) = open(profile);
        pair.write(End::A, opened.a, 22);
        pair.run_for(secs(1));
        pair.take_wires();
        pair.close(End::B, opened.b);
        let wires = pair.take_wires();
        assert_eq!(wires.len(), 1);
        assert_eq!((wires[0].flags.to_string(), wires[0].seq, wires[0].ack), ("RST, ACK".to_owned(), 1, 23));
        assert_eq!(pair.state(End::B, opened.b), State::Closed);
        pair.run_for(secs(1));
        assert_eq!(pair.events_of(End::A).pop(), Some(SocketEvent::Failed(CallError::ConnectionReset)));
        // No TIME-WAIT on either side.
        assert_eq!(pair.state(End::A, opened.a), State::Closed);
    }
}

#[test]
fn data_after_close_resets_and_the_peer_learns_it() {
    for profile in [Profile::textbook(), Profile::linux(), Profile::bsd()] {
        let (mut pair, opened) = open(profile);
        pair.close(End::A, opened.a);
        pair.run_for(ms(300));
        assert_eq!(pair.state(End::A, opened.a), State::FinWait2);
        pair.take_wires();
        pair.write(End::B, opened.b, 100);
        pair.run_for(ms(100));
        let wires = pair.take_wires();
        let answer = wires.last().expect("a RST");
        assert_eq!((answer.flags.to_string(), answer.seq, answer.window), ("RST".to_owned(), 2, 0));
        assert_eq!(pair.state(End::A, opened.a), State::Closed);
        // A second write finds the pipe broken.
        assert_eq!(pair.state(End::B, opened.b), State::Closed);
        assert_eq!(
            pair.send(End::B, opened.b, b"x").map_err(|error| error == CallError::TimedOut),
            Err(false)
        );
        assert_eq!(pair.send(End::B, opened.b, b"x"), Err(CallError::BrokenPipe));
    }
}

#[test]
fn an_orphan_in_fin_wait_2_is_given_up_but_one_with_a_user_stays() {
    for (profile, seconds) in [(Profile::linux(), 60), (Profile::bsd(), 60), (Profile::textbook(), 675)] {
        let mut held = in_state(State::FinWait2, profile.clone());
        held.pair.run_for(secs(2_000));
        assert_eq!(held.state(), State::FinWait2);

        let mut orphan = in_state(State::FinWait2, profile);
        orphan.pair.close(End::A, orphan.socket);
        orphan.pair.run_for(secs(seconds - 1));
        assert_eq!(orphan.state(), State::FinWait2);
        orphan.pair.run_for(secs(1));
        assert_eq!(orphan.state(), State::Closed);
        // What comes later belongs to nothing and gets a RST.
        let peer = orphan.peer;
        orphan.pair.take_wires();
        orphan.pair.write(End::B, peer, 4);
        orphan.pair.run_for(secs(1));
        assert!(orphan.pair.take_wires().last().expect("a RST").flags.is_rst());
    }
}

#[test]
fn abort_resets_where_the_peer_still_needs_it() {
    // RFC 9293 section 3.10.5.
    for (state, resets, after) in [
        (State::SynSent, false, State::Closed),
        (State::SynReceived, true, State::Closed),
        (State::Established, true, State::Closed),
        (State::FinWait1, true, State::Closed),
        (State::FinWait2, true, State::Closed),
        (State::CloseWait, true, State::Closed),
        (State::Closing, false, State::Closed),
        (State::LastAck, false, State::Closed),
        (State::TimeWait, false, State::TimeWait),
    ] {
        let mut subject = in_state(state, Profile::textbook());
        subject.pair.take_wires();
        subject.pair.abort(End::A, subject.socket);
        assert_eq!(subject.pair.take_wires().iter().any(|wire| wire.flags.is_rst()), resets, "{state}");
        assert_eq!(subject.state(), after);
    }
}

#[test]
fn abort_throws_both_buffers_away() {
    let (mut pair, opened) = open(Profile::linux());
    pair.write(End::B, opened.b, 10);
    pair.run_for(secs(1));
    pair.cut();
    pair.write(End::A, opened.a, 100_000);
    pair.abort(End::A, opened.a);
    assert_eq!(pair.receive(End::A, opened.a), Err(CallError::BadSocket));
    let discarded = pair
        .notices
        .iter()
        .filter(|(.., notice, _)| matches!(notice, playground_core::tcp::Notice::BytesDiscarded { .. }));
    assert_eq!(discarded.count(), 2);
}

#[test]
fn a_write_on_a_connection_that_ended_well_is_epipe() {
    let mut subject = in_state(State::TimeWait, Profile::textbook());
    assert_eq!(subject.pair.send(End::A, subject.socket, b"x"), Err(CallError::BrokenPipe));
    subject.pair.run_to_rest();
    assert_eq!(subject.state(), State::Closed);
    assert_eq!(subject.pair.send(End::A, subject.socket, b"x"), Err(CallError::BrokenPipe));
    assert_eq!(subject.pair.receive(End::A, subject.socket), Ok(Received::EndOfStream));
}
