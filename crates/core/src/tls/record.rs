//! The record layer: a header of five octets, and a fragment.

use core::ops::Range;

use bytes::BufMut;

/// The length of a record header. RFC 8446 section 5.1.
pub const RECORD_HEADER_LEN: usize = 5;
/// The most plaintext octets in a record. RFC 8446 section 5.1.
pub(super) const PLAINTEXT_AT_MOST: usize = 1 << 14;

/// The content type of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentType {
    /// 20: the following records are encrypted.
    ChangeCipherSpec,
    /// 21: closure, or an error.
    Alert,
    /// 22: handshake messages.
    Handshake,
    /// 23: encrypted content.
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
    /// Its content type.
    pub content: ContentType,
    /// Its octets, header and fragment.
    pub range: Range<usize>,
}

/// The content type and fragment length of the first record of `octets`; `None` without a complete header.
pub(super) fn header(octets: &[u8]) -> Option<(ContentType, usize)> {
    let [content, 3, 1..=3, high, low, ..] = octets else { return None };
    let len = usize::from(u16::from_be_bytes([*high, *low]));
    // RFC 5246 section 6.2.3: ciphertext may be longer than plaintext by 2,048.
    (len <= PLAINTEXT_AT_MOST + 2_048).then_some((ContentType::of(*content)?, len))
}

/// The complete records at the start of a stream, as an observer on the path sees them.
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

/// Appends a record.
pub(super) fn write(content: ContentType, fragment: &[u8], out: &mut Vec<u8>) {
    out.put_slice(&[content.number(), 3, 3]);
    out.put_u16(fragment.len() as u16);
    out.put_slice(fragment);
}
