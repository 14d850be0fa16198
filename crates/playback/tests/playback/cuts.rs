//! A run that is cut off: views of it show what had happened, and nothing that is told only by what comes later.

use std::rc::Rc;

use playground_core::event::{Entry, Event};
use playground_core::node::Asks;
use playground_core::tcp::{Buffer, Notice};
use playground_core::time::Instant;
use playground_playback::{
    Cursor, Dissection, FlightView, Frame, HeaderHops, Ladder, Packets, Series, holds,
};

use crate::runs::{self, Run};

/// The run cut off at a cursor.
fn cut(run: &Run, now: Cursor) -> Run {
    let trace = Rc::new(run.trace.until(now.index));
    let dissection = Dissection::new(&trace);
    let pace = Rc::new(run.pace.until(now.at));
    Run { name: run.name, trace, dissection, pace }
}

/// Places in a run: inside of instants, between them, and at the ends.
fn places(run: &Run) -> Vec<Cursor> {
    let count = run.trace.entries.len() as u32;
    let end = run.trace.end().as_micros();
    let by_index = (0..=12).map(|part| run.timeline(Vec::new()).at_index(count * part / 12));
    let by_time = (0..12).map(|part| Instant::from_micros(end * part / 12 + 1));
    by_index.chain(by_time.map(|at| Cursor::new(run.trace.applied_by(at), at))).collect()
}

/// Nothing names an entry that the cut took off, and nothing lies beyond the end of the axis.
#[test]
fn no_view_names_an_entry_to_come() {
    for run in runs::all() {
        for now in places(&run) {
            let cut = cut(&run, now);
            let is_past = |entry: u32| entry < now.index;
            let ladder = Ladder::new(&cut.trace, &cut.dissection, &cut.pace);
            for arrow in &ladder.arrows {
                assert!(is_past(arrow.entry) && arrow.ended.is_none_or(is_past), "{} {now:?}", run.name);
                assert!(arrow.y0 <= ladder.end && arrow.y1 <= ladder.end);
                let label = cut.dissection.segment(arrow.id).expect("labelled");
                if arrow.ended.is_none() {
                    assert!(arrow.lost.is_none() && (arrow.way < 1.0 || label.arrives <= now.at));
                }
            }
            assert!(ladder.notes.iter().all(|note| is_past(note.entry) && note.y <= ladder.end));
            assert!(ladder.bars.iter().all(|bar| is_past(bar.entry) && bar.until <= now.at));
            assert!(ladder.zigzags.iter().all(|zigzag| zigzag.y1 <= ladder.end));
            assert!(ladder.ticks.iter().all(|tick| tick.at <= now.at));
            let packets = Packets::new(&cut.trace, &cut.dissection);
            assert!(packets.rows.iter().all(|row| is_past(row.entry)), "{} {now:?}", run.name);
            let series = Series::new(&cut.trace, &cut.dissection);
            let points = series.sockets.iter().flat_map(|socket| &socket.points);
            assert!(points.into_iter().all(|point| is_past(point.entry)));
            assert!(holds(&cut.trace).iter().all(|hold| hold.to <= now.at));
            let hops = HeaderHops::new(&cut.trace, &cut.dissection);
            let columns =
                hops.exchanges.iter().flat_map(|exchange| exchange.request.iter().chain(&exchange.response));
            assert!(columns.into_iter().all(|column| is_past(column.entry)), "{} {now:?}", run.name);
        }
    }
}

/// What the whole run's picture shows at a moment does not know what comes: the picture of the run cut off there has
/// the same hosts and the same packets under way.
#[test]
fn the_stage_at_the_cut_is_that_of_the_whole_run() {
    for run in runs::all() {
        for now in places(&run) {
            let cut = cut(&run, now);
            let (whole, own) =
                (Frame::at(&run.trace, &run.dissection, now), Frame::at(&cut.trace, &cut.dissection, now));
            let flights = |frame: &Frame| -> Vec<_> {
                let flight = |flight: &FlightView| (flight.id, flight.entry, flight.kind);
                frame.flights.iter().map(flight).collect()
            };
            let in_flight = run.trace.world_after(now.index).in_flight;
            let shown: Vec<_> = own.flights.iter().map(|flight| flight.id).collect();
            assert!(in_flight.iter().all(|id| shown.contains(id)), "{} {now:?}", run.name);
            assert!(flights(&own).iter().all(|(id, ..)| run.dissection.segment(*id).is_some()));
            assert_eq!(whole.nodes.len(), own.nodes.len());
            for (one, other) in whole.nodes.iter().zip(&own.nodes) {
                assert_eq!(one.effects, other.effects, "{} {now:?}", run.name);
                assert_eq!(one.sockets.len(), other.sockets.len(), "{} {now:?}", run.name);
            }
        }
    }
}

/// Of octets that lie unread where a run is cut off, nobody knows yet whether they will be read.
#[test]
fn octets_are_called_unread_only_when_the_run_is_over() {
    let run = Run::of("dumb", &runs::chain(Asks::KeepAlive, runs::dumb()));
    let never_read = |run: &Run| {
        let ladder = Ladder::new(&run.trace, &run.dissection, &run.pace);
        ladder.notes.iter().filter(|note| note.phrase.key == "note-never-read").count()
    };
    assert_eq!(never_read(&run), 1);
    let is_discarded = |entry: &&Entry| {
        let of_input = |buffer: &Buffer| *buffer == Buffer::Receive;
        matches!(&entry.event, Event::Socket { notice: Notice::BytesDiscarded { buffer, .. }, .. } if of_input(buffer))
    };
    let discarded = run.trace.entries.iter().find(is_discarded).expect("a RST discards them");
    let before = Cursor::new(discarded.index, discarded.at);
    assert_eq!(never_read(&cut(&run, before)), 0);
    assert_eq!(never_read(&cut(&run, Cursor::new(discarded.index + 1, discarded.at))), 1);
}
