//! Lesson 11: Nagle's algorithm waits for an ACK, the delayed ACK waits for data.

use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::tcp::{Notice, State, Timer};
use playground_core::time::Duration;
use playground_core::trace::Trace;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Challenge, Goal, Hides, Lesson, MAIN, Measure, Spoiler, StepSpec, View, WaysSpec};
use crate::network::{host, in_a_row};
use crate::pattern::{completed, delivered, sent, started, state};
use crate::run::Run;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// The request that is sent: a head, and a body shorter than it.
const HEAD: &str = "POST /order HTTP/1.1\nHost: www.joes-hardware.com\nContent-Length: 60";
const BODY: u32 = 60;

/// Course: the rest waits for an ACK, which comes at once.
const HELD: &str = "quick";
/// Course: TCP_NODELAY, every piece leaves at once.
const NO_DELAY: &str = "no-delay";
/// Course: the request is written in one piece.
const WHOLE: &str = "whole";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "nagle",
    number: 11,
    section: "4.2",
    figures: &[],
    knobs: &[
        Knob { id: "nagle", kind: KnobKind::Choice { values: &["on", "off"], default: 0 } },
        Knob { id: "ack", kind: KnobKind::Choice { values: &["0", "40", "200"], default: 2 } },
        Knob { id: "writes", kind: KnobKind::Choice { values: &["1", "2", "10"], default: 1 } },
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
    ],
    scenario,
    course,
    steps: &[
        StepSpec {
            id: "write",
            hero: View::Waits,
            moment: |scene| {
                let first = scene.first(sent("client").data()).halfway();
                let is_many = scene.values.is("writes", "10") && scene.values.is("nagle", "on");
                first.variant_if(is_many, "many").moment()
            },
        },
        StepSpec {
            id: "half",
            hero: View::Waits,
            moment: |scene| scene.first(delivered("server").data()).or_absent("not-in-this-run"),
        },
        StepSpec {
            id: "both",
            hero: View::Waits,
            moment: |scene| {
                let waits = scene.first(started("server", Timer::DelayedAck));
                let spot = waits.midway(ack(scene)).only_if(scene.course == MAIN);
                spot.or_absent(if scene.course == HELD { "quick-ack" } else { "nobody-waits" })
            },
        },
        StepSpec {
            id: "ack",
            hero: View::Waits,
            moment: |scene| {
                let is_held = [MAIN, HELD].contains(&scene.course);
                ack(scene).halfway().only_if(is_held).or_absent("nobody-waits")
            },
        },
        StepSpec {
            id: "body",
            hero: View::Waits,
            moment: |scene| {
                let is_held = [MAIN, HELD].contains(&scene.course);
                let rest = scene.whole().after(ack(scene)).first(sent("client").data());
                let many = scene.values.is("writes", "10");
                rest.halfway().variant_if(many, "many").only_if(is_held).or_absent("nobody-waits")
            },
        },
        StepSpec {
            id: "answer",
            hero: View::Ladder,
            moment: |scene| scene.first(completed("client", 0)).moment(),
        },
        StepSpec {
            id: "four",
            hero: View::Time,
            moment: |scene| scene.first(completed("client", 0)).moment(),
        },
    ],
    spoilers: &[Spoiler {
        step: "write",
        hides: Hides::Events(|event| matches!(event, Event::Socket { notice: Notice::SendHeld { .. }, .. })),
    }],
    facts,
    challenge: Some(&CHALLENGE),
    ways: Some(&WAYS),
    shadow: None,
    real_scale: None,
    markdown: markdown!("nagle"),
};

static CHALLENGE: Challenge = Challenge { id: "without-nodelay", check, solution: &[("writes", "1")] };

