//! The caching proxy: what it keeps, what it answers itself, when it asks, and what it never keeps.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::http::Version;
use playground_core::node::{
    BodyFraming, CachingProxySpec, CachingSpec, ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec,
    RoleSpec, ScriptCall, SmartProxySpec,
};
use playground_core::scenario::Scenario;
use playground_core::tcp::ProfileName;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use support::scenes::{chain, heard, link, node, opened, outcomes, say, script, trace};
use support::{ms, secs};

fn client(proxy: &str, requests: Vec<RequestSpec>) -> RoleSpec {
    RoleSpec::Client(ClientSpec { port: 8080, absolute_form: true, ..ClientSpec::new(proxy, requests) })
}

/// `/f` three times: at once, a second later, and eleven seconds after that.
fn thrice() -> Vec<RequestSpec> {
    vec![
        RequestSpec::get("/f"),
        RequestSpec::get("/f").after(secs(1)),
        RequestSpec::get("/f").after(secs(11)),
    ]
}

fn fresh_for_ten() -> CachingSpec {
    CachingSpec { cache_control: "max-age=10".to_owned(), etag: true, ..CachingSpec::default() }
}

fn server(resource: ResourceSpec) -> OriginServerSpec {
    OriginServerSpec { resources: vec![resource], ..OriginServerSpec::default() }
}

fn page(caching: CachingSpec) -> ResourceSpec {
    ResourceSpec { caching: Some(caching), ..ResourceSpec::new("/f", 100) }
}

/// Client, proxy near to it, server far away.
fn far(requests: Vec<RequestSpec>, proxy: RoleSpec, server: OriginServerSpec) -> Scenario {
    let roles = vec![
        ("client", client("proxy", requests)),
        ("proxy", proxy),
        ("server", RoleSpec::OriginServer(server)),
    ];
    let mut scenario = chain(ProfileName::Textbook, ms(5), roles);
    scenario.links[1].delay_us = ms(200);
    scenario
}

fn caching() -> RoleSpec {
    RoleSpec::CachingProxy(CachingProxySpec::new("server"))
}

/// What the cache did, a line each: `stored max-age 0.4 of 10 s`.
fn doings(trace: &Trace) -> Vec<String> {
    let line = |event: &Event, rule: &str| match event {
        Event::CacheUsed { action, copy, .. } => {
            let ages = copy.as_ref().map_or_else(String::new, |copy| {
                let tenths = copy.age.as_micros() / 100_000;
                format!(" {}.{} of {} s", tenths / 10, tenths % 10, copy.lifetime.as_micros() / 1_000_000)
            });
            Some(format!("{action:?} {rule}{ages}").to_lowercase())
        }
        _ => None,
    };
    trace.entries.iter().filter_map(|entry| line(&entry.event, entry.rule.key())).collect()
}

/// The requests that a node's application read, without the values of their dates.
fn asked_of(trace: &Trace, name: &str) -> usize {
    let place = trace.scenario.nodes.iter().position(|node| node.name == name).expect("a node");
    let is_request = |event: &Event| matches!(event, Event::RequestReceived { .. });
    trace.entries.iter().filter(|entry| entry.node.index() == place && is_request(&entry.event)).count()
}

