//! Captures of Linux opened: states, losses, start lines.
//!
//! `tests/data`: two kernels (Linux 6.18) in network namespaces, 10.7.0.1 the client, 10.7.0.2 the server, and tcpdump
//! at the client; programs on loopback, 127.0.0.1 by port.

use bytes::Bytes;
use playground_capture::open::{LeftOut, Opened, open};
use playground_core::event::Event;
use playground_core::node::{BuildRole, CapturedPart, RoleSpec};
use playground_core::rule::Rule;
use playground_core::tcp::Notice;
use playground_playback::Dissection;

macro_rules! capture {
    ($name:literal) => {
        open(&Bytes::from_static(include_bytes!(concat!("data/", $name)))).expect("a capture")
    };
}

/// The states of one node's sockets, from left to right, without listening ones: `2: SYN-RECEIVED ESTABLISHED`.
fn states(opened: &Opened, node: &str) -> Vec<String> {
    let mut found: Vec<(u32, String)> = Vec::new();
    for entry in &opened.trace.entries {
        let Event::Socket { socket, notice } = &entry.event else { continue };
        if opened.trace.scenario.nodes[entry.node.index()].name != node {
            continue;
        }
        match notice {
            Notice::Opened { .. } => found.push((socket.0, format!("{}:", socket.0))),
            Notice::StateChanged { to, .. } => {
                if let Some((_, line)) = found.iter_mut().find(|(id, _)| *id == socket.0) {
                    line.push_str(&format!(" {to}"));
                }
            }
            _ => {}
        }
    }
    found.into_iter().map(|(_, line)| line).collect()
}

/// The segments that were lost: when they were sent, and their labels.
fn losses(opened: &Opened) -> Vec<String> {
    let dissection = Dissection::new(&opened.trace);
    let lost = dissection.segments.iter().filter(|label| label.lost.is_some());
    lost.map(|label| format!("{} {}", label.departs, label.text)).collect()
}

fn start_lines(opened: &Opened) -> Vec<String> {
    let dissection = Dissection::new(&opened.trace);
    let lines = dissection.streams.values().flat_map(|stream| &stream.messages);
    lines.map(|message| message.start_line.to_string()).collect()
}

#[test]
fn closing_is_told_as_the_kernels_did_it() {
    for (opened, client, server) in [
        (
            capture!("close-fourway-50msrtt.pcapng"),
            "FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT",
            "CLOSE-WAIT LAST-ACK CLOSED",
        ),
        (capture!("close-threeway.pcapng"), "FIN-WAIT-1 TIME-WAIT", "CLOSE-WAIT LAST-ACK CLOSED"),
        (
            capture!("close-simultaneous.pcapng"),
            "FIN-WAIT-1 CLOSING TIME-WAIT",
            "FIN-WAIT-1 CLOSING TIME-WAIT",
        ),
        (capture!("half-close.pcapng"), "FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT", "CLOSE-WAIT LAST-ACK CLOSED"),
        (capture!("close-with-unread-data.pcapng"), "CLOSED", "CLOSED"),
    ] {
        assert_eq!(states(&opened, "10.7.0.1"), [format!("1: SYN-SENT ESTABLISHED {client}")]);
        assert_eq!(states(&opened, "10.7.0.2"), [format!("2: SYN-RECEIVED ESTABLISHED {server}")]);
        assert!(opened.about.is_estimated && opened.about.left_out.is_empty());
    }
}

#[test]
fn four_values_used_again_are_other_connections() {
    let opened = capture!("timewait-60s.pcapng");
    assert_eq!(
        states(&opened, "10.7.0.1"),
        [
            "1: SYN-SENT ESTABLISHED FIN-WAIT-1 TIME-WAIT",
            "2: SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED",
            "3: SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT",
        ]
    );
}

#[test]
fn what_was_sent_in_vain_is_lost() {
    let refused = capture!("connect-closed-port.pcapng");
    assert_eq!(states(&refused, "10.7.0.1"), ["1: SYN-SENT CLOSED"]);
    assert_eq!(states(&refused, "10.7.0.2"), Vec::<String>::new());
    let silent = capture!("syn-timeout-linear0.pcapng");
    assert_eq!(states(&silent, "10.7.0.1"), ["1: SYN-SENT"]);
    assert_eq!(losses(&silent).len(), 7);
    assert!(!silent.about.is_estimated);
    // Seven time-outs; the eighth copy is acknowledged.
    let timeouts = losses(&capture!("rto-backoff-7.pcapng"));
    let expected = ["0.076", "0.332", "0.844", "1.868", "3.916", "8.012", "16.204"];
    assert_eq!(timeouts.len(), expected.len(), "{timeouts:?}");
    for (lost, at) in timeouts.iter().zip(expected) {
        assert!(lost.starts_with(&at[..3]) && lost.ends_with(" 1–500"), "{lost}");
    }
}

#[test]
fn start_lines_are_found_and_hosts_on_loopback_are_told_by_their_ports() {
    let hang = capture!("dumb-connection-keepalive-hang.pcapng");
    let parts: Vec<_> = hang
        .trace
        .scenario
        .nodes
        .iter()
        .map(|node| match &node.role {
            RoleSpec::Captured(seen) => (node.name.as_str(), seen.part),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        parts,
        [
            ("127.0.0.1", CapturedPart::Client),
            (":9200", CapturedPart::Server),
            (":9100", CapturedPart::Server)
        ]
    );
    assert_eq!(
        start_lines(&hang),
        [
            "GET http://127.0.0.1:9100/f HTTP/1.0",
            "GET http://127.0.0.1:9100/g HTTP/1.0",
            "GET /f HTTP/1.0",
            "HTTP/1.1 200 OK",
            "HTTP/1.1 200 OK"
        ]
    );
    let reset = "1: SYN-SENT ESTABLISHED CLOSED";
    assert_eq!(states(&hang, "127.0.0.1"), [reset, "2: SYN-SENT ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"]);
    let pipelined = capture!("pipeline-3-nginx.pcapng");
    let (requests, responses) =
        (["GET /slow HTTP/1.1", "GET /f HTTP/1.1", "GET /g HTTP/1.1"], ["HTTP/1.1 200 OK"; 3]);
    assert_eq!(start_lines(&pipelined), [requests, responses].concat());
}

#[test]
fn packets_that_the_capture_cut_are_counted() {
    for (opened, cut) in
        [(capture!("zero-window-probe.pcapng"), 21), (capture!("loss-fastretransmit-reno-nosack.pcapng"), 29)]
    {
        assert_eq!(opened.about.left_out, [(LeftOut::Cut, cut)]);
        assert_eq!(opened.about.packets, opened.about.segments + cut);
    }
}

#[test]
fn reasons_that_no_segment_tells_are_not_made_up() {
    let opened = capture!("close-fourway-50msrtt.pcapng");
    for entry in &opened.trace.entries {
        match &entry.event {
            Event::PacketDelivered { .. } => assert_eq!(entry.rule, Rule::EstimatedTime),
            Event::Socket { notice: Notice::BytesQueued { .. } | Notice::Listening { .. }, .. } => {
                assert_eq!(entry.rule, Rule::NotInCapture);
            }
            _ => {}
        }
        assert!(entry.cause.is_none_or(|cause| cause < entry.index));
    }
    assert!(opened.trace.entries.is_sorted_by_key(|entry| entry.at));
    // It is shown, and never run.
    let problem = opened.trace.scenario.nodes[0].role.problem();
    assert_eq!(problem.map(|(field, _)| field).as_deref(), Some("part"));
    assert!(opened.trace.scenario.validate().is_err());
}
