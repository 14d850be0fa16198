//! Requests as people type and paste them: one syntax for the page, the command line, links and scenarios.
//!
//! ```text
//! text    = *( blank / request )
//! request = head body                      the body as RFC 9112 section 6.3 has it; without one, none
//! head    = 1*line blank
//! line    = 1*( character / escape ) line-break
//! escape  = "\r" / "\n" / "\0" / "\x" 2HEXDIG / "\\"
//! blank   = *whitespace line-break
//! ```
//!
//! - A typed line break is sent as CRLF, in a body too. An escape is sent as the octet that it names, so that `\n` is a
//!   bare LF and `\r` a bare CR.
//! - Blank lines between requests are not sent. The end of the text ends an open head, and the trailer section of a
//!   chunked body; it never adds to a body.
//! - A request that begins on a line of its own is written when it is due. One that begins in the line in which the
//!   request before it ends is written together with that one, by the same call.
//! - A head whose body has no length that a server accepts (`Content-Length: +5`) takes what follows it, up to the next
//!   line whose last word begins with `HTTP/`.
//! - Everything else is sent as it stands, however malformed.

mod response;
mod split;
mod write;

use core::fmt;

pub use self::response::ResponseText;
use self::split::Splitter;
pub use self::write::{write_message_text, write_request_text};
use super::parse::empty_lines;

/// The requests of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestText<'t> {
    text: &'t str,
    requests: Vec<TypedRequest>,
}

/// A request of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRequest {
    octets: Vec<u8>,
    /// Whether it is written together with the request before it.
    joins: bool,
    /// The head and the framed body; what is behind it is neither.
    framed: usize,
    body: BodyKind,
    /// For each octet, the offset in the text of what stands for it.
    sources: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BodyKind {
    None,
    Framed,
    /// The head has no length for it.
    Unframed,
}

/// An escape that the syntax does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {}, character {}: {escape} is no escape", .at.line, .at.column)]
pub struct EscapeError {
    /// The place of the backslash.
    pub at: TextPlace,
    /// The escape, control characters escaped.
    pub escape: String,
}

/// A place in a text.
///
/// Units: lines and characters, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// The line.
    pub line: u32,
    /// The character of the line.
    pub column: u32,
}

impl TextPlace {
    /// The place of an offset in octets; the end of the text for one behind it.
    fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX - 1) + 1;
        Self {
            line: count(before.matches('\n').count()),
            column: count(before[line_start..].chars().count()),
        }
    }
}

impl TypedRequest {
    /// The octets, as they are sent.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }
}

impl<'t> RequestText<'t> {
    /// Reads a text.
    ///
    /// # Errors
    ///
    /// The first escape that the syntax does not have.
    pub fn parse(text: &'t str) -> Result<Self, EscapeError> {
        let units = units(text)?;
        Ok(Self { text, requests: Splitter::new(&units, text.len()).requests() })
    }

    /// The requests, in order.
    pub fn requests(&self) -> &[TypedRequest] {
        &self.requests
    }

    /// The requests that are written by one call each time.
    pub fn writes(&self) -> impl Iterator<Item = &[TypedRequest]> {
        self.requests.chunk_by(|_, next| next.joins)
    }

    /// The place in the text of an octet of a message in a stream that begins with `stream`; `None` when the message is
    /// none of the text's requests.
    pub fn place_in_stream(&self, stream: &[u8], octet: u64) -> Option<TextPlace> {
        let octet = usize::try_from(octet).ok()?;
        // A server counts from the request line; it ignores the empty lines before it.
        let start = |request: &TypedRequest| empty_lines(&request.octets);
        let is_sent = |request: &&TypedRequest| stream.starts_with(&request.octets[start(request)..]);
        // Of two requests with the same beginning the longer one is meant.
        let longest =
            self.requests.iter().rev().filter(is_sent).max_by_key(|request| request.octets.len())?;
        let source = longest.sources.get(start(longest).saturating_add(octet)).copied();
        Some(TextPlace::of(self.text, source.unwrap_or(self.text.len())))
    }
}

impl fmt::Display for RequestText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write_request_text(&self.requests))
    }
}

/// An octet that is sent, and what stands for it in the text.
#[derive(Clone, Copy)]
struct Unit {
    octet: u8,
    source: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Character,
    Escape,
    /// The CR or LF of a typed line break.
    LineBreak,
    /// Whitespace in a line that has nothing else.
    Blank,
}

impl Unit {
    /// Whether it is part of a typed blank line.
    const fn is_blank(&self) -> bool {
        matches!(self.kind, Kind::LineBreak | Kind::Blank)
    }
}

/// The octets of a text, in order.
fn units(text: &str) -> Result<Vec<Unit>, EscapeError> {
    let mut units = Vec::with_capacity(text.len() + 16);
    let mut line_start = 0;
    for line_with_end in text.split_inclusive('\n') {
        let line = line_with_end.strip_suffix('\n').unwrap_or(line_with_end);
        let has_end = line.len() < line_with_end.len();
        let line = if has_end { line.strip_suffix('\r').unwrap_or(line) } else { line };
        let is_blank = line.trim().is_empty();
        let mut characters = line.char_indices();
        while let Some((at, character)) = characters.next() {
            let source = line_start + at;
            if character == '\\' {
                let (octet, length) = escape(&line[at..]).map_err(|found| EscapeError {
                    at: TextPlace::of(text, source),
                    escape: found.chars().flat_map(shown).collect(),
                })?;
                units.push(Unit { octet, source, kind: Kind::Escape });
                // The characters of an escape behind its backslash are ASCII.
                characters.nth(length - 2);
                continue;
            }
            let kind = if is_blank { Kind::Blank } else { Kind::Character };
            let octets = &line.as_bytes()[at..at + character.len_utf8()];
            units.extend(octets.iter().map(|&octet| Unit { octet, source, kind }));
        }
        if has_end {
            let source = line_start + line.len();
            units.extend(b"\r\n".map(|octet| Unit { octet, source, kind: Kind::LineBreak }));
        }
        line_start += line_with_end.len();
    }
    Ok(units)
}

/// A character as a message shows it.
fn shown(character: char) -> impl Iterator<Item = char> {
    let (plain, escaped) = match character.is_control() {
        true => (None, Some(character.escape_default())),
        false => (Some(character), None),
    };
    plain.into_iter().chain(escaped.into_iter().flatten())
}

/// The octet of the escape at the front of a line and the escape's length, or what stands there instead.
fn escape(line: &str) -> Result<(u8, usize), &str> {
    let known = match line.as_bytes() {
        [_, b'r', ..] => Some((b'\r', 2)),
        [_, b'n', ..] => Some((b'\n', 2)),
        [_, b'0', ..] => Some((0, 2)),
        [_, b'\\', ..] => Some((b'\\', 2)),
        [_, b'x', high, low, ..] => hex(*high).zip(hex(*low)).map(|(high, low)| (high << 4 | low, 4)),
        _ => None,
    };
    known.ok_or_else(|| {
        let characters = if line.starts_with("\\x") { 4 } else { 2 };
        line.char_indices().nth(characters).map_or(line, |(end, _)| &line[..end])
    })
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests;
