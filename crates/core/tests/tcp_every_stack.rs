//! Segments that every stack answers alike, and those where the profiles answer differently: each case with its source.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::{CallError, Profile, Received, SocketEvent, State};
use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TcpOptions};
use support::segments::{ack, data, fin, rst, syn};
use support::states::{Subject, in_state};
use support::{End, Pair, ms, secs};

fn profiles() -> [Profile; 3] {
    [Profile::textbook(), Profile::linux(), Profile::bsd()]
}

fn open(profile: Profile) -> (Pair, support::pair::Opened) {
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    pair.take_wires();
    (pair, opened)
}

/// What A sends at once when a segment reaches it: flags, sequence number, acknowledgment number.
fn answer(subject: &mut Subject, segment: Segment) -> Vec<(String, u32, u32)> {
    subject.pair.take_wires();
    subject.pair.inject(End::A, subject.socket, segment);
    let wires = subject.pair.take_wires();
    wires.into_iter().map(|wire| (wire.flags.to_string(), wire.seq, wire.ack)).collect()
}

fn an_ack(seq: u32, ack: u32) -> Vec<(String, u32, u32)> {
    vec![(Flags::ACK.to_string(), seq, ack)]
}

/// RFC 5681 section 4.2; observed on Linux 6.18 and FreeBSD.
#[test]
fn a_fin_behind_a_gap_is_acknowledged_at_once() {
    for profile in profiles() {
        for (state, seq) in [(State::Established, 1), (State::FinWait1, 2), (State::FinWait2, 2)] {
            let mut subject = in_state(state, profile.clone());
            assert_eq!(
                answer(&mut subject, fin(1_001, 1)).last().map(|last| last.2),
                Some(1),
                "{} {state}",
                profile.name
            );
            assert_eq!(subject.state(), state);
            // The gap is filled, and the FIN counts.
            subject.pair.inject(End::A, subject.socket, data(1, seq, &"x".repeat(1_000)));
            let last = subject.pair.take_wires().pop();
            assert_eq!(last.map(|last| last.ack), Some(1_002), "{} {state}", profile.name);
        }
    }
}

/// RFC 9293 section 3.10.7.4: RCV.WND is what was announced. A peer without window scaling knows 16 bits of it.
#[test]
fn the_window_is_the_one_that_was_announced() {
    for receive_buffer in [65_535, 100_000, 262_144] {
        let peer = Profile { window_scaling: false, ..Profile::linux() };
        let mut pair = Pair::new(Profile { receive_buffer, ..Profile::linux() }, peer);
        let opened = pair.open();
        let announced = u32::from(pair.take_wires().pop().expect("the last ACK").window);
        assert_eq!(announced, 65_535);
        // The number at the right edge is outside: an RST there is dropped, data is answered and not kept.
        pair.inject(End::A, opened.a, rst(1 + announced));
        assert_eq!(pair.lines(), "");
        pair.inject(End::A, opened.a, data(1 + announced, 1, "beyond"));
        assert_eq!(pair.take_wires().pop().map(|wire| wire.rule), Some("unacceptable-segment"));
        assert!(pair.stack(End::A).connection(opened.a).expect("open").held().is_empty());
        // The number before it is inside: a challenge.
        pair.inject(End::A, opened.a, rst(announced));
        assert_eq!(pair.take_wires().pop().map(|wire| wire.rule), Some("challenge-ack"));
    }
}

/// RFC 7323 section 2.3: a scaled window is rounded up, so that scaling takes back nothing that was announced.
#[test]
fn a_scaled_window_is_rounded_up() {
    let (mut pair, opened) = open(Profile::linux());
    for len in [1, 3, 5, 7, 9, 1_448, 11] {
        pair.write(End::A, opened.a, len);
        pair.run_for(secs(1));
        let ack = pair.take_wires().into_iter().rfind(|wire| wire.from == End::B).expect("an ACK");
        // Nothing is read: the edge stays where 262,144 octets end, in units of 8.
        let edge = ack.ack + (u32::from(ack.window) << 3);
        assert!((1 + 262_144..1 + 262_144 + 8).contains(&edge), "{edge}");
    }
}

