//! A server behind TLS that closes after an answer larger than its send buffer must not cut the answer.

use playground_core::sim::{Scenario, run};
use playground_core::trace::Event;

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
        Event::TransactionFailed { problem, .. } => Some(Err(*problem)),
        _ => None,
    });
    assert_eq!(got, Some(Ok(200_000)));
}
