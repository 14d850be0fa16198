//! A node's machine as its role sees it: real sockets behind the host of the simulation.

use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::time::Duration as Wall;

use core::net::Ipv4Addr;
use core::num::NonZeroU32;

use bytes::Bytes;
use mio::Interest;
use mio::net::{TcpListener, TcpStream};
use playground_core::event::{Event, Waiting};
use playground_core::node::{Host, Lookup, RoleTimer};
use playground_core::rule::Rule;
use playground_core::tcp::{Call, CallError, Notice, Received, Returned, SocketId, Trigger};
use playground_core::time::{Duration, Instant};
use playground_core::wire::{Endpoint, FourTuple, IcmpMessage};
use socket2::SockRef;

use crate::machine::{Listener, Machine, Socket, Stream, call_error};
use crate::run::System;

pub(crate) struct LiveHost<'r> {
    pub system: &'r mut System,
    pub machine: &'r mut Machine,
    pub node: usize,
}

impl LiveHost<'_> {
    pub fn entry(&mut self, event: Event, rule: Rule) -> u32 {
        self.system.journal.record(self.node, event, rule, &self.system.limits)
    }

    pub fn state(&mut self, socket: SocketId, notice: Notice, rule: Rule) {
        self.entry(Event::Socket { socket, notice }, rule);
    }

    /// Records a call with its result and what it did to the socket, in the order of the simulation.
    fn called(
        &mut self,
        socket: Option<SocketId>,
        call: Call,
        returned: Returned,
        rule: Option<Rule>,
        notices: Vec<(Notice, Rule)>,
    ) {
        let rule = match returned {
            Returned::Failed { .. } => call.rule(&returned),
            _ => rule.unwrap_or_else(|| call.rule(&returned)),
        };
        let descriptor = match (&call, socket) {
            (Call::Listen { .. } | Call::Connect { .. }, Some(socket)) => {
                NonZeroU32::new(self.machine.descriptors.open(socket))
            }
            (_, Some(socket)) => self.machine.descriptors.get(socket),
            (_, None) => self.machine.descriptors.lowest(),
        };
        let reads = matches!(call, Call::Receive { .. } | Call::Accept);
        let before = self.system.journal.cause;
        let entry = self.entry(Event::CallReturned { socket, descriptor, call, returned }, rule);
        self.system.journal.cause = Some(entry);
        if let Some(socket) = socket {
            for (notice, rule) in notices {
                self.notice(socket, notice, rule);
            }
        }
        self.system.journal.cause = if reads { Some(entry) } else { before };
    }

    /// Records a new connection.
    pub fn opened(&mut self, socket: SocketId, tuple: FourTuple, listener: Option<SocketId>) {
        let opened = self.opening(socket, tuple, listener);
        self.notice(socket, opened, if listener.is_some() { Rule::ListenSyn } else { Rule::ActiveOpen });
    }

    fn opening(&mut self, socket: SocketId, tuple: FourTuple, listener: Option<SocketId>) -> Notice {
        let buffers = self.machine.stream(socket).map(|stream| {
            let socket = SockRef::from(&stream.io);
            (socket.send_buffer_size().unwrap_or_default(), socket.recv_buffer_size().unwrap_or_default())
        });
        let (send_capacity, receive_capacity) = buffers.unwrap_or_default();
        Notice::Opened { tuple, listener, send_capacity, receive_capacity }
    }

    /// Takes a socket away from the machine; dropping it closes it.
    fn release(&mut self, socket: SocketId) -> Option<Socket> {
        let taken = self.machine.sockets.remove(&socket)?;
        self.machine.descriptors.close(socket);
        self.machine.waits.remove(&socket);
        self.machine.feeds.retain(|from, to| *from != socket && *to != socket);
        if let Socket::Stream(stream) = &taken {
            self.system.released(stream);
        }
        Some(taken)
    }

    fn try_connect(&mut self, remote: Endpoint) -> Result<SocketId, CallError> {
        let place = self.system.place_of(remote).ok_or(CallError::NetworkUnreachable)?;
        if self.system.open >= self.system.limits.connections {
            return Err(CallError::AddressNotAvailable);
        }
        let mut io = TcpStream::connect(place).map_err(|error| call_error(&error))?;
        let own = io.local_addr().map_err(|error| call_error(&error))?;
        let socket = self.machine.number();
        let token = self.system.token(self.node, socket);
        self.system
            .registry
            .register(&mut io, token, Interest::READABLE | Interest::WRITABLE)
            .map_err(|error| call_error(&error))?;
        let local = Endpoint::new(self.address(), own.port());
        self.system.ends.insert(own, local);
        self.system.open += 1;
        let tuple = FourTuple { local, remote };
        self.machine.sockets.insert(socket, Socket::Stream(Stream::new(io, tuple, false)));
        Ok(socket)
    }

    fn try_listen(&mut self, port: u16) -> Result<SocketId, CallError> {
        let mut last = CallError::AddressInUse;
        let here = Endpoint::new(self.address(), port);
        let again = self.system.places.get(&here).copied();
        for address in again.map_or_else(|| self.system.plan.listening(self.node), |again| vec![again]) {
            let mut io = match TcpListener::bind(address.into()) {
                Ok(io) => io,
                Err(error) => {
                    last = call_error(&error);
                    continue;
                }
            };
            let Ok(std::net::SocketAddr::V4(place)) = io.local_addr() else { continue };
            let socket = self.machine.number();
            let token = self.system.token(self.node, socket);
            self.system
                .registry
                .register(&mut io, token, Interest::READABLE)
                .map_err(|error| call_error(&error))?;
            self.system.places.insert(here, place);
            let listener = Listener { io, is_full: false, queue: Default::default() };
            self.machine.sockets.insert(socket, Socket::Listener(listener));
            return Ok(socket);
        }
        Err(last)
    }

    /// Whether the role has read enough of a connection while the one that it is for takes nothing.
    pub fn is_ahead(&mut self, socket: SocketId) -> bool {
        let target = self.machine.feeds.get(&socket).copied().unwrap_or(socket);
        let blocked = self.machine.stream(target).is_some_and(|target| target.blocked);
        let most = self.system.limits.ahead;
        let Some(stream) = self.machine.stream(socket) else { return false };
        if !blocked {
            stream.ahead = 0;
        }
        stream.held = blocked && stream.ahead >= most;
        stream.held
    }

    fn try_receive(&mut self, socket: SocketId, max: usize) -> Result<Received, CallError> {
        if self.is_ahead(socket) {
            return Ok(Received::WouldBlock);
        }
        let most = self.system.limits.octets;
        let stream = self.machine.stream(socket).ok_or(CallError::BadSocket)?;
        if stream.input_shut || stream.ended && stream.failed.is_none() {
            return Ok(Received::EndOfStream);
        }
        // What has carried too much is looked after in the next round.
        let room = most.saturating_sub(stream.read).min(65_536) as usize;
        if room == 0 && stream.failed.is_none() {
            return Ok(Received::WouldBlock);
        }
        let mut buffer = vec![0; max.min(room.max(1))];
        match stream.io.read(&mut buffer) {
            Ok(0) => match stream.failed.take() {
                Some(error) => Err(error),
                None => {
                    stream.ended = true;
                    Ok(Received::EndOfStream)
                }
            },
            Ok(len) => {
                buffer.truncate(len);
                stream.read += len as u64;
                stream.ahead += len as u64;
                stream.moved = std::time::Instant::now();
                Ok(Received::Octets(buffer.into()))
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
                match stream.failed.take() {
                    Some(error) => Err(error),
                    None => Ok(Received::WouldBlock),
                }
            }
            Err(error) => Err(call_error(&error)),
        }
    }

    fn try_send(&mut self, socket: SocketId, octets: &Bytes) -> Result<usize, CallError> {
        let most = self.system.limits.octets;
        let stream = self.machine.stream(socket).ok_or(CallError::BadSocket)?;
        if stream.opening {
            return Err(CallError::NotConnected);
        }
        let mut taken = 0;
        let most = octets.len().min(usize::try_from(most - stream.written.min(most)).unwrap_or(usize::MAX));
        while taken < most {
            match stream.io.write(&octets[taken..most]) {
                Ok(len) => taken += len,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) if taken > 0 => break,
                Err(error) => return Err(call_error(&error)),
            }
        }
        stream.blocked = taken < octets.len();
        stream.written += taken as u64;
        if taken > 0 {
            stream.moved = std::time::Instant::now();
            stream.answered = stream.moved;
        }
        Ok(taken)
    }

    fn half_close(&mut self, socket: SocketId, how: Shutdown) -> Returned {
        let result = match self.machine.stream(socket) {
            Some(stream) => stream.io.shutdown(how).map_err(|error| call_error(&error)),
            None => Err(CallError::BadSocket),
        };
        result.map_or_else(|error| Returned::Failed { error }, |()| Returned::Done)
    }

    fn close_by(&mut self, socket: SocketId, call: Call, rule: Rule) {
        if !self.machine.sockets.contains_key(&socket) {
            let returned = Returned::Failed { error: CallError::BadSocket };
            self.called(Some(socket), call, returned, Some(rule), Vec::new());
            return;
        }
        if call == Call::Abort {
            self.follow(socket, Trigger::SendReset, rule);
        }
        self.called(Some(socket), call, Returned::Done, Some(rule), vec![(Notice::Released, rule)]);
        drop(self.release(socket));
    }
}

