//! The narrowest link of a run: what waits in front of it, what is on it, and what its queue had no room for.

use std::rc::Rc;

use playground_core::event::{DropReason, Event, NodeId};
use playground_core::node::RoleSpec;
use playground_core::scenario::Scenario;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection};
use crate::role::RoleKind;

/// The narrowest link of a run in the direction of the browser, to be shown at any moment.
#[derive(Clone, Debug)]
pub struct Queue {
    dissection: Rc<Dissection>,
    link: QueueLink,
    /// Name and role of the nodes at its ends: from, to.
    ends: [(String, RoleKind); 2],
    /// Every packet handed to the link in that direction, in order.
    packets: Vec<QueuePacket>,
}

/// A link in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueLink {
    /// The node whose packets wait.
    pub from: NodeId,
    /// The node at the other end.
    pub to: NodeId,
    /// Bits per second; 0 is without limit.
    pub bits_per_s: u64,
    /// How long a bit is on its way.
    pub delay: Duration,
    /// Packets that may wait, besides the one that is being sent; none is without limit.
    pub places: Option<u32>,
}

/// A packet handed to the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePacket {
    /// Its connection.
    pub connection: Option<ConnectionId>,
    /// Whether it carries data.
    pub is_data: bool,
    /// When it was handed over, and the entry.
    pub at: Instant,
    /// The entry that handed it over.
    pub entry: u32,
    /// When its first and its last bit leave.
    pub leaves: (Instant, Instant),
    /// The entry that dropped it, as the queue had no room for it.
    pub dropped: Option<u32>,
}

/// The link at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueMoment {
    /// The link.
    pub link: QueueLink,
    /// Name and role of the nodes at its ends: from, to.
    pub ends: [(String, RoleKind); 2],
    /// Packets that wait, the next to leave first.
    pub waiting: Vec<QueuePacket>,
    /// Packets with bits on the link, the first to arrive first.
    pub on_link: Vec<QueuePacket>,
    /// Packets that found the queue full, in order.
    pub lost: Vec<QueuePacket>,
    /// The longest time that a packet has waited so far.
    pub longest: Duration,
    /// Connections that are open or being opened or closed, in the order of opening.
    pub connections: Vec<ConnectionId>,
    /// How many connections have been opened so far.
    pub opened: u32,
    /// The moment.
    pub now: Instant,
}

impl Queue {
    /// Whether a scenario has a browser, whose page comes over a link.
    pub fn exists(scenario: &Scenario) -> bool {
        link(scenario).is_some()
    }

    /// The narrowest link of a run.
    ///
    /// Returns `None` without a browser.
    pub fn new(trace: &Trace, dissection: Rc<Dissection>) -> Option<Self> {
        let link = link(&trace.scenario)?;
        let end = |node: NodeId| {
            let spec = trace.scenario.nodes.get(node.index())?;
            Some((spec.name.clone(), RoleKind::of(spec)))
        };
        let ends = [end(link.from)?, end(link.to)?];
        let mut packets: Vec<QueuePacket> = Vec::new();
        let mut ids = Vec::new();
        for entry in &trace.entries {
            match &entry.event {
                Event::PacketSent { id, to, packet, departs, .. }
                    if (entry.node, *to) == (link.from, link.to) =>
                {
                    let bits = packet.wire_len() as u64 * 8;
                    let takes =
                        if link.bits_per_s == 0 { 0 } else { (bits * 1_000_000).div_ceil(link.bits_per_s) };
                    let begins =
                        Instant::from_micros(departs.as_micros().saturating_sub(takes)).max(entry.at);
                    let label = dissection.segment(*id);
                    ids.push(*id);
                    packets.push(QueuePacket {
                        connection: label.and_then(|label| label.connection),
                        is_data: matches!(packet, Packet::Segment(segment) if !segment.payload.is_empty()),
                        at: entry.at,
                        entry: entry.index,
                        leaves: (begins, *departs),
                        dropped: None,
                    });
                }
                Event::PacketDropped { id, reason: DropReason::QueueFull } => {
                    if let Some(place) = ids.iter().rposition(|known| known == id) {
                        packets[place].dropped = Some(entry.index);
                    }
                }
                _ => {}
            }
        }
        Some(Self { dissection, link, ends, packets })
    }

    /// The link at a cursor.
    pub fn at(&self, cursor: Cursor) -> QueueMoment {
        let now = cursor.at;
        let known = &self.packets[..self.packets.partition_point(|packet| packet.entry < cursor.index)];
        let is_lost = |packet: &QueuePacket| packet.dropped.is_some_and(|entry| entry < cursor.index);
        let (lost, sent): (Vec<_>, Vec<_>) = known.iter().copied().partition(is_lost);
        let waited = |packet: &QueuePacket| packet.leaves.0.min(now).since(packet.at);
        let connections = self.dissection.connections.iter().filter(|one| {
            let is_over = |end: Option<u32>| end.is_some_and(|entry| entry < cursor.index);
            one.opened < cursor.index && !is_over(one.time_wait) && !is_over(one.gone)
        });
        QueueMoment {
            link: self.link,
            ends: self.ends.clone(),
            waiting: sent.iter().filter(|packet| packet.leaves.0 > now).copied().collect(),
            on_link: sent
                .iter()
                .filter(|packet| packet.leaves.0 <= now && now < packet.leaves.1 + self.link.delay)
                .copied()
                .collect(),
            longest: sent.iter().map(waited).max().unwrap_or(Duration::ZERO),
            lost,
            connections: connections.map(|one| one.id).collect(),
            opened: self.dissection.connections.iter().filter(|one| one.opened < cursor.index).count() as u32,
            now,
        }
    }
}

impl QueueMoment {
    /// Where the first and the last bit of a packet are on the link: 0 where they leave, 1 where they arrive.
    pub fn extent(&self, packet: &QueuePacket) -> (f64, f64) {
        let delay = self.link.delay.as_micros().max(1) as f64;
        let way = |left: Instant| {
            let since = self.now.as_micros() as f64 - left.as_micros() as f64;
            (since / delay).clamp(0.0, 1.0)
        };
        (way(packet.leaves.0), way(packet.leaves.1))
    }
}

/// The narrowest link, from the end that is farther from the browser.
fn link(scenario: &Scenario) -> Option<QueueLink> {
    let client = scenario.nodes.iter().position(|node| matches!(node.role, RoleSpec::Browser(_)))?;
    let rate = |bits_per_s: u64| if bits_per_s == 0 { u64::MAX } else { bits_per_s };
    let narrowest = scenario.links.iter().min_by_key(|link| rate(link.bits_per_s))?;
    let place = |name: &str| scenario.nodes.iter().position(|node| node.name == name);
    let (one, other) = (place(&narrowest.between.0)?, place(&narrowest.between.1)?);
    let (near, far) = if one.abs_diff(client) < other.abs_diff(client) { (one, other) } else { (other, one) };
    Some(QueueLink {
        from: NodeId(far as u16),
        to: NodeId(near as u16),
        bits_per_s: narrowest.bits_per_s,
        delay: narrowest.delay_us,
        places: narrowest.queue_segments,
    })
}
