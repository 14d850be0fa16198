//! Proxies in all their numbers: a cache's contents, chains of three, several clients around one.

use playground_core::event::{CacheAction, NodeId};
use playground_core::node::{
    Asks, CachingProxySpec, CachingSpec, ClientSpec, DumbProxySpec, OriginServerSpec, RequestSpec,
    ResourceSpec, RoleSpec, SmartProxySpec,
};
use playground_core::scenario::Scenario;
use playground_core::time::{Duration, Instant};
use playground_playback::{Caches, Cursor, FrameCursor, HeaderHops, LineMark, RoleKind};

use crate::runs::{Run, link, node, scenario};

fn client(requests: Vec<RequestSpec>) -> RoleSpec {
    let client = ClientSpec::new("proxy", requests);
    RoleSpec::Client(ClientSpec { port: 8080, asks: Asks::KeepAlive, absolute_form: true, ..client })
}

fn server(caching: CachingSpec) -> RoleSpec {
    let page = ResourceSpec { caching: Some(caching), ..ResourceSpec::new("/a", 300) };
    RoleSpec::OriginServer(OriginServerSpec { resources: vec![page], ..OriginServerSpec::default() })
}

/// `/a` at once, after two seconds, after eleven more.
pub fn caching() -> Scenario {
    let secs = Duration::from_secs;
    let requests = vec![
        RequestSpec::get("/a"),
        RequestSpec::get("/a").after(secs(2)),
        RequestSpec::get("/a").after(secs(11)),
    ];
    let fresh = CachingSpec { cache_control: "max-age=10".to_owned(), etag: true, ..CachingSpec::default() };
    let nodes = vec![
        node("client", 1, client(requests)),
        node("proxy", 2, RoleSpec::CachingProxy(CachingProxySpec::new("server"))),
        node("server", 3, server(fresh)),
    ];
    scenario(nodes, vec![link("client", "proxy"), link("proxy", "server")])
}

/// Smart, dumb, smart.
pub fn three() -> Scenario {
    let smart = |next: &str, port, next_is_proxy| {
        let idle_timeout_us = Duration::from_secs(3);
        let spec =
            SmartProxySpec { next_port: port, next_is_proxy, idle_timeout_us, ..SmartProxySpec::new(next) };
        RoleSpec::SmartProxy(spec)
    };
    let dumb = DumbProxySpec { port: 8080, next: "proxy-3".to_owned(), next_port: 8080 };
    let nodes = vec![
        node("client", 1, client(vec![RequestSpec::get("/a"), RequestSpec::get("/a")])),
        node("proxy", 2, smart("proxy-2", 8080, true)),
        node("proxy-2", 3, RoleSpec::DumbProxy(dumb)),
        node("proxy-3", 4, smart("server", 80, false)),
        node("server", 5, server(CachingSpec::default())),
    ];
    let names = ["client", "proxy", "proxy-2", "proxy-3", "server"];
    scenario(nodes, names.windows(2).map(|pair| link(pair[0], pair[1])).collect())
}

/// Three clients, one proxy, one server.
pub fn star() -> Scenario {
    let names = ["client", "client-2", "client-3"];
    let mut nodes: Vec<_> = names
        .iter()
        .zip(1..)
        .map(|(name, last)| node(name, last, client(vec![RequestSpec::get("/a"), RequestSpec::get("/a")])))
        .collect();
    nodes.push(node("proxy", 8, RoleSpec::SmartProxy(SmartProxySpec::new("server"))));
    nodes.push(node("server", 9, server(CachingSpec::default())));
    let mut links: Vec<_> = names.iter().map(|name| link(name, "proxy")).collect();
    links.push(link("proxy", "server"));
    scenario(nodes, links)
}

