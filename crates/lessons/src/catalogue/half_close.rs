//! Lesson 28: a connection is two channels. Closing one, the other, or both. Figure 4-19.

use playground_core::event::Event;
use playground_core::node::{RoleSpec, ScriptCall, ScriptSpec, ScriptStep};
use playground_core::scenario::Scenario;
use playground_core::tcp::{Buffer, Call, Notice, Returned};
use playground_core::time::Instant;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row, profile};
use crate::pattern::{call, discarded, notice, received, sent};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Lines that each side writes, and the interval between them.
const LINES: u64 = 5;
const EVERY_MS: u64 = 300;
/// The time of the server's call, between the third line and the fourth.
const CALL_MS: u64 = 950;

/// Course: close(), and RST.
const BOTH: &str = "both";
/// Course: only the input is closed, and RST all the same.
const RESET: &str = "input";
/// Course: the lines are acknowledged and thrown away.
const DISCARDED: &str = "discarded";
/// Course: the lines are acknowledged, and never read.
const KEPT: &str = "kept";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "half-close",
    number: 28,
    section: "4.7",
    figures: &["4-19"],
    knobs: &[
        Knob { id: "how", kind: KnobKind::Choice { values: &["output", "both", "input"], default: 0 } },
        Knob { id: "profile", kind: KnobKind::Choice { values: &["textbook", "linux", "bsd"], default: 0 } },
    ],
    scenario,
    course,
    steps: &[
        StepSpec {
            id: "two-ways",
            hero: View::Stage,
            moment: |scene| scene.first(sent("client").data().carrying("up 2")).halfway().moment(),
        },
        StepSpec {
            id: "call",
            hero: View::Stage,
            moment: |scene| by_call(scene, closing(scene).exactly()).moment(),
        },
        StepSpec {
            id: "fin",
            hero: View::Stage,
            moment: |scene| {
                let fin =
                    scene.first(sent("server").fin()).halfway().only_if(!scene.values.is("how", "input"));
                fin.or_absent("says-nothing")
            },
        },
        StepSpec {
            id: "more",
            hero: View::Stage,
            moment: |scene| by_call(scene, scene.first(sent("client").carrying("up 4")).halfway()).moment(),
        },
        StepSpec {
            id: "fate",
            hero: View::Buffers,
            moment: |scene| {
                let after = scene.after("more");
                let spot = match scene.course {
                    RESET | BOTH => after.first(sent("server").rst()).halfway(),
                    DISCARDED => after.first(discarded("server", Buffer::Receive)),
                    _ => after.first(received("server")),
                };
                spot.moment()
            },
        },
        StepSpec {
            id: "peer",
            hero: View::Stage,
            moment: |scene| {
                let after = scene.after("fate");
                let failed =
                    after.first(call("client", |_, returned| matches!(returned, Returned::Failed { .. })));
                let spot = match scene.course {
                    RESET | BOTH => failed.exactly(),
                    _ => after.first(sent("client").fin()).halfway(),
                };
                // Kept or thrown away: the client does not see the difference.
                spot.variant_if(scene.course == KEPT, DISCARDED).moment()
            },
        },
        StepSpec {
            id: "score",
            hero: View::Buffers,
            moment: |scene| scene.last(close()).or(scene.end()).moment(),
        },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("half-close"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let at = |millis: u64, call| ScriptStep { at_us: Instant::from_millis(millis), call };
    let line = |word: &str, number: u64| {
        let text = format!("{word} {number}\n");
        at(200 + EVERY_MS * (number - 1), ScriptCall::Send { socket: 0, text, times: 1 })
    };
    let mut client = vec![
        at(0, ScriptCall::Connect { to: "server".to_owned(), port: 80 }),
        at(0, ScriptCall::ReadAll { socket: 0 }),
    ];
    client.extend((1..=LINES).map(|number| line("up", number)));
    client.push(at(1_700, ScriptCall::Close { socket: 0 }));
    let mut server = vec![at(0, ScriptCall::Listen { port: 80 }), at(0, ScriptCall::ReadAll { socket: 0 })];
    server.extend((1..=3).map(|number| line("down", number)));
    server.push(at(
        CALL_MS,
        match values.get("how") {
            "both" => ScriptCall::Close { socket: 0 },
            "input" => ScriptCall::ShutdownInput { socket: 0 },
            _ => ScriptCall::Shutdown { socket: 0 },
        },
    ));
    if values.is("how", "input") {
        server.extend((4..=LINES).map(|number| line("down", number)));
    }
    server.push(at(2_000, ScriptCall::Close { socket: 0 }));
    let mut nodes = vec![
        host("client", RoleSpec::Script(ScriptSpec { steps: client })),
        host("server", RoleSpec::Script(ScriptSpec { steps: server })),
    ];
    for node in &mut nodes {
        node.profile = profile(values.get("profile"));
        node.stack.nagle = Some(false);
    }
    in_a_row("half-close", 100, nodes)
}

/// A step at which the server's call is known, but not yet how its system treats later data.
fn by_call<'s>(scene: &Scene<'_>, spot: Spot<'s>) -> Spot<'s> {
    spot.variant_if(scene.values.is("how", "input"), RESET)
}

/// By the fate of the lines that the client writes after the server's call. The main course: the server reads them.
fn course(scene: &Scene<'_>) -> &'static str {
    match (scene.values.get("how"), scene.values.get("profile")) {
        ("both", _) => BOTH,
        ("input", "linux") => KEPT,
        ("input", "bsd") => DISCARDED,
        ("input", _) => RESET,
        _ => MAIN,
    }
}

fn close() -> crate::pattern::Pattern {
    call("server", |call, _| matches!(call, Call::Close))
}

/// The server's call that ends one channel or both.
fn closing<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(call("server", |call, _| matches!(call, Call::Shutdown | Call::ShutdownInput | Call::Close)))
}

/// Lines that a node's application has read.
fn lines_read(scene: &Scene<'_>, node: &'static str) -> u64 {
    let calls = scene.whole().all(call(node, |_, returned| matches!(returned, Returned::Received { .. })));
    let ends = calls.map(|entry| match &entry.event {
        Event::CallReturned { returned: Returned::Received { octets }, .. } => {
            octets.iter().filter(|octet| **octet == b'\n').count() as u64
        }
        _ => 0,
    });
    ends.sum()
}

/// Lines that a node's application has handed to its TCP.
fn lines_written(scene: &Scene<'_>, node: &'static str) -> u64 {
    scene.whole().count(notice(node, |notice| matches!(notice, Notice::BytesQueued { .. }))) as u64
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("up-read", Value::Count(lines_read(scene, "server")));
    facts.set("down-read", Value::Count(lines_read(scene, "client")));
    facts.set("up-written", Value::Count(lines_written(scene, "client")));
    let failed = scene.first(call("client", |_, returned| matches!(returned, Returned::Failed { .. })));
    if let Some(Event::CallReturned { returned: Returned::Failed { error }, .. }) =
        failed.entry().map(|entry| &entry.event)
    {
        facts.set("error", Value::Verbatim(error.name().to_owned()));
    }
}
