//! Properties of HTTP roles that meet any octets: whatever a client or a server says, every run comes to its end,
//! every request of a client has an outcome, and no role still holds a connection.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{Entry, Event, Waiting};
use playground_core::http::{ForwardingProfile, RequestText, Version};
use playground_core::node::{
    Asks, CachingProxySpec, CachingSpec, ClientHalfClose, ClientSpec, CloseStyle, OriginServerSpec, PoolSpec,
    RequestSpec, ResourceSpec, RoleSpec, ScriptCall, SmartProxySpec,
};
use playground_core::scenario::Scenario;
use playground_core::tcp::ProfileName;
use playground_core::trace::Trace;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use strum::VariantArray;
use support::scenes::{chain, dumb, script, trace};
use support::{ms, secs};

/// What a blind relay, which has no time-out, waits for as long as its peer's program does nothing.
const BLIND_RELAY_WAITS: [Waiting; 1] = [Waiting::Request];

const GOOD_REQUESTS: [&str; 15] = [
    "GET /f",
    "GET /f",
    "GET /g",
    "GET /slow",
    "GET /missing",
    "GET http://server/f",
    "HEAD /f",
    "POST /f",
    "PUT /g",
    "DELETE /g",
    "OPTIONS *",
    "TRACE /f",
    "CONNECT server:80",
    "CONNECT client:9",
    "CONNECT nobody:80",
];

const GOOD_REQUEST_FIELDS: [&str; 10] = [
    "",
    "",
    "Connection: close\r\n",
    "Connection: keep-alive\r\n",
    "Proxy-Connection: keep-alive\r\n",
    "Connection: upgrade\r\nUpgrade: websocket\r\n",
    "Expect: 100-continue\r\n",
    "Max-Forwards: 0\r\n",
    "Max-Forwards: 1\r\n",
    "Cache-Control: no-cache\r\n",
];

const GOOD_RESPONSES: [&str; 11] = [
    "100 Continue\r\n\r\n",
    "103 Early Hints\r\nLink: </g>\r\n\r\n",
    "101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nhello",
    "204 No Content\r\n\r\n",
    "304 Not Modified\r\n\r\n",
    "301 Moved Permanently\r\nContent-Length: 0\r\n\r\n",
    "417 Expectation Failed\r\nContent-Length: 5\r\n\r\nhello",
    "503 Service Unavailable\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
    "200 OK\r\nConnection: close\r\n\r\nhello",
    "200 OK\r\nCache-Control: max-age=5\r\nContent-Length: 5\r\n\r\nhello",
    "200 OK\r\n",
];

const GOOD_FRAMINGS: [(&str, &str); 5] = [
    ("", ""),
    ("", ""),
    ("Content-Length: 5\r\n", "hello"),
    ("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
    ("Transfer-Encoding: chunked\r\n", "1;x=y\r\nh\r\n0\r\nTrailer: x\r\n\r\n"),
];

const GOOD_VERSIONS: [&str; 4] = ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0"];

const METHODS: [&str; 10] =
    ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "B@D"];

const TARGETS: [&str; 11] = [
    "/f",
    "/g",
    "/slow",
    "http://server/f",
    "*",
    "server:80",
    "server:0",
    "client:9",
    "nobody:80",
    "/missing",
    "",
];

const VERSIONS: [&str; 5] = ["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/x"];

const STATUSES: [&str; 14] = [
    "100 Continue",
    "101 Switching Protocols",
    "103 Early Hints",
    "200 OK",
    "200 OK",
    "204 No Content",
    "206 Partial Content",
    "301 Moved Permanently",
    "304 Not Modified",
    "417 Expectation Failed",
    "503 Service Unavailable",
    "999 Odd",
    "20 Short",
    "abc",
];

const FIELDS: [&str; 30] = [
    "Host: server",
    "Host: server",
    "Content-Length: 0",
    "Content-Length: 5",
    "Content-Length: 5",
    "Content-Length: 6",
    "Content-Length: 999999",
    "Content-Length: -1",
    "Content-Length: 99999999999999999999999",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, gzip",
    "Connection: close",
    "Connection: keep-alive",
    "Connection: upgrade, x-a",
    "Connection: Content-Length",
    "Proxy-Connection: keep-alive",
    "Keep-Alive: timeout=1, max=2",
    "Upgrade: websocket",
    "Expect: 100-continue",
    "Expect: 100-continue",
    "Expect: tea",
    "Max-Forwards: 0",
    "Max-Forwards: x",
    "Cache-Control: max-age=1",
    "If-None-Match: \"x\"",
    "Vary: *",
    "no colon",
    " folded",
];

