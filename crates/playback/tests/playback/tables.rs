//! Packet list, socket table, state diagram, graphs.

use playground_core::event::{Event, NodeId};
use playground_core::node::Asks;
use playground_core::tcp::{State, TRANSITIONS, Timer, Trigger};
use playground_core::time::Instant;
use playground_core::wire::Packet;
use playground_playback::{Cursor, Packets, Series, SocketKey, SocketTable, StateDiagram, TimerKind};
use strum::VariantArray;

use crate::runs::{self, Run};

#[test]
fn the_packet_list_reads_as_packet_tools_print_it() {
    let run = Run::of("dumb", &runs::chain(Asks::KeepAlive, runs::dumb()));
    let packets = Packets::new(&run.trace, &run.dissection);
    let info: Vec<&str> = packets.rows.iter().map(|row| row.info.as_str()).collect();
    assert_eq!(info[0], "49152 → 8080 [SYN] Seq=0 Win=65535 Len=0 MSS=1460");
    assert_eq!(info[1], "8080 → 49152 [SYN, ACK] Seq=0 Ack=1 Win=65535 Len=0 MSS=1460");
    assert_eq!(info[2], "49152 → 8080 [ACK] Seq=1 Ack=1 Win=65535 Len=0");
    assert_eq!(info[3], "GET http://www.joes-hardware.com/a HTTP/1.0 Seq=1 Ack=1 Win=65535 Len=100");
    assert_eq!((packets.rows[3].protocol, packets.rows[0].protocol), ("HTTP", "TCP"));
    assert_eq!(packets.shown_at(Cursor::START), 0);
    assert_eq!(packets.shown_at(Cursor::new(u32::MAX, Instant::ZERO)), packets.rows.len());
}

#[test]
fn rows_are_segments() {
    for run in runs::all() {
        let packets = Packets::new(&run.trace, &run.dissection);
        let sent = run
            .trace
            .entries
            .iter()
            .filter(|entry| matches!(entry.event, Event::PacketSent { packet: Packet::Segment(_), .. }))
            .count();
        assert_eq!(packets.rows.len(), sent, "{}", run.name);
        for (place, row) in packets.rows.iter().enumerate() {
            assert_eq!(row.number as usize, place + 1);
            assert!(row.connection.is_some(), "{}: {} belongs to no connection", run.name, row.info);
        }
    }
}

#[test]
fn the_diagram_is_the_table() {
    let diagram = StateDiagram::new();
    let drawn: usize = diagram.edges.iter().map(|edge| edge.triggers.len()).sum();
    assert_eq!(drawn, TRANSITIONS.len());
    for transition in TRANSITIONS {
        let edge = diagram.edge(transition.from, transition.trigger).expect("drawn");
        assert_eq!(diagram.edges[edge].to, transition.to);
    }
    assert_eq!(diagram.nodes.len(), State::VARIANTS.len());
    for (place, a) in diagram.nodes.iter().enumerate() {
        assert!(a.x - a.width / 2.0 > 0.0 && a.x + a.width / 2.0 < StateDiagram::WIDTH);
        assert!(a.y - a.height / 2.0 > 0.0 && a.y + a.height / 2.0 < StateDiagram::HEIGHT);
        for b in &diagram.nodes[place + 1..] {
            assert!((a.x - b.x).abs() > a.width || (a.y - b.y).abs() > a.height, "{} {}", a.state, b.state);
        }
    }
    let bundled = diagram.edges.iter().filter(|edge| edge.bundled);
    for edge in bundled {
        assert!(
            edge.to == State::Closed && edge.triggers.iter().all(|(trigger, _)| *trigger != Trigger::Close)
        );
    }
}

