//! Opening: the handshake, both sides at once, refusal, silence, ports and the backlog.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use expect_test::expect;
use playground_core::tcp::{CallError, Profile, Received, SocketEvent, State};
use playground_core::time::Duration;
use support::states::{in_state, simultaneous_open};
use support::{End, Fate, Pair, ack, bare_segment, data, ms, secs, syn};

#[test]
fn three_way_handshake() {
    let mut pair = Pair::of(Profile::textbook());
    let opened = pair.open();
    expect![[r#"
        0.000000 A > B [S] seq 0 len 0
        0.050000 B > A [S.] seq 0 ack 1 len 0
        0.100000 A > B [.] seq 1 ack 1 len 0
    "#]]
    .assert_eq(&pair.lines());
    assert_eq!(pair.state(End::A, opened.a), State::Established);
    assert_eq!(pair.state(End::B, opened.b), State::Established);
    assert_eq!(pair.events_of(End::A), [SocketEvent::Connected]);
    assert_eq!(pair.events_of(End::B), [SocketEvent::Acceptable]);
}

#[test]
fn simultaneous_open_needs_four_segments() {
    // RFC 9293 figure 7.
    for profile in [Profile::textbook(), Profile::linux(), Profile::bsd()] {
        let mut subject = simultaneous_open(profile);
        subject.pair.run_for(ms(300));
        expect![[r#"
            0.000000 A > B [S] seq 0 len 0
            0.000000 B > A [S] seq 0 len 0
            0.050000 B > A [S.] seq 0 ack 1 len 0
            0.050000 A > B [S.] seq 0 ack 1 len 0
        "#]]
        .assert_eq(&subject.pair.lines());
        assert_eq!(subject.state(), State::Established);
        assert_eq!(subject.pair.state(End::B, subject.peer), State::Established);
        assert_eq!(subject.pair.events_of(End::A), [SocketEvent::Connected]);
        assert_eq!(subject.pair.events_of(End::B), [SocketEvent::Connected]);
        // The window of a SYN,ACK is not scaled, so data may flow at once.
        subject.pair.write(End::A, subject.socket, 100);
        subject.pair.run_for(ms(300));
        assert_eq!(subject.pair.read(End::B, subject.peer).len(), 100);
    }
}

#[test]
fn a_refused_simultaneous_open_fails_the_connect_call() {
    let mut subject = in_state(State::SynReceived, Profile::textbook());
    subject.pair.inject(End::A, subject.socket, support::rst(1));
    assert_eq!(subject.pair.events_of(End::A), [SocketEvent::ConnectFailed(CallError::ConnectionRefused)]);
}

#[test]
fn a_port_without_a_listener_refuses() {
    let mut pair = Pair::of(Profile::textbook());
    let socket = pair.connect().expect("a port is free");
    pair.run_for(secs(1));
    expect![[r#"
        0.000000 A > B [S] seq 0 len 0
        0.050000 B > A [R.] seq 0 ack 1 len 0
    "#]]
    .assert_eq(&pair.lines());
    assert_eq!(pair.events_of(End::A), [SocketEvent::ConnectFailed(CallError::ConnectionRefused)]);
    // The error is told once, by the call that opened; then Linux 6.18 was seen to say these, again and again.
    for _ in 0..2 {
        assert_eq!(pair.receive(End::A, socket), Err(CallError::NotConnected));
        assert_eq!(pair.send(End::A, socket, b"x"), Err(CallError::BrokenPipe));
        assert_eq!(pair.shutdown(End::A, socket), Err(CallError::NotConnected));
    }
}

#[test]
fn an_unanswered_syn_is_repeated_by_each_profiles_schedule() {
    // Tenths of a second; the last is when the call gives up.
    for (profile, sent, gives_up) in [
        (Profile::textbook(), &[0, 10, 30, 70, 150, 310, 650][..], 1310),
        (Profile::linux(), &[0, 10, 20, 30, 41, 51, 71, 111, 193, 355, 695], 1350),
        (Profile::bsd(), &[0, 10, 32, 74, 156, 318, 640], 750),
    ] {
        let mut pair = Pair::of(profile);
        pair.cut();
        pair.connect().expect("a port is free");
        pair.run_to_rest();
        let times: Vec<u64> = pair.take_wires().iter().map(|wire| wire.at.as_micros() / 100_000).collect();
        assert_eq!(times, sent);
        assert_eq!(pair.now.as_micros() / 100_000, gives_up);
        assert_eq!(pair.events_of(End::A), [SocketEvent::ConnectFailed(CallError::TimedOut)]);
    }
}

#[test]
fn a_lost_syn_ack_is_sent_again_when_the_syn_comes_again() {
    let mut pair = Pair::of(Profile::textbook());
    let mut first = true;
    pair.fate(move |wire| match wire.from {
        End::B if std::mem::take(&mut first) => Fate::Lost,
        _ => Fate::Arrives,
    });
    pair.listen(80, 1);
    pair.connect().expect("a port is free");
    pair.run_for(secs(3));
    expect![[r#"
        0.000000 A > B [S] seq 0 len 0
        0.050000 B > A [S.] seq 0 ack 1 len 0
        1.000000 A > B [S] seq 0 len 0 again
        1.050000 B > A [S.] seq 0 ack 1 len 0 again
        1.100000 A > B [.] seq 1 ack 1 len 0
    "#]]
    .assert_eq(&pair.lines());
}

#[test]
fn after_a_lost_syn_data_begin_with_one_segment_and_three_seconds() {
    // RFC 5681 section 3.1; RFC 6298 section 5 (5.7). Linux forgives one loss.
    for (profile, lost, first_burst) in
        [(Profile::bsd(), 0, 10), (Profile::bsd(), 1, 1), (Profile::linux(), 1, 10), (Profile::linux(), 2, 1)]
    {
        let mut pair = Pair::of(profile);
        let mut losses = lost;
        pair.fate(move |_| {
            losses -= 1;
            if losses >= 0 { Fate::Lost } else { Fate::Arrives }
        });
        let listener = pair.listen(80, 1);
        let socket = pair.connect().expect("a port is free");
        pair.run_for(secs(4));
        pair.accept(listener).expect("open");
        pair.take_wires();
        pair.cut();
        pair.write(End::A, socket, 20_000);
        assert_eq!(pair.take_wires().len(), first_burst, "{lost} lost");
        let start = pair.now;
        pair.run_for(secs(4));
        let again = pair.take_wires().first().expect("sent again").at - start;
        assert_eq!(again >= secs(3), lost > 0, "RTO {again}");
    }
}

#[test]
fn ephemeral_ports_go_round_their_range() {
    for (profile, ports) in [
        (Profile { ephemeral_ports: (100, 103), ..Profile::textbook() }, [100, 101, 102, 103]),
        // Linux takes the even ones first.
        (Profile { ephemeral_ports: (100, 103), ..Profile::linux() }, [100, 102, 101, 103]),
    ] {
        let mut pair = Pair::of(profile);
        let mut taken = Vec::new();
        for _ in 0..4 {
            let socket = pair.connect().expect("a port is free");
            let connection = pair.stack(End::A).connection(socket).expect("it exists");
            taken.push(connection.tuple().local.port);
        }
        assert_eq!(taken, ports);
        // The range is used up; nothing is sent.
        pair.take_wires();
        assert_eq!(pair.connect(), Err(CallError::AddressNotAvailable));
        assert_eq!(pair.lines(), "");
        // Another peer's port makes another 4-tuple.
        assert!(pair.connect_to(81).is_ok());
    }
}

#[test]
fn a_4_tuple_exists_once() {
    let mut pair = Pair::of(Profile::textbook());
    pair.connect_from(End::A, 1000, 80).expect("free");
    assert_eq!(pair.connect_from(End::A, 1000, 80), Err(CallError::AddressInUse));
    assert!(pair.connect_from(End::A, 1000, 81).is_ok());
}

#[test]
fn a_backlog_of_one_completes_two_and_drops_later_syns_in_silence() {
    let mut pair = Pair::of(Profile::linux());
    let listener = pair.listen(80, 1);
    // All at once: the half-open ones count too.
    let sockets: Vec<_> = (0..4).map(|_| pair.connect().expect("a port is free")).collect();
    pair.run_for(ms(200));
    let open = |pair: &Pair| {
        sockets.iter().filter(|socket| pair.state(End::A, **socket) == State::Established).count()
    };
    assert_eq!(open(&pair), 2);
    assert!(pair.take_wires().iter().all(|wire| !wire.flags.is_rst()));
    // A place becomes free, and the SYN that comes again finds it.
    pair.accept(listener).expect("open");
    pair.run_for(secs(2));
    assert_eq!(open(&pair), 3);
}

#[test]
fn a_listener_that_closes_takes_its_connections_with_it() {
    let mut pair = Pair::of(Profile::textbook());
    let listener = pair.listen(80, 5);
    let finished = pair.connect().expect("a port is free");
    pair.run_for(ms(150));
    let half_open = pair.connect().expect("a port is free");
    pair.run_for(ms(50));
    pair.close(End::B, listener);
    pair.run_for(secs(5));
    assert_eq!(pair.state(End::A, finished), State::Closed);
    assert_eq!(pair.state(End::A, half_open), State::Closed);
    assert_eq!(pair.stack(End::B).connections().count(), 0);
    assert_eq!(pair.connect().map(|_| ()), Ok(()));
    pair.run_for(secs(1));
    assert!(pair.events_of(End::A).contains(&SocketEvent::ConnectFailed(CallError::ConnectionRefused)));
}

#[test]
fn what_a_listening_socket_answers() {
    use playground_core::wire::Flags;
    // RFC 9293 section 3.10.7.2: RST ignored, ACK gets a RST, no SYN ignored.
    for (segment, answer) in [
        (support::rst(5), ""),
        (ack(5, 7), "0.000000 B > A [R] seq 7 len 0\n"),
        (bare_segment(Flags::FIN, 5, 0), ""),
        (bare_segment(Flags::RST | Flags::SYN, 5, 0), ""),
        (bare_segment(Flags::SYN | Flags::ACK, 5, 7), "0.000000 B > A [R] seq 7 len 0\n"),
    ] {
        let mut pair = Pair::of(Profile::textbook());
        pair.listen(80, 5);
        pair.inject_at_port(End::B, 80, segment);
        assert_eq!(pair.lines(), answer);
    }
}

#[test]
fn what_a_closed_port_answers() {
    // RFC 9293 section 3.10.7.1.
    for (segment, answer) in [
        (support::rst(5), ""),
        (ack(5, 7), "0.000000 B > A [R] seq 7 len 0\n"),
        (syn(5), "0.000000 B > A [R.] seq 0 ack 6 len 0\n"),
        (data(5, 7, "abc"), "0.000000 B > A [R] seq 7 len 0\n"),
    ] {
        let mut pair = Pair::of(Profile::textbook());
        pair.inject_at_port(End::B, 80, segment);
        assert_eq!(pair.lines(), answer);
    }
}

#[test]
fn a_bad_ack_in_the_handshake_is_answered_by_rst() {
    // RFC 9293 section 3.5.2 and figure 9: an ACK of something never sent.
    for state in [State::SynSent, State::SynReceived] {
        let mut subject = in_state(state, Profile::textbook());
        subject.pair.take_wires();
        subject.pair.inject(End::A, subject.socket, ack(1, 77));
        let wires = subject.pair.take_wires();
        assert_eq!((wires.len(), wires[0].flags.is_rst(), wires[0].seq), (1, true, 77), "{state}");
        assert_eq!(subject.state(), state);
    }
}

#[test]
fn a_syn_without_an_mss_option_means_536() {
    let mut pair = Pair::of(Profile { initial_window: 4, ..Profile::textbook() });
    let socket = pair.connect().expect("a port is free");
    let answer = support::segments::bare(support::syn_ack_flags(), 300, 1);
    pair.inject(End::A, socket, answer);
    pair.take_wires();
    pair.write(End::A, socket, 2_000);
    let sizes: Vec<usize> = pair.take_wires().iter().map(|wire| wire.len).collect();
    assert_eq!(sizes, [536, 536, 536]);
}

#[test]
fn the_smaller_mss_counts_and_timestamps_take_their_part() {
    for (a, b, size) in [
        (Profile::textbook(), Profile::textbook(), 1460),
        (Profile::linux(), Profile::linux(), 1448),
        (Profile::linux(), Profile::textbook(), 1460),
        (Profile::textbook(), Profile { max_segment_size: 500, ..Profile::bsd() }, 500),
    ] {
        let mut pair = Pair::new(a, b);
        let opened = pair.open();
        pair.take_wires();
        pair.write(End::A, opened.a, 5_000);
        assert_eq!(pair.take_wires()[0].len, size);
    }
}

#[test]
fn time_wait_gives_way_to_a_new_syn_and_keeps_the_socket_for_its_user() {
    let mut subject = in_state(State::TimeWait, Profile::textbook());
    let tuple = subject.pair.stack(End::A).connection(subject.socket).expect("held").tuple();
    subject.pair.listen_at(End::A, tuple.local.port);
    subject.pair.take_wires();
    // An old number is only acknowledged; a higher one opens a new connection.
    subject.pair.inject(End::A, subject.socket, syn(1));
    assert_eq!(subject.state(), State::TimeWait);
    subject.pair.inject(End::A, subject.socket, syn(50_000));
    assert_eq!(subject.state(), State::Closed);
    let flags: Vec<String> = subject.pair.take_wires().iter().map(|wire| wire.flags.to_string()).collect();
    assert_eq!(flags, ["ACK", "SYN, ACK"]);
    assert_eq!(subject.pair.receive(End::A, subject.socket), Ok(Received::EndOfStream));
    assert_eq!(subject.pair.send(End::A, subject.socket, b"x"), Err(CallError::BrokenPipe));
    subject.pair.close(End::A, subject.socket);
}

#[test]
fn an_address_that_is_no_hosts_has_no_route() {
    for address in [[0, 0, 0, 0], [224, 0, 0, 1], [255, 255, 255, 255]] {
        let mut pair = Pair::of(Profile::textbook());
        assert_eq!(pair.connect_to_address(address), Err(CallError::NetworkUnreachable));
    }
    assert_eq!(Profile::textbook().time_wait(), Duration::from_secs(120));
}

#[test]
fn a_new_connection_of_the_same_4_tuple_has_higher_numbers() {
    // RFC 9293 section 3.4.1: otherwise its SYN would look old to a TIME-WAIT at the other side.
    let mut pair = Pair::of(Profile::textbook());
    let mut last = None;
    for _ in 0..50 {
        let socket = pair.connect_from(End::A, 1000, 80).expect("free");
        let iss = pair.first_number(End::A, socket);
        if let Some(last) = last {
            assert!(iss.is_after(last));
        }
        last = Some(iss);
        pair.abort(End::A, socket);
        pair.run_for(ms(1));
    }
}
