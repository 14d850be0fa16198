//! Records: a header of five octets, and what it announces.

use core::ops::Range;

/// Octets of a record's header. RFC 8446 section 5.1.
pub const RECORD_HEADER_LEN: usize = 5;
/// Plaintext in a record at most. RFC 8446 section 5.1.
pub(super) const PLAINTEXT_AT_MOST: usize = 1 << 14;

/// What a record says that it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentType {
    /// 20: what follows is encrypted.
    ChangeCipherSpec,
    /// 21: the end, or an error.
    Alert,
    /// 22: the handshake.
    Handshake,
    /// 23: anything, encrypted.
    ApplicationData,
}

impl ContentType {
    /// The number on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Self::ChangeCipherSpec => 20,
            Self::Alert => 21,
            Self::Handshake => 22,
            Self::ApplicationData => 23,
        }
    }

    pub(super) const fn of(number: u8) -> Option<Self> {
        Some(match number {
            20 => Self::ChangeCipherSpec,
            21 => Self::Alert,
            22 => Self::Handshake,
            23 => Self::ApplicationData,
            _ => return None,
        })
    }
}

/// A record in a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it says that it carries.
    pub content: ContentType,
    /// All its octets, header and fragment.
    pub range: Range<usize>,
}

/// The first record of `octets`, whose fragment may not be whole yet.
///
/// Errors: `None` for what begins no record; a header that is cut is none either.
pub(super) fn header(octets: &[u8]) -> Option<(ContentType, usize)> {
    let [content, 3, 1..=3, high, low, ..] = octets else { return None };
    let len = usize::from(u16::from_be_bytes([*high, *low]));
    // RFC 5246 section 6.2.3: ciphertext may be longer than plaintext by 2,048.
    (len <= PLAINTEXT_AT_MOST + 2_048).then_some((ContentType::of(*content)?, len))
}

/// The whole records of a stream from its beginning, as anybody on the way can tell them apart.
///
/// Shape: without gap; what follows the last one is no whole record.
pub fn records(octets: &[u8]) -> Vec<Record> {
    let (mut records, mut at) = (Vec::new(), 0);
    while let Some((content, len)) = octets.get(at..).and_then(header) {
        let end = at + RECORD_HEADER_LEN + len;
        if end > octets.len() {
            break;
        }
        records.push(Record { content, range: at..end });
        at = end;
    }
    records
}

/// Writes a record.
pub(super) fn write(content: ContentType, fragment: &[u8], out: &mut Vec<u8>) {
    out.extend([content.number(), 3, 3]);
    out.extend((fragment.len() as u16).to_be_bytes());
    out.extend_from_slice(fragment);
}
