//! Stories of two TCP stacks, with segments injected where a peer would not send them.

use playground_core::node::{ManualSpec, RoleSpec};
use playground_core::tcp::{CallError, Profile, ProfileName, SocketId, State};
use playground_core::time::{Duration, Instant};
use playground_core::wire::Segment;

use crate::support::pair::Opened;
use crate::support::scenes::{chain, trace};
use crate::support::states::{in_state, simultaneous_open as both_open};
use crate::support::{End, Fate, Pair, ack, data, fin, ms, rst, secs, syn};
use crate::{Reasons, reasons, reasons_of_pair};

fn open(profile: Profile) -> (Pair, Opened) {
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    (pair, opened)
}

/// A connection in `state` gets a segment; numbers count from both SYNs.
fn injected(state: State, profile: Profile, segment: Segment) -> Reasons {
    let mut subject = in_state(state, profile);
    subject.pair.take_wires();
    subject.pair.notices.clear();
    subject.pair.inject(End::A, subject.socket, segment);
    reasons_of_pair(&subject.pair)
}

/// A writes ten segments of which those that begin at `lost` are lost, once each.
fn with_losses(profile: Profile, lost: &[u32]) -> Reasons {
    let (mut pair, opened) = open(Profile { initial_window: 10, ..profile });
    let mut lost = lost.to_vec();
    pair.fate(move |wire| match lost.iter().position(|seq| wire.len > 0 && wire.seq == *seq) {
        Some(index) => {
            lost.remove(index);
            Fate::Lost
        }
        None => Fate::Arrives,
    });
    pair.write(End::A, opened.a, 40_000);
    pair.run_for(secs(2));
    reasons_of_pair(&pair)
}

pub fn simultaneous_open() -> Reasons {
    let mut subject = both_open(Profile::textbook());
    subject.pair.run_for(ms(300));
    reasons_of_pair(&subject.pair)
}

/// Nobody accepts: the queue of one holds two.
pub fn backlog_full() -> Reasons {
    let mut pair = Pair::of(Profile::linux());
    pair.listen(80, 1);
    for _ in 0..4 {
        pair.connect().expect("a port is free");
    }
    pair.run_for(ms(200));
    reasons_of_pair(&pair)
}

/// A program binds a socket to the port that another one listens on.
pub fn port_taken() -> Reasons {
    let lines =
        ["a = socket()", "bind(a, 80)", "listen(a)", "b = socket()", "bind(b, 80)"].map(str::to_owned);
    let program = ManualSpec { program: lines.into(), from_us: Instant::ZERO, pause_us: Duration::ZERO };
    let roles = vec![("server", RoleSpec::Manual(program))];
    reasons(&trace(&chain(ProfileName::Linux, ms(50), roles)))
}

/// A close() that waits for the peer's ACK.
pub fn close_that_lingers() -> Reasons {
    let program = |lines: &[&str]| {
        let program = lines.iter().map(|line| (*line).to_owned()).collect();
        RoleSpec::Manual(ManualSpec { program, from_us: Instant::ZERO, pause_us: Duration::ZERO })
    };
    let client =
        ["s = socket()", "connect(s, server, 80)", "setsockopt(s, SO_LINGER, 60)", "write(s, \"hello\")"];
    let client = program(&[&client[..], &["close(s)"]].concat());
    let server = program(&["l = socket()", "bind(l, 80)", "listen(l)"]);
    reasons(&trace(&chain(ProfileName::Linux, ms(50), vec![("client", client), ("server", server)])))
}

pub fn partly_old_segment() -> Reasons {
    let (mut pair, opened) = open(Profile::bsd());
    pair.write(End::A, opened.a, 100);
    pair.run_for(secs(1));
    pair.inject(End::B, opened.b, data(51, 1, &"x".repeat(100)));
    reasons_of_pair(&pair)
}

pub fn ack_of_unsent_data() -> Reasons {
    injected(State::Established, Profile::textbook(), data(1, 500, "text"))
}

pub fn bad_ack_in_syn_sent() -> Reasons {
    injected(State::SynSent, Profile::textbook(), ack(1, 77))
}

pub fn two_losses_in_a_window() -> Reasons {
    with_losses(Profile::textbook(), &[1, 1 + 3 * 1_460])
}

pub fn limited_transmit() -> Reasons {
    with_losses(Profile { limited_transmit: true, ..Profile::textbook() }, &[1])
}

pub fn peer_gone() -> Reasons {
    let (mut pair, opened) = open(Profile::linux());
    pair.cut();
    pair.write(End::A, opened.a, 100);
    pair.run_to_rest();
    reasons_of_pair(&pair)
}

/// A's peer vanishes; A probes it.
pub fn keepalive() -> Reasons {
    let (mut pair, opened) = open(Profile::linux());
    pair.set_options(End::A, |stack, now| stack.set_keepalive(now, opened.a, true));
    pair.cut();
    pair.run_for(secs(10_000));
    reasons_of_pair(&pair)
}

pub fn unreachable_while_opening() -> Reasons {
    let mut pair = Pair::of(Profile::linux());
    let socket: SocketId = pair.connect().expect("a port is free");
    pair.cut();
    pair.unreachable(End::A, socket, 0, CallError::HostUnreachable);
    pair.run_for(secs(1));
    reasons_of_pair(&pair)
}

pub fn fin_in_time_wait() -> Reasons {
    injected(State::TimeWait, Profile::linux(), fin(2, 2))
}

pub fn ack_repeats_fin() -> Reasons {
    injected(State::FinWait1, Profile::bsd(), fin(1, 1))
}

pub fn listener_closed() -> Reasons {
    let mut pair = Pair::of(Profile::textbook());
    let listener = pair.listen(80, 5);
    pair.connect().expect("a port is free");
    pair.run_for(ms(50));
    pair.close(End::B, listener);
    reasons_of_pair(&pair)
}

pub fn reset_in_syn_received() -> Reasons {
    injected(State::SynReceived, Profile::textbook(), rst(1))
}

pub fn reset_inside_the_window() -> Reasons {
    injected(State::Established, Profile::linux(), rst(101))
}

pub fn syn_on_an_open_connection() -> Reasons {
    injected(State::Established, Profile::linux(), syn(101))
}
