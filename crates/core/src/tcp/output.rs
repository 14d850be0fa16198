//! Sending: which segments may be sent now, and with which flags.

use bytes::Bytes;

use super::send_buffer::SentSegment;
use super::{Connection, CutSegment, Notice, Probe, State, Timer, Trigger};
use crate::rule::Rule;
use crate::time::{Duration, Instant};
use crate::wire::{Flags, TcpOptions, Timestamps};

/// How long the sender's silly-window override waits. RFC 9293 section 3.8.6.2.1: 0.1 to 1.0 s.
const OVERRIDE: Duration = Duration::from_millis(500);

impl Connection {
    /// Sends a SYN, or SYN,ACK in SYN-RECEIVED, with this side's options.
    pub(super) fn send_syn(&mut self, now: Instant, rule: Rule) {
        let answering = self.state() != State::SynSent;
        let flags = if answering { Flags::SYN | Flags::ACK } else { Flags::SYN };
        let offers_scale = if answering {
            self.options.own_shift > 0 || self.options.peer_shift > 0
        } else {
            self.profile.window_scaling
        };
        let offers_time = if answering { self.options.timestamps } else { self.profile.timestamps };
        let mut segment = self.segment(now, self.snd.iss, flags, Bytes::new());
        segment.options = TcpOptions {
            max_segment_size: Some(self.profile.max_segment_size),
            window_scale: offers_scale.then(|| self.profile.window_shift()),
            // RFC 2018 section 2: an answer has it only if it was offered.
            sack_permitted: if answering { self.options.sack } else { self.profile.sack_permitted },
            timestamps: offers_time.then(|| Timestamps {
                value: self.clock(now),
                echo: if answering { self.options.recent_timestamp } else { 0 },
            }),
        };
        let retransmission = self.opening.syns_sent > 0;
        self.opening.syn_sent_at = (!retransmission).then_some(now);
        if self.send.is_all_acknowledged() {
            self.snd.nxt = self.snd.iss + 1;
        }
        self.send_segment(segment, rule, retransmission);
        let due = match (answering, self.profile.syn_retransmissions.get(self.opening.syns_sent as usize)) {
            (true, _) => now + self.rto(),
            (false, Some(after)) => self.opening.opened_at + *after,
            (false, None) => self.opening.opened_at + self.profile.syn_timeout,
        };
        self.opening.syns_sent += 1;
        self.set_timer(Timer::Retransmission, due, Rule::RetransmissionTimer);
    }

    /// Sends everything that may be sent now; an ACK that is due rides on data or goes alone.
    ///
    /// Source: RFC 9293 section 3.8, RFC 5681, and section 3.8.6.2.1 for small segments.
    pub(super) fn output(&mut self, now: Instant) {
        if matches!(
            self.state(),
            State::Established | State::CloseWait | State::FinWait1 | State::Closing | State::LastAck
        ) {
            self.resend_lost(now);
            self.restart_if_idle(now);
            let mut burst = 0;
            while self.send_new(now, burst) {
                burst += 1;
            }
        }
        if let Some(rule) = self.acks.now {
            self.send_ack(now, rule);
        } else if self.acks.later && self.timer(Timer::DelayedAck).is_none() {
            self.set_timer(Timer::DelayedAck, self.delayed_ack_due(now), Rule::DelayedAck);
        } else if !self.acks.later {
            self.stop_timer(Timer::DelayedAck, Rule::Piggyback);
        }
    }

    /// When a waiting ACK is due: a connection without any data so far knows no interval yet and takes the next tick.
    fn delayed_ack_due(&self, now: Instant) -> Instant {
        let tick = self.profile.tick.as_micros();
        if self.acks.last_data_at.is_some() || tick == 0 {
            return now + self.profile.delayed_ack;
        }
        Instant::from_micros((now.as_micros() / tick + 1) * tick)
    }

    pub(super) fn send_ack(&mut self, now: Instant, rule: Rule) {
        let is_challenge = matches!(rule, Rule::ChallengeAck | Rule::SynInWindow);
        if self.profile.repeats_fin && self.closing.fin_sent && !self.closing.fin_acked && !is_challenge {
            let fin = self.segment(now, self.snd.nxt - 1, Flags::FIN | Flags::ACK, Bytes::new());
            self.send_segment(fin, Rule::AckRepeatsFin, true);
            self.stop_timer(Timer::DelayedAck, rule);
            return;
        }
        // The octet of a probe lies beyond the window: an ACK behind it would not be heard. FreeBSD does the same.
        let seq = if self.sending.probing { self.snd.una } else { self.snd.nxt };
        let segment = self.segment(now, seq, Flags::ACK, Bytes::new());
        self.send_segment(segment, rule, false);
        self.stop_timer(Timer::DelayedAck, rule);
    }

