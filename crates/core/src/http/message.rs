//! Requests and responses up to their bodies: method, version, start-line and header section.

use core::fmt;

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumString, IntoStaticStr};

use super::error::{HeadError, HeadPart, MessageProblem};
use super::headers::Headers;
use super::octets;
use super::target::RequestTarget;

/// The request method.
///
/// Source: RFC 9110 section 9.
#[derive(Clone, Debug, PartialEq, Eq, Hash, AsRefStr, Display, EnumString, Serialize, Deserialize)]
#[strum(serialize_all = "UPPERCASE")]
#[serde(from = "String", into = "String")]
pub enum Method {
    /// GET: transfer a representation of the target resource.
    Get,
    /// HEAD: as GET, without the content.
    Head,
    /// POST: have the resource process the content.
    Post,
    /// PUT: replace the resource's state with the content.
    Put,
    /// DELETE: remove the resource.
    Delete,
    /// CONNECT: establish a tunnel to the server that the target names.
    Connect,
    /// OPTIONS: the communication options of the resource.
    Options,
    /// TRACE: a loop-back test: the request as its final recipient received it.
    Trace,
    /// PATCH (RFC 5789): modify a part of the resource.
    Patch,
    /// Any other token; method names are case-sensitive.
    #[strum(default, transparent)]
    Extension(String),
}

impl Method {
    /// The method as written in the request line.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }

    /// Whether "its defined semantics are essentially read-only".
    ///
    /// Source: RFC 9110 section 9.2.1.
    pub const fn is_safe(&self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options | Self::Trace)
    }

    /// Whether "the intended effect on the server of multiple identical requests [...] is the same as the
    /// effect for a single such request".
    ///
    /// Source: RFC 9110 section 9.2.2.
    pub const fn is_idempotent(&self) -> bool {
        self.is_safe() || matches!(self, Self::Put | Self::Delete)
    }
}

impl Method {
    /// The methods that servers here implement, as Allow lists them.
    pub const IMPLEMENTED: &'static str = "GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, PATCH";

    /// Whether a server here implements it: CONNECT is for proxies, and any other token is unknown.
    ///
    /// Source: RFC 9110 sections 9.1 and 9.3.6.
    pub const fn is_implemented(&self) -> bool {
        !matches!(self, Self::Connect | Self::Extension(_))
    }
}

impl From<String> for Method {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<Method> for String {
    fn from(method: Method) -> Self {
        method.to_string()
    }
}

/// The version of HTTP that the sender of a message conforms to.
///
/// Simplified: a higher minor version of major version 1 is processed as HTTP/1.1, the highest implemented
/// here, and its digit is not kept.
///
/// Source: RFC 9110 sections 2.5 and 6.2.
#[derive(
    Clone, Copy, Debug, Display, IntoStaticStr, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Version {
    /// HTTP/1.0: a connection closes after its response unless both sides agree to keep it.
    #[strum(serialize = "HTTP/1.0")]
    #[serde(rename = "HTTP/1.0")]
    Http10,
    /// HTTP/1.1: a connection persists unless a side closes it.
    #[strum(serialize = "HTTP/1.1")]
    #[serde(rename = "HTTP/1.1")]
    Http11,
}

impl Version {
    /// The version as written in a start-line: `HTTP/1.1`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The version as written in a Via field, without the protocol name: `1.1`.
    ///
    /// Source: RFC 9110 section 7.6.3.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Http10 => "1.0",
            Self::Http11 => "1.1",
        }
    }
}

/// The head of a request: request line and header section.
///
/// Source: RFC 9112 sections 3 and 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RequestHead {
    /// The request method.
    pub method: Method,
    /// The request-target as written; [`RequestHead::form`] parses it.
    pub target: String,
    /// The version of the sender.
    pub version: Version,
    /// The header section.
    pub headers: Headers,
}

impl RequestHead {
    /// A request without fields.
    pub fn new(method: Method, target: impl Into<String>, version: Version) -> Self {
        Self { method, target: target.into(), version, headers: Headers::new() }
    }

