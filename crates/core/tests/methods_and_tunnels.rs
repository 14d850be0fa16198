//! Methods other than GET, bodies that wait for 100 (Continue), interim responses, and tunnels.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{Belief, Event};
use playground_core::http::Version;
use playground_core::node::{
    BodyFraming, CachingProxySpec, ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec,
    ScriptCall, SmartProxySpec,
};
use playground_core::tcp::ProfileName;
use playground_core::trace::Trace;
use support::scenes::{chain, heard, opened, outcomes, say, script, trace};
use support::{ms, secs};

fn typed(head: &str) -> RequestSpec {
    RequestSpec { text: Some(head.to_owned()), ..RequestSpec::get("/f") }
}

fn client(peer: &str, requests: Vec<RequestSpec>) -> ClientSpec {
    ClientSpec { port: if peer == "proxy" { 8080 } else { 80 }, ..ClientSpec::new(peer, requests) }
}

fn origin() -> RoleSpec {
    RoleSpec::OriginServer(OriginServerSpec {
        resources: vec![ResourceSpec::new("/f", 100)],
        ..OriginServerSpec::default()
    })
}

fn direct(client: ClientSpec, server: RoleSpec) -> Trace {
    trace(&chain(ProfileName::Linux, ms(5), vec![("client", RoleSpec::Client(client)), ("server", server)]))
}

fn through(client: ClientSpec, forwarding: &str, server: RoleSpec) -> Trace {
    let spec = SmartProxySpec { forwarding: forwarding.to_owned(), ..SmartProxySpec::new("server") };
    let roles =
        vec![("client", RoleSpec::Client(client)), ("proxy", RoleSpec::SmartProxy(spec)), ("server", server)];
    trace(&chain(ProfileName::Linux, ms(5), roles))
}

fn statuses(trace: &Trace) -> Vec<String> {
    outcomes(trace).iter().map(|line| line.split(' ').nth(3).unwrap_or_default().to_owned()).collect()
}

fn effects(trace: &Trace) -> usize {
    trace.entries.iter().filter(|entry| matches!(entry.event, Event::EffectCaused { .. })).count()
}

/// RFC 9110 section 9.1: 501, and nothing is done; section 9.3.6: so is CONNECT.
#[test]
fn a_method_that_the_server_does_not_know_has_no_effect() {
    for method in ["get", "Post", "BREW", "PROPFIND", "delete"] {
        let request = typed(&format!("{method} /f HTTP/1.1\nHost: a\nContent-Length: 0"));
        let trace = direct(client("server", vec![request, RequestSpec::get("/f")]), origin());
        assert_eq!(
            (statuses(&trace), effects(&trace)),
            (vec!["501".to_owned(), "200".to_owned()], 0),
            "{method}"
        );
    }
    let connect = typed("CONNECT a:443 HTTP/1.1\nHost: a:443");
    let trace = direct(client("server", vec![connect]), origin());
    assert_eq!((statuses(&trace), effects(&trace)), (vec!["501".to_owned()], 0));
}

/// RFC 9110 sections 9.3.7 and 9.3.8.
#[test]
fn options_names_the_methods_and_trace_echoes_without_secrets() {
    for target in ["*", "/f"] {
        let trace =
            direct(client("server", vec![typed(&format!("OPTIONS {target} HTTP/1.1\nHost: a"))]), origin());
        assert_eq!(statuses(&trace), ["200"], "{target}");
        assert!(heard(&trace, "client").contains("Allow: GET, HEAD, POST"), "{target}");
    }
    let request =
        typed("TRACE /f HTTP/1.1\nHost: a\nCookie: secret\nauthorization: Basic secret\nX-Kept: yes");
    let trace = direct(client("server", vec![request]), origin());
    let text = heard(&trace, "client");
    assert!(text.contains("Content-Type: message/http"), "{text}");
    assert!(text.ends_with("TRACE /f HTTP/1.1\r\nHost: a\r\nX-Kept: yes\r\n\r\n"), "{text}");
}

