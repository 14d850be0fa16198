//! A host outside that sends what a simulated one sends makes the same run.

mod support;

use playground_core::event::{Entry, Event, NodeId};
use playground_core::node::{ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::{Direction, Impairment, ImpairmentKind, Scenario};
use playground_core::sim::{Bridge, run};
use playground_core::tcp::{Notice, ProfileName, State};
use playground_core::time::Instant;
use playground_core::wire::{Endpoint, FourTuple, Packet, Segment};
use support::scenes::chain;
use support::{ack, data, fin, ms, rst, syn};

const PROFILES: [ProfileName; 3] = [ProfileName::Textbook, ProfileName::Linux, ProfileName::Bsd];
const CLIENT: NodeId = NodeId(0);
const SERVER: NodeId = NodeId(1);

/// A client that asks for 100 kB, and a server that ends connections in its way.
fn scenario(profile: ProfileName, close: CloseStyle, keeps: bool, losses: &[u32]) -> Scenario {
    let client = ClientSpec::new("server", vec![RequestSpec::get("/"), RequestSpec::get("/")]);
    let server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/", 100_000)],
        close,
        keep_alive: keeps,
        ..OriginServerSpec::default()
    };
    let mut scenario = chain(
        profile,
        ms(20),
        vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))],
    );
    for nth in losses {
        for direction in [Direction::Forward, Direction::Backward] {
            let kind = ImpairmentKind::Drop { nth: *nth, data_only: false };
            scenario.links[0].impairments.push(Impairment { direction, kind });
        }
    }
    scenario
}

/// What happens at a node, with its time.
fn at(entries: &[Entry], node: NodeId) -> Vec<(Instant, &Event)> {
    entries.iter().filter(|entry| entry.node == node).map(|entry| (entry.at, &entry.event)).collect()
}

/// The states that each of a node's connections goes through, without the end of TIME-WAIT, which no packet tells.
fn states(entries: &[Entry], node: NodeId) -> Vec<(u32, State, State)> {
    let change = |entry: &Entry| match entry.event {
        Event::Socket { socket, notice: Notice::StateChanged { from, to, .. } }
            if entry.node == node && from != State::TimeWait =>
        {
            Some((socket.0, from, to))
        }
        _ => None,
    };
    let mut changes: Vec<(u32, State, State)> = entries.iter().filter_map(change).collect();
    changes.sort_by_key(|(socket, ..)| *socket);
    changes
}

#[test]
fn what_a_simulated_client_sends_makes_the_same_run_from_outside() {
    for profile in PROFILES {
        for (close, keeps, losses) in [
            (CloseStyle::Close, true, &[][..]),
            (CloseStyle::Close, false, &[]),
            (CloseStyle::Graceful, false, &[7, 8]),
            (CloseStyle::Abort, false, &[]),
            (CloseStyle::Close, true, &[1]),
            (CloseStyle::Close, false, &[3, 30, 41]),
        ] {
            let scenario = scenario(profile, close, keeps, losses);
            let simulated = run(&scenario).expect("a valid scenario").entries;
            let mut bridge = Bridge::new(&scenario, CLIENT).expect("a valid scenario");
            let mut entries = Vec::new();
            let mut repeated = Vec::new();
            for entry in simulated.iter().filter(|entry| entry.node == CLIENT) {
                if let Event::PacketSent { packet, retransmission, .. } = &entry.event {
                    assert!(bridge.send(entry.at, packet.clone()));
                    repeated.push(*retransmission);
                }
                entries.append(&mut bridge.entries());
            }
            bridge.go_on(Instant::ZERO + ms(600_000));
            entries.append(&mut bridge.entries());
            let case = format!("{profile:?} {close:?} {keeps} {losses:?}");
            assert_eq!(at(&entries, SERVER), at(&simulated, SERVER), "{case}");
            assert_eq!(states(&entries, CLIENT), states(&simulated, CLIENT), "{case}");
            let sent = entries.iter().filter(|entry| entry.node == CLIENT);
            let told: Vec<bool> = sent
                .filter_map(|entry| match entry.event {
                    Event::PacketSent { retransmission, .. } => Some(retransmission),
                    _ => None,
                })
                .collect();
            assert_eq!(told, repeated, "{case}");
            let received: Vec<Packet> = bridge.received();
            let arrived = at(&simulated, CLIENT);
            let arrived = arrived.iter().filter(|(_, event)| matches!(event, Event::PacketDelivered { .. }));
            assert_eq!(received.len(), arrived.count(), "{case}");
        }
    }
}