    /// The same request with one more field at the end.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(name, value);
        self
    }

    /// The form of the request-target; `None` for an invalid one.
    pub fn form(&self) -> Option<RequestTarget<'_>> {
        RequestTarget::parse(&self.method, &self.target)
    }

    /// The host and port of the target resource: from the target, otherwise from the Host field.
    ///
    /// Source: RFC 9112 section 3.3.
    pub fn authority(&self) -> Option<&str> {
        let named = self.form().and_then(|form| form.authority());
        named.or_else(|| self.headers.get("Host")).filter(|authority| !authority.is_empty())
    }

    /// Checks what the grammar of a single line does not cover: the target's form and the Host field.
    ///
    /// # Errors
    ///
    /// `BadTarget`, `HostMissing`, `HostRepeated`, `HostInvalid`: the server answers 400.
    ///
    /// Source: RFC 9112 section 3.2.
    pub fn validate(&self) -> Result<(), HeadError> {
        let error = |problem, part| Err(HeadError { problem, part });
        // Section 3.2: the target has one of four forms.
        if self.form().is_none() {
            return error(MessageProblem::BadTarget, HeadPart::Target);
        }
        // Section 3.2: 400 "to any HTTP/1.1 request message that lacks a Host header field and to any
        // request message that contains more than one Host header field line or a Host header field with
        // an invalid field value".
        let mut hosts = self.headers.iter().enumerate().filter(|(_, field)| field.is_named("Host"));
        let Some((index, host)) = hosts.next() else {
            return match self.version {
                Version::Http11 => error(MessageProblem::HostMissing, HeadPart::StartLine),
                Version::Http10 => Ok(()),
            };
        };
        if let Some((index, _)) = hosts.next() {
            return error(MessageProblem::HostRepeated, HeadPart::Field { index, octet: 0 });
        }
        if let Some(at) = not_host_at(&host.value) {
            let octet = octets::wire_len(&host.value[..at]);
            return error(MessageProblem::HostInvalid, HeadPart::Field { index, octet });
        }
        Ok(())
    }

    /// The request line without its line end: `GET / HTTP/1.1`.
    pub fn start_line(&self) -> String {
        format!("{} {} {}", self.method, self.target, self.version)
    }

    /// The octets of the head, with the empty line that ends it.
    pub fn encode(&self) -> Vec<u8> {
        encode_head(&self.start_line(), &self.headers)
    }
}

/// The content of a response to TRACE: the request as it came, without fields that hold secrets.
///
/// Source: RFC 9110 section 9.3.8: the final recipient "SHOULD exclude any request header fields that are likely to
/// contain sensitive data".
pub fn trace_content(request: &RequestHead) -> Vec<u8> {
    let mut head = request.clone();
    for name in ["Authorization", "Proxy-Authorization", "Cookie"] {
        head.headers.remove_all(name);
    }
    head.encode()
}

/// The head, one field per line, without the empty line.
impl fmt::Display for RequestHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.start_line())?;
        self.headers.iter().try_for_each(|field| write!(f, "\n{field}"))
    }
}

/// Where a value is not `uri-host [":" port]`; that is empty when the target has no authority.
///
/// Source: RFC 9110 section 7.2.
fn not_host_at(value: &str) -> Option<usize> {
    let (host, port) = match value.rsplit_once(':') {
        Some((host, port)) if host.ends_with(']') || !value.starts_with('[') => (host, port),
        _ => (value, ""),
    };
    let is_host_text = |octet: u8| {
        octet.is_ascii_alphanumeric()
            || matches!(octet, b'-' | b'.' | b'_' | b'~' | b'%' | b'!' | b'$' | b'&'..=b',' | b';' | b'=')
    };
    let in_host = match host.strip_prefix('[') {
        Some(literal) => {
            let inside = literal.strip_suffix(']').unwrap_or(literal);
            let at = inside.bytes().position(|octet| !is_host_text(octet) && octet != b':');
            at.map(|at| at + 1).or((inside.len() == literal.len()).then_some(host.len()))
        }
        None => host.bytes().position(|octet| !is_host_text(octet)),
    };
    let in_port = || port.bytes().position(|octet| !octet.is_ascii_digit()).map(|at| host.len() + 1 + at);
    in_host.or_else(in_port)
}

/// The octets of a start-line and header section.
pub(super) fn encode_head(start_line: &str, headers: &Headers) -> Vec<u8> {
    let mut head = Vec::with_capacity(start_line.len() + 4 + headers.len() * 32);
    octets::push_octets(start_line, &mut head);
    head.extend_from_slice(b"\r\n");
    encode_fields(headers, &mut head);
    head.extend_from_slice(b"\r\n");
    head
}

/// Appends the field lines.
pub(super) fn encode_fields(headers: &Headers, head: &mut Vec<u8>) {
    for field in headers {
        octets::push_octets(&field.name, head);
        head.extend_from_slice(b": ");
        octets::push_octets(&field.value, head);
        head.extend_from_slice(b"\r\n");
    }
}

/// The head of a response: status line and header section.
///
/// Source: RFC 9112 sections 4 and 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResponseHead {
    /// The version of the sender.
    pub version: Version,
    /// The three-digit status code, 100 to 999.
    pub status: u16,
    /// The reason phrase, which a client ignores.
    pub reason: String,
    /// The header section.
    pub headers: Headers,
}

impl ResponseHead {
    /// A response without fields, with the standard reason phrase.
    pub fn new(version: Version, status: u16) -> Self {
        Self { version, status, reason: reason_phrase(status).to_owned(), headers: Headers::new() }
    }

