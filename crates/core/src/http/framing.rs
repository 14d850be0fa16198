//! The length of a message body, decided step by step as the RFC numbers the steps.

use serde::Serialize;

use super::body_length::BodyLength;
use super::framing_error::FramingError;
use super::headers::Headers;
use super::method::Method;
use super::request_head::RequestHead;
use super::response_head::ResponseHead;
use super::version::Version;
use crate::rule::Rule;

/// A decision on the length of a message body, and the step that made it.
///
/// Source: RFC 9112 section 6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Framing {
    /// How the end of the body is found.
    pub length: BodyLength,
    /// The step that decided.
    pub rule: Rule,
}

impl Framing {
    const fn new(length: BodyLength, rule: Rule) -> Self {
        Self { length, rule }
    }
}

/// The length of the body of a request.
///
/// Errors: the framing is faulty: the server answers with [`FramingError::status`] and closes.
///
/// Source: RFC 9112 section 6.3.
pub fn request_body_length(request: &RequestHead) -> Result<Framing, FramingError> {
    // Steps 1 and 2 are about responses.
    if let Some(codings) = TransferCodings::of(&request.headers) {
        let rule = codings.rule(request.version, &request.headers)?;
        // Step 4: "the message body length cannot be determined reliably; the server MUST respond with the
        // 400 (Bad Request) status code and then close the connection".
        if !codings.is_chunked_last {
            return Err(FramingError::ChunkedNotLast);
        }
        // Section 6.1: a coding that the server does not understand is answered by 501.
        if codings.has_others {
            return Err(FramingError::UnknownTransferCoding);
        }
        return Ok(Framing::new(BodyLength::Chunked, rule));
    }
    // Steps 5 and 6.
    if let Some(length) = content_length(&request.headers)? {
        return Ok(Framing::new(BodyLength::Exactly(length), Rule::ContentLength));
    }
    // Step 7: "If this is a request message and none of the above are true, then the message body length is
    // zero (no message body is present)."
    Ok(Framing::new(BodyLength::None, Rule::NoBody))
}

/// The length of the body of a response to a request with `request_method`.
///
/// Errors: the framing is faulty: the client closes and discards, a proxy answers 502.
///
/// Source: RFC 9112 section 6.3.
pub fn response_body_length(
    request_method: &Method,
    response: &ResponseHead,
) -> Result<Framing, FramingError> {
    // Step 1: "Any response to a HEAD request and any response with a 1xx (Informational), 204 (No
    // Content), or 304 (Not Modified) status code is always terminated by the first empty line after the
    // header fields".
    if *request_method == Method::Head || response.is_interim() || matches!(response.status, 204 | 304) {
        return Ok(Framing::new(BodyLength::None, Rule::BodylessResponse));
    }
    // Step 2: "Any 2xx (Successful) response to a CONNECT request implies that the connection will become a
    // tunnel immediately after the empty line that concludes the header fields."
    if *request_method == Method::Connect && response.is_success() {
        return Ok(Framing::new(BodyLength::None, Rule::ConnectTunnel));
    }
    if let Some(codings) = TransferCodings::of(&response.headers) {
        let rule = codings.rule(response.version, &response.headers)?;
        // Step 4: chunked "is the final encoding", or "the message body length is determined by reading the
        // connection until it is closed by the server".
        return Ok(if codings.is_chunked_last {
            Framing::new(BodyLength::Chunked, rule)
        } else {
            Framing::new(BodyLength::UntilClose, Rule::UntilClose)
        });
    }
    // Steps 5 and 6.
    if let Some(length) = content_length(&response.headers)? {
        return Ok(Framing::new(BodyLength::Exactly(length), Rule::ContentLength));
    }
    // Step 8: "Otherwise, this is a response message without a declared message body length".
    Ok(Framing::new(BodyLength::UntilClose, Rule::UntilClose))
}

/// What the Transfer-Encoding fields name.
struct TransferCodings {
    has_chunked: bool,
    is_chunked_last: bool,
    is_chunked_twice: bool,
    has_others: bool,
}

impl TransferCodings {
    fn of(headers: &Headers) -> Option<Self> {
        if !headers.contains("Transfer-Encoding") {
            return None;
        }
        let mut codings =
            Self { has_chunked: false, is_chunked_last: false, is_chunked_twice: false, has_others: false };
        for coding in headers.tokens("Transfer-Encoding") {
            // RFC 9112 section 7: "All transfer-coding names are case-insensitive".
            codings.is_chunked_last = coding.eq_ignore_ascii_case("chunked");
            codings.is_chunked_twice |= codings.is_chunked_last && codings.has_chunked;
            codings.has_chunked |= codings.is_chunked_last;
            codings.has_others |= !codings.is_chunked_last;
        }
        Some(codings)
    }

    /// What holds for all messages with a Transfer-Encoding.
    fn rule(&self, version: Version, headers: &Headers) -> Result<Rule, FramingError> {
        // Section 6.1: "A server or client that receives an HTTP/1.0 message containing a Transfer-Encoding
        // header field MUST treat the message as if the framing is faulty".
        if version == Version::Http10 {
            return Err(FramingError::TransferEncodingIn10);
        }
        // Section 6.1: "A sender MUST NOT apply the chunked transfer coding more than once".
        if self.is_chunked_twice {
            return Err(FramingError::ChunkedTwice);
        }
        // Step 3: "the Transfer-Encoding overrides the Content-Length".
        Ok(if headers.contains("Content-Length") { Rule::ChunkedOverLength } else { Rule::ChunkedBody })
    }
}

/// The value of Content-Length, when there is one.
fn content_length(headers: &Headers) -> Result<Option<u64>, FramingError> {
    let mut length = None;
    for value in headers.get_all("Content-Length") {
        // An empty member is not a valid value, so the list is not read leniently here.
        for member in value.split(',').map(|member| member.trim_matches([' ', '\t'])) {
            // RFC 9110 section 8.6: `1*DIGIT`, and recipients "prevent parsing errors due to integer
            // conversion overflows".
            if member.is_empty() || !member.bytes().all(|octet| octet.is_ascii_digit()) {
                return Err(FramingError::InvalidContentLength);
            }
            let value: u64 = member.parse().map_err(|_| FramingError::ContentLengthTooLarge)?;
            // Step 5: invalid "unless the field value can be successfully parsed as a comma-separated list
            // [...], all values in the list are valid, and all values in the list are the same".
            if length.is_some_and(|earlier| earlier != value) {
                return Err(FramingError::ConflictingContentLengths);
            }
            length = Some(value);
        }
    }
    // Step 6: "its decimal value defines the expected message body length in octets".
    Ok(length)
}

#[cfg(test)]
#[path = "framing_tests.rs"]
mod tests;
