//! Segment arrives. RFC 9293 section 3.10.7, one function per numbered check, in its order.

use bytes::Bytes;

use super::profile::{ClosedInput, OldSegmentAck, ResetCheck, SynText, TimeWaitAnswer, WindowEdge};
use super::{CallError, Connection, Notice, SocketEvent, State, Timer, Trigger};
use crate::rule::Rule;
use crate::time::{Duration, Instant};
use crate::wire::{Flags, Segment, SeqNum};

/// Whether the checks go on with the segment.
#[derive(PartialEq, Eq)]
pub(super) enum Check {
    GoOn,
    Done,
}

impl Connection {
    /// Handles a segment for this connection.
    ///
    /// Source: RFC 9293 section 3.10.7.
    pub fn handle_segment(&mut self, now: Instant, segment: &Segment) {
        match self.state() {
            State::Closed => {}
            State::Listen => self.arrives_listen(now, segment),
            State::SynSent => self.arrives_syn_sent(now, segment),
            _ => self.arrives_otherwise(now, segment),
        }
        if self.state() != State::Closed {
            self.output(now);
        }
    }

    /// Section 3.10.7.2, for the connection that a listening socket has made for this SYN.
    fn arrives_listen(&mut self, now: Instant, segment: &Segment) {
        self.take_peer_syn(segment);
        if self.profile.syn_text == SynText::Keep {
            self.defer_text(segment);
        }
        self.set_state(Trigger::ReceiveSyn, Rule::ListenSyn);
        self.send_syn(now, Rule::ListenSyn);
    }

    /// What a SYN tells: the peer's first number, window and options.
    fn take_peer_syn(&mut self, segment: &Segment) {
        self.rcv.nxt = segment.seq + 1;
        // The window of a SYN is never scaled. RFC 7323 section 2.2.
        self.rcv.edge = self.rcv.nxt + self.profile.receive_buffer.min(u32::from(u16::MAX));
        self.rcv.exact_edge = self.rcv.edge;
        self.rcv.announced = self.rcv.wnd();
        let options = &segment.options;
        // RFC 9293 section 3.7.1: 536 octets when the peer does not say.
        let mss = u32::from(options.max_segment_size.unwrap_or(536).max(1));
        self.options.mss = mss.min(u32::from(self.profile.max_segment_size));
        // RFC 7323 section 2.2: only when both offer it.
        if let (Some(shift), true) = (options.window_scale, self.profile.window_scaling) {
            self.options.peer_shift = shift.min(14);
            self.options.own_shift = self.profile.window_shift();
            self.receive.allow_rounding(1 << self.options.own_shift);
        }
        if self.profile.window_edge == WindowEdge::FreeSpace {
            self.receive.round_up_to(self.options.mss as usize);
        }
        self.options.sack = options.sack_permitted && self.profile.sack_permitted;
        if let (Some(timestamps), true) = (options.timestamps, self.profile.timestamps) {
            self.options.timestamps = true;
            self.options.recent_timestamp = timestamps.value;
            // RFC 6691: the option's octets come out of each segment.
            self.options.mss = self.options.mss.saturating_sub(12).max(1);
        }
        self.congestion = super::congestion::Congestion::new(&self.profile, self.options.mss);
        self.snd.wnd = u32::from(segment.window);
        self.snd.max_wnd = self.snd.wnd;
        self.snd.wl1 = segment.seq;
        self.snd.wl2 = segment.ack;
        self.note(Notice::PeerWindowChanged { window: self.snd.wnd }, Rule::WindowLearned);
        let (cwnd, ssthresh, phase) = self.congestion_values();
        self.note(Notice::CongestionChanged { cwnd, ssthresh, phase }, Rule::InitialWindow);
    }

