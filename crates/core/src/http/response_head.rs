//! The head of a response: status line and header section.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::headers::Headers;
use super::request_head::encode_head;
use super::version::Version;

/// Everything of a response before its body.
///
/// Source: RFC 9112 sections 4 and 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResponseHead {
    /// The version that the sender conforms to.
    pub version: Version,
    /// The three-digit status code, 100 to 999.
    pub status: u16,
    /// The reason phrase, which a client ignores.
    pub reason: String,
    /// The header section.
    pub headers: Headers,
}

impl ResponseHead {
    /// A response without fields, with the reason phrase that the RFC gives the status.
    pub fn new(version: Version, status: u16) -> Self {
        Self { version, status, reason: reason_phrase(status).to_owned(), headers: Headers::new() }
    }

    /// The same response with one more field at the end.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(name, value);
        self
    }

    /// Whether the response is interim: another one to the same request follows.
    ///
    /// Source: RFC 9110 section 15.2.
    pub const fn is_interim(&self) -> bool {
        matches!(self.status, 100..=199)
    }

    /// Whether the status says that the request was "successfully received, understood, and accepted".
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// The status line without its line end: `HTTP/1.1 200 OK`.
    pub fn start_line(&self) -> String {
        [self.version.as_str(), " ", &self.status.to_string(), " ", &self.reason].concat()
    }

    /// The octets of the head, with the empty line that ends it.
    pub fn encode(&self) -> Vec<u8> {
        encode_head(&self.start_line(), &self.headers)
    }
}

/// The head as it is written, a line a field, without the empty line.
impl fmt::Display for ResponseHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.start_line())?;
        self.headers.iter().try_for_each(|field| write!(f, "\n{field}"))
    }
}

/// The reason phrase that the RFC gives a status, empty for one that it does not know.
///
/// Source: RFC 9110 section 15.
pub const fn reason_phrase(status: u16) -> &'static str {
    match status {
        100 => "Continue",
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        417 => "Expectation Failed",
        426 => "Upgrade Required",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_written_as_the_grammar_says() {
        let response = ResponseHead::new(Version::Http11, 204).with("Connection", "close");
        assert_eq!(response.encode(), b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        // "A server MUST send the space that separates the status-code from the reason-phrase even when
        // the reason-phrase is absent."
        assert_eq!(ResponseHead::new(Version::Http10, 299).encode(), b"HTTP/1.0 299 \r\n\r\n");
    }
}
