//! A page over TLS: how long it takes, and what is on the wire.
#![cfg(not(target_arch = "wasm32"))]

use playground_core::sim::{Scenario, run};
use playground_core::tcp::Call;
use playground_core::tls::{ContentType, client_hello_of, records};
use playground_core::trace::{Event, Trace};

/// 20 ms from end to end; one page.
fn trace(client: &str, server: &str) -> Trace {
    let json = r#"{
        "nodes": [
            {"name": "client", "address": "192.0.2.10", "stack": {"delayed_ack_us": 0, CLIENT "nagle": false},
             "role": {"client": {"connect_to": "server", "port": 443, "host": "www.joes-hardware.com",
                "requests": [{"path": "/a"}], "closes_when_done": true}}},
            {"name": "server", "address": "192.0.2.80", "profile": "linux", "stack": {SERVER "nagle": false},
             "role": {"origin-server": {"port": 443, "resources": [{"path": "/a", "body_len": 20000}]}}}
        ],
        "links": [{"between": ["client", "server"], "delay_us": 20000}]
    }"#;
    let json = json.replace("CLIENT", client).replace("SERVER", server);
    run(&Scenario::from_json(&json).expect("a scenario")).expect("it runs")
}

/// When the client had its page, ms, and all octets that a node's application wrote.
fn done(trace: &Trace) -> u64 {
    let done = trace.entries.iter().find_map(|entry| match entry.event {
        Event::TransactionCompleted { status: 200, body_len: 20_000, .. } => {
            Some(entry.at.as_micros() / 1_000)
        }
        _ => None,
    });
    done.unwrap_or_else(|| panic!("no page:\n{}", trace.notation()))
}

fn written(trace: &Trace, node: u16) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in trace.entries.iter().filter(|entry| entry.node.0 == node) {
        if let Event::CallReturned { call: Call::Send { octets }, .. } = &entry.event {
            all.extend_from_slice(octets);
        }
    }
    all
}

#[test]
fn each_version_adds_its_round_trips() {
    let plain = done(&trace("", ""));
    // The handshake of TCP and the exchange; the server's first window takes the whole page.
    assert_eq!(plain, 120);
    for (client, server, extra) in [
        (r#""tls": {"version": "1.3", "server_name": "www.joes-hardware.com"},"#, r#""tls": {},"#, 40),
        (r#""tls": {"version": "1.2"},"#, r#""tls": {},"#, 80),
        (r#""tls": {"version": "1.3"},"#, r#""tls": {"version": "1.2"},"#, 80),
        (r#""tls": {"version": "1.2", "resumes": true},"#, r#""tls": {},"#, 40),
        (r#""tls": {"version": "1.3", "resumes": true},"#, r#""tls": {},"#, 40),
    ] {
        assert_eq!(done(&trace(client, server)), plain + extra, "{client} {server}");
    }
}

#[test]
fn on_the_way_only_the_name_and_the_sizes_can_be_read() {
    let client = r#""tls": {"server_name": "www.joes-hardware.com"},"#;
    let trace = trace(client, r#""tls": {},"#);
    for node in [0, 1] {
        let octets = written(&trace, node);
        let whole = records(&octets);
        assert_eq!(whole.last().map(|record| record.range.end), Some(octets.len()), "nothing but records");
        for word in [&b"GET"[..], b"HTTP", b"200 OK", b"/a"] {
            assert!(!octets.windows(word.len()).any(|window| window == word), "{word:?}");
        }
        assert!(whole.iter().any(|record| record.content == ContentType::ApplicationData));
    }
    let hello = client_hello_of(&written(&trace, 0)).expect("a hello in the clear");
    assert_eq!(hello.server_name.as_deref(), Some("www.joes-hardware.com"));
}

#[test]
fn a_server_that_knows_no_tls_leaves_a_failure() {
    let trace = trace(r#""tls": {},"#, "");
    let failed = trace.entries.iter().any(|entry| matches!(entry.event, Event::TransactionFailed { .. }));
    assert!(failed, "{}", trace.notation());
}