    /// Section 3.10.7.3.
    fn arrives_syn_sent(&mut self, now: Instant, segment: &Segment) {
        // First, check the ACK bit.
        let acceptable = segment.flags.is_ack()
            && segment.ack.is_after(self.snd.iss)
            && segment.ack.is_at_or_before(self.snd.nxt);
        if segment.flags.is_ack() && !acceptable {
            if !segment.flags.is_rst() {
                self.send_bare_reset(segment.ack, Rule::BadAckInHandshake);
            }
            return;
        }
        // Second, check the RST bit.
        if segment.flags.is_rst() {
            if acceptable {
                self.fail(CallError::ConnectionRefused, Trigger::ReceiveReset, Rule::ConnectionRefused);
            }
            return;
        }
        // Fourth, check the SYN bit.
        if !segment.flags.is_syn() {
            return;
        }
        self.take_peer_syn(segment);
        if acceptable {
            self.snd.una = segment.ack;
            self.conclude_handshake(now);
            self.stop_timer(Timer::Retransmission, Rule::SynSentSynAck);
            self.set_state(Trigger::ReceiveSynAck, Rule::SynSentSynAck);
            self.restart_keepalive(now);
            self.notify_user(SocketEvent::Connected);
            self.acks.now = Some(Rule::SynSentSynAck);
            if self.profile.syn_text != SynText::Drop {
                self.arrives_with_syn(now, segment);
            }
        } else {
            if self.profile.syn_text != SynText::Drop {
                self.defer_text(segment);
            }
            // Simultaneous open: both have sent a SYN.
            self.set_state(Trigger::ReceiveSyn, Rule::SimultaneousOpen);
            self.opening.syns_sent = 0;
            self.send_syn(now, Rule::SimultaneousOpen);
        }
    }

    /// Keeps the text and the FIN of a SYN until ESTABLISHED.
    fn defer_text(&mut self, segment: &Segment) {
        if !segment.payload.is_empty() || segment.flags.is_fin() {
            self.opening.syn_with_text = Some(segment.clone());
        }
    }

    /// The text and the FIN of a segment with SYN, once the connection is ESTABLISHED.
    pub(super) fn arrives_with_syn(&mut self, now: Instant, segment: &Segment) {
        let mut rest = segment.clone();
        rest.seq += 1;
        if self.check_text(now, &rest) == Check::GoOn {
            self.check_fin(now, &rest);
        }
    }

    /// Our SYN is acknowledged: it gives the first round trip, or none when it was sent more than once.
    pub(super) fn conclude_handshake(&mut self, now: Instant) {
        self.errors.soft = None;
        match self.opening.syn_sent_at.take() {
            Some(from) => self.measure(now.since(from)),
            // RFC 6298 section 5 (5.7): a SYN was lost and nothing could be measured.
            None => self.retransmission.round_trip.fall_back(),
        }
        if self.opening.syns_sent > 1 + self.profile.syn_losses_tolerated {
            // RFC 5681 section 3.1: after the loss of a SYN the window starts with one segment.
            let before = self.congestion_values();
            self.congestion.window = self.congestion.window.min(self.options.mss);
            self.note_congestion(before, Rule::InitialWindow);
        }
    }

    pub(super) fn measure(&mut self, sample: Duration) {
        self.retransmission.round_trip.sample(&self.profile, sample);
        let smoothed = self.retransmission.round_trip.smoothed().unwrap_or(sample);
        let timeout = self.rto();
        self.note(Notice::RttMeasured { sample, smoothed, timeout }, Rule::RttMeasured);
    }

    /// Section 3.10.7.4.
    fn arrives_otherwise(&mut self, now: Instant, segment: &Segment) {
        if self.state() == State::TimeWait && self.profile.time_wait_answer == TimeWaitAnswer::AllButKnownAck
        {
            self.arrives_time_wait(now, segment);
            return;
        }
        if self.check_sequence(now, segment) == Check::Done
            || self.check_reset(segment) == Check::Done
            || self.check_syn(segment) == Check::Done
            || self.check_ack(now, segment) == Check::Done
        {
            return;
        }
        if self.check_text(now, segment) == Check::Done {
            return;
        }
        self.check_fin(now, segment);
        if self.state() == State::FinWait1 {
            self.after_ack_of_fin(now);
        }
    }

    /// TIME-WAIT as FreeBSD has it: no ACK, no answer; a FIN restarts the wait; all but a bare ACK of what is known is
    /// acknowledged.
    fn arrives_time_wait(&mut self, now: Instant, segment: &Segment) {
        if segment.flags.is_rst() {
            if self.profile.reset_ends_time_wait && segment.seq == self.rcv.nxt {
                self.set_state(Trigger::ReceiveReset, Rule::ResetReceived);
            }
            return;
        }
        if !segment.flags.is_ack() {
            return;
        }
        if segment.flags.is_fin() {
            self.start_time_wait(now);
        }
        let is_known = segment.seq_len() == 0 && segment.seq == self.rcv.nxt && segment.ack == self.snd.nxt;
        if !is_known {
            self.acks.now = Some(Rule::TimeWaitAnswer);
        }
    }

