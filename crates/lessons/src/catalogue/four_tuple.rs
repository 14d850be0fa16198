//! Lesson 5: four values name a connection; two connections may share three of them, and never all four.
//! Figure 4-5.

use playground_core::event::Event;
use playground_core::node::{ManualSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::tcp::{Call, Notice, Returned, State};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Challenge, Goal, Lesson, MAIN, Measure, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, call, sent};
use crate::run::Run;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// The two client ports.
const PORTS: [u16; 2] = [5_001, 5_002];
/// Time between two calls of the first client, in which the second one makes all its calls.
const PAUSE: Duration = Duration::from_millis(400);
const SECOND_PAUSE: Duration = Duration::from_millis(100);
/// The second client begins when the first has all its connections but the last.
const SECOND_FROM: [Instant; 2] = [Instant::from_millis(2_250), Instant::from_millis(3_550)];

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "four-tuple",
    number: 5,
    section: "4.1",
    figures: &["4-5"],
    knobs: &[
        Knob { id: "third", kind: KnobKind::Choice { values: &["8080", "none"], default: 0 } },
        Knob { id: "other", kind: KnobKind::Choice { values: &["5001", "both"], default: 0 } },
        Knob { id: "last", kind: KnobKind::Choice { values: &["5001", "any"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "four",
            hero: View::Tuples,
            moment: |scene| scene.first(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "port",
            hero: View::Tuples,
            moment: |scene| scene.whole().nth(2, sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "service",
            hero: View::Tuples,
            moment: |scene| {
                let third = scene.whole().nth(3, sent("client").syn()).halfway();
                third.only_if(scene.values.is("third", "8080")).or_absent("one-service")
            },
        },
        StepSpec {
            id: "address",
            hero: View::Tuples,
            moment: |scene| scene.first(sent("client-2").syn()).halfway().moment(),
        },
        StepSpec {
            id: "together",
            hero: View::Tuples,
            moment: |scene| {
                let all = scene.last(connected("client-2"));
                let any = all.variant_if(scene.values.is("last", "any"), "any");
                any.variant_if(scene.values.is("other", "both"), "more").moment()
            },
        },
        StepSpec {
            id: "same",
            hero: View::Tuples,
            moment: |scene| match scene.values.is("last", "any") {
                true => scene.last(sent("client").syn()).halfway().variant("any").moment(),
                false => scene.first(refused()).exactly().moment(),
            },
        },
        StepSpec {
            id: "sorted",
            hero: View::Tuples,
            moment: |scene| scene.first(sent("client").data()).halfway().moment(),
        },
    ],
    spoilers: &[],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("four-tuple"),
};

static CHALLENGE: Challenge =
    Challenge { id: "all-different", check, solution: &[("third", "none"), ("other", "both")] };

fn scenario(values: &KnobValues) -> Scenario {
    let connection = |name: &str, from: Option<u16>, to: u16| {
        let mut lines = vec![format!("{name} = socket()")];
        lines.extend(from.map(|port| format!("bind({name}, {port})")));
        lines.push(format!("connect({name}, server, {to})"));
        lines
    };
    let mut first = [connection("a", Some(PORTS[0]), 80), connection("b", Some(PORTS[1]), 80)].concat();
    let has_third = values.is("third", "8080");
    if has_third {
        first.extend(connection("c", Some(PORTS[0]), 8080));
    }
    first.extend(connection("d", values.is("last", "5001").then_some(PORTS[0]), 80));
    // A segment that has to find its connection among the others.
    first.push("write(b, \"Which one am I for?\")".to_owned());
    let mut second = connection("a", Some(PORTS[0]), 80);
    if values.is("other", "both") {
        second.extend(connection("b", Some(PORTS[1]), 80));
    }
    let server = ["s = socket()", "bind(s, 80)", "listen(s)", "t = socket()", "bind(t, 8080)", "listen(t)"];
    let program =
        |program: Vec<String>, from_us, pause_us| RoleSpec::Manual(ManualSpec { program, from_us, pause_us });
    let listens = server.iter().map(|line| (*line).to_owned()).collect();
    let nodes = vec![
        host("client", program(first, Instant::ZERO, PAUSE)),
        host("server", program(listens, Instant::ZERO, Duration::ZERO)),
        host("client-2", program(second, SECOND_FROM[usize::from(has_third)], SECOND_PAUSE)),
    ];
    in_a_row("four-tuple", 100, nodes)
}

/// connect() has succeeded.
fn connected(node: &'static str) -> Pattern {
    call(node, |call, returned| matches!((call, returned), (Call::Connect { .. }, Returned::Done)))
}

/// connect() has failed.
fn refused() -> Pattern {
    call("client", |call, returned| {
        matches!((call, returned), (Call::Connect { .. }, Returned::Failed { .. }))
    })
}

/// The end of the first client's program.
fn last_call<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.last(call("client", |call, _| matches!(call, Call::Connect { .. })))
}

/// Connections that were opened from one of the two ports of each client to port 80 of the server.
fn different(trace: &Trace) -> u64 {
    let is_opened = |event: &Event| match event {
        Event::Socket { notice: Notice::Opened { tuple, listener: None, .. }, .. } => {
            tuple.remote.port == 80 && PORTS.contains(&tuple.local.port)
        }
        _ => false,
    };
    trace.entries.iter().filter(|entry| is_opened(&entry.event)).count() as u64
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let address = |name: &str| {
        let node = scene.trace.scenario.nodes.iter().find(|node| node.name == name);
        node.map(|node| Value::Verbatim(node.address.to_string()))
    };
    facts.set_some("client", address("client"));
    facts.set_some("client-2", address("client-2"));
    facts.set_some("server", address("server"));
    let open = |event: &Event| {
        matches!(event, Event::Socket { notice: Notice::StateChanged { to: State::Established, .. }, .. })
    };
    let server =
        scene.trace.entries.iter().filter(|entry| open(&entry.event) && scene.is_at(entry, "server"));
    facts.set("open", Value::Count(server.count() as u64));
    let before = scene.trace.entries.iter().filter(|entry| {
        open(&entry.event)
            && scene.is_at(entry, "server")
            && last_call(scene).at().is_some_and(|at| entry.at < at)
    });
    facts.set("together", Value::Count(before.count() as u64));
    if let Some(Event::CallReturned { returned: Returned::Failed { error }, .. }) =
        scene.first(refused()).entry().map(|entry| &entry.event)
    {
        facts.set("error", Value::Verbatim(error.name().to_owned()));
    }
}

/// Two addresses and two ports make four; another server port does not count.
fn check(run: &Run) -> Goal {
    let different = different(&run.trace);
    let to_8080 = run.values.is("third", "8080");
    Goal::of(vec![
        Measure::new("different", Value::Count(different), different >= 4),
        Measure::new("one-service", Value::Flag(!to_8080), !to_8080),
    ])
}