/// RFC 9110 section 7.6.2.
#[test]
fn max_forwards_zero_ends_at_the_proxy() {
    for (left, at_server) in [("0", None), ("1", Some("Max-Forwards: 0")), ("7", Some("Max-Forwards: 6"))] {
        for method in ["OPTIONS", "TRACE"] {
            let request = typed(&format!("{method} /f HTTP/1.1\nHost: a\nMax-Forwards: {left}"));
            let trace = through(client("proxy", vec![request]), "by-the-book", origin());
            assert_eq!(statuses(&trace), ["200"], "{method} {left}");
            let server = heard(&trace, "server");
            match at_server {
                None => assert_eq!((server.as_str(), opened(&trace, "proxy", "server")), ("", 0)),
                Some(field) => assert!(server.contains(field), "{server}"),
            }
        }
    }
}

/// Five hundred of these, each at once answered by the proxy itself: no recursion, in order.
#[test]
fn many_answers_of_the_proxys_own_in_a_row() {
    let requests = vec![typed("TRACE /f HTTP/1.1\nHost: a\nMax-Forwards: 0"); 500];
    let client = ClientSpec { pipeline: 500, ..client("proxy", requests) };
    let trace = through(client, "by-the-book", origin());
    assert_eq!(statuses(&trace), vec!["200"; 500]);
}

fn post(len: u32) -> RequestSpec {
    RequestSpec { method: "POST".to_owned(), body_len: len, ..RequestSpec::get("/f") }
}

