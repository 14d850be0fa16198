//! Proxies as lessons put them on their network: one behind the other, the client in front of the first.

use playground_core::event::Event;
use playground_core::http::Version;
use playground_core::node::{Asks, ClientSpec, DumbProxySpec, RequestSpec, RoleSpec, SmartProxySpec};
use playground_core::sim::NodeSpec;
use playground_core::time::{Duration, Instant};

use crate::network::host;
use crate::pattern::{Pattern, event};

/// The names of the proxies of a chain, the client's neighbour first.
pub const NAMES: [&str; 3] = ["proxy", "proxy-2", "proxy-3"];

/// The client wants its second page so long after it has the first.
const THINKING: Duration = Duration::from_millis(500);

/// A chain of `dumb` and `smart` proxies in front of the server, the smart ones with this idle timeout.
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

/// A client of the first proxy that wants `/a` and, once it has it, `/b`.
pub fn client_of_proxy(version: Version, asks: Asks) -> NodeSpec {
    let requests = vec![RequestSpec::get("/a"), RequestSpec::get("/b").after(THINKING)];
    let client = ClientSpec::new(NAMES[0], requests);
    host("client", RoleSpec::Client(ClientSpec { port: 8080, absolute_form: true, version, asks, ..client }))
}

/// The client gives a request up.
pub fn gives_up() -> Pattern {
    event("client", |event| matches!(event, Event::TransactionFailed { .. }))
}

/// When the client first wanted the request that is done or given up here.
pub fn wanted_at(event: &Event) -> Option<Instant> {
    match event {
        Event::TransactionCompleted { started_at, .. } | Event::TransactionFailed { started_at, .. } => {
            Some(*started_at)
        }
        _ => None,
    }
}
