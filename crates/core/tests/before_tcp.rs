//! DHCP, DNS and ping: an address, a name, echoes, and failures without an answer.
#![cfg(not(target_arch = "wasm32"))]

use playground_core::event::Event;
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::trace::Trace;

/// A client, a switch, and around it a DHCP server, a name server and a web server.
const STAR: &str = r#"{
    "nodes": [
        {"name": "client", "address": "0.0.0.0", "stack": {"dhcp": {}, "resolver": {}}, "role": {"client":
            {"connect_to": "server", "host": "www.joes-hardware.com", "requests": [{"path": "/a"}],
             "closes_when_done": true}}},
        {"name": "switch", "address": "0.0.0.0", "role": {"switch": {}}},
        {"name": "dhcp", "address": "192.0.2.1", "role": {"dhcp-server":
            {"first": "192.0.2.10", "name_server": "192.0.2.53"}}},
        {"name": "dns", "address": "192.0.2.53", "role": {"dns-server":
            {"names": [{"name": "www.joes-hardware.com", "address": "192.0.2.80"}]}}},
        {"name": "server", "address": "192.0.2.80", "role": {"origin-server":
            {"resources": [{"path": "/a", "body_len": 100}]}}}
    ],
    "links": [
        {"between": ["client", "switch"], "delay_us": 10000},
        {"between": ["switch", "dhcp"], "delay_us": 10000},
        {"between": ["switch", "dns"], "delay_us": 10000},
        {"between": ["switch", "server"], "delay_us": 10000}
    ]
}"#;

fn trace(json: &str) -> Trace {
    run(&Scenario::from_json(json).expect("a scenario")).expect("it runs")
}

fn lines_of(trace: &Trace, node: &str) -> Vec<String> {
    let sent = trace.entries.iter().filter(|entry| matches!(entry.event, Event::PacketSent { .. }));
    let notation = trace.notation();
    let lines = sent.zip(notation.lines());
    lines
        .filter(|(entry, _)| trace.scenario.nodes[entry.node.index()].name == node)
        .map(|(_, line)| line.to_owned())
        .collect()
}

#[test]
fn a_client_without_an_address_gets_one_then_the_name_then_the_page() {
    let trace = trace(STAR);
    let client = lines_of(&trace, "client");
    assert_eq!(
        client,
        [
            "0.000000 0.0.0.0.68 > 255.255.255.255.67: UDP, length 300: DHCP DISCOVER",
            "0.040000 0.0.0.0.68 > 255.255.255.255.67: UDP, length 300: DHCP REQUEST 192.0.2.10",
            "0.080000 client.49152 > dns.53: UDP, length 39: DNS A? www.joes-hardware.com",
            "0.120000 client.49152 > server.80: Flags [S], seq 0, win 65535, length 0",
            "0.160000 client.49152 > server.80: Flags [.], seq 1, ack 1, win 65535, length 0",
            "0.160000 client.49152 > server.80: Flags [P.], seq 1:49, ack 1, win 65535, length 48: GET /a HTTP/1.1",
            "0.200000 client.49152 > server.80: Flags [F.], seq 49, ack 167, win 65369, length 0",
            "0.240000 client.49152 > server.80: Flags [.], seq 50, ack 168, win 65368, length 0",
        ]
    );
    // The switch passes a broadcast on to everyone but the one it came from.
    let switch = lines_of(&trace, "switch");
    assert_eq!(switch.iter().filter(|line| line.contains("DISCOVER")).count(), 3);
    assert_eq!(switch.iter().filter(|line| line.contains("OFFER")).count(), 3);
    assert_eq!(switch.iter().filter(|line| line.contains("DNS")).count(), 2);
    let done = trace.entries.iter().find_map(|entry| match entry.event {
        Event::TransactionCompleted { status, started_at, .. } => Some((status, entry.at, started_at)),
        _ => None,
    });
    let (status, at, started_at) = done.expect("the page");
    assert_eq!((status, at.as_micros(), started_at.as_micros()), (200, 200_000, 0));
}

#[test]
fn a_server_that_is_off_leaves_retries_and_then_a_clear_failure() {
    let off = STAR.replace(
        r#"{"dhcp-server":
            {"first": "192.0.2.10", "name_server": "192.0.2.53"}}"#,
        r#"{"off": {}}"#,
    );
    let trace = trace(&off);
    let tried: Vec<String> = lines_of(&trace, "client");
    let times: Vec<&str> = tried.iter().filter_map(|line| line.split('.').next()).collect();
    // RFC 2131 section 4.1: 4, 8 and 16 seconds between, and the last wait is over at 60.
    assert_eq!(times, ["0", "4", "12", "28"]);
    let failed = trace.entries.iter().find_map(|entry| match &entry.event {
        Event::TransactionFailed { problem, .. } => Some((entry.at.as_micros(), problem.key())),
        _ => None,
    });
    assert_eq!(failed, Some((60_000_000, "no-address")));
}

