//! One connection: the transmission control block, its buffers and timers, and the door between states.

use std::rc::Rc;

use core::ops::Range;

use bytes::Bytes;

use super::congestion::Congestion;
use super::receive_buffer::ReceiveBuffer;
use super::rtt::RttEstimator;
use super::send_buffer::SendBuffer;
use super::{
    Buffer, CallError, Notice, Phase, Profile, SocketEvent, SocketId, State, Timer, Trigger, transition,
};
use crate::rule::Rule;
use crate::time::{Duration, Instant};
use crate::wire::{Flags, FourTuple, Segment, SeqNum, TcpOptions, Timestamps};

/// Something a connection gives out, in the order in which it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A segment for the wire.
    Segment {
        /// The segment.
        segment: Rc<Segment>,
        /// Why it is sent.
        rule: Rule,
        /// Whether some of it was sent before.
        retransmission: bool,
    },
    /// A fact for the trace.
    Notice {
        /// The fact.
        notice: Notice,
        /// Why.
        rule: Rule,
    },
    /// Something for the socket's user.
    Event(SocketEvent),
}

/// What a receive call found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// Octets, at least one.
    Octets(Bytes),
    /// The peer's end: everything has been read.
    EndOfStream,
    /// Nothing now.
    WouldBlock,
}

/// A TCP connection.
///
/// The calling contract: hand in calls (`send`, `receive`, `shutdown`, `close`, `abort`), segments
/// (`handle_segment`) and time (`handle_timeout`, due when `poll_timeout` says); after each, take what
/// `poll_output` gives until it is empty. Segments, facts and events come from one queue, because their
/// order is part of the trace. Nothing is done between calls.
///
/// Source: RFC 9293; the methods are split over the files as its section 3.10 is: user calls, segment
/// arrives, output, time-outs.
///
/// Simplified: no urgent data, no security compartment, no path MTU discovery; SACK is announced only.
#[derive(Debug)]
pub struct Connection {
    id: SocketId,
    pub(super) profile: Rc<Profile>,
    pub(super) tuple: FourTuple,
    /// The listening socket it came from.
    pub(super) listener: Option<SocketId>,
    /// It is just open, and its listening socket does not have it yet.
    pub(super) is_finished: bool,
    state: State,

    // Send sequence variables, RFC 9293 section 3.3.1.
    pub(super) iss: SeqNum,
    pub(super) snd_una: SeqNum,
    pub(super) snd_nxt: SeqNum,
    pub(super) snd_wnd: u32,
    pub(super) snd_wl1: SeqNum,
    pub(super) snd_wl2: SeqNum,
    pub(super) max_snd_wnd: u32,
    // Receive sequence variables.
    pub(super) rcv_nxt: SeqNum,
    /// The right edge of the window that the peer knows.
    pub(super) rcv_edge: SeqNum,

    pub(super) send: SendBuffer,
    pub(super) receive: ReceiveBuffer,
    pub(super) congestion: Congestion,
    pub(super) rtt: RttEstimator,
    pub(super) retries: u32,
    pub(super) last_sent_at: Option<Instant>,
    /// The most octets under way in the last window, and the number at which that window ends.
    pub(super) flight_peak: u32,
    pub(super) flight_peak_until: SeqNum,

    // What the options of both SYNs agreed on.
    pub(super) effective_mss: u32,
    pub(super) peer_shift: u8,
    pub(super) own_shift: u8,
    pub(super) timestamps: bool,
    pub(super) recent_timestamp: u32,
    /// RCV.NXT as the last ACK told it.
    pub(super) last_ack_sent: SeqNum,
    pub(super) clock_offset: u32,

    // Opening.
    /// The local port of the user's `bind`.
    pub(super) bound: Option<u16>,
    pub(super) opened_at: Instant,
    pub(super) syn_sent: u32,
    pub(super) syn_rtt_from: Option<Instant>,

    // Output.
    pub(super) no_delay: bool,
    /// SO_LINGER: seconds, when it is on.
    pub(super) linger: Option<u32>,
    pub(super) fin_queued: bool,
    pub(super) fin_sent: bool,
    pub(super) fin_acked: bool,
    pub(super) wants_room: bool,
    pub(super) held_back: Option<Rule>,
    pub(super) override_due: bool,
    pub(super) probing: bool,

