//! What TCP holds back, and how octets are labelled in a buffer that has a part of a message.

use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec};
use playground_core::sim::run;
use playground_core::time::Duration;
use playground_playback::{Cursor, Dissection, Frame, Held, TileStatus, holds};

use crate::runs;

/// A POST in two writes: its first 70 octets, then the rest.
fn in_two_writes(nagle: bool) -> playground_core::scenario::Scenario {
    let order = RequestSpec {
        method: "POST".to_owned(),
        body_len: 20,
        write_len: 70,
        text: Some("POST /a HTTP/1.1\nHost: a-host-of-so-many-octets\nContent-Length: 20".to_owned()),
        ..RequestSpec::get("/a")
    };
    let server =
        OriginServerSpec { resources: vec![ResourceSpec::new("/a", 10)], ..OriginServerSpec::default() };
    let mut scenario =
        runs::pair(ClientSpec::new("server", vec![order]), server, runs::link("client", "server"));
    scenario.nodes[0].stack.nagle = Some(nagle);
    scenario.nodes[1].stack.delayed_ack_us = Some(Duration::from_millis(200));
    scenario
}

#[test]
fn nagle_and_the_delay_hold_each_other() {
    let trace = run(&in_two_writes(true)).expect("sound");
    let holds = holds(&trace);
    let (data, ack) = (holds[0], holds[1]);
    assert_eq!((data.held, data.node.index(), ack.held, ack.node.index()), (Held::Data, 0, Held::Ack, 1));
    // The ACK waits for its timer, the data for the ACK.
    assert_eq!(ack.to.since(ack.from), Duration::from_millis(200));
    assert!(data.from < ack.from && ack.to < data.to);
    let without = run(&in_two_writes(false)).expect("sound");
    assert!(playground_playback::holds(&without).iter().all(|hold| hold.held == Held::Ack));
}

#[test]
fn the_part_of_a_message_that_is_held_is_named_by_its_octets() {
    let trace = run(&in_two_writes(true)).expect("sound");
    let dissection = Dissection::new(&trace);
    let ack = holds(&trace)[1];
    let cursor = Cursor { index: trace.applied_by(ack.from), at: ack.from };
    let frame = Frame::at(&trace, &dissection, cursor);
    let tiles: Vec<_> = frame.nodes[0]
        .sockets
        .iter()
        .flat_map(|socket| &socket.send.tiles)
        .map(|tile| (tile.label.to_string(), tile.status))
        .collect();
    assert_eq!(tiles.len(), 2, "{tiles:?}");
    assert_eq!(tiles[0], ("POST /a".to_owned(), TileStatus::InFlight));
    assert_eq!(tiles[1].1, TileStatus::Queued);
    assert!(tiles[1].0.starts_with("71–"), "{tiles:?}");
}