    /// The same response with one more field at the end.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(name, value);
        self
    }

    /// Whether the response is interim: a further response to the same request follows.
    ///
    /// Source: RFC 9110 section 15.2.
    pub const fn is_interim(&self) -> bool {
        matches!(self.status, 100..=199)
    }

    /// Whether the request was "successfully received, understood, and accepted".
    ///
    /// Source: RFC 9110 section 15.3.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// The status line without its line end: `HTTP/1.1 200 OK`.
    pub fn start_line(&self) -> String {
        format!("{} {} {}", self.version, self.status, self.reason)
    }

    /// The octets of the head, with the empty line that ends it.
    pub fn encode(&self) -> Vec<u8> {
        encode_head(&self.start_line(), &self.headers)
    }
}

/// The head, one field per line, without the empty line.
impl fmt::Display for ResponseHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.start_line())?;
        self.headers.iter().try_for_each(|field| write!(f, "\n{field}"))
    }
}

/// The standard reason phrase of a status; empty for an unknown one.
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
    fn safe_and_idempotent_methods() {
        for (name, safe, idempotent) in [
            ("GET", true, true),
            ("HEAD", true, true),
            ("OPTIONS", true, true),
            ("TRACE", true, true),
            ("PUT", false, true),
            ("DELETE", false, true),
            ("POST", false, false),
            ("PATCH", false, false),
            ("CONNECT", false, false),
            ("get", false, false),
        ] {
            let method = Method::from(name);
            assert_eq!((method.is_safe(), method.is_idempotent()), (safe, idempotent), "{name}");
            assert_eq!(method.as_str(), name);
        }
    }

    #[test]
    fn an_invalid_host_is_marked_where_it_is_none() {
        for (value, at) in [
            ("a/b", Some(1)),
            ("user@a", Some(4)),
            ("a:8x", Some(3)),
            ("a:b", Some(2)),
            ("[::1", Some(4)),
            ("[::g/]:80", Some(4)),
            ("é", Some(0)),
            ("a:80", None),
            ("[::1]:80", None),
            ("", None),
        ] {
            assert_eq!(not_host_at(value), at, "{value}");
        }
    }

    #[test]
    fn targets_and_host_fields_are_validated() {
        use MessageProblem::{BadTarget, HostInvalid, HostMissing, HostRepeated};
        type Case = (&'static str, Version, &'static [&'static str], Result<(), MessageProblem>);
        let cases: [Case; 14] = [
            ("/", Version::Http11, &["a"], Ok(())),
            ("/", Version::Http11, &["a:8080"], Ok(())),
            ("/", Version::Http11, &["[::1]:80"], Ok(())),
            ("/", Version::Http11, &["[::1]"], Ok(())),
            ("/", Version::Http11, &[""], Ok(())),
            ("/", Version::Http11, &[], Err(HostMissing)),
            ("/", Version::Http10, &[], Ok(())),
            ("/", Version::Http10, &["a", "a"], Err(HostRepeated)),
            ("/", Version::Http11, &["a", "b"], Err(HostRepeated)),
            ("/", Version::Http11, &["a b"], Err(HostInvalid)),
            ("/", Version::Http11, &["a/b"], Err(HostInvalid)),
            ("/", Version::Http11, &["a:b"], Err(HostInvalid)),
            ("/", Version::Http11, &["user@a"], Err(HostInvalid)),
            ("x", Version::Http11, &["a"], Err(BadTarget)),
        ];
        for (target, version, hosts, verdict) in cases {
            let mut request = RequestHead::new(Method::Get, target, version);
            hosts.iter().for_each(|host| request.headers.push("Host", *host));
            assert_eq!(request.validate().map_err(|error| error.problem), verdict, "{request}");
        }
    }

    #[test]
    fn the_authority_of_the_target_precedes_the_host_field() {
        let request = |target| RequestHead::new(Method::Get, target, Version::Http11).with("Host", "a");
        assert_eq!(request("/x").authority(), Some("a"));
        assert_eq!(request("http://b:1/x").authority(), Some("b:1"));
    }

    #[test]
    fn heads_are_encoded_by_the_grammar() {
        let request = RequestHead::new(Method::Get, "/x", Version::Http10)
            .with("Connection", "Keep-Alive")
            .with("X", "");
        assert_eq!(request.encode(), b"GET /x HTTP/1.0\r\nConnection: Keep-Alive\r\nX: \r\n\r\n");
        assert_eq!(request.to_string(), "GET /x HTTP/1.0\nConnection: Keep-Alive\nX: ");
    }

    #[test]
    fn responses_are_encoded_by_the_grammar() {
        let response = ResponseHead::new(Version::Http11, 204).with("Connection", "close");
        assert_eq!(response.encode(), b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        // "A server MUST send the space that separates the status-code from the reason-phrase even when
        // the reason-phrase is absent."
        assert_eq!(ResponseHead::new(Version::Http10, 299).encode(), b"HTTP/1.0 299 \r\n\r\n");
    }
}
