//! One connection: its control block, buffers and timers, and the one function that changes the state.

use strum::VariantArray;

use core::ops::Range;
use std::rc::Rc;

use bytes::Bytes;

use super::congestion::Congestion;
use super::control_block::{
    Acks, Closing, NegotiatedOptions, Opening, PendingErrors, ReceiveSequence, Retransmission, SendSequence,
    Sending,
};
use super::keepalive::{Keepalive, KeepaliveOptions};
use super::profile::WindowEdge;
use super::receive_buffer::ReceiveBuffer;
use super::send_buffer::SendBuffer;
use super::{Buffer, CallError, Notice, Phase, Profile, SocketEvent, State, Timer, Trigger, transition};
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
/// # Calling contract
///
/// A connection does nothing on its own and asks no clock; every call takes the time as `now`. Hand in
///
/// - the user's calls: [`send`](Self::send), [`receive`](Self::receive), [`shutdown`](Self::shutdown),
///   [`close`](Self::close), [`abort`](Self::abort);
/// - segments of this connection's 4-tuple: [`handle_segment`](Self::handle_segment);
/// - time: [`handle_timeout`](Self::handle_timeout), when [`poll_timeout`](Self::poll_timeout) says.
///
/// After each of these take [`drain_outputs`](Self::drain_outputs), and ask for the next time-out again. Segments,
/// facts for the trace and events for the user come from one queue, because their order is part of the trace.
///
/// [`Stack`](super::Stack) does all this for the sockets of a node.
///
/// Source: RFC 9293. The methods are divided over the files as its section 3.10 is: `calls`, `segment_arrives` (with
/// `acknowledgment` for its fifth check), `timeouts`, and `output` for what may be sent.
///
/// Simplified: no urgent data, no security compartment, no path MTU discovery; SACK is announced only.
#[derive(Debug)]
pub struct Connection {
    pub(super) profile: Rc<Profile>,
    pub(super) tuple: FourTuple,
    state: State,
    pub(super) snd: SendSequence,
    pub(super) rcv: ReceiveSequence,
    pub(super) options: NegotiatedOptions,
    pub(super) send: SendBuffer,
    pub(super) receive: ReceiveBuffer,
    pub(super) congestion: Congestion,
    pub(super) retransmission: Retransmission,
    pub(super) opening: Opening,
    pub(super) sending: Sending,
    pub(super) acks: Acks,
    pub(super) closing: Closing,
    pub(super) keepalive: Keepalive,
    pub(super) errors: PendingErrors,
    timers: [Option<Instant>; Timer::VARIANTS.len()],
    outputs: Vec<Output>,
}

