//! An origin server's settings: its resources, how long it keeps connections, and where it breaks them.

use serde::{Deserialize, Serialize};

use super::restart::RestartSpec;
use super::server::OriginServer;
use crate::http::Version;
use crate::node::{BuildRole, ResourceSpec, Role};
use crate::problem::Problem;
use crate::time::Duration;

/// How a server ends a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CloseStyle {
    /// `close()`: both directions at once.
    #[default]
    Close,
    /// Half-close the output, read on until the peer's end or the linger time, then close.
    Graceful,
    /// RST at once.
    Abort,
    /// Read on until the peer's end or the linger time, then `close()`; no FIN before that.
    Lingering,
}

/// Settings of an origin server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OriginServerSpec {
    /// The port it listens on.
    #[serde(default = "port_80")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub port: u16,
    /// The version of its responses to a client that speaks it.
    #[serde(default = "http11")]
    pub version: Version,
    /// Whether it keeps connections at all.
    #[serde(default = "yes")]
    pub keep_alive: bool,
    /// Whether it answers `Keep-Alive: timeout=, max=` to a client of HTTP/1.0 that asks.
    #[serde(default)]
    pub hints: bool,
    /// How long an idle connection stays open; 0 is without limit.
    #[serde(default = "fifteen_seconds")]
    pub idle_timeout_us: Duration,
    /// Requests it answers on one connection; 0 is without limit.
    #[serde(default)]
    pub max_requests: u32,
    /// Its resources; any other path is 404.
    #[serde(default)]
    pub resources: Vec<ResourceSpec>,
    /// How it ends a connection.
    #[serde(default)]
    pub close: CloseStyle,
    /// How long a graceful or lingering close goes on reading at most; 0 makes it a plain `close`.
    #[serde(default = "two_seconds")]
    pub linger_us: Duration,
    /// Connections that one client may have at a time; 0 is without limit.
    #[serde(default)]
    pub connections_per_client: u32,
    /// How it ends a connection beyond that: `close` drops it with FIN, `abort` refuses it with RST.
    #[serde(default)]
    pub excess: CloseStyle,
    /// Octets of a request's body that it takes; 0 is without limit. A longer one is answered 413 as soon as its
    /// length is known, before the rest has come. RFC 9110 section 15.5.14.
    #[serde(default)]
    pub body_limit: u32,
    /// How it ends the connection after that answer.
    #[serde(default)]
    pub early_close: CloseStyle,
    /// Where a connection breaks, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaks: Option<BreakSpec>,
    /// When it is stopped and started again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart: Option<RestartSpec>,
}

/// When a connection breaks over a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BreakMoment {
    /// Before the server carries it out.
    BeforeEffect,
    /// After the server has carried it out, before the answer.
    #[default]
    AfterEffect,
}

/// A connection that breaks once, instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BreakSpec {
    /// At which request that the server takes up, on all connections together, from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub at_request: u32,
    /// When.
    #[serde(default)]
    pub moment: BreakMoment,
    /// How: `close` is FIN, `abort` is RST.
    #[serde(default)]
    pub by: CloseStyle,
    /// Time between that moment and the break.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(max = 3_600_000_000_u64)))]
    pub pause_us: Duration,
}

const fn port_80() -> u16 {
    80
}
const fn http11() -> Version {
    Version::Http11
}
const fn yes() -> bool {
    true
}
const fn fifteen_seconds() -> Duration {
    Duration::from_secs(15)
}
const fn two_seconds() -> Duration {
    Duration::from_secs(2)
}

impl Default for OriginServerSpec {
    fn default() -> Self {
        Self {
            port: 80,
            version: Version::Http11,
            keep_alive: true,
            hints: false,
            idle_timeout_us: fifteen_seconds(),
            max_requests: 0,
            resources: Vec::new(),
            close: CloseStyle::Close,
            linger_us: two_seconds(),
            connections_per_client: 0,
            excess: CloseStyle::Close,
            body_limit: 0,
            early_close: CloseStyle::Close,
            breaks: None,
            restart: None,
        }
    }
}

impl BuildRole for OriginServerSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(OriginServer::new(self.clone()))
    }

    fn problem(&self) -> Option<(String, Problem)> {
        if self.port == 0 {
            return Some(("port".to_owned(), Problem::not_zero()));
        }
        if self.breaks.is_some_and(|breaks| breaks.at_request == 0) {
            return Some(("breaks.at_request".to_owned(), Problem::counts_from_one()));
        }
        if self.breaks.is_some_and(|breaks| breaks.pause_us > Duration::from_secs(3_600)) {
            return Some(("breaks.pause_us".to_owned(), Problem::micros_at_most(3_600_000_000, 3_600)));
        }
        if let Some(problem) = self.restart.as_ref().and_then(RestartSpec::problem) {
            return Some(problem);
        }
        self.resources.iter().enumerate().find_map(|(index, resource)| {
            let field = format!("resources[{index}]");
            if !resource.path.starts_with('/') {
                Some((format!("{field}.path"), Problem::path()))
            } else if !(200..=599).contains(&resource.status) {
                Some((format!("{field}.status"), Problem::between(200, 599)))
            } else if resource.body_len > 16_000_000 {
                Some((format!("{field}.body_len"), Problem::at_most(16_000_000)))
            } else if let Some(problem) = resource.text_problem() {
                Some((format!("{field}.text"), problem))
            } else if resource.cut.is_some_and(|cut| cut.pause_us > Duration::from_secs(3_600)) {
                Some((format!("{field}.cut.pause_us"), Problem::micros_at_most(3_600_000_000, 3_600)))
            } else {
                None
            }
        })
    }
}
