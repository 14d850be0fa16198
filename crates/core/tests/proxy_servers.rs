//! A proxy's connections to its server: idle time, the race of a kept connection, clients that go away, the shared pool.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{Event, RetryDecision};
use playground_core::node::{
    BreakMoment, BreakSpec, ClientHalfClose, ClientSpec, CloseStyle, OriginServerSpec, PoolSpec, RequestSpec,
    ResourceSpec, RoleSpec, ScriptCall, SmartProxySpec,
};
use playground_core::rule::Rule;
use playground_core::scenario::{Limits, Scenario};
use playground_core::tcp::ProfileName;
use playground_core::time::Duration;
use playground_core::trace::Trace;
use support::scenes::{chain, heard, link, node, opened, outcomes, say, script, trace};
use support::{ms, secs};

fn request(method: &str, body_len: u32) -> RequestSpec {
    RequestSpec { method: method.to_owned(), body_len, ..RequestSpec::get("/f") }
}

fn client(requests: Vec<RequestSpec>) -> ClientSpec {
    ClientSpec { port: 8080, absolute_form: true, ..ClientSpec::new("proxy", requests) }
}

/// Keeps connections for five seconds, and takes its time for each answer.
fn backend(processing: Duration) -> OriginServerSpec {
    OriginServerSpec {
        idle_timeout_us: secs(5),
        resources: vec![ResourceSpec { processing_us: processing, ..ResourceSpec::new("/f", 100) }],
        ..OriginServerSpec::default()
    }
}

fn run(client: RoleSpec, proxy: SmartProxySpec, server: OriginServerSpec) -> Trace {
    let roles = vec![
        ("client", client),
        ("proxy", RoleSpec::SmartProxy(proxy)),
        ("server", RoleSpec::OriginServer(server)),
    ];
    trace(&chain(ProfileName::Textbook, ms(50), roles))
}

fn decisions(trace: &Trace) -> Vec<(u32, RetryDecision, Rule)> {
    let decided = trace.entries.iter().filter_map(|entry| match entry.event {
        Event::RetryDecided { request, decision, .. } => Some((request, decision, entry.rule)),
        _ => None,
    });
    decided.collect()
}

fn has_reason(trace: &Trace, rule: Rule) -> bool {
    trace.entries.iter().any(|entry| entry.rule == rule)
}

/// RFC 9112 section 9.5: each side may close an idle connection at any time. A balancer that keeps connections for 60
/// seconds in front of a backend that keeps them for 5 sends the second request, 4.87 seconds after the first answer,
/// into the backend's FIN. One that closes first, after 4 seconds, does not.
#[test]
fn a_kept_connection_is_closed_by_the_side_with_the_shorter_idle_time() {
    for (idle, expected, connections) in
        [(secs(60), "5.4 s: 1 502 ", 1), (secs(4), "5.6 s: 1 200 ", 2), (Duration::ZERO, "5.4 s: 1 502 ", 1)]
    {
        let proxy = SmartProxySpec { server_idle_timeout_us: idle, ..SmartProxySpec::new("server") };
        let requests = vec![request("GET", 0), request("GET", 0).after(ms(4_870))];
        let trace = run(RoleSpec::Client(client(requests)), proxy, backend(Duration::ZERO));
        let lines = outcomes(&trace);
        assert!(lines[1].starts_with(expected), "{idle:?} {lines:?}");
        assert_eq!(opened(&trace, "proxy", "server"), connections, "{idle:?}");
        assert_eq!(decisions(&trace), []);
    }
}

/// RFC 9112 section 9.3.1 and RFC 9110 section 9.2.2: "A proxy MUST NOT automatically retry non-idempotent requests."
#[test]
fn after_the_race_a_whole_idempotent_request_goes_again_on_a_fresh_connection() {
    use RetryDecision::{Again, GivesUp};
    for (method, body_len, expected, decision, rule) in [
        ("GET", 0, "5.6 s: 1 200 ", Again, Rule::ReusedConnectionLost),
        ("PUT", 1_000, "5.6 s: 1 200 ", Again, Rule::ReusedConnectionLost),
        ("POST", 1_000, "5.4 s: 1 502 ", GivesUp, Rule::ProxyDoesNotRepeat),
    ] {
        let proxy = SmartProxySpec {
            server_idle_timeout_us: secs(60),
            retries_reused: true,
            ..SmartProxySpec::new("server")
        };
        let requests = vec![request("GET", 0), request(method, body_len).after(ms(4_870))];
        let trace = run(RoleSpec::Client(client(requests)), proxy, backend(Duration::ZERO));
        let lines = outcomes(&trace);
        assert!(lines[1].starts_with(expected), "{method} {lines:?}");
        assert_eq!(decisions(&trace), [(1, decision, rule)], "{method}");
    }
}

