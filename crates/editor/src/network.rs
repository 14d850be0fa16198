//! Changes of the network: which hosts there are, who connects to whom, and over which links.
//!
//! A proxy stands between a host and the host that it connects to. The first host then connects to the proxy, and the
//! proxy to the other.

mod hosts;
mod left_over;
mod switched;

use core::net::Ipv4Addr;

use playground_core::node::{
    BuildRole as _, CachingProxySpec, DumbProxySpec, Forwards, RoleSpec, SmartProxySpec,
};
use playground_core::scenario::{LinkSpec, NodeSpec, Scenario, ScenarioError, StackSpec};

use hosts::{connect, instead_of, listen, port_of, target_of};
pub use hosts::{is_client, is_proxy, is_server};

/// The most hosts of a kind that the drawing has room for.
pub const MOST_CLIENTS: usize = 4;
/// The most proxies in a row.
pub const MOST_PROXIES: usize = 3;
/// The most origin servers.
pub const MOST_SERVERS: usize = 2;

/// A change of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkChange {
    /// A proxy on a link, by the link's index; beside a switch, for the host at the link's other end.
    AddProxy {
        /// The link.
        link: usize,
        /// Of which kind.
        kind: ProxyKind,
    },
    /// Another client like the first one.
    AddClient,
    /// Another origin server like the first one.
    AddServer,
    /// A switch that all hosts are linked to in place of their own links.
    AddSwitch,
    /// A name server at the switch, whom clients of servers ask.
    AddDnsServer,
    /// A DHCP server at the switch, from whom clients have their addresses.
    AddDhcpServer,
    /// A host less. Who connected to a proxy connects to what is behind it.
    Remove {
        /// Its name.
        node: String,
    },
    /// A host changes places with its neighbour; a proxy with the next one in the chain.
    Move {
        /// Its name.
        node: String,
        /// To the right; else to the left.
        right: bool,
    },
    /// A host takes another one's place; a proxy that of another one of its chain.
    MoveTo {
        /// Its name.
        node: String,
        /// Whose place.
        over: String,
    },
}

/// The kinds of proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyKind {
    /// A blind relay.
    Dumb,
    /// One that knows the Connection header.
    Smart,
    /// A smart one with a cache.
    Caching,
}

/// What else changes with a change of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// A host connects to another one.
    Connects {
        /// The host.
        node: String,
        /// What it connects to now.
        to: String,
    },
    /// Nobody connects to a new host yet.
    Unused {
        /// The host.
        node: String,
    },
    /// Two proxies have changed places: each is now what the other one was.
    Exchanges {
        /// The one.
        node: String,
        /// The other.
        with: String,
    },
    /// All hosts are now linked to a switch.
    Switched {
        /// The switch.
        switch: String,
    },
    /// A client looks up names at a name server.
    LooksUp {
        /// The client.
        node: String,
        /// The name server.
        at: String,
    },
    /// A client has its address from a DHCP server.
    HasAddressFrom {
        /// The client.
        node: String,
        /// The DHCP server.
        from: String,
    },
    /// What was broken by hand and names a host or a link that is no longer there is gone.
    DropsInterventions {
        /// How many.
        count: usize,
    },
}

/// Why a change of the network is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkRefusal {
    /// There are as many of this kind as the drawing has room for.
    TooMany {
        /// How many.
        most: usize,
    },
    /// Neither end of the link connects to the other.
    NobodyConnects,
    /// Others connect to the host, and there is no other one of its kind.
    IsNeeded {
        /// Who.
        by: Vec<String>,
    },
    /// There is nothing on that side.
    IsLast,
    /// There is no such host, link, or host to copy.
    NoSuch,
    /// The changed scenario is not sound.
    Unsound(ScenarioError),
}

/// A changed scenario, and what else has changed in it.
pub type Changed = (Scenario, Vec<Consequence>);

