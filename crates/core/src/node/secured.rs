//! TLS between an application and its sockets: its octets are sealed into records and opened from them.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use core::net::Ipv4Addr;
use core::ops::Range;

use bytes::Bytes;

use super::{Host, Input, InputEnd, Lookup, READ_SIZE, Role, RoleTimer, TlsSpec};
use crate::event::{Event, Waiting};
use crate::rule::Rule;
use crate::tcp::{Call, CallError, Received, Returned, SocketId};
use crate::time::{Duration, Instant};
use crate::tls::{TlsEnd, TlsVersion};
use crate::wire::{Endpoint, IcmpMessage};

/// A connection with TLS on it.
#[derive(Debug)]
struct Session {
    end: TlsEnd,
    started_at: Instant,
    is_client: bool,
    /// Records that the send buffer had no room for.
    unsent: VecDeque<Bytes>,
    /// The peer's octets, opened but not read yet.
    unread: Vec<u8>,
    /// How the application ended its output while records were still unsent.
    ending: Option<Ending>,
    /// The application's octets written so far.
    written: u64,
    /// Where records end: in the plaintext, and in the TCP stream.
    record_ends: Vec<(u64, u64)>,
    closed: bool,
    peer_closed: bool,
    /// What the application waits for once the handshake is complete.
    then: Option<(Waiting, Rule)>,
}

impl Session {
    /// The rule of its handshake, as far as the version is known.
    fn rule(&self) -> Rule {
        match self.end.version() {
            TlsVersion::Tls13 => Rule::Tls13Handshake,
            TlsVersion::Tls12 => Rule::Tls12Handshake,
        }
    }

    /// Opens the records in received octets. Returns whether they completed the handshake; none when they are not TLS.
    fn open_records(&mut self, octets: &[u8]) -> Option<bool> {
        let input = self.end.receive(octets).ok()?;
        if !input.reply.is_empty() {
            self.unsent.push_back(input.reply.into());
        }
        self.peer_closed |= input.closed;
        for (plain, consumed) in input.plaintext {
            let before = self.record_ends.last().map_or(0, |(plain, _)| *plain);
            self.record_ends.push((before + plain.len() as u64, consumed));
            self.unread.extend(plain);
        }
        Some(input.opened)
    }
}

/// How the application ends its output, and why.
#[derive(Clone, Copy, Debug)]
enum Ending {
    Shutdown(Rule),
    Close(Rule),
}

impl Ending {
    fn call(self, socket: SocketId, host: &mut dyn Host) {
        match self {
            Self::Shutdown(rule) => host.shutdown(socket, rule),
            Self::Close(rule) => host.close(socket, rule),
        }
    }
}

/// An application behind TLS.
#[derive(Debug)]
pub(crate) struct Secured {
    inner: Box<dyn Role>,
    sockets: Sockets,
}

#[derive(Debug)]
struct Sockets {
    spec: TlsSpec,
    sessions: BTreeMap<SocketId, Session>,
}

impl Secured {
    pub(crate) fn new(inner: Box<dyn Role>, spec: TlsSpec) -> Self {
        Self { inner, sockets: Sockets { spec, sessions: BTreeMap::default() } }
    }

    fn tell(&mut self, input: Input, host: &mut dyn Host) {
        self.inner.handle(input, &mut SecuredHost { sockets: &mut self.sockets, host });
    }
}

impl Role for Secured {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Connected(socket) => self.sockets.start(socket, host),
            Input::Readable(socket) if self.sockets.is_opening(socket) => {
                match self.sockets.take(socket, host) {
                    Taken::Opened { is_client } => {
                        if is_client {
                            self.tell(Input::Connected(socket), host);
                        }
                        self.tell(Input::Readable(socket), host);
                    }
                    Taken::Over(error) if self.sockets.is_client(socket) => {
                        self.tell(Input::ConnectFailed(socket, error), host);
                    }
                    Taken::Over(_) => self.tell(Input::Readable(socket), host),
                    Taken::Nothing => {}
                }
            }
            Input::Writable(socket) => {
                if self.sockets.flush(socket, host) {
                    self.tell(Input::Writable(socket), host);
                }
            }
            other => {
                if let Input::Failed(socket, _) = &other {
                    self.sockets.failed(*socket, host);
                }
                self.tell(other, host);
            }
        }
    }
}

