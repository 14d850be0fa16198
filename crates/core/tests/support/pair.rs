//! Two stacks over a fake link: time jumps to the next arrival or deadline, and every segment is written
//! down as a line.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::rc::Rc;

use bytes::Bytes;
use playground_core::event::{Entry, Event, HopId, NodeId, PacketId};
use playground_core::tcp::{
    CallError, Notice, Output, Profile, Received, SocketEvent, SocketId, Stack, State, TRANSITIONS,
    Transition,
};
use playground_core::time::{Duration, Instant};
use playground_core::trace::World;
use playground_core::wire::{Endpoint, Packet, Segment, SeqNum};

use super::wire::{End, Fate, Wire, edge};

type Fates = Box<dyn FnMut(&Wire) -> Fate>;

/// Two stacks and the link between them.
pub struct Pair {
    /// The time.
    pub now: Instant,
    /// One-way delay.
    pub delay: Duration,
    a: Stack,
    b: Stack,
    fates: Fates,
    under_way: Vec<(Instant, u64, End, Segment)>,
    order: u64,
    /// Everything sent.
    pub wires: Vec<Wire>,
    /// Events for users, in order.
    pub events: VecDeque<(End, SocketId, SocketEvent)>,
    /// Every notice, in order.
    pub notices: Vec<(Instant, End, Option<SocketId>, Notice, &'static str)>,
    /// The world as a trace of this would show it.
    pub world: World,
    first: BTreeMap<(Endpoint, Endpoint), SeqNum>,
}

/// Both stacks' sockets of one open connection.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// A's socket.
    pub a: SocketId,
    /// B's socket.
    pub b: SocketId,
    /// B's listening socket.
    pub listener: SocketId,
}

impl Pair {
    /// Two stacks, one-way delay 50 ms.
    pub fn new(a: Profile, b: Profile) -> Self {
        Self {
            now: Instant::ZERO,
            delay: Duration::from_millis(50),
            a: Stack::new(End::A.address().into(), a, 1),
            b: Stack::new(End::B.address().into(), b, 2),
            fates: Box::new(|_| Fate::Arrives),
            under_way: Vec::new(),
            order: 0,
            wires: Vec::new(),
            events: VecDeque::new(),
            notices: Vec::new(),
            world: World::new(2),
            first: BTreeMap::new(),
        }
    }

    /// Two stacks of the same profile.
    pub fn of(profile: Profile) -> Self {
        Self::new(profile.clone(), profile)
    }

    /// Another one-way delay.
    pub fn with_delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// From now on, what becomes of each segment.
    pub fn fate(&mut self, fates: impl FnMut(&Wire) -> Fate + 'static) {
        self.fates = Box::new(fates);
    }

    /// One of the stacks.
    pub fn stack(&self, end: End) -> &Stack {
        match end {
            End::A => &self.a,
            End::B => &self.b,
        }
    }

    fn stack_mut(&mut self, end: End) -> &mut Stack {
        match end {
            End::A => &mut self.a,
            End::B => &mut self.b,
        }
    }

    /// B listens on port 80, A connects, the handshake is done and accepted.
    pub fn open(&mut self) -> Opened {
        let listener = self.listen(80, 128);
        let a = self.connect().expect("a port is free");
        self.run_for(self.delay + self.delay + self.delay);
        let b = self.accept(listener).expect("the handshake is over");
        Opened { a, b, listener }
    }

    /// B listens.
    pub fn listen(&mut self, port: u16, backlog: usize) -> SocketId {
        let listener = self.b.listen(port, backlog).expect("the port is free");
        self.collect(End::B);
        listener
    }

    /// A stack of the caller's choice listens.
    pub fn listen_at(&mut self, end: End, port: u16) -> SocketId {
        let listener = self.stack_mut(end).listen(port, 128).expect("the port is free");
        self.collect(end);
        listener
    }

    /// A connects to B's port 80.
    pub fn connect(&mut self) -> Result<SocketId, CallError> {
        let (now, remote) = (self.now, Endpoint::new(End::B.address().into(), 80));
        let socket = self.a.connect(now, remote);
        self.collect(End::A);
        socket
    }

    /// Connects `end` from a port to a port of the other one.
    pub fn connect_from(&mut self, end: End, from: u16, to: u16) -> Result<SocketId, CallError> {
        let (now, remote) = (self.now, Endpoint::new(end.other().address().into(), to));
        let socket = self.stack_mut(end).connect_from(now, from, remote);
        self.collect(end);
        socket
    }