#[test]
fn a_copy_grows_old_with_the_time_and_is_made_new() {
    let run = Run::of("caching", &caching());
    let contents = |seconds: u64| {
        let at = Instant::from_millis(seconds * 1_000);
        let mut all = Caches::new(&run.trace).at(
            &run.trace,
            &run.dissection,
            Cursor::new(run.trace.applied_by(at), at),
        );
        assert_eq!((all.len(), all[0].node), (1, NodeId(1)));
        all.remove(0)
    };
    assert!(contents(0).rows.is_empty());
    let second = contents(1);
    let row = &second.rows[0];
    assert_eq!((row.octets, row.etag.as_str(), row.from), (300, "\"v1\"", Some(NodeId(2))));
    assert_eq!((row.served, row.is_fresh()), (0, true));
    assert_eq!(second.history[0].action, CacheAction::Stored);
    // The clock runs also while nothing happens.
    assert_eq!(contents(5).rows[0].age.as_micros() - row.age.as_micros(), 4_000_000);
    assert_eq!(contents(5).rows[0].served, 1);
    let old = &contents(12).rows[0];
    assert!(!old.is_fresh() && old.freshness() == 0.0);
    // Asked about and found good: new again, and used for a second time.
    let new = contents(14);
    assert_eq!((new.rows[0].is_fresh(), new.rows[0].served), (true, 2));
    assert_eq!(
        new.history.iter().map(|event| event.action).collect::<Vec<_>>(),
        [
            CacheAction::Served,
            CacheAction::Validated,
            CacheAction::Asked,
            CacheAction::Served,
            CacheAction::Stored,
            CacheAction::Missed,
        ]
    );
    assert!(!Caches::exists(&three()));
}

#[test]
fn an_answer_out_of_the_cache_is_held_against_the_one_that_was_kept() {
    let run = Run::of("caching", &caching());
    let hops = HeaderHops::new(&run.trace, &run.dissection);
    let hit = &hops.exchanges[1];
    assert_eq!((hit.request.len(), hit.response.len()), (1, 1));
    let marked = |mark: LineMark| -> Vec<&str> {
        let lines = hit.response[0].lines.iter().filter(move |line| line.mark == mark);
        lines.map(|line| line.text.as_str()).collect()
    };
    assert_eq!(marked(LineMark::Added)[0], "Age: 2");
    assert_eq!(marked(LineMark::Removed), ["Connection: Keep-Alive"]);
    assert!(marked(LineMark::Original).is_empty());
}

#[test]
fn a_request_is_followed_through_three_proxies() {
    let run = Run::of("three", &three());
    let hops = HeaderHops::new(&run.trace, &run.dissection);
    let first = &hops.exchanges[0];
    assert_eq!((first.request.len(), first.response.len()), (4, 4));
    let blind: Vec<bool> = first.request.iter().map(|column| column.blind).collect();
    assert_eq!(blind, [false, false, true, false]);
}

#[test]
fn each_client_has_its_own_way_through_the_proxy() {
    let run = Run::of("star", &star());
    let hops = HeaderHops::new(&run.trace, &run.dissection);
    assert_eq!(hops.exchanges.len(), 6);
    for exchange in &hops.exchanges {
        assert_eq!((exchange.request.len(), exchange.response.len()), (2, 2));
        assert_eq!(exchange.request[1].from, NodeId(3));
    }
    let at = Instant::from_millis(350);
    let frame =
        FrameCursor::new().frame(&run.trace, &run.dissection, Cursor::new(run.trace.applied_by(at), at));
    let kinds: Vec<RoleKind> = frame.nodes.iter().map(|node| node.kind).collect();
    assert_eq!(
        kinds,
        [RoleKind::Client, RoleKind::Client, RoleKind::Client, RoleKind::Proxy, RoleKind::Server]
    );
    let between = |left: u16, right: u16| {
        frame.pipes.iter().filter(|pipe| (pipe.left, pipe.right) == (NodeId(left), NodeId(right))).count()
    };
    assert_eq!([between(0, 3), between(1, 3), between(2, 3), between(3, 4)], [1, 1, 1, 3]);
}