enum Taken {
    /// The handshake is not complete.
    Nothing,
    /// It is complete.
    Opened { is_client: bool },
    /// The connection ended before.
    Over(CallError),
}

impl Sockets {
    fn open(&mut self, socket: SocketId, is_client: bool, host: &mut dyn Host) {
        let chance = u64::from(host.random()) << 32 | u64::from(host.random());
        let end = match is_client {
            true => TlsEnd::client(self.spec.version, self.spec.resumes, chance),
            false => TlsEnd::server(self.spec.version, chance),
        };
        let session = Session {
            end,
            started_at: host.now(),
            is_client,
            unsent: VecDeque::new(),
            ending: None,
            unread: Vec::new(),
            written: 0,
            record_ends: Vec::new(),
            closed: false,
            peer_closed: false,
            then: None,
        };
        self.sessions.insert(socket, session);
    }

    fn start(&mut self, socket: SocketId, host: &mut dyn Host) {
        self.open(socket, true, host);
        let name = self.spec.server_name.clone();
        let Some(session) = self.sessions.get_mut(&socket) else { return };
        let hello = session.end.start(name.as_deref());
        session.unsent.push_back(hello.into());
        host.wait_for(socket, Waiting::TlsHandshake, session.rule());
        self.flush(socket, host);
    }

    fn is_opening(&self, socket: SocketId) -> bool {
        self.sessions.get(&socket).is_some_and(|session| !session.end.is_open())
    }

    fn is_client(&self, socket: SocketId) -> bool {
        self.sessions.get(&socket).is_some_and(|session| session.is_client)
    }

    /// Writes unsent records; returns whether none is left.
    fn flush(&mut self, socket: SocketId, host: &mut dyn Host) -> bool {
        let Some(session) = self.sessions.get_mut(&socket) else { return true };
        // A connection that has failed tells the application when it reads.
        let _ = host.send_queued(socket, &mut session.unsent);
        let is_empty = session.unsent.is_empty();
        if is_empty && let Some(ending) = session.ending.take() {
            ending.call(socket, host);
        }
        is_empty
    }

    /// Reads the stream and opens records.
    fn take(&mut self, socket: SocketId, host: &mut dyn Host) -> Taken {
        let mut taken = Taken::Nothing;
        let end = host.read_available(socket, |octets, host| {
            taken = self.handshake(socket, &octets, host);
            matches!(taken, Taken::Nothing)
        });
        match end {
            None => taken,
            Some(InputEnd::EndOfStream) => Taken::Over(CallError::ConnectionReset),
            Some(InputEnd::Failed(error)) => Taken::Over(error),
        }
    }

    fn handshake(&mut self, socket: SocketId, octets: &[u8], host: &mut dyn Host) -> Taken {
        let Some(session) = self.sessions.get_mut(&socket) else { return Taken::Nothing };
        let Some(opened) = session.open_records(octets) else {
            return Taken::Over(CallError::ConnectionReset);
        };
        let is_client = session.is_client;
        let started_at = session.started_at;
        let (version, resumed, rule) = (session.end.version(), session.end.is_resumed(), session.rule());
        let then = if opened { session.then.take() } else { None };
        self.flush(socket, host);
        if !opened {
            return Taken::Nothing;
        }
        let event = Event::TlsOpened { socket, version, resumed, started_at };
        host.record(event, rule);
        if let Some((waiting, rule)) = then {
            host.wait_for(socket, waiting, rule);
        }
        Taken::Opened { is_client }
    }

