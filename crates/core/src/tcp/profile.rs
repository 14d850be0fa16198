//! Profiles: the numbers and choices in which TCP stacks differ, as values.

use core::fmt;

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use super::{CallError, KeepaliveTimes};
use crate::time::Duration;

/// The name of a profile, as scenarios and links write it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, VariantArray, IntoStaticStr)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ProfileName {
    /// The book's numbers and the RFC's plain words.
    #[default]
    Textbook,
    /// Linux 6.
    Linux,
    /// FreeBSD.
    Bsd,
}

impl ProfileName {
    /// The name in links: `linux`.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The profile of this name.
    pub fn profile(self) -> Profile {
        match self {
            Self::Textbook => Profile::textbook(),
            Self::Linux => Profile::linux(),
            Self::Bsd => Profile::bsd(),
        }
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// By how much an ACK opens the congestion window in slow start.
///
/// Source: RFC 5681 section 3.1, RFC 3465 section 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteCounting {
    /// One segment for each ACK, whatever it covers.
    PerAck,
    /// The octets acknowledged, at most so many segments at once.
    PerOctet {
        /// The limit L of RFC 3465; none is without limit.
        limit_segments: Option<u32>,
    },
}

/// The content of a zero-window probe.
///
/// Source: RFC 9293 section 3.8.6.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// One octet that the window does not allow.
    NewOctet,
    /// Nothing, with the number before SND.UNA: the peer must answer it with an ACK. Linux.
    OldNumber,
}

/// Which RSTs a connection believes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetCheck {
    /// Any in the window. RFC 793.
    InWindow,
    /// Only the one at RCV.NXT; another in the window is answered by a challenge ACK. RFC 5961 section 3.2.
    Exact,
}

/// What becomes of data for an input that its user has closed while the output is open.
///
/// Source: RFC 9293 has no such call; see the profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedInput {
    /// RST, as after CLOSE. HTTP: The Definitive Guide section 4.7.4.
    Reset,
    /// Acknowledged and thrown away. FreeBSD.
    Discard,
    /// Acknowledged and kept, as if nothing had been closed. Linux.
    Keep,
}

/// What becomes of text, or a FIN, that comes with a SYN.
///
/// Source: RFC 9293 sections 3.10.7.2 and 3.10.7.3 ask for it to be kept until ESTABLISHED.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SynText {
    /// Kept in every state.
    Keep,
    /// Kept in SYN-SENT; a listening socket drops it. FreeBSD.
    KeepInSynSent,
    /// Dropped: the peer sends it again. Linux.
    Drop,
}

/// Whether the ACK field of a segment counts that lies before RCV.NXT, and so brings nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldSegmentAck {
    /// It does not: the segment is answered and dropped. RFC 9293 section 3.10.7.4, first check.
    Ignore,
    /// It does when the segment reaches up to what the last ACK sent told. Linux.
    SinceLastAck,
    /// It does. FreeBSD.
    Take,
}

/// Up to where the receive window goes as the reader frees the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowEdge {
    /// The right edge moves once it can move by a segment or half the buffer. RFC 9293 section 3.8.6.2.2.
    WholeSegments,
    /// A scaled window follows the free space; an unscaled one keeps its size, or becomes a multiple of whole segments
    /// when it could be a segment larger. Less than a segment and half of the buffer, or than a sixteenth, is announced as zero. Linux.
    Multiples,
    /// The right edge follows the free space in every segment; less than a segment and a quarter of the buffer is
    /// announced as zero. The buffer is rounded up to whole segments. FreeBSD.
    FreeSpace,
}

/// When reading alone, without an ACK that is due, announces the larger window.
///
/// Source: RFC 9293 section 3.8.6.2.2 says when the edge may move, and leaves open when to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowUpdate {
    /// It has grown by half the buffer; or by two segments, and these are a quarter of the buffer or the free space is
    /// at most an eighth of it. FreeBSD.
    Quarter,
    /// It has at least doubled, and was at most half the buffer. Linux.
    Doubled,
}