/// RFC 9110 section 10.1.1; curl waits a second.
#[test]
fn a_body_waits_for_100_or_for_a_second() {
    let patient = |peer| ClientSpec { continue_timeout_us: secs(1), ..client(peer, vec![post(3_000)]) };
    // Directly: a round trip for the handshake, one for 100, one for the answer.
    let trace = direct(patient("server"), origin());
    assert_eq!(outcomes(&trace), ["0.0 s: 0 200 100 octets"]);
    assert!(heard(&trace, "client").starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"));
    for forwarding in
        ["by-the-book", "nginx-default", "haproxy", "squid", "varnish", "tinyproxy", "apache-reverse"]
    {
        let trace = through(patient("proxy"), forwarding, origin());
        assert_eq!(outcomes(&trace), ["0.1 s: 0 200 100 octets"], "{forwarding}");
        assert!(heard(&trace, "client").starts_with("HTTP/1.1 100 Continue\r\n"), "{forwarding}");
        assert!(heard(&trace, "server").contains(&".".repeat(3_000)), "{forwarding}");
    }
    // A server of HTTP/1.0 says nothing, and the body goes after a second.
    let old = RoleSpec::OriginServer(OriginServerSpec {
        version: Version::Http10,
        resources: vec![ResourceSpec::new("/f", 100)],
        ..OriginServerSpec::default()
    });
    assert_eq!(outcomes(&direct(patient("server"), old)), ["1.0 s: 0 200 100 octets"]);
    // Without the setting nothing changes: no field, one write.
    let trace = direct(client("server", vec![post(3_000)]), origin());
    assert!(!heard(&trace, "server").contains("Expect"));
}

/// The same section: a final status instead of 100, and the body is not sent.
#[test]
fn a_final_status_instead_of_100_keeps_the_body_back() {
    for status in ["404", "501"] {
        let request = if status == "404" {
            RequestSpec { path: "/nothing".to_owned(), ..post(3_000) }
        } else {
            RequestSpec { method: "BREW".to_owned(), ..post(3_000) }
        };
        let spec = |peer| ClientSpec {
            continue_timeout_us: secs(1),
            ..client(peer, vec![request.clone(), RequestSpec::get("/f")])
        };
        for trace in [direct(spec("server"), origin()), through(spec("proxy"), "by-the-book", origin())] {
            assert_eq!(statuses(&trace), [status, "200"]);
            assert!(!heard(&trace, "server").contains("...."), "{status}");
        }
    }
}

/// A chunked body goes on in chunks, before it is whole.
#[test]
fn a_chunked_body_that_was_invited_goes_on_in_chunks() {
    let calls = vec![
        (0, ScriptCall::Connect { to: "proxy".to_owned(), port: 8080 }),
        (1, ScriptCall::ReadAll { socket: 0 }),
        (2, say("POST /f HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nTransfer-Encoding: chunked\r\n\r\n")),
        (500, say("5\r\nhello\r\n")),
        (900, say("6\r\n again\r\n0\r\n\r\n")),
    ];
    let spec = SmartProxySpec::new("server");
    let roles = vec![("client", script(calls)), ("proxy", RoleSpec::SmartProxy(spec)), ("server", origin())];
    let trace = trace(&chain(ProfileName::Linux, ms(5), roles));
    let client = heard(&trace, "client");
    assert!(
        client.starts_with("HTTP/1.1 100 Continue\r\n") && client.contains("HTTP/1.1 200 OK"),
        "{client}"
    );
    assert!(heard(&trace, "server").ends_with("5\r\nhello\r\n6\r\n again\r\n0\r\n\r\n"));
}

fn hints(then: &str) -> RoleSpec {
    script(vec![
        (0, ScriptCall::Listen { port: 80 }),
        (1, ScriptCall::ReadAll { socket: 0 }),
        (300, say("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")),
        (900, say(then)),
    ])
}

/// RFC 9110 section 15.2.
#[test]
fn interim_responses_reach_clients_that_know_them() {
    let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    let caching = || RoleSpec::CachingProxy(CachingProxySpec::new("server"));
    let smart = || RoleSpec::SmartProxy(SmartProxySpec::new("server"));
    for proxy in [caching as fn() -> RoleSpec, smart] {
        for (version, arrives) in [(Version::Http11, true), (Version::Http10, false)] {
            let client = ClientSpec { version, ..client("proxy", vec![RequestSpec::get("/f")]) };
            let roles = vec![("client", RoleSpec::Client(client)), ("proxy", proxy()), ("server", hints(ok))];
            let trace = trace(&chain(ProfileName::Linux, ms(5), roles));
            assert_eq!(statuses(&trace), ["200"]);
            assert_eq!(heard(&trace, "client").contains("103 Early Hints"), arrives, "{version}");
            let received = trace.entries.iter().find(|entry| {
                let is_hint = |line: &String| line.contains("103");
                entry.node.index() == 0
                    && matches!(&entry.event, Event::ResponseReceived { start_line, .. } if is_hint(start_line))
            });
            // It does not wait for the final response.
            assert_eq!(received.map(|entry| entry.at.as_micros() < 400_000), arrives.then_some(true));
        }
    }
}

/// Whether both connections of the proxy became a tunnel.
fn is_tunnel(trace: &Trace) -> bool {
    let at_proxy = trace.entries.iter().filter(|entry| entry.node.index() == 1);
    let is_tunnel = |event: &Event| matches!(event, Event::BeliefChanged { belief: Belief::Tunnel, .. });
    at_proxy.filter(|entry| is_tunnel(&entry.event)).count() == 2
}

fn tunnelled(asks: &str, forwarding: &str, serves: Vec<(u64, ScriptCall)>) -> Trace {
    let calls = vec![
        (0, ScriptCall::Connect { to: "proxy".to_owned(), port: 8080 }),
        (1, ScriptCall::ReadAll { socket: 0 }),
        (2, say(asks)),
        (500, say("client's own protocol")),
        (900, ScriptCall::Shutdown { socket: 0 }),
    ];
    let spec = SmartProxySpec { forwarding: forwarding.to_owned(), ..SmartProxySpec::new("server") };
    let roles = vec![
        ("client", script(calls)),
        ("proxy", RoleSpec::SmartProxy(spec)),
        (
            "server",
            script(
                [vec![(0, ScriptCall::Listen { port: 80 }), (1, ScriptCall::ReadAll { socket: 0 })], serves]
                    .concat(),
            ),
        ),
    ];
    trace(&chain(ProfileName::Linux, ms(5), roles))
}

/// RFC 9110 section 9.3.6: octets both ways, also those that come with the request, and each end on its own.
#[test]
fn connect_makes_a_tunnel_with_two_ends() {
    for asks in [
        "CONNECT server:80 HTTP/1.1\r\nHost: server:80\r\n\r\n",
        "CONNECT a:80 HTTP/1.0\r\n\r\nGET too early",
    ] {
        let serves = vec![
            (700, say("server's answer")),
            (2_000, say(", after the client's end")),
            (2_500, ScriptCall::Close { socket: 0 }),
        ];
        for forwarding in ["by-the-book", "squid", "haproxy"] {
            let trace = tunnelled(asks, forwarding, serves.clone());
            assert!(is_tunnel(&trace), "{asks} {forwarding}");
            let client = heard(&trace, "client");
            assert!(client.starts_with("HTTP/1.1 200 OK\r\n\r\n"), "{client}");
            assert!(client.ends_with("server's answer, after the client's end"), "{client}");
            let early = if asks.contains("too early") { "GET too early" } else { "" };
            assert_eq!(heard(&trace, "server"), format!("{early}client's own protocol"));
        }
    }
    // Nobody listens there.
    let trace = tunnelled("CONNECT server:443 HTTP/1.1\r\nHost: a\r\n\r\n", "by-the-book", Vec::new());
    assert!(heard(&trace, "client").starts_with("HTTP/1.1 502 "));
}

/// RFC 9110 section 7.8: haproxy passes Upgrade on; the others do not, and 101 is then no answer.
#[test]
fn an_upgrade_makes_a_tunnel_where_it_is_passed_on() {
    let asks = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n";
    let serves = vec![
        (300, say("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\nfirst ")),
        (700, say("second")),
        (1_000, ScriptCall::Close { socket: 0 }),
    ];
    let trace = tunnelled(asks, "haproxy", serves.clone());
    assert!(is_tunnel(&trace));
    let client = heard(&trace, "client");
    assert!(client.starts_with("HTTP/1.1 101 ") && client.ends_with("\r\n\r\nfirst second"), "{client}");
    assert!(heard(&trace, "server").ends_with("client's own protocol"));
    let trace = tunnelled(asks, "by-the-book", serves);
    assert!(!is_tunnel(&trace) && heard(&trace, "client").starts_with("HTTP/1.1 502 "));
}

/// A client that asks for a tunnel gets to the end of its list, by both kinds.
#[test]
fn a_client_is_done_when_the_tunnel_stands() {
    let connect = typed("CONNECT server:80 HTTP/1.1\nHost: server:80");
    let trace = through(client("proxy", vec![connect, RequestSpec::get("/f")]), "by-the-book", origin());
    assert_eq!(statuses(&trace), ["200", "200"]);
}

/// A chunked resource keeps its framing, whatever came before.
#[test]
fn a_request_behind_options_is_answered_in_its_turn() {
    let chunked = ResourceSpec { framing: BodyFraming::Chunked, ..ResourceSpec::new("/f", 10) };
    let server =
        RoleSpec::OriginServer(OriginServerSpec { resources: vec![chunked], ..OriginServerSpec::default() });
    let requests = vec![typed("OPTIONS * HTTP/1.1\nHost: a"), RequestSpec::get("/f")];
    let client = ClientSpec { pipeline: 2, ..client("server", requests) };
    let trace = direct(client, server);
    assert_eq!(statuses(&trace), ["200", "200"]);
}
