//! A capture turned into a scenario says what the capture says.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use playground_capture::open::open;
use playground_capture::pcapng::{Comments, export};
use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::{LinkSpec, NodeSpec, Scenario, StackSpec};
use playground_core::sim;
use playground_core::time::Duration;
use playground_core::trace::Trace;
use playground_core::wire::Packet;
use playground_lessons::{KnobKind, KnobValues, all};
use playground_playback::{Dissection, MOST_REQUESTS, Modelled, NotModelled, scenario_of};

fn opened(file: impl Into<Bytes>) -> Result<Modelled, NotModelled> {
    let trace = open(&file.into()).map_err(|_| NotModelled::NoRequest)?.trace;
    scenario_of(&trace, &Dissection::new(&trace))
}

/// The scenario of what a run leaves in a capture of all its links.
fn modelled(run: &Trace) -> Result<Modelled, NotModelled> {
    opened(export(run, Comments::None).expect("short segments"))
}

fn run(scenario: &Scenario) -> Trace {
    sim::run(scenario).expect("the scenario of a capture is valid")
}

/// The octets of each connection that carries some: the opener's, then the acceptor's. Connections that are opened at the
/// same time have no order.
fn said(trace: &Trace) -> Vec<[Vec<u8>; 2]> {
    let dissection = Dissection::new(trace);
    let mut said: BTreeMap<_, [Vec<u8>; 2]> = BTreeMap::new();
    for stream in dissection.streams.values() {
        said.entry(stream.connection).or_default()[stream.side as usize] = stream.octets.clone();
    }
    let mut said: Vec<_> = said.into_values().collect();
    said.sort();
    said
}

/// From the first segment to the arrival of the last one with octets.
fn takes(trace: &Trace) -> Duration {
    let mut with_octets = BTreeSet::new();
    let (mut first, mut last) = (None, None);
    for entry in &trace.entries {
        match &entry.event {
            Event::PacketSent { id, packet: Packet::Segment(segment), .. } => {
                first.get_or_insert(entry.at);
                if !segment.payload.is_empty() {
                    with_octets.insert(*id);
                }
            }
            Event::PacketDelivered { id } if with_octets.contains(id) => last = Some(entry.at),
            _ => {}
        }
    }
    last.expect("octets").since(first.expect("a segment"))
}

/// The lessons whose captures have whole exchanges; of dumb proxies the hang too.
const SAME: [&str; 19] = [
    "first-page",
    "segments",
    "socket-calls",
    "transaction-delay",
    "handshake-delay",
    "delayed-ack",
    "slow-start",
    "nagle",
    "time-wait",
    "connection-header",
    "serial",
    "parallel",
    "parallel-limits",
    "persistent",
    "keep-alive",
    "dumb-proxy",
    "proxy-connection",
    "proxy-chain",
    "http11-persistent",
];

#[test]
fn the_capture_of_a_lesson_is_run_with_the_same_messages() {
    let mut same = Vec::new();
    let mut refused: BTreeMap<NotModelled, Vec<&str>> = BTreeMap::new();
    for lesson in all() {
        let original = lesson.run(&KnobValues::defaults(lesson)).expect("it runs").trace;
        match modelled(&original) {
            Ok(modelled) => {
                assert_eq!(said(&run(&modelled.scenario)), said(&original), "{}", lesson.id);
                same.push(lesson.id);
            }
            Err(why) => refused.entry(why).or_default().push(lesson.id),
        }
    }
    assert_eq!(same, SAME);
    let expected = [
        (NotModelled::NoRequest, vec!["ping"]),
        (NotModelled::NotHttp, vec!["https", "four-tuple", "half-close"]),
        // Requests without a whole answer: what those lessons are about.
        (
            NotModelled::Incomplete,
            vec!["pipelining", "close-at-will", "truncation", "retry", "reset", "graceful-close"],
        ),
        // It answers by itself.
        (NotModelled::Proxy, vec!["caching-proxy"]),
    ];
    assert_eq!(refused, BTreeMap::from(expected));
}

