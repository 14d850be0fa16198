//! The chunked transfer coding, written.

use super::headers::Headers;
use super::request_head::encode_fields;

/// One chunk: its size in hexadecimal, the data, and the line ends.
///
/// Shape: no octets for no data, because a chunk of size zero would end the body.
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

/// The last chunk, the trailer section and the empty line that ends the body.
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
    fn chunks_are_written_as_the_grammar_says() {
        assert_eq!(encode_chunk(b"ok\n"), b"3\r\nok\n\r\n");
        assert_eq!(encode_chunk(&[b'a'; 26])[..4], *b"1a\r\n");
        assert_eq!(encode_chunk(b""), b"");
        assert_eq!(encode_last_chunk(&Headers::new()), b"0\r\n\r\n");
        assert_eq!(encode_last_chunk(&Headers::from([("X-T", "tv")])), b"0\r\nX-T: tv\r\n\r\n");
    }
}
