//! The plan of a run: which nodes run here, and who stands in for the others.

use std::collections::BTreeMap;
use std::rc::Rc;

use core::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use playground_core::node::{BuildRole, RoleSpec};
use playground_core::scenario::{NodeSpec, Scenario, ScenarioError};
use playground_core::wire::Endpoint;
use thiserror::Error;

/// What is run, and where.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scenario.
    pub(crate) scenario: Rc<Scenario>,
    /// Whether each node runs, or why not.
    pub(crate) nodes: Vec<Result<(), Absent>>,
    /// The address that the nodes listen on.
    pub(crate) bind: Ipv4Addr,
    /// The port of the first node that listens; any for 0.
    pub(crate) port: u16,
    /// Programs of others, by the name of the node that each stands in for.
    next: BTreeMap<String, SocketAddr>,
}

/// Why a node of the scenario does not run here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It was left out.
    LeftOut,
    /// It belongs to the network, which is a real one here.
    Network,
    /// It needs a person at the keyboard.
    Program,
}

impl Absent {
    /// The reason in words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::LeftOut => "left out",
            Self::Network => "left out: the network is this machine's own",
            Self::Program => "left out: its calls are typed by a person",
        }
    }
}

/// Why a scenario cannot be run on real sockets.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanError {
    /// The scenario is invalid.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// No node has this name.
    #[error("no node is called {name}; there are {known}")]
    UnknownNode {
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// A node cannot run on real sockets.
    #[error("{name} ({role}) cannot run on real sockets")]
    NotLive {
        /// Its name.
        name: String,
        /// Its role.
        role: &'static str,
    },
    /// Nothing is left to run.
    #[error("nothing of this scenario runs on real sockets")]
    Nothing,
    /// Only one node runs, and the node that it connects to is nowhere.
    #[error("{name} connects to {next}, which does not run: say --next ADDRESS:PORT")]
    NoNext {
        /// The node.
        name: String,
        /// The node that it connects to.
        next: String,
    },
    /// A node's next one is said, but it has none, or more than one.
    #[error("{name} connects to {count} nodes, so --next says nothing")]
    NextUnclear {
        /// The node.
        name: String,
        /// How many.
        count: usize,
    },
}

fn absence(spec: &NodeSpec) -> Option<Absent> {
    match spec.role {
        RoleSpec::Switch(_)
        | RoleSpec::Router(_)
        | RoleSpec::Off(_)
        | RoleSpec::DnsServer(_)
        | RoleSpec::DhcpServer(_)
        | RoleSpec::Ping(_) => Some(Absent::Network),
        RoleSpec::Manual(_) | RoleSpec::Captured(_) => Some(Absent::Program),
        _ if spec.address.is_unspecified() => Some(Absent::Network),
        _ => None,
    }
}

/// Whether the node only opens connections.
pub(crate) const fn is_client(spec: &NodeSpec) -> bool {
    matches!(spec.role, RoleSpec::Client(_) | RoleSpec::Browser(_) | RoleSpec::LoadGenerator(_))
}

impl Plan {
    /// Runs every node that can be run, on loopback.
    ///
    /// # Errors
    /// An invalid scenario, or one without a node that runs on sockets.
    pub fn new(scenario: Scenario) -> Result<Self, PlanError> {
        scenario.validate()?;
        let nodes: Vec<Result<(), Absent>> =
            scenario.nodes.iter().map(|spec| absence(spec).map_or(Ok(()), Err)).collect();
        let plan = Self {
            scenario: Rc::new(scenario),
            nodes,
            bind: Ipv4Addr::LOCALHOST,
            port: 8080,
            next: BTreeMap::new(),
        };
        plan.check()
    }

    /// The plan without the clients: other people's programs are the clients.
    ///
    /// # Errors
    /// When nothing is left.
    pub fn without_clients(mut self) -> Result<Self, PlanError> {
        for (spec, runs) in self.scenario.nodes.iter().zip(&mut self.nodes) {
            if is_client(spec) && runs.is_ok() {
                *runs = Err(Absent::LeftOut);
            }
        }
        self.check()
    }

