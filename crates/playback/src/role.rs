//! What a node is, for drawing.

use playground_core::node::RoleSpec;
use playground_core::scenario::NodeSpec;

/// What a node is, as far as colour and icon go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// A user agent.
    Client,
    /// Anything between.
    Proxy,
    /// An origin server.
    Server,
    /// A switch or a router: it passes packets on.
    Network,
}

impl RoleKind {
    /// What a node of the scenario is.
    pub fn of(spec: &NodeSpec) -> Self {
        role(spec).0
    }
}

/// Colour and icon of a node, and the stable name of its role.
pub(crate) fn role(spec: &NodeSpec) -> (RoleKind, &'static str) {
    let role = match &spec.role {
        // One that was observed is called neither smart nor dumb.
        RoleSpec::SmartProxy(proxy) if proxy.forwarding != "by-the-book" => "real-proxy",
        role => role.key(),
    };
    let kind = match role {
        "load-generator" => RoleKind::Client,
        "manual" if spec.name.starts_with("client") => RoleKind::Client,
        "client" | "browser" | "ping" => RoleKind::Client,
        "switch" | "router" => RoleKind::Network,
        _ if role.contains("proxy") || role.contains("cache") => RoleKind::Proxy,
        // A script may be anything: its node's name tells.
        "script" if spec.name.starts_with("client") => RoleKind::Client,
        "script" if spec.name.starts_with("proxy") => RoleKind::Proxy,
        _ => RoleKind::Server,
    };
    (kind, role)
}
