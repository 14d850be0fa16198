//! A switch, and what stands at one: a name server, a DHCP server.

use core::net::Ipv4Addr;

use playground_core::dns::is_domain_name;
use playground_core::node::{
    BuildRole as _, DhcpClientSpec, DhcpServerSpec, DnsServerSpec, Forwards, NameSpec, ResolverSpec,
    RoleSpec, SwitchSpec,
};
use playground_core::scenario::{LinkSpec, NodeSpec, StackSpec};
use playground_core::time::Duration;

use super::hosts::{is_client, is_server, other_end, target_of};
use super::{Consequence, Network, NetworkRefusal};

/// How many addresses a new DHCP server has.
const ADDRESSES: u8 = 32;

impl Network {
    /// A switch in the place of all links: each host is half as far from it as it was from its neighbour.
    pub(super) fn add_switch(&mut self) -> Result<(), NetworkRefusal> {
        if self.switch().is_some() {
            return Err(NetworkRefusal::TooMany { most: 1 });
        }
        let name = self.free_name("switch");
        let old = core::mem::take(&mut self.scenario.links);
        let first = old.first().ok_or(NetworkRefusal::NoSuch)?.clone();
        for node in &self.scenario.nodes {
            let own = old.iter().find(|link| other_end(link, &node.name).is_some()).unwrap_or(&first);
            let between = match is_client(&node.role) {
                true => (node.name.clone(), name.clone()),
                false => (name.clone(), node.name.clone()),
            };
            let delay_us = Duration::from_micros(own.delay_us.as_micros() / 2);
            self.scenario.links.push(LinkSpec { between, delay_us, impairments: Vec::new(), ..own.clone() });
        }
        let switch = NodeSpec {
            name: name.clone(),
            address: Ipv4Addr::UNSPECIFIED,
            profile: self.scenario.nodes[0].profile,
            stack: StackSpec::default(),
            role: RoleSpec::Switch(SwitchSpec {}),
        };
        let clients = self.scenario.nodes.iter().take_while(|node| is_client(&node.role)).count();
        self.scenario.nodes.insert(clients, switch);
        self.consequences.push(Consequence::Switched { switch: name });
        let count = old.iter().map(|link| link.impairments.len()).sum();
        if count > 0 {
            self.consequences.push(Consequence::DropsInterventions { count });
        }
        self.drop_interventions();
        Ok(())
    }

    pub(super) fn add_dns_server(&mut self) -> Result<(), NetworkRefusal> {
        let is_one = |node: &NodeSpec| matches!(node.role, RoleSpec::DnsServer(_));
        if self.scenario.nodes.iter().any(is_one) {
            return Err(NetworkRefusal::TooMany { most: 1 });
        }
        let near = self.scenario.nodes.iter().find(|node| is_server(&node.role));
        let address = self.free_address(near.ok_or(NetworkRefusal::NoSuch)?.address);
        // Clients of a server ask for the name that they request; a proxy is known by its address.
        let mut names: Vec<NameSpec> = Vec::new();
        let mut asking = Vec::new();
        for node in &self.scenario.nodes {
            let RoleSpec::Client(spec) = &node.role else { continue };
            let target = self.scenario.nodes.iter().find(|other| other.name == spec.connect_to);
            let Some(target) = target.filter(|target| is_server(&target.role)) else { continue };
            if is_domain_name(&spec.host) {
                if names.iter().all(|known| known.name != spec.host) {
                    names.push(NameSpec::new(&*spec.host, target.address));
                }
                asking.push(node.name.clone());
            }
        }
        let server = self.at_switch("dns", address, RoleSpec::DnsServer(DnsServerSpec { names }))?;
        if asking.is_empty() {
            self.consequences.push(Consequence::Unused { node: server.clone() });
        }
        for name in asking {
            let place = self.place(&name)?;
            let stack = &mut self.scenario.nodes[place].stack;
            stack.resolver.get_or_insert_with(ResolverSpec::default).server = Some(address);
            self.consequences.push(Consequence::LooksUp { node: name, at: server.clone() });
        }
        Ok(())
    }