#[test]
fn a_real_proxy_is_known_by_how_it_rewrites_heads() {
    let lesson = all().iter().find(|lesson| lesson.id == "connection-header").expect("a lesson");
    let knob = lesson.knobs.iter().find(|knob| knob.id == "proxy").expect("a knob");
    let KnobKind::Choice { values, .. } = knob.kind else { panic!("a choice") };
    let mut found = Vec::new();
    for value in values {
        let mut settings = KnobValues::defaults(lesson);
        settings.set(lesson, knob.id, value).expect("a value of the knob");
        let original = lesson.run(&settings).expect("it runs").trace;
        let modelled = modelled(&original).unwrap_or_else(|why| panic!("{value}: {why:?}"));
        assert_eq!(said(&run(&modelled.scenario)), said(&original), "{value}");
        found.extend(modelled.scenario.nodes.iter().filter_map(|node| match &node.role {
            RoleSpec::SmartProxy(spec) => Some((*value, spec.forwarding.clone())),
            _ => None,
        }));
    }
    assert_eq!(found.len(), values.len());
    assert!(found.iter().all(|(value, forwarding)| value == forwarding), "{found:?}");
}

/// What the client and the server of a capture do, in a few words.
fn roles(modelled: &Modelled) -> Vec<String> {
    let describe = |node: &NodeSpec| {
        let role = match &node.role {
            RoleSpec::Client(spec) => format!(
                "{} requests, {} at once, reuses {}, closes {}",
                spec.requests.len(),
                spec.pipeline,
                spec.reuses,
                spec.closes_when_done
            ),
            RoleSpec::OriginServer(spec) => format!(
                "{} resources, keeps {}, idle {}",
                spec.resources.len(),
                spec.keep_alive,
                spec.idle_timeout_us
            ),
            _ => node.role.key().to_owned(),
        };
        format!("{} {} {}: {role}", node.name, node.address, node.profile)
    };
    let link = |link: &LinkSpec| format!("{} -> {} {}", link.between.0, link.between.1, link.delay_us);
    modelled.scenario.nodes.iter().map(describe).chain(modelled.scenario.links.iter().map(link)).collect()
}

/// The initial window, the delayed ACK and Nagle's algorithm, where they are not those of the profile.
#[test]
fn stacks_are_told_from_their_segments() {
    let stacks = |run: &Trace| -> Vec<String> {
        let modelled = modelled(run).expect("it is whole");
        let describe = |node: &NodeSpec| {
            let (stack, profile) = (&node.stack, node.profile);
            format!("{profile} {:?} {:?} {:?}", stack.initial_window, stack.delayed_ack_us, stack.nagle)
        };
        modelled.scenario.nodes.iter().map(describe).collect()
    };
    let with = |id: &str, (knob, value): (&str, &str)| {
        let lesson = all().iter().find(|lesson| lesson.id == id).expect("a lesson");
        let mut values = KnobValues::defaults(lesson);
        values.set(lesson, knob, value).expect("a value of the knob");
        lesson.run(&values).expect("it runs").trace
    };
    for (id, setting, expected) in [
        ("slow-start", ("window", "1"), ["textbook None Some(Duration(0)) None", "textbook None None None"]),
        (
            "slow-start",
            ("window", "10"),
            ["textbook None Some(Duration(0)) None", "textbook Some(10) None None"],
        ),
        (
            "delayed-ack",
            ("timer", "0"),
            ["textbook None Some(Duration(0)) None", "textbook None Some(Duration(0)) None"],
        ),
        ("delayed-ack", ("timer", "200"), ["textbook None None None", "textbook None None None"]),
        ("nagle", ("nagle", "on"), ["textbook None None None", "textbook None None None"]),
        ("nagle", ("nagle", "off"), ["textbook Some(2) None Some(false)", "textbook None None None"]),
    ] {
        assert_eq!(stacks(&with(id, setting)), expected, "{id} {setting:?}");
    }
}

macro_rules! linux {
    ($name:literal) => {
        opened(Bytes::from_static(include_bytes!(concat!("data/", $name))))
    };
}

