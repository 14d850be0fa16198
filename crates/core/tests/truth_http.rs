//! Keep-alive limits, pipelining and truncation.
//!
//! Observed 2026-11-20 on Linux 6.18 in network namespaces: nginx 1.22.1, Apache 2.4.71, squid 5.7, curl 7.88.1.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::http::Version;
use playground_core::node::{
    Asks, BodyFraming, ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec,
    ScriptCall, SmartProxySpec,
};
use playground_core::tcp::ProfileName;
use playground_core::time::Duration;
use playground_core::trace::Trace;
use support::scenes::{chain, heard, lines_between, opened, origin, outcomes, say, script, smart, trace};
use support::{ms, secs};

const AT_ONCE: Duration = Duration::from_micros(25);

fn direct(client: RoleSpec, server: RoleSpec) -> Trace {
    trace(&chain(ProfileName::Linux, AT_ONCE, vec![("client", client), ("server", server)]))
}

fn fetch(paths: &[&str], version: Version, asks: Asks) -> ClientSpec {
    let requests = paths.iter().map(|path| RequestSpec::get(*path)).collect();
    ClientSpec { version, asks, ..ClientSpec::new("server", requests) }
}

/// The values of a field in everything the client read, in order.
fn field(trace: &Trace, name: &str) -> Vec<String> {
    let prefix = format!("{name}: ");
    heard(trace, "client").lines().filter_map(|line| line.strip_prefix(&prefix)).map(str::to_owned).collect()
}

#[test]
fn nginx_answers_three_and_the_third_says_close() {
    // keepalive_requests 3.
    let server = OriginServerSpec { max_requests: 3, ..origin(Version::Http11) };
    let client = fetch(&["/f", "/f", "/f", "/f"], Version::Http10, Asks::KeepAlive);
    let trace = direct(RoleSpec::Client(client), RoleSpec::OriginServer(server));
    assert_eq!(field(&trace, "Connection"), ["Keep-Alive", "Keep-Alive", "close", "Keep-Alive"]);
    assert_eq!(opened(&trace, "client", "server"), 2);
}

#[test]
fn apache_counts_down_and_its_fourth_answer_says_close() {
    // MaxKeepAliveRequests 3 allows three more after the first.
    let server = OriginServerSpec {
        max_requests: 4,
        hints: true,
        idle_timeout_us: secs(3),
        ..origin(Version::Http11)
    };
    let client = fetch(&["/f", "/f", "/f", "/f"], Version::Http10, Asks::KeepAlive);
    let trace = direct(RoleSpec::Client(client), RoleSpec::OriginServer(server));
    assert_eq!(field(&trace, "Keep-Alive"), ["timeout=3, max=3", "timeout=3, max=2", "timeout=3, max=1"]);
    assert_eq!(field(&trace, "Connection").last().map(String::as_str), Some("close"));
}

/// The same where Apache is a proxy, whose limit is a hundred.
#[test]
fn apache_as_a_proxy_counts_down_too() {
    let mut client = fetch(&["/f"; 102], Version::Http10, Asks::KeepAlive);
    (client.connect_to, client.port, client.absolute_form) = ("proxy".to_owned(), 8080, true);
    let proxy = SmartProxySpec { forwarding: "apache-reverse".to_owned(), ..SmartProxySpec::new("server") };
    let trace = trace(&chain(
        ProfileName::Linux,
        AT_ONCE,
        vec![
            ("client", RoleSpec::Client(client)),
            ("proxy", RoleSpec::SmartProxy(proxy)),
            ("server", RoleSpec::OriginServer(origin(Version::Http11))),
        ],
    ));
    let mut said: Vec<String> = (1..=100).rev().map(|left| format!("timeout=5, max={left}")).collect();
    // The one after the last closes, and the next connection begins anew.
    said.push("timeout=5, max=100".to_owned());
    assert_eq!(field(&trace, "Keep-Alive"), said);
    assert_eq!(field(&trace, "Connection").iter().position(|value| value == "close"), Some(100));
    assert_eq!(opened(&trace, "client", "proxy"), 2);
}

