//! The origin server: the order of its answers, requests that stay half, and answers without a body.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::node::{
    BodyFraming, ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, ScriptCall,
};
use playground_core::tcp::{Call, ProfileName};
use playground_core::trace::Trace;
use support::scenes::{chain, heard, lines_between, opened, outcomes, say, script, smart, trace};
use support::{ms, secs};

fn run(client: ClientSpec, server: OriginServerSpec) -> Trace {
    let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    trace(&chain(ProfileName::Textbook, ms(5), roles))
}

fn serving(resource: ResourceSpec) -> OriginServerSpec {
    OriginServerSpec { resources: vec![resource], ..OriginServerSpec::default() }
}

fn post(body_len: u32) -> RequestSpec {
    let head = "POST /f HTTP/1.1\nHost: a.example\nContent-Length: 1000\n".to_owned();
    RequestSpec { text: Some(head), body_len, ..RequestSpec::get("/f") }
}

/// RFC 9112 section 9.3.2: a server "MUST send the corresponding responses in the same order that the requests
/// were received", that to a malformed one too.
#[test]
fn what_is_malformed_is_answered_behind_what_came_before() {
    let bad = RequestSpec {
        text: Some("GET /f HTTP/1.1\nHo st: a.example\n".to_owned()),
        ..RequestSpec::get("/f")
    };
    let client =
        ClientSpec { pipeline: 2, ..ClientSpec::new("server", vec![RequestSpec::get("/slow"), bad]) };
    let slow = ResourceSpec { processing_us: ms(1_000), ..ResourceSpec::new("/slow", 10) };
    let lines = outcomes(&run(client, serving(slow)));
    assert!(lines[0].starts_with("1.0 s: 0 200 10 octets"), "{lines:?}");
    assert!(lines[1].starts_with("1.0 s: 1 400 "), "{lines:?}");
}

/// RFC 9112 section 9.5: a server has a time "beyond which [it] will no longer maintain an inactive connection":
/// one on which the rest of a request does not come is inactive, here after 15 seconds. RFC 9110 section 15.5.9: it
/// says so.
#[test]
fn a_request_whose_body_never_comes_is_given_up() {
    let server = || serving(ResourceSpec::new("/f", 10));
    assert_eq!(
        outcomes(&run(ClientSpec::new("server", vec![post(10)]), server())),
        ["15.0 s: 0 408 45 octets"]
    );
    // Also where it came while the server was busy with the one before it.
    let slow = ResourceSpec { processing_us: ms(1_000), ..ResourceSpec::new("/slow", 10) };
    let requests = vec![RequestSpec::get("/slow"), post(10)];
    let client =
        ClientSpec { pipeline: 2, pipelines_any_method: true, ..ClientSpec::new("server", requests) };
    assert_eq!(outcomes(&run(client, serving(slow))), ["1.0 s: 0 200 10 octets", "16.0 s: 1 408 45 octets"]);
}

/// RFC 9110 section 15.5.9: half a head is answered by 408 and the close, and nothing at all by the close alone.
#[test]
fn a_request_whose_head_never_ends_is_answered() {
    let origin = OriginServerSpec { idle_timeout_us: secs(5), ..OriginServerSpec::default() };
    let servers = [(80, RoleSpec::OriginServer(origin)), (8_080, smart("client", 80, false, secs(5)))];
    for (port, server) in servers {
        for (text, is_answered) in [("GET / HTTP/1.1\r\nHo", true), ("\r\n", false)] {
            let connect = ScriptCall::Connect { to: "server".to_owned(), port };
            let steps = vec![(0, connect), (0, ScriptCall::ReadAll { socket: 0 }), (100, say(text))];
            let roles = vec![("client", script(steps)), ("server", server.clone())];
            let trace = trace(&chain(ProfileName::Textbook, ms(5), roles));
            let heard = heard(&trace, "client");
            let is_408 = heard.starts_with("HTTP/1.1 408 Request Timeout\r\n");
            assert_eq!((is_408, heard.is_empty()), (is_answered, !is_answered), "{heard}");
            assert_eq!(heard.contains("Connection: close\r\n"), is_answered, "{heard}");
            let fins = lines_between(&trace, "server", "client");
            assert!(fins.iter().any(|line| line.contains("[F.]") || line.contains("[FP.]")), "{fins:?}");
        }
    }
}