    fn receive(&mut self, socket: SocketId, max: usize, host: &mut dyn Host) -> Result<Received, CallError> {
        loop {
            let Some(session) = self.sessions.get_mut(&socket) else { return host.receive(socket, max) };
            if !session.unread.is_empty() {
                let len = max.min(session.unread.len());
                let octets: Vec<u8> = session.unread.drain(..len).collect();
                return Ok(Received::Octets(octets.into()));
            }
            if session.peer_closed {
                // close_notify is the end of the application's octets; the FIN follows it.
                return host.receive(socket, max).map(|received| match received {
                    Received::Octets(_) => Received::EndOfStream,
                    other => other,
                });
            }
            let octets = match host.receive(socket, READ_SIZE)? {
                Received::Octets(octets) => octets,
                other => return Ok(other),
            };
            let Some(session) = self.sessions.get_mut(&socket) else { return Ok(Received::WouldBlock) };
            if session.open_records(&octets).is_none() {
                return Err(CallError::ConnectionReset);
            }
            self.flush(socket, host);
        }
    }

    fn send(&mut self, socket: SocketId, octets: Bytes, host: &mut dyn Host) -> Result<usize, CallError> {
        let Some(session) = self.sessions.get_mut(&socket) else { return host.send(socket, octets) };
        if !session.unsent.is_empty() {
            return Ok(0);
        }
        let sealed = session.end.seal(&octets);
        session.written += octets.len() as u64;
        session.unsent.push_back(sealed.into());
        // Unsent records wait here: a sealed record already has its sequence number.
        host.send_queued(socket, &mut session.unsent)?;
        Ok(octets.len())
    }

    /// Sends close_notify before the output closes, unless the peer has closed already.
    fn say_goodbye(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(session) = self.sessions.get_mut(&socket) else { return };
        if session.end.is_open() && !session.closed && !session.peer_closed {
            session.closed = true;
            let alert = session.end.close();
            session.unsent.push_back(alert.into());
            self.flush(socket, host);
        }
    }

    /// Closes once the unsent records are written, as TCP itself does with octets.
    fn end(&mut self, socket: SocketId, ending: Ending, host: &mut dyn Host) {
        self.say_goodbye(socket, host);
        match self.sessions.get_mut(&socket) {
            Some(session) if !session.unsent.is_empty() => session.ending = Some(ending),
            _ => ending.call(socket, host),
        }
    }

    /// The connection has failed: unsent records are dropped.
    fn failed(&mut self, socket: SocketId, host: &mut dyn Host) {
        let ending = self.sessions.get_mut(&socket).and_then(|session| {
            session.unsent.clear();
            session.ending.take()
        });
        if let Some(ending) = ending {
            ending.call(socket, host);
        }
    }

    /// A range of the peer's application's octets as the range of the stream that brought them.
    fn on_the_wire(&self, socket: SocketId, range: &Range<u64>) -> Range<u64> {
        let Some(session) = self.sessions.get(&socket) else { return range.clone() };
        let (mut start, mut end) = (0, 0);
        for (plain, wire) in &session.record_ends {
            if *plain <= range.start {
                start = *wire;
            }
            end = *wire;
            if *plain >= range.end {
                break;
            }
        }
        start..end.max(start)
    }
}

/// The machine, as an application behind TLS sees it.
struct SecuredHost<'a, 'h> {
    sockets: &'a mut Sockets,
    host: &'h mut dyn Host,
}

impl Host for SecuredHost<'_, '_> {
    fn now(&self) -> Instant {
        self.host.now()
    }

    fn listen(&mut self, port: u16) -> Result<SocketId, CallError> {
        self.host.listen(port)
    }

    fn connect_to(&mut self, remote: Endpoint) -> Result<SocketId, CallError> {
        self.host.connect_to(remote)
    }

    fn accept(&mut self, listener: SocketId) -> Option<SocketId> {
        let socket = self.host.accept(listener)?;
        self.sockets.open(socket, false, self.host);
        Some(socket)
    }

    fn send(&mut self, socket: SocketId, octets: Bytes) -> Result<usize, CallError> {
        self.sockets.send(socket, octets, self.host)
    }

    fn receive(&mut self, socket: SocketId, max: usize) -> Result<Received, CallError> {
        self.sockets.receive(socket, max, self.host)
    }

