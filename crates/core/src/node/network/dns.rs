//! DNS: the resolver of a machine, and the name server.

use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::dhcp::tries_problem;
use crate::dns::{DNS_PORT, DnsMessage, DnsRecord, ResponseCode, is_domain_name};
use crate::event::{ApplicationError, Event, Failure, Waiting};
use crate::node::{BuildRole, Host, Input, Role, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::time::{Duration, Instant};
use crate::wire::{Datagram, Endpoint};

/// Settings of a resolver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ResolverSpec {
    /// The name server; the one that DHCP names when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Ipv4Addr>,
    /// How often it asks before it gives up.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 8)))]
    pub tries: u8,
    /// How long it waits for each answer.
    #[cfg_attr(feature = "schema", schemars(range(min = 10_000, max = 60_000_000)))]
    pub timeout_us: Duration,
    /// Names that it has cached before the run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cached: Vec<NameSpec>,
}

/// A name and its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NameSpec {
    /// The name.
    pub name: String,
    /// Its address.
    pub address: Ipv4Addr,
    /// Its time to live, seconds.
    #[serde(default = "five_minutes")]
    pub ttl_s: u32,
}

const fn five_minutes() -> u32 {
    300
}

impl NameSpec {
    /// A name with a time to live of five minutes.
    pub fn new(name: impl Into<String>, address: Ipv4Addr) -> Self {
        Self { name: name.into(), address, ttl_s: five_minutes() }
    }

    /// The first invalid entry of the list of names in the field `name`: the field and the problem.
    pub(super) fn problem(name: &str, list: &[Self]) -> Option<(String, Problem)> {
        if list.len() > 1_000 {
            return Some((name.to_owned(), Problem::entries_at_most(1_000)));
        }
        let place = list.iter().position(|spec| !is_domain_name(&spec.name))?;
        Some((format!("{name}[{place}].name"), Problem::domain_name()))
    }
}

impl Default for ResolverSpec {
    /// Source: resolv.conf(5): two attempts of five seconds.
    fn default() -> Self {
        Self { server: None, tries: 2, timeout_us: Duration::from_secs(5), cached: Vec::new() }
    }
}

impl ResolverSpec {
    /// The first invalid setting: the field and the problem.
    pub fn problem(&self) -> Option<(String, Problem)> {
        let tries = || tries_problem(self.tries, self.timeout_us);
        NameSpec::problem("cached", &self.cached)
            .or_else(|| tries().map(|(field, problem)| (field.to_owned(), problem)))
    }
}

/// The immediate result of a lookup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The address.
    Address(Ipv4Addr),
    /// It does not know yet; [`Input::NetworkReady`] comes when it does.
    Later,
    /// There is none.
    Failed(Failure),
}

#[derive(Debug)]
struct Query {
    name: String,
    id: u16,
    port: u16,
    tried: u8,
    started_at: Instant,
}

#[derive(Debug)]
struct Known {
    name: String,
    outcome: Result<(Ipv4Addr, Instant), Failure>,
    /// Whether it has not been looked up since it was resolved.
    is_fresh: bool,
}

/// A machine's resolver.
#[derive(Debug)]
pub(super) struct Resolver {
    spec: ResolverSpec,
    known: Vec<Known>,
    query: Option<Query>,
    /// Names to query after the present one, and since when they are wanted.
    wanted: Vec<(String, Instant)>,
}

const ANSWER: RoleTimer = RoleTimer { socket: None, purpose: Waiting::NameAnswer };

impl Resolver {
    pub fn new(spec: ResolverSpec) -> Self {
        let known = spec.cached.iter().map(|name| Known {
            name: name.name.to_ascii_lowercase(),
            outcome: Ok((name.address, Instant::ZERO + Duration::from_secs(u64::from(name.ttl_s)))),
            is_fresh: false,
        });
        Self { known: known.collect(), spec, query: None, wanted: Vec::new() }
    }

    /// The address of a name, or a query for it to `server`.
    pub fn lookup(&mut self, name: &str, server: Option<Ipv4Addr>, host: &mut dyn Host) -> Lookup {
        // RFC 1035 section 2.3.3: names are case-insensitive.
        let name = name.to_ascii_lowercase();
        let now = host.now();
        if let Some(place) = self.known.iter().position(|known| known.name == name) {
            match (self.known[place].outcome, self.known[place].is_fresh) {
                (Err(problem), _) => {
                    // Failures are returned once and not cached.
                    self.known.remove(place);
                    return Lookup::Failed(problem);
                }
                (Ok((address, _)), true) => {
                    self.known[place].is_fresh = false;
                    return Lookup::Address(address);
                }
                (Ok((address, until)), false) if until > now => {
                    let event = Event::NameResolved { name, address, cached: true, started_at: now };
                    host.record(event, Rule::DnsCached);
                    return Lookup::Address(address);
                }
                _ => {
                    self.known.remove(place);
                }
            }
        }
        let is_asked = self.query.as_ref().is_some_and(|query| query.name == name)
            || self.wanted.iter().any(|(wanted, _)| *wanted == name);
        if !is_asked {
            self.wanted.push((name, now));
            self.ask_next(server, host);
        }
        Lookup::Later
    }

