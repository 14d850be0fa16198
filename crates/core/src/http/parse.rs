//! The parser of message heads: incremental, with limits, and with the place of each error.

use super::error::{HeadPart, MessageError, MessageProblem, Position};
use super::headers::{Field, Headers};
use super::message::{Method, RequestHead, ResponseHead, Version};
use super::octets::{is_field_text, is_ows, is_tchar, is_token, text, trim_ows};

/// The longest head, in octets, with its line ends and the empty line.
pub const MAX_HEAD_OCTETS: usize = 16 * 1024;

/// The most field lines of a header or trailer section.
pub const MAX_FIELDS: usize = 100;

/// Reads a request head from the front of `octets`.
///
/// Shape: the head and its length in octets, empty lines before it included; `None` when more octets are
/// needed. A line may end with LF alone.
///
/// # Errors
///
/// The head is complete, or longer than the limit, and malformed. [`RequestHead::validate`] checks the rest.
///
/// Source: RFC 9112 sections 2.2, 3 and 5.
pub fn parse_request_head(octets: &[u8]) -> Result<Option<(RequestHead, usize)>, MessageError> {
    // Section 2.2: "SHOULD ignore at least one empty line (CRLF) received prior to the request-line".
    let start = empty_lines(octets);
    let Some(head) = whole_head(&octets[start..], true)? else {
        return Ok(None);
    };
    let mut lines = Lines::of(head);
    let (method, target, version) = request_line(lines.next_line())?;
    let headers = fields(lines, Obsolete::Refused)?;
    Ok(Some((RequestHead { method, target, version, headers }, start + head.len())))
}

/// Reads a response head from the front of `octets`.
///
/// Shape: the head and its length in octets; `None` when more octets are needed. A line may end with LF alone,
/// a folded value is unfolded, and whitespace before a colon is removed.
///
/// # Errors
///
/// The head is complete, or longer than the limit, and malformed.
///
/// Source: RFC 9112 sections 2.2, 4 and 5.
pub fn parse_response_head(octets: &[u8]) -> Result<Option<(ResponseHead, usize)>, MessageError> {
    let Some(head) = whole_head(octets, false)? else {
        return Ok(None);
    };
    let mut lines = Lines::of(head);
    let (version, status, reason) = status_line(lines.next_line())?;
    let headers = fields(lines, Obsolete::Repaired)?;
    Ok(Some((ResponseHead { version, status, reason, headers }, head.len())))
}

/// Reads a trailer section, with the empty line that ends it, from the front of `octets`.
///
/// Source: RFC 9112 section 7.1.2.
pub(super) fn parse_trailers(
    octets: &[u8],
    obsolete: Obsolete,
) -> Result<Option<(Headers, usize)>, MessageError> {
    let Some(section) = whole_head(octets, false)? else {
        return Ok(None);
    };
    Ok(Some((fields(Lines::of(section), obsolete)?, section.len())))
}

/// The treatment of obsolete line folding and of whitespace before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obsolete {
    /// Requests: the message is rejected.
    Refused,
    /// Responses: replaced by a space, or removed.
    Repaired,
}

/// The length in octets of the empty lines at the front. A CR at the end is not counted: its LF may follow.
pub(super) fn empty_lines(octets: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match &octets[at..] {
            [b'\n', ..] => at += 1,
            [b'\r', b'\n', ..] => at += 2,
            _ => return at,
        }
    }
}

/// The octets up to and with the first empty line; `None` when it has not been received.
fn whole_head(octets: &[u8], is_request: bool) -> Result<Option<&[u8]>, MessageError> {
    let end = head_end(octets, 0);
    if end.is_none_or(|end| end > MAX_HEAD_OCTETS) && octets.len() > MAX_HEAD_OCTETS {
        let seen = &octets[..MAX_HEAD_OCTETS];
        // RFC 9112 section 3: a target "longer than any URI it wishes to parse" is answered by 414.
        let is_first_line = is_request && !seen.contains(&b'\n');
        let problem =
            if is_first_line { MessageProblem::RequestLineTooLong } else { MessageProblem::HeadTooLarge };
        return Err(MessageError { problem, at: Position::within(seen, MAX_HEAD_OCTETS) });
    }
    Ok(end.map(|end| &octets[..end]))
}

/// The end of the first empty line at or after `from`, where an earlier search stopped.
pub(super) fn head_end(octets: &[u8], from: usize) -> Option<usize> {
    if from == 0 {
        match octets {
            [b'\n', ..] => return Some(1),
            [b'\r', b'\n', ..] => return Some(2),
            _ => {}
        }
    }
    let mut at = from;
    while let Some(found) = octets.get(at..)?.iter().position(|&octet| octet == b'\n') {
        at += found + 1;
        match octets.get(at..)? {
            [b'\n', ..] => return Some(at + 1),
            [b'\r', b'\n', ..] => return Some(at + 2),
            _ => {}
        }
    }
    None
}

