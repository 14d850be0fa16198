//! Congestion control: slow start, congestion avoidance, fast retransmit and fast recovery (NewReno).

use super::profile::{ByteCounting, IdleRestart};
use super::{Phase, Profile};
use crate::time::Duration;
use crate::wire::SeqNum;

/// The sender's reaction to an acknowledgment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reaction {
    /// Nothing more.
    None,
    /// Send the first unacknowledged segment again: third duplicate ACK.
    FastRetransmit,
    /// Send the first unacknowledged segment again: partial ACK.
    RetransmitNextHole,
}

/// The congestion window and its state.
///
/// Units: octets.
///
/// Source: RFC 5681 section 3, RFC 6582 section 3.2, RFC 3042, RFC 3465.
#[derive(Clone, Debug)]
pub(super) struct Congestion {
    segment_size: u32,
    /// cwnd.
    pub window: u32,
    /// ssthresh; none while arbitrarily high.
    pub threshold: Option<u32>,
    /// Phase.
    pub phase: Phase,
    duplicates: u32,
    recover: Option<SeqNum>,
    counted: u32,
}

impl Congestion {
    pub fn new(profile: &Profile, segment_size: u32) -> Self {
        Self {
            segment_size,
            window: profile.initial_window.max(1).saturating_mul(segment_size),
            threshold: None,
            phase: Phase::SlowStart,
            duplicates: 0,
            recover: None,
            counted: 0,
        }
    }

    /// New segments that the first two duplicate ACKs let out beyond cwnd, octets. RFC 3042.
    pub fn limited_transmit(&self, profile: &Profile) -> u32 {
        if profile.limited_transmit && self.phase != Phase::FastRecovery {
            self.duplicates.min(2) * self.segment_size
        } else {
            0
        }
    }

    /// New data was acknowledged: `acked` octets, up to `ack`; `limiting` tells whether cwnd was what
    /// limited the sender.
    pub fn on_ack(&mut self, profile: &Profile, acked: u32, ack: SeqNum, limiting: bool) -> Reaction {
        self.duplicates = 0;
        if self.phase == Phase::FastRecovery {
            let full = self.recover.is_none_or(|recover| ack.is_at_or_after(recover));
            if full {
                // RFC 6582 section 3.2 step 3, full acknowledgment: cwnd is ssthresh again.
                self.window = self.threshold.unwrap_or(self.window);
                self.phase = Phase::CongestionAvoidance;
                self.counted = 0;
                return Reaction::None;
            }
            // Partial acknowledgment: deflate by what was acknowledged, add back one segment.
            self.window = self.window.saturating_sub(acked).max(self.segment_size);
            if acked >= self.segment_size {
                self.window += self.segment_size;
            }
            return Reaction::RetransmitNextHole;
        }
        // RFC 5681 section 3.1: cwnd grows by data; a lone FIN is none.
        if acked == 0 || profile.grows_only_when_limiting && !limiting {
            return Reaction::None;
        }
        if self.threshold.is_none_or(|threshold| self.window < threshold) {
            let growth = match profile.byte_counting {
                ByteCounting::PerAck => self.segment_size.min(acked),
                ByteCounting::PerOctet { limit_segments } => {
                    acked.min(limit_segments.map_or(u32::MAX, |limit| limit * self.segment_size))
                }
            };
            self.window = self.window.saturating_add(growth);
            self.phase = Phase::SlowStart;
        } else {
            // RFC 5681 section 3.1: one segment for each window's worth acknowledged.
            self.phase = Phase::CongestionAvoidance;
            self.counted += acked;
            if self.counted >= self.window {
                self.counted -= self.window;
                self.window = self.window.saturating_add(self.segment_size);
            }
        }
        Reaction::None
    }

    /// A duplicate ACK arrived while `flight` octets were outstanding, up to `next`.
    pub fn on_duplicate_ack(&mut self, flight: u32, una: SeqNum, next: SeqNum) -> Reaction {
        self.duplicates += 1;
        if self.phase == Phase::FastRecovery {
            // RFC 5681 section 3.2 step 4: each further one means that a segment has left the network.
            self.window = self.window.saturating_add(self.segment_size);
            return Reaction::None;
        }
        // RFC 6582 section 3.2 step 2: not again for the same window of data. The ACK must cover "more than recover",
        // which is the last number sent by then; `recover` here is the one after it.
        let covered = self.recover.is_some_and(|recover| una.is_at_or_before(recover));
        if self.duplicates < 3 || covered {
            return Reaction::None;
        }
        // RFC 5681 section 3.2 steps 2 and 3; what limited transmit sent beyond cwnd does not count.
        self.threshold = Some((flight.min(self.window) / 2).max(2 * self.segment_size));
        self.window = self.threshold.unwrap_or(0) + 3 * self.segment_size;
        self.phase = Phase::FastRecovery;
        self.recover = Some(next);
        Reaction::FastRetransmit
    }

    /// The retransmission timer expired while `flight` octets were outstanding, up to `next`.
    pub fn on_timeout(&mut self, flight: u32, next: SeqNum, first: bool) {
        // RFC 5681 section 3.1 equation 4, only for the first time-out of a segment.
        if first {
            self.threshold = Some((flight / 2).max(2 * self.segment_size));
        }
        self.window = self.segment_size;
        self.phase = Phase::SlowStart;
        self.recover = Some(next);
        self.duplicates = 0;
        self.counted = 0;
    }

    /// Nothing was sent for `idle`, longer than the RTO: the window shrinks.
    ///
    /// Source: RFC 5681 section 4.1, RFC 2861 section 3.
    pub fn restart(&mut self, profile: &Profile, idle: Duration, timeout: Duration) {
        let restart = profile.initial_window.max(1).saturating_mul(self.segment_size);
        match profile.idle_restart {
            IdleRestart::RestartWindow => self.window = self.window.min(restart),
            IdleRestart::Halve => {
                // The threshold remembers the window before the pause.
                let before = self.window / 4 * 3;
                self.threshold = self.threshold.map(|threshold| threshold.max(before));
                let mut left = idle.saturating_sub(timeout);
                while left > Duration::ZERO && self.window > restart {
                    // Linux counts the window in segments.
                    self.window = (self.window / self.segment_size / 2 * self.segment_size).max(restart);
                    left = left.saturating_sub(timeout);
                }
            }
        }
    }
}
