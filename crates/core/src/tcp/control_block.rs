//! The parts of a connection's control block, each with its variables. RFC 9293 section 3.3.1.

use super::{CallError, Profile};
use crate::rule::Rule;
use crate::time::Instant;
use crate::wire::{Segment, SeqNum};

use super::round_trip::RoundTrip;

/// Send sequence variables.
///
/// Source: RFC 9293 section 3.3.1, table 2.
#[derive(Clone, Debug)]
pub(super) struct SendSequence {
    /// ISS.
    pub iss: SeqNum,
    /// SND.UNA.
    pub una: SeqNum,
    /// SND.NXT.
    pub nxt: SeqNum,
    /// SND.WND, octets after scaling.
    pub wnd: u32,
    /// SND.WL1.
    pub wl1: SeqNum,
    /// SND.WL2.
    pub wl2: SeqNum,
    /// Max(SND.WND): the largest window that the peer has announced. Section 3.8.6.2.1.
    pub max_wnd: u32,
}

impl SendSequence {
    pub fn new(iss: SeqNum) -> Self {
        Self { iss, una: iss, nxt: iss, wnd: 0, wl1: SeqNum(0), wl2: SeqNum(0), max_wnd: 0 }
    }
}

/// Receive sequence variables.
///
/// Source: RFC 9293 section 3.3.1, table 3.
#[derive(Clone, Debug, Default)]
pub(super) struct ReceiveSequence {
    /// RCV.NXT.
    pub nxt: SeqNum,
    /// RCV.NXT + RCV.WND: the right edge of the window that the peer knows.
    pub edge: SeqNum,
    /// That edge before it was rounded up to the unit of a scaled window.
    pub exact_edge: SeqNum,
    /// The size of the window in the last segment sent, octets.
    pub announced: u32,
    /// RCV.NXT of the last ACK sent: Last.ACK.sent of RFC 7323 section 4.3.
    pub acknowledged: SeqNum,
}

impl ReceiveSequence {
    /// RCV.WND: octets that the peer may still send.
    pub fn wnd(&self) -> u32 {
        self.edge.offset_from(self.nxt).max(0) as u32
    }
}

/// Retransmission: measured round trips, and when and how often data was sent.
#[derive(Clone, Debug)]
pub(super) struct Retransmission {
    pub round_trip: RoundTrip,
    /// Retransmissions since the last acknowledgment of new data.
    pub retries: u32,
    /// When data was last sent.
    pub last_sent_at: Option<Instant>,
    /// The greatest flight size in the last window, octets.
    pub flight_peak: u32,
    /// The number at which that window ends.
    pub flight_peak_until: SeqNum,
}

impl Retransmission {
    pub fn new(profile: &Profile, iss: SeqNum) -> Self {
        Self {
            round_trip: RoundTrip::new(profile),
            retries: 0,
            last_sent_at: None,
            flight_peak: 0,
            flight_peak_until: iss,
        }
    }
}

/// The options that both SYNs agreed on.
///
/// Source: RFC 9293 section 3.7.1 (MSS), RFC 7323 (window scale, timestamps).
#[derive(Clone, Debug)]
pub(super) struct NegotiatedOptions {
    /// Payload octets of a full segment: Eff.snd.MSS.
    pub mss: u32,
    /// Snd.Wind.Shift.
    pub peer_shift: u8,
    /// Rcv.Wind.Shift.
    pub own_shift: u8,
    /// SACK permitted by both sides; only the acknowledgment of duplicates depends on it.
    pub sack: bool,
    pub timestamps: bool,
    /// TS.Recent.
    pub recent_timestamp: u32,
    /// What the timestamp clock starts with, milliseconds.
    pub clock_offset: u32,
}

impl NegotiatedOptions {
    pub fn new(profile: &Profile, iss: SeqNum) -> Self {
        Self {
            mss: u32::from(profile.max_segment_size),
            peer_shift: 0,
            own_shift: 0,
            sack: false,
            timestamps: false,
            recent_timestamp: 0,
            clock_offset: iss.0 >> 8,
        }
    }
}

/// The opening handshake.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    /// Whether a listening socket made the connection: a passive OPEN.
    pub passive: bool,
    /// The local port of the user's `bind`.
    pub bound_port: Option<u16>,
    /// When the connection came to be.
    pub opened_at: Instant,
    /// SYNs sent so far.
    pub syns_sent: u32,
    /// When the SYN was sent, while it was sent only once.
    pub syn_sent_at: Option<Instant>,
    /// A SYN whose text, or FIN, waits for ESTABLISHED.
    pub syn_with_text: Option<Segment>,
    /// The active open failed.
    pub failed: bool,
}

/// What the user has said about sending, and what holds data back.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    /// TCP_NODELAY: Nagle's algorithm is off.
    pub no_delay: bool,
    /// A write found too little room; the user waits to be told of more.
    pub wants_room: bool,
    /// The rule that holds data back, once it has been recorded.
    pub held_by: Option<Rule>,
    /// The silly-window override has expired.
    pub override_due: bool,
    /// Zero-window probes are being sent.
    pub probing: bool,
}

/// Acknowledging: what is due at once, what may wait.
///
/// Source: RFC 9293 section 3.8.6.3; quick ACKs and dialogue mode are Linux's.
#[derive(Clone, Debug, Default)]
pub(super) struct Acks {
    /// An ACK is due at once, by this rule.
    pub now: Option<Rule>,
    /// An ACK is due when its timer expires, or with the next segment.
    pub later: bool,
    /// Octets received in order and not acknowledged.
    pub octets: u32,
    /// Small segments since the last ACK, up to two; a full one with PSH counts as the first. Linux.
    pub pushed: u8,
    /// Segments that are still acknowledged at once before delaying begins.
    pub quick_left: u32,
    /// Both sides answer each other: ACKs wait for the next answer. Linux calls it ping-pong mode.
    pub dialogue: bool,
    /// When data last arrived.
    pub last_data_at: Option<Instant>,
}

impl Acks {
    /// A segment has acknowledged everything received so far.
    pub fn sent(&mut self) {
        if self.octets > 0 || self.later {
            self.quick_left = self.quick_left.saturating_sub(1);
        }
        (self.now, self.later, self.octets, self.pushed) = (None, false, 0, 0);
    }
}

/// Closing: both FINs, and what the user has closed.
#[derive(Clone, Debug, Default)]
pub(super) struct Closing {
    /// The user has closed the output: a FIN follows the data.
    pub fin_queued: bool,
    pub fin_sent: bool,
    pub fin_acked: bool,
    /// The user has given the connection up: no call will come.
    pub released: bool,
    /// The user has closed the input.
    pub input_closed: bool,
    /// The number of the peer's FIN, once one has arrived.
    pub peer_fin: Option<SeqNum>,
    /// Everything up to the peer's FIN has arrived.
    pub end_received: bool,
    /// SO_LINGER: seconds, when it is on.
    pub linger: Option<u32>,
}

/// Errors not yet reported to the user.
#[derive(Clone, Debug, Default)]
pub(super) struct PendingErrors {
    /// For the next RECEIVE.
    pub receive: Option<CallError>,
    /// For the next SEND.
    pub send: Option<CallError>,
    /// What a router said of the peer, while nothing has been acknowledged since. It may pass.
    pub soft: Option<CallError>,
}
