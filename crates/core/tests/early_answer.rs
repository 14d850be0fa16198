//! A server that answers before the request's body has come, and what becomes of the answer.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::node::{
    ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, ScriptCall, WhileSending,
};
use playground_core::rule::Rule;
use playground_core::tcp::{Call, ProfileName, Returned};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use support::ms;
use support::scenes::{chain, lines_between, outcomes, say, script, trace};

const LIMIT: u32 = 100_000;

fn server(early_close: CloseStyle) -> OriginServerSpec {
    OriginServerSpec {
        resources: vec![ResourceSpec::new("/upload", 10)],
        body_limit: LIMIT,
        early_close,
        ..OriginServerSpec::default()
    }
}

fn upload(body_len: u32) -> RequestSpec {
    RequestSpec { method: "POST".to_owned(), body_len, ..RequestSpec::get("/upload") }
}

fn run(profile: ProfileName, client: ClientSpec, early_close: CloseStyle) -> Trace {
    let roles =
        vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server(early_close)))];
    trace(&chain(profile, ms(50), roles))
}

fn uploading(while_sending: WhileSending) -> ClientSpec {
    ClientSpec { while_sending, ..ClientSpec::new("server", vec![upload(400_000)]) }
}

fn resets(trace: &Trace) -> usize {
    lines_between(trace, "server", "client").iter().filter(|line| line.contains("[R")).count()
}

fn has_reason(trace: &Trace, rule: Rule) -> bool {
    trace.entries.iter().any(|entry| entry.rule == rule)
}

/// RFC 9112 section 9.6: a server that closes both ways while more of the request is on its way answers it with
/// RST, and the client's stack "might erase" what it has received and not read, as RFC 9293 section 3.10.7.4 has it.
/// Observed on Linux 6.18: the octets that were received can be read all the same. To read on for a while, with
/// FIN sent or not, keeps the answer everywhere (observed: nginx 1.22 and Apache 2.4 send FIN and read on).
#[test]
fn an_early_413_is_erased_by_the_reset_unless_the_server_reads_on() {
    use CloseStyle::{Close, Graceful, Lingering};
    for (profile, early_close, expected, is_reset) in [
        (ProfileName::Textbook, Close, "1.0 s: 0 ECONNRESET", true),
        (ProfileName::Textbook, Graceful, "1.0 s: 0 413 41 octets", false),
        (ProfileName::Textbook, Lingering, "1.0 s: 0 413 41 octets", false),
        (ProfileName::Linux, Close, "1.0 s: 0 413 41 octets", true),
        (ProfileName::Linux, Graceful, "1.0 s: 0 413 41 octets", false),
        (ProfileName::Linux, Lingering, "1.0 s: 0 413 41 octets", false),
    ] {
        let reads_from_us = Instant::from_millis(1_000);
        let client = ClientSpec { reads_from_us, ..ClientSpec::new("server", vec![upload(400_000)]) };
        let trace = run(profile, client, early_close);
        assert_eq!(outcomes(&trace), [expected], "{profile:?} {early_close:?}");
        assert_eq!(resets(&trace) > 0, is_reset, "{profile:?} {early_close:?}");
        assert_eq!(has_reason(&trace, Rule::LingeringClose), early_close == Lingering);
    }
}

