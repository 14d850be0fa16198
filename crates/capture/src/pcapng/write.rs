//! Writing pcapng: the file format, and the export of a trace.

use std::collections::BTreeMap;

use bytes::BufMut;
use playground_core::event::{DropReason, Entry, Event, PacketId};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use super::capture::LinkType;
use super::format;
use crate::octets::{TooLong, identification, write, write_datagram};

/// An interface of a file being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterfaceId(u32);

/// Writes one section of a pcapng file, little endian, times in microseconds.
///
/// Source: draft-ietf-opsawg-pcapng sections 3 and 4.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    interfaces: u32,
}

impl Writer {
    /// Begins a file, naming the application that writes it.
    pub fn new(application: &str) -> Self {
        let mut writer = Self { out: Vec::new(), interfaces: 0 };
        writer.block(format::SECTION_HEADER, |out| {
            out.put_u32_le(format::BYTE_ORDER_MAGIC);
            out.put_u16_le(format::MAJOR_VERSION);
            out.put_u16_le(0);
            // The section's length is not specified.
            out.put_u64_le(u64::MAX);
            text(out, format::OPTION_SECTION_APPLICATION, application);
            option(out, format::OPTION_END, &[]);
        });
        writer
    }

    /// Adds an interface.
    ///
    /// Units: bits per second; 0 is not known.
    pub fn interface(&mut self, name: &str, link_type: LinkType, bits_per_s: u64) -> InterfaceId {
        self.block(format::INTERFACE_DESCRIPTION, |out| {
            out.put_u16_le(link_type.0);
            out.put_u16_le(0);
            // No snap length: packets are captured whole.
            out.put_u32_le(0);
            text(out, format::OPTION_INTERFACE_NAME, name);
            if bits_per_s != 0 {
                option(out, format::OPTION_INTERFACE_SPEED, &bits_per_s.to_le_bytes());
            }
            option(out, format::OPTION_INTERFACE_TIME_RESOLUTION, &[6]);
            option(out, format::OPTION_END, &[]);
        });
        self.interfaces += 1;
        InterfaceId(self.interfaces - 1)
    }

    /// Adds a packet, whole, with the time it was seen and a comment.
    ///
    /// An empty comment is left out; one longer than 65,535 octets is cut.
    pub fn packet(&mut self, interface: InterfaceId, at: Instant, octets: &[u8], comment: &str) {
        let micros = at.as_micros();
        self.block(format::ENHANCED_PACKET, |out| {
            out.put_u32_le(interface.0);
            out.put_u32_le((micros >> 32) as u32);
            out.put_u32_le(micros as u32);
            out.put_u32_le(octets.len() as u32);
            out.put_u32_le(octets.len() as u32);
            padded(out, octets);
            if !comment.is_empty() {
                text(out, format::OPTION_COMMENT, comment);
                option(out, format::OPTION_END, &[]);
            }
        });
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    fn block(&mut self, kind: u32, body: impl FnOnce(&mut Vec<u8>)) {
        let start = self.out.len();
        self.out.put_u32_le(kind);
        self.out.put_u32_le(0);
        body(&mut self.out);
        let len = (self.out.len() + 4 - start) as u32;
        self.out[start + 4..start + 8].copy_from_slice(&len.to_le_bytes());
        self.out.put_u32_le(len);
    }
}

/// An option with text, cut at a character's end where it is too long.
fn text(out: &mut Vec<u8>, code: u16, value: &str) {
    let mut end = value.len().min(usize::from(u16::MAX));
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    option(out, code, &value.as_bytes()[..end]);
}

fn option(out: &mut Vec<u8>, code: u16, value: &[u8]) {
    out.put_u16_le(code);
    out.put_u16_le(value.len() as u16);
    padded(out, value);
}

fn padded(out: &mut Vec<u8>, octets: &[u8]) {
    out.put_slice(octets);
    out.put_bytes(0, octets.len().next_multiple_of(4) - octets.len());
}

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
/// There is one interface per hop, named after its two nodes, with IPv4 datagrams as packets; identifications
/// are those of [`identification`], so that a packet's octets are those that the page shows.
///
/// Timestamps are in microseconds; the run starts at the Unix epoch.
///
/// # Errors
///
/// [`TooLong`] for a segment that no datagram holds; the maximum segment sizes of a valid scenario never make one.
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
            writer.packet(*interface, entry.at + START, &octets, &comment);
        }
    }
    Ok(writer.finish())
}

/// Time zero of a run. To Wireshark a SYN at the time zero has no time, and its handshake no round trip.
const START: Duration = Duration::from_secs(1);

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
        DropReason::Unacknowledged => "sent again, and not acknowledged before",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_laid_out_as_the_format_says() {
        let mut writer = Writer::new("abc");
        let interface = writer.interface("hop", LinkType::RAW, 0);
        writer.packet(interface, Instant::from_micros(0x1_0000_0002), &[1, 2, 3, 4, 5], "why");
        let mut expected = Vec::new();
        expected.extend([0x0a, 0x0d, 0x0d, 0x0a, 40, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0]);
        expected.extend([0xff; 8]);
        expected.extend([4, 0, 3, 0, b'a', b'b', b'c', 0, 0, 0, 0, 0, 40, 0, 0, 0]);
        expected.extend([1, 0, 0, 0, 40, 0, 0, 0, 101, 0, 0, 0, 0, 0, 0, 0]);
        expected.extend([2, 0, 3, 0, b'h', b'o', b'p', 0, 9, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0]);
        expected
            .extend([6, 0, 0, 0, 52, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0]);
        expected.extend([1, 2, 3, 4, 5, 0, 0, 0, 1, 0, 3, 0, b'w', b'h', b'y', 0, 0, 0, 0, 0, 52, 0, 0, 0]);
        assert_eq!(writer.finish(), expected);
    }

    #[test]
    fn a_long_comment_is_cut_between_characters() {
        let mut out = Vec::new();
        text(&mut out, 1, &"가".repeat(30_000));
        assert_eq!(out[2..4], 65_535u16.to_le_bytes());
        out.clear();
        text(&mut out, 1, &format!("a{}", "가".repeat(30_000)));
        assert_eq!(out[2..4], 65_533u16.to_le_bytes());
    }
}