    /// Handles an input of the machine; returns whether it ended a query.
    pub fn handle(&mut self, input: &Input, server: Option<Ipv4Addr>, host: &mut dyn Host) -> bool {
        match input {
            Input::TimerExpired(timer) if *timer == ANSWER => {
                let Some(query) = &mut self.query else { return false };
                if query.tried < self.spec.tries {
                    self.send(server, Rule::DnsRetry, host);
                    return false;
                }
                self.over(Err((ApplicationError::NameTimeout, Rule::DnsGivenUp)), server, host)
            }
            Input::Datagram(datagram) => {
                let Some(query) = &self.query else { return false };
                if datagram.destination.port != query.port {
                    return false;
                }
                let Some(answer) = DnsMessage::decode(&datagram.payload) else { return false };
                // RFC 1035 section 7.3: the response must match the query.
                if !answer.is_response
                    || answer.id != query.id
                    || !answer.name.eq_ignore_ascii_case(&query.name)
                {
                    return false;
                }
                host.stop_timer(ANSWER, Rule::DnsAnswer);
                let found = answer.answers.first().map(|record| (record.address, record.ttl_s));
                let outcome = match (answer.code, found) {
                    (ResponseCode::NoError, Some(found)) => Ok(found),
                    (ResponseCode::NoError | ResponseCode::NameError, _) => {
                        Err((ApplicationError::NameNotFound, Rule::DnsNameError))
                    }
                    (ResponseCode::Other(_), _) => Err((ApplicationError::NameRefused, Rule::DnsNameError)),
                };
                self.over(outcome, server, host)
            }
            _ => false,
        }
    }

    fn over(
        &mut self,
        outcome: Result<(Ipv4Addr, u32), (ApplicationError, Rule)>,
        server: Option<Ipv4Addr>,
        host: &mut dyn Host,
    ) -> bool {
        let Some(Query { name, port, started_at, .. }) = self.query.take() else { return false };
        host.unbind(port);
        let outcome = match outcome {
            Ok((address, ttl_s)) => {
                let event = Event::NameResolved { name: name.clone(), address, cached: false, started_at };
                host.record(event, Rule::DnsAnswer);
                Ok((address, host.now() + Duration::from_secs(u64::from(ttl_s))))
            }
            Err((error, rule)) => {
                let (name, problem) = (name.clone(), error.into());
                host.record(Event::NameUnresolved { name, problem, started_at }, rule);
                Err(problem)
            }
        };
        self.known.push(Known { name, outcome, is_fresh: true });
        self.ask_next(server, host);
        true
    }

    fn ask_next(&mut self, server: Option<Ipv4Addr>, host: &mut dyn Host) {
        if self.query.is_some() || self.wanted.is_empty() {
            return;
        }
        let (name, started_at) = self.wanted.remove(0);
        // An unpredictable port and ID: RFC 5452 section 9.2 (here from the scenario's seed).
        let port = host.bind(0).unwrap_or(DNS_PORT);
        self.query = Some(Query { name, id: host.random() as u16, port, tried: 0, started_at });
        self.send(server, Rule::DnsQuery, host);
    }

    fn send(&mut self, server: Option<Ipv4Addr>, rule: Rule, host: &mut dyn Host) {
        let Some(query) = &mut self.query else { return };
        query.tried += 1;
        let message = DnsMessage::query(query.id, query.name.clone());
        if let Some(server) = self.spec.server.or(server) {
            host.send_to(query.port, Endpoint::new(server, DNS_PORT), message.encode(), rule);
        }
        host.set_timer(ANSWER, self.spec.timeout_us, rule);
    }
}

/// Settings of a name server.
///
/// Simplified: it answers from its own names; a real one queries other servers, from the root downwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DnsServerSpec {
    /// The names it knows.
    pub names: Vec<NameSpec>,
}

impl BuildRole for DnsServerSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(DnsServer { names: self.names.clone() })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        NameSpec::problem("names", &self.names)
    }
}

#[derive(Debug)]
struct DnsServer {
    names: Vec<NameSpec>,
}

impl Role for DnsServer {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                host.bind(DNS_PORT);
            }
            Input::Datagram(datagram) if datagram.destination.port == DNS_PORT => {
                self.answer(&datagram, host)
            }
            _ => {}
        }
    }
}

impl DnsServer {
    fn answer(&self, datagram: &Datagram, host: &mut dyn Host) {
        let Some(query) = DnsMessage::decode(&datagram.payload).filter(|message| !message.is_response) else {
            return;
        };
        let known = self.names.iter().filter(|known| known.name.eq_ignore_ascii_case(&query.name));
        let records: Vec<DnsRecord> = known
            .map(|known| DnsRecord { name: query.name.clone(), ttl_s: known.ttl_s, address: known.address })
            .collect();
        let rule = if records.is_empty() { Rule::DnsNameError } else { Rule::DnsAnswer };
        host.send_to(DNS_PORT, datagram.source, query.answer(records).encode(), rule);
    }
}