impl NetworkChange {
    /// The changed scenario, and what else changes.
    ///
    /// # Errors
    ///
    /// The change is refused; the scenario stays as it is.
    pub fn apply(&self, scenario: &Scenario) -> Result<Changed, NetworkRefusal> {
        let mut network = Network { scenario: scenario.clone(), consequences: Vec::new() };
        match self {
            Self::AddProxy { link, kind } => network.add_proxy(*link, *kind)?,
            Self::AddClient => network.copy(is_client, "client", MOST_CLIENTS)?,
            Self::AddServer => network.copy(is_server, "server", MOST_SERVERS)?,
            Self::AddSwitch => network.add_switch()?,
            Self::AddDnsServer => network.add_dns_server()?,
            Self::AddDhcpServer => network.add_dhcp_server()?,
            Self::Remove { node } => network.remove(node)?,
            Self::Move { node, right } => _ = network.shift(node, *right)?,
            Self::MoveTo { node, over } => network.carry(node, over)?,
        }
        network.scenario.validate().map_err(NetworkRefusal::Unsound)?;
        Ok((network.scenario, network.consequences))
    }
}

/// A scenario that is being changed.
struct Network {
    scenario: Scenario,
    consequences: Vec<Consequence>,
}

impl Network {
    fn place(&self, name: &str) -> Result<usize, NetworkRefusal> {
        self.scenario.nodes.iter().position(|node| node.name == name).ok_or(NetworkRefusal::NoSuch)
    }

    fn count(&self, kind: fn(&RoleSpec) -> bool) -> usize {
        self.scenario.nodes.iter().filter(|node| kind(&node.role)).count()
    }

    /// A name that no host has: `proxy`, `proxy-2`, `proxy-3`.
    fn free_name(&self, stem: &str) -> String {
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let mut names = core::iter::once(stem.to_owned()).chain(numbered);
        names.find(|name| self.place(name).is_err()).unwrap_or_default()
    }

    /// An address that no host has, near another one.
    fn free_address(&self, near: Ipv4Addr) -> Ipv4Addr {
        let [a, b, c, own] = if near.is_unspecified() { [10, 0, 0, 0] } else { near.octets() };
        let is_free = |address: &Ipv4Addr| self.scenario.nodes.iter().all(|node| node.address != *address);
        let after =
            (1..=254).map(|step: u16| Ipv4Addr::new(a, b, c, ((u16::from(own) + step - 1) % 254 + 1) as u8));
        after.into_iter().find(is_free).unwrap_or(near)
    }

    /// Makes a host connect to another one, and says so.
    fn reconnect(&mut self, node: usize, to: usize) {
        let target = self.scenario.nodes[to].clone();
        connect(&mut self.scenario.nodes[node].role, &target);
        let node = self.scenario.nodes[node].name.clone();
        self.consequences.push(Consequence::Connects { node, to: target.name });
    }

    fn add_proxy(&mut self, link: usize, kind: ProxyKind) -> Result<(), NetworkRefusal> {
        if self.count(is_proxy) >= MOST_PROXIES {
            return Err(NetworkRefusal::TooMany { most: MOST_PROXIES });
        }
        let old = self.scenario.links.get(link).ok_or(NetworkRefusal::NoSuch)?.clone();
        let (from, to) = self.user_over(&old)?;
        let name = self.free_name("proxy");
        let next = self.scenario.nodes[to].clone();
        let user = self.scenario.nodes[from].name.clone();
        let mut role = match kind {
            ProxyKind::Dumb => {
                RoleSpec::DumbProxy(DumbProxySpec { port: 8080, next: String::new(), next_port: 0 })
            }
            ProxyKind::Smart => RoleSpec::SmartProxy(SmartProxySpec::new(String::new())),
            ProxyKind::Caching => RoleSpec::CachingProxy(CachingProxySpec::new(String::new())),
        };
        connect(&mut role, &next);
        let proxy = NodeSpec {
            name: name.clone(),
            address: self.free_address(next.address),
            profile: next.profile,
            stack: StackSpec::default(),
            role,
        };
        if hosts::other_end(&old, &user) == Some(&next.name) {
            // The ends keep their order, in which impairments have their direction. What happens to segments stays on
            // the user's link.
            let second = LinkSpec { between: instead_of(&old.between, &user, &name), ..old.clone() };
            self.scenario.links[link] =
                LinkSpec { between: instead_of(&old.between, &next.name, &name), ..old };
            self.scenario.links.insert(link + 1, LinkSpec { impairments: Vec::new(), ..second });
            let place = from.max(to).min(from.min(to) + 1);
            self.scenario.nodes.insert(place, proxy);
        } else {
            let switch = hosts::other_end(&old, &user).unwrap_or_default().to_owned();
            let between = (switch, name.clone());
            self.scenario.links.push(LinkSpec { between, impairments: Vec::new(), ..old });
            self.scenario.nodes.insert(to, proxy);
        }
        let (user, own) = (self.place(&user)?, self.place(&name)?);
        self.reconnect(user, own);
        self.drop_interventions();
        Ok(())
    }