    // Acknowledging.
    pub(super) ack_now: Option<Rule>,
    pub(super) ack_later: bool,
    pub(super) unacked_octets: u32,
    pub(super) quick_acks_left: u32,
    pub(super) interactive: bool,
    pub(super) last_data_at: Option<Instant>,

    // The user's side.
    pub(super) given_up: bool,
    /// The active open failed.
    pub(super) never_opened: bool,
    pub(super) input_closed: bool,
    pub(super) end_received: bool,
    /// The number of the peer's FIN, once one has arrived.
    pub(super) peer_fin: Option<SeqNum>,
    pub(super) receive_error: Option<CallError>,
    pub(super) send_error: Option<CallError>,
    /// What a router said of the peer, and nothing acknowledged since. It may pass.
    pub(super) soft_error: Option<CallError>,

    timers: [Option<Instant>; Timer::ALL.len()],
    /// The stack's own while a call lasts.
    outbox: Vec<(Option<SocketId>, Output)>,
}

impl Connection {
    pub(super) fn new(
        now: Instant,
        id: SocketId,
        profile: Rc<Profile>,
        tuple: FourTuple,
        listener: Option<SocketId>,
        iss: SeqNum,
    ) -> Self {
        let mss = u32::from(profile.max_segment_size);
        Self {
            id,
            listener,
            is_finished: false,
            tuple,
            state: if listener.is_some() { State::Listen } else { State::Closed },
            iss,
            snd_una: iss,
            snd_nxt: iss,
            snd_wnd: 0,
            snd_wl1: SeqNum(0),
            snd_wl2: SeqNum(0),
            max_snd_wnd: 0,
            rcv_nxt: SeqNum(0),
            rcv_edge: SeqNum(0),
            send: SendBuffer::new(profile.send_buffer as usize),
            receive: ReceiveBuffer::new(profile.receive_buffer as usize),
            congestion: Congestion::new(&profile, mss),
            rtt: RttEstimator::new(&profile),
            retries: 0,
            last_sent_at: None,
            flight_peak: 0,
            flight_peak_until: iss,
            effective_mss: mss,
            peer_shift: 0,
            own_shift: 0,
            timestamps: false,
            recent_timestamp: 0,
            last_ack_sent: SeqNum(0),
            clock_offset: iss.0 >> 8,
            bound: None,
            opened_at: now,
            syn_sent: 0,
            syn_rtt_from: None,
            no_delay: !profile.nagle,
            linger: None,
            fin_queued: false,
            fin_sent: false,
            fin_acked: false,
            wants_room: false,
            held_back: None,
            override_due: false,
            probing: false,
            ack_now: None,
            ack_later: false,
            unacked_octets: 0,
            quick_acks_left: profile.quick_acks,
            interactive: false,
            last_data_at: None,
            given_up: false,
            never_opened: false,
            input_closed: false,
            end_received: false,
            peer_fin: None,
            receive_error: None,
            send_error: None,
            soft_error: None,
            timers: [None; Timer::ALL.len()],
            outbox: Vec::new(),
            profile,
        }
    }

    /// The state.
    pub fn state(&self) -> State {
        self.state
    }

    /// The connection's four values.
    pub fn tuple(&self) -> FourTuple {
        self.tuple
    }

    /// Octets of the peer's output that wait for the reader.
    pub fn unread(&self) -> usize {
        self.receive.unread()
    }

    /// Octets of this side's output written so far.
    pub fn written(&self) -> u64 {
        self.send.end()
    }

    /// Octets of the peer's output received in order so far.
    pub fn received(&self) -> u64 {
        self.receive.end()
    }

    /// Octets held behind a gap, as ranges of the peer's output.
    pub fn held(&self) -> Vec<Range<u64>> {
        self.receive.held()
    }

    /// Whether a `close` with SO_LINGER still waits: for the acknowledgment of everything, the FIN included.
    pub(super) fn is_lingering(&self) -> bool {
        self.given_up && self.linger.is_some() && !self.fin_acked && self.state != State::Closed
    }

