//! The client's connection policies, as traces.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::tcp::{Notice, ProfileName};
use playground_core::trace::{Event, Trace};
use support::ms;
use support::scenes::{chain, trace};

fn fetch(change: impl Fn(&mut ClientSpec)) -> Trace {
    let paths = ["/a", "/b", "/c"];
    let mut client = ClientSpec::new("server", paths.into_iter().map(RequestSpec::get).collect());
    change(&mut client);
    let server = OriginServerSpec {
        resources: paths.into_iter().map(|path| ResourceSpec::new(path, 300)).collect(),
        ..OriginServerSpec::default()
    };
    let nodes = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    let mut scenario = chain(ProfileName::Textbook, ms(50), nodes);
    scenario.links[0].bits_per_s = 10_000_000;
    trace(&scenario)
}

/// How many connections the client opened, and how many answers it had at each opening.
fn openings(trace: &Trace) -> Vec<u32> {
    let mut answers = 0;
    let mut openings = Vec::new();
    for entry in trace.entries.iter().filter(|entry| entry.node.index() == 0) {
        match entry.event {
            Event::TransactionCompleted { .. } => answers += 1,
            Event::Socket { notice: Notice::Opened { .. }, .. } => openings.push(answers),
            _ => {}
        }
    }
    assert_eq!(answers, 3, "every request is answered");
    openings
}

#[test]
fn a_policy_decides_how_many_connections_there_are() {
    for (reuses, pipeline, expected) in [
        // Serial: one connection for each, one after another.
        (false, 1, vec![0, 1, 2]),
        (true, 1, vec![0]),
        (true, 3, vec![0]),
    ] {
        let trace = fetch(|client| (client.reuses, client.pipeline) = (reuses, pipeline));
        assert_eq!(openings(&trace), expected, "reuses {reuses}, pipeline {pipeline}");
    }
}