    /// Who connects to whom over a link: its ends, or over the switch at one end the other one and its target.
    fn user_over(&self, link: &LinkSpec) -> Result<(usize, usize), NetworkRefusal> {
        let nodes = &self.scenario.nodes;
        let (a, b) = (self.place(&link.between.0)?, self.place(&link.between.1)?);
        let target = |node: usize| target_of(&nodes[node].role).and_then(|name| self.place(name).ok());
        if let Some(pair) = [(a, b), (b, a)].into_iter().find(|(from, to)| target(*from) == Some(*to)) {
            return Ok(pair);
        }
        let passes = |node: usize| nodes[node].role.forwards() != Forwards::Nothing;
        let over = [(a, b), (b, a)].into_iter().find(|(_, switch)| passes(*switch));
        let user = over.map(|(user, _)| user).filter(|user| !passes(*user));
        user.and_then(|user| Some((user, target(user)?))).ok_or(NetworkRefusal::NobodyConnects)
    }

    /// Another host like the first one of its kind, with the same links.
    fn copy(&mut self, kind: fn(&RoleSpec) -> bool, stem: &str, most: usize) -> Result<(), NetworkRefusal> {
        if self.count(kind) >= most {
            return Err(NetworkRefusal::TooMany { most });
        }
        let nodes = &self.scenario.nodes;
        let last = nodes.iter().rposition(|node| kind(&node.role)).ok_or(NetworkRefusal::NoSuch)?;
        let first = nodes.iter().find(|node| kind(&node.role)).cloned().ok_or(NetworkRefusal::NoSuch)?;
        let name = self.free_name(stem);
        let address =
            if first.address.is_unspecified() { first.address } else { self.free_address(first.address) };
        let links: Vec<LinkSpec> = self
            .scenario
            .links
            .iter()
            .filter_map(|link| {
                let (a, b) = &link.between;
                let between = match (a == &first.name, b == &first.name) {
                    (true, _) => (name.clone(), b.clone()),
                    (_, true) => (a.clone(), name.clone()),
                    _ => return None,
                };
                Some(LinkSpec { between, impairments: Vec::new(), ..link.clone() })
            })
            .collect();
        self.scenario.links.extend(links);
        if is_server(&first.role) {
            self.consequences.push(Consequence::Unused { node: name.clone() });
        }
        self.scenario.nodes.insert(last + 1, NodeSpec { name, address, ..first });
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), NetworkRefusal> {
        let place = self.place(name)?;
        let node = self.scenario.nodes[place].clone();
        self.let_go(&node)?;
        // What takes its place for those who connect to it.
        let nodes = &self.scenario.nodes;
        let instead = match target_of(&node.role).filter(|_| is_proxy(&node.role)) {
            Some(next) => Some(next.to_owned()),
            None => nodes
                .iter()
                .find(|other| other.name != name && port_of(&other.role).is_some() && is_server(&other.role))
                .filter(|_| is_server(&node.role))
                .map(|other| other.name.clone()),
        };
        let users: Vec<String> = nodes
            .iter()
            .filter(|other| other.role.peers().iter().any(|(_, peer)| *peer == name))
            .map(|other| other.name.clone())
            .collect();
        let others = nodes.iter().filter(|other| other.name != name);
        let is_needed = users.iter().any(|user| {
            nodes.iter().any(|other| other.name == *user && target_of(&other.role) != Some(name))
        });
        if !users.is_empty() && (instead.is_none() || is_needed) {
            return Err(NetworkRefusal::IsNeeded { by: users });
        }
        if others.count() == 0 {
            return Err(NetworkRefusal::IsLast);
        }
        let is_end = |link: &LinkSpec| link.between.0 == name || link.between.1 == name;
        let mut links: Vec<LinkSpec> = self.scenario.links.clone();
        links.retain(|link| !is_end(link));
        if let Some(instead) = &instead {
            for user in &users {
                let old = self
                    .scenario
                    .links
                    .iter()
                    .find(|link| is_end(link) && (link.between.0 == *user || link.between.1 == *user));
                let joined = |link: &LinkSpec| {
                    let (a, b) = (&link.between.0, &link.between.1);
                    (a == user && b == instead) || (a == instead && b == user)
                };
                if let Some(old) = old
                    && !links.iter().any(joined)
                {
                    let between = instead_of(&old.between, name, instead);
                    links.push(LinkSpec { between, ..old.clone() });
                }
            }
        }
        self.scenario.links = links;
        self.scenario.nodes.remove(place);
        for user in &users {
            let (user, to) = (self.place(user)?, self.place(instead.as_deref().unwrap_or_default())?);
            self.reconnect(user, to);
        }
        self.drop_interventions();
        Ok(())
    }

