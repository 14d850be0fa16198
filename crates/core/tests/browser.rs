//! The browser's loading policies, as traces: how many connections, in which order, and when something shows.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::Event;
use playground_core::node::{
    BrowserSpec, CloseStyle, LoadingPolicy, OriginServerSpec, ResourceSpec, RoleSpec,
};
use playground_core::scenario::{Direction, Impairment, ImpairmentKind, Scenario};
use playground_core::sim::run;
use playground_core::tcp::{Call, Notice, ProfileName};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use strum::VariantArray;
use support::ms;
use support::scenes::chain;

/// A page of 3,000 octets with `objects` images of 3,000 octets each, over a link of 100 ms and 10 Mbit/s.
fn scenario(policy: LoadingPolicy, objects: u32) -> Scenario {
    let names: Vec<String> = (1..=objects).map(|n| format!("/{n}.jpg")).collect();
    let mut resources = vec![ResourceSpec::page("/page.html", 3_000, names.clone())];
    resources.extend(names.iter().map(|name| ResourceSpec::new(name, 3_000)));
    let server = OriginServerSpec { resources, ..OriginServerSpec::default() };
    let browser = BrowserSpec::new("server", "/page.html", policy);
    let nodes = vec![("client", RoleSpec::Browser(browser)), ("server", RoleSpec::OriginServer(server))];
    let mut scenario = chain(ProfileName::Linux, ms(50), nodes);
    scenario.links[0].bits_per_s = 10_000_000;
    for node in &mut scenario.nodes {
        // Small requests one after another: browsers and servers set TCP_NODELAY.
        node.stack.nagle = Some(false);
    }
    scenario
}

fn browser(scenario: &mut Scenario) -> &mut BrowserSpec {
    match &mut scenario.nodes[0].role {
        RoleSpec::Browser(spec) => spec,
        other => panic!("{other:?}"),
    }
}

fn server(scenario: &mut Scenario) -> &mut OriginServerSpec {
    match &mut scenario.nodes[1].role {
        RoleSpec::OriginServer(spec) => spec,
        other => panic!("{other:?}"),
    }
}

fn play(scenario: &Scenario) -> Trace {
    run(scenario).expect("the scenario is sound")
}

/// The request lines of what was written at once: `GET /2.jpg + GET /3.jpg`.
fn requests(octets: &[u8]) -> String {
    let text = String::from_utf8_lossy(octets);
    let lines =
        text.lines().filter_map(|line| line.strip_suffix(" HTTP/1.0").or(line.strip_suffix(" HTTP/1.1")));
    lines.collect::<Vec<_>>().join(" + ")
}

/// What the browser did, in a word each: `open`, `GET /1.jpg`, `named /1.jpg`, `got 1`, `paint`, `complete`.
fn story(trace: &Trace) -> Vec<String> {
    let told = |event: &Event| match event {
        Event::Socket { notice: Notice::Opened { .. }, .. } => Some("open".to_owned()),
        Event::ObjectNamed { path, .. } => Some(format!("named {path}")),
        Event::TransactionCompleted { request, .. } => Some(format!("got {request}")),
        Event::TransactionFailed { request, problem, .. } => Some(format!("no {request}: {problem}")),
        Event::PagePainted { whole, objects } => Some(format!("paint {whole}/{objects}")),
        Event::PageCompleted { objects, failed, connections } => {
            Some(format!("complete {objects} failed {failed} connections {connections}"))
        }
        Event::CallReturned { call: Call::Send { octets }, .. } => Some(requests(octets)),
        _ => None,
    };
    trace.entries.iter().filter(|entry| entry.node.index() == 0).filter_map(|e| told(&e.event)).collect()
}

fn at(trace: &Trace, wanted: fn(&Event) -> bool) -> Instant {
    trace.entries.iter().find(|entry| wanted(&entry.event)).expect("it happens").at
}

fn painted(trace: &Trace) -> Instant {
    at(trace, |event| matches!(event, Event::PagePainted { .. }))
}

fn completed(trace: &Trace) -> Instant {
    at(trace, |event| matches!(event, Event::PageCompleted { .. }))
}

