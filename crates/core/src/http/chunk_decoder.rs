//! The chunked transfer coding, read octet by octet.

use bytes::{Buf, Bytes, BytesMut};

use super::decode_error::DecodeError;
use super::head_parser::{Obsolete, parse_trailers};
use super::headers::Headers;
use super::octets::is_field_text;

/// The longest chunk-size line, in octets, with its extensions and line end.
const MAX_CHUNK_LINE_OCTETS: usize = 4 * 1024;

/// Where in a chunked body the reader is.
///
/// Source: RFC 9112 section 7.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChunkDecoder {
    state: State,
    obsolete: Obsolete,
    /// Octets of chunk data so far.
    data_octets: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    SizeLine,
    Data { left: u64 },
    DataEnd,
    Trailers,
}

/// What the next octets of a chunked body are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ChunkPart {
    /// Octets that frame the data: a size line or the line end behind the data.
    Framing,
    /// Chunk data.
    Data(Bytes),
    /// The last chunk and the trailer section.
    End(Headers),
}

impl ChunkDecoder {
    pub(super) const fn new(obsolete: Obsolete) -> Self {
        Self { state: State::SizeLine, obsolete, data_octets: 0 }
    }

    /// How many octets of chunk data there were so far.
    pub(super) const fn data_octets(&self) -> u64 {
        self.data_octets
    }

    /// Takes the next part from the front of `buffer`; nothing when more octets are needed.
    ///
    /// Errors: the offset is relative to the front of `buffer`, which is left as it is.
    pub(super) fn next_part(
        &mut self,
        buffer: &mut BytesMut,
    ) -> Result<Option<ChunkPart>, (DecodeError, usize)> {
        match self.state {
            State::SizeLine => {
                let Some((size, line_octets)) = size_line(buffer)? else {
                    return Ok(None);
                };
                buffer.advance(line_octets);
                self.state = if size == 0 { State::Trailers } else { State::Data { left: size } };
                Ok(Some(ChunkPart::Framing))
            }
            State::Data { left } => {
                if buffer.is_empty() {
                    return Ok(None);
                }
                let taken = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
                let data = buffer.split_to(taken).freeze();
                let left = left - data.len() as u64;
                self.data_octets = self.data_octets.saturating_add(data.len() as u64);
                self.state = if left == 0 { State::DataEnd } else { State::Data { left } };
                Ok(Some(ChunkPart::Data(data)))
            }
            State::DataEnd => match buffer.as_ref() {
                [b'\r', b'\n', ..] => {
                    buffer.advance(2);
                    self.state = State::SizeLine;
                    Ok(Some(ChunkPart::Framing))
                }
                [] | [b'\r'] => Ok(None),
                [b'\r', ..] => Err((DecodeError::ChunkDataEnd, 1)),
                _ => Err((DecodeError::ChunkDataEnd, 0)),
            },
            State::Trailers => match parse_trailers(buffer, self.obsolete) {
                Ok(Some((trailers, octets))) => {
                    buffer.advance(octets);
                    Ok(Some(ChunkPart::End(trailers)))
                }
                Ok(None) => Ok(None),
                Err(error) => Err((DecodeError::Trailers(error), error.octet)),
            },
        }
    }
}

/// `chunk-size [ chunk-ext ] CRLF`: the size and the length of the line.
///
/// A bare LF is not taken for the line end here: two recipients that disagree on where a chunk starts are
/// the stuff of request smuggling.
///
/// Source: RFC 9112 section 7.1.
fn size_line(octets: &[u8]) -> Result<Option<(u64, usize)>, (DecodeError, usize)> {
    let end = octets.iter().take(MAX_CHUNK_LINE_OCTETS).position(|&octet| octet == b'\n');
    let Some(end) = end else {
        let is_too_long = octets.len() >= MAX_CHUNK_LINE_OCTETS;
        return if is_too_long {
            Err((DecodeError::ChunkLineTooLong, MAX_CHUNK_LINE_OCTETS))
        } else {
            Ok(None)
        };
    };
    let Some(line) = octets[..end].strip_suffix(b"\r") else {
        return Err((DecodeError::ChunkSize, end));
    };
    let digits = line.iter().take_while(|octet| octet.is_ascii_hexdigit()).count();
    if digits == 0 {
        return Err((DecodeError::ChunkSize, 0));
    }
    let mut size: u64 = 0;
    for (at, &digit) in line[..digits].iter().enumerate() {
        // "Recipients MUST anticipate potentially large hexadecimal numerals and prevent parsing errors due
        // to integer conversion overflows".
        let value = u64::from(char::from(digit).to_digit(16).unwrap_or(0));
        size = size
            .checked_mul(16)
            .and_then(|size| size.checked_add(value))
            .ok_or((DecodeError::ChunkSize, at))?;
    }
    // Section 7.1.1: "A recipient MUST ignore unrecognized chunk extensions."
    let rest = &line[digits..];
    let space = rest.iter().take_while(|&&octet| matches!(octet, b' ' | b'\t')).count();
    let is_extension = matches!(rest[space..], [] | [b';', ..]);
    match rest.iter().position(|&octet| !is_field_text(octet)) {
        Some(at) => Err((DecodeError::ChunkSize, digits + at)),
        None if !is_extension => Err((DecodeError::ChunkSize, digits + space)),
        None => Ok(Some((size, end + 1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_lines() {
        let ok = |size, octets| Ok(Some((size, octets)));
        let bad = |at| Err((DecodeError::ChunkSize, at));
        type Outcome = Result<Option<(u64, usize)>, (DecodeError, usize)>;
        let cases: [(&[u8], Outcome); 18] = [
            (b"0\r\n", ok(0, 3)),
            (b"1a\r\nrest", ok(26, 4)),
            (b"1A;x=y\r\n", ok(26, 8)),
            (b"3 \t;x\r\n", ok(3, 7)),
            (b"3 \r\n", ok(3, 4)),
            (b"00000000000000000003\r\n", ok(3, 22)),
            (b"FFFFFFFFFFFFFFFF\r\n", ok(u64::MAX, 18)),
            (b"10000000000000000\r\n", bad(16)),
            (b"3", Ok(None)),
            (b"3\r", Ok(None)),
            (b"", Ok(None)),
            (b"3\n", bad(1)),
            (b"\r\n", bad(0)),
            (b"-3\r\n", bad(0)),
            (b"+3\r\n", bad(0)),
            (b"0x3\r\n", bad(1)),
            (b"3;\rx\r\n", bad(2)),
            (b" 3\r\n", bad(0)),
        ];
        for (line, outcome) in cases {
            assert_eq!(size_line(line), outcome, "{}", line.escape_ascii());
        }
        let long = [b'0'; MAX_CHUNK_LINE_OCTETS];
        assert_eq!(size_line(&long), Err((DecodeError::ChunkLineTooLong, MAX_CHUNK_LINE_OCTETS)));
        assert_eq!(size_line(&long[1..]), Ok(None));
    }
}
