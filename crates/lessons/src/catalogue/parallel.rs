//! Lesson 15: parallel connections. The HTML first, then its images at once. Figures 4-11 and 4-12.

use playground_core::event::Event;
use playground_core::node::{LoadingPolicy, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::tcp::Notice;
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Challenge, Goal, Hides, Lesson, MAIN, Measure, Shadow, Spoiler, StepSpec, View};
use crate::page::{self, Page, begin_of_image, named, page_completed, painted};
use crate::pattern::sent;
use crate::run::Run;
use crate::scene::Scene;
use crate::text::markdown;

/// The numbers of connections that can be chosen.
const LEAST: u32 = 2;
const MOST: u32 = 8;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "parallel",
    number: 15,
    section: "4.4",
    figures: &["4-11", "4-12"],
    knobs: &[
        Knob {
            id: "connections",
            kind: KnobKind::Range { min: LEAST, max: MOST, step: 1, default: 4, unit: Unit::Count },
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
                let second = scene.first(sent("server").data().carrying(begin_of_image(2))).halfway();
                let as_asked = scene.values.is("connections", "4") && is_half(scene.values);
                second.variant_if(!as_asked, "changed").moment()
            },
        },
        StepSpec { id: "paint", hero: View::Page, moment: |scene| scene.first(painted()).moment() },
        StepSpec { id: "complete", hero: View::Page, moment: |scene| scene.first(page_completed()).moment() },
    ],
    spoilers: &[Spoiler {
        step: "name",
        hides: Hides::From(|event| matches!(event, Event::Socket { notice: Notice::Opened { .. }, .. })),
    }],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: Some(Shadow::Serial),
    real_scale: None,
    markdown: markdown!("parallel"),
};

static CHALLENGE: Challenge =
    Challenge { id: "which-number", check, solution: &[("images", "9"), ("connections", "6")] };

fn scenario(values: &KnobValues) -> Scenario {
    let page =
        Page { html: 4_000, images: values.number("images"), size: values.number("size"), sized: false };
    let connections = values.number("connections");
    page::scenario("parallel", values.number("rtt"), page, LoadingPolicy::Parallel, connections)
}

fn serial_total(scene: &Scene<'_>) -> Option<Duration> {
    page::cost_by(scene, LoadingPolicy::Serial, 1).map(|cost| cost.total)
}

/// Whether the page takes about half as long as serially, as the question assumes.
fn is_half(values: &KnobValues) -> bool {
    let run = sim::run(&scenario(values)).ok();
    let share = run.and_then(|trace| {
        let serial = serial_total(&Scene::new(&trace, values))?;
        Some(Value::share(page::cost(&trace).total, serial))
    });
    matches!(share, Some(Value::PerMille(420..=580)))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    page::facts(scene, facts);
    facts.set_some("serial", serial_total(scene).map(Value::Span));
    facts.set("at-once", Value::Count(page::crowd(scene).count(sent("client").syn()) as u64));
}

/// The time to the whole page with another number of connections.
fn total_with(run: &Run, connections: u32) -> Option<Duration> {
    let scene = Scene::new(&run.trace, &run.values);
    page::cost_by(&scene, LoadingPolicy::Parallel, connections).map(|cost| cost.total)
}

/// A page of nine images, as fast as with any number of connections, and with none that could be left out.
fn check(run: &Run) -> Goal {
    let (mut images, mut connections, mut total) = (0, 0, Duration::ZERO);
    for entry in &run.trace.entries {
        match &entry.event {
            Event::ObjectNamed { .. } => images += 1,
            Event::PageCompleted { .. } => total = entry.at.since(Instant::ZERO),
            _ => {}
        }
    }
    if let Some(RoleSpec::Browser(browser)) = run.trace.scenario.nodes.first().map(|node| &node.role) {
        connections = browser.connections;
    }
    let others = || (LEAST..=MOST).filter_map(|number| Some((number, total_with(run, number)?)));
    let best = others().map(|(_, total)| total).min().unwrap_or_default();
    let spare = others().filter(|(number, time)| *number < connections && *time <= total).count() as u64;
    let is_loaded = !total.is_zero();
    Goal::of(vec![
        Measure::new("images", Value::Count(images), images == 9),
        Measure::new("total", Value::Span(total), is_loaded && total <= best),
        Measure::new("spare", Value::Count(spare), is_loaded && spare == 0),
    ])
}