/// What the sender does with a segment that the peer's window cuts short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutSegment {
    /// It waits for more window, or for the override time-out. RFC 9293 section 3.8.6.2.1.
    Wait,
    /// It is sent at once behind a full segment with which it makes a burst of two, unless Nagle's algorithm holds small
    /// segments back; alone it waits for more window, or for an RTO. Linux.
    SendBehindFull,
}

/// The congestion window after an idle time longer than an RTO.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdleRestart {
    /// At most the restart window. RFC 5681 section 4.1.
    RestartWindow,
    /// Halved for each RTO of idle time, down to the restart window. RFC 2861 section 3, Linux.
    Halve,
}

/// Which sockets a socket with SO_REUSEADDR may share its port with. Without that option it shares with none, and so has
/// to wait for TIME-WAIT too.
///
/// Source: neither RFC 9293 nor POSIX says; each stack has its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedPort {
    /// With each that has SO_REUSEADDR and does not listen. Linux socket(7).
    BothAllow,
    /// With connections, whatever their options; a socket that is bound and no connection keeps its port. FreeBSD.
    Connected,
}

/// Which segments TIME-WAIT answers, a SYN that opens a new connection aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeWaitAnswer {
    /// Those that are not acceptable, and every FIN. RFC 9293 section 3.10.7.4.
    Unacceptable,
    /// None without ACK; else all but a bare ACK of what is known. FreeBSD.
    AllButKnownAck,
}

