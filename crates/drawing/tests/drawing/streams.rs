//! The numbers in the picture of buffers: where each message is, what was promised, what is lost.

use playground_drawing::Hero;
use playground_lessons::View;
use playground_playback::{BufferLane, BufferTable, LaneKind, Promise, TilePlace};

use crate::runs::{moment, with_knobs};

fn buffers(lesson: &str, knobs: &[(&str, &str)], step: &str) -> BufferTable {
    let pictures = with_knobs(lesson, knobs).expect("it has pictures");
    let now = moment(&pictures.run, step);
    match pictures.heroes.into_iter().find(|(view, _)| *view == View::Buffers) {
        Some((_, Hero::Buffers(view))) => view.at(now),
        other => panic!("{other:?}"),
    }
}

fn count(lane: &BufferLane, place: TilePlace) -> usize {
    lane.tiles.iter().filter(|tile| tile.place == place).count()
}

#[test]
fn answers_that_nobody_reads_fill_the_buffer_and_are_lost_with_the_reset() {
    let table = buffers("reset", &[], "answers");
    let [lane] = table.lanes.as_slice() else { panic!("{table:?}") };
    assert_eq!((lane.kind, lane.read, lane.written), (LaneKind::Responses, 0, 10));
    assert_eq!((count(lane, TilePlace::Unread), count(lane, TilePlace::OnItsWay)), (2, 8));
    let table = buffers("reset", &[], "arrives");
    let [lane] = table.lanes.as_slice() else { panic!("{table:?}") };
    assert_eq!(count(lane, TilePlace::Discarded), 10);
    assert_eq!(lane.read, 0);
}

#[test]
fn a_stack_that_keeps_its_buffer_lets_the_application_read_it() {
    for profile in ["linux", "bsd"] {
        let knobs = [("profile", profile)];
        let lane = &buffers("reset", &knobs, "arrives").lanes[0];
        assert_eq!((count(lane, TilePlace::Unread), count(lane, TilePlace::Discarded)), (10, 0), "{profile}");
        let lane = &buffers("reset", &knobs, "score").lanes[0];
        assert_eq!((count(lane, TilePlace::Read), lane.read), (10, 10), "{profile}");
    }
}

#[test]
fn octets_are_in_one_place_each() {
    for (lesson, knobs, step) in [
        ("reset", vec![("size", "30000")], "arrives"),
        ("reset", vec![("size", "30000"), ("profile", "linux")], "score"),
        ("reset", vec![], "answers"),
        ("truncation", vec![], "client"),
        ("half-close", vec![], "score"),
        ("half-close", vec![("how", "both")], "score"),
    ] {
        for lane in &buffers(lesson, &knobs, step).lanes {
            let whole: u64 = lane.tiles.iter().map(|tile| tile.octets).sum();
            let labels: std::collections::BTreeSet<_> = lane.tiles.iter().map(|tile| &tile.label).collect();
            assert_eq!(labels.len() as u32, lane.written, "{lesson} {step}: {lane:?}");
            let pictures = with_knobs(lesson, &knobs).expect("it has pictures");
            let world = pictures.run.trace.world_after(moment(&pictures.run, step).index);
            let written =
                world.nodes.iter().flat_map(|node| node.sockets.values()).any(|s| s.written == whole);
            assert!(written, "{lesson} {step}: {whole} octets in tiles, and no socket wrote as many");
        }
    }
}

#[test]
fn a_promised_length_is_counted_and_missed() {
    let lane = &buffers("keep-alive", &[], "whole").lanes[0];
    let body = lane.body.expect("a body");
    assert_eq!((Promise::Length(body.read), body.cut_off), (body.promise, None));

    let lane = &buffers("truncation", &[], "promise").lanes[0];
    let body = lane.body.expect("a body");
    assert_eq!((body.read, body.promise, body.cut_off), (600, Promise::Length(1000), None));
    let lane = &buffers("truncation", &[], "proxy").lanes[0];
    assert_eq!(lane.body.expect("a body").cut_off, Some(Some(400)));
}

#[test]
fn without_a_length_nothing_is_known_to_be_missing() {
    let lanes = buffers("truncation", &[], "ends").lanes;
    let bodies: Vec<_> = lanes.iter().filter_map(|lane| lane.body).collect();
    // The proxy does not know the length, so it sends chunks.
    assert_eq!(
        bodies.iter().map(|body| body.promise).collect::<Vec<_>>(),
        [Promise::UntilClose, Promise::Chunked]
    );
    assert!(bodies.iter().all(|body| body.cut_off.is_none() && body.read == 600));
    let lane = &buffers("truncation", &[("length", "chunked")], "proxy").lanes[0];
    let body = lane.body.expect("a body");
    assert_eq!((body.promise, body.cut_off), (Promise::Chunked, Some(None)));
}

#[test]
fn requests_are_shown_until_the_first_answer() {
    let table = buffers("reset", &[], "pipeline");
    let [lane] = table.lanes.as_slice() else { panic!("{table:?}") };
    assert_eq!((lane.kind, lane.written), (LaneKind::Requests, 10));
}
