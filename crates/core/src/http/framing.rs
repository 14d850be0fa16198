//! The length of a message body, in the numbered steps of RFC 9112 section 6.3.

use serde::{Deserialize, Serialize};

use super::error::{HeadError, HeadPart, MessageProblem};
use super::headers::Headers;
use super::message::{Method, RequestHead, ResponseHead, Version};
use super::octets::wire_len;
use crate::rule::Rule;

/// The length of a message body, as the recipient determines it.
///
/// Source: RFC 9112 section 6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyLength {
    /// The message has no body, whatever its fields say.
    None,
    /// This number of octets.
    Exactly(u64),
    /// Chunks, up to the last chunk (of size zero).
    Chunked,
    /// Until the sender closes the connection; in responses only.
    UntilClose,
}

/// The length of a message body, and the step of section 6.3 that determined it.
///
/// Source: RFC 9112 section 6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Framing {
    /// The length.
    pub length: BodyLength,
    /// The step.
    pub rule: Rule,
}

impl Framing {
    const fn new(length: BodyLength, rule: Rule) -> Self {
        Self { length, rule }
    }
}

/// The length of the body of a request.
///
/// # Errors
///
/// The framing is faulty: the server answers with [`MessageProblem::status`] and closes.
///
/// Source: RFC 9112 section 6.3.
pub fn request_body_length(request: &RequestHead) -> Result<Framing, HeadError> {
    // Steps 1 and 2 are about responses.
    if let Some(codings) = TransferCodings::of(&request.headers) {
        let rule = codings.rule(request.version, &request.headers)?;
        let error = |problem| Err(HeadError { problem, part: codings.part });
        // Step 4: "the message body length cannot be determined reliably; the server MUST respond with the
        // 400 (Bad Request) status code and then close the connection".
        if !codings.is_chunked_last {
            return error(MessageProblem::ChunkedNotLast);
        }
        // Section 6.1: a coding that the server does not understand is answered by 501.
        if codings.has_others {
            return error(MessageProblem::UnknownTransferCoding);
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
/// # Errors
///
/// The framing is faulty: a client closes and discards the response, a proxy answers 502.
///
/// Source: RFC 9112 section 6.3.
pub fn response_body_length(request_method: &Method, response: &ResponseHead) -> Result<Framing, HeadError> {
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

/// The codings that the Transfer-Encoding fields list.
struct TransferCodings {
    /// The last of the fields.
    part: HeadPart,
    has_chunked: bool,
    is_chunked_last: bool,
    is_chunked_twice: bool,
    has_others: bool,
}

impl TransferCodings {
    fn of(headers: &Headers) -> Option<Self> {
        let fields = || headers.iter().enumerate().filter(|(_, field)| field.is_named("Transfer-Encoding"));
        let (index, _) = fields().next_back()?;
        let mut codings = Self {
            part: HeadPart::Field { index, octet: 0 },
            has_chunked: false,
            is_chunked_last: false,
            is_chunked_twice: false,
            has_others: false,
        };
        for coding in fields().flat_map(|(_, field)| field.members()) {
            // RFC 9112 section 7: "All transfer-coding names are case-insensitive".
            codings.is_chunked_last = coding.eq_ignore_ascii_case("chunked");
            codings.is_chunked_twice |= codings.is_chunked_last && codings.has_chunked;
            codings.has_chunked |= codings.is_chunked_last;
            codings.has_others |= !codings.is_chunked_last;
        }
        Some(codings)
    }

    /// The checks that apply to requests and responses alike.
    fn rule(&self, version: Version, headers: &Headers) -> Result<Rule, HeadError> {
        let error = |problem| Err(HeadError { problem, part: self.part });
        // Section 6.1: "A server or client that receives an HTTP/1.0 message containing a Transfer-Encoding
        // header field MUST treat the message as if the framing is faulty".
        if version == Version::Http10 {
            return error(MessageProblem::TransferEncodingIn10);
        }
        // Section 6.1: "A sender MUST NOT apply the chunked transfer coding more than once".
        if self.is_chunked_twice {
            return error(MessageProblem::ChunkedTwice);
        }
        // Step 3: "the Transfer-Encoding overrides the Content-Length".
        Ok(if headers.contains("Content-Length") { Rule::ChunkedOverLength } else { Rule::ChunkedBody })
    }
}

/// The value of Content-Length; `None` without the field.
fn content_length(headers: &Headers) -> Result<Option<u64>, HeadError> {
    let mut length = None;
    let fields = headers.iter().enumerate().filter(|(_, field)| field.is_named("Content-Length"));
    for (index, field) in fields {
        let mut start = 0;
        // An empty member is not a valid value, so the list is not read leniently here.
        for member in field.value.split(',') {
            let value = member.trim_matches([' ', '\t']);
            let space = member.len() - member.trim_start_matches([' ', '\t']).len();
            let octet = wire_len(&field.value[..start + space]);
            let error = |problem| HeadError { problem, part: HeadPart::Field { index, octet } };
            start += member.len() + 1;
            // RFC 9110 section 8.6: `1*DIGIT`, and recipients "prevent parsing errors due to integer
            // conversion overflows".
            if value.is_empty() || !value.bytes().all(|octet| octet.is_ascii_digit()) {
                return Err(error(MessageProblem::InvalidContentLength));
            }
            let value: u64 = value.parse().map_err(|_| error(MessageProblem::ContentLengthTooLarge))?;
            // Step 5: invalid "unless the field value can be successfully parsed as a comma-separated list
            // [...], all values in the list are valid, and all values in the list are the same".
            if length.is_some_and(|earlier| earlier != value) {
                return Err(error(MessageProblem::ConflictingContentLengths));
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
