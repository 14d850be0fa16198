//! Reading a pcapng file.

use core::ops::Range;

use bytes::Bytes;
use playground_core::time::Instant;

use super::block;
use super::cursor::{BlockOption, ByteOrder, Cursor};
use super::{Capture, Interface, LinkType, Packet, ReadError, ReadProblem};

/// No file with more packets is read.
pub const MOST_PACKETS: usize = 200_000;
/// No file with more interfaces is read.
pub const MOST_INTERFACES: usize = 1_024;

/// Reads a pcapng file.
///
/// Shape: sections of either byte order one after the other; interface descriptions, enhanced, simple and
/// the obsolete packet blocks are read, all others skipped. Packets share the file's octets; what is
/// allocated besides is bounded by the file's own length and the two limits.
///
/// Errors: [`ReadError`] names what is wrong and its offset. No input panics.
///
/// Source: draft-ietf-opsawg-pcapng sections 3 and 4.
pub fn read(file: &Bytes) -> Result<Capture, ReadError> {
    let mut reader = Reader {
        file,
        order: ByteOrder::Little,
        in_section: false,
        section_interfaces: 0,
        clocks: Vec::new(),
        capture: Capture::default(),
    };
    let mut at = 0;
    while at < file.len() || !reader.in_section {
        at = reader.block(at)?;
    }
    Ok(reader.capture)
}

/// How an interface's times are to be read, and how long its packets may be.
#[derive(Clone, Copy)]
struct Clock {
    /// The option's octet: 10^-n seconds, or 2^-n with the highest bit set.
    resolution: u8,
    /// Seconds to add.
    offset_s: i64,
    /// At most so many octets of a packet are captured; 0 is without limit.
    snap_len: u32,
}

struct Reader<'a> {
    file: &'a Bytes,
    order: ByteOrder,
    in_section: bool,
    /// The first interface of the present section.
    section_interfaces: usize,
    /// One for each interface of the capture.
    clocks: Vec<Clock>,
    capture: Capture,
}

