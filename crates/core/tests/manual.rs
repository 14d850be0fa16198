//! Programs of socket calls: which calls block, when they return and with what.

use playground_core::event::Event;
use playground_core::node::{ManualSpec, RoleSpec};
use playground_core::scenario::{
    Action, Intervention, Limits, LinkSpec, Moment, NodeSpec, Scenario, StackSpec,
};
use playground_core::sim::run;
use playground_core::tcp::{Call, CallError, ProfileName, Returned};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

fn scenario(client: &[&str], client_from_ms: u64, server: &[&str]) -> Scenario {
    let program = |lines: &[&str], from: u64| {
        RoleSpec::Manual(ManualSpec {
            program: lines.iter().map(|line| (*line).to_owned()).collect(),
            from_us: Instant::from_millis(from),
            pause_us: Duration::ZERO,
        })
    };
    let node = |name: &str, place: u8, role| NodeSpec {
        name: name.to_owned(),
        address: [10, 0, 0, place].into(),
        profile: ProfileName::Linux,
        stack: StackSpec::default(),
        role,
    };
    Scenario {
        name: "calls".to_owned(),
        seed: 1,
        nodes: vec![
            node("client", 1, program(client, client_from_ms)),
            node("server", 2, program(server, 0)),
        ],
        links: vec![LinkSpec {
            between: ("client".to_owned(), "server".to_owned()),
            delay_us: Duration::from_millis(50),
            bits_per_s: 0,
            queue_segments: None,
            impairments: Vec::new(),
        }],
        interventions: Vec::new(),
        limits: Limits::default(),
    }
}

/// What a node's program saw: `ms call -> result`, with `...` where it began to wait.
fn calls(trace: &Trace, node: usize) -> Vec<String> {
    let mut seen = Vec::new();
    for entry in trace.entries.iter().filter(|entry| entry.node.index() == node) {
        let ms = entry.at.as_micros() / 1_000;
        match &entry.event {
            Event::CallBlocked { call, .. } => seen.push(format!("{ms} {}...", name(call))),
            Event::CallReturned { call, returned, .. } => {
                let result = match returned {
                    Returned::Done => "0".to_owned(),
                    Returned::Socket { .. } => "socket".to_owned(),
                    Returned::Sent { len } => len.to_string(),
                    Returned::Received { octets } => octets.len().to_string(),
                    Returned::EndOfStream => "0".to_owned(),
                    Returned::InProgress => "in progress".to_owned(),
                    Returned::WouldBlock => "would block".to_owned(),
                    Returned::Failed { error } => error.name().to_owned(),
                };
                seen.push(format!("{ms} {} {result}", name(call)));
            }
            _ => {}
        }
    }
    seen
}

fn name(call: &Call) -> &'static str {
    match call {
        Call::Socket => "socket",
        Call::Bind { .. } => "bind",
        Call::Listen { .. } => "listen",
        Call::Connect { .. } => "connect",
        Call::Accept => "accept",
        Call::Send { .. } => "write",
        Call::Receive { .. } => "read",
        Call::Shutdown => "shutdown",
        Call::Close => "close",
        Call::SetNoDelay { .. }
        | Call::SetLinger { .. }
        | Call::SetReuseAddress { .. }
        | Call::SetKeepalive { .. }
        | Call::SetKeepaliveValue { .. } => "setsockopt",
        other => panic!("{other:?}"),
    }
}

const SERVER: &[&str] = &[
    "s = socket()",
    "bind(s, 80)",
    "listen(s)",
    "c = accept(s)",
    "read(c, 1000)",
    "write(c, \"hello\")",
    "close(c)",
];

/// Figure 4-6 of the book: accept blocks until a connection comes, connect until the handshake is done, read
/// until there is something.
#[test]
fn calls_block_until_what_they_wait_for_has_come() {
    let client = [
        "s = socket()",
        "connect(s, server, 80)",
        "write(s, \"hi\")",
        "read(s, 1000)",
        "read(s, 1000)",
        "close(s)",
    ];
    let trace = run(&scenario(&client, 100, SERVER)).expect("sound");
    assert_eq!(
        calls(&trace, 0),
        [
            "100 socket socket",
            "100 connect...",
            "200 connect 0",
            "200 write 2",
            "200 read...",
            "300 read 5",
            // The FIN is a segment of its own, a moment behind the data.
            "300 read...",
            "300 read 0",
            "300 close 0",
        ]
    );
    assert_eq!(
        calls(&trace, 1),
        [
            "0 socket socket",
            "0 bind 0",
            "0 listen 0",
            "0 accept...",
            "250 accept socket",
            "250 read...",
            "250 read 2",
            "250 write 5",
            "250 close 0",
        ]
    );
}

