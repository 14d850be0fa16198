//! Lesson 15: parallel connections. The HTML first, then its images at once. Figures 4-11 and 4-12.

use playground_core::event::Event;
use playground_core::node::LoadingPolicy;
use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Lesson, MAIN, Shadow, StepSpec, View};
use crate::page::{self, Page, named, page_completed, painted};
use crate::pattern::{Pattern, event, sent};
use crate::scene::Scene;
use crate::text::markdown;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "parallel",
    number: 15,
    section: "4.4",
    figures: &["4-11", "4-12"],
    knobs: &[
        Knob {
            id: "connections",
            kind: KnobKind::Range { min: 2, max: 8, step: 1, default: 4, unit: Unit::Count },
        },
        Knob { id: "images", kind: KnobKind::Choice { values: &["3", "6", "9"], default: 0 } },
        Knob { id: "size", kind: KnobKind::Choice { values: &["2000", "6000", "20000"], default: 1 } },
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "html",
            hero: View::Page,
            moment: |scene| scene.first(sent("client").data()).halfway().moment(),
        },
        StepSpec { id: "name", hero: View::Page, moment: |scene| scene.first(named(1)).moment() },
        StepSpec {
            id: "syns",
            hero: View::Page,
            moment: |scene| page::crowd(scene).last(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "overlap",
            hero: View::Page,
            moment: |scene| {
                let second = page::crowd(scene).nth(2, answer_begins());
                second.variant_if(!is_half(scene), "changed").moment()
            },
        },
        StepSpec { id: "paint", hero: View::Page, moment: |scene| scene.first(painted()).moment() },
        StepSpec { id: "complete", hero: View::Page, moment: |scene| scene.first(page_completed()).moment() },
    ],
    facts,
    challenge: None,
    ways: None,
    shadow: Some(Shadow::Serial),
    real_scale: None,
    markdown: markdown!("parallel"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let page =
        Page { html: 4_000, images: values.number("images"), size: values.number("size"), sized: false };
    let connections = values.number("connections");
    page::scenario("parallel", values.number("rtt"), page, LoadingPolicy::Parallel, connections)
}

fn answer_begins() -> Pattern {
    event("client", |event| matches!(event, Event::ResponseReceived { .. }))
}

fn serial_total(scene: &Scene<'_>) -> Option<Duration> {
    page::cost_by(scene, LoadingPolicy::Serial, 1).map(|cost| cost.total)
}

/// Whether the page takes about half as long as serially, as the question assumes.
fn is_half(scene: &Scene<'_>) -> bool {
    let total = page::cost(scene.trace).total;
    let share = serial_total(scene).map(|serial| Value::share(total, serial));
    matches!(share, Some(Value::PerMille(420..=580)))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    page::facts(scene, facts);
    facts.set_some("serial", serial_total(scene).map(Value::Span));
    facts.set("at-once", Value::Count(page::crowd(scene).count(sent("client").syn()) as u64));
}