#[test]
fn a_name_that_is_not_there_and_a_name_server_that_is_not_there() {
    for (from, to, at, expected) in [
        (r#""name": "www.joes-hardware.com""#, r#""name": "www.other.com""#, 120_000, "name-not-found"),
        (
            r#"{"name": "dns", "address": "192.0.2.53", "role": {"dns-server":
            {"names": [{"name": "www.joes-hardware.com", "address": "192.0.2.80"}]}}"#,
            r#"{"name": "dns", "address": "192.0.2.53", "role": {"off": {}}"#,
            10_080_000,
            "name-timeout",
        ),
    ] {
        assert!(STAR.contains(from), "{from}");
        let trace = trace(&STAR.replace(from, to));
        let failed = trace.entries.iter().find_map(|entry| match &entry.event {
            Event::TransactionFailed { problem, .. } => Some((entry.at.as_micros(), problem.key())),
            _ => None,
        });
        assert_eq!(failed, Some((at, expected)));
    }
}

#[test]
fn a_name_is_asked_for_once_while_it_may_be_kept() {
    let twice = |ttl: u32| {
        let json = STAR
            .replace(r#"[{"path": "/a"}]"#, r#"[{"path": "/a"}, {"path": "/a", "after_us": 2000000}]"#)
            .replace(r#""closes_when_done""#, r#""reuses": false, "closes_when_done""#)
            .replace(
                r#""address": "192.0.2.80"}]"#,
                &format!(r#""address": "192.0.2.80", "ttl_s": {ttl}}}]"#),
            );
        let trace = trace(&json);
        let asked = lines_of(&trace, "client").iter().filter(|line| line.contains("DNS A?")).count();
        let cached = |event: &Event| matches!(event, Event::NameResolved { cached: true, .. });
        (asked, trace.entries.iter().filter(|entry| cached(&entry.event)).count())
    };
    assert_eq!(twice(300), (1, 1));
    assert_eq!(twice(1), (2, 0));
}

/// A ping through a switch and a gateway.
const PING: &str = r#"{
    "nodes": [
        {"name": "client", "address": "192.0.2.10", "role": {"ping": {"to": "server", "count": 2}}},
        {"name": "switch", "address": "0.0.0.0", "role": {"switch": {}}},
        {"name": "gateway", "address": "192.0.2.254", "role": {"router": {}}},
        {"name": "server", "address": "203.0.113.80", "role": {"origin-server": {}}}
    ],
    "links": [
        {"between": ["client", "switch"], "delay_us": 1000},
        {"between": ["switch", "gateway"], "delay_us": 1000},
        {"between": ["gateway", "server"], "delay_us": 20000}
    ]
}"#;

fn echoes(trace: &Trace) -> Vec<(u16, u64, Option<&str>)> {
    let fate = |event: &Event, at: u64| match event {
        Event::EchoReturned { sequence, sent_at } => Some((*sequence, at - sent_at.as_micros(), None)),
        _ => None,
    };
    let mut echoes = Vec::new();
    for entry in &trace.entries {
        let at = entry.at.as_micros();
        if let Event::EchoLost { sequence, problem, sent_at } = &entry.event {
            echoes.push((*sequence, at - sent_at.as_micros(), Some(problem.key())));
        }
        echoes.extend(fate(&entry.event, at));
    }
    echoes
}

#[test]
fn an_echo_comes_back_after_a_round_trip() {
    assert_eq!(echoes(&trace(PING)), [(1, 44_000, None), (2, 44_000, None)]);
}

#[test]
fn the_gateway_says_that_a_host_which_is_off_does_not_answer() {
    let trace = trace(&PING.replace(r#"{"origin-server": {}}"#, r#"{"off": {}}"#));
    // Both wait at the gateway until it gives up, three seconds after the first came.
    let problem = Some("host-unreachable");
    assert_eq!(echoes(&trace), [(1, 3_004_000, problem), (2, 2_004_000, problem)]);
    assert!(trace.notation().contains("gateway > client: ICMP: host unreachable"));
}

#[test]
fn what_makes_no_sense_is_named_by_its_field() {
    for (from, to, field) in [
        (r#""address": "0.0.0.0", "stack""#, r#""address": "192.0.2.9", "stack""#, "nodes[0].address"),
        (r#""address": "192.0.2.53", "role""#, r#""address": "192.0.2.11", "role""#, "nodes[3].address"),
        (r#""dhcp": {}"#, r#""dhcp": {"tries": 0}"#, "nodes[0].stack.dhcp.tries"),
        (r#""resolver": {}"#, r#""resolver": {"timeout_us": 1}"#, "nodes[0].stack.resolver.timeout_us"),
        (r#""first": "192.0.2.10""#, r#""first": "255.255.255.250""#, "nodes[2].role.dhcp-server.first"),
        (
            r#""name": "www.joes-hardware.com", "address""#,
            r#""name": "a b", "address""#,
            "nodes[3].role.dns-server.names[0].name",
        ),
    ] {
        assert!(STAR.contains(from), "{from}");
        let error = Scenario::from_json(&STAR.replace(from, to)).expect_err(field);
        assert_eq!(error.field, field, "{error}");
    }
}

#[test]
fn a_circle_of_switches_is_refused() {
    let json = r#"{"nodes": [
        {"name": "a", "address": "0.0.0.0", "role": {"switch": {}}},
        {"name": "b", "address": "0.0.0.0", "role": {"switch": {}}},
        {"name": "c", "address": "0.0.0.0", "role": {"switch": {}}}],
        "links": [{"between": ["a", "b"], "delay_us": 1}, {"between": ["b", "c"], "delay_us": 1},
                  {"between": ["c", "a"], "delay_us": 1}]}"#;
    assert_eq!(Scenario::from_json(json).expect_err("a circle").field, "links[2].between");
}
