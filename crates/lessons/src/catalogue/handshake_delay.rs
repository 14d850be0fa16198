//! Lesson 8: what a handshake costs. A response of one packet; half of the wait is set-up. Figure 4-8.

use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::tcp::State;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Challenge, Goal, Lesson, MAIN, Measure, StepSpec, View};
use crate::network::{host, in_a_row, profile};
use crate::pattern::{completed, sent, state};
use crate::response::head_len;
use crate::run::Run;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "handshake-delay",
    number: 8,
    section: "4.2",
    figures: &["4-8"],
    knobs: &[
        Knob {
            id: "size",
            kind: KnobKind::Choice {
                values: &["400", "3000", "10000", "30000", "100000", "300000", "1000000"],
                default: 0,
            },
        },
        Knob { id: "reuse", kind: KnobKind::Choice { values: &["on", "off"], default: 0 } },
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
        Knob { id: "profile", kind: KnobKind::Choice { values: &["textbook", "linux", "bsd"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "syn",
            hero: View::Stage,
            moment: |scene| scene.first(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "syn-ack",
            hero: View::Stage,
            moment: |scene| {
                scene
                    .first(sent("server").syn())
                    .halfway()
                    .variant_if(!is_half(scene), "another-size")
                    .moment()
            },
        },
        StepSpec {
            id: "request",
            hero: View::Time,
            moment: |scene| scene.first(sent("client").data()).halfway().moment(),
        },
        StepSpec {
            id: "answer",
            hero: View::Time,
            moment: |scene| {
                let answer = scene.first(completed("client", 0)).variant_if(!is_half(scene), "another-size");
                answer.variant_if(!reuses(scene), "no-reuse").moment()
            },
        },
        StepSpec {
            id: "second",
            hero: View::Time,
            moment: |scene| {
                let from = scene.after("answer");
                let warm = from.first(sent("client").data()).halfway().only_if(reuses(scene));
                warm.or(from.first(sent("client").syn()).halfway().variant("no-reuse")).moment()
            },
        },
        StepSpec {
            id: "second-answer",
            hero: View::Time,
            moment: |scene| {
                scene.first(completed("client", 1)).variant_if(!reuses(scene), "no-reuse").moment()
            },
        },
        StepSpec { id: "close", hero: View::Time, moment: |scene| scene.all_closed().moment() },
    ],
    spoilers: &[],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("handshake-delay"),
};

static CHALLENGE: Challenge = Challenge { id: "under-ten-percent", check, solution: &[("size", "300000")] };

fn scenario(values: &KnobValues) -> Scenario {
    let mut pages = ClientSpec::new(
        "server",
        vec![RequestSpec::get("/first"), RequestSpec::get("/second").after(Duration::from_millis(300))],
    );
    pages.reuses = values.is("reuse", "on");
    pages.closes_when_done = true;
    let body = body_len(values.number("size"));
    let server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/first", body), ResourceSpec::new("/second", body)],
        ..OriginServerSpec::default()
    };
    let mut nodes =
        vec![host("client", RoleSpec::Client(pages)), host("server", RoleSpec::OriginServer(server))];
    for node in &mut nodes {
        node.profile = profile(values.get("profile"));
    }
    // Delayed ACKs have a lesson of their own; here they would obscure the sum.
    nodes[0].stack.delayed_ack_us = Some(Duration::ZERO);
    in_a_row("handshake-delay", values.number("rtt"), nodes)
}

/// The body length of a response of `size` octets, head included.
fn body_len(size: u32) -> u32 {
    let about = size.saturating_sub(head_len(size));
    size.saturating_sub(head_len(about))
}

fn reuses(scene: &Scene<'_>) -> bool {
    scene.values.is("reuse", "on")
}

/// Time of the handshake before a request of the list, and total time until its response.
struct Wait {
    setup: Duration,
    total: Duration,
}

fn wait_for(scene: &Scene<'_>, request: u32) -> Option<Wait> {
    let done = scene.first(completed("client", request)).entry()?;
    let Event::TransactionCompleted { started_at, .. } = done.event else { return None };
    let earlier = |spot: Spot<'_>| spot.at().filter(|at| *at >= started_at);
    let before = scene.whole().before(scene.first(completed("client", request)));
    let setup = earlier(before.last(state("client", State::Established))).map(|at| at.since(started_at));
    Some(Wait { setup: setup.unwrap_or(Duration::ZERO), total: done.at.since(started_at) })
}

/// Whether the page is one packet, so that set-up is half of the wait, as the questions say.
fn is_half(scene: &Scene<'_>) -> bool {
    scene.values.is("size", "400")
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    if let Some(Wait { setup, total }) = wait_for(scene, 0) {
        facts.set("setup", Value::Span(setup));
        facts.set("total", Value::Span(total));
        facts.set("rest", Value::Span(total.saturating_sub(setup)));
        facts.set("share", Value::share(setup, total));
    }
    if let Some(Wait { setup, total }) = wait_for(scene, 1) {
        facts.set("second-setup", Value::Span(setup));
        facts.set("second-total", Value::Span(total));
    }
    let message =
        scene.first(crate::pattern::event("client", |event| matches!(event, Event::MessageCompleted { .. })));
    if let Some(Event::MessageCompleted { range, .. }) = message.entry().map(|entry| &entry.event) {
        facts.set("size", Value::Octets(range.end - range.start));
    }
}

fn check(run: &Run) -> Goal {
    let scene = Scene::new(&run.trace, &run.values);
    let waits: Vec<_> = (0..2).filter_map(|request| wait_for(&scene, request)).collect();
    let sum = |of: fn(&Wait) -> Duration| waits.iter().fold(Duration::ZERO, |sum, wait| sum + of(wait));
    let share = Value::share(sum(|wait| wait.setup), sum(|wait| wait.total));
    let is_small = waits.len() == 2 && matches!(share, Value::PerMille(0..100));
    let rtt = run.trace.scenario.links.first().map_or(Duration::ZERO, |link| link.delay_us.saturating_mul(2));
    Goal::of(vec![
        Measure::new("share", share, is_small),
        Measure::new("pages", Value::Count(waits.len() as u64), waits.len() == 2),
        Measure::new("rtt", Value::Span(rtt), rtt >= Duration::from_millis(100)),
    ])
}