#[test]
fn a_copy_is_kept_used_and_asked_about() {
    let trace = trace(&far(thrice(), caching(), server(page(fresh_for_ten()))));
    assert_eq!(
        doings(&trace),
        [
            "missed cache-miss",
            "stored max-age 0.4 of 10 s",
            "served fresh-response 1.4 of 10 s",
            // Stale: it asks with the ETag, hears 304, and is as new; RFC 9111 section 4.2.3 counts the whole way
            // of the question and its answer as age.
            "asked stale-response 12.4 of 10 s",
            "validated not-modified 0.4 of 10 s",
            "served not-modified 0.4 of 10 s",
        ]
    );
    // The first over both hops and two handshakes, the second over the near one, the third over both again.
    assert_eq!(
        outcomes(&trace),
        ["0.8 s: 0 200 100 octets", "1.8 s: 1 200 100 octets", "13.2 s: 2 200 100 octets"]
    );
    assert_eq!(asked_of(&trace, "server"), 2);
    assert!(heard(&trace, "server").contains("If-None-Match: \"v1\"\r\n"));
    assert!(heard(&trace, "proxy").contains("HTTP/1.1 304 Not Modified"));
    let client = heard(&trace, "client");
    assert!(!client.contains("304"), "{client}");
    // The copy is told of as the message that it came as: Age is new, the server's own Connection gone.
    let rewritten = trace.entries.iter().filter(|entry| entry.rule.key() == "age-field");
    let rewritten: Vec<_> = rewritten
        .filter_map(|entry| match &entry.event {
            Event::HeadersRewritten { from_offset, to_offset, rewrite, .. } => {
                let changed = rewrite.changed().map(|(old, new, rule)| {
                    assert_eq!(old.name, new.name);
                    format!("{} {}", new.name, rule.key())
                });
                let added = rewrite.added().next()?.0.to_string();
                Some((
                    *from_offset,
                    *to_offset,
                    added,
                    rewrite.removed().count(),
                    changed.collect::<Vec<_>>(),
                ))
            }
            _ => None,
        })
        .collect();
    // After the 304 (RFC 9111 section 4.3.4) it is that message still, with the date of the 304.
    let starts: Vec<u64> = client.match_indices("HTTP/1.1 200 OK").map(|(place, _)| place as u64).collect();
    assert_eq!(
        rewritten,
        [
            (0, starts[1], "Age: 1".to_owned(), 1, vec![]),
            (0, starts[2], "Age: 0".to_owned(), 1, vec!["Date not-modified".to_owned()]),
        ]
    );
    let ages: Vec<&str> = client.lines().filter(|line| line.starts_with("Age: ")).collect();
    assert_eq!(ages, ["Age: 1", "Age: 0"]);
}

#[test]
fn a_page_that_has_changed_comes_whole() {
    let changing = CachingSpec { changes_at_us: Some(Instant::from_millis(5_000)), ..fresh_for_ten() };
    let trace = trace(&far(thrice(), caching(), server(page(changing))));
    assert_eq!(
        doings(&trace)[2..],
        [
            // The copy is used although the page has changed meanwhile: it is fresh, and nobody asks.
            "served fresh-response 1.4 of 10 s",
            "asked stale-response 12.4 of 10 s",
            "stored max-age 0.4 of 10 s",
        ]
    );
    let answers = heard(&trace, "client");
    assert_eq!(answers.matches("/f octet 0 ").count(), 2);
    assert_eq!(answers.matches("/f (new) octet 0 ").count(), 1);
}

/// RFC 9111 section 3: what is not kept is asked for each time.
#[test]
fn what_may_not_be_kept_is_fetched_each_time() {
    let saying = |said: &str| page(CachingSpec { cache_control: said.to_owned(), ..fresh_for_ten() });
    let bare = ResourceSpec::new("/f", 100);
    let moved = ResourceSpec { status: 302, ..ResourceSpec::new("/f", 0) };
    for (resource, doing) in [
        (saying("no-store, max-age=10"), "refused no-store"),
        (saying("private, max-age=10"), "refused private-response"),
        (bare, "refused not-cacheable"),
        (moved, "refused not-cacheable"),
    ] {
        let trace = trace(&far(thrice(), caching(), server(resource)));
        assert_eq!(doings(&trace), ["missed cache-miss", doing].repeat(3));
        assert_eq!(asked_of(&trace, "server"), 3);
    }
    // no-cache may be kept, but is asked about each time.
    let trace = trace(&far(thrice(), caching(), server(saying("no-cache"))));
    assert_eq!(doings(&trace).iter().filter(|line| line.starts_with("asked no-cache")).count(), 2);
    assert_eq!(asked_of(&trace, "server"), 3);
}

