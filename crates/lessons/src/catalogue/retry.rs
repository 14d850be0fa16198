//! Lesson 27: an answer is lost. What may be sent again, who decides, and what the server did meanwhile.

use playground_core::event::{Event, Waiting};
use playground_core::node::{
    BreakMoment, BreakSpec, ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RetryPolicy,
    RoleSpec, UserAnswer,
};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::time::Duration;
use playground_core::trace::Trace;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Challenge, Goal, Hides, Lesson, MAIN, Measure, Spoiler, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, event, gave_up_waiting, request, sent};
use crate::run::Run;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Time until the user answers the question.
const THINKING: Duration = Duration::from_secs(3);
/// Delay between the work, or the point where it would begin, and the server's failure.
const DYING: Duration = Duration::from_millis(200);

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "retry",
    number: 27,
    section: "4.7",
    figures: &[],
    knobs: &[
        Knob {
            id: "method",
            kind: KnobKind::Choice { values: &["POST", "PUT", "DELETE", "GET"], default: 0 },
        },
        Knob { id: "breaks", kind: KnobKind::Choice { values: &["after", "before"], default: 0 } },
        Knob { id: "user", kind: KnobKind::Choice { values: &["again", "give-up"], default: 0 } },
        Knob { id: "retry", kind: KnobKind::Choice { values: &["on", "off"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "send",
            hero: View::Stage,
            moment: |scene| {
                let first = scene.first(sent("client").data()).halfway();
                first.variant_if(is_repeatable(scene), "repeatable").moment()
            },
        },
        StepSpec {
            id: "effect",
            hero: View::Stage,
            moment: |scene| {
                let arrives = scene.first(request("server"));
                let effect = scene.whole().before(breaks(scene)).first(caused());
                // If nothing was carried out, the step is the arrival of the request.
                let untouched = if scene.values.is("method", "GET") { "reading" } else { "not-yet" };
                effect.or(arrives.variant(untouched)).moment()
            },
        },
        StepSpec {
            id: "breaks",
            hero: View::Stage,
            moment: |scene| {
                let early = scene.values.is("breaks", "before") || scene.values.is("method", "GET");
                breaks(scene).halfway().variant_if(early, "early").moment()
            },
        },
        StepSpec {
            id: "lost",
            hero: View::Stage,
            moment: |scene| {
                let decided = scene.after("breaks").first(decided());
                // Before the user is asked, which is at the same instant.
                let lost = decided.exactly().or(scene.first(failed()));
                lost.variant_if(is_repeatable(scene), "repeatable").moment()
            },
        },
        StepSpec {
            id: "ask",
            hero: View::Stage,
            moment: |scene| {
                let asked = scene.first(event("client", |event| matches!(event, Event::UserAsked { .. })));
                let dialog = asked.midway(scene.first(gave_up_waiting("client", Waiting::UserAnswer)));
                dialog.or_absent(if has_policy(scene) { "nobody-asked" } else { "off" })
            },
        },
        StepSpec {
            id: "again",
            hero: View::Stage,
            moment: |scene| {
                let second = scene.after("lost").first(sent("client").data()).halfway();
                second.variant_if(is_repeatable(scene), "repeatable").or_absent(if has_policy(scene) {
                    "user-said-no"
                } else {
                    "off"
                })
            },
        },
        StepSpec {
            id: "score",
            hero: View::Stage,
            moment: |scene| {
                let over = scene.last(event("client", |event| {
                    matches!(event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. })
                }));
                let (executed, _) = effects(scene.trace);
                let spot = match (is_done(scene.trace), executed) {
                    (true, _) if is_repeatable(scene) => over.variant("repeatable"),
                    (true, 2..) => over,
                    (true, _) => over.variant("lucky"),
                    (false, 0) => over.variant("nothing"),
                    (false, _) => over.variant("unknown"),
                };
                spot.moment()
            },
        },
    ],
    spoilers: &[Spoiler {
        step: "lost",
        hides: Hides::Events(|event| matches!(event, Event::EffectCaused { .. })),
    }],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("retry"),
};