    fn shutdown(&mut self, socket: SocketId, rule: Rule) {
        self.sockets.end(socket, Ending::Shutdown(rule), self.host);
    }

    fn shutdown_input(&mut self, socket: SocketId, rule: Rule) {
        self.host.shutdown_input(socket, rule);
    }

    fn close(&mut self, socket: SocketId, rule: Rule) {
        self.sockets.end(socket, Ending::Close(rule), self.host);
    }

    fn abort(&mut self, socket: SocketId, rule: Rule) {
        self.host.abort(socket, rule);
    }

    fn call_returned(&mut self, socket: SocketId, call: Call, returned: Returned) {
        self.host.call_returned(socket, call, returned);
    }

    fn set_no_delay(&mut self, socket: SocketId, on: bool) {
        self.host.set_no_delay(socket, on);
    }

    /// Programs of blocking calls use TCP without TLS.
    fn blocking_call(
        &mut self,
        socket: Option<SocketId>,
        call: Call,
        before: Option<usize>,
    ) -> Result<Returned, usize> {
        self.host.blocking_call(socket, call, before)
    }

    fn call_at_once(&mut self, socket: SocketId, call: Call) -> Returned {
        self.host.call_at_once(socket, call)
    }

    fn socket_of(&self, descriptor: u32) -> Option<SocketId> {
        self.host.socket_of(descriptor)
    }

    fn lingers(&self, socket: SocketId) -> Option<u32> {
        self.host.lingers(socket)
    }

    fn set_timer(&mut self, timer: RoleTimer, after: Duration, rule: Rule) {
        self.host.set_timer(timer, after, rule);
    }

    fn stop_timer(&mut self, timer: RoleTimer, rule: Rule) {
        self.host.stop_timer(timer, rule);
    }

    fn record(&mut self, mut event: Event, rule: Rule) {
        if let Event::WaitingChanged { socket, waiting: waiting @ Waiting::Request } = event
            && self.sockets.is_opening(socket)
            && let Some(session) = self.sockets.sessions.get_mut(&socket)
        {
            session.then = Some((waiting, rule));
            let rule = session.rule();
            return self.host.wait_for(socket, Waiting::TlsHandshake, rule);
        }
        // Ranges in the trace count octets on the wire.
        match &mut event {
            Event::RequestReceived { socket, head: range, .. }
            | Event::ResponseReceived { socket, head: range, .. }
            | Event::MessageCompleted { socket, range } => *range = self.sockets.on_the_wire(*socket, range),
            _ => {}
        }
        self.host.record(event, rule);
    }

    fn resolve(&self, name: &str) -> Option<Ipv4Addr> {
        self.host.resolve(name)
    }

    fn remote(&self, socket: SocketId) -> Option<Endpoint> {
        self.host.remote(socket)
    }

    fn written(&self, socket: SocketId) -> u64 {
        self.sockets
            .sessions
            .get(&socket)
            .map_or_else(|| self.host.written(socket), |session| session.written)
    }

    fn address(&self) -> Ipv4Addr {
        self.host.address()
    }

    fn set_address(&mut self, address: Ipv4Addr) {
        self.host.set_address(address);
    }

    fn hardware(&self) -> [u8; 6] {
        self.host.hardware()
    }

    fn random(&mut self) -> u32 {
        self.host.random()
    }

    fn bind(&mut self, port: u16) -> Option<u16> {
        self.host.bind(port)
    }

    fn unbind(&mut self, port: u16) {
        self.host.unbind(port);
    }

    fn send_to(&mut self, from_port: u16, to: Endpoint, payload: Bytes, rule: Rule) -> bool {
        self.host.send_to(from_port, to, payload, rule)
    }

    fn send_icmp(&mut self, to: Ipv4Addr, message: &IcmpMessage, rule: Rule) -> bool {
        self.host.send_icmp(to, message, rule)
    }

    fn lookup(&mut self, node: &str, name: &str) -> Lookup {
        self.host.lookup(node, name)
    }
}
