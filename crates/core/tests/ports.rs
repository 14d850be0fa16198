//! Port exhaustion: which side holds the 4-tuples, for how long, and what a run comes to when it is only
//! counted.

use playground_core::node::{AfterAnswer, LoadGeneratorSpec, OriginServerSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::{Limits, LinkSpec, NodeSpec, Scenario, StackSpec};
use playground_core::sim::{Counting, count, run};
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};
use playground_core::trace::{Count, Tally};

const SECOND: Duration = Duration::from_secs(1);

/// A client with the ports from 1,024 on; a transaction every `every_ms` for `seconds`.
fn scenario(profile: ProfileName, ports: u16, every_ms: u64, seconds: u64, after: AfterAnswer) -> Scenario {
    let load = LoadGeneratorSpec {
        connect_to: vec!["server".to_owned()],
        port: 80,
        path: "/".to_owned(),
        every_us: Duration::from_millis(every_ms),
        until_us: Instant::from_millis(seconds * 1_000),
        after_answer: after,
    };
    let resources = vec![ResourceSpec::new("/", 400)];
    let server = OriginServerSpec { resources, ..OriginServerSpec::default() };
    let node = |name: &str, place: u8, role| NodeSpec {
        name: name.to_owned(),
        address: [10, 0, 0, place].into(),
        profile,
        stack: StackSpec { ephemeral_ports: Some((1_024, 1_023 + ports)), ..StackSpec::default() },
        role,
    };
    Scenario {
        name: "ports".to_owned(),
        seed: 7,
        nodes: vec![
            node("client", 1, RoleSpec::LoadGenerator(load)),
            node("server", 2, RoleSpec::OriginServer(server)),
        ],
        links: vec![LinkSpec {
            between: ("client".to_owned(), "server".to_owned()),
            delay_us: Duration::from_millis(10),
            bits_per_s: 0,
            queue_segments: None,
            impairments: Vec::new(),
        }],
        interventions: Vec::new(),
        limits: Limits { entries: 1_000_000, connections: 100_000, ..Limits::default() },
    }
}

fn tally(scenario: &Scenario) -> Tally {
    count(scenario, SECOND).expect("the scenario is sound")
}

/// The same engine: what is counted on the way is what the kept trace says.
#[test]
fn a_run_that_is_only_counted_is_the_same_run() {
    for after in [AfterAnswer::Close, AfterAnswer::LetServerClose, AfterAnswer::Keep] {
        let scenario = scenario(ProfileName::Textbook, 20, 100, 10, after);
        let trace = run(&scenario).expect("the scenario is sound");
        assert_eq!(trace.stopped_by, None);
        let mut kept = Tally::new(scenario.nodes.len(), SECOND);
        trace.entries.iter().for_each(|entry| kept.apply(entry.at, entry.node, &entry.event));
        kept.finish();
        assert_eq!(tally(&scenario), kept, "{after:?}");
    }
}

/// What pauses between parts counts what a run in one go does.
#[test]
fn a_run_in_parts_is_the_same_run() {
    let scenario = scenario(ProfileName::Textbook, 20, 100, 10, AfterAnswer::Close);
    let mut counting = Counting::new(&scenario, SECOND).expect("the scenario is sound");
    let mut last = Instant::ZERO;
    while counting.go_on(7) {
        assert!(counting.now() >= last, "time goes on");
        last = counting.now();
    }
    assert!(!counting.go_on(7), "over is over");
    assert_eq!(counting.finish(), tally(&scenario));
}

/// Linux 6.18, a range of 10 ports, the client closes first: 10 connections, the 11th connect() is
/// EADDRNOTAVAIL at once; the first that succeeds again comes after TIME-WAIT, 60 s nominal.
#[test]
fn ten_ports_are_ten_connections_until_time_wait_is_over() {
    let tally = tally(&scenario(ProfileName::Linux, 10, 500, 70, AfterAnswer::Close));
    let client = &tally.nodes[0];
    let opened: Vec<u32> = client.stretches.iter().map(|count| count.opened).collect();
    assert_eq!(opened[..5], [2; 5], "ten in the first five seconds");
    assert_eq!(opened[5..60].iter().sum::<u32>(), 0, "then none");
    assert_eq!(opened[60..66].iter().sum::<u32>(), 10, "and each port once more");
    assert_eq!(client.stretches[30], Count { opened: 0, refused: 2, completed: 0, time_wait: 10 });
    assert_eq!(tally.nodes[1].total.time_wait, 0);
}

/// The same with `Connection: close`: the server closes first and holds the 4-tuples, and takes a new SYN for
/// one of them.
#[test]
fn the_side_that_closes_first_holds_the_ports() {
    let tally = tally(&scenario(ProfileName::Linux, 10, 500, 70, AfterAnswer::LetServerClose));
    let (client, server) = (&tally.nodes[0].total, &tally.nodes[1].total);
    assert_eq!((client.opened, client.refused, client.time_wait), (140, 0, 0));
    // Linux tries even ports first, and five of the ten are always free again at the client.
    assert_eq!((client.completed, server.time_wait), (140, 5));
}

#[test]
fn a_kept_connection_uses_one_port_for_everything() {
    let tally = tally(&scenario(ProfileName::Textbook, 10, 500, 70, AfterAnswer::Keep));
    let client = &tally.nodes[0].total;
    assert_eq!((client.opened, client.refused, client.completed), (1, 0, 140));
}

/// The book's sum, at a tenth of its size in both: 6,000 ports / 12 s = 500 connections a second, however many
/// are wanted.
#[test]
fn ports_over_two_msl_is_the_most_that_can_be_sustained() {
    let mut scenario = scenario(ProfileName::Textbook, 6_000, 1, 24, AfterAnswer::Close);
    scenario.nodes[0].stack.max_segment_lifetime_us = Some(Duration::from_secs(6));
    let tally = tally(&scenario);
    let client = &tally.nodes[0];
    assert_eq!(tally.stopped_by, None);
    let in_one_cycle: u32 = client.stretches[..12].iter().map(|count| count.opened).sum();
    assert_eq!(in_one_cycle, 6_000);
    // A transaction takes a round trip before its TIME-WAIT begins, so the second cycle is a little later.
    assert!((11_900..=12_000).contains(&client.total.opened), "{}", client.total.opened);
    assert_eq!(client.total.time_wait, 6_000);
}

/// A request that the send buffer cannot hold at once is written as there is room.
#[test]
fn a_long_path_is_asked_for_in_full() {
    for after in [AfterAnswer::Close, AfterAnswer::LetServerClose, AfterAnswer::Keep] {
        let mut scenario = scenario(ProfileName::Textbook, 20, 100, 1, after);
        if let RoleSpec::LoadGenerator(load) = &mut scenario.nodes[0].role {
            load.path = format!("/{}", "x".repeat(3_000));
        }
        scenario.nodes[0].stack.send_buffer = Some(1_000);
        let client = tally(&scenario).nodes[0].total;
        assert!(client.completed > 0 && client.completed >= client.opened, "{after:?}: {client:?}");
    }
}
