//! Proxies in chains of up to three, dumb and smart in any order, and one proxy with several clients.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::http::Version;
use playground_core::node::{
    Asks, ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, ScriptCall, SmartProxySpec,
};
use playground_core::rule::Rule;
use playground_core::scenario::{Action, Intervention, Moment, Scenario};
use playground_core::tcp::{Call, ProfileName, State};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use support::scenes::{
    chain, dumb, heard, link, node, opened, origin, outcomes, script, smart, trace, two_requests,
};
use support::{ms, secs};

const NAMES: [&str; 3] = ["proxy", "proxy-2", "proxy-3"];

/// Client, these proxies (`d` dumb, `s` smart), server.
fn in_a_chain(kinds: &str, asks: Asks) -> Trace {
    let mut roles = vec![("client", RoleSpec::Client(two_requests("proxy", Version::Http10, asks)))];
    for (place, kind) in kinds.chars().enumerate() {
        let is_last = place + 1 == kinds.len();
        let (next, port) = if is_last { ("server", 80) } else { (NAMES[place + 1], 8080) };
        let role = if kind == 'd' { dumb(next, port) } else { smart(next, port, !is_last, secs(9)) };
        roles.push((NAMES[place], role));
    }
    roles.push(("server", RoleSpec::OriginServer(origin(Version::Http10))));
    trace(&chain(ProfileName::Linux, ms(1), roles))
}

fn orders() -> Vec<String> {
    let mut orders = vec![String::new()];
    let mut all = Vec::new();
    for _ in 0..3 {
        orders = orders.iter().flat_map(|order| [format!("{order}d"), format!("{order}s")]).collect();
        all.extend(orders.clone());
    }
    all
}

/// The book's figures 4-15 to 4-17: a dumb proxy hangs when what is behind it believes that it was asked to keep
/// its connection. A server does, of Connection; a smart proxy does, of either field; and a smart proxy asks what
/// is behind it, whatever that is.
#[test]
fn a_chain_hangs_where_a_dumb_proxy_meets_one_that_keeps() {
    for kinds in orders() {
        for asks in [Asks::KeepAlive, Asks::ProxyConnection] {
            let trace = in_a_chain(&kinds, asks);
            let all_dumb = !kinds.contains('s');
            let hangs = kinds.contains('d') && !(all_dumb && asks == Asks::ProxyConnection);
            let outcomes = outcomes(&trace);
            assert_eq!(outcomes[0], "0.0 s: 0 200 100 octets", "{kinds} {asks:?}");
            let second = outcomes[1].as_str();
            assert_eq!(hangs, second != "0.5 s: 1 200 100 octets", "{kinds} {asks:?}: {second}");
            if hangs {
                // The nearest proxy says which way it ends: a dumb one with RST, a smart one with 502.
                let ending = if kinds.starts_with('d') { "1 ECONNRESET" } else { "1 502" };
                assert!(second.contains(ending), "{kinds} {asks:?}: {second}");
            }
            assert_eq!(trace.stopped_by, None);
        }
    }
}

/// What each field becomes at the server.
#[test]
fn a_smart_proxy_anywhere_turns_proxy_connection_into_connection() {
    for kinds in orders() {
        let heard = heard(&in_a_chain(&kinds, Asks::ProxyConnection), "server");
        let turned = kinds.contains('s');
        assert_eq!(heard.contains("\r\nConnection: keep-alive\r\n"), turned, "{kinds}: {heard}");
        assert_eq!(heard.contains("\r\nProxy-Connection: Keep-Alive\r\n"), !turned, "{kinds}: {heard}");
    }
}

/// A proxy is a client on one side and a server on the other: smart ones keep one connection on each hop.
#[test]
fn smart_proxies_keep_every_hop() {
    let trace = in_a_chain("sss", Asks::KeepAlive);
    let hops = ["client", "proxy", "proxy-2", "proxy-3", "server"];
    for pair in hops.windows(2) {
        assert_eq!(opened(&trace, pair[0], pair[1]), 1, "{pair:?}");
    }
    let via: Vec<String> =
        heard(&trace, "server").lines().filter(|line| line.starts_with("Via: ")).map(str::to_owned).collect();
    assert_eq!(via, ["Via: 1.0 proxy, 1.1 proxy, 1.1 proxy"; 2]);
}

