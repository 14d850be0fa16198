//! A caching proxy's settings: a smart proxy's, and how its cache behaves.

use serde::{Deserialize, Serialize};

use super::proxy_cache::Cache;
use super::role_spec::BuildRole;
use super::smart_proxy::SmartProxy;
use super::{Role, SmartProxySpec};
use crate::problem::Problem;

/// Settings of a caching proxy: it forwards as the smart proxy does, and keeps what it may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CachingProxySpec {
    /// The smart proxy that it is besides.
    pub proxy: SmartProxySpec,
    /// Whether it takes a tenth of the time since Last-Modified for the freshness lifetime of a response that
    /// names none. RFC 9111 section 4.2.2.
    #[serde(default)]
    pub guesses_lifetimes: bool,
}

impl CachingProxySpec {
    /// A caching proxy by the book on port 8080 in front of port 80 of `next`, which guesses no lifetimes.
    pub fn new(next: impl Into<String>) -> Self {
        Self { proxy: SmartProxySpec::new(next), guesses_lifetimes: false }
    }
}

impl BuildRole for CachingProxySpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(SmartProxy::new(self.proxy.clone(), Some(Cache::new(self.guesses_lifetimes))))
    }

    fn problem(&self) -> Option<(String, Problem)> {
        self.proxy.problem().map(|(field, problem)| (format!("proxy.{field}"), problem))
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        vec![("proxy.next", &self.proxy.next)]
    }
}
