//! The fifth check of an arriving segment: what its ACK field acknowledges, and what follows from it.

use super::congestion::Reaction;
use super::segment_arrives::Check;
use super::{Connection, Notice, Phase, ResetCheck, SocketEvent, State, Timer, Trigger};
use crate::rule::Rule;
use crate::time::{Duration, Instant};
use crate::wire::Segment;

impl Connection {
    /// Fifth, check the ACK field.
    pub(super) fn check_ack(&mut self, now: Instant, segment: &Segment) -> Check {
        if !segment.flags.is_ack() {
            return Check::Done;
        }
        if self.state() == State::SynReceived {
            if !(segment.ack.is_after(self.snd.una) && segment.ack.is_at_or_before(self.snd.nxt)) {
                self.send_bare_reset(segment.ack, Rule::BadAckInHandshake);
                return Check::Done;
            }
            self.syn_acknowledged(now, segment);
            self.set_state(Trigger::ReceiveAckOfSyn, Rule::SynReceivedAck);
            self.notify_user(SocketEvent::Connected);
            if let Some(syn) = self.opening.syn_with_text.take() {
                self.arrives_with_syn(now, &syn);
            }
        }
        if segment.ack.is_after(self.snd.nxt) {
            // It acknowledges something not yet sent.
            self.acks.now = Some(Rule::AckOfUnsent);
            return Check::Done;
        }
        if self.profile.reset_check == ResetCheck::Exact
            && segment.ack.is_before(self.snd.una - self.snd.max_wnd)
        {
            // RFC 5961 section 5.2: older than any ACK that can still be under way.
            self.acks.now = Some(Rule::ChallengeAck);
            return Check::Done;
        }
        self.restart_keepalive(now);
        if self.syn_is_outstanding() && segment.ack.is_after(self.snd.una) {
            // Closed in SYN-RECEIVED: the SYN and the FIN may be acknowledged together.
            self.syn_acknowledged(now, segment);
        }
        if self.sending.probing {
            // Section 3.8.6.1: as long as the peer answers, its window may stay closed.
            self.retransmission.retries = 0;
        }
        let advances = segment.ack.is_after(self.snd.una);
        let window = self.announced_window(segment);
        if !advances && self.is_duplicate(segment, window) {
            self.duplicate_ack(now);
        }
        // SND.UNA =< SEG.ACK =< SND.NXT: the send window is updated before data goes out by it.
        if segment.ack.is_at_or_after(self.snd.una) {
            self.update_send_window(segment, window);
        }
        if advances {
            self.acknowledged(now, segment);
        }
        if self.state() != State::FinWait1 {
            self.after_ack_of_fin(now);
        }
        if self.state() == State::Closed { Check::Done } else { Check::GoOn }
    }

    /// SEG.WND as it counts: the window of a SYN is never scaled. RFC 7323 section 2.2.
    fn announced_window(&self, segment: &Segment) -> u32 {
        let shift = if segment.flags.is_syn() { 0 } else { self.options.peer_shift };
        u32::from(segment.window) << shift
    }

    fn syn_acknowledged(&mut self, now: Instant, segment: &Segment) {
        self.snd.una = self.snd.iss + 1;
        self.conclude_handshake(now);
        self.retransmission.retries = 0;
        self.stop_timer(Timer::Retransmission, Rule::SynReceivedAck);
        if !self.send.is_all_acknowledged() {
            let rto = self.rto();
            self.set_timer(Timer::Retransmission, now + rto, Rule::RetransmissionTimer);
        }
        self.snd.wnd = self.announced_window(segment);
        self.snd.max_wnd = self.snd.max_wnd.max(self.snd.wnd);
        (self.snd.wl1, self.snd.wl2) = (segment.seq, segment.ack);
        self.note(Notice::PeerWindowChanged { window: self.snd.wnd }, Rule::WindowLearned);
    }

    /// RFC 5681 section 2: the definition of a duplicate acknowledgment.
    fn is_duplicate(&self, segment: &Segment, window: u32) -> bool {
        !self.send.is_all_acknowledged()
            && !self.sending.probing
            && segment.seq_len() == 0
            && segment.ack == self.snd.una
            && window == self.snd.wnd
    }

    fn update_send_window(&mut self, segment: &Segment, window: u32) {
        let newer = self.snd.wl1.is_before(segment.seq)
            || (self.snd.wl1 == segment.seq && self.snd.wl2.is_at_or_before(segment.ack));
        if !newer {
            return;
        }
        (self.snd.wl1, self.snd.wl2) = (segment.seq, segment.ack);
        if window == self.snd.wnd {
            return;
        }
        self.snd.wnd = window;
        self.snd.max_wnd = self.snd.max_wnd.max(window);
        self.note(Notice::PeerWindowChanged { window }, Rule::WindowLearned);
        if window > 0 {
            self.end_probing();
        }
    }

