//! Programs of socket calls: the line that blocks, and what each call that makes sense would do.

use playground_core::event::NodeId;
use playground_core::node::{ManualSpec, RoleSpec};
use playground_core::scenario::{
    Action, Intervention, Limits, LinkSpec, Moment, NodeSpec, Scenario, StackSpec,
};
use playground_core::sim::run;
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_playback::{Cursor, Dissection, FrameCursor, LineState, Program};

const CLIENT: &[&str] = &[
    "s = socket()",
    "connect(s, server, 80)",
    "write(s, \"GET /\")",
    "read(s, 1000)",
    "read(s, 1000)",
    "write(s, \"more\")",
];
const SERVER: &[&str] = &[
    "s = socket()",
    "bind(s, 80)",
    "listen(s)",
    "c = accept(s)",
    "read(c, 1000)",
    "write(c, \"Hello\")",
    "close(c)",
];

fn scenario(client: &[&str], server: &[&str], profile: ProfileName) -> Scenario {
    let node = |name: &str, place: u8, lines: &[&str], from_ms| NodeSpec {
        name: name.to_owned(),
        address: [10, 0, 0, place].into(),
        profile,
        stack: StackSpec::default(),
        role: RoleSpec::Manual(ManualSpec {
            program: lines.iter().map(|line| (*line).to_owned()).collect(),
            from_us: Instant::from_millis(from_ms),
            pause_us: Duration::from_millis(100),
        }),
    };
    Scenario {
        name: "calls".to_owned(),
        seed: 1,
        nodes: vec![node("client", 1, client, 500), node("server", 2, server, 0)],
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

fn at(trace: &Trace, node: u16, at: Instant) -> Program {
    let world = trace.world_after(trace.applied_by(at));
    Program::at(trace, &world, at, NodeId(node)).expect("it has a program")
}

#[test]
fn the_line_that_blocks_is_known_at_every_moment() {
    let trace = run(&scenario(CLIENT, SERVER, ProfileName::Textbook)).expect("sound");
    assert_eq!(Program::nodes(&trace.scenario), [NodeId(0), NodeId(1)]);
    for (ms, client, server) in [
        (0, None, None),
        // accept waits for a connection, connect for the handshake.
        (350, None, Some(3)),
        (650, Some(1), Some(3)),
        (690, Some(1), Some(3)),
        // The server has accepted, and the client has not asked yet.
        (760, None, None),
        // read waits for the answer.
        (950, Some(3), None),
    ] {
        let now = Instant::from_millis(ms);
        let (client_line, server_line) = (at(&trace, 0, now).blocked(), at(&trace, 1, now).blocked());
        assert_eq!((client_line, server_line), (client, server), "at {ms} ms");
    }
    let end = at(&trace, 0, trace.end());
    assert!(end.lines.iter().all(|line| line.state == LineState::Returned));
    let results: Vec<_> = end.lines.iter().filter_map(|line| line.result.as_deref()).collect();
    assert_eq!(results[2..], ["5", "5", "0", "4"]);
}

/// Every call that is offered does what it says when it is made, and the run up to then stays as it was.
#[test]
fn what_a_call_would_do_is_what_it_does() {
    for client_lines in 0..=CLIENT.len() {
        for server_lines in [0, 3, 5, 7] {
            let scenario = scenario(&CLIENT[..client_lines], &SERVER[..server_lines], ProfileName::Linux);
            let trace = run(&scenario).expect("sound");
            for (node, ms) in [(0, 900), (1, 900), (0, 3_000), (1, 3_000)] {
                check(&scenario, &trace, node, Instant::from_millis(ms));
            }
        }
    }
}

fn check(scenario: &Scenario, trace: &Trace, node: u16, now: Instant) {
    let before = at(trace, node, now);
    for choice in &before.choices {
        let mut pressed = scenario.clone();
        let name = pressed.nodes[node as usize].name.clone();
        let action = Action::Call { node: name, call: choice.line.clone() };
        let moment = Program::typed_after(trace, now);
        pressed.interventions.push(Intervention { after: moment, action });
        let after = at(&run(&pressed).expect("sound"), node, now);
        let place = format!("{choice:?} at {now} of node {node}");
        let (line, others) = after.lines.split_last().expect("it was just typed");
        assert_eq!(others, before.lines, "{place}");
        assert_eq!((&line.text, line.typed), (&choice.line, true), "{place}");
        assert_eq!(line.result, choice.returns, "{place}");
        let is_blocked = line.state == LineState::Blocked;
        assert_eq!((is_blocked, line.failed), (choice.returns.is_none(), choice.fails), "{place}");
    }
}

/// The story of figure 4-6, pressed call by call: what is offered at each moment is what can be done then.
#[test]
fn the_calls_that_make_sense_follow_the_sockets() {
    let mut scenario = scenario(&[], SERVER, ProfileName::Textbook);
    let offered = |scenario: &Scenario, ms| {
        let trace = run(scenario).expect("sound");
        let choices = at(&trace, 0, Instant::from_millis(ms)).choices;
        let told = |choice: &playground_playback::Choice| {
            let returns = choice.returns.as_deref().unwrap_or("blocks");
            let sends = choice.sends.as_deref().map(|flags| format!(", sends {flags}")).unwrap_or_default();
            format!("{}: {returns}{sends}", choice.line)
        };
        choices.iter().map(told).collect::<Vec<_>>()
    };
    let press = |scenario: &mut Scenario, ms, call: &str| {
        let action = Action::Call { node: "client".to_owned(), call: call.to_owned() };
        scenario
            .interventions
            .push(Intervention { after: Moment::start_of(Instant::from_millis(ms)), action });
    };
    assert_eq!(offered(&scenario, 1_000), ["s = socket(): 3"]);
    press(&mut scenario, 1_000, "s = socket()");
    assert_eq!(
        offered(&scenario, 1_200),
        ["bind(s, 80): 0", "connect(s, server, 80): blocks, sends SYN", "close(s): 0"]
    );
    press(&mut scenario, 1_200, "connect(s, server, 80)");
    assert_eq!(offered(&scenario, 1_250), [""; 0], "nothing can be called while connect waits");
    let connected = offered(&scenario, 1_500);
    assert!(connected.contains(&"read(s, 1000): blocks".to_owned()), "{connected:?}");
    assert!(connected.contains(&"close(s): 0, sends FIN, ACK".to_owned()), "{connected:?}");
    press(&mut scenario, 1_500, "write(s, \"GET /\")");
    let answered = offered(&scenario, 2_500);
    assert!(answered.contains(&"read(s, 1000): 5".to_owned()), "{answered:?}");
    assert!(answered.contains(&"close(s): 0, sends RST, ACK".to_owned()), "{answered:?}");
}

/// The cursor may stand before the first entry: what happens at that instant has happened for the person.
#[test]
fn calls_can_be_pressed_from_the_very_beginning() {
    let trace = run(&scenario(&[], &["s = socket()"], ProfileName::Textbook)).expect("sound");
    let program = Program::at(&trace, &trace.world_after(0), Instant::ZERO, NodeId(1)).expect("a program");
    assert_eq!(program.lines[0].state, LineState::Returned);
    assert!(program.choices.iter().any(|choice| choice.line == "bind(s, 80)"), "{:?}", program.choices);
}

/// The terminal on a card stands where the program stands: POSIX calls that block have returned nothing yet.
#[test]
fn the_terminal_shows_the_call_that_blocks_until_it_returns() {
    let trace = run(&scenario(CLIENT, SERVER, ProfileName::Textbook)).expect("sound");
    let dissection = Dissection::new(&trace);
    let shown = |node: usize, ms: u64| {
        let at = Instant::from_millis(ms);
        let cursor = Cursor { index: trace.applied_by(at), at };
        let frame = FrameCursor::new().frame(&trace, &dissection, cursor);
        let call = frame.nodes[node].last_call.clone().expect("a call");
        (call.call, call.result)
    };
    assert_eq!(shown(1, 250), ("listen(3, 128)".to_owned(), "0".to_owned()));
    assert_eq!(shown(1, 350), ("accept(3)".to_owned(), "…".to_owned()));
    assert_eq!(shown(0, 650), ("connect(3, 10.0.0.2:80)".to_owned(), "…".to_owned()));
    assert_eq!(shown(0, 710), ("connect(3, 10.0.0.2:80)".to_owned(), "0".to_owned()));
}