/// How a stack behaves where the specifications leave a choice or a number.
///
/// Source: beside each field; what Linux does was observed on Linux 6.18 in network namespaces, what
/// FreeBSD does was read in its documentation and its published packetdrill scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: ProfileName,
    /// Maximum segment size announced, octets. RFC 9293 section 3.7.1.
    pub max_segment_size: u16,
    /// Initial congestion window, segments. RFC 5681 section 3.1, RFC 6928.
    pub initial_window: u32,
    /// Growth per ACK. RFC 3465.
    pub byte_counting: ByteCounting,
    /// Whether the first two duplicate ACKs each let a new segment out. RFC 3042.
    pub limited_transmit: bool,
    /// Whether cwnd grows only while it is what limits the sender. RFC 7661 section 4.
    pub grows_only_when_limiting: bool,
    /// How long an ACK may wait; zero acknowledges at once. RFC 9293 section 3.8.6.3.
    pub delayed_ack: Duration,
    /// Whether every second segment is acknowledged at once whatever its size. FreeBSD; RFC 9293 section 3.8.6.3 asks it
    /// of full-sized ones.
    pub acks_every_second_small_segment: bool,
    /// Whether a segment that is partly old is acknowledged at once where SACK is agreed on. RFC 2883 section 4, FreeBSD.
    pub acks_partly_old_at_once: bool,
    /// Whether a reader that empties its buffer after a small segment releases a waiting ACK. Linux.
    pub read_releases_ack: bool,
    /// Segments acknowledged at once before delaying begins. Linux.
    pub quick_acks: u32,
    /// Whether the ACK of a lone FIN waits too. Linux.
    pub delays_ack_of_fin: bool,
    /// The clock tick: an ACK that waits on a connection without any data so far waits for the next one. Zero where a
    /// clock has no ticks. Linux with HZ = 250.
    pub tick: Duration,
    /// Nagle's algorithm. RFC 9293 section 3.7.4.
    pub nagle: bool,
    /// Whether Nagle's algorithm waits only while a *small* segment is outstanding, and lets the rest of a
    /// large write out at once. Minshall's change, in Linux.
    pub nagle_waits_for_small_only: bool,
    /// What becomes of a segment that the window cuts short.
    pub cut_segment: CutSegment,
    /// cwnd after idle time.
    pub idle_restart: IdleRestart,
    /// When an unanswered SYN is sent again, counted from the first.
    pub syn_retransmissions: &'static [Duration],
    /// When the active open gives up, counted from the first SYN.
    pub syn_timeout: Duration,
    /// How many lost SYNs leave the initial window as it is. RFC 5681 section 3.1: none; Linux: one.
    pub syn_losses_tolerated: u32,
    /// RTO before any measurement. RFC 6298 section 2.1.
    pub initial_rto: Duration,
    /// The least RTO. RFC 6298 section 2.4.
    pub min_rto: Duration,
    /// The least value of the term 4 * RTTVAR. RFC 6298 section 2.3 calls it G; Linux uses 200 ms.
    pub min_rto_variance: Duration,
    /// The greatest RTO. RFC 6298 section 2.5.
    pub max_rto: Duration,
    /// Retransmissions of one segment before the connection is given up. RFC 9293 section 3.8.3.
    pub data_retries: u32,
    /// Whether a router's word that the peer cannot be reached ends an opening at once. RFC 9293 section 3.9.2.2
    /// says that it must not; RFC 5461 section 4.1 tells of the stacks where it does.
    ///
    /// Simplified: BSD's, which wait for a second word after some SYNs (section 4.2), wait until time is up.
    pub unreachable_ends_opening: bool,
    /// What becomes of text that comes with a SYN.
    pub syn_text: SynText,
    /// The error of connect() from a bound port whose 4-tuple exists. POSIX: EADDRINUSE; Linux: EADDRNOTAVAIL.
    pub tuple_in_use: CallError,
    /// SO_REUSEADDR on every socket that the user does not say otherwise of. Real sockets begin without it; servers set
    /// it.
    pub reuse_address: bool,
    /// With whom a socket with SO_REUSEADDR may share its port.
    pub shared_port: SharedPort,
    /// SO_KEEPALIVE on every socket that the user does not say otherwise of. RFC 9293 section 3.8.4: off.
    ///
    /// Simplified: off for FreeBSD too, whose `always_keepalive` puts it on.
    pub keepalive: bool,
    /// When an idle connection with SO_KEEPALIVE is probed.
    pub keepalive_times: KeepaliveTimes,
    /// Maximum segment lifetime; TIME-WAIT lasts twice as long. RFC 9293 section 3.4.2.
    pub max_segment_lifetime: Duration,
    /// Which segments TIME-WAIT answers.
    pub time_wait_answer: TimeWaitAnswer,
    /// Whether RST ends TIME-WAIT. RFC 9293 section 3.10.7.4: yes; RFC 1337 section 3, FreeBSD: no.
    pub reset_ends_time_wait: bool,
    /// Whether an ACK sent while the own FIN is unacknowledged carries the FIN again. FreeBSD.
    pub repeats_fin: bool,
    /// How long FIN-WAIT-2 lasts without a user; none is for ever. Linux.
    pub fin_wait_2_timeout: Option<Duration>,
    /// Whether RST throws away what was received and not read. RFC 9293 section 3.10.7.4.
    pub reset_flushes_receive_buffer: bool,
    /// Whether RST in CLOSE-WAIT makes `recv` fail with ECONNRESET; if not, only writing fails (EPIPE).
    pub reset_in_close_wait_fails_receive: bool,
    /// Whether RST in CLOSING and LAST-ACK is an error for a user that still has the socket. RFC 9293 section 3.10.7.4:
    /// no; Linux, FreeBSD: ECONNRESET.
    pub reset_while_closing_fails: bool,
    /// What becomes of data for a closed input.
    pub closed_input: ClosedInput,
    /// Which RSTs are believed.
    pub reset_check: ResetCheck,
    /// Whether the ACK field of a segment before RCV.NXT counts.
    pub old_segment_ack: OldSegmentAck,
    /// The content of a zero-window probe.
    pub probe: Probe,
    /// Whether the window scale option is offered. RFC 7323 section 2.
    pub window_scaling: bool,
    /// The least shift of that option: more than the buffer needs, where buffers may grow. FreeBSD: 6 for 2 MB.
    pub least_window_shift: u8,
    /// Up to where the receive window goes.
    pub window_edge: WindowEdge,
    /// When reading announces a larger window.
    pub window_update: WindowUpdate,
    /// Whether the timestamps option is offered. RFC 7323 section 3.
    pub timestamps: bool,
    /// Whether SACK is offered; it is announced, not used. RFC 2018.
    pub sack_permitted: bool,
    /// Capacity of a receive buffer, octets.
    pub receive_buffer: u32,
    /// Capacity of a send buffer, octets.
    pub send_buffer: u32,
    /// First and last ephemeral port. RFC 6056 section 3.2.
    pub ephemeral_ports: (u16, u16),
    /// Whether the even ephemeral ports are tried before the odd ones. Linux.
    pub even_ports_first: bool,
}

