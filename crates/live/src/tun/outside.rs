//! A run in which this machine's kernel is the client.

use std::io;
use std::sync::Arc;
use std::time::Duration as Wall;

use core::net::{Ipv4Addr, SocketAddrV4};

use mio::{Events, Poll, Token};
use playground_capture::octets;
use playground_core::event::{Event, NodeId};
use playground_core::scenario::{self, NodeSpec, Scenario};
use playground_core::sim::Bridge;
use playground_core::tcp::Notice;
use playground_core::time::{Duration, Instant};
use playground_core::trace::{StoppedBy, Trace};
use playground_core::wire::{Packet, Segment};

use super::TunError;
use super::device::Device;
use crate::journal::{Journal, News, Recording};
use crate::limits::Limits;
use crate::plan::is_client;
use crate::run::{Listening, Waker};

const WAKER: Token = Token(0);
const DEVICE: Token = Token(1);
/// Datagrams that are taken from the kernel before the simulation goes on.
const AT_ONCE: usize = 64;

/// A scenario whose client is the kernel.
pub struct Outside {
    scenario: Scenario,
    client: NodeId,
    bridge: Bridge,
    device: Device,
    /// The name of the device.
    name: String,
    limits: Limits,
    journal: Journal,
    poll: Poll,
    events: Events,
    waker: Waker,
    /// Whether the kernel may have more datagrams.
    is_readable: bool,
    /// The last identification of a datagram.
    identification: u16,
    /// Ends of connections at the simulated nodes.
    open: usize,
    listening: Vec<Listening>,
}

