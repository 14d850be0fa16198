//! Chains of proxies between a client and a server.

use playground_core::event::Event;
use playground_core::http::Version;
use playground_core::node::{
    Asks, ClientSpec, DumbProxySpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, SmartProxySpec,
};
use playground_core::scenario::{NodeSpec, Scenario};
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, sent};
use crate::scene::Scene;

/// The names of the proxies of a chain, from the client on.
pub const NAMES: [&str; 3] = ["proxy", "proxy-2", "proxy-3"];

/// Time between the first response and the client's second request.
const THINKING: Duration = Duration::from_millis(500);

/// The server's idle timeout in the lessons on Proxy-Connection.
const SERVER_IDLE: Duration = Duration::from_secs(5);

/// The knob of the lessons on Proxy-Connection: the field with which the client asks for keep-alive.
pub const FIELD: Knob =
    Knob { id: "field", kind: KnobKind::Choice { values: &["proxy-connection", "connection"], default: 0 } };

/// The first step of the lessons on Proxy-Connection.
pub const ASK: StepSpec = StepSpec {
    id: "ask",
    hero: View::Headers,
    moment: |scene| {
        let ask = scene.first(sent("client").data()).halfway();
        ask.variant_if(scene.values.is("field", "connection"), "connection").moment()
    },
};

/// A client that asks with the field of the knob [`FIELD`], proxies of these kinds, and an HTTP/1.1 server.
pub fn proxy_connection(
    name: &str,
    values: &KnobValues,
    kinds: &[&str],
    proxy_idle: Duration,
    rtt_ms: u32,
) -> Scenario {
    let asks = if values.is("field", "connection") { Asks::KeepAlive } else { Asks::ProxyConnection };
    let server = OriginServerSpec {
        idle_timeout_us: SERVER_IDLE,
        resources: vec![ResourceSpec::new("/a", 400), ResourceSpec::new("/b", 400)],
        ..OriginServerSpec::default()
    };
    let mut nodes = vec![client_of_proxy(Version::Http10, asks)];
    nodes.extend(in_a_chain(kinds, proxy_idle));
    nodes.push(host("server", RoleSpec::OriginServer(server)));
    in_a_row(name, rtt_ms, nodes)
}

/// Sets `second-wait`: the time until the client has its second response, or gives up.
pub fn second_wait(scene: &Scene<'_>, facts: &mut Facts) {
    for spot in [scene.first(completed("client", 1)), scene.first(gives_up())] {
        if let Some((at, wanted)) = spot.entry().and_then(|entry| Some((entry.at, wanted_at(&entry.event)?)))
        {
            facts.set("second-wait", Value::Span(at.since(wanted)));
        }
    }
}

/// A chain of `dumb` and `smart` proxies in front of the server; `idle` is the idle timeout of the smart ones.
pub fn in_a_chain(kinds: &[&str], idle: Duration) -> Vec<NodeSpec> {
    let mut nodes = Vec::new();
    for (place, (kind, name)) in kinds.iter().zip(NAMES).enumerate() {
        let behind = NAMES.get(place + 1).filter(|_| place + 1 < kinds.len());
        let (next, next_port) = behind.map_or(("server", 80), |name| (*name, 8080));
        let role = if *kind == "dumb" {
            RoleSpec::DumbProxy(DumbProxySpec { port: 8080, next: next.to_owned(), next_port })
        } else {
            RoleSpec::SmartProxy(SmartProxySpec {
                next_port,
                next_is_proxy: behind.is_some(),
                idle_timeout_us: idle,
                ..SmartProxySpec::new(next)
            })
        };
        nodes.push(host(name, role));
    }
    nodes
}

/// A client of the first proxy that requests `/a` and, after its response, `/b`.
pub fn client_of_proxy(version: Version, asks: Asks) -> NodeSpec {
    let requests = vec![RequestSpec::get("/a"), RequestSpec::get("/b").after(THINKING)];
    let client = ClientSpec::new(NAMES[0], requests);
    host("client", RoleSpec::Client(ClientSpec { port: 8080, absolute_form: true, version, asks, ..client }))
}

/// The client gives a request up.
pub fn gives_up() -> Pattern {
    event("client", |event| matches!(event, Event::TransactionFailed { .. }))
}

/// The start of the transaction that completes or fails with this event.
pub fn wanted_at(event: &Event) -> Option<Instant> {
    match event {
        Event::TransactionCompleted { started_at, .. } | Event::TransactionFailed { started_at, .. } => {
            Some(*started_at)
        }
        _ => None,
    }
}
