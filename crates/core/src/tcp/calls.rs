//! The user's calls. RFC 9293 sections 3.10.1 to 3.10.5.

use bytes::Bytes;

use super::{CallError, ClosedInput, Connection, Notice, Received, State, Timer, Trigger, WindowUpdate};
use crate::rule::Rule;
use crate::time::{Duration, Instant};
use crate::wire::Flags;

impl Connection {
    /// Active open: sends the SYN.
    ///
    /// Source: RFC 9293 section 3.10.1.
    pub(super) fn open(&mut self, now: Instant) {
        self.rcv.edge = self.rcv.nxt + self.profile.receive_buffer;
        self.set_state(Trigger::ActiveOpen, Rule::ActiveOpen);
        self.send_syn(now, Rule::ActiveOpen);
    }

    /// Hands octets to the send buffer; those that do not fit are left to the caller.
    ///
    /// Returns the octets taken; none when the buffer is full and the call would block.
    ///
    /// Source: RFC 9293 section 3.10.2.
    ///
    /// # Errors
    ///
    /// `EPIPE` when the output is closed; the connection's own error, once, when it has failed. Nothing changes.
    pub fn send(&mut self, now: Instant, octets: &Bytes) -> Result<Option<usize>, CallError> {
        if let Some(error) = self.errors.send.take() {
            // The error is told once; writing on is EPIPE.
            if self.errors.receive == Some(error) {
                self.errors.receive = None;
            }
            self.errors.send = Some(CallError::BrokenPipe);
            return Err(error);
        }
        match self.state() {
            State::SynSent | State::SynReceived | State::Established | State::CloseWait
                if !self.closing.fin_queued => {}
            // Of a socket whose opening failed, Linux says EPIPE.
            State::Closed | State::Listen if !self.closing.fin_queued && !self.opening.failed => {
                return Err(CallError::NotConnected);
            }
            _ => return Err(CallError::BrokenPipe),
        }
        let start = self.send.end();
        let taken = self.send.write(octets);
        if taken == 0 && !octets.is_empty() {
            self.sending.wants_room = true;
            return Ok(None);
        }
        if taken < octets.len() {
            self.sending.wants_room = true;
        }
        if taken > 0 {
            self.note(Notice::BytesQueued { range: start..start + taken as u64 }, Rule::SendCall);
        }
        self.output(now);
        Ok(Some(taken))
    }

    /// Takes at most `max` octets from the receive buffer.
    ///
    /// Source: RFC 9293 section 3.10.3.
    ///
    /// # Errors
    ///
    /// The connection's error, once, after what is still to be read.
    pub fn receive(&mut self, now: Instant, max: usize) -> Result<Received, CallError> {
        if self.receive.unread() > 0 && max > 0 {
            let (range, octets) = self.receive.read(max);
            self.note(Notice::BytesRead { range }, Rule::ReceiveCall);
            self.acknowledge_after_read(now);
            return Ok(Received::Octets(octets));
        }
        if self.receive.unread() > 0 {
            return Ok(Received::WouldBlock);
        }
        if let Some(error) = self.errors.receive.take() {
            if self.errors.send == Some(error) {
                self.errors.send = Some(CallError::BrokenPipe);
            }
            return Err(error);
        }
        match self.state() {
            _ if self.opening.failed => Err(CallError::NotConnected),
            _ if self.closing.end_received || self.closing.input_closed => Ok(Received::EndOfStream),
            State::Closed => Ok(Received::EndOfStream),
            _ => Ok(Received::WouldBlock),
        }
    }

    /// Closes the output: everything queued is sent, then FIN. The input stays open.
    ///
    /// Source: RFC 9293 section 3.6, RFC 1122 section 4.2.2.13.
    ///
    /// # Errors
    ///
    /// `ENOTCONN` when there is no connection; a second call does nothing.
    pub fn shutdown(&mut self, now: Instant) -> Result<(), CallError> {
        match self.state() {
            State::Established | State::CloseWait | State::SynReceived => {
                self.queue_fin(now, Rule::ShutdownCall);
                Ok(())
            }
            state if state.has_closed_output() => Ok(()),
            _ => Err(CallError::NotConnected),
        }
    }

    /// Closes the input: reading finds the end once the buffer is empty, and nothing is said to the peer.
    ///
    /// Source: POSIX shutdown(SHUT_RD); RFC 9293 has no such call.
    ///
    /// # Errors
    ///
    /// `ENOTCONN` when there is no connection.
    pub fn shutdown_input(&mut self) -> Result<(), CallError> {
        if !self.state().may_receive() && self.state() != State::CloseWait {
            return Err(CallError::NotConnected);
        }
        self.closing.input_closed = true;
        if self.profile.closed_input == ClosedInput::Discard {
            self.discard_receive(Rule::InputClosed);
        }
        Ok(())
    }

