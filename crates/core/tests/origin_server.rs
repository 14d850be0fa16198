//! The origin server: the order of its answers, requests that stay half, and answers without a body.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::tcp::ProfileName;
use playground_core::trace::Trace;
use support::ms;
use support::scenes::{chain, outcomes, trace};

fn run(client: ClientSpec, server: OriginServerSpec) -> Trace {
    let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    trace(&chain(ProfileName::Textbook, ms(5), roles))
}

fn serving(resource: ResourceSpec) -> OriginServerSpec {
    OriginServerSpec { resources: vec![resource], ..OriginServerSpec::default() }
}

fn post(body_len: u32) -> RequestSpec {
    let head = "POST /f HTTP/1.1\nHost: a.example\nContent-Length: 1000\n".to_owned();
    RequestSpec { head: Some(head), body_len, ..RequestSpec::get("/f") }
}

/// RFC 9112 section 9.3.2: a server "MUST send the corresponding responses in the same order that the requests
/// were received", that to a malformed one too.
#[test]
fn what_is_malformed_is_answered_behind_what_came_before() {
    let bad = RequestSpec {
        head: Some("GET /f HTTP/1.1\nHo st: a.example\n".to_owned()),
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
/// one on which the rest of a request does not come is inactive, here after 15 seconds.
#[test]
fn a_request_whose_body_never_comes_is_given_up() {
    let server = || serving(ResourceSpec::new("/f", 10));
    assert_eq!(
        outcomes(&run(ClientSpec::new("server", vec![post(10)]), server())),
        ["15.0 s: 0 closed-before-response"]
    );
    // Also where it came while the server was busy with the one before it.
    let slow = ResourceSpec { processing_us: ms(1_000), ..ResourceSpec::new("/slow", 10) };
    let requests = vec![RequestSpec::get("/slow"), post(10)];
    let client =
        ClientSpec { pipeline: 2, pipelines_any_method: true, ..ClientSpec::new("server", requests) };
    assert_eq!(
        outcomes(&run(client, serving(slow))),
        ["1.0 s: 0 200 10 octets", "16.0 s: 1 closed-before-response"]
    );
}
