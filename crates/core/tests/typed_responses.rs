//! Responses that a person typed: sent as they stand, and believed as every reader of them would.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::tcp::{Notice, ProfileName};
use support::scenes::{chain, outcomes, trace};
use support::{ms, secs};

/// Two requests for a resource whose response is this text, by a client with patience for two seconds.
fn scenario(method: &str, text: &str) -> Scenario {
    let request = RequestSpec { method: method.to_owned(), ..RequestSpec::get("/a") };
    let mut client = ClientSpec::new("server", vec![request.clone(), request]);
    client.response_timeout_us = secs(2);
    let resource = ResourceSpec { text: Some(text.to_owned()), ..ResourceSpec::new("/a", 300) };
    let server = OriginServerSpec { resources: vec![resource], ..OriginServerSpec::default() };
    let nodes = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    chain(ProfileName::Textbook, ms(50), nodes)
}

/// The outcomes of both, and the connections that were opened for them.
fn fetched(method: &str, text: &str) -> (Vec<String>, usize) {
    let trace = trace(&scenario(method, text));
    let opened = trace.entries.iter().filter(|entry| {
        entry.node.index() == 0 && matches!(entry.event, Event::Socket { notice: Notice::Opened { .. }, .. })
    });
    (outcomes(&trace), opened.count())
}

/// The typed head decides, as RFC 9112 sections 6.3 and 9.3 let a reader conclude.
#[test]
fn the_typed_head_frames_the_response_and_decides_about_the_connection() {
    let whole = "HTTP/1.1 404 Not here\nContent-Length: 5\n\nhello";
    for (method, text, status, connections) in [
        ("GET", whole, "404", 1),
        // A response to HEAD ends with its head, whatever it announces.
        ("HEAD", whole, "404", 1),
        ("GET", "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 5\n\nhello", "200", 2),
        ("GET", "HTTP/1.0 200 OK\nContent-Length: 5\n\nhello", "200", 2),
        // No length: the end of the connection is the end of the body.
        ("GET", "HTTP/1.1 200 OK\n\nhello", "200", 2),
        ("GET", "HTTP/1.1 204 No Content", "204", 1),
        ("GET", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0", "200", 1),
    ] {
        let (outcomes, opened) = fetched(method, text);
        assert_eq!(outcomes.len(), 2, "{text}: {outcomes:?}");
        assert!(outcomes.iter().all(|outcome| outcome.contains(status)), "{text}: {outcomes:?}");
        assert_eq!(opened, connections, "{text}");
    }
}

/// A body that is shorter than its Content-Length is waited for; the server has kept its word and waits too.
#[test]
fn a_length_that_is_too_large_is_waited_for() {
    let (outcomes, _) = fetched("GET", "HTTP/1.1 200 OK\nContent-Length: 9\n\nhello");
    assert!(outcomes.iter().all(|outcome| !outcome.contains("200")), "{outcomes:?}");
}

/// A malformed response is refused at its octet. RFC 9112 section 4.
#[test]
fn a_malformed_response_is_refused_by_the_client() {
    let trace = trace(&scenario("GET", "HTTP/1.1 2x0 OK\nContent-Length: 0"));
    let refused = trace.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageRejected { is_response: true, error, .. } => Some(error.at.octet),
        _ => None,
    });
    assert!(refused.is_some());
}

#[test]
fn a_text_without_a_line_and_an_unknown_escape_are_refused_before_the_run() {
    for (text, problem) in [
        (" \n", "must not be empty"),
        (&"a\n".repeat(40_000), "must not be longer than 65,536 octets"),
        ("HTTP/1.1 200 OK\\z", "line 1, character 16: “\\z” is no escape; there are \\r \\n \\0 \\xNN \\\\"),
    ] {
        let error = run(&scenario("GET", text)).expect_err(text);
        assert_eq!(error.field, "nodes[1].role.origin-server.resources[0].text");
        assert_eq!(error.problem.to_string(), problem);
    }
}