const BODIES: [&str; 11] = [
    "",
    "",
    "hello",
    "hell",
    "5\r\nhello\r\n0\r\n\r\n",
    "5\r\nhello\r\n",
    "5\r\nhel",
    "0\r\nTrailer: x\r\n\r\n",
    "zz\r\n",
    "ffffffffffffffff\r\n",
    "-1\r\nx\r\n",
];

fn fields() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&FIELDS[..]), 0..4)
        .prop_map(|fields| fields.iter().map(|field| format!("{field}\r\n")).collect())
}

fn good_request() -> impl Strategy<Value = String> {
    let (line, version) = (select(&GOOD_REQUESTS[..]), select(&GOOD_VERSIONS[..]));
    (line, version, select(&GOOD_REQUEST_FIELDS[..]), select(&GOOD_FRAMINGS[..])).prop_map(
        |(line, version, fields, (framing, body))| {
            format!("{line} {version}\r\nHost: server\r\n{fields}{framing}\r\n{body}")
        },
    )
}

fn any_request() -> impl Strategy<Value = String> {
    (select(&METHODS[..]), select(&TARGETS[..]), select(&VERSIONS[..]), fields(), select(&BODIES[..]))
        .prop_map(|(method, target, version, fields, body)| {
            format!("{method} {target} {version}\r\nHost: server\r\n{fields}\r\n{body}")
        })
}

fn good_response() -> impl Strategy<Value = String> {
    (select(&GOOD_VERSIONS[..]), select(&GOOD_RESPONSES[..]), select(&GOOD_FRAMINGS[..])).prop_map(
        |(version, rest, (framing, body))| {
            let is_open = !rest.contains("\r\n\r\n");
            let end = if is_open { format!("{framing}\r\n{body}") } else { String::new() };
            format!("{version} {rest}{end}")
        },
    )
}

fn any_response() -> impl Strategy<Value = String> {
    (select(&VERSIONS[..]), select(&STATUSES[..]), fields(), select(&BODIES[..]))
        .prop_map(|(version, status, fields, body)| format!("{version} {status}\r\n{fields}\r\n{body}"))
}

fn raw() -> impl Strategy<Value = String> {
    prop_oneof!["[\\x00-\\xff]{0,40}", "(\r\n){1,3}", "\\.{2000,9000}"]
}