    /// Closes both directions and releases the connection.
    ///
    /// Source: RFC 9293 section 3.10.4; RFC 1122 section 4.2.2.13 for unread data.
    pub fn close(&mut self, now: Instant) {
        self.closing.released = true;
        match self.state() {
            State::Closed => self.discard_receive(Rule::CloseCall),
            State::Listen | State::SynSent => self.set_state(Trigger::Close, Rule::CloseCall),
            _ if self.receive.unread() > 0 && !matches!(self.state(), State::TimeWait) => {
                // Received data is still pending: RST shows the peer that it was lost.
                self.discard_receive(Rule::CloseWithUnread);
                self.reset(now, Rule::CloseWithUnread);
            }
            State::SynReceived | State::Established | State::CloseWait => {
                self.queue_fin(now, Rule::CloseCall)
            }
            State::FinWait2 => self.watch_fin_wait_2(now),
            State::FinWait1 | State::Closing | State::LastAck | State::TimeWait => {}
        }
    }

    /// The listening socket closes while this connection's handshake goes on: it is forgotten, and what still comes for
    /// it is answered as for no connection.
    ///
    /// Source: observed on Linux 6.18; FreeBSD keeps half-open connections apart from sockets and forgets them too.
    pub(super) fn forget_half_open(&mut self) {
        self.closing.released = true;
        self.set_state(Trigger::SendReset, Rule::ListenerClosed);
    }

    /// Closes with RST: both buffers are thrown away.
    ///
    /// Simplified: TIME-WAIT goes on; no socket interface lets a user cut it short.
    ///
    /// Source: RFC 9293 section 3.10.5.
    pub fn abort(&mut self, now: Instant) {
        self.closing.released = true;
        self.discard_receive(Rule::AbortCall);
        match self.state() {
            State::Closed => {}
            State::Listen => self.set_state(Trigger::Close, Rule::AbortCall),
            State::TimeWait => {}
            // Nobody to reset yet, or nothing left that the peer could miss: the connection just ends.
            State::SynSent | State::Closing | State::LastAck => {
                self.discard_send(Rule::AbortCall);
                self.set_state(Trigger::SendReset, Rule::AbortCall);
            }
            _ => self.reset(now, Rule::AbortCall),
        }
    }

    /// Sends `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>` and ends.
    fn reset(&mut self, now: Instant, rule: Rule) {
        self.discard_send(rule);
        let segment = self.segment(now, self.snd.nxt, Flags::RST | Flags::ACK, Bytes::new());
        self.send_segment(segment, rule, false);
        self.set_state(Trigger::SendReset, rule);
    }

    fn queue_fin(&mut self, now: Instant, rule: Rule) {
        if self.closing.fin_queued {
            return;
        }
        self.closing.fin_queued = true;
        self.set_state(Trigger::Close, rule);
        self.output(now);
    }

    /// Limits FIN-WAIT-2 of a connection whose user is gone.
    pub(super) fn watch_fin_wait_2(&mut self, now: Instant) {
        if let Some(limit) = self.profile.fin_wait_2_timeout {
            self.set_timer(Timer::FinWait2, now + limit, Rule::FinWait2Timeout);
        }
    }

    /// Reading may release an ACK that waits, or open the window so far that the peer should hear of it.
    fn acknowledge_after_read(&mut self, now: Instant) {
        if !self.state().may_receive() {
            return;
        }
        let acks = &self.acks;
        let drained = self.receive.unread() == 0 && (acks.pushed > 1 || acks.pushed == 1 && !acks.dialogue);
        if self.profile.read_releases_ack && acks.later && (drained || acks.octets > self.options.mss) {
            self.acks.now = Some(Rule::ReadReleasesAck);
        } else if self.is_window_update_due() {
            self.acks.now = Some(Rule::WindowUpdate);
        } else {
            return;
        }
        self.output(now);
    }

    /// Whether the window has grown so far that it is worth a segment of its own. See [`WindowUpdate`].
    fn is_window_update_due(&self) -> bool {
        let known = self.rcv.wnd();
        let most = u32::from(u16::MAX) << self.options.own_shift;
        let buffer = self.receive.capacity() as u32;
        let room = self.receive.room() as u32;
        let growth = room.min(most).saturating_sub(known);
        let segment = self.options.mss;
        match self.profile.window_update {
            WindowUpdate::Quarter => {
                let is_much = growth >= buffer / 4 || room <= buffer / 8 || buffer <= 8 * segment;
                growth > 0 && (growth >= 2 * segment && is_much || growth >= buffer.div_ceil(2))
            }
            WindowUpdate::Doubled => {
                let is_silly = room < segment.min(buffer / 2) || room < buffer / 16;
                growth > 0 && !is_silly && known <= buffer / 2 && room >= 2 * known
            }
        }
    }

    /// Switches Nagle's algorithm off or on.
    pub fn set_no_delay(&mut self, now: Instant, on: bool) {
        self.sending.no_delay = on;
        self.output(now);
    }

    /// How long the connection has existed.
    pub fn age(&self, now: Instant) -> Duration {
        now.since(self.opening.opened_at)
    }
}
