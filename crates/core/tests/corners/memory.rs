//! What a trace holds must be in proportion to what its scenario's limits allow.

use std::collections::BTreeMap;

use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, ScriptCall};
use playground_core::sim::run;
use playground_core::tcp::{Call, ProfileName};
use playground_core::time::Instant;
use playground_core::trace::{Event, Trace};

use super::support::scenes::{chain, script, smart, trace};
use super::support::{ms, secs};

/// Octets that the send calls in the trace keep alive: what one buffer holds counts once, by where it ends.
pub fn kept(trace: &Trace) -> u64 {
    let mut buffers: BTreeMap<usize, u64> = BTreeMap::new();
    for entry in &trace.entries {
        if let Event::CallReturned { call: Call::Send { octets }, .. } = &entry.event {
            let most = buffers.entry(octets.as_ptr() as usize + octets.len()).or_default();
            *most = (*most).max(octets.len() as u64);
        }
    }
    buffers.values().sum()
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
    let kept = kept(&trace(&chain(ProfileName::Textbook, ms(1), roles)));
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
    assert!(error.to_string().contains("steps"), "{error}");
}
