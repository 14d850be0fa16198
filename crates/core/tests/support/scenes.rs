//! Builders of scenarios, and what a reader of a trace asks about them.

use playground_core::event::Event;
use playground_core::http::Version;
use playground_core::node::{
    Asks, ClientSpec, DumbProxySpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, ScriptCall,
    ScriptSpec, ScriptStep, SmartProxySpec,
};
use playground_core::scenario::{Limits, LinkSpec, NodeSpec, Scenario, StackSpec};
use playground_core::sim::run;
use playground_core::tcp::{Call, ProfileName};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use super::{ms, secs};

/// A node; the last octet of its address is its place, from 1.
pub fn node(name: &str, place: u8, profile: ProfileName, role: RoleSpec) -> NodeSpec {
    let stack = StackSpec::default();
    NodeSpec { name: name.to_owned(), address: [10, 0, 0, place].into(), profile, stack, role }
}

/// A link without limit of rate.
pub fn link(a: &str, b: &str, delay: Duration) -> LinkSpec {
    LinkSpec {
        between: (a.to_owned(), b.to_owned()),
        delay_us: delay,
        bits_per_s: 0,
        queue_segments: None,
        impairments: Vec::new(),
    }
}

/// Nodes in a row, each linked to the next.
pub fn chain(profile: ProfileName, delay: Duration, roles: Vec<(&str, RoleSpec)>) -> Scenario {
    let names: Vec<String> = roles.iter().map(|(name, _)| (*name).to_owned()).collect();
    let nodes =
        roles.into_iter().enumerate().map(|(index, (name, role))| node(name, index as u8 + 1, profile, role));
    Scenario {
        name: "chain".to_owned(),
        seed: 1,
        nodes: nodes.collect(),
        links: names.windows(2).map(|pair| link(&pair[0], &pair[1], delay)).collect(),
        interventions: Vec::new(),
        limits: Limits::default(),
    }
}

/// A client that asks `peer` on port 8080 for two pages, the second half a second after the first.
pub fn two_requests(peer: &str, version: Version, asks: Asks) -> ClientSpec {
    let requests = vec![RequestSpec::get("/f"), RequestSpec::get("/g").after(ms(500))];
    let mut client = ClientSpec::new(peer, requests);
    client.port = 8080;
    client.absolute_form = true;
    client.version = version;
    client.asks = asks;
    client
}

/// An origin server with two pages that keeps connections five seconds.
pub fn origin(version: Version) -> OriginServerSpec {
    OriginServerSpec {
        version,
        idle_timeout_us: secs(5),
        resources: vec![ResourceSpec::new("/f", 100), ResourceSpec::new("/g", 100)],
        ..OriginServerSpec::default()
    }
}

/// A blind relay to `next`.
pub fn dumb(next: &str, next_port: u16) -> RoleSpec {
    RoleSpec::DumbProxy(DumbProxySpec { port: 8080, next: next.to_owned(), next_port })
}

/// A proxy by the book in front of `next`.
pub fn smart(next: &str, next_port: u16, next_is_proxy: bool, idle: Duration) -> RoleSpec {
    RoleSpec::SmartProxy(SmartProxySpec {
        next_port,
        next_is_proxy,
        idle_timeout_us: idle,
        ..SmartProxySpec::new(next)
    })
}

/// A script of calls, by the millisecond.
pub fn script(steps: Vec<(u64, ScriptCall)>) -> RoleSpec {
    let steps =
        steps.into_iter().map(|(at, call)| ScriptStep { at_us: Instant::from_millis(at), call }).collect();
    RoleSpec::Script(ScriptSpec { steps })
}

/// Writes text once on the script's first connection.
pub fn say(text: &str) -> ScriptCall {
    ScriptCall::Send { socket: 0, text: text.to_owned(), times: 1 }
}

/// The trace of a sound scenario.
pub fn trace(scenario: &Scenario) -> Trace {
    run(scenario).expect("the scenario is sound")
}

/// What the client got, a line each: `0.1 s: 0 200 100 octets`, `5.0 s: 1 ECONNRESET`, in tenths of a second.
pub fn outcomes(trace: &Trace) -> Vec<String> {
    let tenths = |at: Instant| {
        let tenths = (at.as_micros() + 50_000) / 100_000;
        format!("{}.{} s", tenths / 10, tenths % 10)
    };
    trace
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::TransactionCompleted { request, status, body_len, .. } => {
                Some(format!("{}: {request} {status} {body_len} octets", tenths(entry.at)))
            }
            Event::TransactionFailed { request, problem, .. } => {
                Some(format!("{}: {request} {problem}", tenths(entry.at)))
            }
            _ => None,
        })
        .collect()
}

/// The lines of the notation from one node to another (`client` to `proxy`).
pub fn lines_between(trace: &Trace, from: &str, to: &str) -> Vec<String> {
    let way = format!(" {from}.");
    let there = format!(" > {to}.");
    let text = trace.notation();
    text.lines().filter(|line| line.contains(&way) && line.contains(&there)).map(str::to_owned).collect()
}

/// How many connections were opened from one node to another.
pub fn opened(trace: &Trace, from: &str, to: &str) -> usize {
    lines_between(trace, from, to).iter().filter(|line| line.contains("[S]")).count()
}

/// The octets that reached a node's applications, as text.
pub fn heard(trace: &Trace, name: &str) -> String {
    use playground_core::tcp::{Call, Returned};
    let node = trace.scenario.nodes.iter().position(|node| node.name == name).expect("a node");
    let mut text = String::new();
    for entry in trace.entries.iter().filter(|entry| entry.node.index() == node) {
        if let Event::CallReturned {
            call: Call::Receive { .. },
            returned: Returned::Received { octets },
            ..
        } = &entry.event
        {
            text.push_str(&String::from_utf8_lossy(octets));
        }
    }
    text
}

/// Octets that the send calls in the trace keep alive: what one buffer holds counts once, by where it ends.
pub fn kept_by_sends(trace: &Trace) -> u64 {
    let mut buffers: std::collections::BTreeMap<usize, u64> = std::collections::BTreeMap::new();
    for entry in &trace.entries {
        if let Event::CallReturned { call: Call::Send { octets }, .. } = &entry.event {
            let most = buffers.entry(octets.as_ptr() as usize + octets.len()).or_default();
            *most = (*most).max(octets.len() as u64);
        }
    }
    buffers.values().sum()
}