    /// Retransmits segments that are marked lost, oldest first, as far as the congestion window allows.
    fn resend_lost(&mut self, now: Instant) {
        while let Some((index, len, rule)) = self.send.first_lost() {
            let flight = self.send.flight();
            if flight > 0 && flight + len > self.congestion.window {
                return;
            }
            self.resend(now, index, rule);
        }
    }

    /// Sends one segment of the retransmission queue again.
    pub(super) fn resend(&mut self, now: Instant, index: usize, rule: Rule) {
        let Some((range, fin)) = self.send.send_again(index, now) else { return };
        self.send_data(now, range, fin, rule, true);
        if self.timer(Timer::Retransmission).is_none() && !self.sending.probing {
            let rto = self.rto();
            self.set_timer(Timer::Retransmission, now + rto, Rule::RetransmissionTimer);
        }
    }

    fn send_data(&mut self, now: Instant, range: core::ops::Range<u64>, fin: bool, rule: Rule, again: bool) {
        let payload = self.send.slice(range.clone());
        let mut flags = Flags::ACK;
        if !payload.is_empty() && range.end == self.send.end() {
            flags |= Flags::PSH;
        }
        if fin {
            flags |= Flags::FIN;
        }
        let seq = self.seq_of(range.start);
        let carried_ack = self.acks.later || self.acks.now.is_some();
        let segment = self.segment(now, seq, flags, payload);
        self.retransmission.last_sent_at = Some(now);
        self.send_segment(segment, rule, again);
        if carried_ack {
            self.stop_timer(Timer::DelayedAck, Rule::Piggyback);
        }
        // Linux: answering soon after receiving marks a dialogue, and ACKs wait for the next answer.
        if self.acks.last_data_at.is_some_and(|at| now.since(at) < self.profile.delayed_ack) {
            self.acks.dialogue = true;
        }
    }

    /// (RFC 5681 section 4.1) After an idle RTO the window shrinks.
    fn restart_if_idle(&mut self, now: Instant) {
        if !self.send.is_all_acknowledged() || self.send.next() == self.send.end() {
            return;
        }
        let (idle, timeout) = (self.retransmission.last_sent_at.map(|at| now.since(at)), self.rto());
        if let Some(idle) = idle.filter(|idle| *idle > timeout) {
            let before = self.congestion_values();
            self.congestion.restart(&self.profile, idle, timeout);
            self.note_congestion(before, Rule::RestartAfterIdle);
        }
    }

    /// Sends one new segment if every rule allows it, behind `burst` others that have just gone out.
    ///
    /// Returns whether one was sent and another may follow.
    fn send_new(&mut self, now: Instant, burst: u32) -> bool {
        let next = self.send.next();
        let unsent = self.send.end() - next;
        if unsent == 0 {
            if self.closing.fin_queued && !self.closing.fin_sent {
                return self.send_fin_alone(now, next);
            }
            self.sending.held_by = None;
            return false;
        }
        let outstanding = self.snd.nxt.offset_from(self.snd.una).max(0) as u32;
        let usable = self.snd.wnd.saturating_sub(outstanding);
        let len = (self.options.mss as u64).min(unsent) as u32;
        if usable == 0 {
            self.hold(Rule::WindowLimits, unsent);
            if self.send.is_all_acknowledged() && self.timer(Timer::Persist).is_none() {
                let rto = self.rto();
                self.set_timer(Timer::Persist, now + rto, Rule::ZeroWindowProbe);
            }
            return false;
        }
        let len = len.min(usable);
        let flight = self.send.flight();
        let allowed = self.congestion.window.saturating_add(self.congestion.limited_transmit(&self.profile));
        if flight > 0 && flight + len > allowed {
            self.hold(Rule::WindowLimits, unsent);
            return false;
        }
        // Section 3.8.6.2.1: a full segment; or all there is, and nothing outstanding if Nagle is on; or
        // half of the greatest window; or the override time-out.
        let all = u64::from(len) == unsent;
        let full = len >= self.options.mss;
        let idle = full || !self.nagle_waits(outstanding) || (self.closing.fin_queued && all);
        let half = len >= self.snd.max_wnd / 2 && idle;
        let cut = !all && idle && burst % 2 == 1 && self.profile.cut_segment == CutSegment::SendBehindFull;
        if !(full || all && idle || half || cut || self.sending.override_due) {
            if all {
                self.hold(Rule::Nagle, unsent);
            } else {
                self.hold(Rule::SillyWindow, unsent);
                if outstanding == 0 && self.timer(Timer::Override).is_none() {
                    let wait = match self.profile.cut_segment {
                        CutSegment::Wait => OVERRIDE,
                        CutSegment::SendBehindFull => self.rto(),
                    };
                    self.set_timer(Timer::Override, now + wait, Rule::SillyWindow);
                }
            }
            return false;
        }
        self.sending.override_due = false;
        self.stop_timer(Timer::Override, Rule::SillyWindow);
        self.stop_timer(Timer::Persist, Rule::WindowUpdate);
        let fin = self.closing.fin_queued && all;
        let rule = if flight + len > self.congestion.window { Rule::LimitedTransmit } else { Rule::NewData };
        self.push_sent(now, next..next + u64::from(len), fin, rule);
        self.sending.held_by = None;
        true
    }