impl Reader<'_> {
    /// Reads the block at `at` and tells where the next one begins.
    fn block(&mut self, at: usize) -> Result<usize, ReadError> {
        let left = &self.file[at..];
        let error = |offset, problem| Err(ReadError { offset, problem });
        let is_section = left.starts_with(&block::SECTION_HEADER.to_be_bytes());
        if !is_section && !self.in_section {
            return error(0, not_pcapng(left));
        }
        if left.len() < block::FRAME_LEN {
            return error(at, ReadProblem::Truncated { needed: block::FRAME_LEN, found: left.len() });
        }
        if is_section {
            self.order = match four(left, 8) {
                magic if u32::from_le_bytes(magic) == block::BYTE_ORDER_MAGIC => ByteOrder::Little,
                magic if u32::from_be_bytes(magic) == block::BYTE_ORDER_MAGIC => ByteOrder::Big,
                _ => return error(at + 8, ReadProblem::ByteOrder),
            };
        }
        let kind = self.order.u32(four(left, 0));
        let length = self.order.u32(four(left, 4));
        let len = length as usize;
        if len < block::FRAME_LEN || !len.is_multiple_of(4) {
            return error(at + 4, ReadProblem::BlockLength { length });
        }
        if len > left.len() {
            return error(at, ReadProblem::Truncated { needed: len, found: left.len() });
        }
        let repeated = self.order.u32(four(left, len - 4));
        if repeated != length {
            return error(at + len - 4, ReadProblem::BlockEnd { length, repeated });
        }
        let body = Cursor::new(self.file, at + 8..at + len - 4, self.order);
        match kind {
            block::SECTION_HEADER => self.section_header(body)?,
            block::INTERFACE_DESCRIPTION => self.interface_description(body)?,
            block::ENHANCED_PACKET | block::OBSOLETE_PACKET => self.packet(kind, body)?,
            block::SIMPLE_PACKET => self.simple_packet(body)?,
            _ => {}
        }
        Ok(at + len)
    }

    fn section_header(&mut self, mut body: Cursor<'_>) -> Result<(), ReadError> {
        // The byte-order magic, already compared.
        body.u32()?;
        let offset = body.offset();
        let major = body.u16()?;
        if major != block::MAJOR_VERSION {
            return Err(ReadError { offset, problem: ReadProblem::Version { major } });
        }
        self.in_section = true;
        self.section_interfaces = self.capture.interfaces.len();
        Ok(())
    }

    fn interface_description(&mut self, mut body: Cursor<'_>) -> Result<(), ReadError> {
        if self.capture.interfaces.len() == MOST_INTERFACES {
            let problem = ReadProblem::TooManyInterfaces { most: MOST_INTERFACES };
            return Err(ReadError { offset: body.offset(), problem });
        }
        let link_type = LinkType(body.u16()?);
        body.u16()?;
        // Microseconds unless an option says otherwise.
        let mut clock = Clock { resolution: 6, offset_s: 0, snap_len: body.u32()? };
        let mut name = None;
        while let Some(BlockOption { code, offset, value }) = body.option()? {
            let length =
                ReadError { offset, problem: ReadProblem::OptionLength { code, length: value.len() } };
            match code {
                block::OPTION_INTERFACE_NAME => name = Some(String::from_utf8_lossy(value).into_owned()),
                block::OPTION_INTERFACE_TIME_RESOLUTION => {
                    let [resolution] = value.try_into().map_err(|_| length)?;
                    clock.resolution = resolution;
                }
                block::OPTION_INTERFACE_TIME_OFFSET => {
                    clock.offset_s = body.order.i64(value.try_into().map_err(|_| length)?);
                }
                _ => {}
            }
        }
        self.clocks.push(clock);
        self.capture.interfaces.push(Interface { name, link_type });
        Ok(())
    }

    /// Reads an enhanced packet block, or an obsolete packet block: they differ in the first four octets.
    fn packet(&mut self, kind: u32, mut body: Cursor<'_>) -> Result<(), ReadError> {
        let offset = body.offset();
        let interface = if kind == block::ENHANCED_PACKET {
            body.u32()?
        } else {
            let interface = body.u16()?;
            // Packets dropped since the one before.
            body.u16()?;
            u32::from(interface)
        };
        let interface = self.interface(offset, interface)?;
        let ticks = u64::from(body.u32()?) << 32 | u64::from(body.u32()?);
        let captured_len = body.u32()? as usize;
        let original_len = body.u32()?;
        let octets = body.padded_range(captured_len)?;
        let mut comments = Vec::new();
        while let Some(option) = body.option()? {
            if option.code == block::OPTION_COMMENT {
                comments.push(String::from_utf8_lossy(option.value).into_owned());
            }
        }
        let at = Some(self.clocks[interface].instant(ticks));
        self.push(offset, octets, Packet { interface, at, original_len, octets: Bytes::new(), comments })
    }

    fn simple_packet(&mut self, mut body: Cursor<'_>) -> Result<(), ReadError> {
        let offset = body.offset();
        let interface = self.interface(offset, 0)?;
        let original_len = body.u32()?;
        // The octets captured are as many as the interface's limit lets through; the rest is padding.
        let snap_len = match self.clocks[interface].snap_len {
            0 => u32::MAX,
            snap_len => snap_len,
        };
        let octets = body.range(original_len.min(snap_len) as usize)?;
        let packet = Packet { interface, at: None, original_len, octets: Bytes::new(), comments: Vec::new() };
        self.push(offset, octets, packet)
    }

    /// Adds a packet whose octets stand at `octets` of the file.
    fn push(&mut self, offset: usize, octets: Range<usize>, packet: Packet) -> Result<(), ReadError> {
        if self.capture.packets.len() == MOST_PACKETS {
            let problem = ReadProblem::TooManyPackets { most: MOST_PACKETS };
            return Err(ReadError { offset, problem });
        }
        self.capture.packets.push(Packet { octets: self.file.slice(octets), ..packet });
        Ok(())
    }

    /// The place in the capture of an interface of the present section.
    fn interface(&self, offset: usize, interface: u32) -> Result<usize, ReadError> {
        let place = self.section_interfaces.saturating_add(interface as usize);
        if place < self.capture.interfaces.len() {
            Ok(place)
        } else {
            Err(ReadError { offset, problem: ReadProblem::UnknownInterface { interface } })
        }
    }
}

impl Clock {
    /// The instant of so many ticks, the nearest there is when it lies outside.
    fn instant(self, ticks: u64) -> Instant {
        let (base, exponent) =
            if self.resolution & 0x80 == 0 { (10u128, self.resolution) } else { (2, self.resolution & 0x7f) };
        // A unit too small for the number makes any count of ticks less than a microsecond.
        let micros =
            base.checked_pow(u32::from(exponent)).map_or(0, |per_s| u128::from(ticks) * 1_000_000 / per_s);
        // Less than 2^84 each, so neither conversion nor sum overflows.
        let micros = micros as i128 + i128::from(self.offset_s) * 1_000_000;
        Instant::from_micros(u64::try_from(micros.max(0)).unwrap_or(u64::MAX))
    }
}

/// The four octets at `at`, which the caller knows to be inside.
fn four(octets: &[u8], at: usize) -> [u8; 4] {
    [octets[at], octets[at + 1], octets[at + 2], octets[at + 3]]
}

/// Tells the older format, whose four magics every packet tool knows, from anything else.
fn not_pcapng(file: &[u8]) -> ReadProblem {
    match file {
        [0xa1, 0xb2, 0xc3, 0xd4, ..]
        | [0xd4, 0xc3, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0x3c, 0x4d, ..]
        | [0x4d, 0x3c, 0xb2, 0xa1, ..] => ReadProblem::OlderPcap,
        _ => ReadProblem::NotPcapng,
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
