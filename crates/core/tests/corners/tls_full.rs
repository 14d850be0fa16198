//! A record that finds the send buffer exactly full must not be thrown away: the next one has the next number.

use playground_core::sim::{Scenario, run};
use playground_core::trace::Event;

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
