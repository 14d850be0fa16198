//! The changes of a head at a hop, line by line.

use super::*;
use crate::http::{KeepAliveParams, Method};

const REQUEST_HOP: RequestHop<'_> =
    RequestHop { own_name: "p", client_address: "10.0.0.1", next_is_proxy: false, body: BodyLength::None };

const RESPONSE_HOP: ResponseHop<'_> = ResponseHop {
    own_name: "p",
    client_version: Version::Http11,
    client_asked: false,
    persists: true,
    hints: KeepAliveParams { timeout: None, max: None },
    body: BodyLength::Exactly(3),
    lookup: CacheLookup::Miss,
};

fn get(target: &str, version: Version, fields: &[(&str, &str)]) -> RequestHead {
    let head = RequestHead::new(Method::Get, target, version);
    fields.iter().fold(head, |head, &(name, value)| head.with(name, value))
}

/// The rewrite in wire order: `=` kept, `-` removed, `~` changed, `+` added, with the rule.
fn notation(rewrite: &Rewrite) -> Vec<String> {
    let StartLineChange { received, sent, rule } = &rewrite.start_line;
    let start_line = rule.map(|rule| format!("~ {received} -> {sent} ({})", rule.key()));
    assert_eq!(start_line.is_some(), received != sent);
    let lines = rewrite.lines.iter().map(|line| match line {
        LineChange::Kept { field, rule } => format!("= {field} ({})", rule.key()),
        LineChange::Removed { field, rule } => format!("- {field} ({})", rule.key()),
        LineChange::Changed { received, sent, rule } => format!("~ {received} -> {sent} ({})", rule.key()),
        LineChange::Added { field, rule } => format!("+ {field} ({})", rule.key()),
    });
    start_line.into_iter().chain(lines).collect()
}

/// Figure 4-9 of the book, with every hop-by-hop field.
#[test]
fn the_proxy_by_the_book() {
    let request = get(
        "http://shop/cgi",
        Version::Http11,
        &[
            ("Host", "shop"),
            ("Cache-Control", "max-age=3600"),
            ("Connection", "meter, close, bill-my-credit-card"),
            ("Meter", "max-uses=3, max-refuses=6, dont-report"),
            ("Bill-My-Credit-Card", "yes"),
            ("Keep-Alive", "timeout=5"),
            ("Proxy-Connection", "keep-alive"),
            ("TE", "trailers"),
            ("Trailer", "X-T"),
            ("Upgrade", "foo/1"),
            ("Proxy-Authorization", "Basic eDp5"),
            ("Accept", "*/*"),
        ],
    );
    let (sent, rewrite) = forward_request(&request, &ForwardingProfile::by_the_book(), &REQUEST_HOP);
    assert_eq!(
        sent.to_string(),
        "GET /cgi HTTP/1.1\nHost: shop\nCache-Control: max-age=3600\nConnection: keep-alive\nAccept: */*\nVia: 1.1 p"
    );
    assert_eq!(
        notation(&rewrite),
        [
            "~ GET http://shop/cgi HTTP/1.1 -> GET /cgi HTTP/1.1 (origin-form)",
            "= Host: shop (host-of-target)",
            "= Cache-Control: max-age=3600 (end-to-end-field)",
            "~ Connection: meter, close, bill-my-credit-card -> Connection: keep-alive (own-connection)",
            "- Meter: max-uses=3, max-refuses=6, dont-report (named-by-connection)",
            "- Bill-My-Credit-Card: yes (named-by-connection)",
            "- Keep-Alive: timeout=5 (hop-by-hop-field)",
            "- Proxy-Connection: keep-alive (proxy-connection-field)",
            "- TE: trailers (hop-by-hop-field)",
            "- Trailer: X-T (trailer-field)",
            "- Upgrade: foo/1 (hop-by-hop-field)",
            "- Proxy-Authorization: Basic eDp5 (proxy-auth-field)",
            "= Accept: */* (end-to-end-field)",
            "+ Via: 1.1 p (via-added)",
        ]
    );
}

