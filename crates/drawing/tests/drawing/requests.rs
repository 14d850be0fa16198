//! The states in the picture of requests: what the server has done, and what the client can know of it.

use playground_drawing::Hero;
use playground_lessons::View;
use playground_playback::{ClientSide, RequestTable, ServerSide};

use crate::runs::{moment, with_knobs};

fn requests(knobs: &[(&str, &str)], step: &str) -> RequestTable {
    let pictures = with_knobs("pipelining", knobs).expect("it has pictures");
    let now = moment(&pictures.run, step);
    match pictures.heroes.into_iter().find(|(view, _)| *view == View::Requests) {
        Some((_, Hero::Requests(view))) => view.at(now).expect("a request was sent"),
        other => panic!("{other:?}"),
    }
}

fn server(table: &RequestTable) -> Vec<ServerSide> {
    table.rows.iter().map(|row| row.server).collect()
}

fn client(table: &RequestTable) -> Vec<ClientSide> {
    table.rows.iter().map(|row| row.client).collect()
}

#[test]
fn all_requests_are_on_their_way_before_an_answer() {
    let table = requests(&[], "together");
    let labels: Vec<&str> = table.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["/1", "/2", "/3", "/4"]);
    assert!(table.rows.iter().all(|row| row.flight.as_ref().is_some_and(|flight| !flight.is_answer)));
    assert_eq!(server(&table), [ServerSide::Coming; 4]);
}

#[test]
fn requests_behind_a_slow_one_are_read_and_not_begun() {
    let table = requests(&[], "blocked");
    let [ServerSide::Answered, ServerSide::Works { waited, whole }, ServerSide::Queued, ServerSide::Queued] =
        server(&table)[..]
    else {
        panic!("{table:?}")
    };
    assert_eq!((whole.as_micros(), waited.as_micros()), (1_000_000, 500_000));
    // It is named once it is over: what holds them up is the question here.
    assert_eq!(table.blocking, None);
    let blocking = requests(&[], "order").blocking.expect("two were held up");
    assert_eq!((blocking.label.as_str(), blocking.count), ("/2", 2));
    assert!(blocking.waited <= whole && blocking.waited.as_micros() > 990_000);
}

#[test]
fn nobody_is_held_up_where_nothing_is_slow_or_nothing_waits() {
    for knobs in [[("slow", "0"), ("breaks", "never")], [("depth", "1"), ("breaks", "never")]] {
        assert_eq!(requests(&knobs, "order").blocking, None, "{knobs:?}");
    }
}

#[test]
fn the_client_cannot_tell_a_request_that_was_done_from_one_that_was_not() {
    let table = requests(&[], "unknown");
    assert_eq!(client(&table)[2..], [ClientSide::Unknown; 2]);
    assert_eq!(server(&table)[2..], [ServerSide::Done, ServerSide::NeverBegun]);
    assert!(table.is_broken);
}

#[test]
fn a_request_sent_again_is_the_same_row() {
    let table = requests(&[], "again");
    assert_eq!(table.rows.len(), 4);
    assert_eq!((table.rows[2].sent, table.rows[2].client), (2, ClientSide::Waits));
    assert_eq!(table.rows[3].client, ClientSide::Unknown);
}