#[test]
fn keep_alive_is_only_for_a_client_that_asked() {
    let server = || RoleSpec::OriginServer(OriginServerSpec { hints: true, ..origin(Version::Http11) });
    let plain = direct(RoleSpec::Client(fetch(&["/f"], Version::Http10, Asks::Nothing)), server());
    assert_eq!(field(&plain, "Connection"), ["close"]);
    assert!(field(&plain, "Keep-Alive").is_empty());
    let modern = direct(RoleSpec::Client(fetch(&["/f"], Version::Http11, Asks::Nothing)), server());
    assert!(field(&modern, "Keep-Alive").is_empty());
}

#[test]
fn an_idle_connection_ends_with_fin_and_a_late_request_meets_rst_or_silence() {
    // nginx closes; Apache lingers: the late request is acknowledged and ignored.
    for (close, resets) in [(CloseStyle::Close, true), (CloseStyle::Graceful, false)] {
        let server = OriginServerSpec { close, idle_timeout_us: secs(3), ..origin(Version::Http11) };
        let get = "GET /f HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
        let client = script(vec![
            (0, ScriptCall::Connect { to: "server".to_owned(), port: 80 }),
            (1, say(get)),
            (3_104, say(get)),
        ]);
        let trace = direct(client, RoleSpec::OriginServer(server));
        let lines = lines_between(&trace, "server", "client");
        assert!(lines.iter().any(|line| line.starts_with("3.00") && line.contains("[F.]")), "{lines:#?}");
        let after: Vec<&String> = lines.iter().filter(|line| line.starts_with("3.1")).collect();
        assert_eq!(after.iter().any(|line| line.contains("[R]")), resets, "{after:#?}");
        assert_eq!(lines.iter().filter(|line| line.contains("HTTP/1.1 200")).count(), 1);
    }
}

/// A client that writes all requests at once and reads whatever comes.
fn at_once(text: &str) -> RoleSpec {
    script(vec![
        (0, ScriptCall::Connect { to: "server".to_owned(), port: 80 }),
        (0, say(text)),
        (1, ScriptCall::ReadAll { socket: 0 }),
    ])
}

fn get(path: &str, rest: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\n{rest}\r\n")
}

#[test]
fn pipelined_answers_come_in_order_and_the_fast_ones_wait() {
    let slow = ResourceSpec { processing_us: ms(700), ..ResourceSpec::new("/slow", 20) };
    let mut server = origin(Version::Http11);
    server.resources.push(slow);
    let requests = format!("{}{}{}", get("/slow", ""), get("/f", ""), get("/g", ""));
    let trace = direct(at_once(&requests), RoleSpec::OriginServer(server));
    let answers: Vec<String> = lines_between(&trace, "server", "client")
        .into_iter()
        .filter(|line| line.contains("HTTP/1.1 200"))
        .collect();
    assert!(answers[0].starts_with("0.7"), "{answers:#?}");
    let text = heard(&trace, "client");
    let places: Vec<usize> =
        ["/slow octet 0", "/f octet 0", "/g octet 0"].iter().filter_map(|body| text.find(body)).collect();
    assert!(places.len() == 3 && places.is_sorted(), "{places:?}");
}

#[test]
fn nothing_is_answered_after_connection_close_or_the_limit() {
    let three = format!("{}{}{}", get("/f", ""), get("/g", "Connection: close\r\n"), get("/f", ""));
    let trace = direct(at_once(&three), RoleSpec::OriginServer(origin(Version::Http11)));
    assert_eq!(heard(&trace, "client").matches("HTTP/1.1 200").count(), 2);

    let five = get("/f", "").repeat(5);
    let limited = OriginServerSpec { max_requests: 3, ..origin(Version::Http11) };
    let trace = direct(at_once(&five), RoleSpec::OriginServer(limited));
    assert_eq!(heard(&trace, "client").matches("HTTP/1.1 200").count(), 3);
    // All five came in one read, so nothing lies unread and the end is a FIN.
    assert!(lines_between(&trace, "server", "client").iter().any(|line| line.contains("Flags [F")));
}

