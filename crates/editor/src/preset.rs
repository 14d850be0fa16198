//! Starts for the playground that are not a lesson's own.

use playground_core::scenario::Scenario;

/// A client, a server, one page: where one begins that wants to build something of one's own.
///
/// # Panics
///
/// Never: a test reads it.
pub fn blank() -> Scenario {
    Scenario::from_json(BLANK).expect("a test reads it")
}

const BLANK: &str = r#"{
    "nodes": [
        { "name": "client", "address": "192.0.2.10", "profile": "linux", "role": { "client": {
            "connect_to": "server", "host": "www.example.com", "requests": [{ "path": "/" }] } } },
        { "name": "server", "address": "203.0.113.80", "profile": "linux", "role": { "origin-server": {
            "resources": [{ "path": "/", "body_len": 1000 }] } } }
    ],
    "links": [{ "between": ["client", "server"], "delay_us": 50000, "bits_per_s": 10000000 }]
}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blank_start_is_sound() {
        assert!(playground_core::sim::run(&blank()).is_ok());
    }
}
