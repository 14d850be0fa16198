//! Requests back to text.

use super::{BodyKind, TypedRequest};
use crate::http::parse::empty_lines;

/// Requests as a text from which [`RequestText::parse`](super::RequestText::parse) reads the same, as far as their octets
/// are well-formed messages.
pub fn write_request_text(requests: &[TypedRequest]) -> String {
    let mut text = String::new();
    for (index, request) in requests.iter().enumerate() {
        if index > 0 && !request.joins && !text.ends_with('\n') {
            text.push('\n');
        }
        let next = requests.get(index + 1);
        request.write(&mut text, next.is_some_and(|next| next.joins));
        if next.is_none() && request.body == BodyKind::None && request.framed == request.octets.len() {
            // The end of the text is the end of the head.
            text.truncate(text.trim_end_matches('\n').len());
        }
    }
    text
}

/// One whole message, request or response, as a text from which [`RequestText::parse`](super::RequestText::parse) or
/// [`ResponseText::parse`](super::ResponseText::parse) reads the same octets.
pub fn write_message_text(octets: &[u8]) -> String {
    let message = TypedRequest {
        octets: octets.to_vec(),
        joins: false,
        framed: octets.len(),
        body: BodyKind::Framed,
        sources: Vec::new(),
    };
    let mut text = String::new();
    message.write(&mut text, false);
    text
}

impl TypedRequest {
    fn write(&self, text: &mut String, goes_on: bool) {
        let (framed, behind) = self.octets.split_at(self.framed);
        let before = empty_lines(framed);
        write_escaped(&framed[..before], text);
        let framed = &framed[before..];
        let goes_on = goes_on || !behind.is_empty();
        let (lines, last) = match framed.strip_suffix(b"\r\n") {
            Some(lines) if goes_on => (lines, &b"\r\n"[..]),
            _ => (framed, &[][..]),
        };
        for line in lines.split_inclusive(|&octet| octet == b'\n') {
            match line.strip_suffix(b"\r\n") {
                Some(line) => {
                    write_line(line, text);
                    text.push('\n');
                }
                None => write_line(line, text),
            }
        }
        write_escaped(last, text);
        match behind.strip_suffix(b"\r\n") {
            Some(line) if self.body == BodyKind::Unframed && !line.is_empty() => {
                write_line(line, text);
                text.push('\n');
            }
            _ => write_escaped(behind, text),
        }
    }
}

/// A line that has only whitespace would be a blank line, so its octets are escaped.
fn write_line(line: &[u8], text: &mut String) {
    let is_blank = core::str::from_utf8(line).is_ok_and(|line| line.trim().is_empty());
    if is_blank {
        line.iter().for_each(|octet| text.push_str(&format!("\\x{octet:02x}")));
    } else {
        write_escaped(line, text);
    }
}

fn write_escaped(octets: &[u8], text: &mut String) {
    for chunk in octets.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\r' => text.push_str("\\r"),
                '\n' => text.push_str("\\n"),
                '\0' => text.push_str("\\0"),
                '\\' => text.push_str("\\\\"),
                '\t' => text.push('\t'),
                control if control.is_control() => {
                    let octets = control.to_string();
                    text.extend(octets.bytes().map(|octet| format!("\\x{octet:02x}")));
                }
                character => text.push(character),
            }
        }
        text.extend(chunk.invalid().iter().map(|octet| format!("\\x{octet:02x}")));
    }
}
