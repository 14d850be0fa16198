//! The transition table: the only door between states, and the source of the drawn state diagram.

use serde::{Deserialize, Serialize};

use super::State::{
    self, CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent,
    TimeWait,
};

/// The cause of a state transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// The user opens, naming the peer; a SYN is sent.
    ActiveOpen,
    /// The user opens, waiting for any peer.
    PassiveOpen,
    /// A SYN arrives; SYN,ACK is sent.
    ReceiveSyn,
    /// A SYN,ACK arrives; an ACK is sent.
    ReceiveSynAck,
    /// The ACK of our SYN arrives.
    ReceiveAckOfSyn,
    /// The user closes, or shuts down its output; a FIN is sent.
    Close,
    /// The peer's FIN arrives; an ACK is sent.
    ReceiveFin,
    /// The ACK of our FIN arrives.
    ReceiveAckOfFin,
    /// The peer's FIN arrives with the ACK of ours.
    ReceiveFinAndAckOfFin,
    /// The 2MSL timer expires.
    TimeWaitTimeout,
    /// A new SYN for the same 4-tuple ends the wait early.
    ReceiveNewSyn,
    /// An acceptable RST arrives.
    ReceiveReset,
    /// The user aborts, or closes with data unread, or data arrives after close; a RST is sent where the peer
    /// still needs one.
    SendReset,
    /// The peer has not answered for too long.
    UserTimeout,
    /// A router says that the peer cannot be reached.
    ReceiveUnreachable,
    /// FIN-WAIT-2 without a user has lasted too long.
    FinWait2Timeout,
    /// A capture has the state, but not what led to it: no edge of the table.
    NotCaptured,
}

/// One edge of the state diagram.
///
/// Source: RFC 9293 figure 5 and, for the edges it leaves out, the section named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// State before.
    pub from: State,
    /// The trigger.
    pub trigger: Trigger,
    /// State after.
    pub to: State,
    /// Section of RFC 9293 (or another document where it says so).
    pub section: &'static str,
}

const fn edge(from: State, trigger: Trigger, to: State, section: &'static str) -> Transition {
    Transition { from, trigger, to, section }
}

/// Every allowed change of state.
///
/// Simplified: the edge LISTEN -> SYN-SENT (SEND on a passive open) is left out: no socket interface
/// offers it. A listening socket stays in LISTEN; each SYN makes a new connection that starts there.
pub const TRANSITIONS: &[Transition] = &[
    // Opening.
    edge(Closed, Trigger::PassiveOpen, Listen, "3.10.1"),
    edge(Closed, Trigger::ActiveOpen, SynSent, "3.10.1"),
    edge(Listen, Trigger::ReceiveSyn, SynReceived, "3.10.7.2"),
    edge(Listen, Trigger::Close, Closed, "3.10.4"),
    edge(SynSent, Trigger::ReceiveSyn, SynReceived, "3.10.7.3"),
    edge(SynSent, Trigger::ReceiveSynAck, Established, "3.10.7.3"),
    edge(SynSent, Trigger::Close, Closed, "3.10.4"),
    edge(SynSent, Trigger::SendReset, Closed, "3.10.5"),
    edge(SynSent, Trigger::ReceiveReset, Closed, "3.10.7.3"),
    edge(SynSent, Trigger::UserTimeout, Closed, "3.8.3"),
    edge(SynSent, Trigger::ReceiveUnreachable, Closed, "RFC 5461 §4.1"),
    edge(SynReceived, Trigger::ReceiveAckOfSyn, Established, "3.10.7.4"),
    edge(SynReceived, Trigger::Close, FinWait1, "3.10.4"),
    edge(SynReceived, Trigger::ReceiveReset, Closed, "3.10.7.4"),
    edge(SynReceived, Trigger::SendReset, Closed, "3.10.5"),
    edge(SynReceived, Trigger::UserTimeout, Closed, "3.8.3"),
    // Closing, the side that closes first.
    edge(Established, Trigger::Close, FinWait1, "3.10.4"),
    edge(FinWait1, Trigger::ReceiveAckOfFin, FinWait2, "3.10.7.4"),
    edge(FinWait1, Trigger::ReceiveFin, Closing, "3.10.7.4"),
    edge(FinWait1, Trigger::ReceiveFinAndAckOfFin, TimeWait, "3.10.7.4"),
    edge(FinWait2, Trigger::ReceiveFin, TimeWait, "3.10.7.4"),
    edge(FinWait2, Trigger::FinWait2Timeout, Closed, "Linux tcp(7), tcp_fin_timeout"),
    edge(Closing, Trigger::ReceiveAckOfFin, TimeWait, "3.10.7.4"),
    edge(TimeWait, Trigger::TimeWaitTimeout, Closed, "3.10.8"),
    edge(TimeWait, Trigger::ReceiveNewSyn, Closed, "3.10.7.4"),
    // Closing, the other side.
    edge(Established, Trigger::ReceiveFin, CloseWait, "3.10.7.4"),
    edge(CloseWait, Trigger::Close, LastAck, "3.10.4"),
    edge(LastAck, Trigger::ReceiveAckOfFin, Closed, "3.10.7.4"),
    // The abrupt ends.
    edge(Established, Trigger::ReceiveReset, Closed, "3.10.7.4"),
    edge(Established, Trigger::SendReset, Closed, "3.10.5"),
    edge(Established, Trigger::UserTimeout, Closed, "3.8.3"),
    edge(FinWait1, Trigger::ReceiveReset, Closed, "3.10.7.4"),
    edge(FinWait1, Trigger::SendReset, Closed, "3.10.5"),
    edge(FinWait1, Trigger::UserTimeout, Closed, "3.8.3"),
    edge(FinWait2, Trigger::ReceiveReset, Closed, "3.10.7.4"),
    edge(FinWait2, Trigger::SendReset, Closed, "3.10.5"),
    edge(CloseWait, Trigger::ReceiveReset, Closed, "3.10.7.4"),
    edge(CloseWait, Trigger::SendReset, Closed, "3.10.5"),
    edge(CloseWait, Trigger::UserTimeout, Closed, "3.8.3"),
    edge(Closing, Trigger::ReceiveReset, Closed, "3.10.7.4"),
    edge(Closing, Trigger::SendReset, Closed, "3.10.5"),
    edge(Closing, Trigger::UserTimeout, Closed, "3.8.3"),
    edge(LastAck, Trigger::ReceiveReset, Closed, "3.10.7.4"),
    edge(LastAck, Trigger::SendReset, Closed, "3.10.5"),
    edge(LastAck, Trigger::UserTimeout, Closed, "3.8.3"),
    edge(TimeWait, Trigger::ReceiveReset, Closed, "3.10.7.4"),
];

/// The table's edge out of `from` on `trigger`; without one the state must not change.
pub fn transition(from: State, trigger: Trigger) -> Option<&'static Transition> {
    TRANSITIONS.iter().find(|edge| edge.from == from && edge.trigger == trigger)
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn a_state_and_a_trigger_lead_to_one_state() {
        for (index, edge) in TRANSITIONS.iter().enumerate() {
            for other in &TRANSITIONS[index + 1..] {
                assert!(
                    edge.from != other.from || edge.trigger != other.trigger,
                    "{} {:?} stands twice",
                    edge.from,
                    edge.trigger
                );
            }
        }
    }

    #[test]
    fn every_state_is_entered_and_left() {
        for &state in State::VARIANTS {
            assert!(TRANSITIONS.iter().any(|edge| edge.to == state), "{state} is never entered");
            assert!(TRANSITIONS.iter().any(|edge| edge.from == state), "{state} is never left");
        }
    }
}