#[test]
fn forwarded_hop_by_hop_fields_are_marked() {
    let request = get(
        "/",
        Version::Http11,
        &[
            ("Host", "a"),
            ("Connection", "X-Foo, close"),
            ("X-Foo", "bar"),
            ("Proxy-Connection", "keep-alive"),
        ],
    );
    let (_, rewrite) = forward_request(&request, &ForwardingProfile::haproxy(), &REQUEST_HOP);
    assert_eq!(
        notation(&rewrite),
        [
            "= host: a (end-to-end-field)",
            "~ Connection: X-Foo, close -> connection: X-Foo (passed-on-anyway)",
            "= x-foo: bar (passed-on-anyway)",
            "= proxy-connection: keep-alive (passed-on-anyway)",
        ]
    );
    let (_, rewrite) = forward_request(&request, &ForwardingProfile::nginx_default(), &REQUEST_HOP);
    assert_eq!(
        notation(&rewrite),
        [
            "~ GET / HTTP/1.1 -> GET / HTTP/1.0 (own-version)",
            "= Host: a (end-to-end-field)",
            "~ Connection: X-Foo, close -> Connection: close (own-connection)",
            "= X-Foo: bar (passed-on-anyway)",
            "= Proxy-Connection: keep-alive (passed-on-anyway)",
        ]
    );
}

#[test]
fn targets_and_hosts() {
    let by_the_book = ForwardingProfile::by_the_book();
    let cases = [
        ("http://a/x", Some("a"), false, "/x", Some("a")),
        ("http://a/x", Some("a"), true, "http://a/x", Some("a")),
        // RFC 9112 section 3.2.2: the target's host takes precedence.
        ("http://a/x", Some("evil"), false, "/x", Some("a")),
        ("http://a:81", None, false, "/", Some("a:81")),
        ("/x", Some("a"), false, "/x", Some("a")),
        ("/x", Some("a"), true, "http://a/x", Some("a")),
        ("/x", None, true, "/x", None),
    ];
    for (target, host, next_is_proxy, sent_target, sent_host) in cases {
        let mut request = get(target, Version::Http10, &[]);
        host.iter().for_each(|host| request.headers.push("Host", *host));
        let hop = RequestHop { next_is_proxy, ..REQUEST_HOP };
        let (sent, _) = forward_request(&request, &by_the_book, &hop);
        assert_eq!((sent.target.as_str(), sent.headers.get("Host")), (sent_target, sent_host), "{request}");
    }
}

#[test]
fn via_entries_are_appended_to_the_last_line() {
    let request = get("/", Version::Http10, &[("Via", "1.0 a"), ("Via", "1.1 b"), ("X", "y")]);
    let (sent, rewrite) = forward_request(&request, &ForwardingProfile::by_the_book(), &REQUEST_HOP);
    assert_eq!(sent.headers.get_all("Via").collect::<Vec<_>>(), ["1.0 a", "1.1 b, 1.0 p"]);
    assert_eq!(rewrite.changed().count(), 1);
}

#[test]
fn bodies_are_framed_for_the_next_hop() {
    let by_the_book = ForwardingProfile::by_the_book();
    let haproxy = ForwardingProfile::haproxy();
    use BodyLength::{Chunked, Exactly, UntilClose};
    use Version::{Http10, Http11};
    for (profile, received, client, sent) in [
        (&by_the_book, Chunked, Http11, Chunked),
        (&by_the_book, Chunked, Http10, UntilClose),
        (&by_the_book, UntilClose, Http11, Chunked),
        (&by_the_book, UntilClose, Http10, UntilClose),
        (&by_the_book, Exactly(3), Http10, Exactly(3)),
        (&by_the_book, BodyLength::None, Http11, BodyLength::None),
        (&haproxy, Chunked, Http10, Chunked),
        (&haproxy, UntilClose, Http11, UntilClose),
    ] {
        assert_eq!(profile.response_length(received, client), sent, "{} {received:?}", profile.name);
    }
    assert!(
        by_the_book.must_buffer(Chunked)
            && !by_the_book.must_buffer(Exactly(3))
            && !haproxy.must_buffer(Chunked)
    );

    type Case = (&'static [(&'static str, &'static str)], BodyLength, &'static str);
    let cases: [Case; 9] = [
        (&[("Content-Length", "3")], Exactly(3), "= Content-Length: 3 (content-length)"),
        (
            &[("Content-Length", "3, 3")],
            Exactly(3),
            "~ Content-Length: 3, 3 -> Content-Length: 3 (content-length)",
        ),
        (&[("Content-Length", "3")], BodyLength::None, "= Content-Length: 3 (end-to-end-field)"),
        (&[("Transfer-Encoding", "chunked")], Chunked, "= Transfer-Encoding: chunked (chunked-body)"),
        (&[("Transfer-Encoding", "chunked")], UntilClose, "- Transfer-Encoding: chunked (reframed)"),
        (&[], Chunked, "+ Transfer-Encoding: chunked (reframed)"),
        (
            &[("Transfer-Encoding", "chunked")],
            Exactly(3),
            "- Transfer-Encoding: chunked (reframed)\n+ Content-Length: 3 (reframed)",
        ),
        (
            &[("Content-Length", "9"), ("Transfer-Encoding", "chunked")],
            Chunked,
            "- Content-Length: 9 (chunked-over-length)\n= Transfer-Encoding: chunked (chunked-body)",
        ),
        (
            &[("Content-Length", "3"), ("Content-Length", "3")],
            Exactly(3),
            "= Content-Length: 3 (content-length)\n- Content-Length: 3 (content-length)",
        ),
    ];
    let silent = ForwardingProfile {
        says_to_clients: SaysConnection::Never,
        via_in_responses: ViaVersion::NoVia,
        ..by_the_book
    };
    for (fields, body, lines) in cases {
        let response = fields
            .iter()
            .fold(ResponseHead::new(Version::Http11, 200), |head, &(name, value)| head.with(name, value));
        let (_, rewrite) = forward_response(&response, &silent, &ResponseHop { body, ..RESPONSE_HOP });
        assert_eq!(notation(&rewrite).join("\n"), lines, "{response}");
    }
}