#[test]
fn a_policy_decides_how_many_connections_there_are() {
    for (policy, connections) in [
        (LoadingPolicy::Serial, 5),
        (LoadingPolicy::Parallel, 5),
        (LoadingPolicy::KeepAlive, 1),
        (LoadingPolicy::Persistent, 1),
        // The HTML's connection and three more; the fourth image finds one of them free again.
        (LoadingPolicy::ParallelPersistent, 4),
        (LoadingPolicy::Pipelined, 1),
    ] {
        let trace = play(&scenario(policy, 4));
        let last = story(&trace).pop().expect("it ends");
        assert_eq!(last, format!("complete 5 failed 0 connections {connections}"), "{policy:?}");
    }
}

#[test]
fn the_octets_of_the_html_name_the_objects() {
    let trace = play(&scenario(LoadingPolicy::Parallel, 2));
    // The first image is asked for before the HTML is whole: its name came with the first segments.
    let told = story(&trace);
    let place = |what: &str| told.iter().position(|word| word == what).expect(what);
    assert!(place("named /1.jpg") < place("got 0"), "{told:?}");
    // Its tag ends where the server wrote it: the head, then the first third of 2,936 octets in lines of 64.
    let body = ResourceSpec::page("/page.html", 3_000, vec!["/1.jpg".into(), "/2.jpg".into()]).body();
    let tag = b"<img src=\"/1.jpg\">";
    let ends = body.windows(tag.len()).position(|window| window == tag).expect("named") + tag.len();
    let named = trace.entries.iter().find_map(|entry| match entry.event {
        Event::ObjectNamed { octet, .. } => Some(octet),
        _ => None,
    });
    let head = trace.entries.iter().find_map(|entry| match &entry.event {
        Event::ResponseReceived { head, .. } => Some(head.end),
        _ => None,
    });
    assert_eq!(named, head.map(|head| head + ends as u64));
}

#[test]
fn serial_is_one_after_another_and_shows_nothing_until_near_the_end() {
    assert_eq!(
        story(&play(&scenario(LoadingPolicy::Serial, 2))),
        [
            "open",
            "GET /page.html",
            "named /1.jpg",
            "named /2.jpg",
            "got 0",
            "open",
            "GET /1.jpg",
            "got 1",
            "open",
            "GET /2.jpg",
            "paint 2/3",
            "got 2",
            "complete 3 failed 0 connections 3",
        ]
    );
}

#[test]
fn sizes_in_the_html_let_the_page_show_before_its_images() {
    let mut serial = scenario(LoadingPolicy::Serial, 3);
    let blind = play(&serial);
    server(&mut serial).resources[0].sizes_objects = true;
    let sized = play(&serial);
    assert_eq!(completed(&sized), completed(&blind));
    assert!(painted(&sized) < painted(&blind), "{} {}", painted(&sized), painted(&blind));
    assert!(story(&sized).contains(&"paint 1/4".to_owned()));
}

#[test]
fn parallel_connections_overlap_their_delays() {
    let total = |policy| completed(&play(&scenario(policy, 3)));
    // Each connection costs a round trip to open and one for its answer.
    assert!(total(LoadingPolicy::Serial) > Instant::from_millis(800));
    assert!(total(LoadingPolicy::Parallel) < Instant::from_millis(450));
    // One handshake, then a round trip for each object; pipelined, one for the page and one for all images.
    assert!(total(LoadingPolicy::Persistent) < Instant::from_millis(550));
    assert!(total(LoadingPolicy::Pipelined) < Instant::from_millis(350));
}

#[test]
fn there_are_never_more_connections_than_the_pool_allows() {
    for limit in [1, 2, 3, 8] {
        for policy in [LoadingPolicy::Parallel, LoadingPolicy::ParallelPersistent] {
            let mut scenario = scenario(policy, 8);
            browser(&mut scenario).connections = limit;
            let trace = play(&scenario);
            let (mut busy, mut most) = (0_i32, 0);
            for entry in trace.entries.iter().filter(|entry| entry.node.index() == 0) {
                match entry.event {
                    Event::Socket { notice: Notice::Opened { .. }, .. } => busy += 1,
                    Event::TransactionCompleted { .. } if policy == LoadingPolicy::Parallel => busy -= 1,
                    _ => {}
                }
                most = most.max(busy);
            }
            assert_eq!(most, limit as i32, "{policy:?}");
        }
    }
}

