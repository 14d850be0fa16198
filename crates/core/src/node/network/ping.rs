//! ping: sends ICMP echo requests and waits for the replies.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::event::{ApplicationError, Event, Failure, Waiting};
use crate::node::{BuildRole, Host, Input, Lookup, Role, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::tcp::CallError;
use crate::time::{Duration, Instant};
use crate::wire::{Datagram, IcmpMessage, Protocol, UnreachableCode};

/// Settings of a ping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PingSpec {
    /// The node that it pings.
    pub to: String,
    /// The name it looks up, where the machine has a resolver; the node's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// How many echo requests it sends.
    #[serde(default = "four")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1_000)))]
    pub count: u16,
    /// The interval between two of them.
    #[serde(default = "one_second")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1_000, max = 600_000_000)))]
    pub interval_us: Duration,
    /// How long it waits for the last replies.
    #[serde(default = "ten_seconds")]
    #[cfg_attr(feature = "schema", schemars(range(max = 600_000_000)))]
    pub timeout_us: Duration,
    /// Octets of data in each request.
    #[serde(default = "usual")]
    #[cfg_attr(feature = "schema", schemars(range(max = 1_472)))]
    pub data_len: u16,
}

const fn four() -> u16 {
    4
}
const fn one_second() -> Duration {
    Duration::from_secs(1)
}
const fn ten_seconds() -> Duration {
    Duration::from_secs(10)
}
const fn usual() -> u16 {
    56
}

impl PingSpec {
    /// Four echoes to a node, a second apart.
    pub fn new(to: impl Into<String>) -> Self {
        Self {
            to: to.into(),
            host: None,
            count: four(),
            interval_us: one_second(),
            timeout_us: ten_seconds(),
            data_len: usual(),
        }
    }
}

impl BuildRole for PingSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Ping { spec: self.clone(), sent: Vec::new(), address: None })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        let wrong = |field: &str, problem: Problem| Some((field.to_owned(), problem));
        if self.count == 0 || self.count > 1_000 {
            return wrong("count", Problem::between(1, 1_000));
        }
        if self.interval_us < Duration::from_millis(1) || self.interval_us > Duration::from_secs(600) {
            return wrong("interval_us", Problem::micros_between(1_000, 600_000_000));
        }
        if self.timeout_us > Duration::from_secs(600) {
            return wrong("timeout_us", Problem::micros_at_most(600_000_000, 600));
        }
        if self.data_len > 1_472 {
            return wrong("data_len", Problem::at_most(1_472));
        }
        None
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        vec![("to", &self.to)]
    }
}

/// The identifier of the only ping on its machine.
const IDENTIFIER: u16 = 1;
const NEXT: RoleTimer = RoleTimer { socket: None, purpose: Waiting::NextRequest };
const LAST: RoleTimer = RoleTimer { socket: None, purpose: Waiting::Echo };

/// When each echo request was sent, and whether its outcome is known.
#[derive(Debug)]
struct Ping {
    spec: PingSpec,
    sent: Vec<(Instant, bool)>,
    address: Option<core::net::Ipv4Addr>,
}

impl Role for Ping {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started | Input::NetworkReady if self.sent.is_empty() => self.send(host),
            Input::TimerExpired(timer) if timer == NEXT => self.send(host),
            Input::TimerExpired(timer) if timer == LAST => {
                for sequence in 1..=self.spec.count {
                    self.lost(sequence, ApplicationError::EchoTimeout.into(), Rule::EchoTimeout, host);
                }
            }
            Input::Datagram(datagram) if datagram.protocol == Protocol::Icmp => self.arrives(&datagram, host),
            _ => {}
        }
    }
}

impl Ping {
    fn send(&mut self, host: &mut dyn Host) {
        if self.sent.len() >= usize::from(self.spec.count) {
            return;
        }
        let address = match self.address {
            Some(address) => address,
            None => match host.lookup(&self.spec.to, self.spec.host.as_deref().unwrap_or(&self.spec.to)) {
                Lookup::Later => return,
                Lookup::Address(address) => *self.address.insert(address),
                Lookup::Failed(problem) => {
                    let sent_at = host.now();
                    self.sent.push((sent_at, true));
                    host.record(Event::EchoLost { sequence: 1, problem, sent_at }, problem.rule_at_once());
                    return;
                }
            },
        };
        self.sent.push((host.now(), false));
        let sequence = self.sent.len() as u16;
        // As ping does: data are consecutive octet values.
        let data = (0..self.spec.data_len).map(|octet| octet as u8).collect::<Vec<u8>>();
        let echo = IcmpMessage::Echo { identifier: IDENTIFIER, sequence, data: Bytes::from(data) };
        if !host.send_icmp(address, &echo, Rule::EchoRequested) {
            self.lost(sequence, CallError::NetworkUnreachable.into(), Rule::NoRoute, host);
        }
        if sequence < self.spec.count {
            host.set_timer(NEXT, self.spec.interval_us, Rule::Schedule);
        } else {
            host.set_timer(LAST, self.spec.timeout_us, Rule::Schedule);
        }
    }

    fn arrives(&mut self, datagram: &Datagram, host: &mut dyn Host) {
        match IcmpMessage::decode(&datagram.payload) {
            Some(IcmpMessage::EchoReply { identifier: IDENTIFIER, sequence, .. }) => {
                if let Some(sent_at) = self.settled(sequence) {
                    host.record(Event::EchoReturned { sequence, sent_at }, Rule::EchoAnswered);
                }
            }
            Some(IcmpMessage::Unreachable { code, quoted }) => {
                // The quoted IPv4 header is 20 octets; the sequence number is at offset 6 of the echo behind it.
                let Some([high, low]) = quoted.get(26..28) else { return };
                let problem = match code {
                    UnreachableCode::Host => ApplicationError::HostUnreachable,
                    UnreachableCode::Network => ApplicationError::NetworkUnreachable,
                    UnreachableCode::Port | UnreachableCode::Other(_) => ApplicationError::Unreachable,
                };
                self.lost(
                    u16::from_be_bytes([*high, *low]),
                    problem.into(),
                    Rule::DestinationUnreachable,
                    host,
                );
            }
            _ => {}
        }
        let is_over = self.sent.len() == usize::from(self.spec.count);
        if is_over && self.sent.iter().all(|(_, settled)| *settled) {
            host.stop_timer(LAST, Rule::EchoAnswered);
        }
    }

    fn lost(&mut self, sequence: u16, problem: Failure, rule: Rule, host: &mut dyn Host) {
        if let Some(sent_at) = self.settled(sequence) {
            host.record(Event::EchoLost { sequence, problem, sent_at }, rule);
        }
    }

    /// Settles an echo whose outcome was not known, and returns when it was sent.
    fn settled(&mut self, sequence: u16) -> Option<Instant> {
        let (sent_at, settled) = self.sent.get_mut(usize::from(sequence).checked_sub(1)?)?;
        (!core::mem::replace(settled, true)).then_some(*sent_at)
    }
}