    /// RFC 7323 section 4.3: the value to echo is that of the segment which the last ACK waits for.
    ///
    /// Simplified: no PAWS; old duplicates are told by their sequence numbers alone.
    fn take_timestamp(&mut self, segment: &Segment) {
        if let Some(timestamps) = segment.options.timestamps
            && segment.seq.is_at_or_before(self.rcv.acknowledged)
            && timestamps.value.wrapping_sub(self.options.recent_timestamp) as i32 >= 0
        {
            self.options.recent_timestamp = timestamps.value;
        }
    }

    /// First, check the sequence number.
    fn check_sequence(&mut self, now: Instant, segment: &Segment) -> Check {
        let window = self.rcv.wnd();
        let len = segment.seq_len();
        // A window of zero still lets the number at RCV.NXT in, so that ACKs and RSTs are heard.
        let acceptable = match (len, window) {
            (0, 0) => segment.seq == self.rcv.nxt,
            // At the right edge stands a peer that has filled the window: to answer its ACK by one, as an end
            // in the same place does, would go on without end.
            (0, _) => {
                segment.seq.is_within(self.rcv.nxt, window)
                    || segment.seq == self.rcv.edge && !segment.flags.is_rst()
            }
            (_, 0) => segment.seq == self.rcv.nxt && segment.flags.is_ack(),
            (_, _) => {
                segment.seq.is_within(self.rcv.nxt, window)
                    || (segment.seq + (len - 1)).is_within(self.rcv.nxt, window)
            }
        };
        // Simultaneous open, figure 7: the peer's SYN,ACK repeats the SYN that brought us here.
        let second_syn = self.state() == State::SynReceived
            && !self.opening.passive
            && segment.flags.is_syn()
            && segment.flags.is_ack()
            && !segment.flags.is_rst()
            && segment.seq + 1 == self.rcv.nxt;
        if acceptable || second_syn {
            self.take_timestamp(segment);
            return Check::GoOn;
        }
        // A handshake segment that comes again in SYN-RECEIVED is a lost answer: answer it again.
        if self.state() == State::SynReceived && segment.flags.is_syn() && !segment.flags.is_ack() {
            self.send_syn(now, Rule::ListenSyn);
            return Check::Done;
        }
        if self.state() == State::TimeWait && segment.flags.is_fin() {
            // The peer has not heard our ACK of its FIN: answer, and wait the whole time again.
            self.start_time_wait(now);
        }
        if segment.flags.is_rst() {
            return Check::Done;
        }
        if segment.flags.is_syn() && self.profile.reset_check == ResetCheck::Exact {
            // RFC 5961 section 4.2: a challenge ACK whatever its number.
            self.acks.now = Some(Rule::SynInWindow);
            return Check::Done;
        }
        self.acks.now = Some(Rule::UnacceptableSegment);
        let is_old = segment.seq.is_before(self.rcv.nxt) && segment.seq_end().is_at_or_before(self.rcv.nxt);
        let counts = match self.profile.old_segment_ack {
            OldSegmentAck::Ignore => false,
            OldSegmentAck::SinceLastAck => segment.seq_end().is_at_or_after(self.rcv.acknowledged),
            OldSegmentAck::Take => true,
        };
        // Its text and its FIN are known, and only its ACK is left to be looked at.
        if is_old && counts { Check::GoOn } else { Check::Done }
    }

    /// Second, check the RST bit.
    fn check_reset(&mut self, segment: &Segment) -> Check {
        if !segment.flags.is_rst() {
            return Check::GoOn;
        }
        if self.profile.reset_check == ResetCheck::Exact && segment.seq != self.rcv.nxt {
            // RFC 5961 section 3.2: in the window but not exact; make the peer prove it.
            self.acks.now = Some(Rule::ChallengeAck);
            return Check::Done;
        }
        let error = match self.state() {
            State::SynReceived if !self.opening.passive => CallError::ConnectionRefused,
            _ => CallError::ConnectionReset,
        };
        match self.state() {
            State::TimeWait if !self.profile.reset_ends_time_wait => {}
            State::Closing | State::LastAck if self.profile.reset_while_closing_fails => {
                self.fail(error, Trigger::ReceiveReset, Rule::ResetReceived);
            }
            State::Closing | State::LastAck | State::TimeWait => {
                self.discard_send(Rule::ResetReceived);
                self.set_state(Trigger::ReceiveReset, Rule::ResetReceived);
            }
            State::SynReceived => {
                self.closing.released |= self.opening.passive;
                self.fail(error, Trigger::ReceiveReset, Rule::ResetInHandshake);
            }
            _ => self.fail(error, Trigger::ReceiveReset, Rule::ResetReceived),
        }
        Check::Done
    }