/// A line of a head, without its line end.
#[derive(Clone, Copy)]
struct Line<'a> {
    octets: &'a [u8],
    start: Position,
}

impl<'a> Line<'a> {
    /// The place of an octet of the line.
    const fn position(&self, at: usize) -> Position {
        Position { octet: self.start.octet.saturating_add(at as u64), ..self.start }
    }

    fn error(&self, problem: MessageProblem, at: usize) -> MessageError {
        MessageError { problem, at: self.position(at) }
    }

    /// RFC 9112 section 2.2: "a recipient of such a bare CR MUST consider that element to be invalid".
    fn refuse_bare_cr(&self) -> Result<(), MessageError> {
        match self.octets.iter().position(|&octet| octet == b'\r') {
            Some(at) => Err(self.error(MessageProblem::BareCr, at)),
            None => Ok(()),
        }
    }

    /// The line before and after its first space.
    fn split_at_space(&self) -> Option<(&'a [u8], &'a [u8])> {
        let at = self.octets.iter().position(|&octet| octet == b' ')?;
        Some((&self.octets[..at], &self.octets[at + 1..]))
    }
}

/// The lines of a complete head up to its empty line.
struct Lines<'a> {
    rest: &'a [u8],
    start: Position,
}

impl<'a> Lines<'a> {
    const fn of(head: &'a [u8]) -> Self {
        Self { rest: head, start: Position::START }
    }

    /// The next line, empty or not; an empty one after the last.
    fn next_line(&mut self) -> Line<'a> {
        // RFC 9112 section 2.2: "a recipient MAY recognize a single LF as a line terminator and ignore any
        // preceding CR".
        let (with_end, rest) = match self.rest.iter().position(|&octet| octet == b'\n') {
            Some(at) => self.rest.split_at(at + 1),
            None => (self.rest, &[][..]),
        };
        let octets = with_end.strip_suffix(b"\n").unwrap_or(with_end);
        let octets = octets.strip_suffix(b"\r").unwrap_or(octets);
        let line = Line { octets, start: self.start };
        self.rest = rest;
        self.start = Position {
            line: self.start.line.saturating_add(1),
            octet: self.start.octet.saturating_add(with_end.len() as u64),
        };
        line
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;
    fn next(&mut self) -> Option<Line<'a>> {
        Some(self.next_line()).filter(|line| !line.octets.is_empty())
    }
}

/// The place of a part of a head in the octets from which the head was parsed.
///
/// Source: RFC 9112 section 2.1.
pub(super) fn position_of(part: HeadPart, octets: &[u8]) -> Position {
    let mut lines = Lines::of(&octets[empty_lines(octets)..]);
    let start_line = lines.next_line();
    let (line, at) = match part {
        HeadPart::StartLine => (start_line, 0),
        HeadPart::Target => {
            (start_line, start_line.split_at_space().map_or(0, |(method, _)| method.len() + 1))
        }
        HeadPart::Field { index, octet } => {
            let mut fields = lines.filter(|line| !is_ows(line.octets[0]));
            let Some(line) = fields.nth(index) else { return Position::START };
            let colon = line.octets.iter().position(|&octet| octet == b':');
            let value = colon.map_or(0, |colon| colon + 1);
            let space = line.octets[value..].iter().take_while(|&&octet| is_ows(octet)).count();
            (line, value + space + octet)
        }
    };
    line.position(at)
}

/// `method SP request-target SP HTTP-version`.
///
/// Source: RFC 9112 section 3.
fn request_line(line: Line<'_>) -> Result<(Method, String, Version), MessageError> {
    line.refuse_bare_cr()?;
    let bad = line.error(MessageProblem::BadRequestLine, 0);
    let (method, rest) = line.split_at_space().ok_or(bad)?;
    // Section 3.1.
    if !is_token(method) {
        let at = method.iter().position(|&octet| !is_tchar(octet)).unwrap_or(0);
        return Err(line.error(MessageProblem::BadMethod, at));
    }
    let space = rest.iter().rposition(|&octet| octet == b' ').ok_or(bad)?;
    let (target, version) = (&rest[..space], &rest[space + 1..]);
    let target_start = method.len() + 1;
    // Section 2.3.
    let version = parse_version(version).map_err(|problem| line.error(problem, target_start + space + 1))?;
    // Section 3.2: "No whitespace is allowed in the request-target."
    if target.is_empty() || !target.iter().all(u8::is_ascii_graphic) {
        let at = target.iter().position(|octet| !octet.is_ascii_graphic()).unwrap_or(0);
        return Err(line.error(MessageProblem::BadTarget, target_start + at));
    }
    Ok((Method::from(text(method).as_str()), text(target), version))
}

