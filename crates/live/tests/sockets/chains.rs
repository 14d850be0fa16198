//! nginx and squid on either side of the proxies.

use playground_core::event::NodeId;
use playground_core::node::RoleSpec;
use playground_core::scenario::Scenario;

use crate::curl::{Curl, accepted, idle_ends};
use crate::origin::Origin;
use crate::program::{nginx, squid};
use crate::running::{before, for_others, relayed, run_while};

const PROXY: NodeId = NodeId(1);
const FILES: [&str; 2] = ["http://www.joes-hardware.com/a", "http://www.joes-hardware.com/b"];
const KEEP_ALIVE: [&str; 3] = ["--http1.0", "-H", "Connection: Keep-Alive"];
/// Netscape's field alone.
const PROXY_CONNECTION: [&str; 3] = ["--http1.0", "-H", "Proxy-Connection: Keep-Alive"];
/// Of curl's own fields for proxies, none.
const NOTHING: [&str; 3] = ["--http1.0", "-H", "Proxy-Connection:"];

#[test]
fn nginx_behind_the_dumb_proxy_holds_curl_and_behind_the_smart_one_does_not() {
    let origin = nginx("keepalive_timeout 2s; server { listen LISTEN; location / { return 200 ok; } }");
    for (kind, options, told, retries) in [
        ("dumb", &KEEP_ALIVE, None, true),
        // nginx does not know the field, as the records say.
        ("dumb", &PROXY_CONNECTION, Some("1 200;1 200;"), false),
        ("dumb", &NOTHING, Some("1 200;1 200;"), false),
        ("smart", &KEEP_ALIVE, Some("1 200;0 200;"), false),
        ("smart", &PROXY_CONNECTION, Some("1 200;0 200;"), false),
        ("smart", &NOTHING, Some("1 200;1 200;"), false),
    ] {
        let (curl, ended) = Curl::through(before(relayed(kind, None), origin.place), options, &FILES);
        assert_eq!(curl.has_retried(), retries, "{kind} {options:?}: {}", curl.did);
        assert!(told.is_none_or(|told| told == curl.told), "{kind} {options:?}: {}", curl.told);
        assert_eq!((curl.code, ended.left), (Some(0), 0), "{kind} {options:?}");
    }
}

#[test]
fn nginx_before_the_dumb_proxy_hangs_where_it_keeps_connections() {
    for (kind, keeps, connections, hangs) in [
        ("dumb", false, 2, false),
        ("dumb", true, 2, true),
        ("smart", false, 2, false),
        ("smart", true, 1, false),
    ] {
        let ways = match keeps {
            false => "proxy_http_version 1.0; proxy_set_header Connection close;",
            true => "proxy_http_version 1.1; proxy_set_header Connection \"\";",
        };
        let (curl, ended) = run_while(for_others(relayed(kind, None)), |proxy| {
            let front = nginx(&format!(
                "upstream ours {{ server {proxy}; keepalive 8; }} server {{ listen LISTEN; location / {{ \
                 proxy_pass http://ours; {ways} }} }}",
            ));
            let urls = ["a", "b"].map(|path| format!("http://{}/{path}", front.place));
            Curl::ask(None, &["--http1.1"], &[&urls[0], &urls[1]])
        });
        // nginx asks again by itself when a kept connection ends without an answer.
        assert_eq!(curl.told, "1 200;0 200;", "{kind} {keeps}: {}", curl.did);
        assert_eq!((accepted(&ended.entries, PROXY), ended.left), (connections, 0), "{kind} {keeps}");
        assert_eq!(idle_ends(&ended.entries) > 0, hangs, "{kind} {keeps}");
    }
}

/// The smart proxy gives the next one whole URLs.
fn before_a_proxy(kind: &str) -> Scenario {
    let mut scenario = relayed(kind, None);
    if let RoleSpec::SmartProxy(spec) = &mut scenario.nodes[1].role {
        spec.next_is_proxy = true;
    }
    scenario
}

#[test]
fn squid_behind_the_dumb_proxy_honours_netscapes_field_and_the_hang_is_back() {
    let origin = Origin::start();
    origin.answers(&["HTTP/1.1 200 OK", "Content-Length: 3"].map(str::to_owned));
    let next = squid(&format!(
        "cache_peer 127.0.0.1 parent {} 0 no-query no-digest originserver default\nnever_direct allow all\n\
         client_idle_pconn_timeout 2 seconds",
        origin.place.port()
    ));
    // Figure 4-17: a dumb proxy before a smart one. squid honours both fields, as the records say.
    for (kind, options, told, retries) in [
        ("dumb", &KEEP_ALIVE, None, true),
        ("dumb", &PROXY_CONNECTION, None, true),
        ("dumb", &NOTHING, Some("1 200;1 200;"), false),
        ("smart", &KEEP_ALIVE, Some("1 200;0 200;"), false),
        ("smart", &PROXY_CONNECTION, Some("1 200;0 200;"), false),
    ] {
        let (curl, ended) = Curl::through(before(before_a_proxy(kind), next.place), options, &FILES);
        assert_eq!(curl.has_retried(), retries, "{kind} {options:?}: {}", curl.did);
        assert!(told.is_none_or(|told| told == curl.told), "{kind} {options:?}: {}", curl.told);
        assert_eq!((curl.code, ended.left), (Some(0), 0), "{kind} {options:?}");
        let asked = origin.asked();
        let via = asked.last().and_then(|(_, head)| head.iter().find(|line| line.starts_with("Via:")));
        let hops = via.map_or(0, |via| via.split(',').count());
        assert_eq!(hops, if kind == "smart" { 2 } else { 1 }, "{kind} {options:?}: {via:?}");
    }
}

#[test]
fn squid_before_the_dumb_proxy_hangs_on_its_kept_connection() {
    // To squid a reset is no race with a close, so it does not ask again.
    for (kind, told, hangs) in [("dumb", "1 200;0 502;", true), ("smart", "1 200;0 200;", false)] {
        let (curl, ended) = run_while(for_others(relayed(kind, None)), |proxy| {
            let front = squid(&format!(
                "cache_peer 127.0.0.1 parent {} 0 no-query no-digest default\nnever_direct allow all",
                proxy.port()
            ));
            Curl::ask(Some(front.place), &["--http1.1"], &FILES)
        });
        assert_eq!(curl.told, told, "{kind}: {}", curl.did);
        assert_eq!(ended.left, 0, "{kind}");
        assert_eq!(idle_ends(&ended.entries) > 0, hangs, "{kind}");
    }
}
