//! The network that lessons are played on: a few hosts in a row, each hop as long and as fast as the last.

use core::net::Ipv4Addr;

use playground_core::node::RoleSpec;
use playground_core::scenario::{Limits, LinkSpec, NodeSpec, Scenario, StackSpec};
use playground_core::tcp::ProfileName;
use playground_core::time::Duration;

/// The rate of every hop, bits per second.
const BITS_PER_S: u64 = 10_000_000;

/// A host of this name; what it has of its own is set on the result.
pub fn host(name: &str, role: RoleSpec) -> NodeSpec {
    NodeSpec {
        name: name.to_owned(),
        address: address_of(name),
        profile: ProfileName::Textbook,
        stack: StackSpec::default(),
        role,
    }
}

/// Addresses of documentation (RFC 5737), one network for each kind of host.
fn address_of(name: &str) -> Ipv4Addr {
    match name {
        "client" => Ipv4Addr::new(192, 0, 2, 10),
        "server" => Ipv4Addr::new(203, 0, 113, 80),
        _ => {
            let number = name.bytes().rev().find(u8::is_ascii_digit).map_or(1, |digit| digit - b'0');
            Ipv4Addr::new(198, 51, 100, number)
        }
    }
}

/// The hosts in a row, `rtt_ms` from each to the next and back.
pub fn in_a_row(name: &str, rtt_ms: u32, nodes: Vec<NodeSpec>) -> Scenario {
    let links = nodes
        .windows(2)
        .filter_map(|pair| match pair {
            [left, right] => Some(LinkSpec {
                between: (left.name.clone(), right.name.clone()),
                delay_us: Duration::from_micros(u64::from(rtt_ms) * 500),
                bits_per_s: BITS_PER_S,
                queue_segments: None,
                impairments: Vec::new(),
            }),
            _ => None,
        })
        .collect();
    Scenario {
        name: name.to_owned(),
        seed: 0,
        nodes,
        links,
        interventions: Vec::new(),
        limits: Limits::default(),
    }
}

/// The profile of this name; the book's own for any other.
pub fn profile(name: &str) -> ProfileName {
    ProfileName::ALL.into_iter().find(|profile| profile.key() == name).unwrap_or_default()
}
