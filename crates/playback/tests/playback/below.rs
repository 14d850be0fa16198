//! Datagrams and TLS in every view, and the components of delay.

use playground_core::event::{NodeId, Waiting};
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_playback::{
    Cursor, Dissection, Frame, Inspection, Ladder, LayerKind, Pace, Packets, SegmentKind, describe,
};

/// A client without an address, a switch, and a server for each thing it needs.
pub const STAR: &str = r#"{
    "nodes": [
        {"name": "client", "address": "0.0.0.0",
         "profile": "linux", "stack": {"nagle": false, "delayed_ack_us": 0, "dhcp": {}, "resolver": {},
            "tls": {"server_name": "www.a.com"}}, "role": {"client":
            {"connect_to": "server", "host": "www.a.com", "port": 443, "requests": [{"path": "/a"}],
             "closes_when_done": true}}},
        {"name": "switch", "address": "0.0.0.0", "role": {"switch": {}}},
        {"name": "dhcp", "address": "192.0.2.1", "role": {"dhcp-server":
            {"first": "192.0.2.10", "name_server": "192.0.2.53"}}},
        {"name": "dns", "address": "192.0.2.53", "role": {"dns-server":
            {"names": [{"name": "www.a.com", "address": "192.0.2.80"}]}}},
        {"name": "server", "address": "192.0.2.80", "profile": "linux",
         "stack": {"nagle": false, "delayed_ack_us": 0, "tls": {}}, "role": {"origin-server":
            {"port": 443, "resources": [{"path": "/a", "body_len": 100, "processing_us": 30000}]}}}
    ],
    "links": [
        {"between": ["client", "switch"], "delay_us": 10000},
        {"between": ["switch", "dhcp"], "delay_us": 10000},
        {"between": ["switch", "dns"], "delay_us": 10000},
        {"between": ["switch", "server"], "delay_us": 10000}
    ]
}"#;

/// Who has no address yet, or knows no name's, waits before there is a connection.
#[test]
fn waits_for_an_address_and_a_name_are_on_the_ladder() {
    let trace = run(&Scenario::from_json(STAR).expect("a scenario")).expect("it runs");
    let dissection = Dissection::new(&trace);
    let ladder = Ladder::new(&trace, &dissection, &Pace::new(&trace, &dissection));
    let waits: Vec<(Waiting, u64)> = ladder
        .bars
        .iter()
        .filter(|bar| bar.socket.is_none())
        .map(|bar| (bar.waiting, bar.until.since(bar.since).as_micros() / 40_000))
        .collect();
    // Four ways of 10 ms each: DISCOVER and OFFER, REQUEST and ACK, the question and its answer.
    assert_eq!(waits, [(Waiting::Address, 1), (Waiting::Address, 1), (Waiting::NameAnswer, 1)]);
}

#[test]
fn datagrams_and_records_are_seen_in_every_view() {
    let trace = run(&Scenario::from_json(STAR).expect("a scenario")).expect("it runs");
    let dissection = Dissection::new(&trace);
    let texts: Vec<&str> = dissection
        .segments
        .iter()
        .filter(|label| label.from == NodeId(0) && label.kind != SegmentKind::Ack)
        .map(|label| &*label.text)
        .collect();
    assert_eq!(
        texts,
        [
            "DHCP DISCOVER",
            "DHCP REQUEST 192.0.2.10",
            "DNS? www.a.com",
            "SYN",
            "ClientHello · www.a.com",
            "Finished",
            "App Data",
            "Alert",
            "FIN",
        ]
        .map(|text| if text == "Finished" || text == "Alert" { "App Data" } else { text })
    );
    let packets = Packets::new(&trace, &dissection);
    let mut protocols: Vec<&str> = packets.rows.iter().map(|row| row.protocol).collect();
    protocols.sort_unstable();
    protocols.dedup();
    assert_eq!(protocols, ["DHCP", "DNS", "TCP", "TLS"]);
    for label in &dissection.segments {
        let inspection = Inspection::of_segment(&trace, &dissection, label.id).expect("of each");
        assert!(inspection.layers.len() >= 2);
        assert_eq!(
            label.kind.is_datagram(),
            !inspection.layers.iter().any(|layer| layer.kind == LayerKind::Tcp)
        );
        assert!(describe(&trace, &dissection, label.sent).arg("segment").is_some());
    }
    // One connection, with a pipe on each of its two hops.
    let middle = dissection.segments.iter().find(|label| label.text.starts_with("ClientHello")).expect("it");
    let frame = Frame::at(&trace, &dissection, Cursor::new(middle.sent + 1, middle.departs));
    assert_eq!(
        frame.pipes.iter().map(|pipe| (pipe.left.0, pipe.right.0)).collect::<Vec<_>>(),
        [(0, 1), (1, 4)]
    );
    assert_eq!(frame.hidden_pipes, 0);
}