/// What was written in part only is not written again: the server has half a body, and nobody knows what it did.
#[test]
fn a_request_of_which_only_a_part_was_sent_does_not_go_again() {
    // The body's beginning meets the server's FIN, while its end waits for room in the proxy's send buffer.
    for (send_buffer, decision, rule) in [
        (600, RetryDecision::GivesUp, Rule::ProxyDoesNotRepeat),
        (65_535, RetryDecision::Again, Rule::ReusedConnectionLost),
    ] {
        let proxy = SmartProxySpec { retries_reused: true, ..SmartProxySpec::new("server") };
        let requests = vec![request("GET", 0), request("PUT", 1_000).after(ms(4_870))];
        let roles = vec![
            ("client", RoleSpec::Client(client(requests))),
            ("proxy", RoleSpec::SmartProxy(proxy)),
            ("server", RoleSpec::OriginServer(backend(Duration::ZERO))),
        ];
        let mut scenario = chain(ProfileName::Textbook, ms(50), roles);
        scenario.nodes[1].stack.send_buffer = Some(send_buffer);
        let trace = trace(&scenario);
        assert_eq!(decisions(&trace), [(1, decision, rule)]);
        let status = if decision == RetryDecision::Again { " 1 200 " } else { " 1 502 " };
        assert!(outcomes(&trace)[1].contains(status), "{:?}", outcomes(&trace));
    }
}

/// Only the race of a kept connection is tried again, and only once: a server that closes instead of its first answer
/// would do it again.
#[test]
fn a_fresh_connection_that_is_lost_is_502() {
    for (at_request, expected) in [(1, "0 502"), (2, "0 200")] {
        let breaks = BreakSpec {
            at_request,
            moment: BreakMoment::BeforeEffect,
            by: CloseStyle::Close,
            pause_us: Duration::ZERO,
        };
        let server = OriginServerSpec { breaks: Some(breaks), ..backend(Duration::ZERO) };
        let proxy = SmartProxySpec { retries_reused: true, ..SmartProxySpec::new("server") };
        let requests = vec![request("GET", 0), request("GET", 0)];
        let trace = run(RoleSpec::Client(client(requests)), proxy, server);
        let lines = outcomes(&trace);
        assert!(lines[0].contains(expected) && lines[1].contains("1 200"), "{lines:?}");
        assert_eq!(decisions(&trace).len(), usize::from(at_request == 2));
    }
}

/// Observed with nginx 1.22 (proxy_ignore_client_abort off): the client's FIN while the server works ends both
/// connections and 499 is logged. haproxy 2.6 goes on, and the client reads its answer.
#[test]
fn a_client_that_half_closes_gets_its_answer_or_is_given_up() {
    for half_close in [ClientHalfClose::GoesOn, ClientHalfClose::GivesUp] {
        let calls = vec![
            (0, ScriptCall::Connect { to: "proxy".to_owned(), port: 8080 }),
            (200, say("GET http://a.example/f HTTP/1.1\r\nHost: a.example\r\n\r\n")),
            (400, ScriptCall::ReadAll { socket: 0 }),
            (500, ScriptCall::Shutdown { socket: 0 }),
        ];
        let proxy = SmartProxySpec { client_half_close: half_close, ..SmartProxySpec::new("server") };
        let trace = run(script(calls), proxy, backend(secs(1)));
        let gives_up = half_close == ClientHalfClose::GivesUp;
        assert_eq!(heard(&trace, "client").starts_with("HTTP/1.1 200"), !gives_up);
        assert_eq!(heard(&trace, "client").is_empty(), gives_up);
        assert_eq!(has_reason(&trace, Rule::ClientGone), gives_up);
    }
}

/// Clients of one proxy, each with its requests, its response time-out, and the moment of its first request.
fn clients(proxy: SmartProxySpec, server: OriginServerSpec, clients: Vec<ClientSpec>) -> Trace {
    let profile = ProfileName::Textbook;
    let mut nodes = vec![
        node("proxy", 1, profile, RoleSpec::SmartProxy(proxy)),
        node("server", 2, profile, RoleSpec::OriginServer(server)),
    ];
    let mut links = vec![link("proxy", "server", ms(10))];
    for (place, client) in clients.into_iter().enumerate() {
        let name = format!("client{place}");
        links.push(link(&name, "proxy", ms(10)));
        nodes.push(node(&name, place as u8 + 3, profile, RoleSpec::Client(client)));
    }
    trace(&Scenario {
        name: "pool".to_owned(),
        seed: 1,
        nodes,
        links,
        interventions: Vec::new(),
        limits: Limits::default(),
    })
}

fn pooled(connections: u32) -> SmartProxySpec {
    SmartProxySpec { pool: Some(PoolSpec::new(connections)), ..SmartProxySpec::new("server") }
}

