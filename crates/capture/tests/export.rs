//! A trace goes through a file: what is exported is read back.

use bytes::Bytes;
use playground_capture::octets::{Checksums, identification};
use playground_capture::pcapng::{Comments, LinkType, export, read};
use playground_core::event::Event;
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::trace::Trace;
use playground_core::wire::Packet;

const SCENARIO: &str = r#"{
    "nodes": [
        {"name": "client", "address": "10.0.0.1", "profile": "linux", "role": {"client":
            {"connect_to": "proxy", "port": 8080, "host": "server", "absolute_form": true,
             "requests": [{"path": "/a"}], "closes_when_done": true}}},
        {"name": "proxy", "address": "10.0.0.2", "profile": "bsd", "role": {"smart-proxy": {"next": "server"}}},
        {"name": "server", "address": "10.0.0.3", "role": {"origin-server":
            {"idle_timeout_us": 1000000, "resources": [{"path": "/a", "body_len": 5000}]}}}
    ],
    "links": [
        {"between": ["client", "proxy"], "delay_us": 1000, "bits_per_s": 10000000},
        {"between": ["proxy", "server"], "delay_us": 20000}
    ]
}"#;

fn trace() -> Trace {
    run(&Scenario::from_json(SCENARIO).expect("a scenario")).expect("it runs")
}

#[test]
fn every_segment_is_a_packet_on_its_hop_at_its_time() {
    let trace = trace();
    let file = export(&trace, Comments::None).expect("short segments");
    let capture = read(&Bytes::from(file)).expect("a whole file");
    let names: Vec<_> = capture.interfaces.iter().map(|interface| interface.name.as_deref()).collect();
    assert_eq!(names, [Some("client-proxy"), Some("proxy-server")]);
    assert!(capture.interfaces.iter().all(|interface| interface.link_type == LinkType::RAW));

    let imported = capture.segments(Checksums::Checked);
    assert_eq!(imported.skipped, []);
    let mut read = imported.segments.iter();
    for entry in &trace.entries {
        let Event::PacketSent { id, hop, packet: Packet::Segment(segment), .. } = &entry.event else {
            continue;
        };
        let timed = read.next().expect("a packet for each segment");
        assert_eq!(&timed.segment, segment.as_ref());
        assert_eq!(timed.at, entry.at);
        let packet = &capture.packets[timed.packet];
        assert_eq!(packet.interface, hop.index());
        assert_eq!(packet.octets[4..6], identification(*id).to_be_bytes());
        assert!(packet.comments.is_empty());
    }
    assert_eq!(read.next(), None);
    assert!(!imported.segments.is_empty());
}

#[test]
fn comments_walk_the_causes() {
    let trace = trace();
    let file = export(&trace, Comments::Causes).expect("short segments");
    let capture = read(&Bytes::from(file)).expect("a whole file");
    let sent = trace
        .entries
        .iter()
        .filter(|entry| matches!(entry.event, Event::PacketSent { packet: Packet::Segment(_), .. }));
    for (packet, entry) in capture.packets.iter().zip(sent) {
        let [comment] = &packet.comments[..] else { panic!("one comment each") };
        let causes = trace.causes(entry.index);
        let lines: Vec<_> = comment.lines().collect();
        assert_eq!(lines.len(), causes.len().min(9), "{comment}");
        for (line, cause) in lines.iter().zip(&causes[..causes.len().min(8)]) {
            assert!(line.starts_with(&format!("entry {} ", cause.index)), "{comment}");
            assert!(line.contains(cause.rule.key()) && line.contains(cause.rule.source()), "{comment}");
        }
    }
}

#[test]
fn the_same_trace_gives_the_same_file() {
    assert_eq!(export(&trace(), Comments::Causes), export(&trace(), Comments::Causes));
}
