//! Reading a capture file; the pcapng format.

use core::ops::Range;

use bytes::Bytes;
use playground_core::time::Instant;

use super::capture::{Capture, Interface, LinkType, Packet};
use super::{format, pcap};

/// A file that is not a capture, or is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("octet {offset}: {problem}")]
pub struct ReadError {
    /// The octet of the file where it stands, from 0.
    pub offset: usize,
    /// What is wrong there.
    pub problem: ReadProblem,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadProblem {
    /// It begins neither with a section header nor with a magic number of pcap.
    #[error("not a pcap or pcapng file")]
    NotCapture,
    /// It ends inside a block, or inside a packet or the header of a pcap file.
    #[error("the file ends inside a block: {found} octets are left of {needed}")]
    Truncated {
        /// Octets the block takes.
        needed: usize,
        /// Octets left in the file.
        found: usize,
    },
    /// A block's length is too small or no multiple of four.
    #[error("a block length of {length} is too small or no multiple of four")]
    BlockLength {
        /// The length it claims.
        length: u32,
    },
    /// The length at a block's end differs from the one at its beginning.
    #[error("a block of length {length} ends with the length {repeated}")]
    BlockEnd {
        /// At its beginning.
        length: u32,
        /// At its end.
        repeated: u32,
    },
    /// Neither byte order gives the byte-order magic.
    #[error("the byte-order magic is wrong")]
    ByteOrder,
    /// Another version of the format.
    #[error("version {major} of the format, expected {expected}")]
    Version {
        /// Its first number.
        major: u16,
        /// The first number of the version that is read here.
        expected: u16,
    },
    /// A field, an option or a packet reaches beyond its block.
    #[error("the content of a block reaches beyond it")]
    BeyondBlock,
    /// A packet names an interface that the section does not describe.
    #[error("a packet of interface {interface}, which is not described")]
    UnknownInterface {
        /// Its number in the section.
        interface: u32,
    },
    /// An option's length does not fit its code.
    #[error("option {code} cannot have the length {length}")]
    OptionLength {
        /// The option's code.
        code: u16,
        /// Its length.
        length: usize,
    },
    /// More packets than are read here.
    #[error("more than {most} packets")]
    TooManyPackets {
        /// The most.
        most: usize,
    },
    /// More interfaces than are read here.
    #[error("more than {most} interfaces")]
    TooManyInterfaces {
        /// The most.
        most: usize,
    },
}

impl ReadProblem {
    /// Its stable name, the key of its sentence in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotCapture => "not-capture",
            Self::Truncated { .. } => "truncated",
            Self::BlockLength { .. } => "block-length",
            Self::BlockEnd { .. } => "block-end",
            Self::ByteOrder => "byte-order",
            Self::Version { .. } => "version",
            Self::BeyondBlock => "beyond-block",
            Self::UnknownInterface { .. } => "unknown-interface",
            Self::OptionLength { .. } => "option-length",
            Self::TooManyPackets { .. } => "too-many-packets",
            Self::TooManyInterfaces { .. } => "too-many-interfaces",
        }
    }
}

/// The byte order of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteOrder {
    /// Least significant octet first.
    Little,
    /// Most significant octet first.
    Big,
}

impl ByteOrder {
    pub(super) fn u16(self, octets: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(octets),
            Self::Big => u16::from_be_bytes(octets),
        }
    }

    pub(super) fn u32(self, octets: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(octets),
            Self::Big => u32::from_be_bytes(octets),
        }
    }

    pub(super) fn i64(self, octets: [u8; 8]) -> i64 {
        match self {
            Self::Little => i64::from_le_bytes(octets),
            Self::Big => i64::from_be_bytes(octets),
        }
    }
}

/// An option of a block.
pub(super) struct BlockOption<'a> {
    /// Its code.
    pub code: u16,
    /// Where it stands in the file.
    pub offset: usize,
    /// Its value, without padding.
    pub value: &'a [u8],
}

