//! Nodes: what the applications do. A role gets inputs, makes socket calls, and says what it believes.
//!
//! Adding a role (a kind of proxy, say) is one new file with a spec type that builds it, and one line in
//! the table in `role_spec.rs`.

mod browser;
mod caching_proxy;
mod caching_spec;
mod client;
mod client_reading;
mod client_spec;
mod dhcp_client;
mod dhcp_server;
mod dns_server;
mod dumb_proxy;
mod forwarder;
mod host;
mod load_generator;
mod manual;
mod network;
mod origin_server;
mod origin_server_answer;
mod origin_server_spec;
mod ping;
mod proxy_cache;
mod resolver;
mod resource;
mod retry;
mod role;
mod role_spec;
mod script;
mod secured;
mod smart_proxy;
mod smart_proxy_answers;
mod smart_proxy_spec;
mod statement;
mod transaction;

pub use browser::{BrowserSpec, LoadingPolicy};
pub use caching_proxy::CachingProxySpec;
pub use caching_spec::CachingSpec;
pub use client_spec::{Asks, ClientSpec, RequestSpec};
pub use dhcp_client::DhcpClientSpec;
pub use dhcp_server::DhcpServerSpec;
pub use dns_server::DnsServerSpec;
pub use dumb_proxy::DumbProxySpec;
pub use forwarder::{OffSpec, RouterSpec, SwitchSpec};
pub use host::{Host, Opening, RoleTimer};
pub use load_generator::{AfterAnswer, LoadGeneratorSpec};
pub use manual::ManualSpec;
pub(crate) use network::{Handled, Network};
pub use origin_server_spec::{BreakMoment, BreakSpec, CloseStyle, OriginServerSpec};
pub use ping::PingSpec;
pub use resolver::{Lookup, NameSpec, ResolverSpec};
pub use resource::{BodyFraming, CutSpec, ResourceSpec};
pub use retry::{RetryPolicy, UserAnswer};
pub use role::{Input, Role};
pub use role_spec::{BuildRole, Forwards, RoleSpec};
pub use script::{ScriptCall, ScriptSpec, ScriptStep};
pub(crate) use secured::Secured;
pub use secured::TlsSpec;
pub use smart_proxy_spec::SmartProxySpec;
pub use statement::{SocketCall, Statement};

/// What a server says to a request of which only a part has come in its time.
const TOO_SLOW: &str = "the rest of the request did not come in time\n";
