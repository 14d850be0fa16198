//! The scenario: nodes, links, impairments, interventions, and limits. Plain data.

use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::{Impairment, Intervention};
use crate::node::{BuildRole, DhcpClientSpec, ResolverSpec, Role, RoleSpec, Secured, TlsSpec};
use crate::tcp::ProfileName;
use crate::time::Duration;

/// The input of a run; the same scenario gives the same trace.
///
/// Its JSON form refuses unknown fields; the errors of [`Scenario::from_json`] and [`Scenario::validate`] name the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// A short name for display.
    #[serde(default)]
    pub name: String,
    /// The seed of the pseudo-random numbers.
    #[serde(default)]
    pub seed: u64,
    /// Nodes, from left to right in the drawing.
    pub nodes: Vec<NodeSpec>,
    /// Links between nodes, at most one per pair.
    pub links: Vec<LinkSpec>,
    /// Interventions of the user during the run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interventions: Vec<Intervention>,
    /// Limits that stop the run.
    #[serde(default)]
    pub limits: Limits,
}

/// A host: an address, a TCP stack and an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NodeSpec {
    /// Its name: unique; `client`, `proxy`, `server` and `proxy-2` are what the page knows how to draw.
    pub name: String,
    /// Its IPv4 address; 0.0.0.0 for a switch, and for a host that asks a DHCP server.
    pub address: Ipv4Addr,
    /// The TCP profile.
    #[serde(default)]
    pub profile: ProfileName,
    /// The stack's deviations from the profile.
    #[serde(default, skip_serializing_if = "StackSpec::is_empty")]
    pub stack: StackSpec,
    /// Its role.
    pub role: RoleSpec,
}

impl NodeSpec {
    /// What runs on it before the run begins: its role, inside of TLS where it speaks that.
    pub fn application(&self) -> Box<dyn Role> {
        match &self.stack.tls {
            Some(tls) => Box::new(Secured::new(self.role.build(), tls.clone())),
            None => self.role.build(),
        }
    }
}

/// Deviations of a node's stack from its profile; absent fields keep the profile's value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StackSpec {
    /// Maximum segment size announced, octets.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 64, max = 9_000)))]
    pub max_segment_size: Option<u16>,
    /// Initial congestion window, segments.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1_000)))]
    pub initial_window: Option<u32>,
    /// Delayed-ACK time; 0 acknowledges at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(max = 3_600_000_000_u64)))]
    pub delayed_ack_us: Option<Duration>,
    /// Nagle's algorithm; off is TCP_NODELAY on every socket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nagle: Option<bool>,
    /// Maximum segment lifetime.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(max = 3_600_000_000_u64)))]
    pub max_segment_lifetime_us: Option<Duration>,
    /// Capacity of each receive buffer, octets.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 256, max = 16_000_000)))]
    pub receive_buffer: Option<u32>,
    /// Capacity of each send buffer, octets.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 256, max = 16_000_000)))]
    pub send_buffer: Option<u32>,
    /// First and last ephemeral port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_ports: Option<(u16, u16)>,
    /// SO_REUSEADDR on every socket, as servers set it; off is how a socket begins, and `setsockopt` puts it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reuse_address: Option<bool>,
    /// SO_KEEPALIVE on every socket; without it `setsockopt` puts it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keepalive: Option<KeepaliveSpec>,
    /// Its DHCP client: the node's address in the scenario is then 0.0.0.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dhcp: Option<DhcpClientSpec>,
    /// Its DNS resolver; without one it resolves every node's name locally.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolver: Option<ResolverSpec>,
    /// TLS on each of its connections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsSpec>,
}

/// When an idle connection is probed; absent fields keep the profile's value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct KeepaliveSpec {
    /// Time without a segment from the peer before the first probe: TCP_KEEPIDLE.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1_000_000, max = 32_767_000_000_u64)))]
    pub idle_us: Option<Duration>,
    /// Time between probes: TCP_KEEPINTVL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1_000_000, max = 32_767_000_000_u64)))]
    pub interval_us: Option<Duration>,
    /// Unanswered probes before the connection is given up: TCP_KEEPCNT.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 127)))]
    pub probes: Option<u32>,
}

impl StackSpec {
    /// Whether it has no deviation.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A link between two nodes: a delay, a rate, a queue in each direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkSpec {
    /// The two nodes' names.
    pub between: (String, String),
    /// One-way propagation delay.
    #[cfg_attr(feature = "schema", schemars(range(max = 600_000_000)))]
    pub delay_us: Duration,
    /// Rate in each direction, bits per second; 0 is without limit.
    #[serde(default)]
    pub bits_per_s: u64,
    /// Queue length in each direction, packets; none is without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue_segments: Option<u32>,
    /// Impairments of the link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub impairments: Vec<Impairment>,
}

/// Limits that stop a run; the trace names the one that did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Entries in the trace.
    #[cfg_attr(feature = "schema", schemars(range(max = Self::MOST.entries)))]
    pub entries: u32,
    /// Connections opened, on all nodes together.
    #[cfg_attr(feature = "schema", schemars(range(max = Self::MOST.connections)))]
    pub connections: u32,
    /// Octets written by applications, on all nodes together.
    #[cfg_attr(feature = "schema", schemars(range(max = Self::MOST.octets)))]
    pub octets: u64,
    /// Simulated time.
    #[cfg_attr(feature = "schema", schemars(range(max = Self::MOST.time_us.as_micros())))]
    pub time_us: Duration,
}

impl Limits {
    /// The upper bounds of a scenario's own limits.
    pub const MOST: Self = Self {
        entries: 4_000_000,
        connections: 400_000,
        octets: 256_000_000,
        time_us: Duration::from_secs(86_400),
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 100_000, connections: 2_000, octets: 16_000_000, time_us: Duration::from_secs(3_600) }
    }
}