    /// Connects a socket of `end` to a port of the other one.
    pub fn connect_on(&mut self, end: End, socket: SocketId, to: u16) {
        let remote = Endpoint::new(end.other().address().into(), to);
        self.set_options(end, |stack, now| stack.connect_on(now, socket, remote));
    }

    /// A connects to another port of B.
    pub fn connect_to(&mut self, port: u16) -> Result<SocketId, CallError> {
        let (now, remote) = (self.now, Endpoint::new(End::B.address().into(), port));
        let socket = self.a.connect(now, remote);
        self.collect(End::A);
        socket
    }

    /// A connects to an address of the caller's choice.
    pub fn connect_to_address(&mut self, address: [u8; 4]) -> Result<SocketId, CallError> {
        let now = self.now;
        let socket = self.a.connect(now, Endpoint::new(address.into(), 80));
        self.collect(End::A);
        socket
    }

    /// Takes a finished connection of B.
    pub fn accept(&mut self, listener: SocketId) -> Option<SocketId> {
        self.b.accept(listener)
    }

    /// Writes; how many octets were taken, or `None` when the call would block.
    pub fn send(&mut self, end: End, socket: SocketId, octets: &[u8]) -> Result<Option<usize>, CallError> {
        let (now, octets) = (self.now, Bytes::copy_from_slice(octets));
        let taken = self.stack_mut(end).send(now, socket, &octets);
        self.collect(end);
        taken
    }

    /// Writes `len` octets of a pattern; all must be taken.
    pub fn write(&mut self, end: End, socket: SocketId, len: usize) {
        let octets: Vec<u8> = (0..len).map(|index| (index % 251) as u8).collect();
        assert_eq!(self.send(end, socket, &octets), Ok(Some(len)));
    }

    /// Reads once.
    pub fn receive(&mut self, end: End, socket: SocketId) -> Result<Received, CallError> {
        self.receive_at_most(end, socket, usize::MAX)
    }

    /// Reads once, at most so many octets.
    pub fn receive_at_most(&mut self, end: End, socket: SocketId, max: usize) -> Result<Received, CallError> {
        let now = self.now;
        let received = self.stack_mut(end).receive(now, socket, max);
        self.collect(end);
        received
    }

    /// Reads everything that is there, as octets.
    pub fn read(&mut self, end: End, socket: SocketId) -> Vec<u8> {
        let mut all = Vec::new();
        while let Ok(Received::Octets(octets)) = self.receive(end, socket) {
            all.extend_from_slice(&octets);
        }
        all
    }

    /// Reads everything that is there: how many octets, and no error consumed.
    pub fn read_some(&mut self, end: End, socket: SocketId) -> usize {
        let mut len = 0;
        while self.stack(end).connection(socket).is_some_and(|connection| connection.unread() > 0) {
            match self.receive(end, socket) {
                Ok(Received::Octets(octets)) => len += octets.len(),
                _ => return len,
            }
        }
        len
    }

    /// The machine at `end` restarts: nothing is left of its sockets.
    pub fn forget(&mut self, end: End) {
        let stack = self.stack_mut(end);
        *stack = Stack::new(end.address().into(), stack.profile().clone(), 3);
    }

    /// Half-closes.
    pub fn shutdown(&mut self, end: End, socket: SocketId) -> Result<(), CallError> {
        let now = self.now;
        let done = self.stack_mut(end).shutdown(now, socket);
        self.collect(end);
        done
    }

    /// Closes.
    pub fn close(&mut self, end: End, socket: SocketId) {
        let now = self.now;
        self.stack_mut(end).close(now, socket).expect("the socket is open");
        self.collect(end);
    }

    /// Aborts.
    pub fn abort(&mut self, end: End, socket: SocketId) {
        let now = self.now;
        self.stack_mut(end).abort(now, socket).expect("the socket is open");
        self.collect(end);
    }

    /// TCP_NODELAY on.
    pub fn no_delay(&mut self, end: End, socket: SocketId) {
        let now = self.now;
        self.stack_mut(end).set_no_delay(now, socket, true).expect("the socket is open");
        self.collect(end);
    }