/// Nobody listens: RST, and connect fails after one round trip.
#[test]
fn connect_before_listen_is_refused() {
    let client = ["s = socket()", "connect(s, server, 80)", "read(s, 9)", "write(s, \"a\")", "close(s)"];
    let trace = run(&scenario(&client, 0, &[])).expect("sound");
    // The error is told once. What the calls after it say was seen on Linux 6.18.
    let told = ["100 connect ECONNREFUSED", "100 read ENOTCONN", "100 write EPIPE", "100 close 0"];
    assert_eq!(calls(&trace, 0)[..2], ["0 socket socket", "0 connect..."]);
    assert_eq!(calls(&trace, 0)[2..], told);
}

/// What was asked of a socket before its opening failed still holds when it is opened again (Linux).
#[test]
fn connect_may_be_called_again_after_it_failed() {
    let client = ["s = socket()", "bind(s, 5001)", "connect(s, server, 80)"];
    let mut scenario = scenario(&client, 0, &[]);
    let typed = [
        ("server", 150, "s = socket()"),
        ("server", 150, "bind(s, 80)"),
        ("server", 150, "listen(s)"),
        ("client", 300, "connect(s, server, 80)"),
        ("client", 300, "write(s, \"hi\")"),
        ("client", 300, "connect(s, server, 80)"),
    ];
    scenario.interventions = typed
        .map(|(node, ms, call)| Intervention {
            after: Moment::start_of(Instant::from_millis(ms)),
            action: Action::Call { node: node.to_owned(), call: call.to_owned() },
        })
        .to_vec();
    let trace = run(&scenario).expect("sound");
    assert_eq!(
        calls(&trace, 0)[2..],
        [
            "0 connect...",
            "100 connect ECONNREFUSED",
            "300 connect...",
            "400 connect 0",
            "400 write 2",
            "400 connect EISCONN",
        ]
    );
    let syns =
        trace.notation().lines().filter(|line| line.contains("client.5001 > server.80: Flags [S]")).count();
    assert_eq!(syns, 2, "{}", trace.notation());
    let world = trace.world_after(u32::MAX);
    let socket = world.nodes[0].sockets.values().next().expect("a socket");
    assert_eq!(socket.error, None, "the error of the first opening is over");
}

/// Linux: tcp_recvmsg says ENOTCONN, tcp_sendmsg EPIPE.
#[test]
fn calls_that_need_a_connection_say_that_there_is_none() {
    let client =
        ["s = socket()", "read(s, 9)", "write(s, \"a\")", "shutdown(s, SHUT_WR)", "close(s)", "read(s, 9)"];
    let trace = run(&scenario(&client, 0, &[])).expect("sound");
    let told = ["0 read ENOTCONN", "0 write EPIPE", "0 shutdown ENOTCONN", "0 close 0", "0 read EBADF"];
    assert_eq!(calls(&trace, 0)[1..], told);
}

/// The first write after the peer's close is taken and answered with RST; the second is EPIPE (Linux 6.18).
#[test]
fn writing_on_after_the_peer_has_closed_is_told_late() {
    let server = ["s = socket()", "bind(s, 80)", "listen(s)", "c = accept(s)", "close(c)"];
    let client = ["s = socket()", "connect(s, server, 80)", "read(s, 9)", "write(s, \"a\")"];
    let mut scenario = scenario(&client, 0, &server);
    scenario.interventions.push(Intervention {
        after: Moment::start_of(Instant::from_millis(500)),
        action: Action::Call { node: "client".to_owned(), call: "write(s, \"b\")".to_owned() },
    });
    let trace = run(&scenario).expect("sound");
    assert_eq!(
        calls(&trace, 0)[2..],
        ["100 connect 0", "100 read...", "200 read 0", "200 write 1", "500 write EPIPE"]
    );
}

/// What is typed while the program waits runs when the call has returned.
#[test]
fn typed_calls_wait_for_the_one_that_blocks() {
    let mut scenario = scenario(&[], 0, SERVER);
    for (ms, call) in
        [(10, "s = socket()"), (20, "connect(s, server, 80)"), (30, "write(s, \"hi\")"), (40, "close(x)")]
    {
        scenario.interventions.push(Intervention {
            after: Moment::start_of(Instant::from_millis(ms)),
            action: Action::Call { node: "client".to_owned(), call: call.to_owned() },
        });
    }
    let trace = run(&scenario).expect("sound");
    assert_eq!(
        calls(&trace, 0),
        ["10 socket socket", "20 connect...", "120 connect 0", "120 write 2", "120 close EBADF"]
    );
}