/// RFC 9110 section 15.5.14, RFC 9112 section 9.3.2: the answer leaves with the head that announces the body, behind
/// the answers to the requests before it.
#[test]
fn a_413_leaves_before_the_body_has_come_and_in_its_turn() {
    let trace = run(ProfileName::Textbook, uploading(WhileSending::Reads), CloseStyle::Graceful);
    assert_eq!(outcomes(&trace), ["0.2 s: 0 413 41 octets"]);
    assert!(has_reason(&trace, Rule::ContentTooLarge));
    // What is within the limit is answered as before.
    let client = ClientSpec::new("server", vec![upload(LIMIT), upload(LIMIT + 1)]);
    let lines = outcomes(&run(ProfileName::Textbook, client, CloseStyle::Graceful));
    assert!(lines[0].ends_with("0 200 10 octets") && lines[1].ends_with("1 413 41 octets"), "{lines:?}");
    // Pipelined behind a slow answer.
    let mut slow = server(CloseStyle::Graceful);
    slow.resources.push(ResourceSpec { processing_us: ms(1_000), ..ResourceSpec::new("/slow", 10) });
    let client = ClientSpec {
        pipeline: 2,
        pipelines_any_method: true,
        ..ClientSpec::new("server", vec![RequestSpec::get("/slow"), upload(400_000)])
    };
    let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(slow))];
    let lines = outcomes(&trace_of(roles));
    assert_eq!(lines, ["1.2 s: 0 200 10 octets", "1.2 s: 1 413 41 octets"]);
}

fn trace_of(roles: Vec<(&str, RoleSpec)>) -> Trace {
    trace(&chain(ProfileName::Textbook, ms(50), roles))
}

/// A chunked body announces no length: the octet beyond the limit decides.
#[test]
fn a_chunked_body_is_refused_at_the_octet_beyond_the_limit() {
    for (len, chunks, status) in [(16, 2, "200"), (17, 2, "413")] {
        let chunk = format!("{len:x}\r\n{}\r\n", "a".repeat(len));
        let head = "POST /upload HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n";
        let end = if status == "200" { "0\r\n\r\n" } else { "" };
        let calls = vec![
            (0, ScriptCall::Connect { to: "server".to_owned(), port: 80 }),
            (200, say(&format!("{head}{}{end}", chunk.repeat(chunks)))),
        ];
        let server = OriginServerSpec { body_limit: 32, ..server(CloseStyle::Graceful) };
        let trace = trace_of(vec![("client", script(calls)), ("server", RoleSpec::OriginServer(server))]);
        let answer = format!("HTTP/1.1 {status}");
        let sent = trace.entries.iter().any(|entry| match &entry.event {
            Event::CallReturned { call: Call::Send { octets }, .. } => octets.starts_with(answer.as_bytes()),
            _ => false,
        });
        assert!(sent, "{len} {status}");
    }
}

/// RFC 9112 section 9.5: a client that sees while it sends that the server does not want the body and closes "SHOULD
/// immediately cease transmitting the body and close its side of the connection". Observed with curl 7.88 against a
/// server that answers 413 and reads on: "we are done reading and this is set to close, stop send".
#[test]
fn a_client_that_watches_stops_sending_and_one_that_does_not_sends_on() {
    let sent = |while_sending| {
        let trace = run(ProfileName::Linux, uploading(while_sending), CloseStyle::Lingering);
        assert_eq!(has_reason(&trace, Rule::EarlyAnswer), while_sending == WhileSending::Stops);
        assert!(outcomes(&trace)[0].ends_with("0 413 41 octets"), "{:?}", outcomes(&trace));
        let written =
            trace.entries.iter().filter(|entry| entry.node.index() == 0).map(|entry| match &entry.event {
                Event::CallReturned { call: Call::Send { .. }, returned: Returned::Sent { len }, .. } => *len,
                _ => 0,
            });
        written.sum::<usize>()
    };
    let (stopped, read, blind) =
        (sent(WhileSending::Stops), sent(WhileSending::Reads), sent(WhileSending::ReadsAfterwards));
    assert!(stopped < 400_000 && read > 400_000 && blind == read, "{stopped} {read} {blind}");
}

/// A program of blocking calls reads when all is written. A reset fails its write, and it never asks for the answer:
/// curl's "send failure: connection reset" instead of 413.
#[test]
fn a_client_that_only_writes_does_not_see_the_answer_before_the_reset() {
    for profile in [ProfileName::Textbook, ProfileName::Linux] {
        let trace = run(profile, uploading(WhileSending::ReadsAfterwards), CloseStyle::Close);
        assert_eq!(outcomes(&trace), ["0.3 s: 0 ECONNRESET"], "{profile:?}");
    }
}