#[test]
fn pipelined_requests_wait_for_no_answer_but_for_a_connection_that_persists() {
    let told = story(&play(&scenario(LoadingPolicy::Pipelined, 3)));
    let place = |what: &str| told.iter().position(|word| word == what).expect(what);
    assert!(place("GET /2.jpg + GET /3.jpg") < place("got 0"), "{told:?}");
    // A server that closes after each answer is asked for the others on new connections.
    let mut closing = scenario(LoadingPolicy::Pipelined, 3);
    server(&mut closing).keep_alive = false;
    assert_eq!(story(&play(&closing)).pop().as_deref(), Some("complete 4 failed 0 connections 4"));
}

#[test]
fn what_a_connection_could_not_bring_is_asked_for_again() {
    // Three answers on one connection: two of the pipelined requests go to a second one.
    let mut limited = scenario(LoadingPolicy::Pipelined, 4);
    server(&mut limited).max_requests = 3;
    let told = story(&play(&limited));
    assert_eq!(told.last().map(String::as_str), Some("complete 5 failed 0 connections 2"), "{told:?}");
    // A dead server: each try waits for its time, then the page is given up.
    let mut dead = scenario(LoadingPolicy::Persistent, 1);
    server(&mut dead).resources[0].processing_us = Duration::from_secs(60);
    browser(&mut dead).response_timeout_us = Duration::from_secs(2);
    let told = story(&play(&dead));
    assert_eq!(told.iter().filter(|word| *word == "GET /page.html").count(), 3);
    assert!(told.contains(&"no 0: response-timeout".to_owned()), "{told:?}");
    assert_eq!(told.last().map(String::as_str), Some("complete 1 failed 1 connections 3"));
}

#[test]
fn a_server_that_turns_connections_away_still_gives_the_whole_page() {
    for excess in [CloseStyle::Close, CloseStyle::Abort] {
        for most in [1, 2, 3] {
            let mut limited = scenario(LoadingPolicy::Parallel, 8);
            browser(&mut limited).connections = 6;
            server(&mut limited).connections_per_client = most;
            server(&mut limited).excess = excess;
            // A connection counts until the client has closed it, too.
            server(&mut limited).close = CloseStyle::Graceful;
            let told = story(&play(&limited));
            let last = told.last().cloned().unwrap_or_default();
            assert!(last.starts_with("complete 9 failed 0"), "{excess:?} {most}: {told:?}");
            // Those that were turned away were for nothing.
            assert!(told.iter().filter(|word| *word == "open").count() > 9, "{excess:?} {most}: {told:?}");
        }
    }
}

#[test]
fn nothing_hangs_when_the_cable_is_out() {
    for &policy in LoadingPolicy::VARIANTS {
        let mut cut = scenario(policy, 3);
        cut.links[0].impairments.push(Impairment {
            direction: Direction::Backward,
            kind: ImpairmentKind::Cut { from_us: Instant::from_millis(260), until_us: None },
        });
        let trace = play(&cut);
        assert_eq!(trace.stopped_by, None, "{policy:?}");
        assert!(story(&trace).iter().any(|word| word.starts_with("complete")), "{policy:?}");
    }
}

#[test]
fn a_browser_says_what_makes_no_sense() {
    for (change, field) in [
        ((|spec| spec.connections = 0) as fn(&mut BrowserSpec), "connections"),
        (|spec| spec.pipeline = 257, "pipeline"),
        (|spec| spec.page = "page.html".to_owned(), "page"),
        (|spec| spec.port = 0, "port"),
        (|spec| spec.host = String::new(), "host"),
        (|spec| spec.retry.automatic = 10, "retry.automatic"),
        (|spec| spec.connect_to = "nobody".to_owned(), "connect_to"),
    ] {
        let mut wrong = scenario(LoadingPolicy::Parallel, 1);
        change(browser(&mut wrong));
        let error = run(&wrong).expect_err(field);
        assert_eq!(error.field, format!("nodes[0].role.browser.{field}"));
    }
}