/// One request, so many milliseconds after the start.
fn at(after_ms: u64) -> ClientSpec {
    client(vec![request("GET", 0).after(ms(after_ms))])
}

/// RFC 9112 section 9.4: a limit of connections to one server. Without a pool each client has a connection of its own.
#[test]
fn clients_share_the_pools_connections_and_wait_their_turn() {
    for (proxy, connections, expected) in [
        (SmartProxySpec::new("server"), 3, ["1.1 s", "1.2 s", "1.3 s"]),
        (pooled(1), 1, ["1.1 s", "2.1 s", "3.1 s"]),
        (pooled(2), 2, ["1.1 s", "1.2 s", "2.1 s"]),
    ] {
        let trace = clients(proxy, backend(secs(1)), vec![at(0), at(100), at(200)]);
        let lines = outcomes(&trace);
        assert_eq!(lines.len(), 3);
        for (line, time) in lines.iter().zip(expected) {
            assert_eq!(*line, format!("{time}: 0 200 100 octets"), "{connections}");
        }
        assert_eq!(opened(&trace, "proxy", "server"), connections);
        assert_eq!(has_reason(&trace, Rule::PoolFull), connections < 3);
    }
}

/// A connection that one client has used serves the next, and closes when it has been idle for too long.
#[test]
fn an_idle_connection_of_the_pool_serves_any_client_until_its_time() {
    for (idle, connections) in [(secs(0), 1), (ms(200), 2)] {
        let proxy = SmartProxySpec { server_idle_timeout_us: idle, ..pooled(4) };
        let trace = clients(proxy, backend(Duration::ZERO), vec![at(0), at(500)]);
        assert_eq!(outcomes(&trace).len(), 2);
        assert_eq!(opened(&trace, "proxy", "server"), connections);
    }
    // The server's own idle close empties the pool.
    let trace = clients(pooled(4), backend(Duration::ZERO), vec![at(0), at(6_000)]);
    assert!(outcomes(&trace).iter().all(|line| line.contains(" 200 ")), "{:?}", outcomes(&trace));
    assert_eq!(opened(&trace, "proxy", "server"), 2);
}

/// A client that is gone leaves the queue, and the request of the next one has its turn.
#[test]
fn a_client_that_goes_away_leaves_the_queue() {
    let impatient = ClientSpec { response_timeout_us: ms(500), ..at(100) };
    let proxy = SmartProxySpec { client_half_close: ClientHalfClose::GivesUp, ..pooled(1) };
    let trace = clients(proxy, backend(secs(1)), vec![at(0), impatient, at(200)]);
    let lines = outcomes(&trace);
    assert_eq!(lines, ["0.6 s: 0 response-timeout", "1.1 s: 0 200 100 octets", "2.1 s: 0 200 100 octets"]);
    assert_eq!(heard(&trace, "server").matches("GET ").count(), 2);
}

/// RFC 9110 section 15.6.4. The wait in the queue has an end of its own.
#[test]
fn a_request_that_waits_too_long_in_the_queue_is_answered_503() {
    let pool = PoolSpec { queue_timeout_us: ms(300), ..PoolSpec::new(1) };
    let proxy = SmartProxySpec { pool: Some(pool), ..SmartProxySpec::new("server") };
    let lines = outcomes(&clients(proxy, backend(secs(1)), vec![at(0), at(100)]));
    assert!(lines[0].starts_with("0.4 s: 0 503 "), "{lines:?}");
    assert_eq!(lines[1], "1.1 s: 0 200 100 octets");
}

#[test]
fn a_retry_does_not_take_another_idle_connection_of_the_pool() {
    let proxy = SmartProxySpec { retries_reused: true, ..pooled(2) };
    // Two connections, idle since the same moment; the third request meets the server's FIN on one of them.
    let late = at(5_130);
    let trace = clients(proxy, backend(ms(100)), vec![at(0), at(0), late]);
    assert!(outcomes(&trace).iter().all(|line| line.contains(" 200 ")), "{:?}", outcomes(&trace));
    assert!(opened(&trace, "proxy", "server") >= 3);
}

#[test]
fn settings_of_a_pool_that_make_no_sense_are_named() {
    for (pool, field) in [
        (PoolSpec::new(0), "connections"),
        (PoolSpec { queue_timeout_us: secs(3_601), ..PoolSpec::new(1) }, "queue_timeout_us"),
    ] {
        let roles = vec![
            (
                "proxy",
                RoleSpec::SmartProxy(SmartProxySpec { pool: Some(pool), ..SmartProxySpec::new("server") }),
            ),
            ("server", RoleSpec::OriginServer(OriginServerSpec::default())),
        ];
        let scenario = chain(ProfileName::Textbook, ms(50), roles);
        let problem = playground_core::sim::run(&scenario).expect_err("no sense");
        assert_eq!(problem.field, format!("nodes[0].role.smart-proxy.pool.{field}"));
    }
}
