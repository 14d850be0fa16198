//! The roles a scenario can name.

use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::{
    BrowserSpec, CachingProxySpec, CapturedSpec, ClientSpec, DhcpServerSpec, DnsServerSpec, DumbProxySpec,
    LoadGeneratorSpec, ManualSpec, OffSpec, OriginServerSpec, PingSpec, Role, RouterSpec, ScriptSpec,
    SmartProxySpec, SwitchSpec,
};
use crate::http::EscapeError;
use crate::problem::Problem;

/// What a node does with packets that are not addressed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forwards {
    /// Nothing: it is a host.
    Nothing,
    /// A switch: it forwards them within the network, a broadcast to all other ports.
    Switch,
    /// A router: it forwards them between networks, but no broadcast.
    Router,
}

/// A role's settings, which build the role.
pub trait BuildRole {
    /// The role with these settings, before the run begins.
    fn build(&self) -> Box<dyn Role>;

    /// The first invalid setting: the field and the problem.
    fn problem(&self) -> Option<(String, Problem)> {
        None
    }

    /// The names of the nodes that the role connects to.
    fn peers(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// What the node does with packets that are not addressed to it.
    fn forwards(&self) -> Forwards {
        Forwards::Nothing
    }

    /// Whether the node is switched off.
    fn is_off(&self) -> bool {
        false
    }

    /// The first and the last address that it gives to others.
    fn gives(&self) -> Option<(Ipv4Addr, Ipv4Addr)> {
        None
    }
}

/// The problem of a message's text with an escape that there is none of.
pub(super) fn escape_problem(error: &EscapeError) -> Problem {
    Problem::unknown_escape(error.at.line.into(), error.at.column.into(), &error.escape)
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident($spec:ty) = $key:literal,)*) => {
        /// What a node does, with its settings.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum RoleSpec {
            $($(#[$doc])* $name($spec),)*
        }

        impl RoleSpec {
            /// The role's name in scenarios: `dumb-proxy`.
            pub const fn key(&self) -> &'static str {
                match self { $(Self::$name(_) => $key,)* }
            }

            fn spec(&self) -> &dyn BuildRole {
                match self { $(Self::$name(spec) => spec,)* }
            }
        }
    };
}

roles! {
    /// A user agent.
    Client(ClientSpec) = "client",
    /// A user agent that loads a page with everything in it.
    Browser(BrowserSpec) = "browser",
    /// An origin server.
    OriginServer(OriginServerSpec) = "origin-server",
    /// A client that begins transactions at a fixed rate.
    LoadGenerator(LoadGeneratorSpec) = "load-generator",
    /// A blind relay.
    DumbProxy(DumbProxySpec) = "dumb-proxy",
    /// A proxy that knows the Connection header.
    SmartProxy(SmartProxySpec) = "smart-proxy",
    /// A smart proxy with a cache.
    CachingProxy(CachingProxySpec) = "caching-proxy",
    /// A program of socket calls that block.
    Manual(ManualSpec) = "manual",
    /// Socket calls from a script.
    Script(ScriptSpec) = "script",
    /// ICMP echo requests.
    Ping(PingSpec) = "ping",
    /// A name server.
    DnsServer(DnsServerSpec) = "dns-server",
    /// A DHCP server.
    DhcpServer(DhcpServerSpec) = "dhcp-server",
    /// A switch.
    Switch(SwitchSpec) = "switch",
    /// A router.
    Router(RouterSpec) = "router",
    /// A host that is switched off.
    Off(OffSpec) = "off",
    /// A host of a capture: what it does was seen, and is not run. No scenario that is read has one.
    #[serde(skip_deserializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Captured(CapturedSpec) = "captured",
}

impl BuildRole for RoleSpec {
    fn build(&self) -> Box<dyn Role> {
        self.spec().build()
    }

    fn problem(&self) -> Option<(String, Problem)> {
        self.spec().problem()
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        self.spec().peers()
    }

    fn forwards(&self) -> Forwards {
        self.spec().forwards()
    }

    fn is_off(&self) -> bool {
        self.spec().is_off()
    }

    fn gives(&self) -> Option<(Ipv4Addr, Ipv4Addr)> {
        self.spec().gives()
    }
}
