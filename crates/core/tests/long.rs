//! Large scenarios: bounded by their own limits, not by the call stack or memory.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, ScriptCall};
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::tcp::ProfileName;
use playground_core::time::Instant;
use support::scenes::{chain, kept_by_sends, script, smart, trace};
use support::{ms, secs};

fn requests(count: usize) -> Vec<RequestSpec> {
    (0..count).map(|_| RequestSpec::get("/")).collect()
}

fn client_and_server(client: ClientSpec, server: OriginServerSpec) -> Scenario {
    let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    chain(ProfileName::Textbook, ms(1), roles)
}

// A test has 2 MiB of stack and WebAssembly 1 MiB: a list's length must not be the depth of a recursion.

#[test]
fn ten_thousand_requests_to_a_node_without_a_link() {
    let client = ClientSpec::new("server", requests(10_000));
    let mut scenario = client_and_server(client, OriginServerSpec::default());
    scenario.links.clear();
    let trace = trace(&scenario);
    let failed = trace.entries.iter().filter(|it| matches!(it.event, Event::TransactionFailed { .. }));
    assert_eq!(failed.count(), 10_000);
}

#[test]
fn ten_thousand_requests_in_a_pipeline() {
    let client = ClientSpec { pipeline: 10_000, ..ClientSpec::new("server", requests(10_000)) };
    let scenario = client_and_server(client, OriginServerSpec::default());
    assert!(trace(&scenario).entries.len() >= 10_000);
}

#[test]
fn two_thousand_requests_behind_a_slow_one() {
    // One typed head carries all the others behind it.
    let head = "GET / HTTP/1.1\nHost: a\n\n".repeat(2_000);
    let behind = RequestSpec { text: Some(head), ..RequestSpec::get("/") };
    let requests = vec![RequestSpec::get("/slow"), behind];
    let client = ClientSpec { pipeline: 20, ..ClientSpec::new("server", requests) };
    let slow = ResourceSpec { processing_us: ms(2_000), ..ResourceSpec::new("/slow", 10) };
    let resources = vec![slow, ResourceSpec::new("/", 10)];
    let mut scenario =
        client_and_server(client, OriginServerSpec { resources, ..OriginServerSpec::default() });
    scenario.nodes[1].stack.send_buffer = Some(16_000_000);
    assert!(trace(&scenario).entries.len() >= 4_000);
}

/// Fifty answers of a megabyte are asked for together; what waits for a send buffer of 64 KiB is one of them.
#[test]
fn answers_are_made_as_there_is_room_for_them() {
    let requests = (0..50).map(|_| RequestSpec::get("/f")).collect();
    let client = ClientSpec { pipeline: 50, ..ClientSpec::new("server", requests) };
    let resources = vec![ResourceSpec::new("/f", 1_000_000)];
    let mut scenario =
        client_and_server(client, OriginServerSpec { resources, ..OriginServerSpec::default() });
    scenario.limits.entries = 2_000;
    let trace = trace(&scenario);
    let made = trace
        .entries
        .iter()
        .filter(|it| it.node.0 == 1 && matches!(it.event, Event::PersistenceDecided { .. }))
        .count();
    assert!(made <= 2, "{made} answers of a megabyte wait for a buffer of 64 KiB");
}

/// What waits for room is not copied again with every segment that comes.
#[test]
fn a_proxy_in_front_of_a_client_that_does_not_read() {
    let client = ClientSpec {
        port: 8080,
        absolute_form: true,
        reads_from_us: Instant::from_millis(60_000),
        ..ClientSpec::new("proxy", vec![RequestSpec::get("/f")])
    };
    let server =
        OriginServerSpec { resources: vec![ResourceSpec::new("/f", 600_000)], ..OriginServerSpec::default() };
    let roles = vec![
        ("client", RoleSpec::Client(client)),
        ("proxy", smart("server", 80, false, secs(0))),
        ("server", RoleSpec::OriginServer(server)),
    ];
    let kept = kept_by_sends(&trace(&chain(ProfileName::Textbook, ms(1), roles)));
    assert!(kept < 6_000_000, "{kept} octets in the trace for an answer of 600,000");
}

/// A send call keeps all that it was given, also when it takes nothing: the sum of all counts.
#[test]
fn a_script_that_writes_into_a_full_buffer() {
    let mut steps = vec![(0, ScriptCall::Connect { to: "b".to_owned(), port: 80 })];
    let send = ScriptCall::Send { socket: 0, text: "x".repeat(1_000), times: 1_000 };
    steps.extend((0..100).map(|_| (100, send.clone())));
    let scenario = chain(
        ProfileName::Textbook,
        ms(1),
        vec![("a", script(steps)), ("b", script(vec![(0, ScriptCall::Listen { port: 80 })]))],
    );
    let error = run(&scenario).expect_err("100,000,000 octets");
    // The first sixteen calls write sixteen million octets; the place is that of the one after them.
    assert_eq!(
        error.to_string(),
        "nodes[0].role.script.steps[17].times: must not write more than 16,000,000 octets"
    );
}
