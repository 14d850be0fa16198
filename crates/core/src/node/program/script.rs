//! The script: socket calls at given times, for scenarios of TCP alone.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::event::Waiting;
use crate::node::{BuildRole, Host, Input, READ_SIZE, Role, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::tcp::SocketId;
use crate::time::{Duration, Instant};

/// Settings of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScriptSpec {
    /// The calls, in the order in which they are made.
    pub steps: Vec<ScriptStep>,
}

/// One call of a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScriptStep {
    /// When it is made at the earliest; never before the call above it.
    pub at_us: Instant,
    /// The call.
    pub call: ScriptCall,
}

/// A call of a script. `socket` is the connection's place among those that the script has connected or
/// accepted, from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ScriptCall {
    /// Listens; connections are accepted as they come.
    Listen {
        /// Port.
        #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
        port: u16,
    },
    /// Connects to a node.
    Connect {
        /// The node's name.
        to: String,
        /// Its port.
        #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
        port: u16,
    },
    /// Writes text.
    Send {
        /// Which connection.
        #[serde(default)]
        socket: usize,
        /// The text.
        text: String,
        /// How often it is written in this one call.
        #[serde(default = "once")]
        times: u32,
    },
    /// Reads.
    Receive {
        /// Which connection.
        #[serde(default)]
        socket: usize,
        /// At most so many octets.
        #[serde(default = "read_size")]
        max: usize,
    },
    /// From now on, reads all octets as they arrive.
    ReadAll {
        /// Which connection.
        #[serde(default)]
        socket: usize,
    },
    /// From now on, writes all received octets back. RFC 862.
    Echo {
        /// Which connection.
        #[serde(default)]
        socket: usize,
    },
    /// Half-closes.
    Shutdown {
        /// Which connection.
        #[serde(default)]
        socket: usize,
    },
    /// Closes the input, and reads no more.
    ShutdownInput {
        /// Which connection.
        #[serde(default)]
        socket: usize,
    },
    /// Closes.
    Close {
        /// Which connection.
        #[serde(default)]
        socket: usize,
    },
    /// Closes with RST.
    Abort {
        /// Which connection.
        #[serde(default)]
        socket: usize,
    },
    /// TCP_NODELAY.
    SetNoDelay {
        /// Which connection.
        #[serde(default)]
        socket: usize,
        /// On or off.
        on: bool,
    },
}

const fn once() -> u32 {
    1
}

/// Octets that receive() asks for where the script does not say.
const fn read_size() -> usize {
    READ_SIZE
}

/// Octets that all sends of a script may write together.
const WRITES_AT_MOST: u64 = 16_000_000;

impl BuildRole for ScriptSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Script { spec: self.clone(), next: 0, sockets: Vec::new(), readers: Vec::new() })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        let mut written = 0_u64;
        self.steps.iter().enumerate().find_map(|(index, step)| match &step.call {
            ScriptCall::Send { text, times, .. } => {
                written = written.saturating_add((text.len() as u64).saturating_mul(u64::from(*times)));
                (written > WRITES_AT_MOST)
                    .then(|| (format!("steps[{index}].times"), Problem::writes_at_most(WRITES_AT_MOST)))
            }
            ScriptCall::Listen { port: 0 } | ScriptCall::Connect { port: 0, .. } => {
                Some((format!("steps[{index}].port"), Problem::not_zero()))
            }
            _ => None,
        })
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        self.steps
            .iter()
            .filter_map(|step| match &step.call {
                ScriptCall::Connect { to, .. } => Some(("steps", to.as_str())),
                _ => None,
            })
            .collect()
    }
}

#[derive(Debug)]
struct Script {
    spec: ScriptSpec,
    next: usize,
    sockets: Vec<SocketId>,
    readers: Vec<Reader>,
}

/// A connection that is read as octets come.
#[derive(Debug)]
struct Reader {
    place: usize,
    /// Whether they are written back.
    echoes: bool,
    /// Octets that the send buffer had no room for; nothing more is read before they are written.
    rest: Bytes,
}

const CLOCK: RoleTimer = RoleTimer { socket: None, purpose: Waiting::NextRequest };

impl Role for Script {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => self.go_on(host),
            Input::TimerExpired(timer) if timer == CLOCK => self.go_on(host),
            Input::Acceptable(listener) => {
                if let Some(socket) = host.accept(listener) {
                    self.sockets.push(socket);
                    self.read(socket, host);
                }
            }
            Input::Readable(socket) => self.read(socket, host),
            Input::Writable(socket) => {
                if let Some(reader) = self.reader(socket) {
                    write_back(socket, reader, host);
                    self.read(socket, host);
                }
            }
            _ => {}
        }
    }
}

