//! The two directions of a connection as they were seen on one link.

use playground_core::time::{Duration, Instant};
use playground_core::wire::{Segment, SeqNum};

use super::Finding;

/// A segment behind a gap that comes within this time, or within the handshake's round trip, is out of order.
const OUT_OF_ORDER: Duration = Duration::from_millis(3);
/// A retransmission this soon after the duplicate ACKs is a fast one.
const FAST: Duration = Duration::from_millis(20);

/// Both directions, the smaller end's first.
#[derive(Clone, Debug, Default)]
pub(super) struct Pair {
    flows: [Flow; 2],
    /// When the last SYN of the opening end was seen.
    opened: Option<Instant>,
    /// From the SYN to the ACK that ends the handshake.
    round_trip: Option<Duration>,
}

/// One direction.
#[derive(Clone, Debug, Default)]
struct Flow {
    /// The next sequence number, when nothing is lost.
    next: Option<SeqNum>,
    /// When that was learnt.
    next_at: Instant,
    /// The last acknowledgment, its time, and the last window.
    acked: Option<SeqNum>,
    acked_at: Instant,
    window: u32,
    /// The row that acknowledged it first, and how often it was repeated.
    first_ack: u32,
    repeated: u32,
    /// The highest number that the peer may acknowledge; not known from an ACK beyond it to the next segment.
    highest: Option<SeqNum>,
    /// Whether the last segment was a probe of one of the two kinds.
    keeps_alive: bool,
    probes: bool,
}

/// A segment with what is known about it.
pub(super) struct Observed<'a> {
    pub number: u32,
    pub at: Instant,
    pub segment: &'a Segment,
    /// Its window, scaled.
    pub window: u32,
    /// How far the peer's windows are shifted; none when its SYN was not seen.
    pub peer_shift: Option<u8>,
}

impl Pair {
    /// What stands out about a segment from one side, in the order of Wireshark's Info column.
    pub(super) fn read(&mut self, side: usize, seen: &Observed<'_>, reuses_ports: bool) -> Vec<Finding> {
        let flags = seen.segment.flags;
        if flags.is_syn() && !flags.is_ack() {
            self.opened = Some(seen.at);
        }
        let [one, other] = &mut self.flows;
        let (flow, peer) = if side == 0 { (one, other) } else { (other, one) };
        let answers_syn = flags.is_ack() && !flags.is_syn() && flow.acked.is_none() && peer.next.is_some();
        if answers_syn && self.round_trip.is_none() {
            self.round_trip = self.opened.map(|opened| seen.at.since(opened));
        }
        let mut findings = Vec::new();
        if reuses_ports {
            findings.push(Finding::PortNumbersReused);
        }
        judge(flow, peer, seen, self.round_trip, &mut findings);
        update(flow, seen, &findings);
        findings
    }
}

/// Finds what stands out; the order is that of the Info column.
fn judge(
    flow: &mut Flow,
    peer: &mut Flow,
    seen: &Observed<'_>,
    round_trip: Option<Duration>,
    findings: &mut Vec<Finding>,
) {
    let segment = seen.segment;
    let (seq, end, flags) = (segment.seq, segment.seq_end(), segment.flags);
    let len = segment.payload.len();
    let is_plain = !(flags.is_syn() || flags.is_fin() || flags.is_rst());
    let is_next = flow.next == Some(seq);

    let repeats = len == 0 && is_plain && is_next && flags.is_ack() && flow.acked == Some(segment.ack);
    let is_open = seen.window != 0;
    if repeats && seen.window == flow.window && !is_open && peer.probes {
        findings.push(Finding::ZeroWindowProbeAck);
    }
    if segment.window == 0 && is_plain {
        findings.push(Finding::ZeroWindow);
    }
    if len == 1 && is_next && peer.acked.is_some() && peer.window == 0 {
        findings.push(Finding::ZeroWindowProbe);
    }
    let keeps_alive = len <= 1 && is_plain && flow.next.is_some_and(|next| seq + 1 == next);
    if keeps_alive {
        findings.push(Finding::KeepAlive);
    }
    if repeats && is_open {
        findings.push(match seen.window == flow.window {
            false => Finding::WindowUpdate,
            true if peer.keeps_alive => Finding::KeepAliveAck,
            true => {
                flow.repeated += 1;
                Finding::DuplicateAck { of: flow.first_ack, count: flow.repeated }
            }
        });
    }
    let fills = peer.acked.is_some_and(|acked| end == acked + peer.window) && seen.peer_shift.is_some();
    if fills && len > 0 && is_plain {
        findings.push(Finding::WindowFull);
    }
    if flow.next.is_some_and(|next| seq.is_after(next)) && !flags.is_rst() {
        findings.push(Finding::PreviousNotCaptured);
    }
    if segment.seq_len() > 0 && flow.next.is_some_and(|next| seq.is_before(next)) && !keeps_alive {
        findings.push(again(flow, peer, seen, round_trip));
    }
    if flags.is_ack() && peer.highest.is_some_and(|highest| segment.ack.is_after(highest)) {
        findings.push(Finding::AckedUnseen);
        peer.highest = None;
    }
}

/// What a segment is whose first octet was passed already.
fn again(flow: &Flow, peer: &Flow, seen: &Observed<'_>, round_trip: Option<Duration>) -> Finding {
    let (seq, end) = (seen.segment.seq, seen.segment.seq_end());
    let is_acked = peer.acked.is_some_and(|acked| end.is_at_or_before(acked));
    let is_asked_for = peer.repeated >= 2 && peer.acked == Some(seq);
    if is_acked && !seen.segment.payload.is_empty() {
        Finding::SpuriousRetransmission
    } else if is_asked_for && seen.at.since(peer.acked_at) < FAST {
        Finding::FastRetransmission
    } else if seen.at.since(flow.next_at) < round_trip.unwrap_or(OUT_OF_ORDER) && flow.next != Some(end) {
        Finding::OutOfOrder
    } else {
        Finding::Retransmission
    }
}

/// What is known after a segment.
fn update(flow: &mut Flow, seen: &Observed<'_>, findings: &[Finding]) {
    let segment = seen.segment;
    let (end, was_next) = (segment.seq_end(), flow.next);
    flow.probes = findings.contains(&Finding::ZeroWindowProbe);
    flow.keeps_alive = findings.contains(&Finding::KeepAlive);
    if !flow.probes && was_next.is_none_or(|next| end.is_after(next)) {
        flow.next = Some(end);
        flow.next_at = seen.at;
    }
    // Only what follows without a gap may be acknowledged.
    let is_again = segment.seq_len() > 0 && was_next.is_some_and(|next| segment.seq.is_before(next));
    if findings.contains(&Finding::PreviousNotCaptured) {
        flow.highest = flow.highest.or(was_next);
    } else if !is_again && !flow.keeps_alive && flow.highest.is_none_or(|highest| highest == segment.seq) {
        flow.highest = Some(end);
    }
    if segment.flags.is_ack() {
        if flow.acked != Some(segment.ack) {
            flow.first_ack = seen.number;
            flow.repeated = 0;
        }
        flow.acked = Some(segment.ack);
        flow.acked_at = seen.at;
    }
    flow.window = seen.window;
}