/// A place inside a block's body; offsets are those of the file.
pub(super) struct Cursor<'a> {
    file: &'a [u8],
    at: usize,
    end: usize,
    pub(super) order: ByteOrder,
}

impl<'a> Cursor<'a> {
    /// At the start of `body`, which the caller knows to be inside the file.
    pub(super) fn new(file: &'a [u8], body: Range<usize>, order: ByteOrder) -> Self {
        Self { file, at: body.start, end: body.end, order }
    }

    /// The offset in the file.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// Octets left in the body.
    pub(super) fn left(&self) -> usize {
        self.end - self.at
    }

    /// The next `len` octets' place in the file; the cursor moves behind them.
    pub(super) fn range(&mut self, len: usize) -> Result<Range<usize>, ReadError> {
        if len > self.left() {
            return Err(ReadError { offset: self.at, problem: ReadProblem::BeyondBlock });
        }
        let start = self.at;
        self.at += len;
        Ok(start..self.at)
    }

    /// As [`Self::range`], and over the padding to a multiple of four.
    pub(super) fn padded_range(&mut self, len: usize) -> Result<Range<usize>, ReadError> {
        let range = self.range(len)?;
        self.range(len.wrapping_neg() % 4)?;
        Ok(range)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        let range = self.range(N)?;
        let mut array = [0; N];
        array.copy_from_slice(&self.file[range]);
        Ok(array)
    }

    pub(super) fn u16(&mut self) -> Result<u16, ReadError> {
        Ok(self.order.u16(self.array()?))
    }

    pub(super) fn u32(&mut self) -> Result<u32, ReadError> {
        Ok(self.order.u32(self.array()?))
    }

    /// The next option; none at the end of the list or of the body.
    pub(super) fn option(&mut self) -> Result<Option<BlockOption<'a>>, ReadError> {
        if self.left() == 0 {
            return Ok(None);
        }
        let offset = self.at;
        let (code, len) = (self.u16()?, self.u16()?);
        if code == format::OPTION_END {
            return Ok(None);
        }
        let range = self.padded_range(usize::from(len))?;
        Ok(Some(BlockOption { code, offset, value: &self.file[range] }))
    }
}

/// The most packets in a file.
pub const MOST_PACKETS: usize = 200_000;
/// The most interfaces in a file.
pub const MOST_INTERFACES: usize = 1_024;

/// Reads a capture: a pcapng file, or one in the older pcap format.
///
/// A pcapng file may have several sections of either byte order; interface descriptions, enhanced, simple and
/// the obsolete packet blocks are read, all others skipped. Packets share the file's octets; what is
/// allocated besides is bounded by the file's own length and the two limits.
///
/// # Errors
///
/// The problem and its offset in the file.
///
/// Source: draft-ietf-opsawg-pcapng sections 3 and 4, draft-ietf-opsawg-pcap.
pub fn read(file: &Bytes) -> Result<Capture, ReadError> {
    match read_partly(file) {
        (capture, None) => Ok(capture),
        (_, Some(error)) => Err(error),
    }
}

/// Reads a capture as far as it is whole: what stands before the first problem, and the problem, if there is one.
pub fn read_partly(file: &Bytes) -> (Capture, Option<ReadError>) {
    if let Some(form) = pcap::Form::of(file) {
        return form.read(file);
    }
    let mut reader = Reader::new(file);
    let mut at = 0;
    while at < file.len() || !reader.in_section {
        match reader.block(at) {
            Ok(next) => at = next,
            Err(error) => return (reader.capture, Some(error)),
        }
    }
    (reader.capture, None)
}

/// The time unit and snap length of an interface.
#[derive(Clone, Copy)]
struct Clock {
    /// The option's octet: 10^-n seconds, or 2^-n with the highest bit set.
    resolution: u8,
    /// Seconds to add.
    offset_s: i64,
    /// The most octets captured of a packet; 0 for no limit.
    snap_len: u32,
}

