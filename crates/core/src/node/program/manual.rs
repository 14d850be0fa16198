//! A program that makes socket calls one after another and waits in those that block; lines are its own, or
//! typed by a person while it runs.

use std::collections::VecDeque;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::event::{Event, Waiting};
use crate::node::{BuildRole, Host, Input, Role, RoleTimer, SocketCall, Statement};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::tcp::{Call, CallError, Returned, SocketId};
use crate::time::{Duration, Instant};
use crate::wire::Endpoint;

/// Settings of a program of socket calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ManualSpec {
    /// Its lines: `s = socket()`. Lines that the user types come after them.
    #[serde(default)]
    pub program: Vec<String>,
    /// When the first line runs.
    #[serde(default)]
    pub from_us: Instant,
    /// Time from the return of a call to the next one.
    #[serde(default)]
    pub pause_us: Duration,
}

impl BuildRole for ManualSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Manual {
            from: self.from_us,
            pause: self.pause_us,
            // Checked before the run.
            lines: self.program.iter().filter_map(|line| Statement::parse(line).ok()).collect(),
            sockets: Vec::new(),
            closed: Vec::new(),
            inside: None,
            // No call before the application has started.
            is_pausing: true,
        })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        if self.program.len() > 1_000 {
            return Some(("program".to_owned(), Problem::entries_at_most(1_000)));
        }
        self.program.iter().enumerate().find_map(|(index, line)| {
            Statement::parse(line).err().map(|problem| (format!("program[{index}]"), problem))
        })
    }
}

/// The call that the program waits in.
#[derive(Debug)]
struct Inside {
    target: Option<String>,
    socket: SocketId,
    call: Call,
    /// Octets written so far.
    written: usize,
}

/// A program of socket calls: a node's own, or the console beside another role.
#[derive(Debug)]
pub(crate) struct Manual {
    from: Instant,
    pause: Duration,
    lines: VecDeque<Statement>,
    /// The socket of each variable.
    sockets: Vec<(String, SocketId)>,
    /// Those whose descriptors it has closed; TCP may still be busy with them.
    closed: Vec<SocketId>,
    inside: Option<Inside>,
    is_pausing: bool,
}

const CLOCK: RoleTimer = RoleTimer { socket: None, purpose: Waiting::NextRequest };
const LINGER: Waiting = Waiting::PeerClose;

impl Role for Manual {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                self.is_pausing = false;
                self.pause(self.from.since(host.now()), host);
            }
            Input::Typed(line) => {
                self.lines.extend(Statement::parse(&line));
            }
            Input::Interrupted => match &self.inside {
                // What was written before the signal is written.
                Some(Inside { call: Call::Send { .. }, written: len @ 1.., .. }) => {
                    self.come_out(Returned::Sent { len: *len }, host);
                }
                _ => self.come_out(Returned::Failed { error: CallError::Interrupted }, host),
            },
            Input::TimerExpired(timer) if timer == CLOCK => self.is_pausing = false,
            Input::TimerExpired(timer) if timer.purpose == LINGER => self.come_out(Returned::Done, host),
            Input::Connected(_) if self.waits_to_connect() => self.come_out(Returned::Done, host),
            Input::ConnectFailed(_, error) if self.waits_to_connect() => {
                self.come_out(Returned::Failed { error }, host);
            }
            Input::Readable(_) | Input::Writable(_) | Input::Acceptable(_) | Input::Failed(..) => {
                self.try_again(host);
            }
            _ => {}
        }
        while self.inside.is_none()
            && !self.is_pausing
            && let Some(line) = self.lines.pop_front()
        {
            self.run(line, host);
        }
    }
}

impl Manual {
    /// A console: it runs what is typed, at once.
    pub(crate) const fn console() -> Self {
        Self {
            from: Instant::ZERO,
            pause: Duration::ZERO,
            lines: VecDeque::new(),
            sockets: Vec::new(),
            closed: Vec::new(),
            inside: None,
            is_pausing: false,
        }
    }

    /// Whether an input concerns one of its sockets.
    pub(crate) fn takes(&self, input: &Input) -> bool {
        let socket = match input {
            Input::Typed(_) | Input::Interrupted => return true,
            Input::Connected(socket)
            | Input::ConnectFailed(socket, _)
            | Input::Acceptable(socket)
            | Input::Readable(socket)
            | Input::Writable(socket)
            | Input::Failed(socket, _) => Some(*socket),
            Input::TimerExpired(timer) => timer.socket,
            _ => None,
        };
        socket.is_some_and(|socket| self.owns(socket))
    }

    fn owns(&self, socket: SocketId) -> bool {
        self.sockets.iter().any(|(_, own)| *own == socket)
    }

    /// Lets time pass before the next line; what a person types has taken its time already.
    fn pause(&mut self, time: Duration, host: &mut dyn Host) {
        if !time.is_zero() && !self.lines.is_empty() {
            self.is_pausing = true;
            host.set_timer(CLOCK, time, Rule::Schedule);
        }
    }