impl Host for LiveHost<'_> {
    fn now(&self) -> Instant {
        self.system.journal.now()
    }

    fn listen(&mut self, port: u16) -> Result<SocketId, CallError> {
        let result = self.try_listen(port);
        let returned = result.map_or_else(|error| Returned::Failed { error }, |_| Returned::Done);
        let notices = vec![(Notice::Listening { port }, Rule::PassiveOpen)];
        self.called(result.ok(), Call::Listen { port }, returned, None, notices);
        result
    }

    fn connect_to(&mut self, remote: Endpoint) -> Result<SocketId, CallError> {
        let result = self.try_connect(remote);
        let returned = result.map_or_else(|error| Returned::Failed { error }, |_| Returned::InProgress);
        let notices = match result {
            Ok(socket) => {
                let tuple = self.machine.stream(socket).map(|stream| stream.tuple);
                tuple.map(|tuple| (self.opening(socket, tuple, None), Rule::ActiveOpen)).into_iter().collect()
            }
            Err(_) => Vec::new(),
        };
        self.called(result.ok(), Call::Connect { remote }, returned, None, notices);
        result
    }

    fn accept(&mut self, listener: SocketId) -> Option<SocketId> {
        let Some(Socket::Listener(queue)) = self.machine.sockets.get_mut(&listener) else { return None };
        let socket = queue.queue.pop_front()?;
        let descriptor = self.machine.descriptors.open(socket);
        let returned = Returned::Socket { socket, descriptor };
        self.called(Some(listener), Call::Accept, returned, None, Vec::new());
        Some(socket)
    }

    fn send(&mut self, socket: SocketId, octets: Bytes) -> Result<usize, CallError> {
        let result = self.try_send(socket, &octets);
        let returned = match result {
            Ok(0) if !octets.is_empty() => Returned::WouldBlock,
            Ok(len) => Returned::Sent { len },
            Err(error) => Returned::Failed { error },
        };
        let written = self.written(socket);
        let notices = match result {
            Ok(len) if len > 0 => {
                vec![(Notice::BytesQueued { range: written - len as u64..written }, Rule::SendCall)]
            }
            _ => Vec::new(),
        };
        self.called(Some(socket), Call::Send { octets }, returned, None, notices);
        result
    }

    fn receive(&mut self, socket: SocketId, max: usize) -> Result<Received, CallError> {
        let result = self.try_receive(socket, max);
        let read = self.machine.stream(socket).map_or(0, |stream| stream.read);
        let shut = self.machine.stream(socket).is_some_and(|stream| stream.input_shut);
        let (returned, rule, notices) = match result.clone() {
            Ok(Received::WouldBlock) => return result,
            Ok(Received::Octets(octets)) => {
                let range = read - octets.len() as u64..read;
                let read = vec![
                    (Notice::BytesReceived { range: range.clone() }, Rule::ReceiveCall),
                    (Notice::BytesRead { range }, Rule::ReceiveCall),
                ];
                (Returned::Received { octets: Box::new(octets) }, None, read)
            }
            Ok(Received::EndOfStream) if shut => (Returned::EndOfStream, Some(Rule::InputClosed), Vec::new()),
            Ok(Received::EndOfStream) => {
                (Returned::EndOfStream, None, vec![(Notice::EndReceived { at: read }, Rule::FinReceived)])
            }
            Err(error) => (Returned::Failed { error }, None, vec![(Notice::Errored { error }, error.rule())]),
        };
        self.called(Some(socket), Call::Receive { max }, returned, rule, notices);
        result
    }

    fn shutdown(&mut self, socket: SocketId, rule: Rule) {
        let returned = self.half_close(socket, Shutdown::Write);
        let is_done = returned == Returned::Done;
        self.called(Some(socket), Call::Shutdown, returned, Some(rule), Vec::new());
        if is_done {
            self.follow(socket, Trigger::Close, rule);
        }
    }

    fn shutdown_input(&mut self, socket: SocketId, rule: Rule) {
        let returned = self.half_close(socket, Shutdown::Read);
        if let Some(stream) = self.machine.stream(socket) {
            stream.input_shut = true;
        }
        self.called(Some(socket), Call::ShutdownInput, returned, Some(rule), Vec::new());
    }

    fn close(&mut self, socket: SocketId, rule: Rule) {
        self.close_by(socket, Call::Close, rule);
    }

    fn abort(&mut self, socket: SocketId, rule: Rule) {
        if let Some(stream) = self.machine.stream(socket) {
            // Closing then sends RST. A socket that takes no option any more is closed already.
            let _ = SockRef::from(&stream.io).set_linger(Some(Wall::ZERO));
        }
        self.close_by(socket, Call::Abort, rule);
    }

    fn set_no_delay(&mut self, socket: SocketId, on: bool) {
        let result = match self.machine.stream(socket) {
            Some(stream) => stream.io.set_nodelay(on).map_err(|error| call_error(&error)),
            None => Err(CallError::BadSocket),
        };
        let returned = result.map_or_else(|error| Returned::Failed { error }, |()| Returned::Done);
        self.called(Some(socket), Call::SetNoDelay { on }, returned, None, Vec::new());
    }

    // The plan leaves out what a person types and what sends datagrams.
    fn blocking_call(&mut self, _: Option<SocketId>, _: Call, _: Option<usize>) -> Result<Returned, usize> {
        Ok(Returned::Failed { error: CallError::InvalidArgument })
    }

    fn call_at_once(&mut self, _: SocketId, _: Call) -> Returned {
        Returned::Failed { error: CallError::InvalidArgument }
    }

    fn socket_of(&self, _: u32) -> Option<SocketId> {
        None
    }

    fn call_returned(&mut self, socket: SocketId, call: Call, returned: Returned) {
        self.called(Some(socket), call, returned, None, Vec::new());
    }

    fn lingers(&self, _: SocketId) -> Option<u32> {
        None
    }

    fn set_timer(&mut self, timer: RoleTimer, after: Duration, rule: Rule) {
        let expires_at = self.now() + after;
        let event = Event::TimerStarted { socket: timer.socket, purpose: timer.purpose, expires_at };
        let entry = self.entry(event, rule);
        self.machine.timers.start(timer, expires_at, entry, rule);
    }

    fn stop_timer(&mut self, timer: RoleTimer, rule: Rule) {
        if self.machine.timers.stop(timer) {
            self.entry(Event::TimerStopped { socket: timer.socket, purpose: timer.purpose }, rule);
        }
    }

    fn record(&mut self, event: Event, rule: Rule) {
        match &event {
            Event::WaitingChanged { socket, waiting } => {
                let now = self.now();
                match self.machine.waits.get(socket) {
                    Some((known, _)) if known == waiting => return,
                    _ if *waiting == Waiting::Nothing => self.machine.waits.remove(socket),
                    _ => self.machine.waits.insert(*socket, (*waiting, now)),
                };
            }
            Event::BytesRelayed { from, to, .. } | Event::HeadersRewritten { from, to, .. } => {
                self.machine.feeds.insert(*from, *to);
            }
            _ => {}
        }
        let leads_on = event.leads_on();
        let entry = self.entry(event, rule);
        if leads_on {
            self.system.journal.cause = Some(entry);
        }
    }

    fn resolve(&self, name: &str) -> Option<Ipv4Addr> {
        self.system.plan.scenario.nodes.iter().find(|node| node.name == name).map(|node| node.address)
    }

    fn remote(&self, socket: SocketId) -> Option<Endpoint> {
        self.machine.remote(socket)
    }

    fn written(&self, socket: SocketId) -> u64 {
        match self.machine.sockets.get(&socket) {
            Some(Socket::Stream(stream)) => stream.written,
            _ => 0,
        }
    }

    fn address(&self) -> Ipv4Addr {
        self.system.plan.scenario.nodes[self.node].address
    }

    fn set_address(&mut self, _: Ipv4Addr) {}

    fn hardware(&self) -> [u8; 6] {
        [0; 6]
    }

    fn random(&mut self) -> u32 {
        self.system.rng.next_u32()
    }

    fn bind(&mut self, _: u16) -> Option<u16> {
        None
    }

    fn unbind(&mut self, _: u16) {}

    fn send_to(&mut self, _: u16, _: Endpoint, _: Bytes, _: Rule) -> bool {
        false
    }

    fn send_icmp(&mut self, _: Ipv4Addr, _: &IcmpMessage, _: Rule) -> bool {
        false
    }

    fn lookup(&mut self, node: &str, _: &str) -> Lookup {
        self.resolve(node).map_or(Lookup::Failed(CallError::NetworkUnreachable.into()), Lookup::Address)
    }
}
