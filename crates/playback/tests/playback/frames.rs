//! The stage at every entry and between them.

use playground_core::event::Event;
use playground_core::tcp::{Buffer, Notice};
use playground_core::time::Instant;
use playground_core::wire::Packet;
use playground_playback::{Cursor, FlightPhase, Frame, FrameCursor, LaneState, PipePhase, TileStatus};

use crate::runs::{self, Run};

/// Cursors after each entry, and in the middle between two instants.
fn cursors(run: &Run) -> Vec<Cursor> {
    let mut cursors = vec![Cursor::START];
    let entries = &run.trace.entries;
    for (place, entry) in entries.iter().enumerate() {
        cursors.push(Cursor::new(place as u32 + 1, entry.at));
        if let Some(next) = entries.get(place + 1)
            && next.at > entry.at
        {
            let middle = entry.at.as_micros().midpoint(next.at.as_micros());
            cursors.push(Cursor::new(place as u32 + 1, Instant::from_micros(middle)));
        }
    }
    cursors
}

#[test]
fn a_frame_does_not_depend_on_how_one_came_to_it() {
    for run in runs::all() {
        let cursors = cursors(&run);
        let every = cursors.len().div_ceil(1_500);
        let mut forward = FrameCursor::new();
        let mut frames = Vec::new();
        for cursor in &cursors {
            frames.push(forward.frame(&run.trace, &run.dissection, *cursor));
        }
        let mut backward = FrameCursor::new();
        for (cursor, frame) in cursors.iter().zip(&frames).rev().step_by(every) {
            assert_eq!(
                backward.frame(&run.trace, &run.dissection, *cursor),
                *frame,
                "{} {cursor:?}",
                run.name
            );
            assert_eq!(Frame::at(&run.trace, &run.dissection, *cursor), *frame, "{} {cursor:?}", run.name);
        }
    }
}

#[test]
fn what_a_frame_shows_stays_within_its_bounds() {
    for run in runs::all() {
        let mut cache = FrameCursor::new();
        for cursor in cursors(&run) {
            let frame = cache.frame(&run.trace, &run.dissection, cursor);
            for flight in &frame.flights {
                assert!((0.0..=1.0).contains(&flight.progress), "{} {flight:?}", run.name);
                if let FlightPhase::Lost { fall, .. } = flight.phase {
                    assert!((0.0..=1.0).contains(&fall));
                }
            }
            for pipe in &frame.pipes {
                assert!(pipe.opacity > 0.0 && pipe.opacity <= 1.0);
                assert!(pipe.left < pipe.right && pipe.row < pipe.rows);
            }
            for socket in frame.nodes.iter().flat_map(|node| &node.sockets) {
                for buffer in [&socket.send, &socket.receive] {
                    let octets = |status: &dyn Fn(TileStatus) -> bool| -> u64 {
                        let tiles = buffer.tiles.iter().filter(|tile| status(tile.status));
                        tiles.map(|tile| tile.range.end - tile.range.start).sum()
                    };
                    if buffer.hidden_tiles == 0 {
                        assert_eq!(octets(&|status| status != TileStatus::Discarded), buffer.used);
                    }
                    assert!(buffer.tiles.iter().all(|tile| tile.range.start < tile.range.end));
                }
                for timer in &socket.timers {
                    assert!((0.0..=1.0).contains(&timer.fraction(cursor.at)));
                }
            }
        }
    }
}

#[test]
fn an_index_beyond_the_end_means_the_end() {
    for run in runs::all() {
        let end = run.trace.entries.len() as u32;
        let at = run.trace.end();
        let last = Frame::at(&run.trace, &run.dissection, Cursor::new(end, at));
        let beyond = Frame::at(&run.trace, &run.dissection, Cursor::new(u32::MAX, at));
        assert_eq!(Frame { cursor: last.cursor, ..beyond }, last);
    }
}

