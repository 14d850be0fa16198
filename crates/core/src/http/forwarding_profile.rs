//! How one kind of proxy forwards messages, as plain settings.

use serde::{Deserialize, Serialize};

use super::added_value::AddedValue;
use super::body_length::BodyLength;
use super::connection_handling::ConnectionHandling;
use super::forwarded_version::ForwardedVersion;
use super::keep_alive_params::KeepAliveParams;
use super::says_connection::SaysConnection;
use super::server_policy::ServerPolicy;
use super::version::Version;
use super::via_version::ViaVersion;

/// The settings of a proxy: a value, so that one more proxy is one more value and no more code.
///
/// Source: RFC 9110 section 7.6; RFC 9112 sections 3.2, 7 and 9.3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForwardingProfile {
    /// A stable name: `by-the-book`.
    pub name: String,
    /// What happens to a received Connection field and to what it names.
    pub connection: ConnectionHandling,
    /// Fields that always end here in requests, besides Connection and Transfer-Encoding.
    pub removed_from_requests: Vec<String>,
    /// Fields that always end here in responses, besides Connection and Transfer-Encoding.
    pub removed_from_responses: Vec<String>,
    /// The version of forwarded requests.
    pub request_version: ForwardedVersion,
    /// The version of forwarded responses.
    pub response_version: ForwardedVersion,
    /// Whether it keeps its connections to servers for further requests.
    pub keeps_servers: bool,
    /// Whether it keeps its clients' connections.
    pub keeps_clients: bool,
    /// Whether it keeps those of HTTP/1.0 clients that ask.
    pub keeps_http10_clients: bool,
    /// Whether it takes a client's Proxy-Connection for Connection.
    pub honours_proxy_connection: bool,
    /// When it writes Connection into requests.
    pub says_to_servers: SaysConnection,
    /// When it writes Connection into responses.
    pub says_to_clients: SaysConnection,
    /// How it spells the option `keep-alive`.
    pub keep_alive_spelling: String,
    /// What it says in Keep-Alive to a new connection's client; `max` goes down with each response.
    pub hints: KeepAliveParams,
    /// Whether it waits for the whole of a chunked request and sends it on with Content-Length.
    pub buffers_requests: bool,
    /// Whether it frames a response anew when the client could not otherwise find its end.
    pub reframes_responses: bool,
    /// Whether it sends trailer sections on.
    pub forwards_trailers: bool,
    /// Whether it adds Via to requests.
    pub via_in_requests: ViaVersion,
    /// Whether it adds Via to responses.
    pub via_in_responses: ViaVersion,
    /// The comment behind its name in Via: `(squid/5.7)`.
    pub via_comment: Option<String>,
    /// The Host that it writes into requests in the place of the received one.
    pub host: Option<String>,
    /// Fields that it adds to requests that do not have them.
    pub added_to_requests: Vec<(String, AddedValue)>,
    /// Fields that it adds to responses that do not have them.
    pub added_to_responses: Vec<(String, AddedValue)>,
    /// Whether it writes field names in lower case.
    pub lowercases_names: bool,
}

impl ForwardingProfile {
    /// The smart proxy: RFC 9110 section 7.6.1 in full, and the fields of RFC 2616 section 13.5.1.
    ///
    /// Two liberties, both as the book's smart proxy and as squid takes them: it keeps HTTP/1.0 clients that
    /// ask, against the letter of RFC 9112 section 9.3, and it knows Proxy-Connection.
    pub fn by_the_book() -> Self {
        let hop_by_hop = [
            "Keep-Alive",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Upgrade",
            "Proxy-Authenticate",
            "Proxy-Authorization",
        ];
        Self {
            name: "by-the-book".to_owned(),
            connection: ConnectionHandling::RemoveNamed,
            removed_from_requests: hop_by_hop.map(str::to_owned).to_vec(),
            removed_from_responses: hop_by_hop.map(str::to_owned).to_vec(),
            request_version: ForwardedVersion::Own(Version::Http11),
            response_version: ForwardedVersion::Own(Version::Http11),
            keeps_servers: true,
            keeps_clients: true,
            keeps_http10_clients: true,
            honours_proxy_connection: true,
            says_to_servers: SaysConnection::Always,
            says_to_clients: SaysConnection::Always,
            keep_alive_spelling: "keep-alive".to_owned(),
            hints: KeepAliveParams::default(),
            buffers_requests: true,
            reframes_responses: true,
            forwards_trailers: false,
            via_in_requests: ViaVersion::Received,
            via_in_responses: ViaVersion::Received,
            via_comment: None,
            host: None,
            added_to_requests: Vec::new(),
            added_to_responses: Vec::new(),
            lowercases_names: false,
        }
    }

    /// How the proxy decides, as the server that it is to its clients.
    ///
    /// Shape: the caller adds how many requests are left on the connection at hand.
    pub fn server_policy(&self) -> ServerPolicy {
        ServerPolicy {
            keeps_connections: self.keeps_clients,
            keeps_http10_clients: self.keeps_http10_clients,
            keeps_http10_after_chunks: !self.reframes_responses,
            honours_proxy_connection: self.honours_proxy_connection,
            requests_left: self.hints.max,
            hinted_timeout: self.hints.timeout,
            hints_max: self.hints.max.is_some(),
            says_close_to_http10: self.says_to_clients != SaysConnection::Never,
        }
    }

    /// Whether the whole body of a request must have come before its head can be sent on.
    ///
    /// Source: RFC 9112 section 6.1: no chunks to a server that may be one of HTTP/1.0.
    pub fn must_buffer(&self, received: BodyLength) -> bool {
        received == BodyLength::Chunked
            && (self.buffers_requests || self.request_version == ForwardedVersion::Own(Version::Http10))
    }

    /// How the body of a response is framed for the client.
    ///
    /// Source: RFC 9112 sections 6.1 and 7.1.
    pub const fn response_length(&self, received: BodyLength, client_version: Version) -> BodyLength {
        match (received, client_version) {
            // Section 6.1: no Transfer-Encoding "unless the corresponding request indicates HTTP/1.1".
            (BodyLength::Chunked, Version::Http10) if self.reframes_responses => BodyLength::UntilClose,
            // Section 7.1: chunks let the connection persist although the length is not known.
            (BodyLength::UntilClose, Version::Http11) if self.reframes_responses => BodyLength::Chunked,
            _ => received,
        }
    }
}

/// The proxy by the book.
impl Default for ForwardingProfile {
    fn default() -> Self {
        Self::by_the_book()
    }
}
