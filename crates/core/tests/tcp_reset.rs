//! RST: its effect in each state, which ones are accepted, and the unread octets.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::{CallError, Profile, Received, ResetCheck, SocketEvent, State};
use playground_core::wire::Flags;
use support::states::{STATES, in_state};
use support::{End, Pair, ack, bare_segment, data, ms, rst, secs, syn};

/// RCV.NXT of the connection under test, relative to its peer's SYN.
fn rcv_nxt(state: State) -> u32 {
    match state {
        State::CloseWait | State::Closing | State::LastAck | State::TimeWait => 2,
        _ => 1,
    }
}

fn profiles() -> [Profile; 3] {
    [Profile::textbook(), Profile::linux(), Profile::bsd()]
}

#[test]
fn a_rst_at_rcv_nxt_ends_the_connection_in_every_state() {
    for profile in profiles() {
        // RFC 9293 section 3.10.7.4 tells the user nothing in CLOSING and LAST-ACK; Linux and FreeBSD do.
        let fails_while_closing =
            profile.reset_while_closing_fails.then_some(SocketEvent::Failed(CallError::ConnectionReset));
        for (state, event) in [
            (State::SynReceived, Some(SocketEvent::ConnectFailed(CallError::ConnectionRefused))),
            (State::Established, Some(SocketEvent::Failed(CallError::ConnectionReset))),
            (State::FinWait1, Some(SocketEvent::Failed(CallError::ConnectionReset))),
            (State::FinWait2, Some(SocketEvent::Failed(CallError::ConnectionReset))),
            (State::CloseWait, Some(SocketEvent::Failed(CallError::ConnectionReset))),
            (State::Closing, fails_while_closing.clone()),
            (State::LastAck, fails_while_closing),
            (State::TimeWait, None),
        ] {
            if state == State::TimeWait && !profile.reset_ends_time_wait {
                continue;
            }
            let mut subject = in_state(state, profile.clone());
            subject.pair.events_of(End::A);
            subject.pair.take_wires();
            subject.pair.inject(End::A, subject.socket, rst(rcv_nxt(state)));
            assert_eq!(subject.state(), State::Closed, "{} {state}", profile.name);
            assert_eq!(subject.pair.lines(), "", "a RST is never answered");
            assert_eq!(subject.pair.events_of(End::A).pop(), event, "{} {state}", profile.name);
        }
    }
}

#[test]
fn in_syn_sent_only_a_rst_that_acknowledges_the_syn_counts() {
    for (segment, state) in [
        (rst(0), State::SynSent),
        (bare_segment(Flags::RST | Flags::ACK, 0, 2), State::SynSent),
        (bare_segment(Flags::RST | Flags::ACK, 0, 0), State::SynSent),
        (bare_segment(Flags::RST | Flags::ACK, 0, 1), State::Closed),
    ] {
        let mut subject = in_state(State::SynSent, Profile::linux());
        subject.pair.take_wires();
        subject.pair.inject(End::A, subject.socket, segment);
        assert_eq!(subject.state(), state);
        assert_eq!(subject.pair.lines(), "");
    }
}

#[test]
fn a_rst_elsewhere_in_the_window_is_accepted_or_challenged() {
    // RFC 9293 section 3.10.7.4, RFC 5961 section 3.2.
    for profile in profiles() {
        let exact = profile.reset_check == ResetCheck::Exact;
        for state in STATES.into_iter().filter(|state| *state != State::SynSent) {
            let mut subject = in_state(state, profile.clone());
            subject.pair.take_wires();
            subject.pair.inject(End::A, subject.socket, rst(rcv_nxt(state) + 100));
            let answer = subject.pair.take_wires();
            if state == State::TimeWait && !profile.reset_ends_time_wait {
                assert_eq!((subject.state(), answer.len()), (state, 0), "RFC 1337: no RST counts");
            } else if exact {
                assert_eq!(subject.state(), state);
                assert_eq!((answer.len(), answer[0].rule), (1, "challenge-ack"));
            } else {
                assert_eq!((subject.state(), answer.len()), (State::Closed, 0));
            }
        }
    }
}

