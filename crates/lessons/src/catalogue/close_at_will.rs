//! Lesson 24: a server closes an idle connection while a request is already on its way.

use playground_core::event::{Event, Waiting};
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RetryPolicy, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Hides, Lesson, MAIN, Spoiler, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, gave_up_waiting, request, sent};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

const RTT_MS: u32 = 100;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "close-at-will",
    number: 24,
    section: "4.7",
    figures: &[],
    knobs: &[
        Knob { id: "idle", kind: KnobKind::Choice { values: &["2", "5", "15"], default: 1 } },
        Knob { id: "moment", kind: KnobKind::Choice { values: &["early", "crossing", "late"], default: 1 } },
        Knob { id: "method", kind: KnobKind::Choice { values: &["GET", "POST"], default: 0 } },
        Knob { id: "retry", kind: KnobKind::Choice { values: &["on", "off"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "kept",
            hero: View::Stage,
            moment: |scene| scene.first(completed("client", 0)).moment(),
        },
        StepSpec {
            id: "silence",
            hero: View::Stage,
            moment: |scene| {
                let ends = if is(scene, "early") { second(scene) } else { closes(scene) };
                scene.spot("kept").midway(ends).moment()
            },
        },
        StepSpec {
            id: "close",
            hero: View::Stage,
            moment: |scene| {
                let in_time = scene.whole().nth(2, request("server")).variant("early");
                if is(scene, "early") { in_time.moment() } else { closes(scene).moment() }
            },
        },
        StepSpec {
            id: "crossing",
            hero: View::Stage,
            moment: |scene| {
                let answer = scene.after("close").first(sent("server").data()).halfway().variant("early");
                let opens = scene.after("close").first(sent("client").syn()).halfway().variant("late");
                match scene.values.get("moment") {
                    "early" => answer.moment(),
                    "late" => opens.moment(),
                    _ => second(scene).halfway().moment(),
                }
            },
        },
        StepSpec {
            id: "end",
            hero: View::Ladder,
            moment: |scene| {
                let crossed = scene.values.is("moment", "crossing");
                let learns = scene.after("crossing").first(decided());
                let learns = learns.variant_if(scene.values.is("method", "POST"), "post");
                let spot = learns.or(scene.first(failed()).variant("off"));
                spot.only_if(crossed).or(scene.first(completed("client", 1)).variant("fine")).moment()
            },
        },
        StepSpec {
            id: "rst",
            hero: View::Ladder,
            moment: |scene| {
                scene.after("crossing").first(sent("server").rst()).halfway().or_absent("no-crossing")
            },
        },
        StepSpec {
            id: "score",
            hero: View::Stage,
            moment: |scene| {
                let fine = !scene.values.is("moment", "crossing");
                let spot = over(scene).variant_if(fine, "fine");
                // If the client gives up at once, the RST is still in flight.
                let lost = scene.first(failed()).entry().is_some();
                let spot = if lost { scene.spot("rst").or(spot).variant("lost") } else { spot };
                spot.moment()
            },
        },
    ],
    spoilers: &[Spoiler {
        step: "end",
        hides: Hides::From(|event| matches!(event, Event::RetryDecided { .. })),
    }],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("close-at-will"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let idle = Duration::from_secs(u64::from(values.number("idle")));
    // The idle timer starts when the response leaves, and the client has the response half a round trip later: so the
    // request leaves at the moment when the server closes.
    let crossing = Duration::from_micros(idle.as_micros() - u64::from(RTT_MS) * 500);
    let after = match values.get("moment") {
        "early" => Duration::from_micros(idle.as_micros() / 2),
        "late" => idle + Duration::from_secs(1),
        _ => crossing,
    };
    let mut second = RequestSpec::get("/b").after(after);
    if values.is("method", "POST") {
        second.method = "POST".to_owned();
        second.body_len = 40;
    }
    let automatic = u32::from(values.is("retry", "on"));
    let client = ClientSpec {
        retry: RetryPolicy { automatic, ..RetryPolicy::default() },
        ..ClientSpec::new("server", vec![RequestSpec::get("/a"), second])
    };
    let server = OriginServerSpec {
        idle_timeout_us: idle,
        resources: vec![ResourceSpec::new("/a", 400), ResourceSpec::new("/b", 400)],
        ..OriginServerSpec::default()
    };
    let nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    in_a_row("close-at-will", RTT_MS, nodes)
}

fn is(scene: &Scene<'_>, moment: &str) -> bool {
    scene.values.is("moment", moment)
}

/// The first transmission of the second request.
fn second<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(sent("client").data().carrying("/b HTTP"))
}

/// The FIN after the server's idle timeout.
fn closes<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    let expired = scene.first(gave_up_waiting("server", Waiting::IdleTimeout));
    scene.whole().after(expired).first(sent("server").fin())
}

fn decided() -> Pattern {
    event("client", |event| matches!(event, Event::RetryDecided { .. }))
}

fn failed() -> Pattern {
    event("client", |event| matches!(event, Event::TransactionFailed { .. }))
}

fn over<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.last(event("client", |event| {
        matches!(event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. })
    }))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("idle", Value::Span(Duration::from_secs(u64::from(scene.values.number("idle")))));
    facts.set("method", Value::Verbatim(scene.values.get("method").to_owned()));
    if let Some(Event::TransactionCompleted { request: 1, started_at, .. }) =
        over(scene).entry().map(|entry| &entry.event)
    {
        facts.set_some("took", over(scene).at().map(|at| Value::Span(at.since(*started_at))));
    }
}
