//! TCP states as far as a program can tell them from its calls: when the kernel has an ACK of its FIN, it does not learn.

use playground_core::rule::Rule;
use playground_core::tcp::{CallError, Notice, SocketId, State, Trigger, transition};

use crate::live_host::LiveHost;

impl LiveHost<'_> {
    /// Moves a socket along the table's edge, where there is one.
    pub fn follow(&mut self, socket: SocketId, trigger: Trigger, rule: Rule) {
        let from = self.machine.states.get(&socket).copied().unwrap_or_default();
        let Some(edge) = transition(from, trigger) else { return };
        self.machine.states.insert(socket, edge.to);
        self.state(socket, Notice::StateChanged { from, to: edge.to, trigger }, rule);
    }

    /// Records what happened to a socket, with the states that follow from it.
    pub fn notice(&mut self, socket: SocketId, notice: Notice, rule: Rule) {
        if notice == Notice::Released {
            self.follow(socket, Trigger::Close, rule);
            self.machine.states.remove(&socket);
        }
        if matches!(notice, Notice::Opened { listener: Some(_), .. }) {
            self.machine.states.insert(socket, State::Listen);
        }
        let triggers = triggers(&notice);
        self.state(socket, notice, rule);
        for trigger in triggers {
            self.follow(socket, *trigger, rule);
        }
    }
}

/// What a notice tells of the state.
const fn triggers(notice: &Notice) -> &'static [Trigger] {
    match notice {
        Notice::Listening { .. } => &[Trigger::PassiveOpen],
        Notice::Opened { listener: None, .. } => &[Trigger::ActiveOpen],
        // It is accepted when the handshake is over.
        Notice::Opened { listener: Some(_), .. } => &[Trigger::ReceiveSyn, Trigger::ReceiveAckOfSyn],
        Notice::EndReceived { .. } => &[Trigger::ReceiveFin],
        Notice::Errored { error: CallError::ConnectionReset | CallError::ConnectionRefused } => {
            &[Trigger::ReceiveReset]
        }
        Notice::Errored { error: CallError::TimedOut } => &[Trigger::UserTimeout],
        Notice::Errored { error: CallError::HostUnreachable | CallError::NetworkUnreachable } => {
            &[Trigger::ReceiveUnreachable]
        }
        _ => &[],
    }
}
