//! A smart proxy's settings.

use serde::{Deserialize, Serialize};

use super::pool::PoolSpec;
use super::reuse::ClientHalfClose;
use super::smart::SmartProxy;
use crate::http::ForwardingProfile;
use crate::node::{BuildRole, Role};
use crate::problem::Problem;
use crate::time::Duration;

/// Settings of a smart proxy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SmartProxySpec {
    /// The port it listens on.
    #[serde(default = "port_8080")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub port: u16,
    /// The node it forwards to.
    pub next: String,
    /// That node's port.
    #[serde(default = "port_80")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub next_port: u16,
    /// Whether that node is a proxy too, which gets the whole URL.
    #[serde(default)]
    pub next_is_proxy: bool,
    /// Its name in Via.
    #[serde(default = "proxy")]
    pub via_name: String,
    /// How it rewrites heads: `by-the-book`, or the name of an observed proxy.
    #[serde(default = "by_the_book")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = forwarding_names())))]
    pub forwarding: String,
    /// Whether it knows of its HTTP/1.0 clients that their `keep-alive` is their own and not passed on by a
    /// relay; if not, it keeps none of them. RFC 9112 section 9.3 and appendix C.2.2.
    #[serde(default = "yes")]
    pub knows_http10_clients: bool,
    /// How long an idle client connection stays open; 0 is without limit.
    #[serde(default)]
    pub idle_timeout_us: Duration,
    /// How long an idle connection to the next node stays open, in microseconds; 0 is until that node closes it.
    #[serde(default)]
    pub server_idle_timeout_us: Duration,
    /// Whether a request goes again, once and on a fresh connection, when the next node has closed a kept connection
    /// before any of the answer: an idempotent one that was sent whole. RFC 9110 section 9.2.2.
    #[serde(default)]
    pub retries_reused: bool,
    /// What it makes of a client that closes its output before it has its answer, or while it waits in the queue.
    #[serde(default)]
    pub client_half_close: ClientHalfClose,
    /// Connections to the next node that all clients share; without it each client has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<PoolSpec>,
}

const fn port_8080() -> u16 {
    8080
}
const fn port_80() -> u16 {
    80
}
const fn yes() -> bool {
    true
}
fn by_the_book() -> String {
    "by-the-book".to_owned()
}
fn forwarding_names() -> Vec<String> {
    ForwardingProfile::all().into_iter().map(|profile| profile.name).collect()
}
fn proxy() -> String {
    "proxy".to_owned()
}

impl SmartProxySpec {
    /// A proxy by the book on port 8080 that forwards to port 80 of `next`.
    pub fn new(next: impl Into<String>) -> Self {
        Self {
            port: port_8080(),
            next: next.into(),
            next_port: port_80(),
            next_is_proxy: false,
            via_name: proxy(),
            forwarding: by_the_book(),
            knows_http10_clients: true,
            idle_timeout_us: Duration::ZERO,
            server_idle_timeout_us: Duration::ZERO,
            retries_reused: false,
            client_half_close: ClientHalfClose::GoesOn,
            pool: None,
        }
    }
}

impl BuildRole for SmartProxySpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(SmartProxy::new(self.clone(), None))
    }

    fn problem(&self) -> Option<(String, Problem)> {
        if ForwardingProfile::named(&self.forwarding).is_none() {
            return Some(("forwarding".to_owned(), Problem::one_of(&forwarding_names().join(", "))));
        }
        if let Some(problem) = self.pool.and_then(|pool| pool.problem()) {
            return Some(problem);
        }
        [("port", self.port), ("next_port", self.next_port)]
            .into_iter()
            .find(|(_, port)| *port == 0)
            .map(|(field, _)| (field.to_owned(), Problem::not_zero()))
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        vec![("next", &self.next)]
    }
}
