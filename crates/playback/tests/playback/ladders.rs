//! The ladder: an arrow for each segment, words that can be read.

use playground_core::event::{Event, Waiting};
use playground_core::node::Asks;
use playground_core::time::Instant;
use playground_core::wire::Packet;
use playground_playback::{Ladder, NOTE_KEYS, SegmentKind, Value};

use crate::runs::{self, Run};

fn ladder(run: &Run) -> Ladder {
    Ladder::new(&run.trace, &run.dissection, &run.pace)
}

#[test]
fn every_segment_sent_is_an_arrow() {
    for run in runs::all() {
        let ladder = ladder(&run);
        let sent: Vec<u32> = run
            .trace
            .entries
            .iter()
            .filter(|entry| matches!(entry.event, Event::PacketSent { packet: Packet::Segment(_), .. }))
            .map(|entry| entry.index)
            .collect();
        let arrows: Vec<u32> = ladder.arrows.iter().map(|arrow| arrow.entry).collect();
        assert_eq!(arrows, sent, "{}", run.name);
        assert_eq!(ladder.lifelines.len(), run.trace.scenario.nodes.len());
        for arrow in &ladder.arrows {
            assert!(arrow.y0 <= arrow.y1 && arrow.x0 != arrow.x1 && !arrow.label.is_empty());
            assert_eq!(
                arrow.lost.is_some(),
                arrow.ended.is_some_and(|entry| {
                    matches!(run.trace.entries[entry as usize].event, Event::PacketDropped { .. })
                })
            );
        }
    }
}

#[test]
fn the_axis_of_the_ladder_is_the_pace() {
    for run in runs::all() {
        let ladder = ladder(&run);
        assert_eq!(ladder.end, run.pace.view_end());
        for pair in ladder.ticks.windows(2) {
            assert!(pair[0].y < pair[1].y && pair[0].at < pair[1].at, "{}", run.name);
        }
        for tick in &ladder.ticks {
            assert_eq!(run.pace.to_view(tick.at), tick.y);
        }
        assert_eq!(ladder.ticks[0].at, Instant::ZERO);
        assert_eq!(ladder.zigzags.len(), run.pace.compressed().count());
        assert!(ladder.ticks.len() < 2_000);
    }
}

#[test]
fn words_do_not_cover_each_other() {
    for run in runs::all() {
        let ladder = ladder(&run);
        let y = |arrow: &playground_playback::Arrow, along: f64| {
            arrow.y0.as_secs() + (arrow.y1.as_secs() - arrow.y0.as_secs()) * along
        };
        let placed: Vec<(f64, f64, f64)> = ladder
            .arrows
            .iter()
            .filter_map(|arrow| {
                let along = arrow.label_at?;
                let x = arrow.x0 + (arrow.x1 - arrow.x0) * along;
                Some((x, y(arrow, along) * Ladder::PIXELS_PER_SECOND, arrow.label.chars().count() as f64))
            })
            .collect();
        let lines = ladder.lifelines.len() as f64;
        for (place, a) in placed.iter().enumerate() {
            for b in &placed[place + 1..] {
                // Places as wide as the layout took them for: 240 px from line to line.
                let apart = (a.0 - b.0).abs() * lines * 240.0;
                let wide = (a.2 + b.2) * 7.4 / 2.0;
                assert!(apart >= wide || (a.1 - b.1).abs() >= 14.0, "{}: {a:?} {b:?}", run.name);
            }
        }
    }
}

#[test]
fn messages_keep_their_words_in_a_lesson() {
    for name in ["dumb", "smart", "reset", "script"] {
        let runs = runs::all();
        let run = runs.iter().find(|run| run.name == name).expect("listed");
        for arrow in &ladder(run).arrows {
            let label = run.dissection.segment(arrow.id).expect("labelled");
            if arrow.kind != SegmentKind::Ack && (arrow.kind != SegmentKind::Data || label.begins_message) {
                assert!(arrow.label_at.is_some(), "{name}: {} has no room", arrow.label);
            }
        }
    }
}

#[test]
fn the_dumb_proxys_ladder_reads_as_the_book_tells_it() {
    let run = Run::of("dumb", &runs::chain(Asks::KeepAlive, runs::dumb()));
    let ladder = ladder(&run);
    let words: Vec<&str> = ladder
        .arrows
        .iter()
        .filter(|arrow| arrow.kind != SegmentKind::Ack)
        .map(|arrow| arrow.label.as_ref())
        .collect();
    assert_eq!(
        words,
        [
            "SYN",
            "SYN, ACK",
            "GET /a · Keep-Alive",
            "SYN",
            "SYN, ACK",
            "GET /a · Keep-Alive",
            "200 /a · Keep-Alive",
            "200 /a · Keep-Alive",
            "GET /b · Keep-Alive",
            "FIN",
            "RST",
            "FIN",
        ]
    );
    // Request 2 lies unread at the proxy, and the client waits.
    let unread = ladder.notes.iter().find(|note| note.phrase.key == "note-never-read").expect("a remark");
    assert_eq!(unread.node.0, 1);
    assert_eq!(unread.phrase.arg("message"), Some(&Value::Text("GET /b".to_owned())));
    let waits = |node: u16, waiting: Waiting| {
        ladder.bars.iter().any(|bar| bar.node.0 == node && bar.waiting == waiting)
    };
    assert!(waits(0, Waiting::Response) && waits(1, Waiting::ServerClose));
}

#[test]
fn notes_have_known_keys_and_bars_do_not_overlap_in_a_column() {
    for run in runs::all() {
        let ladder = ladder(&run);
        for note in &ladder.notes {
            assert!(NOTE_KEYS.contains(&note.phrase.key), "{}", note.phrase.key);
        }
        for (place, a) in ladder.notes.iter().enumerate() {
            for b in ladder.notes[place + 1..].iter().filter(|b| b.node == a.node) {
                let end = a.y.as_micros() + u64::from(a.line + 1) * Ladder::LINE_VIEW_US;
                assert!(b.y.as_micros() + u64::from(b.line) * Ladder::LINE_VIEW_US >= end, "{}", run.name);
            }
        }
        for (place, a) in ladder.bars.iter().enumerate() {
            assert!(a.since < a.until && a.waiting != Waiting::Nothing);
            for b in &ladder.bars[place + 1..] {
                let same = a.node == b.node && a.column == b.column;
                assert!(!same || a.until <= b.since || b.until <= a.since, "{}", run.name);
            }
        }
    }
}
