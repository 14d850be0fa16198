//! What the segments of a host tell of its TCP: the profile nearest to it, and where it deviates.

use std::collections::BTreeMap;

use playground_core::event::{Event, NodeId, PacketId};
use playground_core::scenario::StackSpec;
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::{Packet, Segment, SeqNum};

use super::saturating;
use crate::{Dissection, SocketKey};

/// What follows within this time follows at once: the times of arrivals are estimated.
const AT_ONCE: Duration = Duration::from_millis(5);

/// What was seen of a host.
#[derive(Default)]
struct Seen {
    mss: Option<u16>,
    profile: ProfileName,
    /// Segments with octets that it sent first, within half of a round trip.
    first_flight: u32,
    /// The longest that octets waited for an ACK without octets.
    held_ack: Option<Duration>,
    /// Whether it sent a small segment while octets were unacknowledged. RFC 9293 section 3.7.4.
    sends_small: bool,
}

/// What is under way on a socket.
#[derive(Default)]
struct Flow {
    isn: Option<SeqNum>,
    /// The end of what it has sent, and what of it was acknowledged.
    sent: u64,
    acknowledged: u64,
    first_flight: u32,
    /// When it sent its SYN, and its first octets.
    opened: Option<Instant>,
    began: Option<Instant>,
    /// When it sent a small segment while octets were unacknowledged.
    small: Option<Instant>,
    /// From its SYN to the answer.
    round_trip: Option<Duration>,
    /// When octets arrived that it has not acknowledged.
    unanswered: Option<Instant>,
}

impl Flow {
    /// The offset of a number in what the socket sends: 1 is the first octet.
    fn offset(&self, number: SeqNum) -> u64 {
        self.isn.map_or(0, |isn| u64::from(number.0.wrapping_sub(isn.0)))
    }
}

/// The TCP of a capture's hosts.
pub(super) struct Stacks {
    hosts: BTreeMap<NodeId, Seen>,
}

impl Stacks {
    pub fn new(trace: &Trace, dissection: &Dissection) -> Self {
        let mut stacks = Self { hosts: BTreeMap::new() };
        let mut flows: BTreeMap<SocketKey, Flow> = BTreeMap::new();
        let mut under_way: BTreeMap<PacketId, (SocketKey, &Segment)> = BTreeMap::new();
        for entry in &trace.entries {
            match &entry.event {
                Event::PacketSent { id, socket: Some(socket), packet: Packet::Segment(segment), .. } => {
                    let key = SocketKey::new(entry.node, *socket);
                    stacks.sent(key, flows.entry(key).or_default(), segment, entry.at);
                    under_way.insert(*id, (key, segment));
                }
                Event::PacketDelivered { id } => {
                    let Some((from, segment)) = under_way.remove(id) else { continue };
                    let Some(flow) = dissection.peer(from).map(|peer| flows.entry(peer).or_default()) else {
                        continue;
                    };
                    if segment.flags.is_ack() && flow.isn.is_some() {
                        flow.acknowledged = flow.acknowledged.max(flow.offset(segment.ack));
                        // An ACK of the same moment may be what let it go.
                        let early = flow.small.take().map(|sent| saturating(entry.at, sent));
                        if early.is_some_and(|early| early > AT_ONCE) {
                            stacks.hosts.entry(entry.node).or_default().sends_small = true;
                        }
                        let round_trip = flow.opened.map(|opened| saturating(entry.at, opened));
                        flow.round_trip = flow.round_trip.or(round_trip);
                    }
                    if !segment.payload.is_empty() {
                        flow.unanswered.get_or_insert(entry.at);
                    }
                }
                _ => {}
            }
        }
        stacks
    }

    fn sent(&mut self, key: SocketKey, flow: &mut Flow, segment: &Segment, at: Instant) {
        let seen = self.hosts.entry(key.node).or_default();
        if segment.flags.is_syn() {
            flow.isn = Some(segment.seq);
            flow.opened = Some(at);
            seen.mss = segment.options.max_segment_size;
            seen.profile = nearest(segment);
        }
        let len = segment.payload.len() as u64;
        let unanswered = flow.unanswered.take();
        if len == 0 {
            let held = unanswered.filter(|_| segment.is_pure_ack()).map(|since| saturating(at, since));
            seen.held_ack = seen.held_ack.max(held);
            return;
        }
        let start = flow.offset(segment.seq);
        let is_new = start + len > flow.sent;
        let is_small = seen.mss.is_some_and(|mss| len < u64::from(mss));
        if is_new && is_small && flow.sent > flow.acknowledged.max(1) {
            flow.small.get_or_insert(at);
        }
        // Segments and ACKs of the same moment may be in either order.
        let since = saturating(at, *flow.began.get_or_insert(at));
        let is_first = flow.round_trip.is_some_and(|trip| 2 * since.as_micros() < trip.as_micros());
        if is_new && is_first {
            flow.first_flight += 1;
            seen.first_flight = seen.first_flight.max(flow.first_flight);
        }
        flow.sent = flow.sent.max(start + len);
    }

    /// The profile of a host, and its deviations.
    pub fn of(&self, node: NodeId) -> (ProfileName, StackSpec) {
        let Some(seen) = self.hosts.get(&node) else { return Default::default() };
        let profile = seen.profile.profile();
        let stack = StackSpec {
            max_segment_size: seen.mss.map(|mss| mss.clamp(64, 9_000)),
            // It may have had no more to send.
            initial_window: Some(seen.first_flight)
                .filter(|sent| *sent > profile.initial_window)
                .map(|sent| sent.min(1_000)),
            delayed_ack_us: seen.held_ack.filter(|held| *held <= AT_ONCE).map(|_| Duration::ZERO),
            nagle: (profile.nagle && seen.sends_small).then_some(false),
            ..StackSpec::default()
        };
        (seen.profile, stack)
    }
}

/// The profile whose SYN is most like this one: FreeBSD shifts windows by 6, Linux by another number, the book not at all.
fn nearest(syn: &Segment) -> ProfileName {
    match syn.options.window_scale {
        None => ProfileName::Textbook,
        Some(6) => ProfileName::Bsd,
        Some(_) => ProfileName::Linux,
    }
}