fn scenario(values: &KnobValues) -> Scenario {
    let whole = wire_len();
    let order = RequestSpec {
        text: Some(HEAD.to_owned()),
        body_len: BODY,
        write_len: match values.number("writes") {
            1 => 0,
            2 => whole - BODY,
            many => whole.div_ceil(many),
        },
        ..RequestSpec::get("/order")
    };
    let client = ClientSpec::new("server", vec![order]);
    let server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/order", 30)],
        idle_timeout_us: Duration::ZERO,
        ..OriginServerSpec::default()
    };
    let mut nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    nodes[0].stack.nagle = Some(values.is("nagle", "on"));
    nodes[1].stack.delayed_ack_us = Some(Duration::from_millis(u64::from(values.number("ack"))));
    in_a_row("nagle", values.number("rtt"), nodes)
}

/// Octets of the whole request on the wire.
fn wire_len() -> u32 {
    HEAD.lines().map(|line| line.len() as u32 + 2).sum::<u32>() + 2 + BODY
}

/// The main course: the rest of the request waits for an ACK, and the ACK waits too.
fn course(scene: &Scene<'_>) -> &'static str {
    match scene.values {
        values if values.is("writes", "1") => WHOLE,
        values if values.is("nagle", "off") => NO_DELAY,
        values if values.is("ack", "0") => HELD,
        _ => MAIN,
    }
}

/// The server's pure ACK of the first piece.
fn ack<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.whole().after(scene.first(delivered("server").data())).first(sent("server").pure_ack())
}

/// Time from the open connection to the last octet of the response.
fn wait_of(trace: &Trace, values: &KnobValues) -> Duration {
    let scene = Scene::new(trace, values);
    let open = scene.first(state("client", State::Established));
    scene.first(completed("client", 0)).since(open).unwrap_or_default()
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("wait", Value::Span(wait_of(scene.trace, scene.values)));
    facts.set("packets", Value::Count(scene.whole().count(sent("client").data()) as u64));
    facts.set("rtt", Value::Span(Duration::from_millis(u64::from(scene.values.number("rtt")))));
    let timer = match scene.values.number("ack") {
        0 => 200,
        some => some,
    };
    let timer = Duration::from_millis(u64::from(timer));
    facts.set("timer", Value::Span(timer));
    for (key, values) in ["both", "nagle-only", "ack-only", "neither"].into_iter().zip(ways(scene.values)) {
        if let Ok(trace) = sim::run(&scenario(&values)) {
            facts.set(key, Value::Span(wait_of(&trace, &values)));
        }
    }
}

static WAYS: WaysSpec = WaysSpec { knobs: &["nagle", "ack"], values: |values| ways(values).into() };

/// All four combinations. A request written in one piece would show no difference, so it is written in two.
fn ways(values: &KnobValues) -> [KnobValues; 4] {
    let mut base = values.clone();
    let timer = if values.is("ack", "0") { "200" } else { values.get("ack") };
    if values.is("writes", "1") {
        turn(&mut base, "writes", "2");
    }
    [("on", timer), ("on", "0"), ("off", timer), ("off", "0")].map(|(nagle, ack)| {
        let mut values = base.clone();
        turn(&mut values, "nagle", nagle);
        turn(&mut values, "ack", ack);
        values
    })
}

fn turn(values: &mut KnobValues, knob: &str, value: &str) {
    // The lesson has these knobs and values.
    let _ = values.set(&LESSON, knob, value);
}

fn check(run: &Run) -> Goal {
    let wait = wait_of(&run.trace, &run.values);
    let scenario = &run.trace.scenario;
    let trip = scenario.links.first().map_or(Duration::ZERO, |link| link.delay_us.saturating_mul(2));
    let stack = |name| scenario.nodes.iter().find(|node| node.name == name).map(|node| &node.stack);
    let waits = stack("client").is_some_and(|stack| stack.nagle != Some(false));
    let delays = stack("server").is_some_and(|stack| stack.delayed_ack_us != Some(Duration::ZERO));
    let is_fast = !wait.is_zero() && wait <= trip + Duration::from_micros(trip.as_micros() / 10);
    Goal::of(vec![
        Measure::new("wait", Value::Span(wait), is_fast),
        Measure::new("nagle", Value::Flag(waits), waits),
        Measure::new("delays", Value::Flag(delays), delays),
    ])
}
