//! The kind of a node, for its colour and icon.

use playground_core::event::NodeId;
use playground_core::http::ForwardingProfile;
use playground_core::node::{CapturedPart, RoleSpec};
use playground_core::scenario::NodeSpec;
use playground_core::trace::Trace;

/// The kind of a node, by which colour and icon are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// A user agent.
    Client,
    /// A relay between client and server.
    Proxy,
    /// An origin server.
    Server,
    /// A switch or a router: it forwards packets.
    Network,
}

impl RoleKind {
    /// The kind of a node of the scenario.
    pub fn of(spec: &NodeSpec) -> Self {
        role(spec).0
    }

    /// The stable name of a node's role.
    pub fn role_of(spec: &NodeSpec) -> &'static str {
        role(spec).1
    }
}

/// A node as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeLabel {
    /// Its name in the scenario.
    pub name: String,
    /// Its kind.
    pub kind: RoleKind,
}

impl NodeLabel {
    /// The label of a node of the run.
    ///
    /// # Panics
    ///
    /// Panics if the scenario has no such node.
    pub(crate) fn of(trace: &Trace, node: NodeId) -> Self {
        let spec = &trace.scenario.nodes[node.index()];
        Self { name: spec.name.clone(), kind: RoleKind::of(spec) }
    }
}

/// Colour and icon of a node, and the stable name of its role.
pub(crate) fn role(spec: &NodeSpec) -> (RoleKind, &'static str) {
    let kind = match &spec.role {
        RoleSpec::Client(_) | RoleSpec::Browser(_) | RoleSpec::LoadGenerator(_) | RoleSpec::Ping(_) => {
            RoleKind::Client
        }
        RoleSpec::DumbProxy(_) | RoleSpec::SmartProxy(_) | RoleSpec::CachingProxy(_) => RoleKind::Proxy,
        RoleSpec::OriginServer(_) | RoleSpec::DnsServer(_) | RoleSpec::DhcpServer(_) | RoleSpec::Off(_) => {
            RoleKind::Server
        }
        RoleSpec::Switch(_) | RoleSpec::Router(_) => RoleKind::Network,
        RoleSpec::Captured(seen) => match seen.part {
            CapturedPart::Client => RoleKind::Client,
            CapturedPart::Proxy => RoleKind::Proxy,
            CapturedPart::Server => RoleKind::Server,
        },
        RoleSpec::Manual(_) | RoleSpec::Script(_) => named(&spec.name),
    };
    let role = match &spec.role {
        // A profile that was observed is called neither smart nor dumb.
        RoleSpec::SmartProxy(proxy)
            if !ForwardingProfile::BY_DOCUMENTS.contains(&proxy.forwarding.as_str()) =>
        {
            "real-proxy"
        }
        role => role.key(),
    };
    (kind, role)
}

/// Socket calls can make a node anything, and may not be typed yet: the scenario's author says it by the name.
fn named(name: &str) -> RoleKind {
    if name.starts_with("client") {
        RoleKind::Client
    } else if name.starts_with("proxy") {
        RoleKind::Proxy
    } else {
        RoleKind::Server
    }
}
