//! A page over TLS: how long it takes, what is on the wire, and that nothing written is lost.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::tcp::Call;
use playground_core::tls::{ContentType, client_hello_of, records};
use playground_core::trace::Trace;
use support::scenes::kept_by_sends;

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

/// RFC 9293 section 3.6: CLOSE sends what was written before it; RFC 8446 section 6.1: close_notify comes last.
#[test]
fn closing_over_tls_sends_all_that_was_written() {
    let json = r#"{
        "nodes": [
            {"name": "client", "address": "10.0.0.1", "stack": {"tls": {}},
             "role": {"client": {"connect_to": "server", "port": 443, "host": "a.example", "asks": "close",
                "requests": [{"path": "/a"}]}}},
            {"name": "server", "address": "10.0.0.2", "stack": {"tls": {}},
             "role": {"origin-server": {"port": 443, "resources": [{"path": "/a", "body_len": 200000}]}}}
        ],
        "links": [{"between": ["client", "server"], "delay_us": 1000}]
    }"#;
    let trace = run(&Scenario::from_json(json).expect("a scenario")).expect("it runs");
    let got = trace.entries.iter().find_map(|entry| match &entry.event {
        Event::TransactionCompleted { body_len, .. } => Some(Ok(*body_len)),
        Event::TransactionFailed { problem, .. } => Some(Err(problem.key())),
        _ => None,
    });
    assert_eq!(got, Some(Ok(200_000)));
}

/// A record that finds the send buffer exactly full must not be thrown away: the next one has the next number.
#[test]
fn a_full_send_buffer_loses_no_record() {
    for len in 65_150..65_420 {
        let json = r#"{
            "nodes": [
                {"name": "client", "address": "10.0.0.1", "stack": {"tls": {}},
                 "role": {"client": {"connect_to": "server", "port": 443, "host": "a.example", "pipeline": 2,
                    "requests": [{"path": "/a"}, {"path": "/b"}], "closes_when_done": true}}},
                {"name": "server", "address": "10.0.0.2", "stack": {"tls": {}},
                 "role": {"origin-server": {"port": 443, "resources": [
                    {"path": "/a", "body_len": LEN}, {"path": "/b", "body_len": 10}]}}}
            ],
            "links": [{"between": ["client", "server"], "delay_us": 1000}]
        }"#;
        let json = json.replace("LEN", &len.to_string());
        let trace = run(&Scenario::from_json(&json).expect("a scenario")).expect("it runs");
        let done =
            trace.entries.iter().filter(|entry| matches!(entry.event, Event::TransactionCompleted { .. }));
        assert_eq!(done.count(), 2, "a body of {len} octets");
    }
}

/// What waits for room behind TLS must not be copied into the trace with every ACK.
#[test]
fn an_answer_is_kept_about_once() {
    let json = r#"{
        "nodes": [
            {"name": "client", "address": "10.0.0.1", "stack": {"tls": {}},
             "role": {"client": {"connect_to": "server", "port": 443, "host": "a.example",
                "requests": [{"path": "/a"}], "closes_when_done": true}}},
            {"name": "server", "address": "10.0.0.2", "stack": {"tls": {}},
             "role": {"origin-server": {"port": 443, "resources": [{"path": "/a", "body_len": 1000000}]}}}
        ],
        "links": [{"between": ["client", "server"], "delay_us": 1000}]
    }"#;
    let trace = run(&Scenario::from_json(json).expect("a scenario")).expect("it runs");
    let kept = kept_by_sends(&trace);
    assert!(kept < 10_000_000, "{kept} octets in the trace for an answer of 1,000,000");
}