const fn tenths<const N: usize>(tenths: [u64; N]) -> [Duration; N] {
    let mut out = [Duration::ZERO; N];
    let mut index = 0;
    while index < N {
        out[index] = Duration::from_millis(tenths[index] * 100);
        index += 1;
    }
    out
}

/// Doubling from 1 s; the two last as late as a kernel's coarse timers make them.
const SYN_DOUBLING: &[Duration] = &tenths([10, 30, 70, 150, 310, 650]);
/// Four linear steps, then doubling: Linux since 6.5.
const SYN_LINEAR: &[Duration] = &tenths([10, 20, 30, 41, 51, 71, 111, 193, 355, 695]);

impl Profile {
    /// The book's numbers, and the RFC where the book says nothing.
    pub fn textbook() -> Self {
        Self {
            name: ProfileName::Textbook,
            max_segment_size: 1460,
            initial_window: 1,
            byte_counting: ByteCounting::PerAck,
            limited_transmit: false,
            grows_only_when_limiting: true,
            delayed_ack: Duration::from_millis(200),
            acks_every_second_small_segment: false,
            acks_partly_old_at_once: false,
            read_releases_ack: false,
            quick_acks: 0,
            delays_ack_of_fin: false,
            tick: Duration::ZERO,
            nagle: true,
            nagle_waits_for_small_only: false,
            cut_segment: CutSegment::Wait,
            idle_restart: IdleRestart::RestartWindow,
            syn_losses_tolerated: 0,
            syn_retransmissions: SYN_DOUBLING,
            syn_timeout: Duration::from_secs(131),
            initial_rto: Duration::from_secs(1),
            min_rto: Duration::from_secs(1),
            min_rto_variance: Duration::from_millis(1),
            max_rto: Duration::from_secs(60),
            data_retries: 8,
            unreachable_ends_opening: false,
            syn_text: SynText::Keep,
            tuple_in_use: CallError::AddressInUse,
            reuse_address: true,
            shared_port: SharedPort::BothAllow,
            keepalive: false,
            keepalive_times: KeepaliveTimes {
                idle: Duration::from_secs(7_200),
                interval: Duration::from_secs(75),
                probes: 9,
            },
            max_segment_lifetime: Duration::from_secs(60),
            time_wait_answer: TimeWaitAnswer::Unacceptable,
            reset_ends_time_wait: true,
            repeats_fin: false,
            fin_wait_2_timeout: Some(Duration::from_secs(675)),
            reset_flushes_receive_buffer: true,
            reset_in_close_wait_fails_receive: true,
            reset_while_closing_fails: false,
            closed_input: ClosedInput::Reset,
            reset_check: ResetCheck::InWindow,
            old_segment_ack: OldSegmentAck::Ignore,
            probe: Probe::NewOctet,
            window_scaling: false,
            least_window_shift: 0,
            window_edge: WindowEdge::WholeSegments,
            window_update: WindowUpdate::Quarter,
            timestamps: false,
            sack_permitted: false,
            receive_buffer: 65_535,
            send_buffer: 65_536,
            ephemeral_ports: (49_152, 65_535),
            even_ports_first: false,
        }
    }

