//! Addresses, names and forwarding: DHCP, DNS, ping, switches and routers.

mod dhcp;
mod dns;
mod forwarder;
mod machine;
mod ping;

pub use dhcp::{DhcpClientSpec, DhcpServerSpec};
pub use dns::{DnsServerSpec, Lookup, NameSpec, ResolverSpec};
pub use forwarder::{OffSpec, RouterSpec, SwitchSpec};
pub(crate) use machine::{Handled, Network};
pub use ping::PingSpec;