static CHALLENGE: Challenge = Challenge { id: "one-order", check, solution: &[("method", "PUT")] };

fn path(values: &KnobValues) -> &'static str {
    // PUT and DELETE name the order itself; POST leaves it to the server to name a new one.
    if values.is("method", "PUT") || values.is("method", "DELETE") { "/orders/7" } else { "/orders" }
}

fn scenario(values: &KnobValues) -> Scenario {
    let method = values.get("method");
    let body_len = if matches!(method, "POST" | "PUT") { 40 } else { 0 };
    let list = vec![RequestSpec { method: method.to_owned(), body_len, ..RequestSpec::get(path(values)) }];
    let user = if values.is("user", "again") { UserAnswer::Again } else { UserAnswer::GiveUp };
    let retry =
        if values.is("retry", "on") { RetryPolicy::asking(user, THINKING) } else { RetryPolicy::default() };
    let client = ClientSpec { retry, ..ClientSpec::new("server", list) };
    let holds = u32::from(values.is("method", "DELETE"));
    let moment =
        if values.is("breaks", "before") { BreakMoment::BeforeEffect } else { BreakMoment::AfterEffect };
    let server = OriginServerSpec {
        resources: vec![ResourceSpec { holds, ..ResourceSpec::new(path(values), 60) }],
        breaks: Some(breaking(moment)),
        ..OriginServerSpec::default()
    };
    let nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    in_a_row("retry", 100, nodes)
}

const fn breaking(moment: BreakMoment) -> BreakSpec {
    BreakSpec { at_request: 1, moment, by: CloseStyle::Abort, pause_us: DYING }
}

fn is_repeatable(scene: &Scene<'_>) -> bool {
    !scene.values.is("method", "POST")
}

fn has_policy(scene: &Scene<'_>) -> bool {
    scene.values.is("retry", "on")
}

fn breaks<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(sent("server").rst())
}

fn caused() -> Pattern {
    event("server", |event| matches!(event, Event::EffectCaused { .. }))
}

fn decided() -> Pattern {
    event("client", |event| matches!(event, Event::RetryDecided { .. }))
}

fn failed() -> Pattern {
    event("client", |event| matches!(event, Event::TransactionFailed { .. }))
}

/// Number of executions, and the resource's final count, if it was changed.
fn effects(trace: &Trace) -> (u32, Option<u32>) {
    let last = trace.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::EffectCaused { executed, holds, .. } => Some((*executed, Some(*holds))),
        _ => None,
    });
    last.unwrap_or_default()
}

fn is_done(trace: &Trace) -> bool {
    trace.entries.iter().any(|entry| matches!(entry.event, Event::TransactionCompleted { status: 200, .. }))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let (executed, holds) = effects(scene.trace);
    let initially = u32::from(scene.values.is("method", "DELETE"));
    facts.set("executed", Value::Count(u64::from(executed)));
    facts.set("holds", Value::Count(u64::from(holds.unwrap_or(initially))));
    facts.set("sent", Value::Count(scene.whole().count(request("server")) as u64));
    facts.set("request", Value::Verbatim(format!("{} {}", scene.values.get("method"), path(scene.values))));
    facts.set_some("took", scene.spot("score").since(scene.spot("send")).map(Value::Span));
}

/// Where a connection breaks cannot be chosen, so the run is repeated for both moments.
fn check(run: &Run) -> Goal {
    let mut measures = Vec::new();
    let mut answered = true;
    for (key, moment) in [("after", BreakMoment::AfterEffect), ("before", BreakMoment::BeforeEffect)] {
        let mut scenario = run.trace.scenario.as_ref().clone();
        for node in &mut scenario.nodes {
            if let RoleSpec::OriginServer(server) = &mut node.role {
                server.breaks = Some(breaking(moment));
            }
        }
        let (orders, done) =
            sim::run(&scenario).map_or((0, false), |trace| (effects(&trace).1.unwrap_or(0), is_done(&trace)));
        answered &= done;
        measures.push(Measure::new(key, Value::Count(u64::from(orders)), orders == 1));
    }
    measures.push(Measure::new("answered", Value::Flag(answered), answered));
    Goal::of(measures)
}
