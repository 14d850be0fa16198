//! Two hosts and the wire between them: our stack here, smoltcp's there, real octets under way.
//!
//! Nothing waits: time jumps to the next arrival or deadline. Every datagram is parsed and its checksums
//! checked in both directions, by our reader and by smoltcp's.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use core::net::Ipv4Addr;

use bytes::Bytes;
use playground_capture::octets::{parse, write};
use playground_core::tcp::{CallError, Notice, Output, Profile, Received, SocketEvent, SocketId, Stack};
use playground_core::time::{Duration, Instant};
use playground_core::wire::{Endpoint, Segment};
use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::tcp::{Socket, SocketBuffer};
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr};

/// Our host.
pub const OURS: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);
/// smoltcp's host.
pub const THEIRS: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 2);
/// The port that either side listens on.
pub const PORT: u16 = 80;
/// The port that smoltcp connects from.
pub const THEIR_PORT: u16 = 49_500;
/// One way, microseconds.
pub const DELAY: Duration = Duration::from_micros(10_000);

/// Which host sent a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Us,
    Them,
}

/// A segment that a host put on the wire.
#[derive(Clone, Debug)]
pub struct Sent {
    pub at: Instant,
    pub from: From,
    pub segment: Segment,
    pub retransmission: bool,
    pub lost: bool,
}

/// What befalls a segment, told by how many segments with data that side has sent, this one included.
pub type Fate = Box<dyn FnMut(&Sent, usize) -> Option<Duration>>;

/// Both hosts, the wire, and what happened on it.
pub struct Network {
    pub now: Instant,
    pub ours: Stack,
    pub sockets: SocketSet<'static>,
    pub handle: SocketHandle,
    pub log: Vec<Sent>,
    pub events: Vec<(Option<SocketId>, SocketEvent)>,
    /// The round trips that our side measured.
    pub round_trips: Vec<Duration>,
    interface: Interface,
    device: Cable,
    wire: BTreeMap<(Instant, usize), (From, Vec<u8>)>,
    fate: Fate,
}

impl Network {
    /// A network with `profile` on our side and buffers of so many octets on the other.
    pub fn new(profile: Profile, their_receive_buffer: usize, their_send_buffer: usize) -> Self {
        let mut device = Cable::default();
        let mut config = Config::new(HardwareAddress::Ip);
        config.random_seed = 1;
        let mut interface = Interface::new(config, &mut device, smoltcp::time::Instant::ZERO);
        interface.update_ip_addrs(|addresses| {
            addresses.push(IpCidr::new(IpAddress::Ipv4(THEIRS), 24)).expect("room for one address");
        });
        let buffer = |len| SocketBuffer::new(vec![0; len]);
        let mut socket = Socket::new(buffer(their_receive_buffer), buffer(their_send_buffer));
        if profile.timestamps {
            socket.set_tsval_generator(Some(|| 1));
        }
        let mut sockets = SocketSet::new(Vec::new());
        let handle = sockets.add(socket);
        Self {
            now: Instant::ZERO,
            ours: Stack::new(OURS, profile, 1),
            sockets,
            handle,
            log: Vec::new(),
            events: Vec::new(),
            round_trips: Vec::new(),
            interface,
            device,
            wire: BTreeMap::new(),
            fate: Box::new(|_, _| Some(Duration::ZERO)),
        }
    }

    /// From now on segments are lost (none) or take longer by what `fate` says.
    pub fn set_fate(&mut self, fate: impl FnMut(&Sent, usize) -> Option<Duration> + 'static) {
        self.fate = Box::new(fate);
    }