#[test]
fn a_segment_is_under_way_from_its_sending_to_its_end() {
    for run in runs::all() {
        let mut cache = FrameCursor::new();
        for entry in &run.trace.entries {
            let after = cache.frame(&run.trace, &run.dissection, Cursor::new(entry.index + 1, entry.at));
            match &entry.event {
                Event::PacketSent { id, packet: Packet::Segment(_), .. } => {
                    assert!(after.flights.iter().any(|flight| flight.id == *id), "{} {id:?}", run.name);
                }
                Event::PacketDelivered { id } => {
                    assert!(after.flights.iter().all(|flight| flight.id != *id));
                }
                Event::PacketDropped { id, .. } => {
                    let flight = after.flights.iter().find(|flight| flight.id == *id);
                    assert!(matches!(flight.map(|flight| flight.phase), Some(FlightPhase::Lost { .. })));
                }
                _ => {}
            }
        }
    }
}

#[test]
fn unread_answers_lie_in_the_buffer_as_tiles_until_the_reset_breaks_them() {
    let run = Run::of("reset", &runs::reset(Default::default(), 500));
    let discarded = run
        .trace
        .entries
        .iter()
        .find(|entry| {
            let discards = matches!(
                entry.event,
                Event::Socket { notice: Notice::BytesDiscarded { buffer: Buffer::Receive, .. }, .. }
            );
            discards && entry.node.0 == 0
        })
        .expect("the textbook's RST discards");
    let before = Frame::at(&run.trace, &run.dissection, Cursor::new(discarded.index, discarded.at));
    let after = Frame::at(&run.trace, &run.dissection, Cursor::new(discarded.index + 1, discarded.at));
    let labels = |frame: &Frame, status: TileStatus| -> Vec<String> {
        let tiles = frame.nodes[0].sockets.iter().flat_map(|socket| &socket.receive.tiles);
        tiles.filter(|tile| tile.status == status).map(|tile| tile.label.to_string()).collect()
    };
    let ten: Vec<String> = (1..=10).map(|n| format!("200 /{n}")).collect();
    assert_eq!(labels(&before, TileStatus::Unread), ten);
    assert_eq!(labels(&after, TileStatus::Unread), Vec::<String>::new());
    assert_eq!(labels(&after, TileStatus::Discarded), ten);
    assert_eq!(after.pipes[0].rightward, LaneState::Reset);
    // In the end the client's last call says why.
    let end = Frame::at(&run.trace, &run.dissection, Cursor::new(u32::MAX, run.trace.end()));
    let socket = &end.nodes[0].sockets[0];
    assert!(socket.was_reset);
    let calls: Vec<String> = run
        .trace
        .entries
        .iter()
        .filter_map(|entry| playground_playback::CallView::of(&run.trace, entry.index))
        .map(|call| call.result)
        .collect();
    assert!(calls.iter().any(|result| result == "-1 ECONNRESET"), "{calls:?}");
}

#[test]
fn a_half_close_closes_one_lane() {
    let runs = runs::all();
    let run = runs.iter().find(|run| run.name == "script").expect("listed");
    let mut cache = FrameCursor::new();
    let mut phases = Vec::new();
    for cursor in cursors(run) {
        let frame = cache.frame(&run.trace, &run.dissection, cursor);
        if let Some(pipe) = frame.pipes.first() {
            let now = (pipe.rightward, pipe.leftward, pipe.phase);
            if phases.last() != Some(&now) {
                phases.push(now);
            }
        }
    }
    assert_eq!(
        phases,
        [
            (LaneState::NotYet, LaneState::NotYet, PipePhase::Opening),
            (LaneState::Open, LaneState::NotYet, PipePhase::Opening),
            (LaneState::Open, LaneState::Open, PipePhase::Open),
            (LaneState::Closed, LaneState::Open, PipePhase::Closing),
            (LaneState::Closed, LaneState::Closed, PipePhase::Closing),
            (LaneState::Closed, LaneState::Closed, PipePhase::TimeWait),
            (LaneState::Closed, LaneState::Closed, PipePhase::Gone),
        ]
    );
}

#[test]
fn frames_are_cheap() {
    // Ten times the room that the page needs, because a test build is slow.
    let run = Run::of("dumb", &runs::chain(playground_core::node::Asks::KeepAlive, runs::dumb()));
    let cursors = cursors(&run);
    let mut cache = FrameCursor::new();
    let started = std::time::Instant::now();
    for cursor in &cursors {
        std::hint::black_box(cache.frame(&run.trace, &run.dissection, *cursor));
    }
    let each = started.elapsed() / cursors.len() as u32;
    assert!(each < std::time::Duration::from_millis(2), "{each:?} a frame");
}
