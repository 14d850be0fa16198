//! A proxy whose server answers something that is no HTTP: 502, or an end that shows that the message is incomplete.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::http::{ForwardingProfile, Version};
use playground_core::node::{
    CachingProxySpec, ClientSpec, RequestSpec, RoleSpec, ScriptCall, SmartProxySpec,
};
use playground_core::tcp::ProfileName;
use playground_core::trace::Trace;
use support::ms;
use support::scenes::{chain, heard, outcomes, say, script, trace};

fn client(version: Version) -> RoleSpec {
    let requests = vec![RequestSpec::get("/f")];
    RoleSpec::Client(ClientSpec {
        port: 8080,
        absolute_form: true,
        version,
        ..ClientSpec::new("proxy", requests)
    })
}

/// Client, proxy, and a server that says this, whatever it is asked, and then waits for ever.
fn answered(version: Version, proxy: RoleSpec, says: &str) -> Trace {
    let calls = vec![
        (0, ScriptCall::Listen { port: 80 }),
        (1, ScriptCall::ReadAll { socket: 0 }),
        (1_000, say(says)),
    ];
    let roles = vec![("client", client(version)), ("proxy", proxy), ("server", script(calls))];
    trace(&chain(ProfileName::Linux, ms(5), roles))
}

fn proxy(forwarding: &str) -> SmartProxySpec {
    SmartProxySpec { forwarding: forwarding.to_owned(), ..SmartProxySpec::new("server") }
}

/// Problem, line and octet of the response that the proxy refused.
fn refused(trace: &Trace) -> Option<(&'static str, u32, u64)> {
    trace.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageRejected { error, is_response: true, .. } => {
            Some((error.problem.key(), error.at.line, error.at.octet))
        }
        _ => None,
    })
}

/// RFC 9112 sections 6.1 and 6.3; RFC 9110 section 15.6.3.
#[test]
fn a_head_that_cannot_be_understood_becomes_502() {
    let cases = [
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            ("conflicting-content-lengths", 3, 52),
        ),
        ("HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 5,+6\r\n\r\nhello", ("invalid-content-length", 3, 41)),
        (
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            ("transfer-encoding-in-10", 2, 36),
        ),
        ("HELO there\r\n\r\n", ("bad-version", 1, 0)),
        ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", ("missing-colon", 2, 25)),
        ("HTTP/1.1 20 OK\r\n\r\n", ("bad-status-code", 1, 9)),
    ];
    for (says, wanted) in cases {
        for forwarding in ForwardingProfile::all() {
            let roles = [
                RoleSpec::SmartProxy(proxy(&forwarding.name)),
                RoleSpec::CachingProxy(CachingProxySpec {
                    proxy: proxy(&forwarding.name),
                    guesses_lifetimes: false,
                }),
            ];
            for role in roles {
                let trace = answered(Version::Http11, role, says);
                let told = outcomes(&trace);
                assert!(
                    told.len() == 1 && told[0].contains(": 0 502 "),
                    "{says:?} {}: {told:?}",
                    forwarding.name
                );
                assert_eq!(refused(&trace), Some(wanted), "{says:?}");
            }
        }
    }
}

/// RFC 9112 section 8: a client that has the head must see that the rest is missing, also where only the end of the
/// connection could end the body.
#[test]
fn a_bad_chunk_after_the_head_ends_the_clients_connection_too_early() {
    let says = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n";
    for forwarding in ForwardingProfile::all() {
        for version in [Version::Http10, Version::Http11] {
            let trace = answered(version, RoleSpec::SmartProxy(proxy(&forwarding.name)), says);
            let told = outcomes(&trace);
            assert!(told.len() == 1 && !told[0].contains(" 200 "), "{} {version}: {told:?}", forwarding.name);
            assert_eq!(refused(&trace), Some(("chunk-size", 6, 57)), "{} {version}", forwarding.name);
            assert!(heard(&trace, "client").contains("hello"), "{} {version}", forwarding.name);
            // Every run comes to its end: nobody waits for an answer.
            assert!(trace.entries.iter().any(|entry| entry.rule.key() == "malformed-message"));
        }
    }
}

/// Observed of squid 5.7: its own 502 leaves the client's connection open; that of the proxy by the book ends it.
#[test]
fn squid_keeps_the_client_after_its_502() {
    for (forwarding, kept) in [("squid", true), ("by-the-book", false)] {
        let trace = answered(Version::Http11, RoleSpec::SmartProxy(proxy(forwarding)), "HELO\r\n\r\n");
        let closed = heard(&trace, "client").contains("Connection: close");
        assert_eq!(closed, !kept, "{forwarding}");
    }
}
