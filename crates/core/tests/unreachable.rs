//! ICMP destination unreachable, for an open connection and for one being opened.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::tcp::{CallError, Notice, Profile, SocketEvent, State};
use support::{End, Pair, ms, secs};

/// A client whose server is behind a router, and switched off.
fn scenario(profile: &str) -> Scenario {
    let json = r#"{
        "nodes": [
            {"name": "client", "address": "10.7.0.1", "profile": "PROFILE", "role": {"client":
                {"connect_to": "server", "host": "server", "requests": [{"path": "/a"}]}}},
            {"name": "gateway", "address": "10.7.0.254", "role": {"router": {}}},
            {"name": "server", "address": "10.8.0.9", "role": {"off": {}}}
        ],
        "links": [
            {"between": ["client", "gateway"], "delay_us": 35000},
            {"between": ["gateway", "server"], "delay_us": 1000}
        ]
    }"#;
    Scenario::from_json(&json.replace("PROFILE", profile)).expect("a scenario")
}

fn ended(profile: &str) -> Option<(u64, &'static str)> {
    let trace = run(&scenario(profile)).expect("it runs");
    let mut failures = trace.entries.iter().filter_map(|entry| match &entry.event {
        Event::Socket { notice: Notice::Errored { error }, .. } => {
            Some((entry.at.as_micros() / 1_000, error.name()))
        }
        _ => None,
    });
    let first = failures.next();
    assert_eq!(failures.next(), None);
    first
}

/// Linux 6.18 through a Linux router, to an address that nobody has: connect() gave EHOSTUNREACH after 3.07 s.
#[test]
fn icmp_unreachable_ends_an_opening_on_linux() {
    assert_eq!(ended("linux"), Some((3_070, "EHOSTUNREACH")));
}

/// RFC 9293 section 3.9.2.2: a soft error, on which TCP "MUST NOT abort the connection"; the user is told when time
/// is up.
#[test]
fn an_opening_goes_on_by_the_book_until_its_time_is_up() {
    assert_eq!(ended("textbook"), Some((131_000, "EHOSTUNREACH")));
}

#[test]
fn an_open_connection_survives_icmp_unreachable() {
    let mut pair = Pair::of(Profile::linux());
    let opened = pair.open();
    pair.write(End::A, opened.a, 100);
    pair.unreachable(End::A, opened.a, 1, CallError::HostUnreachable);
    pair.run_for(ms(300));
    assert_eq!(pair.state(End::A, opened.a), State::Established);
    assert_eq!(pair.read(End::B, opened.b).len(), 100);
    // What was said is forgotten, as an acknowledgment came since.
    pair.cut();
    pair.write(End::A, opened.a, 100);
    pair.run_for(secs(2_000));
    assert!(pair.events_of(End::A).contains(&SocketEvent::Failed(CallError::TimedOut)));
}

#[test]
fn a_connection_that_times_out_reports_the_icmp_error() {
    let mut pair = Pair::of(Profile::linux());
    let opened = pair.open();
    pair.run_for(ms(100));
    pair.cut();
    pair.write(End::A, opened.a, 100);
    pair.unreachable(End::A, opened.a, 1, CallError::HostUnreachable);
    // What was never sent, and what was acknowledged long ago: anyone may say so.
    pair.unreachable(End::A, opened.a, 5_000, CallError::NetworkUnreachable);
    pair.unreachable(End::A, opened.a, 0, CallError::NetworkUnreachable);
    pair.run_for(secs(2_000));
    assert!(pair.events_of(End::A).contains(&SocketEvent::Failed(CallError::HostUnreachable)));
    // Told once, as any error.
    assert_eq!(pair.receive(End::A, opened.a), Err(CallError::HostUnreachable));
    assert_eq!(pair.send(End::A, opened.a, b"x"), Err(CallError::BrokenPipe));
}