    /// Whether nobody will ask about this connection any more.
    pub(super) fn is_over(&self) -> bool {
        self.state == State::Closed && self.given_up
    }

    /// Lends the connection the stack's outbox, or takes it back with what came out.
    pub(super) fn swap_outputs(&mut self, outbox: &mut Vec<(Option<SocketId>, Output)>) {
        core::mem::swap(&mut self.outbox, outbox);
    }

    /// When `handle_timeout` is due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.timers.iter().flatten().min().copied()
    }

    // ---- what the parts share ----

    /// Moves along an edge of the table; the only place where the state changes.
    pub(super) fn set_state(&mut self, trigger: Trigger, rule: Rule) {
        let Some(edge) = transition(self.state, trigger) else {
            debug_assert!(false, "no edge out of {} on {trigger:?}", self.state);
            return;
        };
        self.state = edge.to;
        if matches!(edge.to, State::TimeWait | State::Closed) {
            // Thousands may wait for their time to pass.
            self.send.shrink();
            self.receive.shrink();
        }
        self.note(Notice::StateChanged { from: edge.from, to: edge.to, trigger }, rule);
        if edge.to == State::Closed {
            for timer in Timer::ALL {
                self.stop_timer(timer, rule);
            }
            self.ack_now = None;
            self.ack_later = false;
            self.receive.drop_held();
        }
    }

    pub(super) fn note(&mut self, notice: Notice, rule: Rule) {
        self.outbox.push((Some(self.id), Output::Notice { notice, rule }));
    }

    pub(super) fn tell(&mut self, event: SocketEvent) {
        // The listening socket's user hears of a finished connection, not the connection's own.
        let told = match (self.listener, event) {
            (Some(listener), SocketEvent::Connected) => {
                self.is_finished = true;
                (Some(listener), Output::Event(SocketEvent::Acceptable))
            }
            (_, event) => (Some(self.id), Output::Event(event)),
        };
        self.outbox.push(told);
    }

    pub(super) fn put(&mut self, segment: Segment, rule: Rule, retransmission: bool) {
        let segment = Rc::new(segment);
        self.outbox.push((Some(self.id), Output::Segment { segment, rule, retransmission }));
    }

    pub(super) fn timer(&self, timer: Timer) -> Option<Instant> {
        self.timers[timer as usize]
    }

    pub(super) fn set_timer(&mut self, timer: Timer, expires_at: Instant, rule: Rule) {
        if self.timers[timer as usize] != Some(expires_at) {
            self.timers[timer as usize] = Some(expires_at);
            self.note(Notice::TimerSet { timer, expires_at }, rule);
        }
    }

    pub(super) fn stop_timer(&mut self, timer: Timer, rule: Rule) {
        if self.timers[timer as usize].take().is_some() {
            self.note(Notice::TimerStopped { timer }, rule);
        }
    }

    /// Takes a timer that has expired by `now`.
    pub(super) fn take_expired(&mut self, timer: Timer, now: Instant) -> bool {
        let expired = self.timers[timer as usize].is_some_and(|at| at <= now);
        if expired {
            self.timers[timer as usize] = None;
        }
        expired
    }

    /// The sequence number of an octet of this side's output.
    pub(super) fn seq_of(&self, offset: u64) -> SeqNum {
        // Sequence numbers count modulo 2^32, so the cut is the meaning.
        self.iss + 1 + offset as u32
    }

    /// The next octet to send for the first time.
    pub(super) fn next_offset(&self) -> u64 {
        self.send.sent.back().map_or(self.send.start(), |last| last.range.end)
    }

    pub(super) fn rto(&self) -> Duration {
        self.rtt.timeout(&self.profile)
    }

    /// The window to announce; moves the right edge when that is worth it.
    ///
    /// Source: RFC 9293 section 3.8.6.2.2 (the receiver's half of silly window avoidance).
    pub(super) fn announce_window(&mut self) -> u16 {
        let room = self.receive.room() as u32;
        let known = self.known_window();
        let worth = (self.profile.receive_buffer / 2).min(self.effective_mss).max(1);
        if room >= known.saturating_add(worth) || (room > known && known == 0 && room >= worth) {
            self.rcv_edge = self.rcv_nxt + room;
        }
        (self.known_window() >> self.own_shift).min(u32::from(u16::MAX)) as u16
    }

    /// RCV.WND: what the peer may still send.
    pub(super) fn known_window(&self) -> u32 {
        self.rcv_edge.offset_from(self.rcv_nxt).max(0) as u32
    }

    /// The timestamp clock, milliseconds.
    pub(super) fn clock(&self, now: Instant) -> u32 {
        // The clock counts modulo 2^32, so the cut is the meaning.
        self.clock_offset.wrapping_add((now.as_micros() / 1_000) as u32)
    }

    /// Whether our SYN waits for its acknowledgment.
    pub(super) fn syn_is_outstanding(&self) -> bool {
        self.syn_sent > 0 && self.snd_una == self.iss
    }

    /// A segment of this connection with the fields that every one has.
    pub(super) fn segment(&mut self, now: Instant, seq: SeqNum, flags: Flags, payload: Bytes) -> Segment {
        let window = if flags.is_rst() {
            0
        } else if flags.is_syn() {
            // The window of a SYN is never scaled. RFC 7323 section 2.2.
            self.known_window().min(u32::from(u16::MAX)) as u16
        } else {
            self.announce_window()
        };
        let timestamps = (self.timestamps && !flags.is_rst()).then(|| Timestamps {
            value: self.clock(now),
            echo: if flags.is_ack() { self.recent_timestamp } else { 0 },
        });
        if flags.is_ack() {
            self.ack_now = None;
            self.ack_later = false;
            self.unacked_octets = 0;
            self.last_ack_sent = self.rcv_nxt;
        }
        Segment {
            source: self.tuple.local,
            destination: self.tuple.remote,
            seq,
            ack: if flags.is_ack() { self.rcv_nxt } else { SeqNum(0) },
            flags,
            window,
            options: TcpOptions { timestamps, ..TcpOptions::default() },
            payload,
        }
    }

    pub(super) fn note_congestion(&mut self, before: (u32, Option<u32>, Phase), rule: Rule) {
        let after = self.congestion_values();
        if after != before {
            let (cwnd, ssthresh, phase) = after;
            self.note(Notice::CongestionChanged { cwnd, ssthresh, phase }, rule);
        }
    }

    pub(super) fn congestion_values(&self) -> (u32, Option<u32>, Phase) {
        (self.congestion.window, self.congestion.threshold, self.congestion.phase)
    }

    /// Ends the connection with an error for the user; the buffers go as the profile says.
    pub(super) fn fail(&mut self, error: CallError, trigger: Trigger, rule: Rule) {
        let was = self.state;
        self.discard_send(rule);
        if self.profile.reset_flushes_receive_buffer {
            self.discard_receive(Rule::ResetFlushesBuffers);
        }
        let silent = trigger == Trigger::ReceiveReset
            && was == State::CloseWait
            && !self.profile.reset_in_close_wait_fails_receive;
        // An active open is not over before it is ESTABLISHED, also when both sides open.
        let opening = was == State::SynSent || was == State::SynReceived && self.listener.is_none();
        if opening {
            // The call that opened tells the error, and no later one does.
            self.note(Notice::Errored { error }, rule);
        } else if silent {
            self.send_error = Some(CallError::BrokenPipe);
            self.note(Notice::Errored { error: CallError::BrokenPipe }, rule);
        } else {
            self.receive_error = Some(error);
            self.send_error = Some(error);
            self.note(Notice::Errored { error }, rule);
        }
        self.set_state(trigger, rule);
        self.never_opened = opening;
        let event = if opening { SocketEvent::ConnectFailed(error) } else { SocketEvent::Failed(error) };
        self.tell(event);
    }

    pub(super) fn discard_send(&mut self, rule: Rule) {
        let range = self.send.clear();
        if !range.is_empty() {
            self.note(Notice::BytesDiscarded { buffer: Buffer::Send, range }, rule);
        }
    }

    pub(super) fn discard_receive(&mut self, rule: Rule) {
        let range = self.receive.clear();
        if !range.is_empty() {
            self.note(Notice::BytesDiscarded { buffer: Buffer::Receive, range }, rule);
        }
    }
}
