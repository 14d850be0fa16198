//! Between which hops a proxy forwards a response.

use super::body_length::BodyLength;
use super::keep_alive_params::KeepAliveParams;
use super::version::Version;

/// What a proxy knows, besides the head, when it forwards a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseHop<'a> {
    /// The name by which the proxy calls itself in Via.
    pub own_name: &'a str,
    /// The version of the client's request.
    pub client_version: Version,
    /// Whether the client asked for `keep-alive`.
    pub client_asked: bool,
    /// Whether the proxy keeps the client's connection, as [`server_decides`](super::server_decides) says.
    pub persists: bool,
    /// What to say in Keep-Alive to a client that asked and is kept.
    pub hints: KeepAliveParams,
    /// How the body is framed on the client's hop.
    pub body: BodyLength,
}