/// RFC 9112 section 9.3: "A proxy server MUST NOT maintain a persistent connection with an HTTP/1.0 client", of
/// which it cannot know whether the `keep-alive` is its own (appendix C.2.2).
#[test]
fn a_proxy_that_does_not_know_its_10_clients_keeps_none() {
    let with = |version, asks| {
        let spec = SmartProxySpec { knows_http10_clients: false, ..SmartProxySpec::new("server") };
        let roles = vec![
            ("client", RoleSpec::Client(two_requests("proxy", version, asks))),
            ("proxy", RoleSpec::SmartProxy(spec)),
            ("server", RoleSpec::OriginServer(origin(Version::Http11))),
        ];
        trace(&chain(ProfileName::Textbook, ms(10), roles))
    };
    for asks in [Asks::KeepAlive, Asks::ProxyConnection] {
        let trace = with(Version::Http10, asks);
        assert_eq!(opened(&trace, "client", "proxy"), 2, "{asks:?}");
        let reason = trace.entries.iter().find_map(|entry| match &entry.event {
            Event::PersistenceDecided { persistence, .. } if entry.node.index() == 1 => Some(*persistence),
            _ => None,
        });
        let reason = reason.map(|persistence| (persistence.persists, persistence.rule));
        assert_eq!(reason, Some((false, Rule::ProxyTo10Client)));
        assert!(heard(&trace, "client").contains("\r\nConnection: close\r\n"));
    }
    assert_eq!(opened(&with(Version::Http11, Asks::Nothing), "client", "proxy"), 1);
}

/// Client, a smart proxy that keeps idle clients so long, server.
fn through_one(mut client: ClientSpec, idle: Duration, server: OriginServerSpec) -> Scenario {
    (client.port, client.absolute_form) = (8080, true);
    let roles = vec![
        ("client", RoleSpec::Client(client)),
        ("proxy", smart("server", 80, false, idle)),
        ("server", RoleSpec::OriginServer(server)),
    ];
    chain(ProfileName::Textbook, ms(5), roles)
}

fn serving(resources: Vec<ResourceSpec>) -> OriginServerSpec {
    OriginServerSpec { resources, idle_timeout_us: secs(0), ..OriginServerSpec::default() }
}

/// RFC 9112 section 9.3.2: answers come in the order of their requests, that to a malformed one too.
#[test]
fn what_is_malformed_is_answered_behind_what_came_before() {
    let bad = RequestSpec {
        text: Some("GET /f HTTP/1.1\nHo st: a.example\n".to_owned()),
        ..RequestSpec::get("/f")
    };
    let client = ClientSpec { pipeline: 2, ..ClientSpec::new("proxy", vec![RequestSpec::get("/slow"), bad]) };
    let slow = ResourceSpec { processing_us: ms(1_000), ..ResourceSpec::new("/slow", 10) };
    let lines = outcomes(&trace(&through_one(client, secs(0), serving(vec![slow]))));
    assert!(lines[0].starts_with("1.0 s: 0 200 10 octets"), "{lines:?}");
    assert!(lines[1].starts_with("1.0 s: 1 400 "), "{lines:?}");
}

/// RFC 9112 section 9.3.2: a request that comes before the answer to the one before it waits for its turn.
#[test]
fn a_pipelined_request_waits_for_the_order_of_responses() {
    let requests = || vec![RequestSpec::get("/slow"); 2];
    let slow = || ResourceSpec { processing_us: ms(1_000), ..ResourceSpec::new("/slow", 10) };
    for (pipeline, second) in [(1, Rule::RequestRead), (2, Rule::ResponseOrder)] {
        let client = ClientSpec { pipeline, ..ClientSpec::new("proxy", requests()) };
        let trace = trace(&through_one(client, secs(0), serving(vec![slow()])));
        let at_proxy = trace.entries.iter().filter(|entry| entry.node.index() == 1);
        let received = at_proxy.filter(|entry| matches!(entry.event, Event::RequestReceived { .. }));
        let reasons: Vec<Rule> = received.map(|entry| entry.rule).collect();
        assert_eq!(reasons, [Rule::RequestRead, second]);
    }
}

/// RFC 9112 section 9.5 is about inactive connections: one whose request is at work behind the proxy is none.
#[test]
fn a_slow_answer_outlasts_the_idle_time() {
    // Its head comes during the first transaction, its body after that.
    let head = "PUT http://a.example/slow HTTP/1.1\nHost: a.example\nContent-Length: 80000\n".to_owned();
    let put = RequestSpec { text: Some(head), body_len: 80_000, ..RequestSpec::get("/slow") };
    let requests = vec![RequestSpec::get("/f"), put];
    let client = ClientSpec { pipeline: 2, pipelines_any_method: true, ..ClientSpec::new("proxy", requests) };
    let slow = ResourceSpec { processing_us: secs(10), ..ResourceSpec::new("/slow", 10) };
    let mut scenario = through_one(client, secs(5), serving(vec![ResourceSpec::new("/f", 10), slow]));
    scenario.links[0].delay_us = ms(100);
    scenario.links[1].delay_us = ms(200);
    let lines = outcomes(&trace(&scenario));
    assert!(lines.iter().any(|line| line.contains(": 1 200 10 octets")), "{lines:?}");
}