    /// smoltcp's socket.
    pub fn theirs(&mut self) -> &mut Socket<'static> {
        self.sockets.get_mut(self.handle)
    }

    /// Opens a connection from our side and runs the handshake; returns our socket.
    pub fn open_from_us(&mut self) -> SocketId {
        self.theirs().listen(PORT).expect("closed before");
        let socket = self.ours.connect(self.now, Endpoint::new(THEIRS, PORT)).expect("a free port");
        self.run_until(|network| network.theirs().may_send());
        assert!(self.events.contains(&(Some(socket), SocketEvent::Connected)));
        socket
    }

    /// Opens a connection from smoltcp's side and runs the handshake; returns our socket.
    pub fn open_from_them(&mut self) -> SocketId {
        let listener = self.ours.listen(PORT, 1).expect("a free port");
        self.connect_them(PORT);
        self.run_until(|network| network.events.contains(&(Some(listener), SocketEvent::Acceptable)));
        self.ours.accept(listener).expect("acceptable")
    }

    /// Lets smoltcp send its SYN to one of our ports.
    pub fn connect_them(&mut self, port: u16) {
        let context = self.interface.context();
        let socket = self.sockets.get_mut::<Socket<'_>>(self.handle);
        socket.connect(context, (IpAddress::Ipv4(OURS), port), THEIR_PORT).expect("closed before");
    }

    /// Reads what our socket has; notes the end or the error.
    pub fn read_ours(&mut self, socket: SocketId, into: &mut Vec<u8>) -> Option<Result<(), CallError>> {
        loop {
            match self.ours.receive(self.now, socket, usize::MAX) {
                Ok(Received::Octets(octets)) => into.extend_from_slice(&octets),
                Ok(Received::EndOfStream) => return Some(Ok(())),
                Ok(Received::WouldBlock) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Reads what smoltcp's socket has.
    pub fn read_theirs(&mut self, into: &mut Vec<u8>) {
        while self.theirs().can_recv() {
            let taken = self.theirs().recv(|octets| (octets.len(), octets.to_vec())).expect("can receive");
            into.extend(taken);
        }
    }

    /// Writes as much of `octets` as our socket takes; returns the rest.
    pub fn write_ours(&mut self, socket: SocketId, mut octets: Bytes) -> Bytes {
        if !octets.is_empty()
            && let Some(taken) = self.ours.send(self.now, socket, &octets).expect("open")
        {
            octets = octets.slice(taken..);
        }
        octets
    }

    /// Writes as much of `octets` as smoltcp's socket takes; returns the rest.
    pub fn write_theirs(&mut self, octets: Bytes) -> Bytes {
        let taken = self.theirs().send_slice(&octets).expect("open");
        octets.slice(taken..)
    }

    /// Runs until `done`, asked after each step.
    ///
    /// Panics: when an hour of simulated time or 100,000 steps do not suffice.
    pub fn run_until(&mut self, mut done: impl FnMut(&mut Self) -> bool) {
        for _ in 0..100_000 {
            self.settle();
            if done(self) {
                // What the callers did is sent before they look.
                self.settle();
                return;
            }
            self.settle();
            let next =
                self.next_moment().unwrap_or_else(|| panic!("nothing happens any more\n{}", self.story()));
            self.now = next;
            assert!(self.now < Instant::from_millis(3_600_000), "an hour has gone\n{}", self.story());
            self.deliver();
            self.ours.handle_timeout(self.now);
        }
        panic!("too many steps\n{}", self.story());
    }

    /// Runs for a while whatever happens.
    pub fn run_for(&mut self, span: Duration) {
        let end = self.now + span;
        loop {
            self.settle();
            match self.next_moment().filter(|next| *next <= end) {
                Some(next) => self.now = next,
                None => break,
            }
            self.deliver();
            self.ours.handle_timeout(self.now);
        }
        self.now = end;
    }

    /// The segments as one line each: what a failing test prints.
    pub fn story(&self) -> String {
        let line = |sent: &Sent| {
            let Segment { seq, ack, flags, window, payload, .. } = &sent.segment;
            let lost = if sent.lost { " lost" } else { "" };
            let from = sent.from;
            format!(
                "{} {from:?} [{flags}] seq {seq} ack {ack} win {window} len {}{lost}\n",
                sent.at,
                payload.len()
            )
        };
        self.log.iter().map(line).collect()
    }

    /// Segments with payload of one side, in the order of sending.
    pub fn data(&self, from: From) -> impl Iterator<Item = &Sent> {
        self.log.iter().filter(move |sent| sent.from == from && !sent.segment.payload.is_empty())
    }

    /// Takes what both hosts have to send now.
    fn settle(&mut self) {
        let outputs: Vec<_> = self.ours.drain_outputs().collect();
        for (socket, output) in outputs {
            match output {
                Output::Segment { segment, retransmission, .. } => {
                    let octets = write(&segment, self.log.len() as u16).expect("short");
                    assert_eq!(parse(&octets).as_ref(), Ok(segment.as_ref()));
                    self.send(From::Us, Rc::unwrap_or_clone(segment), retransmission, octets);
                }
                Output::Event(event) => self.events.push((socket, event)),
                Output::Notice { notice: Notice::RttMeasured { sample, .. }, .. } => {
                    self.round_trips.push(sample)
                }
                Output::Notice { .. } => {}
            }
        }
        self.poll_theirs();
    }

    fn poll_theirs(&mut self) {
        self.interface.poll(instant(self.now), &mut self.device, &mut self.sockets);
        for octets in core::mem::take(&mut self.device.sent) {
            let segment = parse(&octets).expect("smoltcp writes good octets");
            self.send(From::Them, segment, false, octets);
        }
    }

    fn send(&mut self, from: From, segment: Segment, retransmission: bool, octets: Vec<u8>) {
        let mut sent = Sent { at: self.now, from, segment, retransmission, lost: false };
        let nth = self.data(from).count() + usize::from(!sent.segment.payload.is_empty());
        match (self.fate)(&sent, nth) {
            Some(later) => {
                self.wire.insert((self.now + DELAY + later, self.log.len()), (from, octets));
            }
            None => sent.lost = true,
        }
        self.log.push(sent);
    }

    fn next_moment(&mut self) -> Option<Instant> {
        let arrival = self.wire.first_key_value().map(|((at, _), _)| *at);
        let theirs = self.interface.poll_at(instant(self.now), &self.sockets).map(|at| {
            // A deadline that has passed is due at the next tick of the clock.
            Instant::from_micros(at.total_micros().unsigned_abs()).max(self.now + Duration::from_micros(1))
        });
        [arrival, theirs, self.ours.poll_timeout()].into_iter().flatten().min()
    }

    fn deliver(&mut self) {
        while let Some(entry) = self.wire.first_entry().filter(|entry| entry.key().0 <= self.now) {
            let (from, octets) = entry.remove();
            match from {
                From::Us => {
                    self.device.arrived.push_back(octets);
                    self.poll_theirs();
                }
                From::Them => {
                    let segment = parse(&octets).expect("parsed before");
                    self.ours.handle_segment(self.now, &segment);
                }
            }
        }
    }
}

fn instant(at: Instant) -> smoltcp::time::Instant {
    smoltcp::time::Instant::from_micros(i64::try_from(at.as_micros()).expect("within the hour"))
}

/// smoltcp's network card.
#[derive(Default)]
struct Cable {
    arrived: VecDeque<Vec<u8>>,
    sent: Vec<Vec<u8>>,
}

struct Arrived(Vec<u8>);

struct Sending<'a>(&'a mut Vec<Vec<u8>>);

impl Device for Cable {
    type RxToken<'a> = Arrived;
    type TxToken<'a> = Sending<'a>;

    fn receive(&mut self, _: smoltcp::time::Instant) -> Option<(Arrived, Sending<'_>)> {
        let octets = self.arrived.pop_front()?;
        Some((Arrived(octets), Sending(&mut self.sent)))
    }

    fn transmit(&mut self, _: smoltcp::time::Instant) -> Option<Sending<'_>> {
        Some(Sending(&mut self.sent))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ip;
        capabilities.max_transmission_unit = 1500;
        capabilities
    }
}

impl RxToken for Arrived {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, read: F) -> R {
        read(&self.0)
    }
}

impl TxToken for Sending<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, fill: F) -> R {
        let mut octets = vec![0; len];
        let result = fill(&mut octets);
        self.0.push(octets);
        result
    }
}