/// The SYN,ACK, or SYN, of a peer of A that carries text.
fn syn_with_text(end: End, port: u16, flags: Flags, ack: SeqNum, text: &str) -> Segment {
    Segment {
        source: Endpoint::new(end.other().address().into(), 80),
        destination: Endpoint::new(end.address().into(), port),
        seq: SeqNum(9_000),
        ack,
        flags,
        window: 32_767,
        options: TcpOptions { max_segment_size: Some(1_460), ..TcpOptions::default() },
        payload: text.to_owned().into(),
    }
}

/// RFC 9293 section 3.10.7.3; FreeBSD's published scripts. Linux drops it (net/ipv4/tcp_input.c).
#[test]
fn text_in_the_syn_ack_is_kept_but_by_linux() {
    for (profile, kept) in [(Profile::textbook(), 3), (Profile::linux(), 0), (Profile::bsd(), 3)] {
        let mut pair = Pair::of(profile.clone());
        pair.cut();
        let socket = pair.connect().expect("a port is free");
        let port = pair.stack(End::A).connection(socket).expect("it exists").tuple().local.port;
        let flags = Flags::SYN | Flags::ACK;
        let iss = pair.first_number(End::A, socket);
        pair.take_wires();
        pair.inject_raw(End::A, &syn_with_text(End::A, port, flags, iss + 1, "abc"));
        assert_eq!(pair.state(End::A, socket), State::Established, "{}", profile.name);
        assert_eq!(pair.read(End::A, socket).len(), kept, "{}", profile.name);
        let acknowledged = pair.take_wires().pop().expect("an ACK").ack;
        assert_eq!(acknowledged, 9_001 + kept as u32, "{}", profile.name);
    }
}

/// The same for a SYN in SYN-SENT, where it waits for ESTABLISHED.
#[test]
fn text_in_the_syn_of_a_simultaneous_open_waits_for_established() {
    for (profile, kept) in [(Profile::textbook(), 3), (Profile::linux(), 0), (Profile::bsd(), 3)] {
        let mut pair = Pair::of(profile.clone());
        pair.cut();
        let socket = pair.connect().expect("a port is free");
        let port = pair.stack(End::A).connection(socket).expect("it exists").tuple().local.port;
        let iss = pair.first_number(End::A, socket);
        pair.inject_raw(End::A, &syn_with_text(End::A, port, Flags::SYN, SeqNum(0), "abc"));
        assert_eq!(pair.state(End::A, socket), State::SynReceived);
        assert_eq!(pair.receive(End::A, socket), Ok(Received::WouldBlock));
        let mut last = syn_with_text(End::A, port, Flags::ACK, iss + 1, "");
        last.seq = SeqNum(9_001);
        pair.inject_raw(End::A, &last);
        assert_eq!(pair.state(End::A, socket), State::Established, "{}", profile.name);
        assert_eq!(pair.read(End::A, socket).len(), kept, "{}", profile.name);
    }
}

/// RFC 9293 section 3.10.7.2: text in the SYN to a listening socket is queued. Linux and FreeBSD drop it.
#[test]
fn text_in_the_syn_to_a_listener_is_kept_by_the_textbook() {
    for (profile, kept) in [(Profile::textbook(), 3), (Profile::linux(), 0), (Profile::bsd(), 0)] {
        let mut pair = Pair::of(profile.clone());
        let listener = pair.listen(80, 8);
        pair.cut();
        let mut first = syn_with_text(End::B, 80, Flags::SYN, SeqNum(0), "abc");
        first.source.port = 5_000;
        pair.inject_raw(End::B, &first);
        let answer = pair.take_wires().pop().expect("a SYN,ACK");
        assert_eq!(answer.ack, 9_001, "the text is not acknowledged before ESTABLISHED");
        let ours = pair.stack(End::B).connections().next().map(|(socket, _)| socket).expect("half-open");
        let mut last = first.clone();
        (last.seq, last.ack, last.flags) = (SeqNum(9_001), pair.first_number(End::B, ours) + 1, Flags::ACK);
        last.payload = Default::default();
        pair.inject_raw(End::B, &last);
        let socket = pair.accept(listener).expect("established");
        assert_eq!(pair.read(End::B, socket).len(), kept, "{}", profile.name);
    }
}

