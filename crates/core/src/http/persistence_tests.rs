//! The persistence tables.

use super::*;
use crate::http::{Method, request_body_length, response_body_length};
use crate::time::Duration;

type Fields = &'static [(&'static str, &'static str)];

const KEEP: Fields = &[("Connection", "Keep-Alive")];
const CLOSE: Fields = &[("Connection", "close")];
const PROXY_KEEP: Fields = &[("Proxy-Connection", "Keep-Alive")];
const NONE: Fields = &[];

fn request(version: Version, fields: Fields) -> RequestHead {
    let head = RequestHead::new(Method::Get, "/", version);
    fields.iter().fold(head, |head, &(name, value)| head.with(name, value))
}

fn response(version: Version, fields: Fields) -> ResponseHead {
    fields.iter().fold(ResponseHead::new(version, 200), |head, &(name, value)| head.with(name, value))
}

use BodyLength::{Chunked, Exactly, UntilClose};
use Version::{Http10, Http11};

#[test]
fn what_a_request_asks_for() {
    let cases: [(Version, Fields, bool, Rule); 12] = [
        (Http10, NONE, false, Rule::Http10Closes),
        (Http10, KEEP, true, Rule::KeepAliveAsked),
        (Http10, &[("connection", "x, KEEP-ALIVE")], true, Rule::KeepAliveAsked),
        (Http10, CLOSE, false, Rule::ConnectionClose),
        (Http10, &[("Connection", "keep-alive, close")], false, Rule::ConnectionClose),
        (Http10, &[("Keep-Alive", "timeout=5")], false, Rule::Http10Closes),
        (Http10, PROXY_KEEP, false, Rule::Http10Closes),
        (Http11, NONE, true, Rule::Http11Persists),
        (Http11, KEEP, true, Rule::Http11Persists),
        (Http11, CLOSE, false, Rule::ConnectionClose),
        (Http11, &[("Connection", "x"), ("Connection", "Close")], false, Rule::ConnectionClose),
        (Http11, PROXY_KEEP, true, Rule::Http11Persists),
    ];
    for (version, fields, persists, rule) in cases {
        let request = request(version, fields);
        assert_eq!(request_wants_persistence(&request), Persistence { persists, rule }, "{request}");
    }
    let asked = request_to_proxy_wants_persistence(&request(Http10, PROXY_KEEP));
    assert_eq!(asked, Persistence { persists: true, rule: Rule::KeepAliveAsked });
    let refused = request_to_proxy_wants_persistence(&request(Http11, &[("Proxy-Connection", "close")]));
    assert_eq!(refused, Persistence { persists: false, rule: Rule::ConnectionClose });
}

#[test]
fn what_a_server_decides_and_says() {
    let usual = ServerPolicy::default();
    let never = ServerPolicy { keeps_connections: false, ..usual.clone() };
    let strict_proxy = ServerPolicy { keeps_http10_clients: false, ..usual.clone() };
    let smart_proxy = ServerPolicy { honours_proxy_connection: true, ..usual.clone() };
    let last = ServerPolicy { requests_left: Some(0), ..usual.clone() };
    let silent = ServerPolicy { says_close_to_http10: false, ..usual.clone() };
    let hints = ServerPolicy {
        requests_left: Some(3),
        hinted_timeout: Some(Duration::from_secs(5)),
        hints_max: true,
        ..usual.clone()
    };
    let both: Fields = &[("Content-Length", "3"), ("Transfer-Encoding", "chunked")];
    let close = "Connection: close";
    let keep = "Connection: Keep-Alive";
    let cases: [(&ServerPolicy, Version, Fields, BodyLength, bool, Rule, &str); 21] = [
        (&usual, Http10, NONE, Exactly(3), false, Rule::Http10Closes, close),
        (&silent, Http10, NONE, Exactly(3), false, Rule::Http10Closes, ""),
        (&usual, Http10, KEEP, Exactly(3), true, Rule::KeepAliveAgreed, keep),
        (&usual, Http10, KEEP, UntilClose, false, Rule::LengthUnknownCloses, close),
        (&usual, Http10, KEEP, Chunked, false, Rule::LengthUnknownCloses, close),
        (&usual, Http10, PROXY_KEEP, Exactly(3), false, Rule::Http10Closes, close),
        (&smart_proxy, Http10, PROXY_KEEP, Exactly(3), true, Rule::KeepAliveAgreed, keep),
        (&strict_proxy, Http10, KEEP, Exactly(3), false, Rule::ProxyTo10Client, close),
        (&strict_proxy, Http11, NONE, Exactly(3), true, Rule::Http11Persists, ""),
        (&never, Http10, KEEP, Exactly(3), false, Rule::KeepAliveRefused, close),
        (&silent, Http11, CLOSE, Exactly(3), false, Rule::ConnectionClose, close),
        (&never, Http11, NONE, Exactly(3), false, Rule::ServerCloses, close),
        (&usual, Http11, NONE, Exactly(3), true, Rule::Http11Persists, ""),
        (&usual, Http11, NONE, BodyLength::None, true, Rule::Http11Persists, ""),
        (&usual, Http11, NONE, Chunked, true, Rule::Http11Persists, ""),
        (&usual, Http11, NONE, UntilClose, false, Rule::LengthUnknownCloses, close),
        (&usual, Http11, CLOSE, Exactly(3), false, Rule::ConnectionClose, close),
        (&usual, Http11, both, Exactly(3), false, Rule::ChunkedOverLength, close),
        (&last, Http11, NONE, Exactly(3), false, Rule::MaxRequestsReached, close),
        (&hints, Http11, NONE, Exactly(3), true, Rule::Http11Persists, ""),
        (
            &hints,
            Http10,
            KEEP,
            Exactly(3),
            true,
            Rule::KeepAliveAgreed,
            "Connection: Keep-Alive\nKeep-Alive: timeout=5, max=3",
        ),
    ];
    for (policy, version, fields, length, persists, rule, says) in cases {
        let request = request(version, fields);
        let decision = server_decides(&request, length, policy);
        assert_eq!(decision, Persistence { persists, rule }, "{request}, {length:?}");
        let said: Vec<String> =
            persistence_fields(&request, decision, policy).iter().map(Field::to_string).collect();
        assert_eq!(said.join("\n"), says, "{request}, {length:?}");
    }
}

