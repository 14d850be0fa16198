//! Stories of links and names.

use playground_core::event::NodeId;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, RoleSpec};
use playground_core::scenario::{Action, Intervention, Moment, Scenario};
use playground_core::sim::Bridge;
use playground_core::tcp::ProfileName;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_core::wire::{Endpoint, Packet, Segment};

use crate::support::scenes::{chain, trace};
use crate::support::{self, ms};
use crate::{Reasons, reasons};

/// The cable is out when the client's SYN leaves.
pub fn cable_pulled() -> Reasons {
    let client = ClientSpec::new("server", vec![RequestSpec::get("/")]);
    let server = RoleSpec::OriginServer(OriginServerSpec::default());
    let roles = vec![("client", RoleSpec::Client(client)), ("server", server)];
    let mut scenario = chain(ProfileName::Linux, ms(50), roles);
    let action = Action::PullCable { between: ("client".to_owned(), "server".to_owned()) };
    scenario.interventions.push(Intervention { after: Moment::start_of(Instant::ZERO), action });
    reasons(&trace(&scenario))
}

/// A client and a server, 50 ms apart, and what a user does at so many milliseconds.
fn interfered(actions: Vec<(u64, Action)>) -> Reasons {
    let client = ClientSpec::new("server", vec![RequestSpec::get("/")]);
    let server = RoleSpec::OriginServer(OriginServerSpec::default());
    let mut scenario =
        chain(ProfileName::Linux, ms(50), vec![("client", RoleSpec::Client(client)), ("server", server)]);
    scenario.interventions = actions
        .into_iter()
        .map(|(at, action)| Intervention { after: Moment::start_of(Instant::ZERO + ms(at)), action })
        .collect();
    reasons(&trace(&scenario))
}

/// The client is a real host: its SYN is answered.
pub fn client_outside() -> Reasons {
    let client = ClientSpec::new("server", vec![RequestSpec::get("/")]);
    let server = RoleSpec::OriginServer(OriginServerSpec::default());
    let scenario =
        chain(ProfileName::Linux, ms(50), vec![("client", RoleSpec::Client(client)), ("server", server)]);
    let mut bridge = Bridge::new(&scenario, NodeId(0)).expect("a valid scenario");
    let (source, server) = (scenario.nodes[0].address, scenario.nodes[1].address);
    let opening = Segment {
        source: Endpoint::new(source, 40_000),
        destination: Endpoint::new(server, 80),
        ..support::syn(7)
    };
    bridge.send(Instant::ZERO, Packet::Segment(opening.into()));
    bridge.go_on(Instant::ZERO + ms(200));
    reasons(&Trace::recorded(scenario.into(), bridge.entries(), None))
}

/// The SYN is on its way.
pub fn segment_doubled() -> Reasons {
    interfered(vec![(10, Action::Duplicate { packet: 0 })])
}

/// The request is on its way when the server loses its power; it comes back before the request is sent again.
pub fn server_without_power() -> Reasons {
    let node = || "server".to_owned();
    interfered(vec![(120, Action::Crash { node: node() }), (200, Action::Restart { node: node() })])
}

pub fn reset_forged() -> Reasons {
    interfered(vec![(110, Action::InjectReset { node: "client".to_owned(), socket: 0, beyond: 0 })])
}

/// A console's `connect` waits for the SYN,ACK.
pub fn call_interrupted() -> Reasons {
    let node = || "client".to_owned();
    let call = |call: &str| Action::Call { node: node(), call: call.to_owned() };
    interfered(vec![
        (10, call("s = socket()")),
        (20, call("connect(s, server, 80)")),
        (30, Action::Interrupt { node: node() }),
    ])
}

/// A client whose server is on no link.
pub fn no_way_to_the_server() -> Reasons {
    let json = r#"{
        "nodes": [
            {"name": "client", "address": "192.0.2.10", "role":
                {"client": {"connect_to": "island", "host": "island", "requests": [{"path": "/"}]}}},
            {"name": "server", "address": "192.0.2.80", "role": {"origin-server": {}}},
            {"name": "island", "address": "192.0.2.81", "role": {"origin-server": {}}}
        ],
        "links": [{"between": ["client", "server"], "delay_us": 10000}]
    }"#;
    reasons(&trace(&Scenario::from_json(json).expect("a scenario")))
}

/// A client that looks `www.example` up: at a node with this role.
fn looked_up(name_server: &str) -> Reasons {
    let json = r#"{
        "nodes": [
            {"name": "client", "address": "192.0.2.10", "stack": {"resolver": {"server": "192.0.2.53"}}, "role":
                {"client": {"connect_to": "dns", "host": "www.example", "requests": [{"path": "/"}]}}},
            {"name": "dns", "address": "192.0.2.53", "role": NAME_SERVER}
        ],
        "links": [{"between": ["client", "dns"], "delay_us": 10000}]
    }"#;
    let scenario = Scenario::from_json(&json.replace("NAME_SERVER", name_server));
    reasons(&trace(&scenario.expect("a scenario")))
}

pub fn no_name_server_on_the_host() -> Reasons {
    looked_up(r#"{"origin-server": {}}"#)
}

pub fn unknown_name() -> Reasons {
    looked_up(r#"{"dns-server": {"names": [{"name": "other.example", "address": "192.0.2.80"}]}}"#)
}

pub fn name_server_off() -> Reasons {
    looked_up(r#"{"off": {}}"#)
}