/// The rest of a request does not come: the connection is inactive, and RFC 9110 section 15.5.9 has an answer to it.
#[test]
fn a_request_that_stays_half_ends_with_the_idle_time() {
    let head = "PUT http://a.example/f HTTP/1.1\nHost: a.example\nContent-Length: 1000\n".to_owned();
    let half = RequestSpec { text: Some(head), body_len: 10, ..RequestSpec::get("/f") };
    let requests = vec![RequestSpec::get("/f"), half];
    for (requests, ends) in [
        (requests[1..].to_vec(), vec!["5.0 s: 0 408 45 octets"]),
        // The time counts from the answer before it.
        (requests, vec!["0.0 s: 0 200 10 octets", "5.1 s: 1 408 45 octets"]),
    ] {
        let client =
            ClientSpec { pipeline: 2, pipelines_any_method: true, ..ClientSpec::new("proxy", requests) };
        let server = serving(vec![ResourceSpec::new("/f", 10)]);
        assert_eq!(outcomes(&trace(&through_one(client, secs(5), server))), ends);
    }
}

/// A client resets while the proxy's last answer to it waits for room: nothing is left to wait for on either side.
#[test]
fn a_client_that_resets_during_the_last_answer_is_let_go() {
    let client = ClientSpec {
        asks: Asks::Close,
        reads_from_us: Instant::from_millis(600_000),
        ..ClientSpec::new("proxy", vec![RequestSpec::get("/f")])
    };
    let mut scenario = through_one(client, secs(0), serving(vec![ResourceSpec::new("/f", 300_000)]));
    let action = Action::Abort { node: "client".to_owned(), socket: 0 };
    scenario.interventions =
        vec![Intervention { after: Moment::start_of(Instant::from_millis(20_000)), action }];
    let trace = trace(&scenario);
    let closed = trace.entries.iter().filter(|entry| {
        let is_closing = matches!(entry.event, Event::CallReturned { call: Call::Close | Call::Abort, .. });
        is_closing && entry.node.index() == 1
    });
    assert_eq!(closed.count(), 2, "the client's connection and the server's");
}

/// Several clients around one proxy, each with two connections.
fn star(clients: u8) -> Scenario {
    let mut scenario = chain(
        ProfileName::Textbook,
        ms(10),
        vec![
            ("proxy", smart("server", 80, false, secs(9))),
            ("server", RoleSpec::OriginServer(origin(Version::Http11))),
        ],
    );
    let ask = |path: &str| {
        format!("GET http://www.joes-hardware.com{path} HTTP/1.1\r\nHost: www.joes-hardware.com\r\n\r\n")
    };
    for client in 0..clients {
        let at = u64::from(client) * 5;
        let call = |socket: usize, text: String| ScriptCall::Send { socket, text, times: 1 };
        let mut steps = Vec::new();
        for socket in 0..2 {
            steps.push((at, ScriptCall::Connect { to: "proxy".to_owned(), port: 8080 }));
            steps.push((at + 100, call(socket, ask("/f"))));
            steps.push((at + 1_000, call(socket, ask("/g"))));
            steps.push((at + 100, ScriptCall::ReadAll { socket }));
        }
        steps.sort_by_key(|(at, _)| *at);
        let name = format!("client-{client}");
        scenario.nodes.push(node(&name, 20 + client, ProfileName::Textbook, script(steps)));
        scenario.links.push(link(&name, "proxy", ms(10)));
    }
    scenario
}

/// RFC 2616 section 8.1.4: at most two connections per client, so "a proxy SHOULD use up to 2*N connections to
/// another server or proxy, where N is the number of simultaneously active users".
#[test]
fn a_proxy_with_n_clients_has_2n_connections_to_the_server() {
    for clients in [1, 3, 5] {
        let trace = trace(&star(clients));
        assert_eq!(opened(&trace, "proxy", "server"), 2 * usize::from(clients));
        // All of them are open at the same time, and the second round of requests needs no more.
        let at = Instant::from_millis(2_000);
        let world = trace.world_after(trace.applied_by(at));
        let open = |place: usize| {
            let sockets = world.nodes[place].sockets.values();
            sockets.filter(|socket| socket.state == State::Established).count()
        };
        assert_eq!((open(1), open(0)), (2 * usize::from(clients), 4 * usize::from(clients)));
        for client in 0..clients {
            let answers = heard(&trace, &format!("client-{client}")).matches("HTTP/1.1 200 OK").count();
            assert_eq!(answers, 4, "client-{client}");
        }
    }
}