#[test]
fn close_lingers_or_resets_as_it_was_told() {
    let server =
        ["s = socket()", "bind(s, 80)", "listen(s)", "c = accept(s)", "read(c, 9)", "read(c, 9)", "close(c)"];
    let client = |option: &'static str| {
        ["s = socket()", option, "connect(s, server, 80)", "write(s, \"hi\")", "close(s)"]
    };
    let waits = run(&scenario(&client("setsockopt(s, SO_LINGER, 5)"), 0, &server)).expect("sound");
    assert_eq!(calls(&waits, 0)[5..], ["100 close...", "200 close 0"]);
    let resets = run(&scenario(&client("setsockopt(s, SO_LINGER, 0)"), 0, &server)).expect("sound");
    assert_eq!(calls(&resets, 0)[5..], ["100 close 0"]);
    assert!(resets.notation().contains("Flags [R.]"), "{}", resets.notation());
    // A peer that never answers: the time is up.
    let mut cut = scenario(&client("setsockopt(s, SO_LINGER, 5)"), 0, &server);
    cut.interventions.push(Intervention {
        after: Moment::start_of(Instant::from_millis(90)),
        action: Action::PullCable { between: ("client".to_owned(), "server".to_owned()) },
    });
    let cut = run(&cut).expect("sound");
    assert_eq!(calls(&cut, 0)[5..], ["100 close...", "5100 close 0"]);
}

/// The send buffer is full and the peer does not read: write waits, and says at the end how much it wrote.
#[test]
fn write_blocks_while_there_is_no_room() {
    let text = format!("write(s, \"{}\")", "x".repeat(3_000));
    let client = ["s = socket()", "connect(s, server, 80)", &text, "close(s)"];
    let mut server = SERVER[..4].to_vec();
    server.extend(["read(c, 65536)"; 8]);
    let mut scenario = scenario(&client, 0, &server);
    scenario.nodes[0].stack.send_buffer = Some(1_000);
    let trace = run(&scenario).expect("sound");
    assert_eq!(calls(&trace, 0)[2..5], ["100 connect 0", "100 write...", "300 write 3000"]);
}

#[test]
fn two_sockets_may_not_have_all_four_values_alike() {
    let client = [
        "a = socket()",
        "bind(a, 5001)",
        "connect(a, server, 80)",
        "b = socket()",
        "bind(b, 5001)",
        "connect(b, server, 80)",
        "c = socket()",
        "bind(c, 5002)",
        "connect(c, server, 80)",
        "bind(c, 5003)",
        "connect(c, server, 80)",
    ];
    let server = ["s = socket()", "bind(s, 80)", "listen(s)"];
    let trace = run(&scenario(&client, 0, &server)).expect("sound");
    // The machines are Linux, which has its own error for this.
    let refused = CallError::AddressNotAvailable.name();
    let calls = calls(&trace, 0);
    assert!(calls.contains(&format!("100 connect {refused}")), "{calls:?}");
    assert_eq!(calls[calls.len() - 3..], ["200 connect 0", "200 bind EINVAL", "200 connect EISCONN"]);
}

#[test]
fn a_line_that_is_no_call_is_named() {
    let bad = scenario(&["s = socket()", "fork()"], 0, &[]);
    let error = run(&bad).expect_err("fork is no socket call");
    assert_eq!(error.field, "nodes[0].role.manual.program[1]");
    let mut bad = scenario(&[], 0, &[]);
    let action = Action::Call { node: "client".to_owned(), call: "close".to_owned() };
    bad.interventions.push(Intervention { after: Moment::start_of(Instant::ZERO), action });
    assert_eq!(run(&bad).expect_err("no call").field, "interventions[0].call");
}

/// A close() that lingers waits for its own peer, whatever happens on other sockets.
#[test]
fn data_on_another_socket_ends_no_linger() {
    // The first octets with data are lost, so the FIN of `s` is acknowledged after a time-out of a second.
    let json = r#"{
        "nodes": [
            {"name": "a", "address": "10.0.0.1",
             "role": {"manual": {"program": ["s = socket()", "connect(s, b, 80)", "t = socket()",
                "connect(t, b, 80)", "setsockopt(s, SO_LINGER, 600)", "write(s, \"hello\")", "close(s)"]}}},
            {"name": "b", "address": "10.0.0.2",
             "role": {"script": {"steps": [{"at_us": 0, "call": {"listen": {"port": 80}}},
                {"at_us": 600000, "call": {"send": {"socket": 1, "text": "other"}}}]}}}
        ],
        "links": [{"between": ["a", "b"], "delay_us": 100000,
            "impairments": [{"direction": "forward", "what": {"drop": {"nth": 1, "data_only": true}}}]}]
    }"#;
    let trace = run(&Scenario::from_json(json).expect("a scenario")).expect("it runs");
    let returned = trace.entries.iter().find(|entry| {
        entry.node.index() == 0 && matches!(entry.event, Event::CallReturned { call: Call::Close, .. })
    });
    let returned = returned.expect("it returns").at;
    assert!(returned.as_micros() >= 1_400_000, "close() returned at {returned}");
}
