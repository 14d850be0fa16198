//! Ready-made connections: one in each state.

use playground_core::tcp::{Profile, SocketId, State};

use super::{End, Pair, ms};

/// A connection that has been brought to a state, and its peer.
pub struct Subject {
    /// Both stacks.
    pub pair: Pair,
    /// Where the connection under test lives.
    pub end: End,
    /// Its socket.
    pub socket: SocketId,
    /// Its peer's socket.
    pub peer: SocketId,
}

/// States that a connection can be brought to.
pub const STATES: [State; 9] = [
    State::SynSent,
    State::SynReceived,
    State::Established,
    State::FinWait1,
    State::FinWait2,
    State::CloseWait,
    State::Closing,
    State::LastAck,
    State::TimeWait,
];

/// Both ends open at the same time, from port 1000 to port 1000.
pub fn simultaneous_open(profile: Profile) -> Subject {
    let mut pair = Pair::of(profile);
    let socket = pair.connect_from(End::A, 1000, 1000).expect("free");
    let peer = pair.connect_from(End::B, 1000, 1000).expect("free");
    Subject { pair, end: End::A, socket, peer }
}

/// A connection of A in `state`; its user still holds the socket.
pub fn in_state(state: State, profile: Profile) -> Subject {
    if matches!(state, State::SynSent | State::SynReceived) {
        let mut subject = simultaneous_open(profile);
        if state == State::SynReceived {
            subject.pair.run_for(ms(50));
        }
        return subject.checked(state);
    }
    let mut pair = Pair::of(profile);
    let opened = pair.open();
    let mut subject = Subject { pair, end: End::A, socket: opened.a, peer: opened.b };
    let pair = &mut subject.pair;
    match state {
        State::FinWait1 => pair.shutdown(End::A, opened.a).expect("open"),
        State::FinWait2 | State::TimeWait => {
            pair.shutdown(End::A, opened.a).expect("open");
            pair.run_for(ms(300));
        }
        State::CloseWait | State::LastAck => {
            pair.shutdown(End::B, opened.b).expect("open");
            pair.run_for(ms(300));
        }
        State::Closing => {
            pair.shutdown(End::A, opened.a).expect("open");
            pair.shutdown(End::B, opened.b).expect("open");
            pair.run_for(ms(50));
        }
        _ => {}
    }
    match state {
        State::LastAck => pair.shutdown(End::A, opened.a).expect("open"),
        State::TimeWait => {
            pair.shutdown(End::B, opened.b).expect("open");
            pair.run_for(ms(50));
        }
        _ => {}
    }
    subject.checked(state)
}

impl Subject {
    fn checked(self, state: State) -> Self {
        assert_eq!(self.state(), state);
        self
    }

    /// The state of the connection under test.
    pub fn state(&self) -> State {
        self.pair.state(self.end, self.socket)
    }
}
