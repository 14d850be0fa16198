//! Time-sequence graphs, brackets and findings of the packet list.

use std::collections::BTreeSet;

use playground_core::event::Event;
use playground_core::node::Asks;
use playground_core::time::Instant;
use playground_playback::{Bracket, BracketPart, Dissection, Packets, Sequence, SocketKey};

use crate::runs::{self, Run};

fn sequences(run: &Run) -> Vec<(SocketKey, Sequence)> {
    let packets = Packets::new(&run.trace, &run.dissection);
    let streams = run.dissection.streams.keys();
    streams
        .filter_map(|socket| {
            let sequence = Sequence::of(&run.trace, &run.dissection, &packets, *socket)?;
            Some((*socket, sequence))
        })
        .collect()
}

#[test]
fn what_is_sent_is_acknowledged_within_the_window() {
    let run = Run::of("losses", &runs::losses(20));
    let [(socket, sequence)] = &sequences(&run)[..] else { panic!("the server alone sends enough") };
    let sent = run.trace.entries.iter().filter(|entry| {
        matches!(&entry.event, Event::PacketSent { id, socket: Some(from), .. } if entry.node == socket.node
            && *from == socket.socket && run.dissection.segment(*id).is_some_and(|label| label.range.is_some()))
    });
    assert_eq!(sequence.segments.len(), sent.count());
    let mut edge = None;
    let mut next = 0;
    for segment in &sequence.segments {
        // In order, or again.
        assert!(segment.range.start == next || segment.again && segment.range.end <= next, "{segment:?}");
        next = next.max(segment.range.end);
        if let Some(answer) = sequence.answers.iter().rev().find(|answer| answer.entry < segment.entry) {
            assert!(segment.range.end <= answer.edge, "{segment:?} {answer:?}");
        }
    }
    for answer in &sequence.answers {
        assert!(Some(answer.edge) >= edge, "the edge goes back at {answer:?}");
        edge = Some(answer.edge);
    }
    assert_eq!(sequence.answers.last().expect("answers").acknowledged, sequence.end());
    assert!(sequence.segments.iter().any(|segment| segment.again));
    assert!(sequence.segments.iter().any(|segment| segment.lost.is_some_and(|lost| lost > segment.at)));
    assert!(sequence.answers.iter().any(|answer| answer.repeated));
}

/// The graph up to a moment is that of the run cut off there.
#[test]
fn nothing_beyond_a_moment_is_in_the_graph() {
    for run in
        [Run::of("losses", &runs::losses(20)), Run::of("dumb", &runs::chain(Asks::KeepAlive, runs::dumb()))]
    {
        for (socket, whole) in sequences(&run) {
            let end = run.trace.end().as_micros();
            for now in (1..20).map(|part| Instant::from_micros(end * part / 20)) {
                let trace = run.trace.until(run.trace.applied_by(now));
                let dissection = Dissection::new(&trace);
                let packets = Packets::new(&trace, &dissection);
                let (segments, answers) = whole.until(now);
                match Sequence::of(&trace, &dissection, &packets, socket) {
                    Some(cut) => {
                        let entries: Vec<u32> = cut.segments.iter().map(|segment| segment.entry).collect();
                        assert_eq!(entries, segments.iter().map(|segment| segment.entry).collect::<Vec<_>>());
                        assert_eq!(cut.answers, answers);
                        assert!(
                            cut.segments.iter().filter_map(|segment| segment.lost).all(|lost| lost <= now)
                        );
                        assert_eq!(cut.changed(now), whole.changed(now));
                    }
                    None => assert!(segments.len() < 4),
                }
            }
        }
    }
}

#[test]
fn a_bracket_holds_all_rows_of_a_connection() {
    for run in runs::all() {
        let packets = Packets::new(&run.trace, &run.dissection);
        let stream = |place: usize| packets.rows[place].analyzed.as_ref().map(|analyzed| analyzed.stream);
        for selected in 0..packets.rows.len() {
            let own: BTreeSet<usize> =
                (0..packets.rows.len()).filter(|place| stream(*place) == stream(selected)).collect();
            let Some(bracket) = Bracket::around(&packets, selected) else {
                assert_eq!(own.len(), 1, "{}", run.name);
                continue;
            };
            let parts: Vec<_> =
                packets.rows.iter().enumerate().map(|(place, row)| bracket.part(place, row)).collect();
            assert_eq!(parts[*own.first().expect("rows")], Some(BracketPart::First));
            assert_eq!(parts[*own.last().expect("rows")], Some(BracketPart::Last));
            for (place, part) in parts.iter().enumerate() {
                let is_own = part.is_some_and(|part| part != BracketPart::Passed);
                assert_eq!(is_own, own.contains(&place), "{} {place}", run.name);
            }
        }
    }
}

/// On a single link the analysis sees what the model knows: what is sent again has been seen before.
#[test]
fn the_analysis_finds_what_is_sent_again() {
    let run = Run::of("losses", &runs::losses(20));
    let packets = Packets::new(&run.trace, &run.dissection);
    let mut found = 0;
    for row in &packets.rows {
        let names: Vec<String> = row.findings().iter().map(ToString::to_string).collect();
        let again = [
            "TCP Retransmission",
            "TCP Fast Retransmission",
            "TCP Spurious Retransmission",
            "TCP Out-Of-Order",
        ];
        let is_found = names.iter().any(|name| again.contains(&name.as_str()));
        let label = run.dissection.segment(row.id).expect("labelled");
        assert_eq!(is_found, label.retransmission, "{} {names:?}", row.info);
        found += usize::from(is_found);
    }
    assert!(found > 0);
}