    /// Linux 6, as observed; congestion control reno.
    ///
    /// Simplified: no SACK recovery, no tail loss probe, no buffer auto-tuning.
    pub fn linux() -> Self {
        Self {
            name: ProfileName::Linux,
            initial_window: 10,
            byte_counting: ByteCounting::PerOctet { limit_segments: None },
            limited_transmit: true,
            grows_only_when_limiting: true,
            delayed_ack: Duration::from_millis(40),
            read_releases_ack: true,
            quick_acks: 16,
            delays_ack_of_fin: true,
            tick: Duration::from_millis(4),
            nagle_waits_for_small_only: true,
            cut_segment: CutSegment::SendBehindFull,
            idle_restart: IdleRestart::Halve,
            syn_losses_tolerated: 1,
            syn_retransmissions: SYN_LINEAR,
            syn_timeout: Duration::from_secs(135),
            min_rto: Duration::from_millis(200),
            min_rto_variance: Duration::from_millis(200),
            max_rto: Duration::from_secs(120),
            data_retries: 15,
            unreachable_ends_opening: true,
            syn_text: SynText::Drop,
            tuple_in_use: CallError::AddressNotAvailable,
            max_segment_lifetime: Duration::from_secs(30),
            fin_wait_2_timeout: Some(Duration::from_secs(60)),
            reset_flushes_receive_buffer: false,
            reset_in_close_wait_fails_receive: false,
            reset_while_closing_fails: true,
            closed_input: ClosedInput::Keep,
            reset_check: ResetCheck::Exact,
            old_segment_ack: OldSegmentAck::SinceLastAck,
            probe: Probe::OldNumber,
            window_scaling: true,
            window_edge: WindowEdge::Multiples,
            window_update: WindowUpdate::Doubled,
            timestamps: true,
            sack_permitted: true,
            receive_buffer: 262_144,
            send_buffer: 262_144,
            ephemeral_ports: (32_768, 60_999),
            even_ports_first: true,
            ..Self::textbook()
        }
    }

    /// FreeBSD, as documented.
    pub fn bsd() -> Self {
        Self {
            name: ProfileName::Bsd,
            initial_window: 10,
            byte_counting: ByteCounting::PerOctet { limit_segments: Some(2) },
            limited_transmit: true,
            grows_only_when_limiting: true,
            delayed_ack: Duration::from_millis(40),
            acks_every_second_small_segment: true,
            acks_partly_old_at_once: true,
            syn_retransmissions: &const { tenths([10, 32, 74, 156, 318, 640]) },
            syn_timeout: Duration::from_secs(75),
            min_rto: Duration::from_millis(230),
            min_rto_variance: Duration::from_millis(200),
            max_rto: Duration::from_secs(64),
            data_retries: 12,
            syn_text: SynText::KeepInSynSent,
            shared_port: SharedPort::Connected,
            keepalive_times: KeepaliveTimes { probes: 8, ..Self::textbook().keepalive_times },
            max_segment_lifetime: Duration::from_secs(30),
            time_wait_answer: TimeWaitAnswer::AllButKnownAck,
            reset_ends_time_wait: false,
            repeats_fin: true,
            fin_wait_2_timeout: Some(Duration::from_secs(60)),
            reset_flushes_receive_buffer: false,
            reset_while_closing_fails: true,
            closed_input: ClosedInput::Discard,
            reset_check: ResetCheck::Exact,
            old_segment_ack: OldSegmentAck::Take,
            window_scaling: true,
            least_window_shift: 6,
            window_edge: WindowEdge::FreeSpace,
            timestamps: true,
            sack_permitted: true,
            receive_buffer: 65_536,
            send_buffer: 32_768,
            ephemeral_ports: (49_152, 65_535),
            ..Self::textbook()
        }
    }

    /// How long TIME-WAIT lasts: twice the maximum segment lifetime.
    pub fn time_wait(&self) -> Duration {
        self.max_segment_lifetime.saturating_mul(2)
    }

    /// The window scale shift that is offered: the least that lets 16 bits hold the receive buffer, and not less than
    /// `least_window_shift`.
    pub fn window_shift(&self) -> u8 {
        let mut shift = self.least_window_shift;
        while shift < 14 && (self.receive_buffer >> shift) > u32::from(u16::MAX) {
            shift += 1;
        }
        shift
    }
}