/// RFC 9111 section 3.3. Observed of squid 5.7: 50 octets of 100, then FIN: passed on, closed, not kept; without
/// any length nobody can know, and it is kept.
#[test]
fn half_an_answer_is_not_kept() {
    let cut = |framing| ResourceSpec { framing, ..page(fresh_for_ten()) };
    let short = server(ResourceSpec { body_len: 50, ..cut(BodyFraming::WrongLength { announced: 100 }) });
    let short = OriginServerSpec { idle_timeout_us: ms(500), ..short };
    let twice = || vec![RequestSpec::get("/f"), RequestSpec::get("/f").after(secs(1))];
    let known = trace(&far(twice(), caching(), short));
    assert_eq!(doings(&known), ["missed cache-miss", "refused incomplete-not-stored"].repeat(2));
    assert!(outcomes(&known)[0].contains("incomplete"), "{:?}", outcomes(&known));

    let unknown = trace(&far(twice(), caching(), server(cut(BodyFraming::UntilClose))));
    assert_eq!(doings(&unknown)[1], "stored max-age 0.4 of 10 s");
    assert_eq!(asked_of(&unknown, "server"), 1);
    // The copy has a length now: the client's connection persists.
    assert_eq!(opened(&unknown, "client", "proxy"), 1);
}

/// What comes from the server leaves a caching proxy as it leaves a smart one.
#[test]
fn heads_are_rewritten_as_by_the_smart_proxy() {
    let once = || vec![RequestSpec::get("/f")];
    for forwarding in ["by-the-book", "nginx-default", "squid", "varnish"] {
        let spec = || SmartProxySpec { forwarding: forwarding.to_owned(), ..SmartProxySpec::new("server") };
        let page = || server(page(fresh_for_ten()));
        let smart = trace(&far(once(), RoleSpec::SmartProxy(spec()), page()));
        let caching = CachingProxySpec { proxy: spec(), guesses_lifetimes: false };
        let caching = trace(&far(once(), RoleSpec::CachingProxy(caching), page()));
        assert_eq!(smart.notation(), caching.notation());
        assert_eq!(heard(&smart, "client"), heard(&caching, "client"));
        assert_eq!(heard(&smart, "server"), heard(&caching, "server"));
    }
}

/// RFC 9111 section 4.4: to invalidate is to remove "all stored responses" of the URI, whatever they vary by.
#[test]
fn what_changes_a_page_removes_every_variant() {
    let request = |method: &str, language: &str| {
        let head = format!(
            "{method} http://a.example/f HTTP/1.1\nHost: a.example\nContent-Length: 0\nAccept-Language: {language}\n"
        );
        RequestSpec { text: Some(head), ..RequestSpec::get("/f") }.after(secs(1))
    };
    let requests =
        vec![request("GET", "ko"), request("GET", "en"), request("POST", "ko"), request("GET", "en")];
    let answer = |more: &str| format!("HTTP/1.1 200 OK\r\n{more}Content-Length: 2\r\n\r\nhi");
    let kept = answer("Cache-Control: max-age=100\r\nVary: Accept-Language\r\n");
    // Half a second after each request.
    let server = script(vec![
        (0, ScriptCall::Listen { port: 80 }),
        (0, ScriptCall::ReadAll { socket: 0 }),
        (1_500, say(&kept)),
        (3_000, say(&kept)),
        (4_500, say(&answer(""))),
        (6_000, say(&kept)),
    ]);
    let roles = vec![("client", client("proxy", requests)), ("proxy", caching()), ("server", server)];
    let trace = trace(&chain(ProfileName::Textbook, ms(5), roles));
    let doings: Vec<String> =
        doings(&trace).iter().map(|line| line.split(' ').next().unwrap_or("").to_owned()).collect();
    assert_eq!(doings, ["missed", "stored", "missed", "stored", "removed", "missed", "stored"]);
}

/// RFC 9111 section 4.4.
#[test]
fn what_changes_a_page_removes_its_copy() {
    let post = RequestSpec { method: "POST".to_owned(), body_len: 3, ..RequestSpec::get("/f") };
    let requests = vec![RequestSpec::get("/f"), post, RequestSpec::get("/f")];
    let trace = trace(&far(requests, caching(), server(page(fresh_for_ten()))));
    let doings: Vec<String> =
        doings(&trace).iter().map(|line| line.split(" 0.").next().unwrap_or("").to_owned()).collect();
    assert_eq!(
        doings,
        [
            "missed cache-miss",
            "stored max-age",
            "removed unsafe-invalidates",
            "missed cache-miss",
            "stored max-age"
        ]
    );
}

