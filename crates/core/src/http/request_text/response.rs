//! A response as people type it, in the syntax of requests.

use super::split::{Body, Splitter};
use super::{EscapeError, TextPlace, TypedRequest, units};
use crate::http::framing::{BodyLength, response_body_length};
use crate::http::message::Method;
use crate::http::parse::parse_response_head;

/// A response of a text: its head, and everything behind it.
///
/// As in a [`RequestText`](super::RequestText), the end of the text ends an open head and an open trailer section, and
/// blank lines behind a body whose length is known are not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseText<'t> {
    text: &'t str,
    typed: TypedRequest,
}

impl<'t> ResponseText<'t> {
    /// Reads a text; `None` when it has only blank lines.
    ///
    /// # Errors
    ///
    /// The first escape that the syntax does not have.
    pub fn parse(text: &'t str) -> Result<Option<Self>, EscapeError> {
        let units = units(text)?;
        let mut splitter = Splitter::new(&units, text.len());
        let Some(mut typed) = splitter.first_head() else { return Ok(None) };
        let rest = splitter.rest();
        let head = parse_response_head(&typed.octets).ok().flatten();
        let length = head.and_then(|(head, _)| response_body_length(&Method::Get, &head).ok());
        let body = match length.map(|framing| framing.length) {
            Some(BodyLength::Exactly(length)) => Body::framed(length, rest),
            Some(BodyLength::None) => Body::framed(0, rest),
            Some(BodyLength::Chunked) => Body::chunked(rest),
            Some(BodyLength::UntilClose) | None => Body::framed(rest.len() as u64, rest),
        };
        let (body, behind) = (&rest[..body.len], (&rest[body.len..], body.has_open_trailers));
        typed.extend(body);
        match behind {
            (_, true) => typed.end_lines(text.len()),
            (behind, false) if !behind.iter().all(|unit| unit.is_blank()) => typed.extend(behind),
            _ => {}
        }
        Ok(Some(Self { text, typed }))
    }

    /// The octets, as they are sent.
    pub fn octets(&self) -> &[u8] {
        self.typed.octets()
    }

    /// The place in the text of an octet of the response; the end of the text for one behind it.
    pub fn place(&self, octet: u64) -> TextPlace {
        let source = usize::try_from(octet).ok().and_then(|octet| self.typed.sources.get(octet)).copied();
        TextPlace::of(self.text, source.unwrap_or(self.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_sent_as_it_stands() {
        for (text, sent) in [
            ("HTTP/1.1 204 No Content", "HTTP/1.1 204 No Content\r\n\r\n"),
            ("\n\nHTTP/1.1 200 OK\nA: b\n", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n"),
            // The end of the text adds nothing to a body, and blank lines behind it are not part of it.
            (
                "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello\n\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            ),
            (
                "HTTP/1.1 200 OK\nContent-Length: 9\n\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
            ),
            // Octets behind a body are sent all the same: a client must not take them for a response.
            (
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello",
            ),
            // Without a length everything is the body, its line ends too.
            ("HTTP/1.0 200 OK\n\na\n\nb\n", "HTTP/1.0 200 OK\r\n\r\na\r\n\r\nb\r\n"),
            (
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            ),
            ("HTTP/1.1 2 OK\\r\nA: b\n\nx", "HTTP/1.1 2 OK\r\r\nA: b\r\n\r\nx"),
        ] {
            let parsed = ResponseText::parse(text).expect(text).expect("not blank");
            assert_eq!(String::from_utf8_lossy(parsed.octets()), sent, "{text}");
        }
        assert_eq!(ResponseText::parse(" \n\n"), Ok(None));
        let error = ResponseText::parse("HTTP/1.1 200 OK\nA: \\q").expect_err("no escape");
        assert_eq!(error.at, TextPlace { line: 2, column: 4 });
    }

    #[test]
    fn an_octet_has_its_place_in_the_text() {
        let text = "\nHTTP/1.1 200 OK\nA b: c";
        let parsed = ResponseText::parse(text).expect("no escapes").expect("not blank");
        assert_eq!(parsed.place(18), TextPlace { line: 3, column: 2 });
        assert_eq!(parsed.place(1_000), TextPlace { line: 3, column: 7 });
    }
}
