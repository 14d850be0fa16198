//! The run: waits for sockets and timers, and lets the roles act.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration as Wall, Instant as Clock};

use core::net::SocketAddrV4;

use mio::{Events, Interest, Poll, Registry, Token};
use playground_core::event::{Event, NodeId, Waiting};
use playground_core::node::{BuildRole, Input, Role};
use playground_core::rng::Rng;
use playground_core::tcp::{Notice, SocketId};
use playground_core::time::{Duration, Instant};
use playground_core::trace::{StoppedBy, Trace};
use playground_core::wire::{Endpoint, FourTuple};
use thiserror::Error;

use crate::journal::{Journal, News, Recording};
use crate::limits::{Bound, Excess, Limits};
use crate::live_host::LiveHost;
use crate::machine::{Machine, Socket, Stream};
use crate::plan::Plan;

/// The token of the waker; sockets count from 0.
const WAKER: Token = Token(usize::MAX);
/// How often silent connections, and places for new ones, are looked for.
const ROUND: Wall = Wall::from_millis(200);
/// Time without an input after which nothing is thought to be on its way.
const QUIET: Wall = Wall::from_secs(1);
/// Connections that make room for others in one round.
const LEAVE: usize = 16;

/// Why a run on real sockets cannot begin or go on.
#[derive(Debug, Error)]
pub enum RunError {
    /// The system refused.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// What all nodes share.
pub(crate) struct System {
    pub plan: Plan,
    pub limits: Limits,
    pub journal: Journal,
    pub registry: Registry,
    pub rng: Rng,
    /// Where each listening socket of the scenario really is.
    pub places: BTreeMap<Endpoint, SocketAddrV4>,
    /// Whose end of a connection a real address is.
    pub ends: BTreeMap<SocketAddr, Endpoint>,
    /// Connections now, and the accepted ones of them.
    pub open: usize,
    pub accepted: usize,
    tokens: BTreeMap<Token, (usize, SocketId)>,
    sockets: usize,
}

impl System {
    /// Where a socket of the scenario really is.
    pub fn place_of(&self, remote: Endpoint) -> Option<SocketAddr> {
        let here = self.places.get(&remote).map(|place| SocketAddr::V4(*place));
        self.plan.stand_in(remote.address).or(here)
    }

    /// The name of a new socket for the kernel.
    pub fn token(&mut self, node: usize, socket: SocketId) -> Token {
        let token = Token(self.sockets);
        self.sockets += 1;
        self.tokens.insert(token, (node, socket));
        token
    }

    /// Forgets a connection that the role has closed.
    pub fn released(&mut self, stream: &Stream) {
        self.open -= 1;
        self.accepted -= usize::from(stream.accepted);
        self.ends.retain(|_, end| *end != stream.tuple.local);
    }
}

/// A listening socket of the scenario, and where it really is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listening {
    /// The node.
    pub node: NodeId,
    /// Its port in the scenario.
    pub port: u16,
    /// The real address.
    pub place: SocketAddrV4,
    /// The node that it connects to, and where that really is.
    pub next: Option<(NodeId, SocketAddr)>,
}

/// A wait that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongWait {
    /// The node.
    pub node: NodeId,
    /// The connection.
    pub socket: SocketId,
    /// What for.
    pub waiting: Waiting,
    /// Since when.
    pub since: Instant,
    /// How long by now.
    pub span: Duration,
}

impl LongWait {
    /// Whether it is the same wait, at another moment.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.node, self.socket, self.waiting, self.since)
            == (other.node, other.socket, other.waiting, other.since)
    }
}

/// Ends the waiting of a run from another thread.
#[derive(Clone, Debug)]
pub struct Waker(Arc<mio::Waker>);

impl Waker {
    pub(crate) const fn new(waker: Arc<mio::Waker>) -> Self {
        Self(waker)
    }

    /// Lets [`Run::go_on`] return.
    ///
    /// # Errors
    /// What the system says.
    pub fn wake(&self) -> io::Result<()> {
        self.0.wake()
    }
}

/// A scenario that is run on real sockets.
pub struct Run {
    system: System,
    machines: Vec<Machine>,
    roles: Vec<Option<Box<dyn Role>>>,
    poll: Poll,
    events: Events,
    waker: Waker,
    round: Clock,
    /// When something last happened.
    last: Clock,
}

