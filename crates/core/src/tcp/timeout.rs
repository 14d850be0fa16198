//! Time-outs. RFC 9293 section 3.10.8, RFC 6298 section 5.

use super::{CallError, Connection, Notice, State, Timer, Trigger};
use crate::rule::Rule;
use crate::time::Instant;

impl Connection {
    /// Handles every timer that has expired by `now`.
    pub fn handle_timeout(&mut self, now: Instant) {
        for timer in Timer::ALL {
            if self.take_expired(timer, now) {
                let rule = match timer {
                    Timer::Retransmission => Rule::RetransmissionTimeout,
                    Timer::DelayedAck => Rule::DelayedAckTimer,
                    Timer::Persist => Rule::ZeroWindowProbe,
                    Timer::TimeWait => Rule::TimeWait,
                    Timer::FinWait2 => Rule::FinWait2Timeout,
                    Timer::Override => Rule::SillyWindow,
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
                if self.ack_later {
                    self.send_ack(now, Rule::DelayedAckTimer);
                }
            }
            Timer::Persist => self.send_probe(now),
            Timer::TimeWait => self.set_state(Trigger::TimeWaitTimeout, Rule::TimeWait),
            Timer::FinWait2 => self.set_state(Trigger::FinWait2Timeout, Rule::FinWait2Timeout),
            Timer::Override => {
                self.override_due = true;
                self.output(now);
            }
        }
    }

    fn retransmission_timeout(&mut self, now: Instant) {
        match self.state() {
            State::SynSent => {
                if self.syn_sent as usize > self.profile.syn_retransmissions.len() {
                    self.fail(CallError::TimedOut, Trigger::UserTimeout, Rule::UserTimeout);
                } else {
                    self.send_syn(now, Rule::RetransmissionTimeout);
                }
                return;
            }
            State::SynReceived | State::FinWait1 if self.syn_is_outstanding() => {
                self.retries += 1;
                if self.retries > 5 {
                    self.given_up |= self.listener.is_some();
                    self.fail(CallError::TimedOut, Trigger::UserTimeout, Rule::UserTimeout);
                } else {
                    self.rtt.back_off();
                    self.send_syn(now, Rule::RetransmissionTimeout);
                }
                return;
            }
            _ => {}
        }
        if self.send.sent.is_empty() {
            return;
        }
        self.retries += 1;
        if self.retries > self.profile.data_retries {
            self.fail(CallError::TimedOut, Trigger::UserTimeout, Rule::UserTimeout);
            return;
        }
        let before = self.congestion_values();
        let flight = self.send.flight();
        self.congestion.on_timeout(flight, self.snd_nxt, self.retries == 1);
        self.note_congestion(before, Rule::RetransmissionTimeout);
        // (5.5) Back off the timer, then (5.4) send the earliest again, and (5.6) start the timer.
        self.rtt.back_off();
        self.send.sent.iter_mut().for_each(|sent| sent.lost = true);
        self.output(now);
    }
}
