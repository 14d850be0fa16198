//! What a capture file holds.

use bytes::Bytes;
use playground_core::time::Instant;
use playground_core::wire::Segment;

use super::{LinkType, PacketError};
use crate::octets::{Checksums, Problem, parse_with};

/// The content of a capture file: interfaces and packets of all its sections, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// Interfaces.
    pub interfaces: Vec<Interface>,
    /// Packets.
    pub packets: Vec<Packet>,
}

/// Where packets were captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its name, where the file gives one.
    pub name: Option<String>,
    /// What its packets begin with.
    pub link_type: LinkType,
}

/// A captured packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Its place in [`Capture::interfaces`].
    pub interface: usize,
    /// When it was captured; none in a simple packet block. Units: microseconds since the Unix epoch.
    pub at: Option<Instant>,
    /// Octets it had on the wire.
    pub original_len: u32,
    /// Octets captured.
    pub octets: Bytes,
    /// Its comments.
    pub comments: Vec<String>,
}

/// A segment out of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedSegment {
    /// Its packet's place in [`Capture::packets`].
    pub packet: usize,
    /// Time since the earliest packet of the capture.
    pub at: Instant,
    /// The segment.
    pub segment: Segment,
}

/// The segments of a capture, and what was no segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Segments, in the order of the file.
    pub segments: Vec<TimedSegment>,
    /// The other packets: place in [`Capture::packets`] and why.
    pub skipped: Vec<(usize, PacketError)>,
}

impl Capture {
    /// Reads every packet as a segment, where it is one.
    ///
    /// Simplified: a packet without a time takes that of the packet before it.
    ///
    /// Errors: a packet that is no segment is listed with its reason and does not stop the others.
    pub fn segments(&self, checksums: Checksums) -> Imported {
        let start = self.packets.iter().filter_map(|packet| packet.at).min().unwrap_or_default();
        let mut now = start;
        let mut imported = Imported::default();
        for (packet, captured) in self.packets.iter().enumerate() {
            now = captured.at.unwrap_or(now);
            match self.segment(captured, checksums) {
                Ok(segment) => {
                    let at = Instant::from_micros(now.since(start).as_micros());
                    imported.segments.push(TimedSegment { packet, at, segment });
                }
                Err(error) => imported.skipped.push((packet, error)),
            }
        }
        imported
    }

    /// Reads one packet of this capture as a segment.
    ///
    /// Errors: [`PacketError`] says why it is none.
    pub fn segment(&self, packet: &Packet, checksums: Checksums) -> Result<Segment, PacketError> {
        let link_type =
            self.interfaces.get(packet.interface).map_or(LinkType::RAW, |interface| interface.link_type);
        let datagram = link_type.datagram(&packet.octets)?;
        parse_with(datagram, checksums).map_err(|error| {
            let captured = packet.octets.len();
            match error.problem {
                Problem::Truncated { .. } if captured < packet.original_len as usize => {
                    PacketError::CutByCapture { captured, original: packet.original_len }
                }
                _ => PacketError::Datagram(error),
            }
        })
    }
}
