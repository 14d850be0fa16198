//! What Wireshark's TCP analysis says of each segment.
//!
//! The rules are those of Wireshark's User's Guide, section "TCP Analysis", as version 4.0 follows them; a test lets
//! tshark judge the same segments. Each link is a place of capture by itself: what passes two links is no retransmission.

mod finding;
mod flow;

use std::collections::BTreeMap;

use playground_core::event::HopId;
use playground_core::time::Instant;
use playground_core::wire::{Endpoint, Segment, SeqNum};

pub use finding::{Finding, FindingKind};
use flow::{Observed, Pair};

/// Reads segments in the order of their capture.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    streams: Vec<Stream>,
    /// The latest stream between two ends, the smaller end first.
    by_ends: BTreeMap<(Endpoint, Endpoint), usize>,
    /// What was seen of a stream on a link.
    pairs: BTreeMap<(usize, HopId), Pair>,
}

/// What is known of a segment from the segments before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analyzed {
    /// Its connection, in the order of first segments: `tcp.stream`.
    pub stream: u32,
    /// SEG.SEQ from the initial sequence number.
    pub seq: u32,
    /// SEG.ACK from the peer's initial sequence number; 0 without the flag.
    pub ack: u32,
    /// SEG.WND after scaling.
    pub window: u32,
    /// What stands out about it.
    pub findings: Vec<Finding>,
}

impl Analyzed {
    /// Whether its octets come again or late, so that Wireshark does not read them as a message. It does when they
    /// were asked for.
    pub(crate) fn comes_again(&self) -> bool {
        self.findings.iter().any(|finding| matches!(finding, Finding::Retransmission | Finding::OutOfOrder))
    }
}

/// A connection: numbers count from its SYNs, or from what was seen first.
#[derive(Clone, Debug)]
struct Stream {
    /// The smaller end's first number, and the other's.
    first: [Option<SeqNum>; 2],
    /// The window scale option of each end's SYN; none where no SYN was seen.
    scale: [Option<Option<u8>>; 2],
    /// The number of its first SYN.
    syn: Option<SeqNum>,
    /// Whether its ends had a connection before.
    reuses_ports: bool,
}

impl Analysis {
    /// Reads the next segment, which is row `number` of the list and was seen on a link at some time.
    pub fn read(&mut self, number: u32, at: Instant, hop: HopId, segment: &Segment) -> Analyzed {
        let place = self.stream(segment);
        let side = usize::from(ends(segment).0 != segment.source);
        let stream = &mut self.streams[place];
        let flags = segment.flags;
        if flags.is_syn() {
            stream.first[side] = Some(segment.seq);
            stream.scale[side] = Some(segment.options.window_scale);
        }
        // Without a SYN the first octet that is seen is number 1.
        let first = *stream.first[side].get_or_insert(segment.seq - 1);
        let seq = segment.seq.0.wrapping_sub(first.0);
        let ack = match flags.is_ack() {
            true => segment.ack.0.wrapping_sub(stream.first[1 - side].get_or_insert(segment.ack - 1).0),
            false => 0,
        };
        let shift = |side: usize| match (stream.scale[side], stream.scale[1 - side]) {
            // RFC 7323 section 1.3: both ends must have sent the option.
            (Some(Some(shift)), Some(Some(_)) | None) => Some(shift.min(14)),
            (None, None | Some(Some(_))) => None,
            _ => Some(0),
        };
        // RFC 7323 section 2.2: the window of a SYN is never scaled.
        let scaled = if flags.is_syn() { 0 } else { shift(side).unwrap_or(0) };
        let window = u32::from(segment.window) << scaled;
        let observed = Observed { number, at, segment, window, peer_shift: shift(1 - side) };
        let reuses_ports = stream.reuses_ports && flags.is_syn() && !flags.is_ack();
        let pair = self.pairs.entry((place, hop)).or_default();
        let findings = pair.read(side, &observed, reuses_ports);
        Analyzed { stream: place as u32, seq, ack, window, findings }
    }

    /// The stream of a segment: another one where a SYN with another number opens it again.
    fn stream(&mut self, segment: &Segment) -> usize {
        let known = self.by_ends.get(&ends(segment)).copied();
        let syn = (segment.flags.is_syn() && !segment.flags.is_ack()).then_some(segment.seq);
        if let Some(place) = known {
            let stream = &mut self.streams[place];
            match (stream.syn, syn) {
                (Some(before), Some(now)) if before != now => {}
                (before, now) => {
                    stream.syn = before.or(now);
                    return place;
                }
            }
        }
        let reuses_ports = known.is_some();
        self.streams.push(Stream { first: [None; 2], scale: [None; 2], syn, reuses_ports });
        let place = self.streams.len() - 1;
        self.by_ends.insert(ends(segment), place);
        place
    }
}

/// Both ends, the smaller first.
fn ends(segment: &Segment) -> (Endpoint, Endpoint) {
    let (one, other) = (segment.source, segment.destination);
    if one <= other { (one, other) } else { (other, one) }
}
