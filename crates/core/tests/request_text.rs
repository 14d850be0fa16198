//! A client that sends what somebody typed: bodies, several requests in one write, octets that are no request.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::tcp::ProfileName;
use playground_core::trace::Trace;
use playground_core::wire::Packet;
use support::ms;
use support::scenes::{chain, trace};

fn typed(text: &str) -> RequestSpec {
    RequestSpec { text: Some(text.to_owned()), ..RequestSpec::get("/") }
}

fn scenario(texts: &[&str], change: impl Fn(&mut ClientSpec)) -> Scenario {
    let mut client = ClientSpec::new("server", texts.iter().map(|text| typed(text)).collect());
    change(&mut client);
    let server = OriginServerSpec {
        resources: ["/a", "/b"].map(|path| ResourceSpec::new(path, 100)).to_vec(),
        ..OriginServerSpec::default()
    };
    let nodes = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    chain(ProfileName::Textbook, ms(50), nodes)
}

/// The text of each segment with data that the client sends.
fn segments(trace: &Trace) -> Vec<String> {
    let sent = trace.entries.iter().filter(|entry| entry.node.index() == 0);
    let payloads = sent.filter_map(|entry| match &entry.event {
        Event::PacketSent { packet: Packet::Segment(segment), .. } => Some(&segment.payload),
        _ => None,
    });
    payloads
        .filter(|octets| !octets.is_empty())
        .map(|octets| String::from_utf8_lossy(octets).into_owned())
        .collect()
}

/// The status of each response, and the refusals that the server gave.
fn answers(trace: &Trace) -> (Vec<(u32, u16)>, Vec<String>) {
    let statuses = trace.entries.iter().filter_map(|entry| match entry.event {
        Event::TransactionCompleted { request, status, .. } => Some((request, status)),
        _ => None,
    });
    let refusals = trace.entries.iter().filter_map(|entry| match &entry.event {
        Event::MessageRejected { error, .. } => Some(error.to_string()),
        _ => None,
    });
    (statuses.collect(), refusals.collect())
}

/// RFC 9112 sections 6.2 and 7.1; the order of the segments is that of a serial client.
#[test]
fn a_body_goes_with_its_head() {
    let post = "POST /a HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello";
    let chunked = "POST /b HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\nhello\n0\n";
    let trace = trace(&scenario(&[post, chunked], |_| {}));
    let chunks = "5\r\nhello\r\n0\r\n\r\n";
    let expected = [
        post.replace('\n', "\r\n"),
        format!("POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"),
    ];
    assert_eq!(segments(&trace), expected);
    assert_eq!(answers(&trace), (vec![(0, 200), (1, 200)], vec![]));
}

#[test]
fn several_requests_of_one_text_are_one_write() {
    let get = |path: &str| format!("GET {path} HTTP/1.1\nHost: a\n\n");
    let both = [get("/a"), get("/b")].concat();
    let sent = both.replace('\n', "\r\n");
    let together = trace(&scenario(&[&both], |_| {}));
    assert_eq!(segments(&together), [sent.as_str()]);
    assert_eq!(answers(&together), (vec![(0, 200), (1, 200)], vec![]));
    // Two texts are two writes: serial, or pipelined.
    for (pipeline, answered_before) in [(1, 1), (2, 0)] {
        let apart = trace(&scenario(&[&get("/a"), &get("/b")], |client| client.pipeline = pipeline));
        assert_eq!(segments(&apart).concat(), sent);
        let is_second = |event: &Event| match event {
            Event::PacketSent { packet: Packet::Segment(segment), .. } => {
                segment.payload.starts_with(b"GET /b")
            }
            _ => false,
        };
        let at = apart.entries.iter().position(|entry| is_second(&entry.event)).expect("it is sent");
        let answered = apart.entries[..at].iter();
        let answered = answered.filter(|entry| matches!(entry.event, Event::TransactionCompleted { .. }));
        assert_eq!(answered.count(), answered_before);
        assert_eq!(answers(&apart).0, [(0, 200), (1, 200)]);
    }
}

/// RFC 9112 sections 2.2 and 3: the server says what is wrong with octets that are no request, and where.
#[test]
fn octets_that_are_no_request_are_sent_as_they_are() {
    for (text, sent, refusal) in [
        ("\\x16\\x03\\x01", "\u{16}\u{3}\u{1}\r\n\r\n", "bad-request-line at line 1, octet 0 (RFC 9112 §3)"),
        (
            "GET /a HTTP/1.1\nA: b\\rc",
            "GET /a HTTP/1.1\r\nA: b\rc\r\n\r\n",
            "bare-cr at line 2, octet 21 (RFC 9112 §2.2)",
        ),
        (
            "POST /a HTTP/1.1\nHost: a\nContent-Length: 3\n\nhello",
            "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nhello\r\n\r\n",
            "bad-request-line at line 1, octet 0 (RFC 9112 §3)",
        ),
    ] {
        let trace = trace(&scenario(&[text], |_| {}));
        assert_eq!(segments(&trace), [sent], "{text}");
        let (statuses, refusals) = answers(&trace);
        assert_eq!(statuses.last().map(|(_, status)| *status), Some(400), "{text}");
        assert_eq!(refusals, [refusal], "{text}");
    }
    // A line that ends with LF alone is a line. RFC 9112 section 2.2.
    let trace = trace(&scenario(&["GET /a HTTP/1.1\\nHost: a\\n\\n"], |_| {}));
    assert_eq!(
        (segments(&trace), answers(&trace).0),
        (vec!["GET /a HTTP/1.1\nHost: a\n\n".to_owned()], vec![(0, 200)])
    );
}

#[test]
fn a_text_that_is_no_request_is_named_by_its_field() {
    for (text, problem) in [
        ("", "must not be empty"),
        (" \n", "must not be empty"),
        ("GET /\\a", "line 1, character 6: “\\a” is no escape; there are \\r \\n \\0 \\xNN \\\\"),
    ] {
        let error = run(&scenario(&["GET /a HTTP/1.0", text], |_| {})).expect_err(text);
        assert_eq!(error.to_string(), format!("nodes[0].role.client.requests[1].text: {problem}"));
    }
}

/// Scenarios of earlier links call the text `head`.
#[test]
fn a_text_may_be_called_head() {
    let scenario = scenario(&["GET /a HTTP/1.0"], |_| {});
    let json = scenario.to_json();
    assert!(json.contains("\"text\": "));
    assert_eq!(Scenario::from_json(&json.replace("\"text\": ", "\"head\": ")), Ok(scenario));
}
