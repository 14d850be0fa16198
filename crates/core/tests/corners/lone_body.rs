//! A request whose body never comes does not hold a server's connection for ever. RFC 9112 section 9.5.

use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, RoleSpec};
use playground_core::tcp::ProfileName;
use playground_core::trace::Event;

use super::support::scenes::{chain, trace};
use super::support::{ms, secs};

#[test]
fn the_server_gives_a_silent_client_up() {
    let head = "POST /f HTTP/1.1\nHost: a.example\nContent-Length: 1000\n";
    let post = RequestSpec { head: Some(head.to_owned()), body_len: 10, ..RequestSpec::get("/f") };
    let client = ClientSpec::new("server", vec![post]);
    let server = OriginServerSpec::default();
    let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    let trace = trace(&chain(ProfileName::Textbook, ms(5), roles));
    let over = trace.entries.iter().any(|entry| matches!(entry.event, Event::TransactionFailed { .. }));
    assert!(over, "client and server wait for each other for ever");
}

/// A body that keeps coming is not idle, however long it takes.
#[test]
fn a_slow_upload_outlives_the_idle_timeout() {
    let post = RequestSpec { method: "POST".to_owned(), body_len: 40_000, ..RequestSpec::get("/f") };
    let client = ClientSpec::new("server", vec![post]);
    let server = OriginServerSpec { idle_timeout_us: secs(2), ..OriginServerSpec::default() };
    let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    let mut scenario = chain(ProfileName::Textbook, ms(5), roles);
    // 40,000 octets at 32 kbit/s: ten seconds.
    scenario.links[0].bits_per_s = 32_000;
    let done = |event: &Event| matches!(event, Event::TransactionCompleted { .. });
    assert!(trace(&scenario).entries.iter().any(|entry| done(&entry.event)));
}
