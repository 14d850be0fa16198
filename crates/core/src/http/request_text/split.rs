//! Where each request of a text ends: the head by its empty line, the body by its framing.

use bytes::BytesMut;

use super::{BodyKind, Kind, TypedRequest, Unit};
use crate::http::chunked::{ChunkDecoder, ChunkPart};
use crate::http::framing::{BodyLength, request_body_length};
use crate::http::octets::is_ows;
use crate::http::parse::{Obsolete, empty_lines, head_end, parse_request_head};

/// Splits octets into requests.
pub(super) struct Splitter<'u> {
    units: &'u [Unit],
    at: usize,
    /// The length of the text.
    end: usize,
    requests: Vec<TypedRequest>,
}

impl<'u> Splitter<'u> {
    /// A splitter of the octets of a text of this length.
    pub(super) const fn new(units: &'u [Unit], end: usize) -> Self {
        Self { units, at: 0, end, requests: Vec::new() }
    }

    /// The head at the front of the text.
    pub(super) fn first_head(&mut self) -> Option<TypedRequest> {
        self.skip_between();
        self.head(false)
    }

    /// What is behind all that was taken.
    pub(super) fn rest(&self) -> &'u [Unit] {
        &self.units[self.at..]
    }

    /// The requests.
    pub(super) fn requests(mut self) -> Vec<TypedRequest> {
        while self.next_request() {}
        self.requests
    }

    /// Takes the next request; false at the end of the text.
    fn next_request(&mut self) -> bool {
        let joins = self.skip_between();
        let start = self.at;
        let Some(mut request) = self.head(joins) else {
            // Empty lines that are escaped are sent, behind the last request.
            if let Some(last) = self.requests.last_mut() {
                let rest = self.units[start..].iter().filter(|unit| unit.kind != Kind::Blank);
                rest.for_each(|unit| last.extend(&[*unit]));
            }
            return false;
        };
        let body = Body::of(&request.octets, &self.units[self.at..]);
        request.extend(&self.units[self.at..self.at + body.len]);
        self.at += body.len;
        request.body = match body.is_framed {
            _ if body.len == 0 => BodyKind::None,
            true => BodyKind::Framed,
            false => BodyKind::Unframed,
        };
        if body.is_framed {
            if body.has_open_trailers {
                request.end_lines(self.end);
            }
            request.framed = request.octets.len();
        }
        self.requests.push(request);
        true
    }

    /// Skips blank lines, and tells whether the next request begins in the line in which the last one ended.
    fn skip_between(&mut self) -> bool {
        let rest = &self.units[self.at..];
        if self.at > 0 && self.units[self.at - 1].kind != Kind::LineBreak {
            let is_line_end = |unit: &&Unit| unit.kind == Kind::Escape && matches!(unit.octet, b'\r' | b'\n');
            let line_ends: Vec<u8> = rest.iter().take_while(is_line_end).map(|unit| unit.octet).collect();
            let empty = empty_lines(&line_ends);
            let is_space = |unit: &&Unit| unit.kind == Kind::Character && is_ows(unit.octet);
            let after = empty + rest[empty..].iter().take_while(is_space).count();
            if rest.get(after).is_some_and(|unit| unit.kind != Kind::LineBreak) {
                return true;
            }
            if let Some(last) = self.requests.last_mut() {
                last.extend(&rest[..empty]);
            }
            self.at += after;
        }
        self.at += self.units[self.at..].iter().take_while(|unit| unit.is_blank()).count();
        false
    }

    /// Takes a head, with the empty lines before it; `None` when only empty lines are left.
    fn head(&mut self, joins: bool) -> Option<TypedRequest> {
        let mut request =
            TypedRequest { octets: Vec::new(), joins, framed: 0, body: BodyKind::None, sources: Vec::new() };
        let mut has_line = false;
        while self.at < self.units.len() {
            let rest = &self.units[self.at..];
            let length = rest.iter().position(|unit| unit.octet == b'\n').map_or(rest.len(), |end| end + 1);
            let line = &rest[..length];
            self.at += length;
            let start = request.octets.len();
            line.iter().filter(|unit| unit.kind != Kind::Blank).for_each(|unit| request.extend(&[*unit]));
            let is_empty = matches!(request.octets[start..], [b'\n'] | [b'\r', b'\n'] | []);
            if has_line && is_empty {
                break;
            }
            has_line |= !is_empty;
        }
        if has_line && head_end(&request.octets[empty_lines(&request.octets)..], 0).is_none() {
            request.end_lines(self.end);
        }
        request.framed = request.octets.len();
        has_line.then_some(request)
    }
}

