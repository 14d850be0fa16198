//! What a server is willing to do about persistent connections.

use serde::{Deserialize, Serialize};

use crate::time::Duration;

/// The settings by which a server decides on keeping a connection.
///
/// Source: RFC 9112 section 9.3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerPolicy {
    /// Whether it keeps connections at all.
    pub keeps_connections: bool,
    /// Whether it keeps those of HTTP/1.0 clients that ask; a proxy by the letter does not.
    pub keeps_http10_clients: bool,
    /// Whether it keeps an HTTP/1.0 client to which it passed chunks on, whose end that client cannot find.
    pub keeps_http10_after_chunks: bool,
    /// Whether it takes Proxy-Connection for Connection: a proxy may, an origin server does not know it.
    pub honours_proxy_connection: bool,
    /// How many more requests it takes on this connection after the present one; no limit when absent.
    pub requests_left: Option<u32>,
    /// The idle time-out to name in a Keep-Alive field; none is named when absent.
    pub hinted_timeout: Option<Duration>,
    /// Whether to name `requests_left` in a Keep-Alive field.
    pub hints_max: bool,
    /// Whether it says `Connection: close` to HTTP/1.0 clients too, for which silence says the same.
    pub says_close_to_http10: bool,
}

impl ServerPolicy {
    /// The number to name as `max` in a Keep-Alive field.
    pub fn hinted_max(&self) -> Option<u32> {
        self.requests_left.filter(|_| self.hints_max)
    }
}

/// A server that keeps every connection that it may, and gives no hints.
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