    fn waits_to_connect(&self) -> bool {
        self.inside.as_ref().is_some_and(|inside| matches!(inside.call, Call::Connect { .. }))
    }

    fn run(&mut self, line: Statement, host: &mut dyn Host) {
        let socket = self.sockets.iter().rev().find(|(name, _)| *name == line.socket).map(|(_, id)| *id);
        let call = match line.call {
            SocketCall::Socket => Call::Socket,
            SocketCall::Bind(port) => Call::Bind { port },
            // The port is the one that was bound.
            SocketCall::Listen => Call::Listen { port: 0 },
            SocketCall::Accept => Call::Accept,
            SocketCall::Connect(node, port) => match host.resolve(&node) {
                Some(address) => Call::Connect { remote: Endpoint::new(address, port) },
                None => Call::Connect { remote: Endpoint::new(core::net::Ipv4Addr::UNSPECIFIED, port) },
            },
            SocketCall::Write(text) => Call::Send { octets: Bytes::from(text) },
            SocketCall::Read(max) => Call::Receive { max },
            SocketCall::Shutdown => Call::Shutdown,
            SocketCall::Close => Call::Close,
            SocketCall::NoDelay(on) => Call::SetNoDelay { on },
            SocketCall::Linger(seconds) => Call::SetLinger { seconds },
            SocketCall::ReuseAddress(on) => Call::SetReuseAddress { on },
            SocketCall::Keepalive(on) => Call::SetKeepalive { on },
            SocketCall::KeepaliveValue(option, value) => Call::SetKeepaliveValue { option, value },
        };
        let socket = socket.filter(|socket| !self.closed.contains(socket));
        // By its descriptor it reaches also sockets that are not its own; those do not block.
        let socket = socket.or_else(|| host.socket_of(line.socket.parse().ok()?));
        if let Some(socket) = socket.filter(|socket| !self.owns(*socket)) {
            let returned = host.call_at_once(socket, call);
            self.returned(line.target, &returned, host);
            return;
        }
        let Some(socket) = socket else {
            if call == Call::Socket {
                if let Ok(Returned::Socket { socket, .. }) = host.blocking_call(None, Call::Socket, None) {
                    self.sockets.extend(line.target.map(|name| (name, socket)));
                }
            } else {
                let returned = Returned::Failed { error: CallError::BadSocket };
                let event = Event::CallReturned { socket: None, descriptor: None, call, returned };
                host.record(event, Rule::CallRefused);
            }
            self.pause(self.pause, host);
            return;
        };
        if call == Call::Close {
            self.closed.push(socket);
        }
        match host.blocking_call(Some(socket), call.clone(), None) {
            Ok(returned) => self.returned(line.target, &returned, host),
            Err(written) => {
                if let (Call::Close, Some(seconds)) = (&call, host.lingers(socket)) {
                    let timer = RoleTimer { socket: Some(socket), purpose: LINGER };
                    host.set_timer(timer, Duration::from_secs(u64::from(seconds)), Rule::LingerTime);
                }
                self.inside = Some(Inside { target: line.target, socket, call, written });
            }
        }
    }

    /// After an input: the blocked call may be able to return.
    fn try_again(&mut self, host: &mut dyn Host) {
        let Some(inside) = self.inside.take() else { return };
        let call = match &inside.call {
            Call::Connect { .. } => {
                self.inside = Some(inside);
                return;
            }
            Call::Close => {
                // The input may concern another socket.
                let lingers = host.lingers(inside.socket).is_some();
                self.inside = Some(inside);
                if !lingers {
                    self.come_out(Returned::Done, host);
                }
                return;
            }
            Call::Send { octets } => Call::Send { octets: octets.slice(inside.written.min(octets.len())..) },
            other => other.clone(),
        };
        match host.blocking_call(Some(inside.socket), call, Some(inside.written)) {
            Ok(returned) => self.returned(inside.target, &returned, host),
            Err(written) => self.inside = Some(Inside { written, ..inside }),
        }
    }

    /// The call that the program waits in returns.
    fn come_out(&mut self, returned: Returned, host: &mut dyn Host) {
        let Some(inside) = self.inside.take() else { return };
        if inside.call == Call::Close {
            let socket = Some(inside.socket);
            host.stop_timer(RoleTimer { socket, purpose: LINGER }, Rule::LingerTime);
        }
        host.call_returned(inside.socket, inside.call, returned.clone());
        self.returned(inside.target, &returned, host);
    }

    fn returned(&mut self, target: Option<String>, returned: &Returned, host: &mut dyn Host) {
        if let (Some(name), Returned::Socket { socket, .. }) = (target, returned) {
            self.sockets.push((name, *socket));
        }
        self.pause(self.pause, host);
    }
}