#[test]
fn captures_of_linux_are_run_with_their_distances_and_ends() {
    let modelled = linux!("pipeline-3-nginx.pcapng").expect("it is whole");
    let expected = [
        "client 192.0.2.1 linux: 3 requests, 3 at once, reuses true, closes true",
        "server 192.0.2.2 linux: 3 resources, keeps true, idle 0 ms",
        "client -> server 0.016 ms",
    ];
    assert_eq!(roles(&modelled), expected);
    let modelled = linux!("close-fourway-50msrtt.pcapng").expect("it is whole");
    let expected = [
        "client 10.7.0.1 linux: 1 requests, 1 at once, reuses true, closes true",
        "server 10.7.0.2 linux: 1 resources, keeps true, idle 0 ms",
        "client -> server 25.237 ms",
    ];
    assert_eq!(roles(&modelled), expected);
    for (modelled, why) in [
        (linux!("connect-closed-port.pcapng"), NotModelled::NoRequest),
        (linux!("timewait-60s.pcapng"), NotModelled::NotHttp),
        (linux!("trunc-short-cl-rst.pcapng"), NotModelled::Incomplete),
        // On loopback nothing tells that who asks the server is who was asked by the client.
        (linux!("dumb-connection-keepalive-hang.pcapng"), NotModelled::Incomplete),
    ] {
        assert_eq!(modelled, Err(why));
    }
}

/// A long capture is refused before its messages are looked at.
#[test]
fn a_capture_of_too_many_requests_is_refused() {
    let lesson = all().iter().find(|lesson| lesson.id == "persistent").expect("a lesson");
    let mut scenario = (*lesson.run(&KnobValues::defaults(lesson)).expect("it runs").trace.scenario).clone();
    let requests = vec![RequestSpec::get("/a"); MOST_REQUESTS + 1];
    scenario.nodes[0].role = RoleSpec::Client(ClientSpec::new("server", requests));
    let server =
        OriginServerSpec { resources: vec![ResourceSpec::new("/a", 10)], ..OriginServerSpec::default() };
    scenario.nodes[1].role = RoleSpec::OriginServer(server);
    assert_eq!(modelled(&run(&scenario)), Err(NotModelled::TooMuch));
    let RoleSpec::Client(client) = &mut scenario.nodes[0].role else { panic!("a client") };
    client.requests.pop();
    assert!(modelled(&run(&scenario)).is_ok());
}

#[test]
fn what_is_too_long_for_a_text_has_a_stand_in_of_its_length() {
    let mut server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/long", 90_000)],
        ..OriginServerSpec::default()
    };
    server.resources[0].content_type = "image/jpeg".to_owned();
    let upload = RequestSpec { method: "POST".to_owned(), body_len: 70_000, ..RequestSpec::get("/long") };
    let host = |name: &str, last: u8, role: RoleSpec| NodeSpec {
        name: name.to_owned(),
        address: [10, 0, 0, last].into(),
        profile: Default::default(),
        stack: StackSpec::default(),
        role,
    };
    let scenario = Scenario {
        name: String::new(),
        seed: 0,
        nodes: vec![
            host(
                "client",
                1,
                RoleSpec::Client(ClientSpec::new("server", vec![RequestSpec::get("/long"), upload])),
            ),
            host("server", 2, RoleSpec::OriginServer(server)),
        ],
        links: vec![LinkSpec {
            between: ("client".to_owned(), "server".to_owned()),
            delay_us: Duration::from_millis(10),
            bits_per_s: 0,
            queue_segments: None,
            impairments: Vec::new(),
        }],
        interventions: Vec::new(),
        limits: Default::default(),
    };
    let original = run(&scenario);
    let modelled = modelled(&original).expect("it is whole");
    assert_eq!((modelled.stand_ins, modelled.repeated), (2, 0));
    let again = run(&modelled.scenario);
    let lengths =
        |trace: &Trace| said(trace).iter().map(|two| two.each_ref().map(Vec::len)).collect::<Vec<_>>();
    assert_eq!(lengths(&again), lengths(&original));
    assert_eq!(takes(&again), takes(&original));
}
