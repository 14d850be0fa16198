//! Reading numbers and options out of a block's body, never beyond it.

use core::ops::Range;

use super::block;
use super::{ReadError, ReadProblem};

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
        if code == block::OPTION_END {
            return Ok(None);
        }
        let range = self.padded_range(usize::from(len))?;
        Ok(Some(BlockOption { code, offset, value: &self.file[range] }))
    }
}