#[test]
fn what_a_client_concludes() {
    let sized =
        |more: Fields| -> Vec<(&'static str, &'static str)> { [&[("Content-Length", "3")], more].concat() };
    type Case = (Version, Fields, Version, Vec<(&'static str, &'static str)>, bool, Rule);
    let cases: [Case; 17] = [
        (Http10, NONE, Http10, sized(NONE), false, Rule::Http10Closes),
        (Http10, KEEP, Http10, sized(KEEP), true, Rule::KeepAliveAgreed),
        (Http10, KEEP, Http10, sized(NONE), false, Rule::KeepAliveRefused),
        (Http10, KEEP, Http10, KEEP.to_vec(), false, Rule::LengthUnknownCloses),
        (Http10, NONE, Http10, sized(KEEP), false, Rule::Http10Closes),
        (Http10, KEEP, Http11, sized(KEEP), true, Rule::KeepAliveAgreed),
        (Http10, KEEP, Http11, sized(NONE), false, Rule::KeepAliveRefused),
        (Http10, KEEP, Http11, sized(CLOSE), false, Rule::ConnectionClose),
        (Http10, PROXY_KEEP, Http11, sized(KEEP), true, Rule::KeepAliveAgreed),
        (Http11, NONE, Http11, sized(NONE), true, Rule::Http11Persists),
        (Http11, NONE, Http11, sized(CLOSE), false, Rule::ConnectionClose),
        (Http11, CLOSE, Http11, sized(NONE), false, Rule::ConnectionClose),
        (Http11, NONE, Http11, vec![], false, Rule::LengthUnknownCloses),
        (Http11, NONE, Http10, sized(NONE), false, Rule::Http10Closes),
        (Http11, KEEP, Http10, sized(NONE), false, Rule::KeepAliveRefused),
        (Http11, NONE, Http10, sized(KEEP), true, Rule::KeepAliveAgreed),
        (Http11, NONE, Http11, sized(&[("Transfer-Encoding", "chunked")]), false, Rule::ChunkedOverLength),
    ];
    for (asked, request_fields, answered, response_fields, persists, rule) in cases {
        let request = request(asked, request_fields);
        let mut response = response(answered, NONE);
        response_fields.iter().for_each(|&(name, value)| response.headers.push(name, value));
        let framing = response_body_length(&request.method, &response).unwrap();
        let concluded = client_concludes(&request, &response, &framing);
        assert_eq!(concluded, Persistence { persists, rule }, "{request}\n{response}");
    }
}

/// Whatever a server decides and says, a client that hears it concludes the same.
#[test]
fn both_sides_agree() {
    let policies =
        [true, false].map(|keeps_connections| ServerPolicy { keeps_connections, ..ServerPolicy::default() });
    for version in [Http10, Http11] {
        for fields in [NONE, KEEP, CLOSE] {
            for policy in &policies {
                for has_length in [true, false] {
                    let request = request(version, fields);
                    assert!(request_body_length(&request).is_ok());
                    let mut answer =
                        response(version, if has_length { &[("Content-Length", "3")] } else { NONE });
                    let framing = response_body_length(&request.method, &answer).unwrap();
                    let decision = server_decides(&request, framing.length, policy);
                    answer.headers.extend(persistence_fields(&request, decision, policy));
                    let concluded = client_concludes(&request, &answer, &framing);
                    assert_eq!(concluded.persists, decision.persists, "{request}\n{answer}");
                }
            }
        }
    }
}
