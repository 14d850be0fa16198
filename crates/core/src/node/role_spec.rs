//! The roles a scenario can name.

use serde::{Deserialize, Serialize};

use super::{
    BrowserSpec, CachingProxySpec, ClientSpec, DumbProxySpec, OriginServerSpec, Role, ScriptSpec,
    SmartProxySpec,
};

/// A role's settings, which build the role.
pub trait BuildRole {
    /// The role with these settings, before the run begins.
    fn build(&self) -> Box<dyn Role>;

    /// What makes no sense in the settings: the field and the problem.
    fn problem(&self) -> Option<(String, String)> {
        None
    }

    /// The names of the nodes that the role connects to.
    fn peers(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident($spec:ty) = $key:literal,)*) => {
        /// What a node does, with its settings.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A blind relay.
    DumbProxy(DumbProxySpec) = "dumb-proxy",
    /// A proxy that knows the Connection header.
    SmartProxy(SmartProxySpec) = "smart-proxy",
    /// A smart proxy with a cache.
    CachingProxy(CachingProxySpec) = "caching-proxy",
    /// Socket calls from a script.
    Script(ScriptSpec) = "script",
}

impl BuildRole for RoleSpec {
    fn build(&self) -> Box<dyn Role> {
        self.spec().build()
    }

    fn problem(&self) -> Option<(String, String)> {
        self.spec().problem()
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        self.spec().peers()
    }
}
