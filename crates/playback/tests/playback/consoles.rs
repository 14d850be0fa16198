//! Consoles: what was typed, what came of it, what could be typed.

use playground_core::event::NodeId;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec};
use playground_core::scenario::{Action, Intervention, Moment, Scenario};
use playground_core::sim::run;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_playback::{Console, Cursor, LineState};

use crate::runs;

const CLIENT: NodeId = NodeId(0);

/// A client and a server whose user types at the client, each line at so many milliseconds.
fn typed(lines: &[(u64, &str)]) -> Scenario {
    let client = ClientSpec::new("server", vec![RequestSpec::get("/")]);
    let mut scenario = runs::pair(client, OriginServerSpec::default(), runs::link("client", "server"));
    scenario.interventions = lines
        .iter()
        .map(|(ms, line)| {
            let node = "client".to_owned();
            let action = match *line {
                "^C" => Action::Interrupt { node },
                "crash" => Action::Crash { node },
                call => Action::Call { node, call: call.to_owned() },
            };
            Intervention { after: Moment::start_of(Instant::from_millis(*ms)), action }
        })
        .collect();
    scenario
}

fn at(trace: &Trace, ms: u64) -> Console {
    let at = Instant::from_millis(ms);
    Console::at(trace, Cursor::new(trace.applied_by(at), at), CLIENT).expect("a console")
}

/// Each line as `text: result`, or `text: blocked`.
fn told(console: &Console) -> Vec<String> {
    let line = |line: &playground_playback::ConsoleLine| match (&line.result, line.state) {
        (Some(result), LineState::Returned) => format!("{}: {result}", line.text),
        (_, LineState::Blocked) => format!("{}: blocked", line.text),
        _ => format!("{}: to come", line.text),
    };
    console.lines.iter().map(line).collect()
}

#[test]
fn a_console_shows_what_was_typed_with_its_results() {
    let lines =
        [(5_000, "s = socket()"), (5_100, "connect(s, server, 80)"), (5_500, "read(s, 100)"), (7_000, "^C")];
    let trace = run(&typed(&lines)).expect("sound");
    assert!(at(&trace, 4_999).lines.is_empty(), "nothing from the future");
    assert_eq!(told(&at(&trace, 5_100))[1], "connect(s, server, 80): blocked");
    let later = at(&trace, 6_000);
    assert_eq!(told(&later)[1..], ["connect(s, server, 80): 0", "read(s, 100): blocked"]);
    assert!(later.lines[1].waited.is_some_and(|waited| !waited.is_zero()));
    let blocked = later.blocked().expect("it waits");
    assert_eq!(blocked.waited.map(|waited| waited.as_micros()), Some(500_000));
    let end = at(&trace, 7_000);
    assert_eq!(told(&end)[2], "read(s, 100): -1 EINTR");
    assert!(end.lines[2].failed && end.blocked().is_none());
}

#[test]
fn descriptors_and_names_complete_a_line() {
    let trace = run(&typed(&[(5_000, "s = socket()"), (8_000, "crash")])).expect("sound");
    let console = at(&trace, 6_000);
    let complete = |text: &str| console.completions(&trace.scenario, text);
    // A socket has the name that it was given.
    assert!(complete("read(s").contains(&"read(s".to_owned()));
    assert_eq!(complete("so"), ["socket()"]);
    assert_eq!(complete("fd = so"), ["fd = socket()"]);
    assert_eq!(complete("sh"), ["shutdown("]);
    let newest = console.descriptors.last().expect("the socket is open");
    assert!(complete("close(").contains(&format!("close({newest}")));
    assert_eq!(complete("connect(4, s"), ["connect(4, server"]);
    assert_eq!(complete("shutdown(4, "), ["shutdown(4, SHUT_WR"]);
    assert!(complete("fork").is_empty());
    let crashed = at(&trace, 9_000);
    assert!(crashed.is_down && crashed.descriptors.is_empty());
}
