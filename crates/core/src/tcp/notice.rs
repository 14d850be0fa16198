//! A connection's notices for the trace, and its events for the user.

use core::ops::Range;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::{CallError, SocketId, State, Trigger};
use crate::time::{Duration, Instant};
use crate::wire::FourTuple;

/// The timers of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Timer {
    /// Retransmission. RFC 6298.
    Retransmission,
    /// Delayed ACK. RFC 9293 section 3.8.6.3.
    DelayedAck,
    /// Zero-window probe. RFC 9293 section 3.8.6.1.
    Persist,
    /// 2MSL. RFC 9293 section 3.4.2.
    TimeWait,
    /// FIN-WAIT-2 without a user. Linux.
    FinWait2,
    /// Silly-window override. RFC 9293 section 3.8.6.2.1.
    Override,
    /// Keep-alive. RFC 9293 section 3.8.4.
    Keepalive,
}

/// What limits the sender's growth now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// cwnd below ssthresh: grows with each ACK.
    #[default]
    SlowStart,
    /// cwnd at or above ssthresh: grows by one segment a round trip.
    CongestionAvoidance,
    /// Between the third duplicate ACK and the ACK of all that was then outstanding.
    FastRecovery,
}

/// Which of a socket's two buffers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Buffer {
    /// Written, not yet acknowledged.
    Send,
    /// Received, not yet read.
    Receive,
}

/// A fact about one socket, past tense, as the trace keeps it.
///
/// Units: ranges count payload octets of one direction from 0, the first octet after the SYN; windows
/// are octets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "kebab-case")]
pub enum Notice {
    /// A socket began to wait for connections.
    Listening {
        /// Port.
        port: u16,
    },
    /// A connection came to be.
    Opened {
        /// Its four values.
        tuple: FourTuple,
        /// The listening socket it came from; none for an active open.
        listener: Option<SocketId>,
        /// Capacity of the send buffer, octets.
        send_capacity: usize,
        /// Capacity of the receive buffer, octets.
        receive_capacity: usize,
    },
    /// The state changed along an edge of the table.
    StateChanged {
        /// Before.
        from: State,
        /// After.
        to: State,
        /// By what.
        trigger: Trigger,
    },
    /// A timer was started or started again.
    TimerSet {
        /// Which.
        timer: Timer,
        /// When it will expire.
        expires_at: Instant,
    },
    /// A timer was stopped before it expired.
    TimerStopped {
        /// Which.
        timer: Timer,
    },
    /// A timer expired.
    TimerExpired {
        /// Which.
        timer: Timer,
    },
    /// The user's octets entered the send buffer.
    BytesQueued {
        /// Range in this side's output.
        range: Range<u64>,
    },
    /// The peer acknowledged octets; they left the send buffer.
    BytesAcknowledged {
        /// Range in this side's output.
        range: Range<u64>,
    },
    /// Octets arrived in order and entered the receive buffer.
    BytesReceived {
        /// Range in the peer's output.
        range: Range<u64>,
    },
    /// Octets arrived ahead of a gap and are held.
    BytesHeld {
        /// Range in the peer's output.
        range: Range<u64>,
    },
    /// The user took octets from the receive buffer.
    BytesRead {
        /// Range in the peer's output.
        range: Range<u64>,
    },
    /// Octets were thrown away.
    BytesDiscarded {
        /// From which buffer.
        buffer: Buffer,
        /// Range in this side's output (send) or the peer's (receive).
        range: Range<u64>,
    },
    /// The peer's end of output is known: nothing follows after these many octets.
    EndReceived {
        /// Octets of the peer's output in all.
        at: u64,
    },
    /// The congestion window, the threshold or the phase changed.
    CongestionChanged {
        /// Congestion window, octets.
        cwnd: u32,
        /// Slow start threshold, octets; none while it is "arbitrarily high".
        ssthresh: Option<u32>,
        /// Phase.
        phase: Phase,
    },
    /// The peer announced another window.
    PeerWindowChanged {
        /// SND.WND after scaling, octets.
        window: u32,
    },
    /// A round trip was measured.
    RttMeasured {
        /// The sample.
        sample: Duration,
        /// SRTT.
        smoothed: Duration,
        /// RTO that follows.
        timeout: Duration,
    },
    /// Data is ready, but a rule holds it back (the entry's rule says which).
    SendHeld {
        /// Octets held.
        len: usize,
    },
    /// The connection failed; the next call will say so.
    Errored {
        /// What the call will return.
        error: CallError,
    },
    /// A SYN found the backlog full and was dropped in silence.
    SynDropped,
    /// The socket is gone: its user gave it up and its state is CLOSED.
    Released,
}

/// An event of a socket for its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SocketEvent {
    /// The active open succeeded.
    Connected,
    /// The active open failed.
    ConnectFailed(CallError),
    /// A listening socket has a connection to accept.
    Acceptable,
    /// The socket is readable: octets, the end of the stream, or an error.
    Readable,
    /// There is room in the send buffer after a send call found none.
    Writable,
    /// The connection was reset or timed out.
    Failed(CallError),
}