/// Without a word about freshness a cache may guess: a tenth of the time since the last change.
#[test]
fn a_lifetime_can_be_guessed() {
    let silent = CachingSpec { last_modified_us: Some(secs(100)), ..CachingSpec::default() };
    let guessing = CachingProxySpec { guesses_lifetimes: true, ..CachingProxySpec::new("server") };
    let guessed = trace(&far(thrice(), RoleSpec::CachingProxy(guessing), server(page(silent.clone()))));
    assert_eq!(
        doings(&guessed)[1..3],
        ["stored heuristic-lifetime 0.4 of 10 s", "served fresh-response 1.4 of 10 s"]
    );
    let plain = trace(&far(thrice(), caching(), server(page(silent))));
    assert_eq!(doings(&plain)[1..3], ["stored no-lifetime 0.4 of 0 s", "asked stale-response 1.4 of 0 s"]);
    assert!(heard(&plain, "server").contains("If-Modified-Since: Fri, 27 Sep 2002 08:58:20 GMT"));
}

#[test]
fn one_clients_copy_serves_the_other() {
    let later = |delay| vec![RequestSpec::get("/f").after(delay)];
    let mut scenario = far(later(ms(1)), caching(), server(page(fresh_for_ten())));
    scenario.nodes.push(node("client-2", 9, ProfileName::Textbook, client("proxy", later(secs(3)))));
    scenario.links.push(link("client-2", "proxy", ms(5)));
    let trace = trace(&scenario);
    assert_eq!(asked_of(&trace, "server"), 1);
    assert_eq!(opened(&trace, "proxy", "server"), 1);
    // 0.4 s for question and answer, and 2.2 s in the cache: whole seconds are written.
    assert!(heard(&trace, "client-2").contains("Age: 2\r\n"), "{}", heard(&trace, "client-2"));
}

/// A client's own conditions are met from a fresh copy. RFC 9111 section 4.3.2.
#[test]
fn a_client_with_its_own_copy_gets_304() {
    let head =
        "GET http://www.joes-hardware.com/f HTTP/1.1\nHost: www.joes-hardware.com\nIf-None-Match: \"v1\"";
    let conditional = RequestSpec { text: Some(head.to_owned()), ..RequestSpec::get("/f") };
    let trace =
        trace(&far(vec![RequestSpec::get("/f"), conditional], caching(), server(page(fresh_for_ten()))));
    assert_eq!(outcomes(&trace)[1].split(": ").last(), Some("1 304 0 octets"));
    assert_eq!(asked_of(&trace, "server"), 1);
}

#[test]
fn a_caching_proxy_can_be_written_down() {
    let mut scenario = far(thrice(), caching(), server(page(fresh_for_ten())));
    assert_eq!(Scenario::from_json(&scenario.to_json()).as_ref(), Ok(&scenario));
    if let RoleSpec::CachingProxy(spec) = &mut scenario.nodes[1].role {
        spec.proxy.port = 0;
    }
    let error = Scenario::from_json(&scenario.to_json()).expect_err("port 0");
    assert_eq!(error.field, "nodes[1].role.caching-proxy.proxy.port");
}

/// Pipelined requests for what the cache has are answered one after another, however many.
#[test]
fn many_hits_in_a_row() {
    let mut requests = vec![RequestSpec::get("/f"); 300];
    requests[1].after_us = secs(1);
    let mut scenario = far(requests, caching(), server(page(fresh_for_ten())));
    if let RoleSpec::Client(client) = &mut scenario.nodes[0].role {
        client.pipeline = 299;
        client.version = Version::Http11;
    }
    let trace = trace(&scenario);
    let answered = outcomes(&trace).iter().filter(|line| line.contains(" 200 100 octets")).count();
    assert_eq!((answered, trace.stopped_by), (300, None));
}