pub(super) struct Reader {
    file: Bytes,
    order: ByteOrder,
    pub(super) in_section: bool,
    /// The first interface of the current section.
    section_interfaces: usize,
    /// One per interface of the capture.
    clocks: Vec<Clock>,
    pub(super) capture: Capture,
}

impl Reader {
    pub(super) fn new(file: &Bytes) -> Self {
        Self {
            file: file.clone(),
            order: ByteOrder::Little,
            in_section: false,
            section_interfaces: 0,
            clocks: Vec::new(),
            capture: Capture::default(),
        }
    }

    /// Reads the block at `at` and returns the offset of the next one.
    pub(super) fn block(&mut self, at: usize) -> Result<usize, ReadError> {
        let file = self.file.clone();
        let left = &file[at..];
        let error = |offset, problem| Err(ReadError { offset, problem });
        let is_section = left.starts_with(&format::SECTION_HEADER.to_be_bytes());
        if !is_section && !self.in_section {
            return error(0, ReadProblem::NotCapture);
        }
        if left.len() < format::FRAME_LEN {
            return error(at, ReadProblem::Truncated { needed: format::FRAME_LEN, found: left.len() });
        }
        if is_section {
            self.order = match four(left, 8) {
                magic if u32::from_le_bytes(magic) == format::BYTE_ORDER_MAGIC => ByteOrder::Little,
                magic if u32::from_be_bytes(magic) == format::BYTE_ORDER_MAGIC => ByteOrder::Big,
                _ => return error(at + 8, ReadProblem::ByteOrder),
            };
        }
        let kind = self.order.u32(four(left, 0));
        let length = self.order.u32(four(left, 4));
        let len = length as usize;
        if len < format::FRAME_LEN || !len.is_multiple_of(4) {
            return error(at + 4, ReadProblem::BlockLength { length });
        }
        if len > left.len() {
            return error(at, ReadProblem::Truncated { needed: len, found: left.len() });
        }
        let repeated = self.order.u32(four(left, len - 4));
        if repeated != length {
            return error(at + len - 4, ReadProblem::BlockEnd { length, repeated });
        }
        let body = Cursor::new(&file, at + 8..at + len - 4, self.order);
        match kind {
            format::SECTION_HEADER => self.section_header(body)?,
            format::INTERFACE_DESCRIPTION => self.interface_description(body)?,
            format::ENHANCED_PACKET | format::OBSOLETE_PACKET => self.packet(kind, body)?,
            format::SIMPLE_PACKET => self.simple_packet(body)?,
            _ => {}
        }
        Ok(at + len)
    }

    fn section_header(&mut self, mut body: Cursor<'_>) -> Result<(), ReadError> {
        // The byte-order magic, already checked.
        body.u32()?;
        let offset = body.offset();
        let major = body.u16()?;
        if major != format::MAJOR_VERSION {
            return Err(ReadError {
                offset,
                problem: ReadProblem::Version { major, expected: format::MAJOR_VERSION },
            });
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
                format::OPTION_INTERFACE_NAME => name = Some(String::from_utf8_lossy(value).into_owned()),
                format::OPTION_INTERFACE_TIME_RESOLUTION => {
                    let [resolution] = value.try_into().map_err(|_| length)?;
                    clock.resolution = resolution;
                }
                format::OPTION_INTERFACE_TIME_OFFSET => {
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
        let interface = if kind == format::ENHANCED_PACKET {
            body.u32()?
        } else {
            let interface = body.u16()?;
            // Packets dropped since the previous one.
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
            if option.code == format::OPTION_COMMENT {
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
        // The captured octets are limited by the snap length; the rest is padding.
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

    /// The index in the capture of an interface of the current section.
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
    /// The instant of a number of ticks, saturating.
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

/// The four octets at `at`.
///
/// # Panics
///
/// When they are outside `octets`.
fn four(octets: &[u8], at: usize) -> [u8; 4] {
    [octets[at], octets[at + 1], octets[at + 2], octets[at + 3]]
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
