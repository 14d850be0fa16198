//! Whether a connection persists after a response: the decision on each side, with the rule that made it.

use serde::Serialize;

use super::body_length::BodyLength;
use super::field::Field;
use super::framing::Framing;
use super::headers::Headers;
use super::keep_alive_params::KeepAliveParams;
use super::request_head::RequestHead;
use super::response_head::ResponseHead;
use super::server_policy::ServerPolicy;
use super::version::Version;
use crate::rule::Rule;

/// A decision on whether a connection persists, and the rule that made it.
///
/// Source: RFC 9112 section 9.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
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

/// What a request says its sender wants to happen to the connection after the response.
///
/// Source: RFC 9112 section 9.3.
pub fn request_wants_persistence(request: &RequestHead) -> Persistence {
    wants_persistence(request, false)
}

/// The same as a proxy may take it that knows Proxy-Connection, the field of some HTTP/1.0 clients for "the
/// next hop is a proxy": it stands for Connection.
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

/// What a server makes of a request: whether it keeps the connection after the response.
///
/// Shape: `response_length` is how the body of the response is going to be framed.
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
    // message length (i.e., one not defined by closure of the connection)"; an HTTP/1.0 client knows no chunks.
    let has_lost_chunks =
        is_http10 && response_length == BodyLength::Chunked && !policy.keeps_http10_after_chunks;
    if response_length == BodyLength::UntilClose || has_lost_chunks {
        return Persistence::closes(Rule::LengthUnknownCloses);
    }
    // RFC 2068 section 19.7.1.1: the most requests that the server takes on one connection.
    if policy.requests_left == Some(0) {
        return Persistence::closes(Rule::MaxRequestsReached);
    }
    Persistence::persists(if is_http10 { Rule::KeepAliveAgreed } else { Rule::Http11Persists })
}

/// The fields by which a server says what it decided.
///
/// Shape: `Connection: close`, or for a client that asked `Connection: Keep-Alive` and, when the policy has
/// them, the hints `Keep-Alive: timeout=5, max=100`; nothing for an HTTP/1.1 client that is kept and did not
/// ask.
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

/// What a client concludes from a response: whether it may send another request on the connection.
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
    // Section 9.3: HTTP/1.1 persists. A client that itself speaks HTTP/1.0 knows only its own rule.
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
