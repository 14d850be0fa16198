//! DHCP: the client of a machine, and the server.

use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::dhcp::{DHCP_CLIENT_PORT, DHCP_SERVER_PORT, DhcpKind, DhcpMessage};
use crate::event::{Event, Waiting};
use crate::node::{BuildRole, Host, Input, Role, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::time::{Duration, Instant};
use crate::wire::Endpoint;

/// Settings of a DHCP client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct DhcpClientSpec {
    /// How often it asks before it gives up.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 8)))]
    pub tries: u8,
    /// How long it waits for an answer the first time; twice as long each time after.
    #[cfg_attr(feature = "schema", schemars(range(min = 10_000, max = 60_000_000)))]
    pub timeout_us: Duration,
}

impl Default for DhcpClientSpec {
    /// Source: RFC 2131 section 4.1, without its random second.
    fn default() -> Self {
        Self { tries: 4, timeout_us: Duration::from_secs(4) }
    }
}

/// The first invalid setting among a number of tries and the first time-out: the field and the problem.
pub(super) fn tries_problem(tries: u8, timeout: Duration) -> Option<(&'static str, Problem)> {
    if tries == 0 || tries > 8 {
        return Some(("tries", Problem::between(1, 8)));
    }
    if timeout < Duration::from_millis(10) || timeout > Duration::from_secs(60) {
        return Some(("timeout_us", Problem::micros_between(10_000, 60_000_000)));
    }
    None
}

impl DhcpClientSpec {
    /// The first invalid setting: the field and the problem.
    pub fn problem(&self) -> Option<(&'static str, Problem)> {
        tries_problem(self.tries, self.timeout_us)
    }
}

/// The client's state. RFC 2131 figure 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Init,
    Selecting,
    Requesting { offered: Ipv4Addr, server: Option<Ipv4Addr> },
    Bound,
    GivenUp,
}

/// A machine's DHCP client.
#[derive(Debug)]
pub(super) struct DhcpClient {
    spec: DhcpClientSpec,
    state: State,
    transaction: u32,
    hardware: [u8; 6],
    started_at: Instant,
    tried: u8,
    /// The name server of the lease.
    pub name_server: Option<Ipv4Addr>,
}

const ANSWER: RoleTimer = RoleTimer { socket: None, purpose: Waiting::Address };

impl DhcpClient {
    pub fn new(spec: DhcpClientSpec) -> Self {
        Self {
            spec,
            state: State::Init,
            transaction: 0,
            hardware: [0; 6],
            started_at: Instant::ZERO,
            tried: 0,
            name_server: None,
        }
    }

    /// Whether the exchange is over, with an address or without.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Bound | State::GivenUp)
    }

    /// Handles an input of the machine; returns whether it ended the exchange.
    pub fn handle(&mut self, input: &Input, host: &mut dyn Host) -> bool {
        match input {
            Input::Started => {
                host.bind(DHCP_CLIENT_PORT);
                self.transaction = host.random();
                self.hardware = host.hardware();
                self.started_at = host.now();
                self.discover(Rule::DhcpDiscover, host);
                false
            }
            Input::TimerExpired(timer) if *timer == ANSWER => {
                if self.tried < self.spec.tries {
                    self.discover(Rule::DhcpRetry, host);
                    return false;
                }
                self.state = State::GivenUp;
                host.record(Event::AddressRefused { started_at: self.started_at }, Rule::DhcpGivenUp);
                true
            }
            Input::Datagram(datagram) => {
                DhcpMessage::decode(&datagram.payload).is_some_and(|message| self.arrives(&message, host))
            }
            _ => false,
        }
    }

    fn arrives(&mut self, message: &DhcpMessage, host: &mut dyn Host) -> bool {
        if message.transaction != self.transaction || message.hardware != self.hardware {
            return false;
        }
        match (self.state, message.kind) {
            (State::Selecting, DhcpKind::Offer) => {
                host.stop_timer(ANSWER, Rule::DhcpOffer);
                self.state = State::Requesting { offered: message.yours, server: message.server };
                self.send(Rule::DhcpRequest, host);
                host.set_timer(ANSWER, self.spec.timeout_us, Rule::DhcpRequest);
                false
            }
            (State::Requesting { offered, .. }, DhcpKind::Ack) if message.yours == offered => {
                host.stop_timer(ANSWER, Rule::DhcpAck);
                self.state = State::Bound;
                self.name_server = message.name_server;
                host.set_address(offered);
                let event = Event::AddressObtained { address: offered, started_at: self.started_at };
                host.record(event, Rule::DhcpAck);
                true
            }
            (State::Requesting { .. }, DhcpKind::Nak) => {
                host.stop_timer(ANSWER, Rule::DhcpRetry);
                if self.tried < self.spec.tries {
                    self.discover(Rule::DhcpRetry, host);
                    return false;
                }
                self.state = State::GivenUp;
                host.record(Event::AddressRefused { started_at: self.started_at }, Rule::DhcpGivenUp);
                true
            }
            _ => false,
        }
    }

    fn discover(&mut self, rule: Rule, host: &mut dyn Host) {
        self.state = State::Selecting;
        self.send(rule, host);
        let wait = self.spec.timeout_us.saturating_mul(1 << self.tried.min(7));
        self.tried += 1;
        host.set_timer(ANSWER, wait, rule);
    }

    /// RFC 2131 section 4.1: from 0.0.0.0 to the broadcast address.
    fn send(&mut self, rule: Rule, host: &mut dyn Host) {
        let mut message = DhcpMessage::new(DhcpKind::Discover, self.transaction, self.hardware);
        if let State::Requesting { offered, server } = self.state {
            message.kind = DhcpKind::Request;
            message.requested = Some(offered);
            message.server = server;
        }
        let everyone = Endpoint::new(Ipv4Addr::BROADCAST, DHCP_SERVER_PORT);
        host.send_to(DHCP_CLIENT_PORT, everyone, message.encode(), rule);
    }
}