    /// Sets options of a socket of `end`; all must be taken.
    pub fn set_options(&mut self, end: End, set: impl FnOnce(&mut Stack, Instant) -> Result<(), CallError>) {
        let now = self.now;
        set(self.stack_mut(end), now).expect("the option is taken");
        self.collect(end);
    }

    /// The state of a connection; CLOSED once it is gone.
    pub fn state(&self, end: End, socket: SocketId) -> State {
        self.stack(end).connection(socket).map_or(State::Closed, |connection| connection.state())
    }

    /// Hands a template to `end` as if its peer had sent it: numbers count from both SYNs.
    pub fn inject(&mut self, end: End, socket: SocketId, mut segment: Segment) {
        let tuple = self.stack(end).connection(socket).expect("it exists").tuple();
        segment.source = tuple.remote;
        segment.destination = tuple.local;
        let theirs = self.first.get(&(tuple.remote, tuple.local)).copied().unwrap_or_default();
        let ours = self.first.get(&(tuple.local, tuple.remote)).copied().unwrap_or_default();
        segment.seq = theirs + segment.seq.0;
        segment.ack = if segment.flags.is_ack() { ours + segment.ack.0 } else { SeqNum(0) };
        self.inject_raw(end, &segment);
    }

    /// Hands a template to a port of `end`, from port 5000 of its peer; the numbers stay as they are.
    pub fn inject_at_port(&mut self, end: End, port: u16, mut segment: Segment) {
        segment.source = Endpoint::new(end.other().address().into(), 5000);
        segment.destination = Endpoint::new(end.address().into(), port);
        self.inject_raw(end, &segment);
    }

    /// Hands a segment to `end` as it is.
    pub fn inject_raw(&mut self, end: End, segment: &Segment) {
        let now = self.now;
        self.stack_mut(end).handle_segment(now, segment);
        self.collect(end);
    }

    /// A router tells `end` that its segment `seq` could not be delivered; numbers count from its SYN.
    pub fn unreachable(&mut self, end: End, socket: SocketId, seq: u32, error: CallError) {
        let tuple = self.stack(end).connection(socket).expect("it exists").tuple();
        let seq = self.first_number(end, socket) + seq;
        self.stack_mut(end).handle_unreachable(tuple, seq, error);
        self.collect(end);
    }

    /// The next arrival or deadline.
    pub fn next_at(&mut self) -> Option<Instant> {
        let arrival = self.under_way.iter().map(|(at, ..)| *at).min();
        [arrival, self.a.poll_timeout(), self.b.poll_timeout()].into_iter().flatten().min()
    }

    /// Jumps to the next arrival or deadline and handles it; false when there is none.
    pub fn step(&mut self) -> bool {
        let Some(next) = self.next_at() else { return false };
        self.now = self.now.max(next);
        let due = self.under_way.iter().enumerate().min_by_key(|(_, (at, order, ..))| (*at, *order));
        if let Some((index, (at, ..))) = due
            && *at <= self.now
        {
            let (_, _, to, segment) = self.under_way.remove(index);
            self.inject_raw(to, &segment);
            return true;
        }
        for end in [End::A, End::B] {
            let now = self.now;
            if self.stack_mut(end).poll_timeout().is_some_and(|at| at <= now) {
                self.stack_mut(end).handle_timeout(now);
                self.collect(end);
            }
        }
        true
    }

    /// Lets everything happen that is due within `span`, and ends up at its end.
    pub fn run_for(&mut self, span: Duration) {
        let until = self.now + span;
        let mut steps = 0;
        while self.next_at().is_some_and(|at| at <= until) {
            self.step();
            steps += 1;
            assert!(steps < 100_000, "it goes on for ever");
        }
        self.now = until;
    }

    /// Loses every segment that is under way, and whatever is sent from now on.
    pub fn cut(&mut self) {
        self.under_way.clear();
        self.fate(|_| Fate::Lost);
    }

    /// Runs until nothing is under way and no timer runs.
    pub fn run_to_rest(&mut self) {
        let mut steps = 0;
        while self.step() {
            steps += 1;
            assert!(steps < 100_000, "it goes on for ever");
        }
    }

    /// What was sent since the last call.
    pub fn take_wires(&mut self) -> Vec<Wire> {
        std::mem::take(&mut self.wires)
    }

    /// What was sent since the last call, a line each: `0.050000 B > A [S.] seq 0 ack 1 len 0`.
    pub fn lines(&mut self) -> String {
        let mut text = String::new();
        for wire in self.take_wires() {
            let _ = writeln!(text, "{wire}");
        }
        text
    }

