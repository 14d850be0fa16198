//! Time-outs. RFC 9293 section 3.10.8, RFC 6298 section 5.

use strum::VariantArray;

use super::{CallError, Connection, Notice, State, Timer, Trigger};
use crate::rule::Rule;
use crate::time::Instant;
use crate::wire::SeqNum;

impl Connection {
    /// Handles every timer that has expired by `now`.
    pub fn handle_timeout(&mut self, now: Instant) {
        for &timer in Timer::VARIANTS {
            if self.take_expired(timer, now) {
                let rule = match timer {
                    Timer::Retransmission => Rule::RetransmissionTimeout,
                    Timer::DelayedAck => Rule::DelayedAckTimer,
                    Timer::Persist => Rule::ZeroWindowProbe,
                    Timer::TimeWait => Rule::TimeWait,
                    Timer::FinWait2 => Rule::FinWait2Timeout,
                    Timer::Override => Rule::SillyWindow,
                    Timer::Keepalive => Rule::KeepaliveIdle,
                };
                self.note(Notice::TimerExpired { timer }, rule);
                self.expired(now, timer);
            }
        }
    }

    fn expired(&mut self, now: Instant, timer: Timer) {
        match timer {
            Timer::Retransmission => self.retransmission_timeout(now),
            Timer::DelayedAck => {
                // No answer came to carry the ACK: this is no dialogue. Linux.
                self.acks.dialogue = false;
                if self.acks.later {
                    self.send_ack(now, Rule::DelayedAckTimer);
                }
            }
            Timer::Persist => self.send_probe(now),
            Timer::TimeWait => self.set_state(Trigger::TimeWaitTimeout, Rule::TimeWait),
            Timer::FinWait2 => self.set_state(Trigger::FinWait2Timeout, Rule::FinWait2Timeout),
            Timer::Keepalive => self.keepalive_timeout(now),
            Timer::Override => {
                self.sending.override_due = true;
                self.output(now);
            }
        }
    }

    fn retransmission_timeout(&mut self, now: Instant) {
        match self.state() {
            State::SynSent => {
                if self.opening.syns_sent as usize > self.profile.syn_retransmissions.len() {
                    self.fail(self.too_late(), Trigger::UserTimeout, Rule::UserTimeout);
                } else {
                    self.send_syn(now, Rule::RetransmissionTimeout);
                }
                return;
            }
            State::SynReceived | State::FinWait1 if self.syn_is_outstanding() => {
                self.retransmission.retries += 1;
                if self.retransmission.retries > 5 {
                    self.closing.released |= self.opening.passive;
                    self.fail(self.too_late(), Trigger::UserTimeout, Rule::UserTimeout);
                } else {
                    self.retransmission.round_trip.back_off();
                    self.send_syn(now, Rule::RetransmissionTimeout);
                }
                return;
            }
            _ => {}
        }
        if self.send.is_all_acknowledged() {
            return;
        }
        self.retransmission.retries += 1;
        if self.retransmission.retries > self.profile.data_retries {
            self.fail(self.too_late(), Trigger::UserTimeout, Rule::UserTimeout);
            return;
        }
        let before = self.congestion_values();
        let flight = self.send.flight();
        self.congestion.on_timeout(flight, self.snd.nxt, self.retransmission.retries == 1);
        self.note_congestion(before, Rule::RetransmissionTimeout);
        // (5.5) Back off the timer, then (5.4) send the earliest again, and (5.6) start the timer.
        self.retransmission.round_trip.back_off();
        self.send.lose_all(Rule::RetransmissionTimeout);
        self.output(now);
    }

    /// The error of a peer that has not answered for too long: what a router said of it, if one did.
    pub(super) fn too_late(&self) -> CallError {
        self.errors.soft.unwrap_or(CallError::TimedOut)
    }

    /// A router says that a segment of this connection could not be delivered.
    ///
    /// It may be able to again: a connection goes on, and the user hears of it only when time is up. An opening
    /// ends where the profile says so.
    ///
    /// Simplified: network and host unreachable only; no node here sends another error about a segment.
    ///
    /// Source: RFC 9293 section 3.9.2.2, RFC 5461.
    pub(super) fn handle_unreachable(&mut self, seq: SeqNum, error: CallError) {
        // The quoted sequence number must be in flight, or the message may be forged. RFC 5927 section 4.1.
        if !self.snd.una.is_at_or_before(seq) || !seq.is_at_or_before(self.snd.nxt) {
            return;
        }
        if self.state() == State::SynSent && self.profile.unreachable_ends_opening {
            self.fail(error, Trigger::ReceiveUnreachable, Rule::UnreachableWhileOpening);
        } else {
            self.errors.soft = Some(error);
        }
    }
}
