//! The race: five runs of one page, what each costs, and what its connections are busy with.

use playground_core::node::LoadingPolicy;
use playground_core::sim::run;
use playground_core::time::Duration;
use playground_playback::{Lane, Race, StretchKind};

use crate::runs;

fn race() -> Race {
    Race::new(&run(&runs::page()).expect("sound")).expect("there is a browser")
}

fn lane(race: &Race, policy: LoadingPolicy) -> &Lane {
    race.lanes.iter().find(|lane| lane.policy == policy).expect("it takes part")
}

#[test]
fn each_policy_costs_what_can_be_counted_by_hand() {
    let race = race();
    for (policy, connections, round_trips) in [
        // Five times a handshake and a request, and one more round trip for the page's second segment.
        (LoadingPolicy::Serial, 5, 11),
        // The page's first segment names three images, whose handshakes and answers overlap; the fourth waits
        // for the page's own connection to end, one round trip later.
        (LoadingPolicy::Parallel, 5, 5),
        // One handshake, two for the page, one for each image.
        (LoadingPolicy::Persistent, 1, 7),
        (LoadingPolicy::ParallelPersistent, 4, 4),
        // One handshake, two for the page, and all images in the next.
        (LoadingPolicy::Pipelined, 1, 4),
    ] {
        let lane = lane(&race, policy);
        assert_eq!((lane.connections, lane.handshakes), (connections, connections), "{policy:?}");
        assert_eq!(lane.round_trips, round_trips, "{policy:?}");
        assert_eq!(lane.total, Some(Duration::from_millis(100 * u64::from(round_trips))), "{policy:?}");
        assert!(lane.first_paint.is_some_and(|paint| Some(paint) <= lane.total), "{policy:?}");
        assert_eq!(lane.failed, 0);
        assert_eq!(lane.bars.iter().map(|bar| bar.answers).sum::<u32>(), 5, "{policy:?}");
        assert_eq!(lane.is_current, policy == LoadingPolicy::Persistent);
    }
    assert_eq!(race.end, Duration::from_millis(1_100));
    // Fewer handshakes are fewer octets.
    let octets = |policy| lane(&race, policy).octets;
    assert!(octets(LoadingPolicy::Pipelined) < octets(LoadingPolicy::Persistent) + 1_000);
    assert!(octets(LoadingPolicy::Persistent) < octets(LoadingPolicy::Serial));
}

#[test]
fn a_connections_time_is_told_without_gaps() {
    for lane in &race().lanes {
        for bar in &lane.bars {
            assert_eq!(bar.stretches.first().map(|first| first.kind), Some(StretchKind::SetUp));
            for pair in bar.stretches.windows(2) {
                assert_eq!(pair[0].to, pair[1].from, "{lane:?}");
                assert_ne!(pair[0].kind, pair[1].kind, "{lane:?}");
            }
            assert!(bar.stretches.iter().all(|stretch| stretch.from < stretch.to), "{lane:?}");
        }
    }
    // One after another they need one row; at once, as many as there are at once.
    let rows = |policy| lane(&race(), policy).rows;
    assert_eq!(rows(LoadingPolicy::Serial), 1);
    assert_eq!(rows(LoadingPolicy::Parallel), 4);
    // The first connection of the serial lane, by hand: two segments of the page, 100 ms apart.
    let race = race();
    let told: Vec<(StretchKind, u64)> = lane(&race, LoadingPolicy::Serial).bars[0]
        .stretches
        .iter()
        .map(|stretch| (stretch.kind, stretch.to.since(stretch.from).as_micros() / 1_000))
        .collect();
    let expected = [
        (StretchKind::SetUp, 100),
        (StretchKind::Request, 50),
        (StretchKind::Waiting, 50),
        (StretchKind::Data, 100),
    ];
    assert_eq!(told, expected);
}

#[test]
fn pages_alone_can_race() {
    assert!(Race::new(&run(&runs::page()).expect("sound")).is_some());
    assert!(Race::new(&run(&runs::serial()).expect("sound")).is_none());
}

#[test]
fn the_winner_has_the_whole_page() {
    let race = race();
    let winner = race.winner().expect("somebody wins");
    assert!(race.lanes.iter().all(|lane| lane.total >= race.lanes[winner].total));
}
