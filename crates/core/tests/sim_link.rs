//! Link impairments: scripted and random losses, a full queue, a cut cable, interventions.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{DropReason, Event};
use playground_core::node::ScriptCall;
use playground_core::scenario::{
    Action, Direction, Impairment, ImpairmentKind, Intervention, Moment, Scenario,
};
use playground_core::tcp::ProfileName;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_core::wire::Packet;
use support::ms;
use support::scenes::{chain, lines_between, script, trace};

/// A client that writes 20,000 octets in 20 calls to a server that reads.
fn scenario() -> Scenario {
    let mut calls = vec![(0, ScriptCall::Connect { to: "server".to_owned(), port: 80 })];
    for index in 0..20 {
        calls.push((100 + index, ScriptCall::Send { socket: 0, text: "x".repeat(1_000), times: 1 }));
    }
    let server = vec![(0, ScriptCall::Listen { port: 80 }), (90, ScriptCall::ReadAll { socket: 0 })];
    let mut scenario =
        chain(ProfileName::Linux, ms(20), vec![("client", script(calls)), ("server", script(server))]);
    scenario.nodes[0].stack.nagle = Some(false);
    scenario
}

fn with(kind: ImpairmentKind) -> Scenario {
    let mut scenario = scenario();
    scenario.links[0].impairments = vec![Impairment { direction: Direction::Forward, kind }];
    scenario
}

/// The places, among the client's data segments from 1, of those that were lost, and why.
fn lost(trace: &Trace) -> Vec<(usize, DropReason)> {
    let mut place = 0;
    let mut places = std::collections::BTreeMap::new();
    let mut lost = Vec::new();
    for entry in &trace.entries {
        match &entry.event {
            Event::PacketSent { id, packet: Packet::Segment(segment), .. }
                if entry.node.0 == 0 && !segment.payload.is_empty() =>
            {
                place += 1;
                places.insert(*id, place);
            }
            Event::PacketDropped { id, reason } => lost.extend(places.get(id).map(|place| (*place, *reason))),
            _ => {}
        }
    }
    lost
}

fn received(trace: &Trace) -> u64 {
    let world = trace.world_after(u32::MAX);
    world.nodes[1].sockets.values().map(|socket| socket.read).sum()
}

#[test]
fn scripted_fates_hit_the_segment_they_name() {
    for (kind, expected) in [
        (ImpairmentKind::Drop { nth: 3, data_only: true }, vec![(3, DropReason::Scripted)]),
        // The SYN and the ACK of the handshake are the first two.
        (ImpairmentKind::Drop { nth: 3, data_only: false }, vec![(1, DropReason::Scripted)]),
        (ImpairmentKind::Corrupt { nth: 5, data_only: true }, vec![(5, DropReason::Corrupted)]),
        (ImpairmentKind::Delay { nth: 5, data_only: true, by_us: ms(30) }, vec![]),
    ] {
        let trace = trace(&with(kind));
        assert_eq!(lost(&trace), expected);
        assert_eq!(received(&trace), 20_000);
    }
}

#[test]
fn seeded_losses_stay_where_they_are_when_something_else_is_lost_too() {
    let random = ImpairmentKind::Loss { per_mille: 150 };
    let first = lost(&trace(&with(random.clone())));
    let mut scenario = with(random);
    let drop = ImpairmentKind::Drop { nth: 20, data_only: true };
    scenario.links[0].impairments.push(Impairment { direction: Direction::Forward, kind: drop });
    let second = lost(&trace(&scenario));
    let early = |lost: &[(usize, DropReason)]| -> Vec<(usize, DropReason)> {
        lost.iter().copied().filter(|(place, _)| *place < 15).collect()
    };
    assert!(!early(&first).is_empty());
    assert_eq!(early(&first), early(&second));
}

#[test]
fn a_short_queue_drops_what_does_not_fit() {
    let mut scenario = scenario();
    scenario.links[0].bits_per_s = 100_000;
    scenario.links[0].queue_segments = Some(3);
    let trace = trace(&scenario);
    assert!(lost(&trace).iter().all(|(_, reason)| *reason == DropReason::QueueFull));
    assert!(!lost(&trace).is_empty());
    assert_eq!(received(&trace), 20_000);
}

#[test]
fn a_rate_spaces_the_segments_out() {
    let mut scenario = scenario();
    scenario.links[0].bits_per_s = 1_000_000;
    let arrivals: Vec<u64> = trace(&scenario)
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::PacketSent { packet: Packet::Segment(segment), arrives, .. }
                if segment.payload.len() == 1_000 =>
            {
                Some(arrives.as_micros())
            }
            _ => None,
        })
        .collect();
    // 1,000 octets, 40 of headers and 12 of timestamps at one bit a microsecond.
    assert!(arrivals.windows(2).all(|pair| pair[1] - pair[0] >= 1_052 * 8), "{arrivals:?}");
}