impl Script {
    fn go_on(&mut self, host: &mut dyn Host) {
        while let Some(step) = self.spec.steps.get(self.next) {
            let wait: Duration = step.at_us.since(host.now());
            if !wait.is_zero() {
                host.set_timer(CLOCK, wait, Rule::Schedule);
                return;
            }
            let call = step.call.clone();
            self.next += 1;
            self.make(call, host);
        }
    }

    fn reader(&mut self, socket: SocketId) -> Option<&mut Reader> {
        let place = self.sockets.iter().position(|known| *known == socket)?;
        self.readers.iter_mut().find(|reader| reader.place == place)
    }

    /// Reads all available octets, if the script asks for it.
    fn read(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(reader) = self.reader(socket) else { return };
        if !reader.rest.is_empty() {
            return;
        }
        let end = host.read_available(socket, |octets, host| {
            if reader.echoes {
                reader.rest = octets;
                write_back(socket, reader, host);
            }
            reader.rest.is_empty()
        });
        // The end is read once.
        if end.is_some() {
            let place = reader.place;
            self.readers.retain(|reader| reader.place != place);
        }
    }

    fn make(&mut self, call: ScriptCall, host: &mut dyn Host) {
        let socket_of = |place: usize| self.sockets.get(place).copied();
        // A call on a connection that was never opened does nothing.
        match call {
            ScriptCall::Listen { port } => {
                // An error is in the trace.
                let _ = host.listen(port);
            }
            ScriptCall::Connect { to, port } => {
                self.sockets.extend(host.connect(&to, port));
            }
            ScriptCall::Send { socket, text, times } => {
                if let Some(socket) = socket_of(socket) {
                    let _ = host.send(socket, Bytes::from(text.repeat(times as usize)));
                }
            }
            ScriptCall::Receive { socket, max } => {
                if let Some(socket) = socket_of(socket) {
                    let _ = host.receive(socket, max);
                }
            }
            ScriptCall::ReadAll { socket: place } | ScriptCall::Echo { socket: place } => {
                let echoes = matches!(call, ScriptCall::Echo { .. });
                self.readers.retain(|reader| reader.place != place);
                self.readers.push(Reader { place, echoes, rest: Bytes::new() });
                if let Some(socket) = socket_of(place) {
                    self.read(socket, host);
                }
            }
            ScriptCall::ShutdownInput { socket: place } => {
                self.readers.retain(|reader| reader.place != place);
                if let Some(socket) = self.sockets.get(place) {
                    host.shutdown_input(*socket, Rule::Application);
                }
            }
            ScriptCall::Shutdown { socket } => {
                if let Some(socket) = socket_of(socket) {
                    host.shutdown(socket, Rule::Application);
                }
            }
            ScriptCall::Close { socket } => {
                if let Some(socket) = socket_of(socket) {
                    host.close(socket, Rule::Application);
                }
            }
            ScriptCall::Abort { socket } => {
                if let Some(socket) = socket_of(socket) {
                    host.abort(socket, Rule::Application);
                }
            }
            ScriptCall::SetNoDelay { socket, on } => {
                if let Some(socket) = socket_of(socket) {
                    host.set_no_delay(socket, on);
                }
            }
        }
    }
}

/// Echoes pending octets, as far as there is room.
fn write_back(socket: SocketId, reader: &mut Reader, host: &mut dyn Host) {
    if reader.rest.is_empty() {
        return;
    }
    match host.send(socket, reader.rest.clone()) {
        Ok(taken) => reader.rest = reader.rest.slice(taken..),
        // The connection has failed.
        Err(_) => reader.rest = Bytes::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for call in [
            ScriptCall::Listen { port: 80 },
            ScriptCall::Connect { to: "server".to_owned(), port: 80 },
            ScriptCall::Send { socket: 1, text: "GET".to_owned(), times: 2 },
            ScriptCall::Receive { socket: 2, max: 3 },
            ScriptCall::ReadAll { socket: 3 },
            ScriptCall::Echo { socket: 4 },
            ScriptCall::Shutdown { socket: 5 },
            ScriptCall::ShutdownInput { socket: 6 },
            ScriptCall::Close { socket: 7 },
            ScriptCall::Abort { socket: 8 },
            ScriptCall::SetNoDelay { socket: 9, on: true },
        ] {
            let step = ScriptStep { at_us: Instant::from_millis(7), call };
            assert_eq!(
                serde_json::from_str::<ScriptStep>(&serde_json::to_string(&step).unwrap()).unwrap(),
                step
            );
        }
    }

    #[test]
    fn what_a_script_does_not_say_is_the_first_connection_once() {
        let read = |text| serde_json::from_str::<ScriptStep>(text).unwrap().call;
        let send = ScriptCall::Send { socket: 0, text: "x".to_owned(), times: 1 };
        assert_eq!(read(r#"{"at_us":0,"call":{"send":{"text":"x"}}}"#), send);
        let receive = ScriptCall::Receive { socket: 0, max: 65_536 };
        assert_eq!(read(r#"{"at_us":0,"call":{"receive":{}}}"#), receive);
    }
}