impl TypedRequest {
    pub(super) fn extend(&mut self, units: &[Unit]) {
        self.octets.extend(units.iter().map(|unit| unit.octet));
        self.sources.extend(units.iter().map(|unit| unit.source));
    }

    /// Ends the last line, where it is open, and the section, with an empty line that the text does not have.
    pub(super) fn end_lines(&mut self, source: usize) {
        if !self.octets.ends_with(b"\n") {
            self.octets.extend_from_slice(b"\r\n");
        }
        self.octets.extend_from_slice(b"\r\n");
        self.sources.resize(self.octets.len(), source);
    }
}

/// What follows a head and belongs to it.
pub(super) struct Body {
    /// Octets of the text.
    pub len: usize,
    /// Whether the head tells its length.
    is_framed: bool,
    /// Whether the text ends in the trailer section.
    pub has_open_trailers: bool,
}

impl Body {
    /// Source: RFC 9112 section 6.3.
    fn of(head: &[u8], units: &[Unit]) -> Self {
        let parsed = parse_request_head(head).ok().flatten();
        match parsed.map(|(head, _)| request_body_length(&head)) {
            Some(Ok(framing)) => match framing.length {
                BodyLength::Exactly(length) => Self::framed(length, units),
                BodyLength::Chunked => Self::chunked(units),
                BodyLength::None | BodyLength::UntilClose => Self::framed(0, units),
            },
            Some(Err(_)) => Self::unframed(units),
            None if announces_body(head) => Self::unframed(units),
            None => Self::framed(0, units),
        }
    }

    /// A body of this length, as far as it is there.
    pub(super) fn framed(length: u64, units: &[Unit]) -> Self {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        Self { len: length.min(units.len()), is_framed: true, has_open_trailers: false }
    }

    pub(super) fn chunked(units: &[Unit]) -> Self {
        let mut chunks = ChunkDecoder::new(Obsolete::Refused);
        let mut buffer = BytesMut::new();
        let mut len = 0;
        for line in units.split_inclusive(|unit| unit.octet == b'\n') {
            len += line.len();
            buffer.extend(line.iter().map(|unit| unit.octet));
            match is_whole(&mut chunks, &mut buffer) {
                Some(true) => return Self { len, is_framed: true, has_open_trailers: false },
                Some(false) => {}
                None => return Self::unframed(units),
            }
        }
        let ends: &[&[u8]] =
            if buffer.ends_with(b"\n") || buffer.is_empty() { &[b"\r\n"] } else { &[b"\r\n", b"\r\n"] };
        let has_open_trailers = ends.iter().enumerate().any(|(index, end)| {
            buffer.extend_from_slice(end);
            is_whole(&mut chunks, &mut buffer) == Some(true) && index + 1 == ends.len()
        });
        Self { len, is_framed: true, has_open_trailers }
    }

    /// Up to the next line that looks like a request line, without the blank lines before it.
    fn unframed(units: &[Unit]) -> Self {
        let mut len = 0;
        for line in units.split_inclusive(|unit| unit.kind == Kind::LineBreak && unit.octet == b'\n') {
            let first_line = line.iter().map(|unit| unit.octet).take_while(|&octet| octet != b'\n');
            let first_line: Vec<u8> = first_line.collect();
            let mut words = first_line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            if words.next_back().is_some_and(|word| word.starts_with(b"HTTP/")) {
                break;
            }
            len += line.len();
        }
        let content = len - units[..len].iter().rev().take_while(|unit| unit.is_blank()).count();
        // The last line keeps its end.
        let line_end = if content == 0 { 0 } else { (len - content).min(2) };
        Self { len: content + line_end, is_framed: false, has_open_trailers: false }
    }
}

/// Whether the chunked body ends in the buffer; `None` when it is malformed.
fn is_whole(chunks: &mut ChunkDecoder, buffer: &mut BytesMut) -> Option<bool> {
    loop {
        match chunks.next_part(buffer) {
            Ok(Some(ChunkPart::End(_))) => return Some(true),
            Ok(Some(ChunkPart::Framing | ChunkPart::Data(_))) => {}
            Ok(None) => return Some(false),
            Err(_) => return None,
        }
    }
}

/// Whether a malformed head has a line that would be about a body.
fn announces_body(head: &[u8]) -> bool {
    head.split(|&octet| octet == b'\n').any(|line| {
        let names: [&[u8]; 2] = [b"content-length", b"transfer-encoding"];
        names.iter().any(|name| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
    })
}
