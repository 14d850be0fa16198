//! What waits for room behind TLS must not be copied into the trace with every ACK.

use playground_core::sim::{Scenario, run};

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
    let kept = super::memory::kept(&trace);
    assert!(kept < 10_000_000, "{kept} octets in the trace for an answer of 1,000,000");
}