impl Run {
    /// Starts the nodes, servers before their clients; `watcher` is told of each entry.
    ///
    /// # Errors
    /// What the system says.
    pub fn start(
        plan: Plan,
        limits: Limits,
        recording: Recording,
        watcher: impl FnMut(News<'_>) + 'static,
    ) -> Result<Self, RunError> {
        let poll = Poll::new()?;
        let waker = Waker(Arc::new(mio::Waker::new(poll.registry(), WAKER)?));
        let nodes = plan.scenario.nodes.iter().zip(&plan.nodes);
        let roles: Vec<Option<Box<dyn Role>>> =
            nodes.map(|(spec, runs)| runs.is_ok().then(|| spec.application())).collect();
        let mut machines = Vec::new();
        machines.resize_with(roles.len(), Machine::default);
        let system = System {
            rng: Rng::new(plan.scenario.seed, 0),
            plan,
            limits,
            journal: Journal::new(recording, Box::new(watcher)),
            registry: poll.registry().try_clone()?,
            places: BTreeMap::new(),
            ends: BTreeMap::new(),
            open: 0,
            accepted: 0,
            tokens: BTreeMap::new(),
            sockets: 0,
        };
        let events = Events::with_capacity(256);
        let mut run =
            Self { system, machines, roles, poll, events, waker, round: Clock::now(), last: Clock::now() };
        for node in (0..run.roles.len()).rev() {
            run.machines[node].pending.push_back((Input::Started, None));
            run.deliver(node);
        }
        Ok(run)
    }

    /// What ends the waiting from another thread.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Where the nodes listen, in the scenario's order.
    pub fn listening(&self) -> Vec<Listening> {
        let nodes = self.system.plan.scenario.nodes.iter().enumerate();
        let places = nodes.flat_map(|(index, spec)| {
            let here = self.system.places.iter().filter(|(at, _)| at.address == spec.address);
            here.map(move |(at, place)| Listening {
                node: NodeId(index as u16),
                port: at.port,
                place: *place,
                next: self.next_of(index),
            })
        });
        places.collect()
    }

    fn next_of(&self, node: usize) -> Option<(NodeId, SocketAddr)> {
        let nodes = &self.system.plan.scenario.nodes;
        let (_, name) = nodes[node].role.peers().into_iter().next()?;
        let next = nodes.iter().position(|spec| spec.name == name)?;
        let address = nodes[next].address;
        let here = self.system.places.iter().find(|(at, _)| at.address == address);
        let place = self.system.plan.stand_in(address).or(here.map(|(_, place)| SocketAddr::V4(*place)));
        Some((NodeId(next as u16), place?))
    }

    /// Connections that are open here now.
    pub const fn connections(&self) -> usize {
        self.system.open
    }

    /// Whether nothing will begin by itself and nothing has come for a while; connections may be open, as they may at
    /// the end of a simulation.
    pub fn is_quiet(&self) -> bool {
        self.last.elapsed() >= QUIET && self.machines.iter().all(|machine| machine.timers.next().is_none())
    }

    /// Whether the time of the run is over.
    pub fn is_over(&self) -> bool {
        self.now().since(Instant::ZERO).as_micros() as u128 >= self.system.limits.time.as_micros()
    }

    /// The time since the run began.
    pub fn now(&self) -> Instant {
        self.system.journal.now()
    }

    /// The waits that have taken at least so long.
    pub fn waits(&self, least: Duration) -> Vec<LongWait> {
        let now = self.now();
        let waits = self.machines.iter().enumerate().flat_map(|(node, machine)| {
            machine.waits.iter().map(move |(socket, (waiting, since))| LongWait {
                node: NodeId(node as u16),
                socket: *socket,
                waiting: *waiting,
                since: *since,
                span: now.since(*since),
            })
        });
        waits.filter(|wait| wait.span >= least).collect()
    }

    /// Waits for what happens next, at most so long, and handles it.
    ///
    /// # Errors
    /// What the system says.
    pub fn go_on(&mut self, most: Wall) -> Result<(), RunError> {
        let now = self.now();
        let timer = self.machines.iter().filter_map(|machine| machine.timers.next()).min();
        let timer = timer.map(|at| Wall::from_micros(at.since(now).as_micros()));
        let wait = [timer, Some(most), Some(ROUND)].into_iter().flatten().min();
        match self.poll.poll(&mut self.events, wait) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error.into()),
            _ => {}
        }
        let ready: Vec<(Token, bool, bool, bool)> = self
            .events
            .iter()
            .map(|event| {
                let readable = event.is_readable() || event.is_read_closed();
                (event.token(), readable, event.is_writable(), event.is_error())
            })
            .collect();
        for (token, readable, writable, failed) in ready {
            let Some((node, socket)) = self.system.tokens.get(&token).copied() else { continue };
            if !self.machines[node].sockets.contains_key(&socket) {
                self.system.tokens.remove(&token);
                continue;
            }
            self.system.journal.cause = None;
            if matches!(self.machines[node].sockets.get(&socket), Some(Socket::Listener(_))) {
                self.accept(node, socket);
            } else {
                self.host(node).ready(socket, readable, writable, failed);
            }
            self.deliver(node);
        }
        for node in 0..self.machines.len() {
            self.expire(node);
        }
        if self.round.elapsed() >= ROUND {
            self.round = Clock::now();
            self.look_after();
        }
        Ok(())
    }

    fn host(&mut self, node: usize) -> LiveHost<'_> {
        LiveHost { system: &mut self.system, machine: &mut self.machines[node], node }
    }

    /// Takes the kernel's finished connections, as many as there is room for.
    fn accept(&mut self, node: usize, listener: SocketId) {
        loop {
            let Some(Socket::Listener(listening)) = self.machines[node].sockets.get_mut(&listener) else {
                return;
            };
            listening.is_full = self.system.accepted >= self.system.limits.accepted;
            if listening.is_full {
                return;
            }
            let Ok((mut io, peer)) = listening.io.accept() else { return };
            let own = io.local_addr().ok();
            let at =
                own.and_then(|own| self.system.places.iter().find(|(_, at)| SocketAddr::V4(**at) == own));
            let spec = &self.system.plan.scenario.nodes[node];
            let bound = self.system.places.iter().find(|(at, _)| at.address == spec.address);
            let Some(local) = at.or(bound).map(|(at, _)| *at) else { return };
            let known = self.system.ends.get(&peer).copied();
            let remote = known.unwrap_or_else(|| self.system.plan.outsider(node, peer));
            let socket = self.machines[node].number();
            let token = self.system.token(node, socket);
            let both = Interest::READABLE | Interest::WRITABLE;
            if self.system.registry.register(&mut io, token, both).is_err() {
                return;
            }
            self.system.open += 1;
            self.system.accepted += 1;
            let tuple = FourTuple { local, remote };
            let machine = &mut self.machines[node];
            machine.sockets.insert(socket, Socket::Stream(Stream::new(io, tuple, true)));
            if let Some(Socket::Listener(listening)) = machine.sockets.get_mut(&listener) {
                listening.queue.push_back(socket);
            }
            self.host(node).opened(socket, tuple, Some(listener));
            let last = self.system.journal.last();
            self.machines[node].pending.push_back((Input::Acceptable(listener), last));
        }
    }

    fn expire(&mut self, node: usize) {
        let now = self.now();
        while let Some((timer, set, rule)) = self.machines[node].timers.take_expired(now) {
            self.system.journal.cause = Some(set);
            let event = Event::TimerExpired { socket: timer.socket, purpose: timer.purpose };
            let expired = self.host(node).entry(event, rule);
            self.machines[node].pending.push_back((Input::TimerExpired(timer), Some(expired)));
            self.deliver(node);
        }
    }

    /// Ends connections that are silent for too long, have carried too much or must make room, and accepts where there is
    /// room again.
    fn look_after(&mut self) {
        for node in 0..self.machines.len() {
            let mut late = Vec::new();
            let mut slow = Vec::new();
            let mut listeners = Vec::new();
            let mut is_full = false;
            for (id, socket) in &self.machines[node].sockets {
                match socket {
                    Socket::Listener(listener) => {
                        listeners.push(*id);
                        is_full |= listener.is_full;
                    }
                    Socket::Stream(stream) if stream.given_up => {}
                    Socket::Stream(stream) => {
                        if let Some(bound) = self.system.limits.exceeded_by(stream) {
                            late.push((*id, bound));
                        } else if stream.accepted {
                            slow.push((stream.answered, *id));
                        }
                    }
                }
            }
            if is_full {
                let patience = self.system.limits.patience;
                slow.retain(|(answered, _)| answered.elapsed() >= patience);
                slow.sort_unstable();
                let leave = slow.iter().take(LEAVE);
                late.extend(leave.map(|(_, id)| (*id, Bound::Room(self.system.limits.accepted))));
            }
            for (socket, bound) in late {
                self.system.journal.cause = None;
                let error = bound.error();
                self.system.journal.ended(Excess { node: NodeId(node as u16), socket, bound });
                let mut host = self.host(node);
                host.notice(socket, Notice::Errored { error }, error.rule());
                host.give_up(socket, error);
                let last = self.system.journal.last();
                self.machines[node].pending.push_back((Input::Failed(socket, error), last));
            }
            self.deliver(node);
            for listener in listeners {
                self.accept(node, listener);
            }
            self.deliver(node);
        }
        let machines = &self.machines;
        self.system.tokens.retain(|_, (node, socket)| machines[*node].sockets.contains_key(socket));
    }

    fn deliver(&mut self, node: usize) {
        let Some(role) = &mut self.roles[node] else { return };
        while let Some((input, cause)) = self.machines[node].pending.pop_front() {
            let machine = &mut self.machines[node];
            let about = match &input {
                Input::Connected(socket)
                | Input::ConnectFailed(socket, _)
                | Input::Readable(socket)
                | Input::Writable(socket)
                | Input::Failed(socket, _) => Some(*socket),
                _ => None,
            };
            // The role may have closed it since.
            if about.is_some_and(|socket| !machine.sockets.contains_key(&socket)) {
                continue;
            }
            self.system.journal.cause = cause;
            self.last = Clock::now();
            role.handle(input, &mut LiveHost { system: &mut self.system, machine, node });
        }
    }

    /// Ends the run: what was recorded of it.
    pub fn finish(self) -> Trace {
        let over = self.is_over().then_some(StoppedBy::Time);
        let stopped_by = self.system.journal.stopped_by.or(over);
        Trace::recorded(self.system.plan.scenario, self.system.journal.into_entries(), stopped_by)
    }
}