/// RFC 9293 section 3.10.7.4 tells the user nothing; Linux (tcp_reset()) and FreeBSD report ECONNRESET.
#[test]
fn a_rst_while_closing_is_an_error_for_linux_and_freebsd() {
    for profile in profiles() {
        for state in [State::Closing, State::LastAck] {
            let mut subject = in_state(state, profile.clone());
            subject.pair.events_of(End::A);
            subject.pair.inject(End::A, subject.socket, rst(2));
            assert_eq!(subject.state(), State::Closed);
            let failed = SocketEvent::Failed(CallError::ConnectionReset);
            let expected = (profile.name != Profile::textbook().name).then_some(failed);
            assert_eq!(subject.pair.events_of(End::A).pop(), expected, "{} {state}", profile.name);
        }
    }
}

/// RFC 9293 section 3.10.7.4: a FIN in TIME-WAIT is acknowledged and the wait begins again, also at RCV.NXT.
#[test]
fn every_fin_in_time_wait_is_acknowledged_and_restarts_the_wait() {
    for profile in profiles() {
        for seq in [1, 2, 100] {
            let mut subject = in_state(State::TimeWait, profile.clone());
            subject.pair.run_for(secs(10));
            subject.pair.cut();
            assert_eq!(answer(&mut subject, fin(seq, 2)), an_ack(2, 2), "{} {seq}", profile.name);
            let from = subject.pair.now;
            subject.pair.run_to_rest();
            assert_eq!(subject.pair.now - from, profile.time_wait(), "{} {seq}", profile.name);
        }
    }
}

/// FreeBSD takes the ACK of a segment before RCV.NXT, Linux when it reaches RCV.NXT as last acknowledged; RFC 9293
/// section 3.10.7.4 drops the segment after answering it.
#[test]
fn the_ack_of_an_old_segment_ends_last_ack_where_it_counts() {
    for (profile, bare_ack, old_fin) in [
        (Profile::textbook(), State::LastAck, State::LastAck),
        (Profile::linux(), State::LastAck, State::Closed),
        (Profile::bsd(), State::Closed, State::Closed),
    ] {
        let name = profile.name;
        let mut subject = in_state(State::LastAck, profile.clone());
        subject.pair.inject(End::A, subject.socket, ack(1, 2));
        assert_eq!(subject.state(), bare_ack, "{name}: a bare ACK just before RCV.NXT");
        let mut subject = in_state(State::LastAck, profile);
        subject.pair.inject(End::A, subject.socket, fin(1, 2));
        assert_eq!(subject.state(), old_fin, "{name}: the FIN again, now with the ACK");
    }
}

/// FreeBSD's published scripts and tcp_output(): a quarter of the buffer. Linux, tcp_cleanup_rbuf(): twice the window.
#[test]
fn a_reader_that_frees_a_lot_announces_it() {
    for (profile, buffer, announces) in [
        (Profile::textbook(), 65_535, true),
        (Profile::bsd(), 65_536, true),
        // 33 KB of 64 are left to the peer: reading 31 KB does not double them.
        (Profile::linux(), 65_535, false),
    ] {
        let name = profile.name;
        let mut pair =
            Pair::new(profile.clone(), Profile { receive_buffer: buffer, ..profile }).with_delay(ms(5));
        let opened = pair.open();
        for _ in 0..11 {
            pair.write(End::A, opened.a, 2_900);
            pair.run_for(secs(1));
        }
        pair.take_wires();
        assert_eq!(pair.read(End::B, opened.b).len(), 31_900);
        let updates = pair.take_wires();
        assert_eq!(updates.len(), usize::from(announces), "{name}");
        assert!(updates.iter().all(|update| update.rule == "window-update"), "{name}");
    }
}