/// Messages in a row, some of them broken or broken off, with raw octets between them.
fn octets(
    good: impl Strategy<Value = String> + 'static,
    other: impl Strategy<Value = String> + 'static,
) -> impl Strategy<Value = String> {
    let (good, other) = (good.boxed(), other.boxed());
    let broken_off = (prop_oneof![good.clone(), other.clone()], any::<Index>())
        .prop_map(|(text, end)| text.chars().take(end.index(text.chars().count() + 1)).collect::<String>());
    let piece = prop_oneof![8 => good, 2 => other, 2 => broken_off, 1 => raw()];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

/// The text in pieces, each with the milliseconds that pass before it is sent.
fn in_cuts(text: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<(u64, String)>> {
    let pauses = prop_oneof![4 => Just(0u64), 4 => 1u64..100, 1 => 100u64..12_000];
    (text, proptest::collection::vec((any::<Index>(), pauses), 1..5)).prop_map(|(text, cuts)| {
        let chars: Vec<char> = text.chars().collect();
        let mut ends: Vec<usize> = cuts.iter().map(|(end, _)| end.index(chars.len() + 1)).collect();
        ends.sort_unstable();
        ends.pop();
        ends.push(chars.len());
        let mut start = 0;
        ends.iter()
            .zip(cuts)
            .map(|(end, (_, pause))| {
                let piece = chars[start..*end].iter().collect();
                start = *end;
                (pause, piece)
            })
            .collect()
    })
}

/// How a script leaves a connection.
#[derive(Clone, Copy, Debug)]
enum Leaves {
    Shutdown,
    Close,
    Abort,
    Silent,
}

impl Leaves {
    fn call(self, socket: usize) -> Option<ScriptCall> {
        match self {
            Self::Shutdown => Some(ScriptCall::Shutdown { socket }),
            Self::Close => Some(ScriptCall::Close { socket }),
            Self::Abort => Some(ScriptCall::Abort { socket }),
            Self::Silent => None,
        }
    }
}

fn leaves() -> impl Strategy<Value = Leaves> {
    select(&[Leaves::Shutdown, Leaves::Close, Leaves::Abort, Leaves::Silent][..])
}

/// A proxy whose every wait has a time-out, but for the response of the next node.
fn smart() -> impl Strategy<Value = SmartProxySpec> {
    let pool = prop_oneof![Just(None), (1u32..3).prop_map(|connections| Some(PoolSpec::new(connections)))];
    (select(ForwardingProfile::all()), pool, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(forwarding, pool, retries_reused, gives_up, next_is_proxy)| SmartProxySpec {
            forwarding: forwarding.name,
            pool,
            retries_reused,
            next_is_proxy,
            client_half_close: if gives_up { ClientHalfClose::GivesUp } else { ClientHalfClose::GoesOn },
            idle_timeout_us: secs(9),
            server_idle_timeout_us: secs(7),
            ..SmartProxySpec::new("server")
        },
    )
}

fn proxy() -> impl Strategy<Value = RoleSpec> {
    prop_oneof![
        1 => Just(dumb("server", 80)),
        3 => smart().prop_map(RoleSpec::SmartProxy),
        2 => (smart(), any::<bool>()).prop_map(|(proxy, guesses_lifetimes)| {
            RoleSpec::CachingProxy(CachingProxySpec { proxy, guesses_lifetimes })
        }),
    ]
}

fn origin() -> impl Strategy<Value = OriginServerSpec> {
    let close =
        || select(&[CloseStyle::Close, CloseStyle::Graceful, CloseStyle::Abort, CloseStyle::Lingering][..]);
    (close(), close(), any::<bool>(), 0u32..3, prop_oneof![Just(0u32), Just(4)]).prop_map(
        |(close, early_close, modern, max_requests, body_limit)| {
            let fresh =
                CachingSpec { cache_control: "max-age=5".to_owned(), etag: true, ..CachingSpec::default() };
            OriginServerSpec {
                version: if modern { Version::Http11 } else { Version::Http10 },
                idle_timeout_us: secs(5),
                close,
                early_close,
                max_requests,
                body_limit,
                resources: vec![
                    ResourceSpec::new("/f", 3_000),
                    ResourceSpec { caching: Some(fresh), ..ResourceSpec::new("/g", 100) },
                    ResourceSpec { processing_us: secs(2), ..ResourceSpec::new("/slow", 40_000) },
                ],
                ..OriginServerSpec::default()
            }
        },
    )
}

fn scripted_client(pieces: Vec<(u64, String)>, leaves: Leaves) -> RoleSpec {
    let connect = ScriptCall::Connect { to: "proxy".to_owned(), port: 8080 };
    let mut calls = vec![(0, connect), (0, ScriptCall::ReadAll { socket: 0 })];
    let mut at = 50;
    for (pause, text) in pieces {
        at += pause;
        calls.push((at, ScriptCall::Send { socket: 0, text, times: 1 }));
    }
    calls.extend(leaves.call(0).map(|call| (at, call)));
    script(calls)
}

/// Connections of a scripted server that are read and, in the end, closed.
const ACCEPTED: usize = 12;

/// A server that says this on its first connections, whatever it is asked, and closes all it has every ten seconds.
fn scripted_server(says: Vec<(Vec<(u64, String)>, Leaves)>) -> RoleSpec {
    let mut calls = vec![(0, ScriptCall::Listen { port: 80 })];
    calls.extend((0..ACCEPTED).map(|socket| (0, ScriptCall::ReadAll { socket })));
    let mut at = 100;
    for (socket, (pieces, leaves)) in says.into_iter().enumerate() {
        for (pause, text) in pieces {
            at += pause;
            calls.push((at, ScriptCall::Send { socket, text, times: 1 }));
        }
        calls.extend(leaves.call(socket).map(|call| (at, call)));
        // By then the next connection may have come.
        at += 300;
    }
    for round in 1..=ACCEPTED as u64 {
        calls.extend((0..ACCEPTED).map(|socket| (at + 10_000 * round, ScriptCall::Close { socket })));
    }
    script(calls)
}

fn client() -> impl Strategy<Value = ClientSpec> {
    let typed = prop_oneof![3 => good_request(), 1 => any_request()].prop_map(|text| {
        let text = Some(text).filter(|text| RequestSpec::text_problem(text).is_none());
        RequestSpec { text, ..RequestSpec::get("/f") }
    });
    let plain = (select(&["GET", "HEAD", "POST", "DELETE"][..]), select(&["/f", "/g"][..]), 0u32..3)
        .prop_map(|(method, path, bodies)| RequestSpec {
            method: method.to_owned(),
            body_len: if method == "POST" { bodies * 1_000 } else { 0 },
            ..RequestSpec::get(path)
        });
    let request = prop_oneof![1 => typed, 3 => plain];
    let requests = proptest::collection::vec((request, select(vec![0, 0, 300, 6_000])), 1..4).prop_map(
        |mut requests| {
            // The scripted server speaks to a connection that is open by then.
            requests[0].1 = 0;
            requests
        },
    );
    let asks = select(&[Asks::Nothing, Asks::KeepAlive, Asks::ProxyConnection, Asks::Close][..]);
    (requests, asks, any::<bool>(), 1u32..3, any::<bool>(), select(vec![0, 0, 4]), any::<bool>()).prop_map(
        |(requests, asks, modern, pipeline, closes_when_done, response_timeout, waits_for_100)| ClientSpec {
            port: 8080,
            absolute_form: true,
            version: if modern { Version::Http11 } else { Version::Http10 },
            asks,
            pipeline,
            closes_when_done,
            response_timeout_us: secs(response_timeout),
            continue_timeout_us: if waits_for_100 { secs(1) } else { secs(0) },
            ..ClientSpec::new(
                "proxy",
                requests.into_iter().map(|(request, after)| request.after(ms(after))).collect(),
            )
        },
    )
}

fn row(profile: ProfileName, client: RoleSpec, proxy: RoleSpec, server: RoleSpec) -> Scenario {
    chain(profile, ms(5), vec![("client", client), ("proxy", proxy), ("server", server)])
}

/// Requests that a client makes: a text may have several.
fn requests_of(client: &ClientSpec) -> usize {
    let in_text = |text: &String| RequestText::parse(text).map_or(0, |text| text.requests().len());
    client.requests.iter().map(|request| request.text.as_ref().map_or(1, in_text)).sum()
}

/// The end of a run: by itself, with an outcome for every request, without a running timer, and without a connection
/// that a role still holds.
fn assert_ended(trace: &Trace) {
    assert_eq!(trace.stopped_by, None, "{}", trace.scenario.to_json());
    let world = trace.world_after(trace.entries.len() as u32);
    for (index, (spec, node)) in trace.scenario.nodes.iter().zip(&world.nodes).enumerate() {
        let context = || {
            let last: Vec<&Entry> =
                trace.entries.iter().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
            format!("{}\n{}\n{}\n{last:#?}", spec.name, trace.scenario.to_json(), trace.notation())
        };
        assert!(node.timers.is_empty(), "{:?} at {}", node.timers, context());
        if let RoleSpec::Client(client) = &spec.role {
            let mut outcomes = vec![0; requests_of(client)];
            for entry in trace.entries.iter().filter(|entry| entry.node.index() == index) {
                if let Event::TransactionCompleted { request, .. }
                | Event::TransactionFailed { request, .. } = &entry.event
                {
                    outcomes[*request as usize] += 1;
                }
            }
            assert!(outcomes.iter().all(|outcomes| *outcomes == 1), "{outcomes:?} at {}", context());
        }
        if matches!(spec.role, RoleSpec::Script(_)) {
            continue;
        }
        let held = node.sockets.iter().filter(|(_, socket)| {
            socket.listening_port.is_none() && !socket.given_up && socket.released_at.is_none()
        });
        for (id, socket) in held {
            let waiting = socket.waiting.map_or(Waiting::Nothing, |(waiting, _)| waiting);
            let is_relay = matches!(spec.role, RoleSpec::DumbProxy(_));
            assert!(
                is_relay && BLIND_RELAY_WAITS.contains(&waiting),
                "socket {id:?} waits for {waiting:?} in {:?} at {}",
                socket.state,
                context()
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_ends_whatever_a_client_says(
        profile in select(ProfileName::VARIANTS),
        says in in_cuts(octets(good_request(), any_request())),
        leaves in leaves(),
        proxy in proxy(),
        origin in origin(),
    ) {
        let client = scripted_client(says, leaves);
        assert_ended(&trace(&row(profile, client, proxy, RoleSpec::OriginServer(origin))));
    }

    #[test]
    fn a_run_ends_whatever_a_server_says(
        profile in select(ProfileName::VARIANTS),
        client in client(),
        proxy in proxy(),
        says in proptest::collection::vec((in_cuts(octets(good_response(), any_response())), leaves()), 1..4),
    ) {
        assert_ended(&trace(&row(profile, RoleSpec::Client(client), proxy, scripted_server(says))));
    }
}
