//! The head of a request: request line and header section.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::head_error::HeadError;
use super::head_problem::HeadProblem;
use super::headers::Headers;
use super::method::Method;
use super::octets;
use super::request_target::RequestTarget;
use super::version::Version;

/// Everything of a request before its body.
///
/// Source: RFC 9112 sections 3 and 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RequestHead {
    /// The request method.
    pub method: Method,
    /// The request-target as written; [`RequestHead::form`] takes it apart.
    pub target: String,
    /// The version that the sender conforms to.
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

    /// The form of the request-target, or nothing when it has none.
    pub fn form(&self) -> Option<RequestTarget<'_>> {
        RequestTarget::parse(&self.method, &self.target)
    }

    /// The host and port that the request is for: of the target, else of the Host field.
    ///
    /// Source: RFC 9112 section 3.3.
    pub fn authority(&self) -> Option<&str> {
        let named = self.form().and_then(|form| form.authority());
        named.or_else(|| self.headers.get("Host")).filter(|authority| !authority.is_empty())
    }

    /// Checks what is not the grammar of a single line: the target's form and the Host field.
    ///
    /// Errors: `BadTarget`, `HostMissing`, `HostRepeated`, `HostInvalid`; the server answers 400.
    ///
    /// Source: RFC 9112 section 3.2.
    pub fn validate(&self) -> Result<(), HeadError> {
        let error = |problem| Err(HeadError { problem, line: 1, octet: 0 });
        // Section 3.2: the target is in one of four forms.
        if self.form().is_none() {
            return error(HeadProblem::BadTarget);
        }
        // Section 3.2: 400 "to any HTTP/1.1 request message that lacks a Host header field and to any
        // request message that contains more than one Host header field line or a Host header field with
        // an invalid field value".
        let mut hosts = self.headers.get_all("Host");
        let host = hosts.next();
        if host.is_none() && self.version == Version::Http11 {
            return error(HeadProblem::HostMissing);
        }
        if hosts.next().is_some() {
            return error(HeadProblem::HostRepeated);
        }
        if host.is_some_and(|host| !is_host(host)) {
            return error(HeadProblem::HostInvalid);
        }
        Ok(())
    }

    /// The request line without its line end: `GET / HTTP/1.1`.
    pub fn start_line(&self) -> String {
        [self.method.as_str(), " ", &self.target, " ", self.version.as_str()].concat()
    }

    /// The octets of the head, with the empty line that ends it.
    pub fn encode(&self) -> Vec<u8> {
        encode_head(&self.start_line(), &self.headers)
    }
}

/// The head as it is written, a line a field, without the empty line.
impl fmt::Display for RequestHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.start_line())?;
        self.headers.iter().try_for_each(|field| write!(f, "\n{field}"))
    }
}

/// `uri-host [":" port]`; an empty value says that the target has no authority.
///
/// Source: RFC 9110 section 7.2.
fn is_host(value: &str) -> bool {
    let (host, port) = match value.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (value, ""),
    };
    let is_host_text = |octet: u8| {
        octet.is_ascii_alphanumeric()
            || matches!(octet, b'-' | b'.' | b'_' | b'~' | b'%' | b'!' | b'$' | b'&'..=b',' | b';' | b'=')
    };
    let is_name = match host.strip_prefix('[').map(|rest| rest.strip_suffix(']')) {
        Some(literal) => {
            literal.is_some_and(|literal| literal.bytes().all(|octet| is_host_text(octet) || octet == b':'))
        }
        None => host.bytes().all(is_host_text),
    };
    is_name && port.bytes().all(|octet| octet.is_ascii_digit())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_for_one_host() {
        use HeadProblem::{BadTarget, HostInvalid, HostMissing, HostRepeated};
        type Case = (&'static str, Version, &'static [&'static str], Result<(), HeadProblem>);
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
    fn the_target_wins_over_the_host_field() {
        let request = |target| RequestHead::new(Method::Get, target, Version::Http11).with("Host", "a");
        assert_eq!(request("/x").authority(), Some("a"));
        assert_eq!(request("http://b:1/x").authority(), Some("b:1"));
    }

    #[test]
    fn a_head_is_written_as_the_grammar_says() {
        let request = RequestHead::new(Method::Get, "/x", Version::Http10)
            .with("Connection", "Keep-Alive")
            .with("X", "");
        assert_eq!(request.encode(), b"GET /x HTTP/1.0\r\nConnection: Keep-Alive\r\nX: \r\n\r\n");
        assert_eq!(request.to_string(), "GET /x HTTP/1.0\nConnection: Keep-Alive\nX: ");
    }
}