#[test]
fn a_rst_outside_the_window_is_dropped_in_silence() {
    for profile in profiles() {
        for state in STATES.into_iter().filter(|state| *state != State::SynSent) {
            for seq in [0, 20_000_000] {
                let mut subject = in_state(state, profile.clone());
                subject.pair.take_wires();
                subject.pair.inject(End::A, subject.socket, rst(seq));
                assert_eq!((subject.state(), subject.pair.lines()), (state, String::new()));
            }
        }
    }
}

#[test]
fn the_challenge_is_answered_by_a_rst_that_fits() {
    // The peer really is gone: a segment before its RST was lost, and what it had sent is lost with it.
    let mut pair = Pair::of(Profile::linux());
    let opened = pair.open();
    pair.write(End::A, opened.a, 22);
    pair.run_for(secs(1));
    pair.fate(|wire| if wire.len > 0 { support::Fate::Lost } else { support::Fate::Arrives });
    pair.write(End::B, opened.b, 100);
    pair.take_wires();
    pair.close(End::B, opened.b);
    pair.run_for(secs(1));
    let flags: Vec<String> =
        pair.take_wires().iter().map(|wire| format!("{:?} {} {}", wire.from, wire.flags, wire.seq)).collect();
    assert_eq!(flags, ["B RST, ACK 101", "A ACK 23", "B RST 1"]);
    assert_eq!(pair.receive(End::A, opened.a), Err(CallError::ConnectionReset));
}

#[test]
fn a_syn_on_an_open_connection_is_challenged() {
    // RFC 5961 section 4.2: whatever its number.
    for state in [State::Established, State::FinWait1, State::FinWait2, State::CloseWait, State::LastAck] {
        for seq in [0, rcv_nxt(state), rcv_nxt(state) + 100, 20_000_000] {
            let mut subject = in_state(state, Profile::linux());
            subject.pair.take_wires();
            subject.pair.inject(End::A, subject.socket, syn(seq));
            let answer = subject.pair.take_wires();
            assert_eq!(subject.state(), state);
            assert_eq!((answer.len(), answer[0].flags), (1, Flags::ACK), "{state} {seq}");
        }
    }
}

#[test]
fn an_ack_of_something_never_sent_is_answered_and_its_text_is_not_taken() {
    for state in [State::Established, State::FinWait1, State::FinWait2] {
        let mut subject = in_state(state, Profile::textbook());
        subject.pair.take_wires();
        subject.pair.inject(End::A, subject.socket, data(1, 500, "forged"));
        assert_eq!(subject.pair.take_wires()[0].rule, "ack-of-unsent");
        assert_eq!(subject.pair.receive(End::A, subject.socket), Ok(Received::WouldBlock));
    }
}

#[test]
fn an_ack_older_than_any_that_can_be_under_way_is_challenged() {
    // RFC 5961 section 5.2, for those that follow it.
    for (profile, taken) in [(Profile::textbook(), true), (Profile::linux(), false), (Profile::bsd(), false)]
    {
        let mut subject = in_state(State::Established, profile);
        subject.pair.take_wires();
        subject.pair.inject(End::A, subject.socket, data(1, 0u32.wrapping_sub(30_000_000), "forged"));
        let took = subject.pair.receive(End::A, subject.socket) != Ok(Received::WouldBlock);
        assert_eq!(took, taken);
        assert_eq!(subject.pair.take_wires().iter().any(|wire| wire.rule == "challenge-ack"), !taken);
    }
}

#[test]
fn segments_out_of_the_window_are_answered_with_what_is_expected() {
    for state in STATES.into_iter().filter(|state| !matches!(state, State::SynSent)) {
        let mut subject = in_state(state, Profile::linux());
        subject.pair.take_wires();
        subject.pair.inject(End::A, subject.socket, ack(20_000_000, 1));
        let answer = subject.pair.take_wires();
        assert_eq!(
            (answer.len(), answer[0].flags, answer[0].ack),
            (1, Flags::ACK, rcv_nxt(state)),
            "{state}"
        );
    }
}