impl Connection {
    /// A connection in CLOSED, or in LISTEN when a listening socket makes it (`passive`).
    pub(super) fn new(
        now: Instant,
        profile: Rc<Profile>,
        tuple: FourTuple,
        passive: bool,
        iss: SeqNum,
        keepalive: KeepaliveOptions,
    ) -> Self {
        let options = NegotiatedOptions::new(&profile, iss);
        Self {
            tuple,
            state: if passive { State::Listen } else { State::Closed },
            snd: SendSequence::new(iss),
            rcv: ReceiveSequence::default(),
            send: SendBuffer::new(profile.send_buffer as usize),
            receive: ReceiveBuffer::new(profile.receive_buffer as usize),
            congestion: Congestion::new(&profile, options.mss),
            retransmission: Retransmission::new(&profile, iss),
            options,
            opening: Opening {
                passive,
                bound_port: None,
                opened_at: now,
                syns_sent: 0,
                syn_sent_at: None,
                syn_with_text: None,
                failed: false,
            },
            sending: Sending {
                no_delay: !profile.nagle,
                wants_room: false,
                held_by: None,
                override_due: false,
                probing: false,
            },
            acks: Acks { quick_left: profile.quick_acks, ..Acks::default() },
            closing: Closing::default(),
            keepalive: Keepalive::new(now, keepalive),
            errors: PendingErrors::default(),
            timers: [None; Timer::VARIANTS.len()],
            outputs: Vec::new(),
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

    /// Octets of its output that the peer has acknowledged.
    pub fn octets_acknowledged(&self) -> u64 {
        self.send.start()
    }

    /// Whether the peer's FIN has arrived, after all octets before it.
    pub fn has_received_fin(&self) -> bool {
        self.closing.end_received
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
        self.closing.released
            && self.closing.linger.is_some()
            && !self.closing.fin_acked
            && self.state != State::Closed
    }

    /// Whether nobody will ask about this connection any more.
    pub(super) fn is_over(&self) -> bool {
        self.state == State::Closed && self.closing.released
    }

    /// What came of the calls since the last time, in order.
    pub fn drain_outputs(&mut self) -> impl Iterator<Item = Output> {
        self.outputs.drain(..)
    }

    /// Gives back memory that is not in use: tens of thousands of connections may be in TIME-WAIT.
    pub(super) fn release_memory(&mut self) {
        self.send.shrink();
        self.receive.shrink();
        self.outputs.shrink_to_fit();
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
        self.note(Notice::StateChanged { from: edge.from, to: edge.to, trigger }, rule);
        if edge.to == State::Closed {
            for &timer in Timer::VARIANTS {
                self.stop_timer(timer, rule);
            }
            self.acks.now = None;
            self.acks.later = false;
            self.receive.drop_held();
        }
    }

    pub(super) fn note(&mut self, notice: Notice, rule: Rule) {
        self.outputs.push(Output::Notice { notice, rule });
    }

    pub(super) fn notify_user(&mut self, event: SocketEvent) {
        self.outputs.push(Output::Event(event));
    }

    pub(super) fn send_segment(&mut self, segment: Segment, rule: Rule, retransmission: bool) {
        self.outputs.push(Output::Segment { segment: Rc::new(segment), rule, retransmission });
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
        self.snd.iss + 1 + offset as u32
    }

    pub(super) fn rto(&self) -> Duration {
        self.retransmission.round_trip.timeout(&self.profile)
    }

    /// The window field of a segment; moves the right edge to what it tells.
    ///
    /// Source: RFC 9293 section 3.8.6.2.2 (the receiver's half of silly window avoidance).
    fn announce_window(&mut self) -> u16 {
        let room = self.receive.room() as u32;
        let known = self.rcv.exact_edge.offset_from(self.rcv.nxt).max(0) as u32;
        let (buffer, last) = (self.profile.receive_buffer, self.rcv.announced);
        let segment = self.options.mss.min(buffer);
        let window = match self.profile.window_edge {
            WindowEdge::WholeSegments => {
                let worth = (buffer / 2).min(segment).max(1);
                let grows = room >= known.saturating_add(worth) || (known == 0 && room >= worth);
                if grows { room } else { known }
            }
            WindowEdge::Multiples if room < buffer / 16 || room < segment.min(buffer / 2) => known,
            WindowEdge::Multiples if self.options.own_shift > 0 => room.max(known),
            WindowEdge::Multiples if last <= room && last + segment > room => last.max(known),
            WindowEdge::Multiples => (room / segment * segment).max(known),
            WindowEdge::FreeSpace if room < segment && room < buffer / 4 => known,
            WindowEdge::FreeSpace => room.max(known),
        };
        // RFC 7323 section 2.3: rounded up, or scaling would take back what was announced.
        let unit = 1 << self.options.own_shift;
        let field = window.div_ceil(unit).min(u32::from(u16::MAX));
        self.rcv.exact_edge = self.rcv.nxt + window.min(field * unit);
        if (self.rcv.nxt + field * unit).is_after(self.rcv.edge) {
            self.rcv.edge = self.rcv.nxt + field * unit;
        }
        self.rcv.announced = field * unit;
        field as u16
    }

    /// The timestamp clock, milliseconds.
    pub(super) fn clock(&self, now: Instant) -> u32 {
        // The clock counts modulo 2^32, so the cut is the meaning.
        self.options.clock_offset.wrapping_add((now.as_micros() / 1_000) as u32)
    }

    /// Whether our SYN waits for its acknowledgment.
    pub(super) fn syn_is_outstanding(&self) -> bool {
        self.opening.syns_sent > 0 && self.snd.una == self.snd.iss
    }

    /// A segment of this connection with the fields that every one has.
    pub(super) fn segment(&mut self, now: Instant, seq: SeqNum, flags: Flags, payload: Bytes) -> Segment {
        let window = if flags.is_rst() {
            0
        } else if flags.is_syn() {
            // The window of a SYN is never scaled. RFC 7323 section 2.2.
            self.rcv.wnd().min(u32::from(u16::MAX)) as u16
        } else {
            self.announce_window()
        };
        let timestamps = (self.options.timestamps && !flags.is_rst()).then(|| Timestamps {
            value: self.clock(now),
            echo: if flags.is_ack() { self.options.recent_timestamp } else { 0 },
        });
        if flags.is_ack() {
            self.acks.sent();
            self.rcv.acknowledged = self.rcv.nxt;
        }
        Segment {
            source: self.tuple.local,
            destination: self.tuple.remote,
            seq,
            ack: if flags.is_ack() { self.rcv.nxt } else { SeqNum(0) },
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
        let keeps_received = trigger == Trigger::ReceiveReset && self.receive.unread() > 0;
        let reason = if keeps_received { Rule::ResetKeepsReceived } else { rule };
        let silent = trigger == Trigger::ReceiveReset
            && was == State::CloseWait
            && !self.profile.reset_in_close_wait_fails_receive;
        // An active open is not over before it is ESTABLISHED, also when both sides open.
        let opening = was == State::SynSent || was == State::SynReceived && !self.opening.passive;
        if opening {
            // The call that opened tells the error, and no later one does.
            self.note(Notice::Errored { error }, rule);
        } else if silent {
            self.errors.send = Some(CallError::BrokenPipe);
            self.note(Notice::Errored { error: CallError::BrokenPipe }, reason);
        } else {
            self.errors.receive = Some(error);
            self.errors.send = Some(error);
            self.note(Notice::Errored { error }, reason);
        }
        self.set_state(trigger, rule);
        self.opening.failed = opening;
        let event = if opening { SocketEvent::ConnectFailed(error) } else { SocketEvent::Failed(error) };
        self.notify_user(event);
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
