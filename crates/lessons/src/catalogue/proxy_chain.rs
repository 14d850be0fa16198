//! Lesson 21: a smart proxy beside a dumb one. The trick of the lesson before fails, whichever comes first.
//! Figure 4-17.

use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::pattern::{completed, received, sent};
use crate::proxies::{ASK, FIELD, NAMES, gives_up, proxy_connection, second_wait};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Idle timeout of the smart proxies, longer than the server's.
const PROXY_IDLE: Duration = Duration::from_secs(10);

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
            hero: View::Stage,
            moment: |scene| scene.first(completed("client", 0)).moment(),
        },
        StepSpec {
            id: "second",
            hero: View::Stage,
            moment: |scene| {
                let after = scene.after("first");
                let opens = after.first(sent("client").syn()).only_if(scene.course == HARMLESS);
                let again = after.first(sent("client").data());
                opens.or(again).halfway().moment()
            },
        },
        StepSpec {
            id: "stuck",
            hero: View::Stage,
            moment: |scene| {
                let after = scene.after("second");
                let through = after.first(sent(last(scene)).data().with_peer("server")).halfway();
                let spot = match stuck(scene) {
                    Some(place) => {
                        let before = place.checked_sub(1).map_or("client", |before| NAMES[before]);
                        after.first(received(NAMES[place]).with_peer(before))
                    }
                    None => through,
                };
                by_outcome(scene, spot).moment()
            },
        },
        StepSpec {
            id: "waiting",
            hero: View::Stage,
            moment: |scene| {
                let after = scene.after("stuck");
                let spot = match stuck(scene) {
                    Some(place) => scene.spot("stuck").midway(after.first(sent(NAMES[place]).rst())),
                    None => after.first(completed("client", 1)),
                };
                by_outcome(scene, spot).moment()
            },
        },
        StepSpec {
            id: "reset",
            hero: View::Ladder,
            moment: |scene| {
                let place = stuck(scene);
                let rst = scene.after("waiting").first(sent(NAMES[place.unwrap_or(0)]).rst());
                rst.halfway().only_if(place.is_some()).or_absent("nobody-waits")
            },
        },
        StepSpec {
            id: "end",
            hero: View::Ladder,
            moment: |scene| {
                let after = scene.after("reset");
                let gateway = after.first(completed("client", 1)).variant("gateway");
                let end = after.first(gives_up()).or(gateway);
                end.only_if(stuck(scene).is_some()).or_absent("nobody-waits")
            },
        },
    ],
    facts,
    challenge: None,
    ways: None,
    real_scale: None,
    markdown: markdown!("proxy-chain"),
};

/// The kinds of the proxies, in their order.
fn kinds(values: &KnobValues) -> Vec<&str> {
    ["first", "second", "third"].iter().map(|knob| values.get(knob)).filter(|kind| *kind != "none").collect()
}

fn scenario(values: &KnobValues) -> Scenario {
    proxy_connection("proxy-chain", values, &kinds(values), PROXY_IDLE, 40)
}

/// The server's neighbour.
fn last(scene: &Scene<'_>) -> &'static str {
    NAMES[kinds(scene.values).len().saturating_sub(1).min(2)]
}

/// Index of the proxy in whose buffer the second request stays unread; none when it gets through.
fn stuck(scene: &Scene<'_>) -> Option<usize> {
    let is_through = [HARMLESS, KEPT].contains(&scene.course);
    kinds(scene.values).iter().position(|kind| *kind == "dumb").filter(|_| !is_through)
}

/// The main course: dumb and smart proxies together, which hangs whatever the client says.
fn course(scene: &Scene<'_>) -> &'static str {
    let kinds = kinds(scene.values);
    let failed = scene.first(gives_up()).entry().is_some();
    match (kinds.contains(&"dumb"), kinds.contains(&"smart")) {
        (true, true) => MAIN,
        (false, _) => KEPT,
        (true, false) if failed => HANGS,
        (true, false) => HARMLESS,
    }
}

/// A step whose text depends only on whether the second request gets through.
fn by_outcome<'s>(scene: &Scene<'_>, spot: Spot<'s>) -> Spot<'s> {
    spot.variant_if([HARMLESS, KEPT].contains(&scene.course), "through")
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set_some("stuck", stuck(scene).map(|place| Value::Count(place as u64 + 1)));
    second_wait(scene, facts);
}
