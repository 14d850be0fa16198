//! A scenario that says what a capture's programs said: the same messages, with the pauses and distances that the capture
//! shows. What the model makes of it is then the model's own.
//!
//! Each connection of a client follows the one before; connections that were busy at the same time are those of
//! clients of their own.

mod exchanges;
mod proxies;
mod servers;
mod stacks;

use core::net::Ipv4Addr;
use std::collections::BTreeMap;

use playground_core::event::NodeId;
use playground_core::http::write_message_text;
use playground_core::node::{CapturedPart, ClientSpec, RequestSpec, RoleSpec};
use playground_core::scenario::{LinkSpec, NodeSpec, Scenario};
use playground_core::tcp::is_host_address;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use self::exchanges::{Exchange, Talk, talks};
use self::stacks::Stacks;
use crate::{Dissection, MessageKind};

/// The most clients of such a scenario.
pub const MOST_CLIENTS: usize = 8;
/// The most requests: a run of more is too long to be kept on the page.
pub const MOST_REQUESTS: usize = 1_000;

/// The scenario of a capture, and where it says something else than the capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modelled {
    /// The scenario, which is valid.
    pub scenario: Scenario,
    /// Messages whose octets are too many for a text: as many other octets stand for their bodies.
    pub stand_ins: u32,
    /// Answers that differ from an earlier one for the same path, which is given instead.
    pub repeated: u32,
}

/// Why a capture has no scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter)]
pub enum NotModelled {
    /// It has no request.
    NoRequest,
    /// A connection was open before the capture began.
    NoHandshake,
    /// A connection carries something else than HTTP/1: TLS, say, or a tunnel.
    NotHttp,
    /// A request has no whole answer in it.
    Incomplete,
    /// A host passes requests on in no way that a proxy of the model does.
    Proxy,
    /// More connections were busy at the same time than [`MOST_CLIENTS`].
    TooManyClients,
    /// It has more than [`MOST_REQUESTS`], or more than a scenario may have.
    TooMuch,
}

impl NotModelled {
    /// Its stable name, the end of the key of its words in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoRequest => "no-request",
            Self::NoHandshake => "no-handshake",
            Self::NotHttp => "not-http",
            Self::Incomplete => "incomplete",
            Self::Proxy => "proxy",
            Self::TooManyClients => "clients",
            Self::TooMuch => "too-much",
        }
    }
}

/// The scenario of a capture that was opened as a trace.
///
/// # Errors
///
/// Why there is none.
pub fn scenario_of(trace: &Trace, dissection: &Dissection) -> Result<Modelled, NotModelled> {
    let messages = dissection.streams.values().flat_map(|stream| &stream.messages);
    if messages.filter(|message| message.kind == MessageKind::Request).count() > MOST_REQUESTS {
        return Err(NotModelled::TooMuch);
    }
    let talks = talks(trace, dissection)?;
    let stacks = Stacks::new(trace, dissection);
    let mut writing =
        Writing { trace, stacks, nodes: Vec::new(), links: Vec::new(), stand_ins: 0, repeated: 0 };
    let is_unanswered = |talk: &&Talk<'_>| talk.exchanges.iter().any(|exchange| exchange.answer.is_none());
    // What a proxy leaves without an answer may well be what it does.
    if talks.iter().filter(is_unanswered).any(|talk| !writing.is_proxy(talk.server.0)) {
        return Err(NotModelled::Incomplete);
    }
    let lanes = lanes(talks.iter().filter(|talk| !writing.is_proxy(talk.client)));
    if lanes.is_empty() {
        return Err(NotModelled::NoRequest);
    }
    if lanes.len() > MOST_CLIENTS {
        return Err(NotModelled::TooManyClients);
    }
    writing.write(&talks, &lanes)?;
    let scenario = Scenario {
        name: trace.scenario.name.clone(),
        seed: 0,
        nodes: writing.nodes,
        links: writing.links,
        interventions: Vec::new(),
        limits: Default::default(),
    };
    scenario.validate().map_err(|_| NotModelled::TooMuch)?;
    Ok(Modelled { scenario, stand_ins: writing.stand_ins, repeated: writing.repeated })
}

