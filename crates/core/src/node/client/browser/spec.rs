//! A browser's settings: the page it loads, and how it uses connections for it.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use super::role::Browser;
use crate::http::{Method, RequestHead, Version};
use crate::node::{BuildRole, RetryPolicy, Role};
use crate::problem::Problem;
use crate::time::Duration;

/// How a browser uses connections for the objects of a page.
///
/// Source: HTTP: The Definitive Guide, sections 4.3 to 4.6.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, VariantArray, IntoStaticStr)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LoadingPolicy {
    /// HTTP/1.0: a connection for each object, one after another.
    Serial,
    /// HTTP/1.0: a connection for each object, several at once.
    Parallel,
    /// HTTP/1.0 with `Connection: Keep-Alive`: one connection that is kept.
    KeepAlive,
    /// HTTP/1.1: one connection that persists.
    #[default]
    Persistent,
    /// HTTP/1.1: several connections at once that persist.
    ParallelPersistent,
    /// HTTP/1.1: one connection, requests are pipelined.
    Pipelined,
}

impl LoadingPolicy {
    /// The policy's name in scenarios: `parallel-persistent`.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

/// Settings of a browser.
///
/// First paint: the browser can lay the page out, and shows it, when the HTML is whole and it knows the size
/// of every object in it: from the HTML itself (`width` and `height`), or from the first octets of the
/// object's body, where an image has it. Before that the window is blank (the book, section 4.3).
///
/// Simplified: it understands no more of HTML than start tags with a `src` attribute that names a path of the
/// same host; it does not tell kinds of objects apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BrowserSpec {
    /// The node that it connects to.
    pub connect_to: String,
    /// That node's port.
    #[serde(default = "port_80")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub port: u16,
    /// The host of the URLs that it fetches.
    pub host: String,
    /// The page's path.
    pub page: String,
    /// How it uses connections.
    #[serde(default)]
    pub policy: LoadingPolicy,
    /// Connections to this host at once; only the parallel policies have more than one.
    #[serde(default = "four")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 256)))]
    pub connections: u32,
    /// Requests that may be on their way on one connection before the first answer; only when pipelined.
    #[serde(default = "four")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 256)))]
    pub pipeline: u32,
    /// Whether an object is asked for again whose connection was lost before its answer began.
    #[serde(default = "twice")]
    pub retry: RetryPolicy,
    /// How long it waits for an answer before it gives the connection up; 0 is without limit.
    #[serde(default)]
    pub response_timeout_us: Duration,
    /// Whether it closes connections that persist once the page is complete.
    #[serde(default = "yes")]
    pub closes_when_done: bool,
}

const fn port_80() -> u16 {
    80
}
const fn four() -> u32 {
    4
}
fn twice() -> RetryPolicy {
    RetryPolicy { automatic: 2, ..RetryPolicy::default() }
}
const fn yes() -> bool {
    true
}

impl BrowserSpec {
    /// A browser that loads the page of this path from the node of this name.
    pub fn new(connect_to: impl Into<String>, page: impl Into<String>, policy: LoadingPolicy) -> Self {
        Self {
            connect_to: connect_to.into(),
            port: port_80(),
            host: "www.joes-hardware.com".to_owned(),
            page: page.into(),
            policy,
            connections: four(),
            pipeline: four(),
            retry: twice(),
            response_timeout_us: Duration::ZERO,
            closes_when_done: true,
        }
    }

    /// Connections at once by the policy.
    pub(super) const fn connections_at_once(&self) -> usize {
        match self.policy {
            LoadingPolicy::Parallel | LoadingPolicy::ParallelPersistent => self.connections as usize,
            _ => 1,
        }
    }

    /// Requests at once on one connection, by the policy.
    pub(super) const fn depth(&self) -> usize {
        match self.policy {
            LoadingPolicy::Pipelined => self.pipeline as usize,
            _ => 1,
        }
    }

    /// Whether a connection carries more than one request.
    pub(super) const fn reuses(&self) -> bool {
        !matches!(self.policy, LoadingPolicy::Serial | LoadingPolicy::Parallel)
    }

    /// The request for a path.
    pub(super) fn request(&self, path: &str) -> RequestHead {
        let version = match self.policy {
            LoadingPolicy::Serial | LoadingPolicy::Parallel | LoadingPolicy::KeepAlive => Version::Http10,
            _ => Version::Http11,
        };
        let mut head = RequestHead::new(Method::Get, path, version).with("Host", self.host.clone());
        if self.policy == LoadingPolicy::KeepAlive {
            head.headers.push("Connection", "Keep-Alive");
        }
        head
    }
}

impl BuildRole for BrowserSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Browser::new(self.clone()))
    }

    fn problem(&self) -> Option<(String, Problem)> {
        let (field, problem) = if self.port == 0 {
            ("port", Problem::not_zero())
        } else if !super::page::is_path(self.page.as_bytes()) {
            ("page", Problem::path())
        } else if self.host.is_empty() {
            ("host", Problem::not_empty())
        } else if !(1..=256).contains(&self.connections) {
            ("connections", Problem::between(1, 256))
        } else if !(1..=256).contains(&self.pipeline) {
            ("pipeline", Problem::between(1, 256))
        } else {
            return self.retry.problem();
        };
        Some((field.to_owned(), problem))
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        vec![("connect_to", &self.connect_to)]
    }
}
