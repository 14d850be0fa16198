//! Whether a connection persists after a response: the decision on each side, with its rule.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::framing::{BodyLength, Framing};
use super::headers::{Field, Headers, list_members};
use super::message::{RequestHead, ResponseHead, Version};
use crate::rule::Rule;
use crate::time::Duration;

/// The settings of a server for persistent connections.
///
/// Source: RFC 9112 section 9.3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerPolicy {
    /// Whether connections persist at all.
    pub keeps_connections: bool,
    /// Whether those of HTTP/1.0 clients that ask persist; RFC 9112 forbids it to a proxy.
    pub keeps_http10_clients: bool,
    /// Whether an HTTP/1.0 client's connection persists after a chunked response, whose end that client cannot find.
    pub keeps_http10_after_chunks: bool,
    /// Whether Proxy-Connection is treated as Connection: a proxy may, an origin server ignores it.
    pub honours_proxy_connection: bool,
    /// The number of further requests on this connection; `None` for no limit.
    pub requests_left: Option<u32>,
    /// The idle time-out for a Keep-Alive field; `None` to omit it.
    pub hinted_timeout: Option<Duration>,
    /// Whether a Keep-Alive field has `requests_left` as `max`.
    pub hints_max: bool,
    /// Whether it sends `Connection: close` to HTTP/1.0 clients too, for which it is the default.
    pub says_close_to_http10: bool,
}

impl ServerPolicy {
    /// The `max` of a Keep-Alive field.
    pub fn hinted_max(&self) -> Option<u32> {
        self.requests_left.filter(|_| self.hints_max)
    }
}

/// Every connection persists that may; no Keep-Alive parameters.
impl Default for ServerPolicy {
    fn default() -> Self {
        Self {
            keeps_connections: true,
            keeps_http10_clients: true,
            keeps_http10_after_chunks: false,
            honours_proxy_connection: false,
            requests_left: None,
            hinted_timeout: None,
            hints_max: false,
            says_close_to_http10: true,
        }
    }
}

/// The parameters of Keep-Alive: hints about how long a server keeps a connection, not a promise.
///
/// Units: `timeout` is written in whole seconds.
///
/// Source: RFC 2068 section 19.7.1.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeepAliveParams {
    /// The time for which an idle connection is kept.
    pub timeout: Option<Duration>,
    /// The number of further requests on the connection.
    pub max: Option<u32>,
}

impl KeepAliveParams {
    /// Parses a field value; unknown and malformed parameters are ignored.
    pub fn parse(value: &str) -> Self {
        let mut params = Self::default();
        for param in list_members(value) {
            let Some((name, number)) = param.split_once('=') else {
                continue;
            };
            let number = number.trim_matches([' ', '\t', '"']);
            match name.trim_matches([' ', '\t']) {
                name if name.eq_ignore_ascii_case("timeout") => {
                    params.timeout = number.parse().ok().map(Duration::from_secs).or(params.timeout);
                }
                name if name.eq_ignore_ascii_case("max") => params.max = number.parse().ok().or(params.max),
                _ => {}
            }
        }
        params
    }

    /// Whether there are no parameters.
    pub const fn is_empty(&self) -> bool {
        self.timeout.is_none() && self.max.is_none()
    }
}

/// The field value: `timeout=5, max=100`.
impl fmt::Display for KeepAliveParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(timeout) = self.timeout {
            write!(f, "timeout={}", timeout.as_micros() / 1_000_000)?;
        }
        if let Some(max) = self.max {
            let separator = if self.timeout.is_some() { ", " } else { "" };
            write!(f, "{separator}max={max}")?;
        }
        Ok(())
    }
}

/// A decision on whether a connection persists, and the rule that made it.
///
/// Source: RFC 9112 section 9.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Persistence {
    /// Whether another request may follow on the connection.
    pub persists: bool,
    /// The rule that decided.
    pub rule: Rule,
}

impl Persistence {
    const fn persists(rule: Rule) -> Self {
        Self { persists: true, rule }
    }

