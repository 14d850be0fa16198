//! A trace as a pcapng file.

use std::collections::BTreeMap;

use playground_core::event::{DropReason, Entry, Event, PacketId};
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use super::{InterfaceId, LinkType, Writer};
use crate::octets::{TooLong, identification, write, write_datagram};

/// At most so many causes stand in a packet's comment.
const CAUSES_AT_MOST: usize = 8;

/// Whether packets carry comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comments {
    /// No comments.
    #[default]
    None,
    /// Each packet says by which rule it was sent, what led to it, and whether it was lost.
    Causes,
}

/// Writes every segment and datagram sent as a packet, at the time of sending.
///
/// Shape: one interface a hop, named after its two nodes, with IPv4 datagrams as packets; identifications
/// are those of [`identification`], so that a packet's octets are those that the page shows.
///
/// Units: microseconds, the start of the run standing at the Unix epoch.
///
/// Errors: [`TooLong`] for a segment that no datagram holds; the maximum segment sizes that a scenario may
/// ask for never make one.
pub fn export(trace: &Trace, comments: Comments) -> Result<Vec<u8>, TooLong> {
    let mut writer = Writer::new("Socket Playground");
    let interfaces: Vec<InterfaceId> = trace
        .scenario
        .links
        .iter()
        .map(|link| {
            writer.interface(
                &format!("{}-{}", link.between.0, link.between.1),
                LinkType::RAW,
                link.bits_per_s,
            )
        })
        .collect();
    let lost = losses(trace);
    for entry in &trace.entries {
        let (id, hop, octets) = match &entry.event {
            Event::PacketSent { id, hop, packet: Packet::Segment(segment), .. } => {
                (*id, hop, write(segment, identification(*id))?)
            }
            Event::PacketSent { id, hop, packet: Packet::Datagram(datagram), .. } => {
                (*id, hop, write_datagram(datagram, identification(*id))?)
            }
            _ => continue,
        };
        let comment = match comments {
            Comments::None => String::new(),
            Comments::Causes => causes(trace, entry, lost.get(&id).copied()),
        };
        // A hop is a place among the scenario's links, so it has an interface.
        if let Some(interface) = interfaces.get(hop.index()) {
            writer.packet(*interface, entry.at, &octets, &comment);
        }
    }
    Ok(writer.finish())
}

fn losses(trace: &Trace) -> BTreeMap<PacketId, DropReason> {
    trace
        .entries
        .iter()
        .filter_map(|entry| match entry.event {
            Event::PacketDropped { id, reason } => Some((id, reason)),
            _ => None,
        })
        .collect()
}

/// One line a cause, the packet's own rule first.
fn causes(trace: &Trace, entry: &Entry, lost: Option<DropReason>) -> String {
    let chain = trace.causes(entry.index);
    let mut lines: Vec<String> = chain
        .iter()
        .take(CAUSES_AT_MOST)
        .map(|entry| {
            format!("entry {} at {}: {} ({})", entry.index, entry.at, entry.rule.key(), entry.rule.source())
        })
        .collect();
    if chain.len() > CAUSES_AT_MOST {
        lines.push(format!("and {} more causes", chain.len() - CAUSES_AT_MOST));
    }
    if let Some(reason) = lost {
        lines.push(format!("lost: {}", reason_name(reason)));
    }
    lines.join("\n")
}

const fn reason_name(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Scripted => "the scenario says so",
        DropReason::Random => "random loss",
        DropReason::Corrupted => "damaged on the way",
        DropReason::QueueFull => "the queue was full",
        DropReason::LinkDown => "the cable was out",
        DropReason::HostDown => "the host was off",
    }
}
