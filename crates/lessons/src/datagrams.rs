//! Patterns for what is no TCP: DHCP, DNS, echoes; and hosts around a switch.

use core::net::Ipv4Addr;

use playground_core::dhcp::{DHCP_SERVER_PORT, DhcpKind, DhcpMessage};
use playground_core::dns::{DNS_PORT, DnsMessage};
use playground_core::event::Event;
use playground_core::node::{RoleSpec, SwitchSpec};
use playground_core::scenario::{LinkSpec, NodeSpec, Scenario};
use playground_core::time::Duration;
use playground_core::wire::{Datagram, IcmpMessage, Packet, Protocol};

use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, event};

/// A datagram that the node puts on a hop and that `matches` says yes to.
pub fn datagram(node: &'static str, matches: impl Fn(&Datagram) -> bool + 'static) -> Pattern {
    event(
        node,
        move |event| matches!(event, Event::PacketSent { packet: Packet::Datagram(datagram), .. } if matches(datagram)),
    )
}

/// A DHCP message of this kind.
pub fn dhcp(node: &'static str, kind: DhcpKind) -> Pattern {
    datagram(node, move |datagram| {
        [datagram.source.port, datagram.destination.port].contains(&DHCP_SERVER_PORT)
            && DhcpMessage::decode(&datagram.payload).is_some_and(|message| message.kind == kind)
    })
}

/// A question to a name server, or its answer.
pub fn dns(node: &'static str, is_response: bool) -> Pattern {
    datagram(node, move |datagram| {
        [datagram.source.port, datagram.destination.port].contains(&DNS_PORT)
            && DnsMessage::decode(&datagram.payload).is_some_and(|message| message.is_response == is_response)
    })
}

/// An ICMP message that `matches` says yes to.
pub fn icmp(node: &'static str, matches: impl Fn(&IcmpMessage) -> bool + 'static) -> Pattern {
    datagram(node, move |datagram| {
        datagram.protocol == Protocol::Icmp
            && IcmpMessage::decode(&datagram.payload).is_some_and(|message| matches(&message))
    })
}

/// Hosts around a switch, `rtt_ms` from each to the switch and back. The switch stands after the first host.
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
