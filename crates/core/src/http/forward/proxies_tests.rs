//! Each profile against the heads that the real proxy was seen to send.

use serde::Deserialize;

use super::*;
use crate::http::{
    BodyLength, CacheLookup, KeepAliveParams, RequestHead, RequestHop, ResponseHead, ResponseHop,
    client_concludes, forward_request, forward_response, parse_request_head, parse_response_head,
    request_body_length, response_body_length, server_decides,
};

#[derive(Deserialize)]
struct Observations {
    answers: std::collections::BTreeMap<String, Vec<String>>,
    requests: Vec<Vec<String>>,
    at_origin: Vec<Vec<String>>,
    at_client: Vec<Vec<String>>,
    rows: Vec<Row>,
}

/// Proxy, client version, what the request carries, what the origin answers, request, at the origin, at the
/// client, the client's connection, the origin's connection.
#[derive(Deserialize)]
struct Row(String, String, String, String, usize, usize, usize, String, String);

fn observations() -> Observations {
    serde_json::from_str(include_str!("../../../tests/data/hop_by_hop.json")).unwrap()
}

fn request(lines: &[String]) -> RequestHead {
    let head = format!("{}\r\n\r\n", lines.join("\r\n"));
    parse_request_head(head.as_bytes()).unwrap().unwrap().0
}

fn response(lines: &[String]) -> ResponseHead {
    let head = format!("{}\r\n\r\n", lines.join("\r\n"));
    parse_response_head(head.as_bytes()).unwrap().unwrap().0
}

/// The lines of a head for comparison: where a proxy puts its own fields has no meaning.
fn lines(head: &str) -> Vec<String> {
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    lines[1..].sort();
    lines
}

/// What was observed of one request through one proxy, next to what the profile does.
struct Exchange {
    label: String,
    asked: RequestHead,
    at_origin: Option<RequestHead>,
    answered: ResponseHead,
    at_client: Option<ResponseHead>,
    is_kept: bool,
    is_server_reused: bool,
}

fn exchanges(proxy: &str) -> Vec<Exchange> {
    let all = observations();
    let rows = all.rows.iter().filter(|row| row.0 == proxy);
    rows.map(|Row(proxy, version, case, target, asked, at_origin, at_client, client_side, origin_side)| {
        let (at_origin, at_client) = (&all.at_origin[*at_origin], &all.at_client[*at_client]);
        Exchange {
            label: format!("{proxy} {version} {case} {target}"),
            asked: request(&all.requests[*asked]),
            at_origin: (!at_origin.is_empty()).then(|| request(at_origin)),
            answered: response(&all.answers[target]),
            at_client: (!at_client.is_empty()).then(|| response(at_client)),
            is_kept: client_side == "persists",
            is_server_reused: origin_side == "reused",
        }
    })
    .collect()
}

fn request_through(profile: &ForwardingProfile, own_name: &str, asked: &RequestHead) -> RequestHead {
    let received = request_body_length(asked).unwrap().length;
    // The one body of the observations has three octets.
    let body = if profile.must_buffer(received) { BodyLength::Exactly(3) } else { received };
    let hop = RequestHop { own_name, client_address: "127.0.0.1", next_is_proxy: false, body };
    forward_request(asked, profile, &hop).0
}

fn response_through(
    profile: &ForwardingProfile,
    own_name: &str,
    asked: &RequestHead,
    answered: &ResponseHead,
) -> (ResponseHead, bool) {
    let received = response_body_length(&asked.method, answered).unwrap().length;
    let body = profile.response_length(received, asked.version);
    let persists = server_decides(asked, body, &profile.server_policy()).persists;
    let hop = ResponseHop {
        own_name,
        client_version: asked.version,
        client_asked: asked.headers.contains_token("Connection", "keep-alive"),
        persists,
        hints: profile.hints,
        body,
        lookup: CacheLookup::Miss,
    };
    (forward_response(answered, profile, &hop).0, persists)
}

/// Proxy in the data, the name by which it calls itself, the profile, and the rows that are not about
/// forwarding: the proxy answered by itself or broke off.
type Case = (&'static str, &'static str, fn() -> ForwardingProfile, &'static [&'static str]);