#[test]
fn interim_responses_have_no_connection_field() {
    let response = ResponseHead::new(Version::Http11, 100);
    let hop = ResponseHop { body: BodyLength::None, ..RESPONSE_HOP };
    let (sent, _) = forward_response(&response, &ForwardingProfile::by_the_book(), &hop);
    assert_eq!(sent.to_string(), "HTTP/1.1 100 Continue\nVia: 1.1 p");
}

#[test]
fn rewrites_have_every_line_in_wire_order() {
    let fields = [
        ("Host", "a"),
        ("Connection", "X"),
        ("X", "1"),
        ("x", "2"),
        ("Via", "1.0 a"),
        ("TE", ""),
        ("Y", "z"),
    ];
    let request = get("http://b/", Version::Http10, &fields);
    for profile in ForwardingProfile::all() {
        let (sent, rewrite) = forward_request(&request, &profile, &REQUEST_HOP);
        let received: Vec<&Field> = rewrite.lines.iter().filter_map(LineChange::received).collect();
        assert_eq!(received.len(), request.headers.len(), "{}", profile.name);
        for (line, field) in received.into_iter().zip(&request.headers) {
            assert!(line.is_named(&field.name) && line.value == field.value, "{}: {line}", profile.name);
        }
        let forwarded: Headers = rewrite.lines.iter().filter_map(LineChange::sent).cloned().collect();
        assert_eq!(forwarded, sent.headers, "{}", profile.name);
    }
}

/// RFC 9110 sections 7.6.1 and 7.6.3; RFC 9112 sections 3.2 and 6.3.
#[test]
fn connection_options_end_the_received_via_and_leave_what_the_next_hop_needs() {
    let fields = [
        ("Host", "a"),
        ("Connection", "via, host, CONTENT-LENGTH, x-forwarded-for"),
        ("Via", "1.0 fred"),
        ("Content-Length", "3"),
        ("Via", "1.1 mary"),
        ("X-Forwarded-For", "9.9.9.9"),
    ];
    let request = get("/", Version::Http11, &fields);
    let hop = RequestHop {
        own_name: "p",
        client_address: "10.0.0.1",
        next_is_proxy: false,
        body: BodyLength::Exactly(3),
    };
    let by_the_book = forward_request(&request, &ForwardingProfile::by_the_book(), &hop).1;
    assert_eq!(
        by_the_book.lines.iter().filter_map(LineChange::sent).filter(|field| field.is_named("Via")).count(),
        1
    );
    assert_eq!(by_the_book.added().find(|(field, _)| field.is_named("Via")).unwrap().0.value, "1.1 p");
    let removed: Vec<_> = by_the_book.removed().map(|(field, rule)| (field.value.as_str(), rule)).collect();
    assert!(removed.contains(&("1.0 fred", Rule::NamedByConnection)), "{removed:?}");
    assert!(removed.contains(&("1.1 mary", Rule::NamedByConnection)), "{removed:?}");
    let kept: Vec<_> = by_the_book.kept().map(|(field, rule)| (field.name.as_str(), rule)).collect();
    assert_eq!(kept, [("Host", Rule::HostStays), ("Content-Length", Rule::LengthStays)]);
    // squid's own field takes the place of the one that was named.
    let (sent, _) = forward_request(&request, &ForwardingProfile::squid(), &hop);
    assert_eq!(sent.headers.get_all("X-Forwarded-For").collect::<Vec<_>>(), ["10.0.0.1"]);
    // In a response as well.
    let mut response = ResponseHead::new(Version::Http11, 200);
    response.headers.push("Content-Length", "3");
    response.headers.push("Via", "1.1 o");
    response.headers.push("Connection", "Via, Content-Length");
    let (sent, _) = forward_response(&response, &ForwardingProfile::by_the_book(), &RESPONSE_HOP);
    assert_eq!(sent.headers.get_all("Via").collect::<Vec<_>>(), ["1.1 p"]);
    assert_eq!(sent.headers.get("Content-Length"), Some("3"));
    // A profile that forwards what Connection names goes on doing so.
    let (sent, _) = forward_request(&request, &ForwardingProfile::haproxy(), &hop);
    assert_eq!(sent.headers.get_all("via").collect::<Vec<_>>(), ["1.0 fred", "1.1 mary"]);
}

