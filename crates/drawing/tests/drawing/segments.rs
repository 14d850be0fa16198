//! The numbers in the pictures of segments: the gap, the ACKs, the round trips.

use playground_drawing::Hero;
use playground_lessons::{Value, View};
use playground_playback::{PiecePlace, PieceTable, WindowFate, WindowTable};

use crate::runs::{moment, with_knobs};

fn pieces(lesson: &str, step: &str) -> PieceTable {
    let pictures = with_knobs(lesson, &[]).expect("it has pictures");
    let now = moment(&pictures.run, step);
    match pictures.heroes.into_iter().find(|(view, _)| *view == View::Pieces) {
        Some((_, Hero::Pieces(view))) => view.at(now).expect("data was sent"),
        other => panic!("{other:?}"),
    }
}

fn round_trips(knobs: &[(&str, &str)], step: &str) -> WindowTable {
    let pictures = with_knobs("slow-start", knobs).expect("it has pictures");
    let now = moment(&pictures.run, step);
    match pictures.heroes.into_iter().find(|(view, _)| *view == View::Window) {
        Some((_, Hero::Window(view))) => view.at(now).expect("data was sent"),
        other => panic!("{other:?}"),
    }
}

fn counts(table: &WindowTable, series: usize) -> Vec<usize> {
    table.series[series].rounds.iter().map(|round| round.segments.len()).collect()
}

#[test]
fn a_segment_that_overtakes_leaves_a_gap_and_its_ack_repeats_the_number() {
    let table = pieces("segments", "gap");
    let first: Vec<u64> = table.pieces.iter().map(|piece| piece.first).collect();
    assert_eq!(first, [1, 1461, 2921, 4381]);
    let places: Vec<PiecePlace> = table.pieces.iter().map(|piece| piece.place).collect();
    assert_eq!(places, [PiecePlace::Received, PiecePlace::Gap, PiecePlace::Held, PiecePlace::Empty]);
    let acks: Vec<(u64, bool, usize)> =
        table.acks.iter().map(|ack| (ack.number, ack.repeats, ack.piece)).collect();
    assert_eq!(acks, [(1461, false, 0), (1461, true, 2)]);
}

#[test]
fn a_filled_gap_moves_the_ack_past_what_was_held() {
    let table = pieces("segments", "filled");
    assert_eq!(table.pieces[2].place, PiecePlace::Received);
    assert_eq!(table.acks.last().map(|ack| (ack.number, ack.piece)), Some((4381, 1)));
}

#[test]
fn headers_are_counted_once_the_message_is_whole() {
    assert_eq!(pieces("segments", "filled").cost, None);
    let cost = pieces("segments", "done").cost.expect("the page is whole");
    assert_eq!((cost.segments.len(), cost.headers(), cost.per_mille()), (4, 160, 30));
    assert_eq!(cost.data(), pieces("segments", "done").pieces.iter().map(|piece| piece.len).sum::<u64>());
}

#[test]
fn a_held_ack_stands_at_the_receiver_with_the_number_that_leaves_later() {
    let held = pieces("delayed-ack", "lone").held.expect("the client holds an ACK");
    assert_eq!((held.number, held.piece), (1461, 0));
    assert_eq!(held.waited.as_micros(), held.expires_at.since(held.set_at).as_micros() / 2);
    let sent = pieces("delayed-ack", "ack");
    assert_eq!((sent.held, sent.acks.len(), sent.acks[0].number), (None, 1, held.number));
}

#[test]
fn an_ack_rides_on_the_first_segment_of_the_answer() {
    let held = pieces("delayed-ack", "hold").held.expect("the server holds an ACK");
    let ride = pieces("delayed-ack", "ride");
    assert_eq!(ride.pieces[0].carries, Some(held.number));
    assert_eq!(ride.held, None);
}

#[test]
fn round_trips_double_and_a_used_connection_begins_wide() {
    let table = round_trips(&[], "second-done");
    assert_eq!(counts(&table, 0), [1, 2, 4, 8, 16, 32, 6]);
    assert_eq!(counts(&table, 1)[0], 44);
    let cwnd: Vec<u32> = table.series[0].rounds.iter().map(|round| round.cwnd_tenths).collect();
    assert_eq!(cwnd[..6], [10, 20, 40, 80, 160, 320]);
    assert!(table.series[0].is_first && !table.series[1].is_first);
    // The receiver's window of 64 kB is less than the sender's cwnd by then.
    let limits: Vec<Option<u32>> =
        table.series.iter().map(|series| series.peer_window_tenths.map(|tenths| tenths / 10)).collect();
    assert_eq!(limits, [None, Some(44)]);
}

#[test]
fn round_trips_agree_with_those_that_the_lesson_counts() {
    for (window, ack) in
        [("1", "off"), ("2", "off"), ("4", "off"), ("10", "off"), ("1", "on"), ("4", "octets")]
    {
        let table = round_trips(&[("window", window), ("ack", ack)], "done");
        let pictures =
            with_knobs("slow-start", &[("window", window), ("ack", ack)]).expect("it has pictures");
        let counted = pictures.run.facts.get("rounds").map(|value| format!("{value:?}"));
        let drawn: Vec<String> = counts(&table, 0).iter().map(usize::to_string).collect();
        assert_eq!(counted, Some(format!("Verbatim({:?})", drawn.join(", "))), "window {window}, ACKs {ack}");
    }
}

#[test]
fn a_lost_segment_is_marked_only_after_its_loss() {
    let knobs = [("loss", "middle")];
    let fates = |step: &str| -> Vec<(WindowFate, bool)> {
        let table = round_trips(&knobs, step);
        let rounds = table.series[0].rounds.iter().flat_map(|round| &round.segments);
        rounds.map(|segment| (segment.fate, segment.again)).collect()
    };
    assert!(fates("second").iter().all(|(fate, again)| *fate != WindowFate::Lost && !again));
    let growth = fates("growth");
    assert_eq!(growth.iter().filter(|(fate, _)| *fate == WindowFate::Lost).count(), 1);
    assert_eq!(fates("done").iter().filter(|(_, again)| *again).count(), 1);
}

#[test]
fn what_is_written_and_not_sent_is_what_the_text_still_has_to_send() {
    let pictures = with_knobs("slow-start", &[]).expect("it has pictures");
    let Some(Value::Count(segments)) = pictures.run.facts.get("segments") else { panic!("no segments") };
    assert_eq!(u64::from(round_trips(&[], "first").unsent), segments - 1);
    assert_eq!(round_trips(&[], "done").unsent, 0);
    // A congestion window of one segment: the rest of the page stays at the server.
    let table = pieces("delayed-ack", "lone");
    let whole = pieces("delayed-ack", "rest").pieces.iter().map(|piece| piece.len).sum::<u64>();
    assert_eq!((table.pieces.len(), table.unsent), (1, whole - table.pieces[0].len));
}

#[test]
fn a_new_connection_stands_below_the_one_before_it() {
    let pictures = with_knobs("serial", &[]).expect("it has pictures");
    let now = moment(&pictures.run, "slow");
    let Some((_, Hero::Window(view))) = pictures.heroes.iter().find(|(view, _)| *view == View::Window) else {
        panic!("no round trips")
    };
    let table = view.at(now).expect("data was sent");
    let labels: Vec<&str> = table.series.iter().map(|series| series.label.as_ref()).collect();
    assert_eq!(labels, ["200 /tools.html", "200 /tool-1.jpg"]);
    assert!(table.series.iter().all(|series| series.is_first));
    assert_eq!((counts(&table, 0), counts(&table, 1)), (vec![1, 1], vec![1]));
}