    const fn closes(rule: Rule) -> Self {
        Self { persists: false, rule }
    }
}

/// Whether a request asks for the connection to persist after the response.
///
/// Source: RFC 9112 section 9.3.
pub fn request_wants_persistence(request: &RequestHead) -> Persistence {
    wants_persistence(request, false)
}

/// The same for a proxy that treats Proxy-Connection, which some HTTP/1.0 clients send to proxies, as Connection.
///
/// Source: RFC 9112 appendix C.2.2.
pub fn request_to_proxy_wants_persistence(request: &RequestHead) -> Persistence {
    wants_persistence(request, true)
}

fn wants_persistence(request: &RequestHead, honours_proxy_connection: bool) -> Persistence {
    let has_option = |option| has_connection_option(&request.headers, option, honours_proxy_connection);
    // Section 9.3: "If the "close" connection option is present [...] the connection will not persist".
    if has_option("close") {
        return Persistence::closes(Rule::ConnectionClose);
    }
    // "else, If the received protocol is HTTP/1.1 (or later), the connection will persist".
    if request.version == Version::Http11 {
        return Persistence::persists(Rule::Http11Persists);
    }
    // "else, If the received protocol is HTTP/1.0, the "keep-alive" connection option is present [...]".
    if has_option("keep-alive") {
        return Persistence::persists(Rule::KeepAliveAsked);
    }
    // "The connection will close after the current response."
    Persistence::closes(Rule::Http10Closes)
}

fn has_connection_option(headers: &Headers, option: &str, honours_proxy_connection: bool) -> bool {
    headers.contains_token("Connection", option)
        || (honours_proxy_connection && headers.contains_token("Proxy-Connection", option))
}

/// A server's decision on the connection after the response to a request.
///
/// Shape: `response_length` is the framing of the response's body.
///
/// Source: RFC 9112 sections 9.3 and 9.6.
pub fn server_decides(
    request: &RequestHead,
    response_length: BodyLength,
    policy: &ServerPolicy,
) -> Persistence {
    let wish = wants_persistence(request, policy.honours_proxy_connection);
    if !wish.persists {
        return wish;
    }
    let is_http10 = request.version == Version::Http10;
    // RFC 9112 section 9.3: an HTTP/1.0 client is kept only when the server "wishes to honor" its wish; a
    // server that keeps no connection "MUST send the "close" connection option in every response".
    if !policy.keeps_connections {
        return Persistence::closes(if is_http10 { Rule::KeepAliveRefused } else { Rule::ServerCloses });
    }
    // Section 9.3: "A proxy server MUST NOT maintain a persistent connection with an HTTP/1.0 client".
    if is_http10 && !policy.keeps_http10_clients {
        return Persistence::closes(Rule::ProxyTo10Client);
    }
    // Section 6.1: after a request with both Transfer-Encoding and Content-Length "the server MUST close".
    if request.headers.contains("Transfer-Encoding") && request.headers.contains("Content-Length") {
        return Persistence::closes(Rule::ChunkedOverLength);
    }
    // Section 9.3: "In order to remain persistent, all messages on a connection need to have a self-defined
    // message length (i.e., one not defined by closure of the connection)"; an HTTP/1.0 client does not know chunks.
    let has_lost_chunks =
        is_http10 && response_length == BodyLength::Chunked && !policy.keeps_http10_after_chunks;
    if response_length == BodyLength::UntilClose || has_lost_chunks {
        return Persistence::closes(Rule::LengthUnknownCloses);
    }
    // RFC 2068 section 19.7.1.1: the server's limit of requests on one connection.
    if policy.requests_left == Some(0) {
        return Persistence::closes(Rule::MaxRequestsReached);
    }
    Persistence::persists(if is_http10 { Rule::KeepAliveAgreed } else { Rule::Http11Persists })
}