/// RFC 9110 section 15.3.6: a server "MUST NOT generate content in a 205 response", and says that there is none.
#[test]
fn reset_content_has_no_content() {
    for framing in [BodyFraming::ContentLength, BodyFraming::Chunked, BodyFraming::UntilClose] {
        let requests = vec![RequestSpec::get("/f"), RequestSpec::get("/f").after(ms(500))];
        let resource = ResourceSpec { status: 205, framing, ..ResourceSpec::new("/f", 100) };
        let trace = run(ClientSpec::new("server", requests), serving(resource));
        assert_eq!(outcomes(&trace), ["0.0 s: 0 205 0 octets", "0.5 s: 1 205 0 octets"], "{framing:?}");
        let heard = heard(&trace, "client");
        assert!(heard.starts_with("HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n"), "{heard}");
        assert_eq!(opened(&trace, "client", "server"), 1, "{framing:?}");
    }
}

/// A graceful close that does not linger is a close.
#[test]
fn a_graceful_close_that_lingers_for_no_time_is_a_close() {
    for (linger_us, calls) in [(ms(0), vec!["Close"]), (secs(1), vec!["Shutdown", "Close"])] {
        let client =
            ClientSpec { stays_open: true, ..ClientSpec::new("server", vec![RequestSpec::get("/f")]) };
        let close = CloseStyle::Graceful;
        let server =
            OriginServerSpec { close, linger_us, max_requests: 1, ..serving(ResourceSpec::new("/f", 10)) };
        let trace = run(client, server);
        let ends = trace.entries.iter().filter_map(|entry| match &entry.event {
            Event::CallReturned { call: call @ (Call::Shutdown | Call::Close), .. }
                if entry.node.index() == 1 =>
            {
                Some(format!("{call:?}"))
            }
            _ => None,
        });
        assert_eq!(ends.collect::<Vec<_>>(), calls, "{linger_us}");
    }
}

/// RFC 9110 sections 8.6 and 15.3.5: 204 has no body and "MUST NOT" have a Content-Length.
#[test]
fn no_content_is_no_content() {
    let requests = vec![RequestSpec::get("/f"), RequestSpec::get("/f").after(ms(500))];
    let resource = ResourceSpec { status: 204, ..ResourceSpec::new("/f", 100) };
    let trace = run(ClientSpec::new("server", requests), serving(resource));
    assert_eq!(outcomes(&trace), ["0.0 s: 0 204 0 octets", "0.5 s: 1 204 0 octets"]);
    assert!(!heard(&trace, "client").contains("Content-Length"));
}

/// RFC 9112 section 6.3, step 1: an answer to HEAD ends with its head, so it need not close the connection.
#[test]
fn an_answer_to_head_needs_no_length() {
    let head = |after| RequestSpec { method: "HEAD".to_owned(), ..RequestSpec::get("/f") }.after(ms(after));
    let resource = ResourceSpec { framing: BodyFraming::UntilClose, ..ResourceSpec::new("/f", 100) };
    let trace = run(ClientSpec::new("server", vec![head(0), head(500)]), serving(resource));
    assert_eq!(outcomes(&trace), ["0.0 s: 0 200 0 octets", "0.5 s: 1 200 0 octets"]);
    assert_eq!(opened(&trace, "client", "server"), 1);
}

/// A body that keeps coming is not idle, however long it takes: 40,000 octets at 32 kbit/s are ten seconds.
#[test]
fn a_slow_upload_outlives_the_idle_timeout() {
    let post = RequestSpec { method: "POST".to_owned(), body_len: 40_000, ..RequestSpec::get("/f") };
    let server = OriginServerSpec { idle_timeout_us: secs(2), ..OriginServerSpec::default() };
    let roles = vec![
        ("client", RoleSpec::Client(ClientSpec::new("server", vec![post]))),
        ("server", RoleSpec::OriginServer(server)),
    ];
    let mut scenario = chain(ProfileName::Textbook, ms(5), roles);
    scenario.links[0].bits_per_s = 32_000;
    let done = |event: &Event| matches!(event, Event::TransactionCompleted { .. });
    assert!(trace(&scenario).entries.iter().any(|entry| done(&entry.event)));
}
