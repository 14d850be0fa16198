//! Lesson 9: the delayed ACK hopes to ride on data. An echo gives it a ride, a page only now and then.

use playground_core::node::{
    ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, ScriptCall, ScriptSpec, ScriptStep,
};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::tcp::Timer;
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{completed, delivered, sent, started};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Lines that the scripted client writes, and the time between two of them.
const LINES: u32 = 6;
const EVERY: Duration = Duration::from_millis(150);

/// Course: lines, each answered at once.
const ECHO: &str = "echo";
/// Course: lines that nobody answers.
const ONE_WAY: &str = "one-way";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "delayed-ack",
    number: 9,
    section: "4.2",
    figures: &[],
    knobs: &[
        Knob { id: "timer", kind: KnobKind::Choice { values: &["0", "40", "200", "500"], default: 2 } },
        Knob { id: "app", kind: KnobKind::Choice { values: &["page", "echo", "one-way"], default: 0 } },
    ],
    scenario,
    course,
    steps: &[
        StepSpec { id: "data", hero: View::Pieces, moment: |scene| data(scene).halfway().moment() },
        StepSpec {
            id: "hold",
            hero: View::Pieces,
            moment: |scene| {
                let hold = scene.first(started("server", Timer::DelayedAck)).exactly();
                hold.or_absent("at-once")
            },
        },
        StepSpec {
            id: "ride",
            hero: View::Pieces,
            moment: |scene| {
                let ride = scene.first(sent("server").data()).halfway();
                ride.variant_if(scene.values.is("timer", "0"), "late").or_absent("nothing-to-carry")
            },
        },
        StepSpec {
            id: "lone",
            hero: View::Pieces,
            moment: |scene| {
                let waits = scene.first(started(holding(scene), Timer::DelayedAck));
                let spot = waits.midway(acked(scene));
                spot.only_if(!scene.values.is("timer", "0")).or_absent("at-once")
            },
        },
        StepSpec {
            id: "ack",
            hero: View::Pieces,
            moment: |scene| {
                // The next line takes the ACK along when the timer leaves it the time.
                let timer = Duration::from_millis(u64::from(scene.values.number("timer")));
                let rides = scene.course == ECHO && timer > EVERY;
                let spot = acked(scene).halfway();
                spot.variant_if(rides, "rides").variant_if(scene.values.is("timer", "0"), "quick").moment()
            },
        },
        StepSpec {
            id: "rest",
            hero: View::Pieces,
            moment: |scene| {
                let spot = match scene.course {
                    // The last of the page's three segments, and the ACK that leaves in the same instant.
                    MAIN => scene.whole().nth(3, delivered("client").data()),
                    _ => scene.last(sent("client").data()).halfway(),
                };
                spot.variant_if(is_page(scene) && scene.values.is("timer", "0"), "quick").moment()
            },
        },
        StepSpec {
            id: "score",
            hero: View::Ladder,
            moment: |scene| {
                let last = match scene.course {
                    MAIN => scene.last(delivered("server").pure_ack()),
                    _ => scene.end(),
                };
                last.variant_if(is_page(scene) && scene.values.is("timer", "0"), "quick").moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("delayed-ack"),
};

fn is_page(scene: &Scene<'_>) -> bool {
    scene.course == MAIN
}

/// By the application. The main course: one request, and a page of three segments.
fn course(scene: &Scene<'_>) -> &'static str {
    match scene.values.get("app") {
        "echo" => ECHO,
        "one-way" => ONE_WAY,
        _ => MAIN,
    }
}

fn scenario(values: &KnobValues) -> Scenario {
    let at_start = |call| ScriptStep { at_us: Instant::ZERO, call };
    let (client, server) = if values.is("app", "page") {
        let client = ClientSpec::new("server", vec![RequestSpec::get("/page")]);
        let server = OriginServerSpec {
            resources: vec![ResourceSpec::new("/page", 4_000)],
            idle_timeout_us: Duration::ZERO,
            ..OriginServerSpec::default()
        };
        (RoleSpec::Client(client), RoleSpec::OriginServer(server))
    } else {
        let mut calls = vec![
            at_start(ScriptCall::Connect { to: "server".to_owned(), port: 7 }),
            at_start(ScriptCall::ReadAll { socket: 0 }),
        ];
        calls.extend((1..=LINES).map(|line| ScriptStep {
            at_us: Instant::ZERO + EVERY.saturating_mul(u64::from(line)),
            call: ScriptCall::Send { socket: 0, text: format!("line {line}\n"), times: 1 },
        }));
        let reads = if values.is("app", "echo") {
            ScriptCall::Echo { socket: 0 }
        } else {
            ScriptCall::ReadAll { socket: 0 }
        };
        let listens = vec![at_start(ScriptCall::Listen { port: 7 }), at_start(reads)];
        (RoleSpec::Script(ScriptSpec { steps: calls }), RoleSpec::Script(ScriptSpec { steps: listens }))
    };
    let mut nodes = vec![host("client", client), host("server", server)];
    for node in &mut nodes {
        node.stack.delayed_ack_us = Some(Duration::from_millis(u64::from(values.number("timer"))));
        // Nagle's algorithm has a lesson of its own.
        node.stack.nagle = Some(false);
    }
    in_a_row("delayed-ack", 100, nodes)
}

fn data<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(sent("client").data())
}

/// The node whose ACK has no data to be piggybacked on at first.
fn holding(scene: &Scene<'_>) -> &'static str {
    if scene.course == ONE_WAY { "server" } else { "client" }
}

/// The segment with this ACK, with or without data.
fn acked<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    let node = holding(scene);
    let waits = scene.first(started(node, Timer::DelayedAck));
    let comes = scene.first(delivered(node).data());
    scene.whole().after(waits.or(comes)).first(sent(node))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let count = |node, alone: bool| {
        scene.whole().count(if alone { sent(node).pure_ack() } else { sent(node).data() }) as u64
    };
    facts.set("data", Value::Count(count("client", false) + count("server", false)));
    // The handshake's own ACK is not counted.
    facts.set("lone", Value::Count((count("client", true) + count("server", true)).saturating_sub(1)));
    let done = |scene: &Scene<'_>| scene.first(completed("client", 0)).since(data(scene));
    if let Some(time) = done(scene) {
        facts.set("time", Value::Span(time));
        let mut scenario = scene.trace.scenario.as_ref().clone();
        for node in &mut scenario.nodes {
            node.stack.delayed_ack_us = Some(Duration::ZERO);
        }
        if let Ok(trace) = sim::run(&scenario) {
            facts.set_some("at-once", done(&Scene::new(&trace, scene.values)).map(Value::Span));
        }
    }
}
