//! Networks of the lessons: hosts in a row with equal links, or around a switch.

use core::net::Ipv4Addr;

use playground_core::node::{RoleSpec, SwitchSpec};
use playground_core::scenario::{Limits, LinkSpec, NodeSpec, Scenario, StackSpec};
use playground_core::tcp::ProfileName;
use playground_core::time::Duration;
use strum::VariantArray;

/// The rate of every hop, bits per second.
const BITS_PER_S: u64 = 10_000_000;

/// A host with default settings.
pub fn host(name: &str, role: RoleSpec) -> NodeSpec {
    NodeSpec {
        name: name.to_owned(),
        address: address_of(name),
        profile: ProfileName::Textbook,
        stack: StackSpec::default(),
        role,
    }
}

/// Documentation addresses (RFC 5737), one network for each kind of host.
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

/// The hosts in a row, with a round trip of `rtt_ms` between neighbours.
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

/// Hosts around a switch, with a round trip of `rtt_ms` between each and the switch. The switch is listed second.
pub fn around_a_switch(name: &str, rtt_ms: u32, mut nodes: Vec<NodeSpec>) -> Scenario {
    let mut switch = host("switch", RoleSpec::Switch(SwitchSpec {}));
    switch.address = Ipv4Addr::UNSPECIFIED;
    nodes.insert(1.min(nodes.len()), switch);
    let mut scenario = in_a_row(name, rtt_ms, nodes);
    let links = scenario.nodes.iter().filter(|node| node.name != "switch").map(|node| LinkSpec {
        between: match node.name.as_str() {
            "client" => ("client".to_owned(), "switch".to_owned()),
            other => ("switch".to_owned(), other.to_owned()),
        },
        delay_us: Duration::from_micros(u64::from(rtt_ms) * 500),
        bits_per_s: 10_000_000,
        queue_segments: None,
        impairments: Vec::new(),
    });
    scenario.links = links.collect();
    scenario
}

/// The profile of this name; the textbook one for an unknown name.
pub fn profile(name: &str) -> ProfileName {
    ProfileName::VARIANTS.iter().copied().find(|profile| profile.key() == name).unwrap_or_default()
}
