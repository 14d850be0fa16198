//! Lesson 23: requests leave before answers come; one slow answer holds up the rest, and a break asks which of
//! them were done. Figure 4-18.

use playground_core::event::{Event, RetryDecision, Waiting};
use playground_core::node::{
    BreakMoment, BreakSpec, ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RetryPolicy,
    RoleSpec,
};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Hides, Lesson, MAIN, Shadow, Spoiler, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{completed, event, gave_up_waiting, request, sent, waits};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

const REQUESTS: u32 = 4;
/// Delay between the work that is not answered and the server's failure; by then all that it sent is acknowledged.
const DYING: Duration = Duration::from_millis(400);

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "pipelining",
    number: 23,
    section: "4.6",
    figures: &["4-18"],
    knobs: &[
        Knob { id: "depth", kind: KnobKind::Choice { values: &["1", "2", "4"], default: 2 } },
        Knob {
            id: "slow",
            kind: KnobKind::Range { min: 0, max: 2_000, step: 250, default: 1_000, unit: Unit::Milliseconds },
        },
        Knob { id: "breaks", kind: KnobKind::Choice { values: &["never", "3", "4"], default: 1 } },
        Knob { id: "third", kind: KnobKind::Choice { values: &["GET", "POST", "POST-waits"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "together",
            hero: View::Requests,
            moment: |scene| {
                scene.first(sent("client").data()).halfway().variant_if(together(scene) == 1, "one").moment()
            },
        },
        StepSpec {
            id: "blocked",
            hero: View::Requests,
            moment: |scene| {
                let ready = scene.first(gave_up_waiting("server", Waiting::Processing));
                let works = scene.first(waits("server", Waiting::Processing));
                let is_slow = scene.values.number("slow") > 0;
                let is_alone = behind(scene) == 0;
                works.midway(ready).only_if(is_slow).variant_if(is_alone, "alone").or_absent("not-slow")
            },
        },
        StepSpec {
            id: "order",
            hero: View::Requests,
            moment: |scene| {
                let second = scene.first(completed("client", 1));
                second.variant_if(behind(scene) == 0, "plain").moment()
            },
        },
        StepSpec {
            id: "breaks",
            hero: View::Requests,
            moment: |scene| {
                // The answers behind the slow one, where nothing breaks.
                let next = scene.after("order").first(sent("server").data()).variant("unbroken");
                let next = next.or(scene.first(completed("client", 2)).variant("unbroken"));
                let never = scene.values.is("breaks", "never");
                breaks(scene).or(next.only_if(never)).halfway().moment()
            },
        },
        StepSpec {
            id: "unknown",
            hero: View::Requests,
            moment: |scene| {
                let gave_up = decided(scene, RetryDecision::GivesUp);
                let post = gave_up.entry().is_some();
                gave_up
                    .or(decided(scene, RetryDecision::Again))
                    .variant_if(post, "post")
                    .or_absent("unbroken")
            },
        },
        StepSpec {
            id: "again",
            hero: View::Page,
            moment: |scene| {
                let resent = decided(scene, RetryDecision::Again).entry().is_some();
                let next = scene.after("unknown").first(sent("client").data()).halfway();
                next.only_if(scene.step("unknown").is_some())
                    .variant_if(!resent, "next")
                    .or_absent("unbroken")
            },
        },
        StepSpec {
            id: "score",
            hero: View::Page,
            moment: |scene| {
                let spot = over(scene);
                let failed = decided(scene, RetryDecision::GivesUp).entry().is_some();
                let unbroken = breaks(scene).entry().is_none();
                spot.variant_if(unbroken, "unbroken").variant_if(failed, "post").moment()
            },
        },
    ],
    spoilers: &[Spoiler {
        step: "unknown",
        hides: Hides::From(|event| matches!(event, Event::RetryDecided { .. })),
    }],
    facts,
    challenge: None,
    ways: None,
    shadow: Some(Shadow::OneByOne),
    real_scale: None,
    markdown: markdown!("pipelining"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let mut list: Vec<_> = (1..=REQUESTS).map(|n| RequestSpec::get(format!("/{n}"))).collect();
    if !values.is("third", "GET") {
        list[2].method = "POST".to_owned();
        list[2].body_len = 40;
    }
    let client = ClientSpec {
        pipeline: values.number("depth"),
        pipelines_any_method: values.is("third", "POST"),
        retry: RetryPolicy { automatic: 1, ..RetryPolicy::default() },
        ..ClientSpec::new("server", list)
    };
    // All responses fit into the initial window, so that slow start plays no part.
    let mut resources: Vec<_> = (1..=REQUESTS).map(|n| ResourceSpec::new(format!("/{n}"), 200)).collect();
    resources[1].processing_us = Duration::from_millis(u64::from(values.number("slow")));
    let breaks = BreakSpec {
        at_request: values.number("breaks"),
        moment: BreakMoment::AfterEffect,
        by: CloseStyle::Abort,
        pause_us: DYING,
    };
    let server = OriginServerSpec {
        resources,
        breaks: (breaks.at_request > 0).then_some(breaks),
        ..OriginServerSpec::default()
    };
    let mut nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    for node in &mut nodes {
        // As browsers and servers do: a small request is not held back until the one before is acknowledged.
        node.stack.nagle = Some(false);
    }
    in_a_row("pipelining", 100, nodes)
}

fn breaks<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(sent("server").rst())
}

fn decided<'s>(scene: &'s Scene<'_>, which: RetryDecision) -> Spot<'s> {
    scene.first(event(
        "client",
        move |event| matches!(event, Event::RetryDecided { decision, .. } if *decision == which),
    ))
}

/// The last answer, or the last failure.
fn over<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.last(event("client", |event| {
        matches!(event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. })
    }))
}

/// Requests that the server has read while it works on the slow second one.
fn behind(scene: &Scene<'_>) -> usize {
    let ready = scene.first(gave_up_waiting("server", Waiting::Processing));
    let read = scene.whole().before(ready).count(request("server"));
    if ready.entry().is_some() { read.saturating_sub(2) } else { 0 }
}

/// Number of requests sent before the first response arrived.
fn together(scene: &Scene<'_>) -> usize {
    scene.whole().before(scene.first(completed("client", 0))).count(sent("client").data())
}

/// The time of the last response.
fn last_answer(trace: &Trace) -> Option<Instant> {
    let mut answers =
        trace.entries.iter().filter(|entry| matches!(entry.event, Event::TransactionCompleted { .. }));
    Some(answers.next_back()?.at)
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("together", Value::Count(together(scene) as u64));
    facts.set("behind", Value::Count(behind(scene) as u64));
    facts.set("slow", Value::Span(Duration::from_millis(u64::from(scene.values.number("slow")))));
    facts.set_some("took", last_answer(scene.trace).map(Value::Time));
    let answers =
        scene.whole().count(event("client", |event| matches!(event, Event::TransactionCompleted { .. })));
    facts.set("answers", Value::Count(answers as u64));
    // The same run without the break, and one request after another.
    let mut scenario = scene.trace.scenario.as_ref().clone();
    for (key, one_by_one) in [("smooth", false), ("serial", true)] {
        for node in &mut scenario.nodes {
            match &mut node.role {
                RoleSpec::OriginServer(server) => server.breaks = None,
                RoleSpec::Client(client) if one_by_one => client.pipeline = 1,
                _ => {}
            }
        }
        let took = sim::run(&scenario).ok().and_then(|trace| last_answer(&trace));
        facts.set_some(key, took.map(Value::Time));
    }
}