    /// The window has opened, or nothing is left that waits for it.
    fn end_probing(&mut self) {
        self.stop_timer(Timer::Persist, Rule::WindowUpdate);
        if self.sending.probing {
            self.sending.probing = false;
            self.retransmission.retries = 0;
            self.retransmission.round_trip.reset_backoff();
            // A probe's octet that the closed window refused goes out again.
            self.send.lose_all(Rule::WindowUpdate);
        }
    }

    fn duplicate_ack(&mut self, now: Instant) {
        let before = self.congestion_values();
        let flight = self.send.flight();
        let reaction = self.congestion.on_duplicate_ack(flight, self.snd.una, self.snd.nxt);
        if reaction == Reaction::FastRetransmit {
            self.note_congestion(before, Rule::FastRetransmit);
            self.resend(now, 0, Rule::FastRetransmit);
        } else {
            self.note_congestion(before, Rule::FastRecovery);
        }
    }

    /// New octets are acknowledged.
    fn acknowledged(&mut self, now: Instant, segment: &Segment) {
        let ack = segment.ack;
        let numbers = ack.offset_from(self.snd.una) as u32;
        let limiting = self.window_was_limiting();
        self.snd.una = ack;
        let start = self.send.start();
        // The last number is the FIN's once everything up to it is acknowledged.
        let fin = self.closing.fin_sent && ack == self.snd.nxt;
        let octets = numbers - u32::from(fin && !self.closing.fin_acked);
        let newest = self.send.acknowledge(start + u64::from(octets), fin);
        if octets > 0 {
            let range = start..start + u64::from(octets);
            self.errors.soft = None;
            self.note(Notice::BytesAcknowledged { range }, Rule::AckAdvances);
        }
        self.closing.fin_acked |= fin;
        if fin && self.closing.linger.is_some() {
            self.notify_user(SocketEvent::Writable);
        }
        self.retransmission.retries = 0;
        // Karn's rule, RFC 6298 section 3: a segment sent twice is no measure, unless timestamps tell, and
        // then the doubled time-out stays until one is. Nor is a segment that waited behind such a one.
        if let Some((newest, any_twice)) = newest {
            if !any_twice {
                self.measure(now.since(newest.sent_at));
            } else if let (true, Some(timestamps)) = (self.options.timestamps, segment.options.timestamps) {
                let elapsed = self.clock(now).wrapping_sub(timestamps.echo);
                self.measure(Duration::from_millis(u64::from(elapsed.max(1))));
            }
        }
        let before = self.congestion_values();
        let reaction = self.congestion.on_ack(&self.profile, octets, ack, limiting);
        let rule = match (before.2, self.congestion.phase, reaction) {
            (_, _, Reaction::RetransmitNextHole) => Rule::PartialAck,
            (Phase::FastRecovery, _, _) => Rule::FastRecovery,
            (_, Phase::SlowStart, _) => Rule::SlowStart,
            _ => Rule::CongestionAvoidance,
        };
        self.note_congestion(before, rule);
        if reaction == Reaction::RetransmitNextHole {
            self.resend(now, 0, Rule::PartialAck);
        }
        // RFC 6298 (5.2) all acknowledged: stop the timer; (5.3) else start it again.
        if self.send.is_all_acknowledged() {
            self.stop_timer(Timer::Retransmission, Rule::RetransmissionTimer);
            if self.send.end() == self.send.start() {
                self.end_probing();
            }
        } else if !self.sending.probing {
            let rto = self.rto();
            self.set_timer(Timer::Retransmission, now + rto, Rule::RetransmissionTimer);
        }
        if self.sending.wants_room && self.send.room() > 0 {
            self.sending.wants_room = false;
            self.notify_user(SocketEvent::Writable);
        }
    }

    /// Whether cwnd is what kept the sender from sending more (in slow start: half of it was used), by the
    /// most that was under way in the last window.
    fn window_was_limiting(&self) -> bool {
        match self.congestion.phase {
            Phase::SlowStart => self.retransmission.flight_peak.saturating_mul(2) > self.congestion.window,
            _ => self.retransmission.flight_peak + self.options.mss > self.congestion.window,
        }
    }

    pub(super) fn after_ack_of_fin(&mut self, now: Instant) {
        if !self.closing.fin_acked {
            return;
        }
        match self.state() {
            State::FinWait1 => {
                self.set_state(Trigger::ReceiveAckOfFin, Rule::FinAcknowledged);
                if self.closing.released {
                    self.watch_fin_wait_2(now);
                }
            }
            State::Closing => {
                self.set_state(Trigger::ReceiveAckOfFin, Rule::FinAcknowledged);
                self.start_time_wait(now);
            }
            State::LastAck => self.set_state(Trigger::ReceiveAckOfFin, Rule::FinAcknowledged),
            _ => {}
        }
    }
}