/// Linux, tcp_cleanup_rbuf(): a window that has become small is announced when it doubles.
#[test]
fn linux_announces_a_window_that_has_doubled() {
    let reader = Profile { receive_buffer: 65_535, ..Profile::linux() };
    let mut pair = Pair::new(Profile::linux(), reader).with_delay(ms(5));
    let opened = pair.open();
    for _ in 0..20 {
        pair.write(End::A, opened.a, 2_896);
        pair.run_for(secs(1));
    }
    pair.take_wires();
    // 7,615 octets are left: 5,000 more are not twice as many, 8,000 are.
    pair.receive_at_most(End::B, opened.b, 5_000).expect("data");
    assert_eq!(pair.lines(), "");
    pair.receive_at_most(End::B, opened.b, 3_000).expect("data");
    assert_eq!(pair.take_wires().pop().map(|wire| wire.rule), Some("window-update"));
}

/// Observed on Linux 6.18: a FIN waits for room in the congestion window like data.
#[test]
fn a_fin_waits_for_a_full_congestion_window() {
    for profile in profiles() {
        let mss = if profile.timestamps { 1_448 } else { 1_460 };
        let (mut pair, opened) = open(profile.clone());
        let window = profile.initial_window as usize * mss;
        pair.write(End::A, opened.a, window);
        pair.shutdown(End::A, opened.a).expect("open");
        let before: Vec<bool> = pair.take_wires().iter().map(|wire| wire.flags.is_fin()).collect();
        assert_eq!(before, vec![false; profile.initial_window as usize], "{}", profile.name);
        pair.run_for(secs(2));
        let fins = pair.take_wires().iter().filter(|wire| wire.flags.is_fin()).count();
        assert_eq!(fins, 1, "{}: it goes out with the first ACK", profile.name);
    }
}

/// Observed on Linux 6.18: nothing is sent for half-open connections; what still comes for them is answered by RST.
#[test]
fn closing_a_listener_forgets_half_open_connections() {
    for profile in profiles() {
        let mut pair = Pair::of(profile.clone());
        let listener = pair.listen(80, 8);
        let socket = pair.connect().expect("a port is free");
        pair.run_for(ms(50));
        pair.take_wires();
        pair.close(End::B, listener);
        assert_eq!(pair.lines(), "", "{}", profile.name);
        assert_eq!(pair.stack(End::B).connections().count(), 0);
        // A's ACK of the SYN,ACK meets no connection.
        pair.run_for(secs(1));
        let answers: Vec<&str> =
            pair.take_wires().iter().filter(|wire| wire.from == End::B).map(|wire| wire.rule).collect();
        assert_eq!(answers, ["no-connection"], "{}", profile.name);
        assert_eq!(pair.state(End::A, socket), State::Closed);
    }
}

/// RFC 2018 section 2: the SYN,ACK has SACK-permitted only if the SYN had it.
#[test]
fn the_answer_offers_sack_only_where_it_was_offered() {
    for profile in profiles() {
        for offered in [true, false] {
            let mut stack = playground_core::tcp::Stack::new(End::B.address().into(), profile.clone(), 1);
            stack.listen(80, 8).expect("free");
            let mut segment = syn(17);
            segment.source = Endpoint::new(End::A.address().into(), 5_000);
            segment.destination = Endpoint::new(End::B.address().into(), 80);
            segment.options.sack_permitted = offered;
            stack.handle_segment(playground_core::time::Instant::ZERO, &segment);
            let answers = stack.drain_outputs().filter_map(|(_, output)| match output {
                playground_core::tcp::Output::Segment { segment, .. } => Some(segment.options.sack_permitted),
                _ => None,
            });
            let answers: Vec<bool> = answers.collect();
            assert_eq!(answers, [offered && profile.sack_permitted], "{}", profile.name);
        }
    }
}

/// POSIX connect(): EADDRINUSE; Linux: EADDRNOTAVAIL.
#[test]
fn a_tuple_in_use_has_the_profiles_error() {
    for (profile, error) in [
        (Profile::textbook(), CallError::AddressInUse),
        (Profile::linux(), CallError::AddressNotAvailable),
        (Profile::bsd(), CallError::AddressInUse),
    ] {
        let mut pair = Pair::of(profile);
        pair.listen(80, 8);
        pair.connect_from(End::A, 5_000, 80).expect("free");
        assert_eq!(pair.connect_from(End::A, 5_000, 80), Err(error));
    }
}