/// A server that answers whatever comes, then closes or resets after 200 ms.
fn answers(text: &str, end: ScriptCall) -> RoleSpec {
    script(vec![
        (0, ScriptCall::Listen { port: 80 }),
        (2, ScriptCall::ReadAll { socket: 0 }),
        (3, say(text)),
        (200, end),
    ])
}

fn one_page() -> RoleSpec {
    RoleSpec::Client(fetch(&["/f"], Version::Http11, Asks::Nothing))
}

#[test]
fn what_a_client_can_know_about_a_body_that_was_cut() {
    let fifty = "x".repeat(50);
    let ok = "HTTP/1.1 200 OK\r\n";
    let close = || ScriptCall::Close { socket: 0 };
    let abort = || ScriptCall::Abort { socket: 0 };
    for (answer, end, outcome) in [
        // Fifty of a hundred, FIN: the client knows (curl 18). RST: it knows too (curl 56).
        (format!("{ok}Content-Length: 100\r\n\r\n{fifty}"), close(), "0.2 s: 0 incomplete-body"),
        (format!("{ok}Content-Length: 100\r\n\r\n{fifty}"), abort(), "0.2 s: 0 incomplete-body"),
        // No length and FIN: nobody can know (curl 0).
        (format!("{ok}\r\n{fifty}"), close(), "0.2 s: 0 200 50 octets"),
        // Chunked without the last chunk: known.
        (
            format!("{ok}Transfer-Encoding: chunked\r\n\r\n32\r\n{fifty}\r\n"),
            close(),
            "0.2 s: 0 incomplete-body",
        ),
        // Twenty announced and fifty sent: twenty are taken.
        (format!("{ok}Content-Length: 20\r\n\r\n{fifty}"), close(), "0.0 s: 0 200 20 octets"),
    ] {
        let trace = direct(one_page(), answers(&answer, end));
        assert_eq!(outcomes(&trace), [outcome], "{answer}");
    }
}

#[test]
fn a_cut_without_length_that_ends_in_rst_is_known() {
    let answer = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(50));
    let trace = direct(one_page(), answers(&answer, ScriptCall::Abort { socket: 0 }));
    assert_eq!(outcomes(&trace).len(), 1);
    assert!(!outcomes(&trace)[0].contains(" 200 "), "{:?}", outcomes(&trace));
}

#[test]
fn a_smart_proxy_passes_the_fifty_on_and_closes() {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}", "x".repeat(50));
    let mut client = fetch(&["/f"], Version::Http11, Asks::Nothing);
    client.connect_to = "proxy".to_owned();
    client.port = 8080;
    client.absolute_form = true;
    let trace = trace(&chain(
        ProfileName::Linux,
        AT_ONCE,
        vec![
            ("client", RoleSpec::Client(client)),
            ("proxy", smart("server", 80, false, Duration::ZERO)),
            ("server", answers(&answer, ScriptCall::Close { socket: 0 })),
        ],
    ));
    assert_eq!(outcomes(&trace), ["0.2 s: 0 incomplete-body"]);
    let incomplete: Vec<(u64, Option<u64>)> = trace
        .entries
        .iter()
        .filter_map(|entry| match entry.event {
            Event::MessageIncomplete { received, expected, .. } => Some((received, expected)),
            _ => None,
        })
        .collect();
    // The proxy and the client both say so.
    assert_eq!(incomplete, [(50, Some(100)), (50, Some(100))]);
}

#[test]
fn a_wrong_length_that_is_too_long_hangs_until_the_server_gives_up() {
    let wrong = ResourceSpec {
        framing: BodyFraming::WrongLength { announced: 100 },
        ..ResourceSpec::new("/wrong", 50)
    };
    let server =
        OriginServerSpec { resources: vec![wrong], idle_timeout_us: secs(5), ..origin(Version::Http11) };
    let client = fetch(&["/wrong"], Version::Http11, Asks::Nothing);
    let trace = direct(RoleSpec::Client(client), RoleSpec::OriginServer(server));
    assert_eq!(outcomes(&trace), ["5.0 s: 0 incomplete-body"]);
}