/// A client outside that a test speaks for.
struct Outside {
    bridge: Bridge,
    now: Instant,
    tuple: FourTuple,
}

impl Outside {
    fn new() -> Self {
        let scenario = scenario(ProfileName::Linux, CloseStyle::Close, true, &[]);
        let (client, server) = (scenario.nodes[0].address, scenario.nodes[1].address);
        Self {
            bridge: Bridge::new(&scenario, CLIENT).expect("a valid scenario"),
            now: Instant::ZERO,
            tuple: FourTuple { local: Endpoint::new(client, 40_000), remote: Endpoint::new(server, 80) },
        }
    }

    /// Sends a segment; what has come until 100 ms later.
    fn says(&mut self, segment: Segment) -> Vec<Segment> {
        let segment = Segment { source: self.tuple.local, destination: self.tuple.remote, ..segment };
        assert!(self.bridge.send(self.now, Packet::Segment(segment.into())));
        self.now += ms(100);
        self.bridge.go_on(self.now);
        let segment = |packet| match packet {
            Packet::Segment(segment) => Some((*segment).clone()),
            Packet::Datagram(_) => None,
        };
        self.bridge.received().into_iter().filter_map(segment).collect()
    }

    fn states(&mut self) -> Vec<(u32, State, State)> {
        states(&self.bridge.entries(), CLIENT)
    }
}

#[test]
fn the_states_of_a_host_outside_are_what_its_segments_tell() {
    let mut outside = Outside::new();
    let answer = outside.says(syn(0));
    let [syn_ack] = answer.as_slice() else { panic!("{answer:?}") };
    let next = syn_ack.seq.0.wrapping_add(1);
    assert_eq!(outside.states(), [(0, State::Closed, State::SynSent)]);
    outside.says(ack(1, next));
    assert_eq!(outside.states(), [(0, State::SynSent, State::Established)]);
    outside.says(fin(1, next));
    // Its FIN is acknowledged; the server's has come too, and is not acknowledged yet.
    assert_eq!(outside.states()[0], (0, State::Established, State::FinWait1));
    outside.says(ack(2, next + 1));
    assert_eq!(outside.states().last().map(|(_, _, to)| *to), Some(State::TimeWait));
    // A SYN for the same 4-tuple is another connection.
    outside.says(syn(90_000));
    assert_eq!(outside.states(), [(1, State::Closed, State::SynSent)]);
    outside.says(rst(90_001));
    assert_eq!(outside.states(), [(1, State::SynSent, State::Closed)]);
    // A segment of a connection that is not known is answered, and tells nothing.
    assert_eq!(outside.says(data(1, 1, "late")).len(), 1);
    assert_eq!(outside.states(), []);
    assert_eq!(outside.says(rst(0)).len(), 0);
}

#[test]
fn a_host_outside_has_the_routes_of_its_node() {
    let outside = Outside::new();
    assert!(outside.bridge.reaches(SERVER) && !outside.bridge.reaches(NodeId(9)));
    let mut outside = outside;
    outside.tuple.remote.address = [9, 9, 9, 9].into();
    let segment = Segment { source: outside.tuple.local, destination: outside.tuple.remote, ..syn(0) };
    assert!(!outside.bridge.send(Instant::ZERO, Packet::Segment(segment.into())));
    assert!(outside.bridge.entries().iter().all(|entry| entry.node != CLIENT));
}