/// Settings of a DHCP server.
///
/// Simplified: leases do not end while a run lasts, and nobody renews them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DhcpServerSpec {
    /// The first address it gives.
    pub first: Ipv4Addr,
    /// How many addresses it has.
    #[serde(default = "many")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub count: u8,
    /// The gateway that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub router: Option<Ipv4Addr>,
    /// The name server that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_server: Option<Ipv4Addr>,
    /// How long an address may be kept, seconds.
    #[serde(default = "a_day")]
    pub lease_s: u32,
}

const fn many() -> u8 {
    32
}
const fn a_day() -> u32 {
    86_400
}

impl DhcpServerSpec {
    /// A server whose range starts at this address.
    pub const fn new(first: Ipv4Addr) -> Self {
        Self { first, count: many(), router: None, name_server: None, lease_s: a_day() }
    }

    /// The address at a place of its range.
    fn address(&self, place: usize) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.first.to_bits().wrapping_add(place as u32))
    }
}

impl BuildRole for DhcpServerSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(DhcpServer { spec: self.clone(), clients: Vec::new() })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        if self.count == 0 {
            return Some(("count".to_owned(), Problem::not_zero()));
        }
        let last = self.address(usize::from(self.count) - 1);
        let is_host = crate::tcp::is_host_address(self.first) && crate::tcp::is_host_address(last);
        (!is_host || last < self.first).then(|| ("first".to_owned(), Problem::address_range()))
    }

    fn gives(&self) -> Option<(Ipv4Addr, Ipv4Addr)> {
        Some((self.first, self.address(usize::from(self.count).saturating_sub(1))))
    }
}

#[derive(Debug)]
struct DhcpServer {
    spec: DhcpServerSpec,
    /// Hardware addresses of the clients: the first holds the first address, and so on.
    clients: Vec<[u8; 6]>,
}

impl Role for DhcpServer {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                host.bind(DHCP_SERVER_PORT);
            }
            Input::Datagram(datagram) if datagram.destination.port == DHCP_SERVER_PORT => {
                if let Some(message) = DhcpMessage::decode(&datagram.payload) {
                    self.answer(&message, host);
                }
            }
            _ => {}
        }
    }
}

impl DhcpServer {
    fn answer(&mut self, message: &DhcpMessage, host: &mut dyn Host) {
        let own = host.address();
        let known = self.clients.iter().position(|client| *client == message.hardware);
        let (kind, rule) = match message.kind {
            DhcpKind::Discover => (DhcpKind::Offer, Rule::DhcpOffer),
            // RFC 2131 section 4.3.2: a request that names another server declines this one's offer.
            DhcpKind::Request if message.server.is_none_or(|server| server == own) => {
                (DhcpKind::Ack, Rule::DhcpAck)
            }
            _ => return,
        };
        let place = known.unwrap_or_else(|| {
            self.clients.push(message.hardware);
            self.clients.len() - 1
        });
        if place >= usize::from(self.spec.count) {
            // The range is exhausted: no answer. RFC 2131 section 4.3.1.
            self.clients.truncate(place);
            return;
        }
        let address = self.spec.address(place);
        let is_right = kind == DhcpKind::Offer || message.requested.is_none_or(|wanted| wanted == address);
        let mut answer = DhcpMessage::new(
            if is_right { kind } else { DhcpKind::Nak },
            message.transaction,
            message.hardware,
        );
        answer.server = Some(own);
        if is_right {
            answer.yours = address;
            answer.lease_s = Some(self.spec.lease_s);
            answer.subnet_mask = Some(Ipv4Addr::new(255, 255, 255, 0));
            answer.router = self.spec.router;
            answer.name_server = self.spec.name_server;
        }
        let everyone = Endpoint::new(Ipv4Addr::BROADCAST, DHCP_CLIENT_PORT);
        host.send_to(DHCP_SERVER_PORT, everyone, answer.encode(), rule);
    }
}