    pub(super) fn add_dhcp_server(&mut self) -> Result<(), NetworkRefusal> {
        let nodes = &self.scenario.nodes;
        if nodes.iter().any(|node| matches!(node.role, RoleSpec::DhcpServer(_))) {
            return Err(NetworkRefusal::TooMany { most: 1 });
        }
        let clients: Vec<String> =
            nodes.iter().filter(|node| is_client(&node.role)).map(|node| node.name.clone()).collect();
        let given = nodes.iter().filter(|node| is_client(&node.role) && !node.address.is_unspecified());
        let first = given.map(|node| node.address).min().ok_or(NetworkRefusal::NoSuch)?;
        let name_server = nodes.iter().find(|node| matches!(node.role, RoleSpec::DnsServer(_)));
        let name_server = name_server.map(|node| node.address);
        for node in &mut self.scenario.nodes {
            if is_client(&node.role) {
                node.address = Ipv4Addr::UNSPECIFIED;
                node.stack.dhcp.get_or_insert_with(DhcpClientSpec::default);
            }
        }
        // Its addresses end before the next one that a host has of its own.
        let [a, b, c, start] = first.octets();
        let taken = self.scenario.nodes.iter().map(|node| node.address).filter(|other| *other >= first);
        let free = taken.map(|other| other.to_bits() - first.to_bits()).min().unwrap_or(u32::MAX);
        let count = u32::from(ADDRESSES).min(free).min(u32::from(255 - start)) as u8;
        let last = self.free_address(Ipv4Addr::new(a, b, c, start.saturating_add(count)));
        let gives = DhcpServerSpec { count, name_server, ..DhcpServerSpec::new(first) };
        let server = self.at_switch("dhcp", last, RoleSpec::DhcpServer(gives))?;
        self.consequences.extend(
            clients.into_iter().map(|node| Consequence::HasAddressFrom { node, from: server.clone() }),
        );
        Ok(())
    }

    /// What is needed of a host that goes: its place is taken, or it stays.
    pub(super) fn let_go(&mut self, host: &NodeSpec) -> Result<(), NetworkRefusal> {
        match &host.role {
            RoleSpec::DnsServer(_) => {
                for node in &mut self.scenario.nodes {
                    if node.stack.resolver.as_ref().is_some_and(|one| one.server == Some(host.address)) {
                        node.stack.resolver = None;
                    }
                }
            }
            RoleSpec::DhcpServer(spec) => {
                for place in 0..self.scenario.nodes.len() {
                    if self.scenario.nodes[place].stack.dhcp.take().is_some() {
                        let is_free = self.scenario.nodes.iter().all(|node| node.address != spec.first);
                        self.scenario.nodes[place].address =
                            if is_free { spec.first } else { self.free_address(spec.first) };
                    }
                }
            }
            role if role.forwards() != Forwards::Nothing => self.unswitch(&host.name)?,
            _ => {}
        }
        Ok(())
    }

    /// Links those who connect to each other over a switch directly.
    fn unswitch(&mut self, switch: &str) -> Result<(), NetworkRefusal> {
        let links = &self.scenario.links;
        let own = |host: &str| links.iter().find(|link| other_end(link, switch) == Some(host));
        let mut direct = Vec::new();
        for user in &self.scenario.nodes {
            let Some(to) = target_of(&user.role) else { continue };
            let (Some(from), Some(to_link)) = (own(&user.name), own(to)) else { continue };
            let delay_us = Duration::from_micros(from.delay_us.as_micros() + to_link.delay_us.as_micros());
            let between = (user.name.clone(), to.to_owned());
            direct.push(LinkSpec { between, delay_us, impairments: Vec::new(), ..from.clone() });
        }
        let is_alone = |host: &&str| direct.iter().all(|link| other_end(link, host).is_none());
        let alone: Vec<String> = links
            .iter()
            .filter_map(|link| other_end(link, switch))
            .filter(is_alone)
            .map(str::to_owned)
            .collect();
        if !alone.is_empty() {
            return Err(NetworkRefusal::IsNeeded { by: alone });
        }
        self.scenario.links.extend(direct);
        Ok(())
    }

    /// Adds a host at the switch, which is added too where there is none.
    fn at_switch(&mut self, stem: &str, address: Ipv4Addr, role: RoleSpec) -> Result<String, NetworkRefusal> {
        if self.switch().is_none() {
            self.add_switch()?;
        }
        let switch = self.switch().ok_or(NetworkRefusal::NoSuch)?.to_owned();
        let name = self.free_name(stem);
        let like = self.scenario.links.iter().find(|link| other_end(link, &switch).is_some());
        let between = (switch.clone(), name.clone());
        let link =
            LinkSpec { between, impairments: Vec::new(), ..like.ok_or(NetworkRefusal::NoSuch)?.clone() };
        self.scenario.links.push(link);
        let profile = self.scenario.nodes[0].profile;
        let host = NodeSpec { name: name.clone(), address, profile, stack: StackSpec::default(), role };
        let place = self.place(&switch)? + 1;
        self.scenario.nodes.insert(place, host);
        Ok(name)
    }

    fn switch(&self) -> Option<&str> {
        let switch = self.scenario.nodes.iter().find(|node| matches!(node.role, RoleSpec::Switch(_)));
        switch.map(|node| node.name.as_str())
    }
}