/// Connections of one host with one server, of which each begins when the one before has had its last answer.
struct Lane<'t> {
    talks: Vec<&'t Talk<'t>>,
}

fn lanes<'t>(talks: impl Iterator<Item = &'t Talk<'t>>) -> Vec<Lane<'t>> {
    let mut lanes: Vec<Lane<'t>> = Vec::new();
    for talk in talks {
        let begins = talk.exchanges.first().map_or(Instant::ZERO, |exchange| exchange.asked);
        let follows = |lane: &&mut Lane<'t>| {
            let last = lane.talks.last().expect("a lane has a connection");
            let same = (last.client, last.server) == (talk.client, talk.server);
            same && last.exchanges.iter().all(|exchange| exchange.is_answered_by(begins))
        };
        match lanes.iter_mut().find(follows) {
            Some(lane) => lane.talks.push(talk),
            None => lanes.push(Lane { talks: vec![talk] }),
        }
    }
    lanes
}

/// The parts of the scenario, while it is written.
struct Writing<'t> {
    trace: &'t Trace,
    stacks: Stacks,
    nodes: Vec<NodeSpec>,
    links: Vec<LinkSpec>,
    stand_ins: u32,
    repeated: u32,
}

impl Writing<'_> {
    fn write(&mut self, talks: &[Talk<'_>], lanes: &[Lane<'_>]) -> Result<(), NotModelled> {
        let began = talks.iter().map(|talk| talk.opened).min().unwrap_or(Instant::ZERO);
        let mut acceptors: BTreeMap<(NodeId, u16), String> = BTreeMap::new();
        let (mut proxies, mut servers) = (Vec::new(), Vec::new());
        for talk in talks.iter().filter(|talk| !acceptors.contains_key(&talk.server)).collect::<Vec<_>>() {
            let (kind, all) = match self.is_proxy(talk.server.0) {
                true => ("proxy", &mut proxies),
                false => ("server", &mut servers),
            };
            if !all.contains(&talk.server) {
                acceptors.insert(talk.server, numbered(kind, all.len()));
                all.push(talk.server);
            }
        }
        for (place, lane) in lanes.iter().enumerate() {
            let first = lane.talks[0];
            let (name, server) = (numbered("client", place), &acceptors[&first.server]);
            let role = RoleSpec::Client(self.client(lane, server, began));
            self.host(&name, first.client, role);
            self.link(&name, server, &lane.talks);
        }
        for proxy in proxies {
            let received: Vec<&Talk<'_>> = talks.iter().filter(|talk| talk.server == proxy).collect();
            let opened: Vec<&Talk<'_>> = talks.iter().filter(|talk| talk.client == proxy.0).collect();
            let first = opened.first().ok_or(NotModelled::Proxy)?;
            let (name, next) = (&acceptors[&proxy], &acceptors[&first.server]);
            let role = proxies::proxy(&received, &opened, next, self.is_proxy(first.server.0))?;
            self.host(name, proxy.0, role);
            self.link(name, next, &opened);
        }
        for server in servers {
            let talks: Vec<&Talk<'_>> = talks.iter().filter(|talk| talk.server == server).collect();
            let role = RoleSpec::OriginServer(self.server(server.1, &talks));
            self.host(&acceptors[&server], server.0, role);
        }
        Ok(())
    }

    fn is_proxy(&self, node: NodeId) -> bool {
        let role = &self.trace.scenario.nodes[node.index()].role;
        matches!(role, RoleSpec::Captured(spec) if spec.part == CapturedPart::Proxy)
    }

    /// A link as long as the handshakes of some connections show.
    fn link(&mut self, from: &str, to: &str, talks: &[&Talk<'_>]) {
        let round_trip = talks.iter().filter_map(|talk| talk.round_trip).min().unwrap_or(Duration::ZERO);
        self.links.push(LinkSpec {
            between: (from.to_owned(), to.to_owned()),
            delay_us: Duration::from_micros(round_trip.as_micros() / 2),
            bits_per_s: 0,
            queue_segments: None,
            impairments: Vec::new(),
        });
    }

    fn host(&mut self, name: &str, node: NodeId, role: RoleSpec) {
        let (profile, stack) = self.stacks.of(node);
        let address = self.address(node);
        self.nodes.push(NodeSpec { name: name.to_owned(), address, profile, stack, role });
    }

    /// The host's address, or another where that is taken or no address of a host.
    ///
    /// Source: RFC 5737 section 3 (192.0.2.0/24 is for documentation).
    fn address(&self, node: NodeId) -> Ipv4Addr {
        let own = self.trace.scenario.nodes[node.index()].address;
        let others = (1..=254).map(|host| Ipv4Addr::new(192, 0, 2, host));
        let is_free = |address: &Ipv4Addr| self.nodes.iter().all(|node| node.address != *address);
        let is_host = |address: &Ipv4Addr| is_host_address(*address) && !address.is_loopback();
        let mut candidates = Some(own).filter(is_host).into_iter().chain(others);
        candidates.find(is_free).unwrap_or(own)
    }

    fn client(&mut self, lane: &Lane<'_>, server: &str, began: Instant) -> ClientSpec {
        let last = lane.talks[lane.talks.len() - 1];
        let mut requests = Vec::new();
        let mut before: Option<&Exchange<'_>> = None;
        for talk in &lane.talks {
            for (place, exchange) in talk.exchanges.iter().enumerate() {
                let begins = if place == 0 { talk.opened } else { exchange.asked };
                let ready = match before {
                    None => began,
                    Some(before) => match &before.answer {
                        Some(answer) if answer.arrived <= exchange.asked => answer.arrived,
                        _ => before.asked,
                    },
                };
                requests.push(self.request(exchange, saturating(begins, ready)));
                before = Some(exchange);
            }
        }
        let is_single = lane.talks.iter().all(|talk| talk.exchanges.len() == 1);
        let first = &lane.talks[0].exchanges[0];
        let invites = |exchange: &Exchange<'_>| exchange.invited;
        ClientSpec {
            port: last.server.1,
            host: first.head.headers.get("Host").unwrap_or(server).to_owned(),
            version: first.head.version,
            reuses: lane.talks.len() == 1 || !is_single,
            pipeline: lane.talks.iter().map(|talk| talk.most_unanswered()).max().unwrap_or(1),
            pipelines_any_method: true,
            closes_when_done: last.client_closes_first(),
            continue_timeout_us: match lane.talks.iter().flat_map(|talk| &talk.exchanges).any(invites) {
                true => Duration::from_secs(1),
                false => Duration::ZERO,
            },
            ..ClientSpec::new(server, requests)
        }
    }

    fn request(&mut self, exchange: &Exchange<'_>, after: Duration) -> RequestSpec {
        let mut text = write_message_text(exchange.request);
        let mut body_len = 0;
        if text.len() > RequestSpec::TEXT_AT_MOST {
            self.stand_ins += 1;
            text = write_message_text(&exchange.request[..exchange.head_len]);
            body_len = (exchange.request.len() - exchange.head_len) as u32;
        }
        RequestSpec {
            method: exchange.head.method.as_str().to_owned(),
            text: Some(text),
            body_len,
            ..RequestSpec::get(exchange.path()).after(after)
        }
    }
}

/// `client`, `client-2`, as the page knows them.
fn numbered(name: &str, place: usize) -> String {
    if place == 0 { name.to_owned() } else { format!("{name}-{}", place + 1) }
}

/// From one time to a later one; nothing where it is not later.
fn saturating(later: Instant, earlier: Instant) -> Duration {
    Duration::from_micros(later.as_micros().saturating_sub(earlier.as_micros()))
}