    /// The edges of the table that were walked.
    pub fn edges(&self) -> Vec<&'static Transition> {
        self.notices.iter().filter_map(|(.., notice, _)| edge(notice)).collect()
    }

    /// The initial sequence number of a connection.
    pub fn first_number(&self, end: End, socket: SocketId) -> SeqNum {
        let tuple = self.stack(end).connection(socket).expect("it exists").tuple();
        self.first[&(tuple.local, tuple.remote)]
    }

    /// The states that a socket went through.
    pub fn states_of(&self, end: End, socket: SocketId) -> Vec<State> {
        self.notices
            .iter()
            .filter(|(_, at, of, ..)| *at == end && *of == Some(socket))
            .filter_map(|(.., notice, _)| edge(notice).map(|edge| edge.to))
            .collect()
    }

    /// The events of one end, in order.
    pub fn events_of(&mut self, end: End) -> Vec<SocketEvent> {
        let (own, rest) = self.events.drain(..).partition(|(of, ..)| *of == end);
        self.events = rest;
        let own: VecDeque<(End, SocketId, SocketEvent)> = own;
        own.into_iter().map(|(.., event)| event).collect()
    }

    fn collect(&mut self, end: End) {
        let outputs: Vec<_> = self.stack_mut(end).drain_outputs().collect();
        for (socket, output) in outputs {
            match output {
                Output::Segment { segment, rule, retransmission } => {
                    self.enter(end, socket, Some((&segment, retransmission)), None, rule);
                    self.transmit(end, Rc::unwrap_or_clone(segment), rule.key(), retransmission);
                }
                Output::Notice { notice, rule } => {
                    if let Notice::StateChanged { .. } = notice {
                        assert!(edge(&notice).is_some(), "{notice:?} is no edge of the table");
                    }
                    self.enter(end, socket, None, Some(&notice), rule);
                    self.notices.push((self.now, end, socket, notice, rule.key()));
                }
                Output::Event(event) => {
                    if let Some(socket) = socket {
                        self.events.push_back((end, socket, event));
                    }
                }
            }
        }
    }

    /// Folds it into the world, as the trace's reader does.
    fn enter(
        &mut self,
        end: End,
        socket: Option<SocketId>,
        segment: Option<(&Segment, bool)>,
        notice: Option<&Notice>,
        rule: playground_core::rule::Rule,
    ) {
        let event = match (segment, notice, socket) {
            (Some((segment, retransmission)), ..) => Event::PacketSent {
                id: PacketId(self.world.applied),
                hop: HopId(0),
                to: NodeId(end.other() as u16),
                socket,
                packet: Packet::Segment(Rc::new(segment.clone())),
                retransmission,
                departs: self.now,
                arrives: self.now,
            },
            (_, Some(notice), Some(socket)) => Event::Socket { socket, notice: notice.clone() },
            _ => return,
        };
        let (index, at, node) = (self.world.applied, self.now, NodeId(end as u16));
        self.world.apply(&Entry { index, at, node, event, cause: None, rule });
    }

    fn transmit(&mut self, from: End, segment: Segment, rule: &'static str, again: bool) {
        let (source, destination) = (segment.source, segment.destination);
        if segment.flags.is_syn() {
            self.first.insert((source, destination), segment.seq);
        }
        let relative =
            |number: SeqNum, first: Option<&SeqNum>| number.0.wrapping_sub(first.map_or(0, |first| first.0));
        let wire = Wire {
            at: self.now,
            from,
            flags: segment.flags,
            seq: relative(segment.seq, self.first.get(&(source, destination))),
            ack: match segment.flags.is_ack() {
                true => relative(segment.ack, self.first.get(&(destination, source))),
                false => 0,
            },
            len: segment.payload.len(),
            window: segment.window,
            again,
            rule,
        };
        let arrives = self.now + self.delay;
        let to = from.other();
        let copies = match (self.fates)(&wire) {
            Fate::Lost => vec![],
            Fate::Arrives => vec![arrives],
            Fate::Late(by) => vec![arrives + by],
            Fate::Twice => vec![arrives, arrives],
        };
        for at in copies {
            self.under_way.push((at, self.order, to, segment.clone()));
            self.order += 1;
        }
        self.wires.push(wire);
    }
}
