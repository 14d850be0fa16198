//! Whatever is run, every view of it can be computed.

use playground_core::event::NodeId;
use playground_core::node::{Asks, RoleSpec};
use playground_core::scenario::{Direction, Impairment, ImpairmentKind};
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};
use playground_playback::{
    Cursor, Frame, FrameCursor, HeaderHops, Inspection, Ladder, Packets, Series, SocketKey, SocketTable,
    StateDiagram, Why, describe,
};
use proptest::prelude::*;
use strum::VariantArray;

use crate::runs::{self, Run};

fn view_everything(run: &Run, places: &[f64]) {
    let ladder = Ladder::new(&run.trace, &run.dissection, &run.pace);
    let packets = Packets::new(&run.trace, &run.dissection);
    assert_eq!(ladder.arrows.len(), packets.rows.len());
    let hops = HeaderHops::new(&run.trace, &run.dissection);
    let series = Series::new(&run.trace, &run.dissection);
    assert!(series.sockets.len() <= run.dissection.streams.len());
    let diagram = StateDiagram::new();
    let mut cache = FrameCursor::new();
    let count = run.trace.entries.len() as u32;
    for place in places {
        let at = Instant::from_micros((run.trace.end().as_micros() as f64 * place) as u64);
        for index in [run.trace.applied_by(at), (f64::from(count) * place) as u32] {
            let cursor = Cursor::new(index, at);
            let frame = cache.frame(&run.trace, &run.dissection, cursor);
            assert_eq!(frame, Frame::at(&run.trace, &run.dissection, cursor));
            for node in &frame.nodes {
                let table = SocketTable::at(&run.trace, &run.dissection, cursor, node.id);
                for row in table.rows {
                    let _ = diagram.position(&run.trace, &run.dissection, cursor, row.key);
                }
            }
            assert!(
                frame.flights.iter().all(|flight| {
                    Inspection::of_segment(&run.trace, &run.dissection, flight.id).is_some()
                })
            );
            let _ = (hops.current(cursor), packets.shown_at(cursor));
            let _ =
                (describe(&run.trace, &run.dissection, index), Why::of(&run.trace, &run.dissection, index));
        }
    }
    let nobody = SocketKey::new(NodeId(99), playground_core::tcp::SocketId(99));
    assert!(series.of(nobody).is_none() && run.dissection.connection_of(nobody).is_none());
}

#[test]
fn the_ready_made_runs() {
    let places: Vec<f64> = (0..=20).map(|place| f64::from(place) / 20.0).collect();
    for run in runs::all() {
        view_everything(&run, &places);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_run(
        is_dumb in any::<bool>(),
        asks in prop_oneof![
            Just(Asks::Nothing), Just(Asks::KeepAlive), Just(Asks::ProxyConnection), Just(Asks::Close)
        ],
        profiles in prop::collection::vec(prop::sample::select(ProfileName::VARIANTS.to_vec()), 3),
        loss in 0_u16..150,
        delays in prop::collection::vec(0_u64..120_000, 2),
        rate in prop_oneof![Just(0_u64), 20_000_u64..20_000_000],
        queue in prop::option::of(1_u32..6),
        seed in any::<u64>(),
        head in prop::option::of("[ -~]{0,59}[!-~]"),
        places in prop::collection::vec(0.0_f64..1.0, 8),
    ) {
        let mut scenario = runs::chain(asks, if is_dumb { runs::dumb() } else { runs::smart() });
        scenario.seed = seed;
        scenario.limits.entries = 6_000;
        for (node, profile) in scenario.nodes.iter_mut().zip(profiles) {
            node.profile = profile;
        }
        for (link, delay) in scenario.links.iter_mut().zip(delays) {
            link.delay_us = Duration::from_micros(delay);
            link.bits_per_s = rate;
            link.queue_segments = queue;
            let kind = ImpairmentKind::Loss { per_mille: loss };
            for direction in [Direction::Forward, Direction::Backward] {
                link.impairments.push(Impairment { direction, kind: kind.clone() });
            }
        }
        if let RoleSpec::Client(client) = &mut scenario.nodes[0].role {
            client.requests[1].text = head.map(|head| head.replace('\\', "\\\\"));
        }
        if let RoleSpec::OriginServer(server) = &mut scenario.nodes[2].role {
            server.resources[0].body_len = (seed % 9_000) as u32;
        }
        view_everything(&Run::of("any", &scenario), &places);
    }
}