    /// Fourth, check the SYN bit.
    fn check_syn(&mut self, segment: &Segment) -> Check {
        if !segment.flags.is_syn() {
            return Check::GoOn;
        }
        if self.state() == State::SynReceived && segment.seq + 1 == self.rcv.nxt {
            // The peer's half of a simultaneous open.
            return Check::GoOn;
        }
        // RFC 5961 section 4.2: a SYN in the window gets a challenge ACK.
        self.acks.now = Some(Rule::SynInWindow);
        Check::Done
    }

    /// Seventh, process the segment text.
    fn check_text(&mut self, now: Instant, segment: &Segment) -> Check {
        if segment.payload.is_empty() || !self.state().may_receive() {
            return Check::GoOn;
        }
        let skip = self.rcv.nxt.offset_from(segment.seq).max(0) as usize;
        let ahead = segment.seq.offset_from(self.rcv.nxt).max(0) as u64;
        if skip >= segment.payload.len() {
            self.acks.now = Some(Rule::UnacceptableSegment);
            return Check::GoOn;
        }
        if self.closing.released {
            // RFC 1122 section 4.2.2.13: nobody will read it; the peer must hear that it is lost.
            self.discard_send(Rule::DataAfterClose);
            self.send_bare_reset(segment.ack, Rule::DataAfterClose);
            self.set_state(Trigger::SendReset, Rule::DataAfterClose);
            return Check::Done;
        }
        if self.closing.input_closed && self.profile.closed_input == ClosedInput::Reset {
            // The user is still there, and still writing: it ends as by ABORT.
            let reset = self.segment(now, self.snd.nxt, Flags::RST | Flags::ACK, Bytes::new());
            self.send_segment(reset, Rule::InputClosed, false);
            self.fail(CallError::ConnectionReset, Trigger::SendReset, Rule::InputClosed);
            return Check::Done;
        }
        let allowed = self.rcv.edge.offset_from(segment.seq).max(0) as usize;
        let payload = segment.payload.slice(skip.min(allowed)..segment.payload.len().min(allowed));
        if payload.is_empty() {
            self.acks.now = Some(Rule::UnacceptableSegment);
            return Check::GoOn;
        }
        let is_partly_old = skip > 0;
        let offset = self.receive.end() + ahead;
        // A FIN behind a gap waits for it as text does.
        let had_gap = self.receive.has_gap() || self.closing.peer_fin.is_some();
        let range = self.receive.insert(offset, &payload);
        self.refresh_quick_acks(now);
        self.acks.last_data_at = Some(now);
        if range.is_empty() {
            let end = offset + payload.len() as u64;
            self.note(Notice::BytesHeld { range: offset..end }, Rule::OutOfOrderData);
            self.acks.now = Some(Rule::OutOfOrderData);
            return Check::GoOn;
        }
        self.rcv.nxt += (range.end - range.start) as u32;
        self.acks.octets += (range.end - range.start) as u32;
        self.note(Notice::BytesReceived { range }, Rule::InOrderData);
        if self.closing.input_closed && self.profile.closed_input == ClosedInput::Discard {
            self.discard_receive(Rule::InputClosed);
        }
        self.notify_user(SocketEvent::Readable);
        let second = self.acks.later;
        self.note_push(segment);
        self.schedule_ack(had_gap, second);
        if is_partly_old && self.options.sack && self.profile.acks_partly_old_at_once {
            self.acks.now = Some(Rule::PartlyOldSegment);
        }
        Check::GoOn
    }

    /// Linux acknowledges at once again after a pause.
    fn refresh_quick_acks(&mut self, now: Instant) {
        let pause = self.acks.last_data_at.is_some_and(|at| now.since(at) > self.rto());
        if pause {
            self.acks.quick_left = self.profile.quick_acks;
        }
    }

