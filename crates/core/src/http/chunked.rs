//! The chunked transfer coding.

use bytes::{Buf, Bytes, BytesMut};

use super::error::{MessageError, MessageProblem, Position};
use super::headers::Headers;
use super::message::encode_fields;
use super::octets::is_field_text;
use super::parse::{Obsolete, parse_trailers};

/// The longest chunk-size line, in octets, with its extensions and line end.
const MAX_CHUNK_LINE_OCTETS: usize = 4 * 1024;

/// A decoder of one chunked body.
///
/// Source: RFC 9112 section 7.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChunkDecoder {
    state: State,
    obsolete: Obsolete,
    /// Octets of chunk data decoded so far.
    data_octets: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    SizeLine,
    Data { left: u64 },
    DataEnd,
    Trailers,
}

/// The next octets of a chunked body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ChunkPart {
    /// A size line, or the line end after chunk data.
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

    /// The octets of chunk data decoded so far.
    pub(super) const fn data_octets(&self) -> u64 {
        self.data_octets
    }

    /// Takes the next part from the front of `buffer`; `None` when more octets are needed.
    ///
    /// # Errors
    ///
    /// The position is relative to the front of `buffer`, which is left unchanged.
    pub(super) fn next_part(&mut self, buffer: &mut BytesMut) -> Result<Option<ChunkPart>, MessageError> {
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
                [b'\r', ..] => Err(error(MessageProblem::ChunkDataEnd, 1)),
                _ => Err(error(MessageProblem::ChunkDataEnd, 0)),
            },
            State::Trailers => {
                let Some((trailers, octets)) = parse_trailers(buffer, self.obsolete)? else {
                    return Ok(None);
                };
                buffer.advance(octets);
                Ok(Some(ChunkPart::End(trailers)))
            }
        }
    }
}

/// A problem of the line at the front of the buffer.
const fn error(problem: MessageProblem, at: usize) -> MessageError {
    MessageError { problem, at: Position { line: 1, octet: at as u64 } }
}

/// `chunk-size [ chunk-ext ] CRLF`: the size, and the length of the line in octets.
///
/// A bare LF is no line end here: recipients that disagree on where a chunk starts make request smuggling possible.
///
/// Source: RFC 9112 section 7.1.
fn size_line(octets: &[u8]) -> Result<Option<(u64, usize)>, MessageError> {
    let end = octets.iter().take(MAX_CHUNK_LINE_OCTETS).position(|&octet| octet == b'\n');
    let Some(end) = end else {
        let is_too_long = octets.len() >= MAX_CHUNK_LINE_OCTETS;
        return if is_too_long {
            Err(error(MessageProblem::ChunkLineTooLong, MAX_CHUNK_LINE_OCTETS))
        } else {
            Ok(None)
        };
    };
    let Some(line) = octets[..end].strip_suffix(b"\r") else {
        return Err(error(MessageProblem::ChunkSize, end));
    };
    let digits = line.iter().take_while(|octet| octet.is_ascii_hexdigit()).count();
    if digits == 0 {
        return Err(error(MessageProblem::ChunkSize, 0));
    }
    let mut size: u64 = 0;
    for (at, &digit) in line[..digits].iter().enumerate() {
        // "Recipients MUST anticipate potentially large hexadecimal numerals and prevent parsing errors due
        // to integer conversion overflows".
        let value = u64::from(char::from(digit).to_digit(16).unwrap_or(0));
        size = size
            .checked_mul(16)
            .and_then(|size| size.checked_add(value))
            .ok_or(error(MessageProblem::ChunkSize, at))?;
    }
    // Section 7.1.1: "A recipient MUST ignore unrecognized chunk extensions."
    let rest = &line[digits..];
    let space = rest.iter().take_while(|&&octet| matches!(octet, b' ' | b'\t')).count();
    let is_extension = matches!(rest[space..], [] | [b';', ..]);
    match rest.iter().position(|&octet| !is_field_text(octet)) {
        Some(at) => Err(error(MessageProblem::ChunkSize, digits + at)),
        None if !is_extension => Err(error(MessageProblem::ChunkSize, digits + space)),
        None => Ok(Some((size, end + 1))),
    }
}

/// One chunk: its size in hexadecimal, the data, and the line ends.
///
/// Shape: empty for no data, because a chunk of size zero would end the body.
///
/// Source: RFC 9112 section 7.1.
pub fn encode_chunk(data: &[u8]) -> Vec<u8> {
    if data.is_empty() {
        return Vec::new();
    }
    let mut chunk = format!("{:x}\r\n", data.len()).into_bytes();
    chunk.extend_from_slice(data);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// The last chunk, the trailer section and the empty line that end the body.
///
/// Source: RFC 9112 section 7.1.2.
pub fn encode_last_chunk(trailers: &Headers) -> Vec<u8> {
    let mut end = b"0\r\n".to_vec();
    encode_fields(trailers, &mut end);
    end.extend_from_slice(b"\r\n");
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_lines() {
        let ok = |size, octets| Ok(Some((size, octets)));
        let bad = |at| Err(error(MessageProblem::ChunkSize, at));
        type Outcome = Result<Option<(u64, usize)>, MessageError>;
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
        assert_eq!(size_line(&long), Err(error(MessageProblem::ChunkLineTooLong, MAX_CHUNK_LINE_OCTETS)));
        assert_eq!(size_line(&long[1..]), Ok(None));
    }

    #[test]
    fn chunks_are_encoded_by_the_grammar() {
        assert_eq!(encode_chunk(b"ok\n"), b"3\r\nok\n\r\n");
        assert_eq!(encode_chunk(&[b'a'; 26])[..4], *b"1a\r\n");
        assert_eq!(encode_chunk(b""), b"");
        assert_eq!(encode_last_chunk(&Headers::new()), b"0\r\n\r\n");
        assert_eq!(encode_last_chunk(&Headers::from([("X-T", "tv")])), b"0\r\nX-T: tv\r\n\r\n");
    }
}