impl Outside {
    /// Makes the device and starts the simulated nodes; `watcher` is told of each entry.
    ///
    /// # Errors
    /// An invalid scenario or one without a client, a missing device or right, what else the system says.
    pub fn start(
        mut scenario: Scenario,
        limits: Limits,
        recording: Recording,
        watcher: impl FnMut(News<'_>) + 'static,
    ) -> Result<Self, TunError> {
        let time = u64::try_from(limits.time.as_micros()).unwrap_or(u64::MAX);
        let most = scenario::Limits::MOST;
        scenario.limits = scenario::Limits { time_us: Duration::from_micros(time).min(most.time_us), ..most };
        let is_outside = |spec: &NodeSpec| is_client(spec) && !spec.address.is_unspecified();
        let client = scenario.nodes.iter().position(is_outside).ok_or(TunError::NoClient)?;
        let client = NodeId(client as u16);
        let bridge = Bridge::new(&scenario, client)?;
        let own = scenario.nodes[client.index()].address;
        let reached = |(spec, place): &(&NodeSpec, u16)| {
            !spec.address.is_unspecified() && bridge.reaches(NodeId(*place))
        };
        let others = scenario.nodes.iter().zip(0..).filter(reached).map(|(spec, _)| spec.address);
        let others: Vec<Ipv4Addr> = others.collect();
        let device = Device::open(own, &others)?;
        let poll = Poll::new()?;
        device.register(poll.registry(), DEVICE)?;
        let waker = Waker::new(Arc::new(mio::Waker::new(poll.registry(), WAKER)?));
        let mut run = Self {
            client,
            bridge,
            name: device.name()?,
            device,
            limits,
            journal: Journal::new(recording, Box::new(watcher)),
            poll,
            events: Events::with_capacity(16),
            waker,
            is_readable: true,
            identification: 0,
            open: 0,
            listening: Vec::new(),
            scenario,
        };
        run.bridge.go_on(Instant::ZERO);
        run.tell();
        Ok(run)
    }

    /// The scenario, with the limits of this run.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The node in whose place the kernel is.
    pub const fn client(&self) -> NodeId {
        self.client
    }

    /// The name of the device.
    pub fn device(&self) -> &str {
        &self.name
    }

    /// Where the kernel finds the nodes that it can send to.
    pub fn listening(&self) -> &[Listening] {
        &self.listening
    }

    /// What ends the waiting from another thread.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// The time since the run began.
    pub fn now(&self) -> Instant {
        self.journal.now()
    }

    /// Ends of connections that are open at the simulated nodes.
    pub const fn connections(&self) -> usize {
        self.open
    }

    /// Whether a limit has ended the run.
    pub fn is_over(&self) -> bool {
        let time = self.scenario.limits.time_us;
        self.bridge.stopped_by().is_some() || self.now().since(Instant::ZERO) >= time
    }

    /// Waits for what happens next, at most so long, and handles it.
    ///
    /// # Errors
    /// What the system says.
    pub fn go_on(&mut self, most: Wall) -> Result<(), TunError> {
        let now = self.now();
        let due = self.bridge.next().map(|at| Wall::from_micros(at.since(now).as_micros()));
        let wait = if self.is_readable { Wall::ZERO } else { due.map_or(most, |due| due.min(most)) };
        match self.poll.poll(&mut self.events, Some(wait)) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error.into()),
            _ => {}
        }
        self.is_readable |= self.events.iter().any(|event| event.token() == DEVICE);
        for _ in 0..AT_ONCE {
            if !self.is_readable {
                break;
            }
            let now = self.now();
            match self.device.receive()? {
                Some(datagram) => {
                    if let Ok(segment) = octets::parse(datagram) {
                        self.take(now, segment);
                    }
                }
                None => self.is_readable = false,
            }
        }
        let now = self.now();
        self.bridge.go_on(now);
        self.tell();
        self.hand_over()
    }

    /// Puts a segment of the kernel on the client's link.
    fn take(&mut self, now: Instant, segment: Segment) {
        let opens = segment.flags.is_syn() && !segment.flags.is_ack();
        // As at a host with a full queue, the kernel will ask again.
        if opens && self.open >= self.limits.connections {
            return;
        }
        self.bridge.send(now, Packet::Segment(segment.into()));
        self.tell();
    }

    /// Tells and keeps what has happened.
    fn tell(&mut self) {
        for entry in self.bridge.entries() {
            // What the programs write and read are parts of what is sent, or of one message.
            let mut octets = 0;
            match &entry.event {
                _ if entry.node == self.client && !matches!(entry.event, Event::PacketSent { .. }) => {}
                Event::Socket { notice: Notice::Opened { .. }, .. } => self.open += 1,
                Event::Socket { notice: Notice::Listening { port }, .. }
                    if self.bridge.reaches(entry.node) =>
                {
                    let address = self.scenario.nodes[entry.node.index()].address;
                    let place = SocketAddrV4::new(address, *port);
                    self.listening.push(Listening { node: entry.node, port: *port, place, next: None });
                }
                Event::Socket { notice: Notice::Released, .. } => self.open = self.open.saturating_sub(1),
                Event::PacketSent { packet, .. } => octets = packet.wire_len() as u64,
                _ => {}
            }
            self.journal.write(entry, octets, &self.limits);
        }
    }

    /// Hands the kernel what has reached the client.
    fn hand_over(&mut self) -> Result<(), TunError> {
        for packet in self.bridge.received() {
            self.identification = self.identification.wrapping_add(1);
            let written = match &packet {
                Packet::Segment(segment) => octets::write(segment, self.identification),
                Packet::Datagram(datagram) => octets::write_datagram(datagram, self.identification),
            };
            // The device's MTU is far below the length that an IPv4 datagram can have.
            if let Ok(datagram) = written {
                self.device.send(&datagram)?;
            }
        }
        Ok(())
    }

    /// Ends the run: what was recorded of it.
    pub fn finish(self) -> Trace {
        let over = self.is_over().then_some(StoppedBy::Time);
        let stopped_by = self.journal.stopped_by.or(self.bridge.stopped_by()).or(over);
        Trace::recorded(self.scenario.into(), self.journal.into_entries(), stopped_by)
    }
}
