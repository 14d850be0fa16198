//! The dumb proxy's eight rows.
//!
//! Observed 2026-11-20 on Linux 6.18 in network namespaces: a blind HTTP/1.0 relay of forty lines, squid 5.7 and
//! nginx 1.22.1 with keep-alive 5 s; the second request 0.5 s after the first.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::http::Version;
use playground_core::node::{Asks, RoleSpec};
use playground_core::tcp::ProfileName;
use playground_core::time::Duration;
use playground_core::trace::Trace;
use support::scenes::{chain, dumb, lines_between, opened, origin, outcomes, smart, trace, two_requests};
use support::secs;

const AT_ONCE: Duration = Duration::from_micros(25);

fn through_one(version: Version, asks: Asks, requests: usize, proxy: RoleSpec) -> Trace {
    let mut client = two_requests("proxy", version, asks);
    client.requests.truncate(requests);
    trace(&chain(
        ProfileName::Linux,
        AT_ONCE,
        vec![
            ("client", RoleSpec::Client(client)),
            ("proxy", proxy),
            ("server", RoleSpec::OriginServer(origin(Version::Http11))),
        ],
    ))
}

fn through_two(asks: Asks, near: RoleSpec, far: RoleSpec) -> Trace {
    trace(&chain(
        ProfileName::Linux,
        AT_ONCE,
        vec![
            ("client", RoleSpec::Client(two_requests("proxy", Version::Http10, asks))),
            ("proxy", near),
            ("proxy-2", far),
            ("server", RoleSpec::OriginServer(origin(Version::Http11))),
        ],
    ))
}

/// The first letter of what ended the connection towards the client: `F` or `R`, and when, tenths of a second.
fn end_of(trace: &Trace, from: &str, to: &str) -> Option<(char, u64)> {
    let lines = lines_between(trace, from, to);
    let line = lines.iter().find(|line| line.contains("Flags [F") || line.contains("Flags [R"))?;
    let at: f64 = line.split(' ').next()?.parse().ok()?;
    let letter = if line.contains("Flags [R") { 'R' } else { 'F' };
    Some((letter, (at * 10.0) as u64))
}

#[test]
fn keep_alive_through_a_dumb_proxy_hangs_until_the_origin_gives_up() {
    let trace = through_one(Version::Http10, Asks::KeepAlive, 2, dumb("server", 80));
    assert_eq!(outcomes(&trace), ["0.0 s: 0 200 100 octets", "5.0 s: 1 ECONNRESET"]);
    assert_eq!(end_of(&trace, "server", "proxy"), Some(('F', 50)));
    // The second request is acknowledged and never read: RST.
    assert_eq!(end_of(&trace, "proxy", "client"), Some(('R', 50)));
    let acks = lines_between(&trace, "proxy", "client");
    assert!(acks.iter().any(|line| line.starts_with("0.54") && line.contains("length 0")), "{acks:#?}");
}

#[test]
fn without_a_second_request_it_ends_with_fin() {
    let trace = through_one(Version::Http10, Asks::KeepAlive, 1, dumb("server", 80));
    assert_eq!(outcomes(&trace), ["0.0 s: 0 200 100 octets"]);
    assert_eq!(end_of(&trace, "proxy", "client"), Some(('F', 50)));
}

#[test]
fn proxy_connection_through_a_dumb_proxy_does_no_harm() {
    let trace = through_one(Version::Http10, Asks::ProxyConnection, 2, dumb("server", 80));
    assert_eq!(outcomes(&trace), ["0.0 s: 0 200 100 octets", "0.5 s: 1 200 100 octets"]);
    assert_eq!(end_of(&trace, "proxy", "client"), Some(('F', 0)));
    assert_eq!(opened(&trace, "client", "proxy"), 2);
}

#[test]
fn http11_without_a_connection_header_hangs_too() {
    let trace = through_one(Version::Http11, Asks::Nothing, 2, dumb("server", 80));
    assert_eq!(outcomes(&trace), ["0.0 s: 0 200 100 octets", "5.0 s: 1 ECONNRESET"]);
    assert_eq!(end_of(&trace, "proxy", "client"), Some(('R', 50)));
}

#[test]
fn http11_with_connection_close_does_not() {
    let trace = through_one(Version::Http11, Asks::Close, 2, dumb("server", 80));
    assert_eq!(outcomes(&trace), ["0.0 s: 0 200 100 octets", "0.5 s: 1 200 100 octets"]);
    assert_eq!(opened(&trace, "client", "proxy"), 2);
}

#[test]
fn a_smart_proxy_keeps_both_connections_whichever_header_asks() {
    for (version, asks) in [
        (Version::Http10, Asks::KeepAlive),
        (Version::Http10, Asks::ProxyConnection),
        (Version::Http11, Asks::Nothing),
    ] {
        let trace = through_one(version, asks, 2, smart("server", 80, false, Duration::ZERO));
        assert_eq!(outcomes(&trace), ["0.0 s: 0 200 100 octets", "0.5 s: 1 200 100 octets"]);
        assert_eq!((opened(&trace, "client", "proxy"), opened(&trace, "proxy", "server")), (1, 1));
    }
}

#[test]
fn a_smart_proxy_before_a_dumb_one_answers_502() {
    let trace =
        through_two(Asks::ProxyConnection, smart("proxy-2", 8080, true, Duration::ZERO), dumb("server", 80));
    let forwarded = lines_between(&trace, "proxy", "proxy-2");
    assert!(forwarded.iter().any(|line| line.starts_with("0.5") && line.contains("GET")), "{forwarded:#?}");
    assert_eq!(end_of(&trace, "proxy-2", "proxy"), Some(('R', 50)));
    let outcomes = outcomes(&trace);
    assert_eq!(outcomes[0], "0.0 s: 0 200 100 octets");
    assert!(outcomes[1].starts_with("5.0 s: 1 502 "), "{outcomes:?}");
}

#[test]
fn a_dumb_proxy_before_a_smart_one_hangs_until_the_smart_ones_time_out() {
    let trace = through_two(Asks::KeepAlive, dumb("proxy-2", 8080), smart("server", 80, false, secs(9)));
    assert_eq!(outcomes(&trace), ["0.0 s: 0 200 100 octets", "9.0 s: 1 ECONNRESET"]);
    assert_eq!(end_of(&trace, "server", "proxy-2"), Some(('F', 50)));
    assert_eq!(end_of(&trace, "proxy-2", "proxy"), Some(('F', 90)));
    assert_eq!(end_of(&trace, "proxy", "client"), Some(('R', 90)));
}
