//! Lesson 21: a smart proxy beside a dumb one. The trick of the lesson before fails, whichever comes first.
//! Figure 4-17.

use playground_core::event::{Event, Waiting};
use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Challenge, Goal, Hides, Lesson, MAIN, Measure, Spoiler, StepSpec, View};
use crate::pattern::{completed, event, received, sent};
use crate::proxies::{ASK, FIELD, NAMES, gives_up, proxy_connection, second_wait};
use crate::run::Run;
use crate::scene::Scene;
use crate::text::markdown;

/// The server's idle timeout; it ends the wait where no smart proxy does.
const SERVER_IDLE: Duration = Duration::from_secs(5);
/// A second response later than this was waited for.
const WAIT: Duration = Duration::from_secs(1);

/// Course: a smart proxy before the first dumb one.
const SMART_FIRST: &str = "smart-first";
/// Course: two dumb proxies, then a smart one.
const SMART_LAST: &str = "smart-last";
/// Course: dumb proxies alone, and Connection, which is the book's hang.
const HANGS: &str = "hangs";
/// Course: dumb proxies alone, and a field that the server does not know.
const HARMLESS: &str = "harmless";
/// Course: smart proxies alone.
const KEPT: &str = "kept";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "proxy-chain",
    number: 21,
    section: "4.5",
    figures: &["4-17"],
    knobs: &[
        Knob { id: "first", kind: KnobKind::Choice { values: &["dumb", "smart"], default: 0 } },
        Knob { id: "second", kind: KnobKind::Choice { values: &["dumb", "smart"], default: 1 } },
        Knob { id: "third", kind: KnobKind::Choice { values: &["none", "dumb", "smart"], default: 0 } },
        Knob {
            id: "idle",
            kind: KnobKind::Range { min: 2, max: 60, step: 1, default: 10, unit: Unit::Seconds },
        },
        FIELD,
    ],
    scenario,
    course,
    steps: &[
        ASK,
        StepSpec {
            id: "server",
            hero: View::Headers,
            moment: |scene| scene.first(sent(last(scene)).data().with_peer("server")).halfway().moment(),
        },
        StepSpec {
            id: "first",
            hero: View::Waits,
            moment: |scene| scene.first(completed("client", 0)).moment(),
        },
        StepSpec {
            id: "stuck",
            hero: View::Waits,
            moment: |scene| {
                let after = scene.after("first");
                let through = after.first(sent(last(scene)).data().with_peer("server")).halfway();
                let Some(place) = stuck(scene.values) else { return through.moment() };
                let before = place.checked_sub(1).map_or("client", |before| NAMES[before]);
                let unread = after.first(received(NAMES[place]).with_peer(before));
                unread.variant_if(place == 1, "second").variant_if(place == 2, "third").moment()
            },
        },
        StepSpec {
            id: "reset",
            hero: View::Ladder,
            moment: |scene| {
                let after = scene.after("stuck");
                let answer = after.first(sent(NAMES[0]).data().with_peer("client")).variant("through");
                let spot = match stuck(scene.values) {
                    Some(place) => after.first(sent(NAMES[place]).rst()),
                    None => answer,
                };
                spot.halfway().moment()
            },
        },
        StepSpec {
            id: "end",
            hero: View::Ladder,
            moment: |scene| {
                let after = scene.after("reset");
                let second = after.first(completed("client", 1));
                let second = second.variant_if(stuck(scene.values).is_some(), "gateway");
                after.first(gives_up()).or(second).moment()
            },
        },
    ],
    spoilers: &[
        Spoiler {
            step: "stuck",
            hides: Hides::Events(|event| {
                matches!(event, Event::TimerStarted { purpose: Waiting::IdleTimeout, .. })
            }),
        },
        Spoiler { step: "stuck", hides: Hides::Knob("idle") },
    ],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("proxy-chain"),
};

static CHALLENGE: Challenge =
    Challenge { id: "dumb-middle", check, solution: &[("second", "dumb"), ("third", "dumb")] };

/// The kinds of the proxies, in their order.
fn kinds(values: &KnobValues) -> Vec<&str> {
    ["first", "second", "third"].iter().map(|knob| values.get(knob)).filter(|kind| *kind != "none").collect()
}

fn scenario(values: &KnobValues) -> Scenario {
    let idle = Duration::from_secs(values.number("idle").into());
    proxy_connection("proxy-chain", values, &kinds(values), idle, 40)
}

/// The server's neighbour.
fn last(scene: &Scene<'_>) -> &'static str {
    NAMES[kinds(scene.values).len().saturating_sub(1).min(2)]
}

/// The main course: a dumb proxy, and a smart one behind it.
fn course(scene: &Scene<'_>) -> &'static str {
    let kinds = kinds(scene.values);
    let first_smart = kinds.iter().position(|kind| *kind == "smart");
    match first_smart {
        Some(_) if !kinds.contains(&"dumb") => KEPT,
        Some(0) => SMART_FIRST,
        Some(1) => MAIN,
        Some(_) => SMART_LAST,
        None if scene.values.is("field", "connection") => HANGS,
        None => HARMLESS,
    }
}

/// Index of the proxy in whose buffer the second request stays unread: the first dumb one, where anyone keeps
/// connections. None when the request gets through.
fn stuck(values: &KnobValues) -> Option<usize> {
    let kinds = kinds(values);
    let keeps = kinds.contains(&"smart") || values.is("field", "connection");
    kinds.iter().position(|kind| *kind == "dumb").filter(|_| keeps)
}

/// The idle timeout that ends the wait: of the next smart proxy behind, or of the server.
fn clock(values: &KnobValues) -> Option<Duration> {
    let kinds = kinds(values);
    let is_smart = kinds[stuck(values)?..].contains(&"smart");
    Some(if is_smart { Duration::from_secs(values.number("idle").into()) } else { SERVER_IDLE })
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set_some("stuck", stuck(scene.values).map(|place| Value::Count(place as u64 + 1)));
    facts.set_some("clock", clock(scene.values).map(Value::Span));
    second_wait(scene, facts);
}

fn check(run: &Run) -> Goal {
    let scene = Scene::new(&run.trace, &run.values);
    let is_middle_dumb = run.values.is("second", "dumb") && !run.values.is("third", "none");
    let answers = scene
        .whole()
        .count(event("client", |event| matches!(event, Event::TransactionCompleted { status: 200, .. })))
        as u64;
    let wait = match run.facts.get("second-wait") {
        Some(Value::Span(wait)) => *wait,
        _ => Duration::ZERO,
    };
    Goal::of(vec![
        Measure::new("middle", Value::Flag(is_middle_dumb), is_middle_dumb),
        Measure::new("pages", Value::Count(answers), answers == 2),
        Measure::new("wait", Value::Span(wait), !wait.is_zero() && wait < WAIT),
    ])
}