    /// Whether Nagle's algorithm makes a small segment wait: for all that is outstanding, or (Minshall) for a
    /// small one that is.
    fn nagle_waits(&self, outstanding: u32) -> bool {
        if self.sending.no_delay || outstanding == 0 {
            return false;
        }
        !self.profile.nagle_waits_for_small_only || self.send.has_small()
    }

    /// Sends a FIN behind data that went out before it. It waits for room in the congestion window, as data does
    /// (observed on Linux 6.18).
    ///
    /// Simplified: it does not wait for a closed window, as in BSD; its number is the next that the receiver takes anyway.
    ///
    /// Returns false: no segment may follow a FIN.
    fn send_fin_alone(&mut self, now: Instant, next: u64) -> bool {
        let flight = self.send.flight();
        if flight > 0 && flight >= self.congestion.window {
            self.hold(Rule::WindowLimits, 0);
            return false;
        }
        self.push_sent(now, next..next, true, Rule::CloseCall);
        self.sending.held_by = None;
        false
    }

    fn push_sent(&mut self, now: Instant, range: core::ops::Range<u64>, fin: bool, rule: Rule) {
        let small = range.end - range.start < u64::from(self.options.mss);
        let segment =
            SentSegment { range: range.clone(), fin, small, sent_at: now, transmissions: 1, lost: None };
        self.snd.nxt = self.seq_of(range.end) + u32::from(fin);
        self.closing.fin_sent |= fin;
        self.send_data(now, range, fin, rule, false);
        self.send.push_sent(segment);
        let flight = self.send.flight();
        if flight > self.retransmission.flight_peak
            || self.snd.una.is_at_or_after(self.retransmission.flight_peak_until)
        {
            self.retransmission.flight_peak = flight;
            self.retransmission.flight_peak_until = self.snd.nxt;
        }
        // RFC 6298 (5.1) Every time a segment is sent, if the timer is not running, start it.
        if self.timer(Timer::Retransmission).is_none() {
            let rto = self.rto();
            self.set_timer(Timer::Retransmission, now + rto, Rule::RetransmissionTimer);
        }
    }

    /// Remembers which rule holds data back, and says so once.
    fn hold(&mut self, rule: Rule, octets: u64) {
        if self.sending.held_by != Some(rule) {
            self.sending.held_by = Some(rule);
            self.note(Notice::SendHeld { len: octets as usize }, rule);
        }
    }

    /// Asks a peer whose window is zero for news of it.
    pub(super) fn send_probe(&mut self, now: Instant) {
        let next = self.send.next();
        if self.send.end() == next && self.send.is_all_acknowledged() {
            return;
        }
        // RFC 9293 section 3.8.3: a peer that answers no probe is gone.
        if self.retransmission.retries > self.profile.data_retries {
            self.fail(self.too_late(), Trigger::UserTimeout, Rule::UserTimeout);
            return;
        }
        self.sending.probing = true;
        match self.profile.probe {
            Probe::OldNumber => {
                let segment = self.segment(now, self.snd.una - 1, Flags::ACK, Bytes::new());
                self.send_segment(segment, Rule::ZeroWindowProbe, false);
            }
            // The octet goes beyond the window; the peer may take it or not.
            Probe::NewOctet if self.send.is_all_acknowledged() => {
                let sent = SentSegment {
                    range: next..next + 1,
                    fin: false,
                    small: true,
                    sent_at: now,
                    transmissions: 1,
                    lost: None,
                };
                self.snd.nxt = self.seq_of(next + 1);
                self.send_data(now, sent.range.clone(), false, Rule::ZeroWindowProbe, false);
                self.send.push_sent(sent);
            }
            Probe::NewOctet => self.resend(now, 0, Rule::ZeroWindowProbe),
        }
        self.retransmission.retries += 1;
        self.retransmission.round_trip.back_off();
        let rto = self.rto();
        self.set_timer(Timer::Persist, now + rto, Rule::ZeroWindowProbe);
    }
}