#[test]
fn what_a_person_does_happens_at_its_time() {
    let at = |millis, action| Intervention { after: Moment::start_of(Instant::from_millis(millis)), action };
    let between = || ("server".to_owned(), "client".to_owned());
    let node = || "client".to_owned();
    let run = |interventions| {
        let mut scenario = scenario();
        scenario.interventions = interventions;
        trace(&scenario)
    };
    let dropped = run(vec![at(104, Action::DropNext { node: node() })]);
    assert_eq!(lost(&dropped), [(5, DropReason::Scripted)]);
    assert_eq!(received(&dropped), 20_000);

    let cut = run(vec![
        at(104, Action::PullCable { between: between() }),
        at(2_000, Action::PutCableBack { between: between() }),
    ]);
    assert!(lost(&cut).iter().all(|(_, reason)| *reason == DropReason::LinkDown));
    assert_eq!(received(&cut), 20_000);

    let aborted = run(vec![at(150, Action::Abort { node: node(), socket: 0 })]);
    assert!(lines_between(&aborted, "client", "server").iter().any(|line| line.contains("[R.]")));
    let closed = run(vec![at(500, Action::Close { node: node(), socket: 0 })]);
    assert!(lines_between(&closed, "client", "server").iter().any(|line| line.contains("[F.]")));
    // A socket that does not exist says EBADF and nothing else.
    let nothing = run(vec![at(1, Action::Close { node: node(), socket: 77 })]);
    assert_eq!(received(&nothing), 20_000);
}

#[test]
fn the_next_segment_is_one_segment_where_a_node_has_two_links() {
    use playground_core::http::Version;
    use playground_core::node::{Asks, RoleSpec};
    use support::scenes::{origin, smart, two_requests};

    let roles = vec![
        ("client", RoleSpec::Client(two_requests("proxy", Version::Http11, Asks::Nothing))),
        ("proxy", smart("server", 80, false, support::secs(0))),
        ("server", RoleSpec::OriginServer(origin(Version::Http11))),
    ];
    let mut scenario = chain(ProfileName::Textbook, ms(10), roles);
    let action = Action::DropNext { node: "proxy".to_owned() };
    scenario.interventions =
        vec![Intervention { after: Moment::start_of(Instant::from_millis(300)), action }];
    let trace = trace(&scenario);
    let scripted = |event: &Event| matches!(event, Event::PacketDropped { reason: DropReason::Scripted, .. });
    assert_eq!(trace.entries.iter().filter(|entry| scripted(&entry.event)).count(), 1);
}

/// Randomly reordered and corrupted segments: the same at every run of a seed, and what is read is what was written.
#[test]
fn random_reordering_and_corruption_are_the_seeds() {
    let reordered = with(ImpairmentKind::Reorder { per_mille: 300, by_us: ms(30) });
    let trace_of = |seed: u64, scenario: &Scenario| trace(&Scenario { seed, ..scenario.clone() });
    let arrivals = |trace: &Trace| -> Vec<u32> {
        let sent = |entry: &playground_core::event::Entry| match &entry.event {
            Event::PacketDelivered { id, .. } if entry.node.0 == 1 => Some(id.0),
            _ => None,
        };
        trace.entries.iter().filter_map(sent).collect()
    };
    let first = arrivals(&trace_of(1, &reordered));
    assert!(!first.is_sorted(), "some overtake others");
    assert_eq!(first, arrivals(&trace_of(1, &reordered)));
    assert_ne!(first, arrivals(&trace_of(2, &reordered)));
    let all = with(ImpairmentKind::Reorder { per_mille: 1_000, by_us: ms(30) });
    assert!(arrivals(&trace_of(1, &all)).is_sorted(), "where all are late none overtakes");

    let noisy = with(ImpairmentKind::Noise { per_mille: 150 });
    let corrupted = lost(&trace_of(1, &noisy));
    assert!(!corrupted.is_empty() && corrupted.iter().all(|(_, reason)| *reason == DropReason::Corrupted));
    assert_eq!(lost(&trace_of(1, &with(ImpairmentKind::Noise { per_mille: 0 }))), []);
    for scenario in [&reordered, &noisy] {
        assert_eq!(received(&trace_of(1, scenario)), 20_000);
    }
}
