//! Lesson 17: persistent connections, and a race of five policies. Figure 4-13.

use playground_core::event::Event;
use playground_core::node::LoadingPolicy;
use playground_core::scenario::Scenario;
use playground_core::time::Duration;
use strum::VariantArray;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Hides, Lesson, MAIN, Shadow, Spoiler, StepSpec, View};
use crate::page::{self, Page, begin_of_image, get_image, named, page_completed};
use crate::pattern::{completed, sent};
use crate::scene::Scene;
use crate::text::markdown;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "persistent",
    number: 17,
    section: "4.5",
    figures: &["4-13"],
    knobs: &[
        Knob {
            id: "policy",
            kind: KnobKind::Choice {
                values: &["serial", "parallel", "persistent", "parallel-persistent", "pipelined"],
                default: 2,
            },
        },
        Knob {
            id: "connections",
            kind: KnobKind::Range { min: 2, max: 6, step: 1, default: 4, unit: Unit::Count },
        },
        Knob { id: "images", kind: KnobKind::Choice { values: &["3", "6", "12"], default: 1 } },
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "open",
            hero: View::Stage,
            moment: |scene| {
                let closes = ["serial", "parallel"].contains(&scene.values.get("policy"));
                scene.first(sent("client").syn()).halfway().variant_if(closes, "closes").moment()
            },
        },
        StepSpec {
            id: "names",
            hero: View::Stage,
            moment: |scene| scene.first(named(1)).variant_if(is_new(scene), "new").moment(),
        },
        StepSpec {
            id: "request",
            hero: View::Stage,
            moment: |scene| {
                let request = scene.first(sent("client").data().carrying(get_image(1))).halfway();
                let pipelined = scene.values.is("policy", "pipelined");
                request.variant_if(is_new(scene), "new").variant_if(pipelined, "pipelined").moment()
            },
        },
        StepSpec {
            id: "window",
            hero: View::Window,
            moment: |scene| {
                let begin = scene.first(sent("server").data().carrying(begin_of_image(1))).halfway();
                begin.variant_if(is_new(scene), "new").moment()
            },
        },
        StepSpec {
            id: "image",
            hero: View::Page,
            moment: |scene| {
                scene.first(completed("client", 1)).variant_if(!is_persistent(scene), "other").moment()
            },
        },
        StepSpec { id: "race", hero: View::Race, moment: |scene| scene.first(page_completed()).moment() },
    ],
    spoilers: &[Spoiler {
        step: "names",
        hides: Hides::Events(|event| matches!(event, Event::BeliefChanged { .. })),
    }],
    facts,
    challenge: None,
    ways: None,
    shadow: Some(Shadow::Serial),
    real_scale: None,
    markdown: markdown!("persistent"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let page = Page { html: 3_000, images: values.number("images"), size: 4_000, sized: false };
    let (rtt, connections) = (values.number("rtt"), values.number("connections"));
    page::scenario("persistent", rtt, page, policy(values), connections)
}

fn policy(values: &KnobValues) -> LoadingPolicy {
    let named = |policy: &LoadingPolicy| values.is("policy", policy.key());
    LoadingPolicy::VARIANTS.iter().copied().find(named).unwrap_or_default()
}

fn is_persistent(scene: &Scene<'_>) -> bool {
    scene.values.is("policy", "persistent")
}

/// Whether the first image is loaded over a new connection.
fn is_new(scene: &Scene<'_>) -> bool {
    !is_persistent(scene) && !scene.values.is("policy", "pipelined")
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    page::facts(scene, facts);
    let begin = scene.first(sent("server").data().carrying(begin_of_image(1)));
    facts.set_some("window", page::window(scene, begin).map(Value::Count));
    let connections = scene.values.number("connections");
    let mut fastest: Option<(&str, Duration)> = None;
    for (key, policy) in [
        ("serial", LoadingPolicy::Serial),
        ("parallel", LoadingPolicy::Parallel),
        ("persistent", LoadingPolicy::Persistent),
        ("both", LoadingPolicy::ParallelPersistent),
        ("pipelined", LoadingPolicy::Pipelined),
    ] {
        let Some(cost) = page::cost_by(scene, policy, connections) else { continue };
        facts.set(key, Value::Span(cost.total));
        if fastest.is_none_or(|(_, total)| cost.total < total) {
            fastest = Some((policy.key(), cost.total));
        }
    }
    facts.set_some("least", fastest.map(|(_, total)| Value::Span(total)));
}