const CASES: [Case; 8] = [
    ("nginx-default", "", ForwardingProfile::nginx_default, &[]),
    ("nginx-http11-conn-empty", "", ForwardingProfile::nginx_http11, &[]),
    // 400: an Upgrade to WebSocket without its key.
    ("haproxy", "", ForwardingProfile::haproxy, &["haproxy 1.0 Upgrade hop", "haproxy 1.1 Upgrade hop"]),
    ("apache-reverse", "", ForwardingProfile::apache_reverse, &[]),
    ("apache-forward", "", ForwardingProfile::apache_forward, &[]),
    ("squid-forward", "squidhost", ForwardingProfile::squid, &[]),
    // No answer: it waits for the end of a chunked request.
    (
        "tinyproxy-forward",
        "tinyproxyhost",
        ForwardingProfile::tinyproxy,
        &["tinyproxy-forward 1.1 Trailer-post plain"],
    ),
    // It takes a trailer section for an error: 503, or breaks off; and it says that it keeps an HTTP/1.0
    // client to which it then closes.
    (
        "varnish",
        "varnish",
        ForwardingProfile::varnish,
        &[
            "varnish 1.0 plain chunked",
            "varnish 1.0 conn-ka chunked",
            "varnish 1.0 conn-ka h10nolen",
            "varnish 1.1 plain chunked",
            "varnish 1.1 conn-ka chunked",
            "varnish 1.1 Trailer-post plain",
        ],
    ),
];

#[test]
fn requests_arrive_at_the_origin_as_observed() {
    let mut compared = 0;
    for (proxy, own_name, profile, _) in CASES {
        let profile = profile();
        for exchange in exchanges(proxy) {
            let Some(at_origin) = exchange.at_origin else {
                continue;
            };
            let sent = request_through(&profile, own_name, &exchange.asked);
            assert_eq!(lines(&sent.to_string()), lines(&at_origin.to_string()), "{}", exchange.label);
            compared += 1;
        }
    }
    assert_eq!(compared, 389, "requests in the data; a new case or row counts too");
}

#[test]
fn responses_arrive_at_the_client_as_observed() {
    let mut compared = 0;
    for (proxy, own_name, profile, exceptions) in CASES {
        let profile = profile();
        for exchange in exchanges(proxy) {
            let Some(at_client) =
                exchange.at_client.filter(|_| !exceptions.contains(&exchange.label.as_str()))
            else {
                continue;
            };
            let (sent, persists) = response_through(&profile, own_name, &exchange.asked, &exchange.answered);
            assert_eq!(lines(&sent.to_string()), lines(&at_client.to_string()), "{}", exchange.label);
            assert_eq!(persists, exchange.is_kept, "{}", exchange.label);
            compared += 1;
        }
    }
    assert_eq!(compared, 383, "responses in the data; a new case or row counts too");
}

/// The smart proxy is squid without squid's own fields, in every row.
#[test]
fn the_proxy_by_the_book_is_right_against_squid() {
    let profile = ForwardingProfile::by_the_book();
    let own = ["X-Forwarded-For", "Cache-Control", "X-Cache", "X-Cache-Lookup", "Via"];
    for mut exchange in exchanges("squid-forward") {
        let mut sent = request_through(&profile, "squidhost", &exchange.asked);
        let mut at_origin = exchange.at_origin.take().unwrap();
        assert_eq!(
            format!("{} (squid/5.7)", sent.headers.get("Via").unwrap()),
            at_origin.headers.get("Via").unwrap()
        );
        let (mut answer, persists) =
            response_through(&profile, "squidhost", &exchange.asked, &exchange.answered);
        let mut at_client = exchange.at_client.take().unwrap();
        for name in own {
            sent.headers.remove_all(name);
            at_origin.headers.remove_all(name);
            answer.headers.remove_all(name);
            at_client.headers.remove_all(name);
        }
        assert_eq!(lines(&sent.to_string()), lines(&at_origin.to_string()), "{}", exchange.label);
        assert_eq!(lines(&answer.to_string()), lines(&at_client.to_string()), "{}", exchange.label);
        assert_eq!(persists, exchange.is_kept, "{}", exchange.label);
        // On the other side the proxy is the client; squid opens a new connection for a POST in any case.
        let framing = response_body_length(&sent.method, &exchange.answered).unwrap();
        let concluded = client_concludes(&sent, &exchange.answered, &framing).persists;
        let asks_again = exchange.is_kept && !exchange.label.contains("post");
        assert_eq!(concluded && asks_again, exchange.is_server_reused, "{}", exchange.label);
    }
}

#[test]
fn profiles_have_names_of_their_own_and_survive_the_link() {
    let all = ForwardingProfile::all();
    for profile in &all {
        assert_eq!(ForwardingProfile::named(&profile.name).as_ref(), Some(profile));
        let text = serde_json::to_string(profile).unwrap();
        assert_eq!(&serde_json::from_str::<ForwardingProfile>(&text).unwrap(), profile);
    }
    let names: Vec<&str> = all.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(names[..2], ForwardingProfile::BY_DOCUMENTS);
    assert_eq!(all.iter().filter(|profile| profile.hints != KeepAliveParams::default()).count(), 2);
}