/// The fields that announce a server's decision.
///
/// Shape: `Connection: close`; or, for a client that asked, `Connection: Keep-Alive` and the parameters of the
/// policy, as `Keep-Alive: timeout=5, max=100`; nothing for an HTTP/1.1 client that did not ask.
///
/// Source: RFC 9112 section 9.6 and appendix C.2.2; RFC 2068 section 19.7.1.
pub fn persistence_fields(request: &RequestHead, decision: Persistence, policy: &ServerPolicy) -> Vec<Field> {
    if !decision.persists {
        // RFC 9112 section 9.6: a server that closes "SHOULD send a "close" connection option". To a client of
        // HTTP/1.0 silence says the same.
        let says_close = request.version == Version::Http11 || policy.says_close_to_http10;
        return if says_close { vec![Field::new("Connection", "close")] } else { Vec::new() };
    }
    // RFC 2068 section 19.7.1: the field is an answer, so it goes only to a client that asked.
    if !has_connection_option(&request.headers, "keep-alive", policy.honours_proxy_connection) {
        return Vec::new();
    }
    let mut fields = vec![Field::new("Connection", "Keep-Alive")];
    let hints = KeepAliveParams { timeout: policy.hinted_timeout, max: policy.hinted_max() };
    if !hints.is_empty() {
        fields.push(Field::new("Keep-Alive", hints.to_string()));
    }
    fields
}

/// A client's conclusion from a response: whether it may send another request on the connection.
///
/// Source: RFC 9112 section 9.3.
pub fn client_concludes(request: &RequestHead, response: &ResponseHead, framing: &Framing) -> Persistence {
    // Section 9.6: "A client that sends a "close" connection option MUST NOT send further requests on that
    // connection", and one that receives it "MUST cease sending requests".
    if request.headers.contains_token("Connection", "close")
        || response.headers.contains_token("Connection", "close")
    {
        return Persistence::closes(Rule::ConnectionClose);
    }
    // Section 9.3: the end of the connection is the end of the message.
    if framing.length == BodyLength::UntilClose {
        return Persistence::closes(Rule::LengthUnknownCloses);
    }
    // Section 6.1: both lengths in one message: the connection is not to be trusted.
    if framing.rule == Rule::ChunkedOverLength {
        return Persistence::closes(Rule::ChunkedOverLength);
    }
    // Section 9.3: HTTP/1.1 persists. An HTTP/1.0 client applies only its own rule.
    if request.version == Version::Http11 && response.version == Version::Http11 {
        return Persistence::persists(Rule::Http11Persists);
    }
    // RFC 2068 section 19.7.1: HTTP/1.0 persists when the response repeats the option, and only then.
    let asked = request.headers.contains_token("Connection", "keep-alive")
        || request.headers.contains_token("Proxy-Connection", "keep-alive");
    let agreed = response.headers.contains_token("Connection", "keep-alive");
    match (agreed, asked) {
        (true, true) => Persistence::persists(Rule::KeepAliveAgreed),
        (true, false) if request.version == Version::Http11 => Persistence::persists(Rule::KeepAliveAgreed),
        (false, true) => Persistence::closes(Rule::KeepAliveRefused),
        (_, false) => Persistence::closes(Rule::Http10Closes),
    }
}

#[cfg(test)]
#[path = "persistence_tests.rs"]
mod tests;

#[cfg(test)]
mod table_tests {
    use super::*;

    #[test]
    fn parameters_are_read_and_written() {
        let cases = [
            ("timeout=5, max=100", Some(5), Some(100), "timeout=5, max=100"),
            ("max=3", None, Some(3), "max=3"),
            ("Timeout = 15", Some(15), None, "timeout=15"),
            ("timeout=\"7\",MAX=0,x=y", Some(7), Some(0), "timeout=7, max=0"),
            ("timeout, max=-1, timeout=2x", None, None, ""),
            ("300", None, None, ""),
            ("timeout=99999999999999999999, max=4294967296", None, None, ""),
        ];
        for (value, timeout, max, written) in cases {
            let params = KeepAliveParams::parse(value);
            assert_eq!(params, KeepAliveParams { timeout: timeout.map(Duration::from_secs), max }, "{value}");
            assert_eq!(params.to_string(), written);
        }
    }
}
