//! Lesson 6: the socket calls of a client and a server, which of them block, and what each puts on the wire.
//! Figure 4-6.

use playground_core::event::Event;
use playground_core::node::{ManualSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::tcp::{Call, CallError, ProfileName, Returned, State};
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, call, event, sent, state};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Time between two calls of a program: longer than a round trip.
const PAUSE: Duration = Duration::from_millis(150);
/// Start of the client, when the server already waits.
const CLIENT_FROM: Instant = Instant::from_millis(800);
/// Start of a server that is late.
const SERVER_LATE: Instant = Instant::from_millis(1_500);

const SERVER: &[&str] = &[
    "s = socket()",
    "bind(s, 80)",
    "listen(s)",
    "c = accept(s)",
    "read(c, 1000)",
    "write(c, \"HTTP/1.0 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nHello\")",
    "close(c)",
];
const CLIENT: &[&str] = &[
    "s = socket()",
    "connect(s, server, 80)",
    "write(s, \"GET / HTTP/1.0\\r\\n\\r\\n\")",
    "read(s, 1000)",
    "read(s, 1000)",
];
const WRITES_ON: &[&str] = &["write(s, \"one\")", "write(s, \"two\")"];

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "socket-calls",
    number: 6,
    section: "4.1",
    figures: &["4-6"],
    knobs: &[
        Knob { id: "who", kind: KnobKind::Choice { values: &["program", "you"], default: 0 } },
        Knob { id: "order", kind: KnobKind::Choice { values: &["listen", "connect"], default: 0 } },
        Knob { id: "ending", kind: KnobKind::Choice { values: &["close", "write"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "listen",
            hero: View::Program,
            moment: |scene| in_time(scene, scene.first(state("server", State::Listen))),
        },
        StepSpec {
            id: "accept",
            hero: View::Program,
            moment: |scene| in_time(scene, scene.first(blocked("server", |call| *call == Call::Accept))),
        },
        StepSpec {
            id: "connect",
            hero: View::Program,
            moment: |scene| {
                let syn = scene.first(sent("client").syn()).halfway();
                syn.variant_if(is_refused(scene), "early").or_absent("not-pressed")
            },
        },
        StepSpec {
            id: "connected",
            hero: View::Program,
            moment: |scene| {
                let back = scene.first(call("client", |call, _| matches!(call, Call::Connect { .. })));
                back.variant_if(is_refused(scene), "refused").or_absent("not-pressed")
            },
        },
        StepSpec {
            id: "write",
            hero: View::Program,
            moment: |scene| later(scene, scene.first(sent("client").data()).halfway()),
        },
        StepSpec {
            id: "read",
            hero: View::Program,
            moment: |scene| later(scene, scene.first(reads("server"))),
        },
        StepSpec {
            id: "answer",
            hero: View::Program,
            moment: |scene| later(scene, scene.first(reads("client"))),
        },
        StepSpec {
            id: "end",
            hero: View::Program,
            moment: |scene| {
                let end = call("client", |_, returned| *returned == Returned::EndOfStream);
                later(scene, scene.first(end))
            },
        },
        StepSpec { id: "over", hero: View::Program, moment: over },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("socket-calls"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let program = |lines: Vec<&str>, from_us| {
        // In manual control the socket exists already.
        let lines = if values.is("who", "you") { vec![SERVER[0]] } else { lines };
        let program = lines.into_iter().map(str::to_owned).collect();
        RoleSpec::Manual(ManualSpec { program, from_us, pause_us: PAUSE })
    };
    let late = values.is("order", "connect");
    let mut client = CLIENT.to_vec();
    if values.is("ending", "write") {
        client.extend(WRITES_ON);
    }
    client.push("close(s)");
    if late {
        client = vec![CLIENT[0], CLIENT[1], "close(s)"];
    }
    let (client_from, server_from) = match (values.is("who", "you"), late) {
        (true, _) => (Instant::ZERO, Instant::ZERO),
        (false, true) => (Instant::ZERO, SERVER_LATE),
        (false, false) => (CLIENT_FROM, Instant::ZERO),
    };
    let mut nodes = vec![
        host("client", program(client, client_from)),
        host("server", program(SERVER.to_vec(), server_from)),
    ];
    for node in &mut nodes {
        node.profile = ProfileName::Linux;
    }
    in_a_row("socket-calls", 100, nodes)
}

fn blocked(node: &'static str, matches: impl Fn(&Call) -> bool + 'static) -> Pattern {
    event(node, move |event| matches!(event, Event::CallBlocked { call, .. } if matches(call)))
}

/// A read that returns octets.
fn reads(node: &'static str) -> Pattern {
    call(node, |_, returned| matches!(returned, Returned::Received { .. }))
}

/// connect() fails: by the order of the programs, or by what was pressed.
fn is_refused(scene: &Scene<'_>) -> bool {
    if !is_pressed(scene) {
        return scene.values.is("order", "connect");
    }
    let failed = |call: &Call, returned: &Returned| {
        matches!((call, returned), (Call::Connect { .. }, Returned::Failed { .. }))
    };
    scene.first(call("client", failed)).entry().is_some()
}

fn is_pressed(scene: &Scene<'_>) -> bool {
    scene.values.is("who", "you")
}

/// A call of the server before the client connects; a late server makes it too late to matter.
fn in_time(scene: &Scene<'_>, spot: Spot<'_>) -> crate::scene::Moment {
    let reason = if is_pressed(scene) { "not-pressed" } else { "too-late" };
    spot.only_if(is_pressed(scene) || !is_refused(scene)).or_absent(reason)
}

/// The client closes, or writes until it receives the RST.
fn over(scene: &Scene<'_>) -> crate::scene::Moment {
    let connected = scene.first(state("client", State::Established));
    let rest = scene.whole().after(connected);
    let reset = rest.first(sent("server").rst());
    let pipe = Returned::Failed { error: CallError::BrokenPipe };
    let broken = rest.after(reset).first(call("client", move |_, returned| *returned == pipe));
    let closed = rest.first(call("client", |call, _| *call == Call::Close));
    let is_first = rest.before(closed).count(state("client", State::CloseWait)) == 0;
    // The server closed before: with the ACK of the client's FIN nothing is open any more.
    let all = rest.after(closed).first(state("client", State::Closed)).only_if(!is_first);
    let closed = all.or(closed);
    let over =
        broken.only_if(reset.entry().is_some()).variant("broken").or(closed.variant_if(is_first, "first"));
    later(scene, over.only_if(connected.entry().is_some()))
}

/// A step that needs an open connection.
fn later(scene: &Scene<'_>, spot: Spot<'_>) -> crate::scene::Moment {
    let reason = if is_refused(scene) && !is_pressed(scene) { "no-connection" } else { "not-pressed" };
    spot.only_if(reason != "no-connection").or_absent(reason)
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let waited = |node: &'static str, matches: fn(&Call) -> bool| {
        let begin = scene.first(blocked(node, matches));
        let back = scene.whole().after(begin).first(call(node, move |call, _| matches(call)));
        back.since(begin).map(Value::Span)
    };
    facts.set_some("connect-waits", waited("client", |call| matches!(call, Call::Connect { .. })));
    facts.set_some("read-waits", waited("client", |call| matches!(call, Call::Receive { .. })));
    let octets = |node| match scene.first(reads(node)).entry().map(|entry| &entry.event) {
        Some(Event::CallReturned { returned: Returned::Received { octets }, .. }) => {
            Some(Value::Octets(octets.len() as u64))
        }
        _ => None,
    };
    facts.set_some("request", octets("server"));
    facts.set_some("response", octets("client"));
}