    /// Moves a host to its neighbour's place. Returns the name that it has there.
    fn shift(&mut self, name: &str, right: bool) -> Result<String, NetworkRefusal> {
        let place = self.place(name)?;
        let nodes = &self.scenario.nodes;
        // A proxy's neighbour is the next one in the chain.
        let neighbour = if is_proxy(&nodes[place].role) {
            let other = if right {
                target_of(&nodes[place].role).and_then(|next| self.place(next).ok())
            } else {
                nodes.iter().position(|node| target_of(&node.role) == Some(name))
            };
            other.filter(|other| is_proxy(&nodes[*other].role)).ok_or(NetworkRefusal::IsLast)?
        } else {
            let next = if right { place.checked_add(1) } else { place.checked_sub(1) };
            next.filter(|next| *next < nodes.len()).ok_or(NetworkRefusal::IsLast)?
        };
        if is_proxy(&nodes[place].role) && is_proxy(&nodes[neighbour].role) {
            let with = self.scenario.nodes[neighbour].name.clone();
            self.exchange(place, neighbour);
            self.consequences.push(Consequence::Exchanges { node: name.to_owned(), with: with.clone() });
            return Ok(with);
        }
        self.scenario.nodes.swap(place, neighbour);
        Ok(name.to_owned())
    }

    /// Moves a host step by step to another one's place.
    fn carry(&mut self, name: &str, over: &str) -> Result<(), NetworkRefusal> {
        let (from, to) = (self.place(name)?, self.place(over)?);
        let mut carried = name.to_owned();
        while self.place(&carried)? != to {
            carried = self.shift(&carried, to > from)?;
        }
        Ok(())
    }

    /// Exchanges what two proxies are; who they are connected with, their names and addresses stay.
    fn exchange(&mut self, one: usize, other: usize) {
        let nodes = &mut self.scenario.nodes;
        let targets = [one, other].map(|place| {
            let target = target_of(&nodes[place].role).unwrap_or_default().to_owned();
            (place, target, port_of(&nodes[place].role))
        });
        let (mut a, mut b) = (nodes[one].clone(), nodes[other].clone());
        core::mem::swap(&mut a.role, &mut b.role);
        core::mem::swap(&mut a.profile, &mut b.profile);
        core::mem::swap(&mut a.stack, &mut b.stack);
        nodes[one] = a;
        nodes[other] = b;
        for (place, _, port) in &targets {
            if let Some(port) = port {
                listen(&mut nodes[*place].role, *port);
            }
        }
        for (place, target, _) in targets {
            if let Some(target) = nodes.iter().find(|node| node.name == target).cloned() {
                connect(&mut nodes[place].role, &target);
            }
        }
    }
}
