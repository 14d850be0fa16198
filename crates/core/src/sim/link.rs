//! Link impairments: one direction of a link, with its rate, delay, queue, losses, and cable cuts.

use std::collections::VecDeque;

use crate::event::DropReason;
use crate::rng::Rng;
use crate::scenario::{Direction, ImpairmentKind, LinkSpec};
use crate::time::{Duration, Instant};
use crate::wire::Packet;

/// When a packet leaves and arrives, or is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// When its last bit leaves.
    pub departs: Instant,
    /// When it arrives, or would.
    pub arrives: Instant,
    /// When it is lost instead, and why.
    pub lost: Option<(Instant, DropReason)>,
    /// Whether it arrives twice.
    pub is_doubled: bool,
}

/// One direction of a link.
#[derive(Debug)]
pub(super) struct LinkDirection {
    delay: Duration,
    bits_per_s: u64,
    queue_segments: Option<u32>,
    impairments: Vec<ImpairmentKind>,
    rng: Rng,
    /// Departures still to come: the segments that wait or are being sent.
    departures: VecDeque<Instant>,
    free_at: Instant,
    segments: u32,
    data_segments: u32,
    /// The cable is out.
    pub down: bool,
}

/// An intervention for the next packet.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PendingImpairment {
    /// It is lost.
    pub is_lost: bool,
    /// It is late.
    pub late_by: Option<Duration>,
}

impl LinkDirection {
    pub fn new(spec: &LinkSpec, direction: Direction, seed: u64, stream: u64) -> Self {
        let impairments = spec
            .impairments
            .iter()
            .filter(|it| it.direction == direction)
            .map(|it| it.kind.clone())
            .collect();
        Self {
            delay: spec.delay_us,
            bits_per_s: spec.bits_per_s,
            queue_segments: spec.queue_segments,
            impairments,
            rng: Rng::new(seed, stream),
            departures: VecDeque::new(),
            free_at: Instant::ZERO,
            segments: 0,
            data_segments: 0,
            down: false,
        }
    }

    /// Takes a packet at `now` and says when it arrives, or is lost.
    pub fn transmit(&mut self, now: Instant, packet: &Packet, pending: PendingImpairment) -> Passage {
        self.segments += 1;
        let has_data = packet.is_data_segment();
        self.data_segments += u32::from(has_data);

        // Drawn for every segment, also one that the queue drops, so that one loss does not move the others.
        let mut drawn = None;
        let mut late = Duration::ZERO;
        for impairment in &self.impairments {
            match *impairment {
                ImpairmentKind::Loss { per_mille } if self.rng.per_mille(per_mille) => {
                    drawn = Some(DropReason::Random);
                }
                ImpairmentKind::Noise { per_mille } if self.rng.per_mille(per_mille) => {
                    drawn = drawn.or(Some(DropReason::Corrupted));
                }
                ImpairmentKind::Reorder { per_mille, by_us } if self.rng.per_mille(per_mille) => {
                    late = late + by_us;
                }
                _ => {}
            }
        }

        while self.departures.front().is_some_and(|departs| *departs <= now) {
            self.departures.pop_front();
        }
        let full = self.queue_segments.is_some_and(|limit| self.departures.len() as u64 > u64::from(limit));
        if full {
            return Passage {
                departs: now,
                arrives: now + self.delay,
                lost: Some((now, DropReason::QueueFull)),
                is_doubled: false,
            };
        }
        let start = now.max(self.free_at);
        let departs = start + self.serialization(packet);
        self.free_at = departs;
        self.departures.push_back(departs);

        let mut arrives = departs + self.delay + late;
        let mut reason = drawn;
        let mut is_doubled = false;
        let hit = |nth: u32, data_only: bool| {
            if data_only { has_data && nth == self.data_segments } else { nth == self.segments }
        };
        for impairment in &self.impairments {
            match *impairment {
                ImpairmentKind::Drop { nth, data_only } if hit(nth, data_only) => {
                    reason = Some(DropReason::Scripted);
                }
                ImpairmentKind::Corrupt { nth, data_only } if hit(nth, data_only) => {
                    reason = reason.or(Some(DropReason::Corrupted));
                }
                ImpairmentKind::Duplicate { nth, data_only } if hit(nth, data_only) => is_doubled = true,
                ImpairmentKind::Delay { nth, data_only, by_us } if hit(nth, data_only) => arrives += by_us,
                ImpairmentKind::Cut { from_us, until_us }
                    if departs >= from_us && until_us.is_none_or(|until| departs < until) =>
                {
                    reason = Some(DropReason::LinkDown);
                }
                _ => {}
            }
        }
        if pending.is_lost {
            reason = Some(DropReason::Scripted);
        }
        if let Some(by) = pending.late_by {
            arrives += by;
        }
        if self.down {
            reason = Some(DropReason::LinkDown);
        }
        let lost = reason.map(|reason| {
            // Corruption is detected on arrival; a loss happens half-way.
            let at = match reason {
                DropReason::Corrupted => arrives,
                _ => departs + Duration::from_micros(self.delay.as_micros() / 2),
            };
            (at, reason)
        });
        Passage { departs, arrives, lost, is_doubled }
    }

    /// How long a packet is on its way.
    pub const fn delay(&self) -> Duration {
        self.delay
    }

    /// Loses each packet with this probability from now on, in place of the one before.
    pub fn make_lossy(&mut self, per_mille: u16) {
        self.impairments.retain(|kind| !matches!(kind, ImpairmentKind::Loss { .. }));
        self.impairments.push(ImpairmentKind::Loss { per_mille });
    }

    /// How long the packet's bits take to leave.
    fn serialization(&self, packet: &Packet) -> Duration {
        if self.bits_per_s == 0 {
            return Duration::ZERO;
        }
        let bits = packet.wire_len() as u64 * 8;
        Duration::from_micros((bits * 1_000_000).div_ceil(self.bits_per_s))
    }
}
