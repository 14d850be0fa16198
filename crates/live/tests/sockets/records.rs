//! Real nginx and squid, and the smart proxy with their ways on real sockets, next to the records of what they did.
//!
//! The records name the versions and how they were obtained: `crates/core/tests/data/hop_by_hop.json`.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpStream};

use playground_core::http::Method;
use playground_core::node::{RoleSpec, SmartProxySpec};
use serde::Deserialize;

use crate::origin::{Origin, Reader};
use crate::program::{nginx, squid};
use crate::running::{before, relayed, run_while};

#[derive(Deserialize)]
struct Records {
    answers: BTreeMap<String, Vec<String>>,
    requests: Vec<Vec<String>>,
    at_origin: Vec<Vec<String>>,
    at_client: Vec<Vec<String>>,
    rows: Vec<Row>,
}

/// Proxy, client's version, what the request carries, what the origin answers, request, at the origin, at the client,
/// the client's connection, the origin's connection.
#[derive(Deserialize)]
struct Row(String, String, String, String, usize, usize, usize, String, String);

/// Where the origin was when the records were made.
const RECORDED: &str = "127.0.0.1:9000";

/// What connections, messages and persistence are decided by; the rest of a head has dates, versions and addresses.
const COMPARED: [&str; 16] = [
    "connection",
    "content-length",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authentication-info",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-end",
    "x-foo",
    "x-keep",
    "x-resp-hop",
    "x-t",
];

fn lines(head: &[String]) -> Vec<String> {
    let is_compared = |line: &&String| {
        line.split_once(':').is_some_and(|(name, _)| COMPARED.contains(&name.to_ascii_lowercase().as_str()))
    };
    let mut lines: Vec<String> = head.iter().skip(1).filter(is_compared).cloned().collect();
    lines.sort();
    lines.splice(0..0, head.first().cloned());
    lines
}

/// The same request twice on one connection, where the proxy lets it; what of it is compared.
fn observe(request: &[String], origin: &Origin, proxy: SocketAddr) -> String {
    let mut client = Reader::responses(TcpStream::connect(proxy).expect("it listens"));
    let method = if request[0].starts_with("POST") { Method::Post } else { Method::Get };
    let body = if method == Method::Post { "3\r\nabc\r\n0\r\nX-T: yes\r\n\r\n" } else { "" };
    let octets =
        format!("{}\r\n\r\n{body}", request.join("\r\n").replace(RECORDED, &origin.place.to_string()));
    client.send(octets.as_bytes());
    let answer = client.next(Some(&method)).expect("an answer");
    client.send(octets.as_bytes());
    let persists = client.next(Some(&method)).is_some();
    let asked = origin.asked();
    let origin_side = match asked.as_slice() {
        [_] => "1 request",
        [(one, _), (other, _)] if one == other => "reused",
        _ => "new connection",
    };
    let client_side = if persists { "persists" } else { "closed by proxy" };
    format!("{:?} {:?} {client_side} {origin_side}", lines(&asked[0].1), lines(&answer))
}

/// Every record of a proxy, next to what this one does now.
fn compare(proxy: &str, through: &str, origin: &Origin, place: SocketAddr) {
    let records: Records =
        serde_json::from_str(include_str!("../../../core/tests/data/hop_by_hop.json")).expect("JSON");
    let mut compared = 0;
    for Row(_, version, case, target, asked, at_origin, at_client, client_side, origin_side) in
        records.rows.iter().filter(|row| row.0 == proxy)
    {
        origin.answers(&records.answers[target]);
        let (at_origin, at_client) = (&records.at_origin[*at_origin], &records.at_client[*at_client]);
        assert_eq!(
            observe(&records.requests[*asked], origin, place),
            format!("{:?} {:?} {client_side} {origin_side}", lines(at_origin), lines(at_client)),
            "{through}: {proxy} {version} {case} {target}"
        );
        compared += 1;
    }
    assert_eq!(compared, 49, "{proxy}: records in the data");
}

/// The same for the smart proxy with the ways of a real one.
fn compare_ours(proxy: &str, forwarding: &str, origin: &Origin) {
    let mut scenario = relayed("smart", None);
    let spec = SmartProxySpec::new("server");
    let (forwarding, via_name) = (forwarding.to_owned(), "squidhost".to_owned());
    scenario.nodes[1].role = RoleSpec::SmartProxy(SmartProxySpec { forwarding, via_name, ..spec });
    let ((), ended) =
        run_while(before(scenario, origin.place), |place| compare(proxy, "our proxy", origin, place));
    assert_eq!(ended.left, 0);
}

#[test]
fn nginx_by_default_and_the_proxy_with_its_ways_do_what_was_recorded() {
    let origin = Origin::start();
    // What 1.22.1 does by default is said, since the defaults of later versions are others.
    let real = nginx(&format!(
        "server {{ listen LISTEN; location / {{ proxy_pass http://{}; proxy_http_version 1.0; \
         proxy_set_header Connection close; }} }}",
        origin.place
    ));
    compare("nginx-default", "nginx", &origin, real.place);
    compare_ours("nginx-default", "nginx-default", &origin);
}

#[test]
fn nginx_with_kept_servers_and_the_proxy_with_its_ways_do_what_was_recorded() {
    let origin = Origin::start();
    let real = nginx(&format!(
        "upstream o11 {{ server {}; keepalive 8; }} server {{ listen LISTEN; location / {{ proxy_pass http://o11; \
         proxy_http_version 1.1; proxy_set_header Connection \"\"; }} }}",
        origin.place
    ));
    compare("nginx-http11-conn-empty", "nginx", &origin, real.place);
    compare_ours("nginx-http11-conn-empty", "nginx-http11", &origin);
}

#[test]
fn squid_and_the_proxy_with_its_ways_do_what_was_recorded() {
    let origin = Origin::start();
    let real = squid("");
    compare("squid-forward", "squid", &origin, real.place);
    compare_ours("squid-forward", "squid", &origin);
}
