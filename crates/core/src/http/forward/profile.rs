//! The settings by which a kind of proxy forwards messages.

use serde::{Deserialize, Serialize};

use crate::http::framing::BodyLength;
use crate::http::message::Version;
use crate::http::persistence::{KeepAliveParams, ServerPolicy};

/// The value of a field that a proxy adds to each message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddedValue {
    /// A fixed text.
    Fixed(String),
    /// The address of the client that sent the request.
    ClientAddress,
    /// The Host field of the received request.
    ReceivedHost,
    /// `HIT from`, or `MISS from`, this name: whether the response is a copy out of the proxy's cache.
    Served(String),
    /// The same: whether there was a copy, be it one that did not do.
    Found(String),
}

/// The treatment of a received Connection field and of the fields that it names.
///
/// Source: RFC 9110 section 7.6.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionHandling {
    /// As RFC 9110 requires: the fields that it names and Connection itself are removed.
    RemoveNamed,
    /// Connection itself is removed; the fields that it names are forwarded.
    RemoveFieldOnly,
    /// The options `close` and `keep-alive` are removed; the rest of the field is forwarded.
    RemoveOwnOptions,
}

/// The version of a forwarded message.
///
/// Source: RFC 9112 section 2.3: intermediaries "MUST send their own HTTP-version in forwarded messages".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedVersion {
    /// The proxy's own.
    Own(Version),
    /// The version of the received message, against RFC 9112.
    AsReceived,
}

impl ForwardedVersion {
    /// The version in which a message of version `received` is forwarded.
    pub const fn of(self, received: Version) -> Version {
        match self {
            Self::Own(version) => version,
            Self::AsReceived => received,
        }
    }
}

/// The messages into which a proxy writes a Connection field of its own.
///
/// Source: RFC 9112 sections 9.3 and 9.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaysConnection {
    /// None.
    Never,
    /// Those in which the option differs from the version's default: `keep-alive` in HTTP/1.0, `close` in HTTP/1.1.
    WhenNotDefault,
    /// `close` always, `keep-alive` for a client that asked for it.
    WhenAsked,
    /// All.
    Always,
}

/// The version that a proxy names in its Via entry, if it adds one.
///
/// Source: RFC 9110 section 7.6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViaVersion {
    /// No entry of its own; the received ones are forwarded.
    NoVia,
    /// The version of the received message, as RFC 9110 requires.
    Received,
    /// Its own version.
    Own,
    /// In responses, the version of the client's request.
    OfClient,
}

/// The settings of a kind of proxy. Another kind is another value, without code of its own.
///
/// Source: RFC 9110 section 7.6; RFC 9112 sections 3.2, 7 and 9.3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForwardingProfile {
    /// A stable name: `by-the-book`.
    pub name: String,
    /// The treatment of a received Connection field and of the fields that it names.
    pub connection: ConnectionHandling,
    /// Fields always removed from requests, besides Connection and Transfer-Encoding. Host, Via and Content-Length have
    /// rules of their own; here they have no effect.
    pub removed_from_requests: Vec<String>,
    /// Fields always removed from responses, besides Connection and Transfer-Encoding. Host, Via and Content-Length have
    /// rules of their own; here they have no effect.
    pub removed_from_responses: Vec<String>,
    /// The version of forwarded requests.
    pub request_version: ForwardedVersion,
    /// The version of forwarded responses.
    pub response_version: ForwardedVersion,
    /// Whether its connections to servers persist.
    pub keeps_servers: bool,
    /// Whether those to servers of HTTP/1.0 that agree persist.
    pub keeps_http10_servers: bool,
    /// Whether a request that is not idempotent goes on a kept connection too.
    pub reuses_for_any_method: bool,
    /// Whether its clients' connections persist.
    pub keeps_clients: bool,
    /// Whether those of HTTP/1.0 clients that ask persist.
    pub keeps_http10_clients: bool,
    /// Whether it treats a client's Proxy-Connection as Connection.
    pub honours_proxy_connection: bool,
    /// The requests into which it writes Connection.
    pub says_to_servers: SaysConnection,
    /// The responses into which it writes Connection.
    pub says_to_clients: SaysConnection,
    /// Whether it writes no Connection into a message with the option `upgrade`.
    pub leaves_upgrades: bool,
    /// Whether a client's connection persists after a 502 of its own.
    pub keeps_clients_after_errors: bool,
    /// Its spelling of the option `keep-alive`.
    pub keep_alive_spelling: String,
    /// The Keep-Alive parameters for a new connection's client; `max` decreases with each response.
    pub hints: KeepAliveParams,
    /// Whether it buffers a chunked request and forwards it with Content-Length.
    pub buffers_requests: bool,
    /// Whether it changes the framing of a response whose end the client could not find.
    pub reframes_responses: bool,
    /// Whether it forwards trailer sections.
    pub forwards_trailers: bool,
    /// Its Via entry in requests.
    pub via_in_requests: ViaVersion,
    /// Its Via entry in responses.
    pub via_in_responses: ViaVersion,
    /// The comment after its pseudonym in Via: `(squid/5.7)`.
    pub via_comment: Option<String>,
    /// The Host with which it replaces the received one.
    pub host: Option<String>,
    /// Fields that it adds to requests without them.
    pub added_to_requests: Vec<(String, AddedValue)>,
    /// Fields that it adds to responses without them.
    pub added_to_responses: Vec<(String, AddedValue)>,
    /// Whether it writes field names in lower case.
    pub lowercases_names: bool,
}

impl ForwardingProfile {
    /// The names of the profiles that follow documents; all others were observed.
    pub const BY_DOCUMENTS: [&'static str; 2] = ["by-the-book", "rfc-9112"];

    /// The smart proxy: RFC 9110 section 7.6.1 in full, and the fields of RFC 2616 section 13.5.1.
    ///
    /// Two deviations, both as in the book and in squid: connections of HTTP/1.0 clients that ask persist, against
    /// RFC 9112 section 9.3, and Proxy-Connection is honoured.
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
            keeps_http10_servers: true,
            reuses_for_any_method: true,
            keeps_clients: true,
            keeps_http10_clients: true,
            honours_proxy_connection: true,
            says_to_servers: SaysConnection::Always,
            says_to_clients: SaysConnection::Always,
            leaves_upgrades: false,
            keeps_clients_after_errors: false,
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

    /// RFC 9112 section 9.3 without deviations: no HTTP/1.0 client is kept, and Connection is written only where the
    /// option differs from the version's default.
    pub fn rfc_9112() -> Self {
        Self {
            name: "rfc-9112".to_owned(),
            keeps_http10_clients: false,
            honours_proxy_connection: false,
            says_to_servers: SaysConnection::WhenNotDefault,
            says_to_clients: SaysConnection::WhenNotDefault,
            ..Self::by_the_book()
        }
    }

    /// The policy of the proxy as a server to its clients.
    ///
    /// Shape: the caller sets the requests left on the connection.
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

    /// Whether the whole body of a request must be received before its head can be forwarded.
    ///
    /// Source: RFC 9112 section 6.1: no chunks to a server that may be an HTTP/1.0 server.
    pub fn must_buffer(&self, received: BodyLength) -> bool {
        received == BodyLength::Chunked
            && (self.buffers_requests || self.request_version == ForwardedVersion::Own(Version::Http10))
    }

    /// The framing of a response's body on the client's hop.
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