/// `HTTP-version SP status-code SP [ reason-phrase ]`; the last space may be missing together with the phrase.
///
/// Source: RFC 9112 section 4.
fn status_line(line: Line<'_>) -> Result<(Version, u16, String), MessageError> {
    line.refuse_bare_cr()?;
    let (version, rest) = line.split_at_space().ok_or(line.error(MessageProblem::BadStatusLine, 0))?;
    let status_start = version.len() + 1;
    let version = parse_version(version).map_err(|problem| line.error(problem, 0))?;
    // RFC 9110 section 15: "a three-digit integer code".
    let &[hundreds @ b'1'..=b'9', tens @ b'0'..=b'9', ones @ b'0'..=b'9', ref rest @ ..] = rest else {
        return Err(line.error(MessageProblem::BadStatusCode, status_start));
    };
    let status = [hundreds, tens, ones].iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0'));
    let reason = match rest {
        [] => rest,
        [b' ', reason @ ..] => reason,
        _ => return Err(line.error(MessageProblem::BadStatusCode, status_start)),
    };
    match reason.iter().position(|&octet| !is_field_text(octet)) {
        Some(at) => Err(line.error(MessageProblem::BadStatusLine, status_start + 4 + at)),
        None => Ok((version, status, text(reason))),
    }
}

/// `HTTP-name "/" DIGIT "." DIGIT`, case-sensitive.
///
/// Source: RFC 9112 section 2.3.
fn parse_version(octets: &[u8]) -> Result<Version, MessageProblem> {
    match octets {
        b"HTTP/1.0" => Ok(Version::Http10),
        // RFC 9110 section 6.2: a higher minor version is processed as the highest one implemented.
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1'..=b'9'] => Ok(Version::Http11),
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => {
            Err(MessageProblem::UnsupportedVersion)
        }
        _ => Err(MessageProblem::BadVersion),
    }
}

/// The field lines up to the empty line.
///
/// Source: RFC 9112 section 5.
fn fields(lines: Lines<'_>, obsolete: Obsolete) -> Result<Headers, MessageError> {
    let mut fields: Vec<Field> = Vec::new();
    for line in lines {
        line.refuse_bare_cr()?;
        if let Some(at) = line.octets.iter().position(|&octet| !is_field_text(octet)) {
            let is_value = line.octets[..at].contains(&b':');
            let problem = if is_value { MessageProblem::BadFieldValue } else { MessageProblem::BadFieldName };
            return Err(line.error(problem, at));
        }
        if is_ows(line.octets[0]) {
            match (fields.last_mut(), obsolete) {
                // Section 2.2: whitespace between the start-line and the first field.
                (None, _) => return Err(line.error(MessageProblem::WhitespaceBeforeFields, 0)),
                // Section 5.2: a server "MUST either reject the message by sending a 400 [...] or replace".
                (Some(_), Obsolete::Refused) => return Err(line.error(MessageProblem::LineFolding, 0)),
                // Section 5.2: a user agent "MUST replace each received obs-fold with one or more SP".
                (Some(field), Obsolete::Repaired) => {
                    let more = text(trim_ows(line.octets));
                    if !field.value.is_empty() && !more.is_empty() {
                        field.value.push(' ');
                    }
                    field.value.push_str(&more);
                    continue;
                }
            }
        }
        if fields.len() == MAX_FIELDS {
            return Err(line.error(MessageProblem::TooManyFields, 0));
        }
        fields.push(field(line, obsolete)?);
    }
    Ok(fields.into_iter().collect())
}

/// `field-name ":" OWS field-value OWS`.
///
/// Source: RFC 9112 section 5.
fn field(line: Line<'_>, obsolete: Obsolete) -> Result<Field, MessageError> {
    let colon = line.octets.iter().position(|&octet| octet == b':');
    let colon = colon.ok_or(line.error(MessageProblem::MissingColon, line.octets.len()))?;
    let (mut name, value) = (&line.octets[..colon], &line.octets[colon + 1..]);
    // Section 5.1: "No whitespace is allowed between the field name and colon."
    if name.last().is_some_and(|&octet| is_ows(octet)) {
        if obsolete == Obsolete::Refused {
            return Err(line.error(MessageProblem::SpaceBeforeColon, trim_ows(name).len()));
        }
        name = trim_ows(name);
    }
    if !is_token(name) {
        let at = name.iter().position(|&octet| !is_tchar(octet)).unwrap_or(0);
        return Err(line.error(MessageProblem::BadFieldName, at));
    }
    Ok(Field { name: text(name), value: text(trim_ows(value)) })
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
