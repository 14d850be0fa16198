//! Nodes: what the applications do. A role gets inputs, makes socket calls, and says what it believes.
//!
//! Adding a role (a kind of proxy, say) is one new file with a spec type that builds it, its re-exports, and one line
//! in the table in `role_spec.rs`; the view model's `role.rs` gives it a colour.

mod captured;
mod client;
mod host;
mod network;
mod origin;
mod program;
mod proxy;
mod role;
mod role_spec;
mod secured;
mod tls_spec;

pub use captured::{CapturedPart, CapturedSpec};
pub use client::{
    AfterAnswer, AnnouncedTimeout, Asks, BrowserSpec, ClientSpec, LoadGeneratorSpec, LoadingPolicy,
    RequestSpec, RetryPolicy, UserAnswer, WhileSending,
};
pub(crate) use host::READ_SIZE;
pub use host::{Host, InputEnd, Opening, RoleTimer};
pub use network::{
    DhcpClientSpec, DhcpServerSpec, DnsServerSpec, Lookup, NameSpec, OffSpec, PingSpec, ResolverSpec,
    RouterSpec, SwitchSpec,
};
pub(crate) use network::{Handled, Network};
pub use origin::{
    BodyFraming, BreakMoment, BreakSpec, CachingSpec, CloseStyle, CutSpec, OriginServerSpec, ResourceSpec,
    RestartSpec,
};
pub(crate) use program::Manual;
pub use program::{ManualSpec, ScriptCall, ScriptSpec, ScriptStep, SocketCall, Statement};
pub use proxy::{CachingProxySpec, ClientHalfClose, DumbProxySpec, PoolSpec, SmartProxySpec};
pub use role::{Input, Role};
pub use role_spec::{BuildRole, Forwards, RoleSpec};
pub(crate) use secured::Secured;
pub use tls_spec::TlsSpec;

/// What a server says to a request of which only a part has come in its time.
const TOO_SLOW: &str = "the rest of the request did not come in time\n";