#[test]
fn edges_begin_and_end_at_their_states() {
    let diagram = StateDiagram::new();
    let node = |state: State| diagram.nodes.iter().find(|node| node.state == state).expect("every state");
    for edge in &diagram.edges {
        let numbers: Vec<f64> = edge.path.split_whitespace().filter_map(|part| part.parse().ok()).collect();
        let ends = [(node(edge.from), &numbers[..2]), (node(edge.to), &numbers[numbers.len() - 2..])];
        for (node, point) in ends {
            let (dx, dy) = ((point[0] - node.x).abs(), (point[1] - node.y).abs());
            let on_border = (dx <= node.width / 2.0 + 0.1 && (dy - node.height / 2.0).abs() < 0.1)
                || (dy <= node.height / 2.0 + 0.1 && (dx - node.width / 2.0).abs() < 0.1);
            assert!(on_border, "{} to {}: {}", edge.from, edge.to, edge.path);
        }
    }
}

#[test]
fn a_socket_walks_along_edges_of_the_diagram() {
    let diagram = StateDiagram::new();
    for run in runs::all() {
        let end = Cursor::new(run.trace.entries.len() as u32, run.trace.end());
        let world = run.trace.world_after(end.index);
        for (node, sockets) in world.nodes.iter().enumerate() {
            for (id, socket) in &sockets.sockets {
                let key = SocketKey::new(NodeId(node as u16), *id);
                let Some(position) = diagram.position(&run.trace, &run.dissection, end, key) else {
                    continue;
                };
                assert_eq!(position.state, socket.state, "{} {key:?}", run.name);
                let (edge, entry) = position.last_edge.expect("it came there");
                assert_eq!(diagram.edges[edge].to, socket.state);
                assert_eq!(run.trace.entries[entry as usize].node, key.node);
                for pair in position.visited.windows(2) {
                    assert!(diagram.edges.iter().any(|edge| (edge.from, edge.to) == (pair[0], pair[1])));
                }
                assert_eq!(diagram.position(&run.trace, &run.dissection, Cursor::START, key), None);
            }
        }
    }
}

#[test]
fn closed_first_means_time_wait_in_the_table() {
    let runs = runs::all();
    let run = runs.iter().find(|run| run.name == "serial").expect("listed");
    // Just before the first 2MSL is over all twenty are there.
    let cursor =
        Cursor::new(run.trace.applied_by(Instant::from_millis(60_000)), Instant::from_millis(60_000));
    let server = SocketTable::at(&run.trace, &run.dissection, cursor, NodeId(1));
    let waiting: Vec<_> = server.rows.iter().filter(|row| row.state == State::TimeWait).collect();
    assert!(!waiting.is_empty());
    for row in waiting {
        let clock = row.time_wait.expect("a 2MSL clock");
        assert_eq!(clock.kind, TimerKind::Tcp(Timer::TimeWait));
        assert!(clock.remaining(cursor.at).as_micros() <= 120_000_000);
    }
    assert!(server.ports_in_use.is_empty(), "the listening port is no ephemeral port");
    for run in runs::all() {
        for index in 0..=run.trace.entries.len().min(400) as u32 {
            let table =
                SocketTable::at(&run.trace, &run.dissection, Cursor::new(index, Instant::ZERO), NodeId(0));
            assert!(table.ports_in_use.len() <= table.rows.len());
        }
        let nobody = SocketTable::at(&run.trace, &run.dissection, Cursor::START, NodeId(99));
        assert!(nobody.rows.is_empty());
    }
}

#[test]
fn the_flight_never_exceeds_what_was_sent_and_the_window_grows() {
    let run = Run::of("no losses", &runs::losses(0));
    let series = Series::new(&run.trace, &run.dissection);
    assert_eq!(series.sockets.len(), 2);
    let server =
        series.sockets.iter().find(|series| series.socket.node.0 == 1).expect("the server sent data");
    assert!(server.points.windows(2).all(|pair| pair[0].at <= pair[1].at));
    assert!(server.points.last().expect("points").cwnd > server.points[0].cwnd);
    let most = server.points.iter().map(|point| point.flight).max().expect("points");
    assert!(most > 1_460 && most <= server.peak);
    let total = server.points.last().expect("points");
    assert!(total.acknowledged > 100_000 && total.flight == 0);
    assert_eq!(series.of(server.socket), Some(server));
}