/// B sends 100 octets (and closes its output), A leaves them unread, B is reset away.
fn reset_with_unread(profile: Profile, closes: bool) -> (Pair, playground_core::tcp::SocketId) {
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    pair.write(End::B, opened.b, 100);
    if closes {
        pair.shutdown(End::B, opened.b).expect("open");
    }
    pair.run_for(secs(1));
    pair.inject(End::A, opened.a, rst(if closes { 102 } else { 101 }));
    (pair, opened.a)
}

#[test]
fn what_recv_says_after_a_rst_by_profile() {
    use CallError::{BrokenPipe, ConnectionReset};
    // profile, in CLOSE-WAIT, unread octets that survive, the error of recv after them
    for (profile, closes, survive, error) in [
        (Profile::textbook(), false, 0, Some(ConnectionReset)),
        (Profile::textbook(), true, 0, Some(ConnectionReset)),
        (Profile::linux(), false, 100, Some(ConnectionReset)),
        (Profile::linux(), true, 100, None),
        (Profile::bsd(), false, 100, Some(ConnectionReset)),
        (Profile::bsd(), true, 100, Some(ConnectionReset)),
    ] {
        let case = format!("{} {closes}", profile.name);
        let (mut pair, socket) = reset_with_unread(profile, closes);
        assert_eq!(pair.read_some(End::A, socket), survive, "{case}");
        if let Some(error) = error {
            assert_eq!(pair.receive(End::A, socket), Err(error), "{case}");
        }
        // The error is told once; then the end.
        assert_eq!(pair.receive(End::A, socket), Ok(Received::EndOfStream), "{case}");
        assert_eq!(pair.send(End::A, socket, b"x"), Err(BrokenPipe), "{case}");
    }
}

#[test]
fn a_failing_send_consumes_the_error_and_the_unread_octets_stay() {
    // Linux: ECONNRESET, then EPIPE; recv then gives the data and the end.
    let (mut pair, socket) = reset_with_unread(Profile::linux(), false);
    assert_eq!(pair.send(End::A, socket, b"x"), Err(CallError::ConnectionReset));
    assert_eq!(pair.send(End::A, socket, b"x"), Err(CallError::BrokenPipe));
    assert_eq!(pair.read_some(End::A, socket), 100);
    assert_eq!(pair.receive(End::A, socket), Ok(Received::EndOfStream));
}

#[test]
fn a_rst_throws_the_send_queue_away() {
    for profile in profiles() {
        let mut pair = Pair::of(profile);
        let opened = pair.open();
        pair.cut();
        pair.write(End::A, opened.a, 30_000);
        pair.inject(End::A, opened.a, rst(1));
        let discarded = pair.world.nodes[0].sockets[&opened.a].discarded_unsent.clone();
        assert_eq!((discarded.len(), discarded.first()), (1, Some(&(0..30_000))));
        pair.run_for(ms(100));
    }
}

#[test]
fn a_half_open_connection_is_discovered_by_its_next_data() {
    // RFC 9293 section 3.5.1, figure 10: B has forgotten everything.
    let mut pair = Pair::of(Profile::textbook());
    let opened = pair.open();
    pair.forget(End::B);
    pair.write(End::A, opened.a, 10);
    pair.run_for(secs(1));
    assert_eq!(pair.state(End::A, opened.a), State::Closed);
    assert_eq!(pair.receive(End::A, opened.a), Err(CallError::ConnectionReset));
}

#[test]
fn a_late_segment_is_refused_because_its_connection_is_gone() {
    // RFC 9293 section 3.5.2: no handshake went wrong, and somebody does listen on the port.
    let mut pair = Pair::of(Profile::linux());
    let opened = pair.open();
    pair.take_wires();
    pair.abort(End::B, opened.b);
    // On its way when the RST is.
    pair.write(End::A, opened.a, 4);
    pair.run_for(secs(1));
    let resets: Vec<_> = pair.wires.iter().filter(|wire| wire.flags.is_rst()).map(|wire| wire.rule).collect();
    assert_eq!(resets, ["abort-call", "no-connection"]);
}
