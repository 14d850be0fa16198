//! The hosts of a capture as nodes, and the links between those that talk.

use std::collections::{BTreeMap, BTreeSet};

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use playground_core::event::{HopId, NodeId};
use playground_core::node::{CapturedPart, CapturedSpec, RoleSpec};
use playground_core::scenario::{LinkSpec, NodeSpec, StackSpec};
use playground_core::tcp::ProfileName;
use playground_core::time::Duration;

use super::MOST_HOSTS;
use super::connections::Connection;

/// IPv4 addresses that stand for the IPv6 addresses of a capture, from the range that nobody has.
///
/// Source: RFC 1112 section 4 (240.0.0.0/4 is reserved).
#[derive(Debug, Default)]
pub(super) struct Addresses {
    stand_ins: BTreeMap<Ipv6Addr, Ipv4Addr>,
    real: BTreeMap<Ipv4Addr, Ipv6Addr>,
}

impl Addresses {
    const FIRST: u32 = 0xf000_0001;

    /// The address itself, or the one that stands for it.
    pub(super) fn node_address(&mut self, address: IpAddr) -> Ipv4Addr {
        match address {
            IpAddr::V4(address) => address,
            IpAddr::V6(address) => {
                let next = Ipv4Addr::from(Self::FIRST.saturating_add(self.stand_ins.len() as u32));
                let stand_in = *self.stand_ins.entry(address).or_insert(next);
                self.real.insert(stand_in, address);
                stand_in
            }
        }
    }

    /// The address on the wire.
    fn on_wire(&self, address: Ipv4Addr) -> IpAddr {
        self.real.get(&address).map_or(IpAddr::V4(address), |real| IpAddr::V6(*real))
    }
}

/// A host by its address; a server on a host that talks to itself by its port too.
type Key = (Ipv4Addr, Option<u16>);

fn keys(connection: &Connection) -> [Key; 2] {
    let [opener, acceptor] = connection.ends;
    let port = (opener.address == acceptor.address).then_some(acceptor.port);
    [(opener.address, None), (acceptor.address, port)]
}

/// Where a connection runs: the nodes of its two ends, and the hop between them.
pub(super) type Place = ([NodeId; 2], HopId);

/// The nodes and links of a capture.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    /// From left to right: those that open, those that do both, those that accept.
    pub nodes: Vec<NodeSpec>,
    /// One between each two that talk; without delay.
    pub links: Vec<LinkSpec>,
    /// For each connection; none where a host is left out.
    pub places: Vec<Option<Place>>,
    /// Hosts that are left out.
    pub left_out: u32,
}

impl Hosts {
    /// Chooses the hosts that are shown: those with HTTP first, then those with the most segments.
    pub(super) fn new(connections: &[Connection], addresses: &Addresses) -> Self {
        let mut pairs: BTreeMap<[Key; 2], (bool, u32)> = BTreeMap::new();
        for connection in connections {
            let (is_http, segments) = pairs.entry(keys(connection)).or_default();
            *is_http |= connection.is_http;
            *segments += connection.segments;
        }
        let mut ranked: Vec<_> = pairs.iter().map(|(pair, weight)| (*weight, *pair)).collect();
        ranked.sort_by(|(a, first), (b, second)| b.cmp(a).then(first.cmp(second)));
        let mut shown = BTreeSet::new();
        for (_, pair) in &ranked {
            let new: BTreeSet<Key> = pair.iter().filter(|key| !shown.contains(*key)).copied().collect();
            if shown.len() + new.len() <= MOST_HOSTS {
                shown.extend(new);
            }
        }
        let mut parts: BTreeMap<Key, (bool, bool)> = BTreeMap::new();
        let mut order: Vec<Key> = Vec::new();
        for connection in connections {
            for (key, opens) in keys(connection).into_iter().zip([true, false]) {
                let part = parts.entry(key).or_insert_with(|| {
                    order.push(key);
                    (false, false)
                });
                part.0 |= opens;
                part.1 |= !opens;
            }
        }
        let left_out = order.len() - shown.len();
        order.retain(|key| shown.contains(key));
        let part = |key: &Key| match parts[key] {
            (true, true) => CapturedPart::Proxy,
            (true, false) => CapturedPart::Client,
            (false, _) => CapturedPart::Server,
        };
        order.sort_by_key(part);
        let mut hosts = Self { left_out: left_out as u32, ..Self::default() };
        let mut node_of = BTreeMap::new();
        for key in &order {
            node_of.insert(*key, NodeId(hosts.nodes.len() as u16));
            // On a host that talks to itself, a port tells enough where no other host has the same.
            let is_port_enough = order.iter().filter(|(_, port)| *port == key.1).count() == 1;
            hosts.nodes.push(node(key, part(key), addresses, is_port_enough));
        }
        let mut hops: BTreeMap<(NodeId, NodeId), HopId> = BTreeMap::new();
        for connection in connections {
            let [opener, acceptor] = keys(connection).map(|key| node_of.get(&key).copied());
            let ends = opener.zip(acceptor);
            hosts.places.push(ends.map(|(opener, acceptor)| {
                let pair = (opener.min(acceptor), opener.max(acceptor));
                let hop = *hops.entry(pair).or_insert_with(|| {
                    let name = |node: NodeId| hosts.nodes[node.index()].name.clone();
                    hosts.links.push(LinkSpec {
                        between: (name(pair.0), name(pair.1)),
                        delay_us: Duration::ZERO,
                        bits_per_s: 0,
                        queue_segments: None,
                        impairments: Vec::new(),
                    });
                    HopId(hosts.links.len() as u16 - 1)
                });
                ([opener, acceptor], hop)
            }));
        }
        hosts
    }
}

fn node(key: &Key, part: CapturedPart, addresses: &Addresses, is_port_enough: bool) -> NodeSpec {
    let address = addresses.on_wire(key.0);
    let name = match (address, key.1) {
        (address, None) => address.to_string(),
        (_, Some(port)) if is_port_enough => format!(":{port}"),
        (IpAddr::V4(address), Some(port)) => format!("{address}:{port}"),
        (IpAddr::V6(address), Some(port)) => format!("[{address}]:{port}"),
    };
    NodeSpec {
        name,
        address: key.0,
        profile: ProfileName::default(),
        stack: StackSpec::default(),
        role: RoleSpec::Captured(CapturedSpec { part, address }),
    }
}
