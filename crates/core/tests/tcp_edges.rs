//! Every edge of the transition table is walked, each by the shortest story that leads along it.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::tcp::{CallError, Profile, State, TRANSITIONS, Transition, Trigger};
use support::states::{Subject, in_state, simultaneous_open};
use support::{End, Fate, Pair, data, ms, rst, secs, syn};

/// Goes to the edge's first state and lets its trigger happen.
fn walk(edge: &Transition) -> Pair {
    match (edge.from, edge.trigger) {
        (State::Closed | State::Listen, _) => open_or_listen(edge.trigger),
        (State::SynSent, Trigger::ReceiveSynAck) => {
            let mut pair = Pair::of(Profile::textbook());
            pair.open();
            pair
        }
        (State::SynSent, Trigger::ReceiveReset) => {
            let mut pair = Pair::of(Profile::textbook());
            pair.connect().expect("a port is free");
            pair.run_for(ms(100));
            pair
        }
        (State::SynSent, Trigger::ReceiveUnreachable) => {
            let mut subject = in_state(State::SynSent, Profile::linux());
            subject.pair.unreachable(subject.end, subject.socket, 0, CallError::HostUnreachable);
            subject.pair
        }
        (State::FinWait1, Trigger::ReceiveFinAndAckOfFin) => {
            let mut subject = in_state(State::Established, Profile::textbook());
            // Nobody answers the FIN until the peer closes too; then one segment does both.
            subject.pair.cut();
            subject.pair.shutdown(End::A, subject.socket).expect("open");
            subject.pair.inject(End::A, subject.socket, support::fin(1, 2));
            subject.pair
        }
        (State::TimeWait, Trigger::ReceiveNewSyn) => {
            let mut subject = in_state(State::TimeWait, Profile::textbook());
            let port =
                subject.pair.stack(End::A).connection(subject.socket).expect("held").tuple().local.port;
            subject.pair.listen_at(End::A, port);
            subject.pair.inject(End::A, subject.socket, syn(1_000));
            subject.pair
        }
        (from, trigger) => {
            let mut subject = match (from, trigger) {
                (State::SynSent, Trigger::ReceiveSyn) => simultaneous_open(Profile::textbook()),
                _ => in_state(from, Profile::textbook()),
            };
            pull(&mut subject, trigger);
            subject.pair
        }
    }
}

fn open_or_listen(trigger: Trigger) -> Pair {
    let mut pair = Pair::of(Profile::textbook());
    let listener = pair.listen(80, 0);
    match trigger {
        Trigger::Close => pair.close(End::B, listener),
        Trigger::PassiveOpen => {}
        _ => {
            pair.connect().expect("a port is free");
            pair.run_for(ms(50));
        }
    }
    pair
}

/// What makes each trigger happen, whatever the state.
fn pull(subject: &mut Subject, trigger: Trigger) {
    let (end, socket, peer) = (subject.end, subject.socket, subject.peer);
    let state = subject.state();
    let pair = &mut subject.pair;
    match trigger {
        Trigger::ReceiveSyn | Trigger::ReceiveAckOfSyn | Trigger::ReceiveAckOfFin => pair.run_for(ms(100)),
        Trigger::Close if state == State::Established => pair.shutdown(end, socket).expect("open"),
        Trigger::Close => pair.close(end, socket),
        Trigger::ReceiveFin => {
            pair.shutdown(end.other(), peer).expect("open");
            pair.run_for(ms(50));
        }
        Trigger::ReceiveReset => {
            // Whatever of the two ways numbers count by now, the RST stands at RCV.NXT.
            let next =
                if matches!(state, State::CloseWait | State::Closing | State::LastAck | State::TimeWait) {
                    2
                } else {
                    1
                };
            pair.inject(end, socket, rst(next));
        }
        Trigger::SendReset if state == State::FinWait2 => {
            pair.close(end, socket);
            pair.inject(end, socket, data(1, 2, "too late"));
        }
        Trigger::SendReset => pair.abort(end, socket),
        Trigger::UserTimeout => {
            pair.cut();
            if matches!(state, State::Established | State::CloseWait) {
                pair.write(end, socket, 10);
            }
            pair.run_for(secs(1_000));
        }
        Trigger::FinWait2Timeout => {
            pair.close(end, socket);
            pair.run_for(secs(1_000));
        }
        Trigger::TimeWaitTimeout => pair.run_for(secs(240)),
        other => panic!("no story for {other:?} in {state}"),
    }
}

#[test]
fn every_edge_of_the_table_is_walked() {
    let mut missing = Vec::new();
    for edge in TRANSITIONS {
        let walked = walk(edge).edges();
        if !walked.contains(&edge) {
            missing.push(format!("{} --{:?}--> {} ({})", edge.from, edge.trigger, edge.to, edge.section));
        }
    }
    assert!(missing.is_empty(), "never walked:\n{}", missing.join("\n"));
}

#[test]
fn closing_in_syn_received_sends_the_fin_at_once_and_both_are_acknowledged_together() {
    let mut subject = in_state(State::SynReceived, Profile::textbook());
    subject.pair.close(End::A, subject.socket);
    assert_eq!(subject.state(), State::FinWait1);
    subject.pair.run_for(secs(1));
    assert_eq!(subject.state(), State::FinWait2);
    assert_eq!(subject.pair.state(End::B, subject.peer), State::CloseWait);
    subject.pair.close(End::B, subject.peer);
    subject.pair.run_to_rest();
    assert_eq!(subject.state(), State::Closed);
}

#[test]
fn closing_in_syn_received_survives_the_loss_of_both() {
    let mut subject = in_state(State::SynReceived, Profile::linux());
    let mut losses = 3;
    subject.pair.fate(move |wire| {
        losses -= i32::from(wire.from == End::A && losses > 0);
        if wire.from == End::A && losses > 0 { Fate::Lost } else { Fate::Arrives }
    });
    subject.pair.close(End::A, subject.socket);
    subject.pair.run_for(secs(10));
    assert_eq!(subject.state(), State::FinWait2);
    assert_eq!(subject.pair.state(End::B, subject.peer), State::CloseWait);
}
