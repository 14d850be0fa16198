//! Ports at real scale: 60,000 of them, each in TIME-WAIT for 120 s, a thousand connections wanted a second.

use std::time::Instant as WallClock;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use playground_core::node::{AfterAnswer, LoadGeneratorSpec, OriginServerSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::{Limits, LinkSpec, NodeSpec, Scenario, StackSpec};
use playground_core::sim::count;
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};

fn main() {
    let started = WallClock::now();
    let tally = count(&scenario(), Duration::from_secs(1)).expect("the scenario is sound");
    let took = started.elapsed();
    let client = &tally.nodes[0].total;
    println!(
        "{} connections, {} refused, {} segments in {took:?}: {:.0} connections/s",
        client.opened,
        client.refused,
        tally.segments,
        f64::from(client.opened) / took.as_secs_f64(),
    );
    divan::main();
}

/// 120 s, in which each port is used once.
fn scenario() -> Scenario {
    let load = LoadGeneratorSpec {
        connect_to: vec!["server".to_owned()],
        port: 80,
        path: "/".to_owned(),
        every_us: Duration::from_millis(1),
        until_us: Instant::from_millis(120_000),
        after_answer: AfterAnswer::Close,
    };
    let server =
        OriginServerSpec { resources: vec![ResourceSpec::new("/", 400)], ..OriginServerSpec::default() };
    let node = |name: &str, place: u8, role| NodeSpec {
        name: name.to_owned(),
        address: [10, 0, 0, place].into(),
        profile: ProfileName::Textbook,
        stack: StackSpec { ephemeral_ports: Some((5_536, 65_535)), ..StackSpec::default() },
        role,
    };
    Scenario {
        name: "ports".to_owned(),
        seed: 1,
        nodes: vec![
            node("client", 1, RoleSpec::LoadGenerator(load)),
            node("server", 2, RoleSpec::OriginServer(server)),
        ],
        links: vec![LinkSpec {
            between: ("client".to_owned(), "server".to_owned()),
            delay_us: Duration::from_millis(50),
            bits_per_s: 0,
            queue_segments: None,
            impairments: Vec::new(),
        }],
        interventions: Vec::new(),
        limits: Limits::MOST,
    }
}

/// Connections simulated a second, when nothing of the run is kept.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn count_60_000_connections(bencher: Bencher) {
    let scenario = scenario();
    bencher
        .counter(ItemsCount::new(60_000usize))
        .bench_local(|| count(black_box(&scenario), Duration::from_secs(1)));
}
