//! How quickly a run is simulated, and how quickly any entry of a long trace is gone to.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::{Limits, LinkSpec, NodeSpec, Scenario, StackSpec};
use playground_core::sim::run;
use playground_core::tcp::ProfileName;
use playground_core::time::Duration;
use playground_core::trace::Trace;
use playground_core::wire::Packet;

fn main() {
    let trace = trace();
    println!("{} segments, {} entries", segments(&trace), trace.entries.len());
    divan::main();
}

/// A download of ten million octets: about ten thousand segments.
fn scenario() -> Scenario {
    let node = |name: &str, place: u8, role| NodeSpec {
        name: name.to_owned(),
        address: [10, 0, 0, place].into(),
        profile: ProfileName::Linux,
        stack: StackSpec::default(),
        role,
    };
    let resources = vec![ResourceSpec::new("/big", 10_000_000)];
    let server = OriginServerSpec { resources, ..OriginServerSpec::default() };
    Scenario {
        name: "big".to_owned(),
        seed: 1,
        nodes: vec![
            node("client", 1, RoleSpec::Client(ClientSpec::new("server", vec![RequestSpec::get("/big")]))),
            node("server", 2, RoleSpec::OriginServer(server)),
        ],
        links: vec![LinkSpec {
            between: ("client".to_owned(), "server".to_owned()),
            delay_us: Duration::from_millis(5),
            bits_per_s: 100_000_000,
            queue_segments: None,
            impairments: Vec::new(),
        }],
        interventions: Vec::new(),
        limits: Limits { entries: 1_000_000, ..Limits::default() },
    }
}

fn trace() -> Trace {
    run(&scenario()).expect("the scenario is sound")
}

fn segments(trace: &Trace) -> usize {
    trace
        .entries
        .iter()
        .filter(|entry| matches!(entry.event, Event::PacketSent { packet: Packet::Segment(_), .. }))
        .count()
}

/// Segments simulated a second, the snapshots of the trace included.
#[divan::bench(sample_count = 10)]
fn simulate(bencher: Bencher) {
    let scenario = scenario();
    let count = ItemsCount::new(segments(&trace()));
    bencher.counter(count).bench_local(|| run(black_box(&scenario)));
}

/// To an entry anywhere.
#[divan::bench]
fn seek_anywhere(bencher: Bencher) {
    let trace = trace();
    let count = trace.entries.len() as u32;
    let mut at = 0u32;
    bencher.bench_local(|| {
        at = (at.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)) % count;
        trace.world_after(black_box(at))
    });
}

/// One entry on, as the page does while it plays.
#[divan::bench]
fn step_on(bencher: Bencher) {
    let trace = trace();
    let middle = trace.entries.len() as u32 / 2;
    let world = trace.world_after(middle);
    let next = trace.entries[middle as usize].clone();
    bencher.bench_local(|| {
        let mut world = world.clone();
        world.apply(black_box(&next));
        world
    });
}

/// The notation of the whole trace.
#[divan::bench(sample_count = 20)]
fn notation(bencher: Bencher) {
    let trace = trace();
    bencher.bench_local(|| trace.notation());
}