    /// Linux: a small segment, or a full one with PSH, is probably the end of a write.
    fn note_push(&mut self, segment: &Segment) {
        if (segment.payload.len() as u32) < self.options.mss {
            self.acks.pushed = (self.acks.pushed + 1).min(2);
        } else if segment.flags.is_psh() {
            self.acks.pushed = self.acks.pushed.max(1);
        }
    }

    /// Decides when the text just received is acknowledged. RFC 9293 section 3.8.6.3, RFC 5681 section 4.2.
    fn schedule_ack(&mut self, had_gap: bool, second: bool) {
        if had_gap {
            self.acks.now = Some(Rule::FillsGap);
        } else if self.profile.delayed_ack.is_zero() {
            self.acks.now = Some(Rule::ImmediateAck);
        } else if self.acks.octets > self.options.mss
            || second && self.profile.acks_every_second_small_segment
        {
            self.acks.now = Some(Rule::EverySecondSegment);
        } else if self.acks.quick_left > 0 && !self.acks.dialogue {
            self.acks.now = Some(Rule::QuickAck);
        } else {
            self.acks.later = true;
        }
    }

    /// Eighth, check the FIN bit.
    fn check_fin(&mut self, now: Instant, segment: &Segment) {
        let fin = segment.seq + segment.payload.len() as u32;
        match self.state() {
            State::Established | State::SynReceived | State::FinWait1 | State::FinWait2 => {}
            State::TimeWait if segment.flags.is_fin() => {
                // The peer sends its FIN again: acknowledge it, and wait the whole time again.
                self.acks.now = Some(Rule::TimeWaitAnswer);
                self.start_time_wait(now);
                return;
            }
            _ => return,
        }
        // A FIN behind a gap is kept, as octets there are, unless it lies beyond the window.
        if segment.flags.is_fin() && fin.is_at_or_after(self.rcv.nxt) && fin.is_at_or_before(self.rcv.edge) {
            self.closing.peer_fin = Some(fin);
            if fin != self.rcv.nxt {
                self.acks.now = Some(Rule::OutOfOrderData);
            }
        }
        if self.closing.peer_fin != Some(self.rcv.nxt) {
            return;
        }
        self.rcv.nxt += 1;
        self.closing.end_received = true;
        self.note(Notice::EndReceived { at: self.receive.end() }, Rule::FinReceived);
        if self.profile.delays_ack_of_fin && self.state() == State::Established {
            // The user will close soon, and that FIN carries the ACK: no quick one for the text before it.
            self.acks.dialogue = true;
            self.acks.later = true;
            if self.acks.now == Some(Rule::QuickAck) {
                self.acks.now = None;
            }
        } else {
            self.acks.now = Some(Rule::FinReceived);
        }
        match self.state() {
            // Figure 5, note 2: our FIN was acknowledged by the same segment.
            State::FinWait1 if self.closing.fin_acked => {
                self.set_state(Trigger::ReceiveFinAndAckOfFin, Rule::TimeWait);
                self.start_time_wait(now);
            }
            State::FinWait1 => self.set_state(Trigger::ReceiveFin, Rule::SimultaneousClose),
            State::FinWait2 => {
                self.set_state(Trigger::ReceiveFin, Rule::TimeWait);
                self.start_time_wait(now);
            }
            _ => self.set_state(Trigger::ReceiveFin, Rule::FinReceived),
        }
        self.notify_user(SocketEvent::Readable);
    }

    pub(super) fn start_time_wait(&mut self, now: Instant) {
        for timer in
            [Timer::Retransmission, Timer::FinWait2, Timer::Persist, Timer::Override, Timer::Keepalive]
        {
            self.stop_timer(timer, Rule::TimeWait);
        }
        let wait = self.profile.time_wait();
        self.set_timer(Timer::TimeWait, now + wait, Rule::TimeWait);
    }

    /// `<SEQ=SEG.ACK><CTL=RST>`: for a segment that belongs to nothing here.
    pub(super) fn send_bare_reset(&mut self, seq: SeqNum, rule: Rule) {
        let segment = Segment {
            source: self.tuple.local,
            destination: self.tuple.remote,
            seq,
            ack: SeqNum(0),
            flags: Flags::RST,
            window: 0,
            options: crate::wire::TcpOptions::default(),
            payload: Bytes::new(),
        };
        self.send_segment(segment, rule, false);
    }
}