    /// One node alone; the node that it connects to is the program at `next`.
    ///
    /// # Errors
    /// An unknown node, one that cannot run, one whose next node is not said.
    pub fn only(mut self, name: &str, next: Option<SocketAddr>) -> Result<Self, PlanError> {
        let place = self.scenario.nodes.iter().position(|spec| spec.name == name);
        let Some(place) = place else {
            let known: Vec<&str> = self.scenario.nodes.iter().map(|spec| spec.name.as_str()).collect();
            return Err(PlanError::UnknownNode { name: name.to_owned(), known: known.join(", ") });
        };
        let spec = &self.scenario.nodes[place];
        if self.nodes[place].is_err() {
            return Err(PlanError::NotLive { name: name.to_owned(), role: spec.role.key() });
        }
        let mut peers: Vec<&str> = spec.role.peers().into_iter().map(|(_, peer)| peer).collect();
        peers.sort_unstable();
        peers.dedup();
        match (next, peers.as_slice()) {
            (Some(next), [peer]) => {
                self.next.insert((*peer).to_owned(), next);
            }
            (Some(_), peers) => {
                return Err(PlanError::NextUnclear { name: name.to_owned(), count: peers.len() });
            }
            (None, []) => {}
            (None, [peer, ..]) => {
                return Err(PlanError::NoNext { name: name.to_owned(), next: (*peer).to_owned() });
            }
        }
        for (index, runs) in self.nodes.iter_mut().enumerate() {
            if index != place && runs.is_ok() {
                *runs = Err(Absent::LeftOut);
            }
        }
        Ok(self)
    }

    /// Listens on this address, and from this port on; any port for 0.
    #[must_use]
    pub const fn on(mut self, bind: Ipv4Addr, port: u16) -> Self {
        self.bind = bind;
        self.port = port;
        self
    }

    fn check(self) -> Result<Self, PlanError> {
        if self.nodes.iter().any(Result::is_ok) { Ok(self) } else { Err(PlanError::Nothing) }
    }

    /// The scenario that is run.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The nodes that do not run here, and why.
    pub fn absent(&self) -> impl Iterator<Item = (&NodeSpec, Absent)> {
        self.scenario.nodes.iter().zip(&self.nodes).filter_map(|(spec, runs)| Some((spec, runs.err()?)))
    }

    /// The program that stands in for the node with this address.
    pub(crate) fn stand_in(&self, address: Ipv4Addr) -> Option<SocketAddr> {
        let spec = self.scenario.nodes.iter().find(|spec| spec.address == address)?;
        self.next.get(&spec.name).copied()
    }

    /// Who a peer from outside of the program is in the scenario: the node that connects to this one, where there is
    /// one, on the peer's own port.
    pub(crate) fn outsider(&self, node: usize, peer: SocketAddr) -> Endpoint {
        let name = &self.scenario.nodes[node].name;
        let connects = |spec: &&NodeSpec| spec.role.peers().iter().any(|(_, peer)| peer == name);
        let known = self.scenario.nodes.iter().find(connects).map(|spec| spec.address);
        let own = match peer {
            SocketAddr::V4(peer) => *peer.ip(),
            SocketAddr::V6(_) => Ipv4Addr::UNSPECIFIED,
        };
        Endpoint::new(known.unwrap_or(own), peer.port())
    }

    /// The addresses to try for a node's listening socket, in order.
    pub(crate) fn listening(&self, node: usize) -> Vec<SocketAddrV4> {
        let servers = self.scenario.nodes[..node].iter().zip(&self.nodes);
        let rank = servers.filter(|(spec, runs)| runs.is_ok() && !is_client(spec)).count() as u16;
        let ports = (0..16_u16).filter_map(|round| self.port.checked_add(rank + round * 16));
        let ports: Vec<u16> = if self.port == 0 { vec![0] } else { ports.collect() };
        ports.into_iter().map(|port| SocketAddrV4::new(self.bind, port)).collect()
    }
}