/// RFC 9110 section 7.6.2: of OPTIONS and TRACE alone.
#[test]
fn max_forwards_counts_the_hops_of_options_and_trace() {
    for (method, value, sent) in [
        ("TRACE", "10", "9"),
        ("OPTIONS", "1", "0"),
        ("OPTIONS", "007", "6"),
        ("TRACE", "99999999999999999999999", "18446744073709551614"),
        ("TRACE", "-1", "-1"),
        ("OPTIONS", "two", "two"),
        ("GET", "10", "10"),
        ("options", "10", "10"),
    ] {
        let mut request = get("/", Version::Http11, &[("Host", "a"), ("Max-Forwards", value)]);
        request.method = Method::from(method);
        let hop =
            RequestHop { own_name: "p", client_address: "c", next_is_proxy: false, body: BodyLength::None };
        for profile in ForwardingProfile::all() {
            let (forwarded, _) = forward_request(&request, &profile, &hop);
            assert_eq!(
                forwarded.headers.get("Max-Forwards"),
                Some(sent),
                "{method} {value} {}",
                profile.name
            );
        }
    }
}

/// RFC 9112 section 9.3: in HTTP/1.1 silence means that the connection persists.
#[test]
fn between_http11_hops_rfc_9112_writes_no_connection_field() {
    let profile = ForwardingProfile::rfc_9112();
    for version in [Version::Http10, Version::Http11] {
        let request = get("/", version, &[("Host", "a"), ("Connection", "keep-alive")]);
        let (sent, _) = forward_request(&request, &profile, &REQUEST_HOP);
        assert_eq!((sent.version, sent.headers.get("Connection")), (Version::Http11, None));
        assert!(!profile.server_policy().keeps_http10_clients);
    }
}

/// haproxy 2.6 (`h1_update_req_conn_value`): a message with the option `upgrade` gets none of its own.
#[test]
fn haproxy_adds_nothing_to_an_upgrade() {
    let hop = RequestHop { own_name: "p", client_address: "c", next_is_proxy: false, body: BodyLength::None };
    for (version, connection, sent) in [
        (Version::Http10, "Upgrade", "Upgrade"),
        (Version::Http10, "upgrade, x", "upgrade, x"),
        (Version::Http10, "x", "x"),
        (Version::Http11, "Upgrade", "Upgrade"),
    ] {
        let request = get("/", version, &[("Host", "a"), ("Connection", connection), ("Upgrade", "foo")]);
        let (forwarded, _) = forward_request(&request, &ForwardingProfile::haproxy(), &hop);
        let options: Vec<_> = forwarded.headers.get_all("connection").collect();
        let added = (version == Version::Http10 && connection == "x").then_some("keep-alive");
        assert_eq!(options, [sent].into_iter().chain(added).collect::<Vec<_>>(), "{connection}");
        assert_eq!(forwarded.headers.get("upgrade"), Some("foo"));
    }
}

/// squid 5.7: `X-Cache` is about the answer, `X-Cache-Lookup` about the copy.
#[test]
fn squid_says_where_its_answer_comes_from() {
    for (lookup, served, found) in [
        (CacheLookup::Miss, "MISS", "MISS"),
        (CacheLookup::Replaced, "MISS", "HIT"),
        (CacheLookup::Hit, "HIT", "HIT"),
    ] {
        let hop = ResponseHop { lookup, ..RESPONSE_HOP };
        let response = ResponseHead::new(Version::Http11, 200).with("Content-Length", "3");
        let (sent, _) = forward_response(&response, &ForwardingProfile::squid(), &hop);
        assert_eq!(sent.headers.get("X-Cache"), Some(format!("{served} from squidhost").as_str()));
        assert_eq!(sent.headers.get("X-Cache-Lookup"), Some(format!("{found} from squidhost:3128").as_str()));
    }
}
