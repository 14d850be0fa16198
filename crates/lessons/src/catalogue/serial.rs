//! Lesson 14: serial loading. A connection for each object, one after another. Figure 4-10.

use playground_core::node::LoadingPolicy;
use playground_core::scenario::Scenario;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::page::{self, Page, begin_of_image, page_completed, painted};
use crate::pattern::{completed, sent};
use crate::scene::Scene;
use crate::text::markdown;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "serial",
    number: 14,
    section: "4.3",
    figures: &["4-10"],
    knobs: &[
        Knob {
            id: "images",
            kind: KnobKind::Range { min: 2, max: 8, step: 1, default: 3, unit: Unit::Count },
        },
        Knob { id: "size", kind: KnobKind::Choice { values: &["2000", "6000", "20000"], default: 1 } },
        Knob { id: "sizes", kind: KnobKind::Choice { values: &["no", "yes"], default: 0 } },
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "first",
            hero: View::Page,
            moment: |scene| scene.first(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "names",
            hero: View::Page,
            moment: |scene| scene.first(completed("client", 0)).moment(),
        },
        StepSpec {
            id: "second",
            hero: View::Page,
            moment: |scene| scene.after("names").first(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "slow",
            hero: View::Window,
            moment: |scene| scene.first(sent("server").data().carrying(begin_of_image(1))).halfway().moment(),
        },
        StepSpec {
            id: "blank",
            hero: View::Page,
            moment: |scene| scene.first(completed("client", 1)).variant_if(is_sized(scene), "sized").moment(),
        },
        StepSpec {
            id: "third",
            hero: View::Page,
            moment: |scene| scene.after("blank").first(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "paint",
            hero: View::Page,
            moment: |scene| scene.first(painted()).only_if(!is_sized(scene)).or_absent("painted-before"),
        },
        StepSpec { id: "complete", hero: View::Page, moment: |scene| scene.first(page_completed()).moment() },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("serial"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let page = Page {
        html: 2_000,
        images: values.number("images"),
        size: values.number("size"),
        sized: values.is("sizes", "yes"),
    };
    page::scenario("serial", values.number("rtt"), page, LoadingPolicy::Serial, 1)
}

fn is_sized(scene: &Scene<'_>) -> bool {
    scene.values.is("sizes", "yes")
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    page::facts(scene, facts);
    let window = |spot| page::window(scene, spot).map(Value::Count);
    facts.set_some("window", window(scene.first(sent("server").data().carrying(begin_of_image(1)))));
    let first = scene.whole().before(scene.step("second").map_or(scene.end(), |_| scene.spot("second")));
    facts.set_some("grown", window(first.last(sent("server").data())));
}
