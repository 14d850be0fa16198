//! Lesson 21: a smart proxy beside a dumb one. The trick of the lesson before fails, whichever comes first.
//! Figure 4-17.

use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, StepSpec, Tab};
use crate::pattern::{completed, received, sent};
use crate::proxies::{ASK, FIELD, NAMES, gives_up, proxy_connection, second_wait};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// The smart proxies leave an idle connection open so long: longer than the server.
const PROXY_IDLE: Duration = Duration::from_secs(10);

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "proxy-chain",
    number: 21,
    section: "4.5",
    figures: &["4-17"],
    first_tab: Tab::Headers,
    knobs: || {
        &[
            Knob { id: "first", kind: KnobKind::Choice { values: &["dumb", "smart"], default: 0 } },
            Knob { id: "second", kind: KnobKind::Choice { values: &["dumb", "smart"], default: 1 } },
            Knob { id: "third", kind: KnobKind::Choice { values: &["none", "dumb", "smart"], default: 0 } },
            FIELD,
        ]
    },
    scenario,
    steps: || {
        &[
            ASK,
            StepSpec {
                id: "server",
                moment: |scene| {
                    told(scene, scene.first(sent(last(scene)).data().with_peer("server")).halfway()).moment()
                },
            },
            StepSpec {
                id: "first",
                moment: |scene| told(scene, scene.first(completed("client", 0))).moment(),
            },
            StepSpec {
                id: "second",
                moment: |scene| {
                    let after = scene.after("first");
                    let opens = after.first(sent("client").syn()).only_if(tale(scene) == Tale::Harmless);
                    let again = after.first(sent("client").data());
                    opens.halfway().told("harmless").or(again.halfway()).moment()
                },
            },
            StepSpec {
                id: "stuck",
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
                    told_apart(scene, spot).moment()
                },
            },
            StepSpec {
                id: "waiting",
                moment: |scene| {
                    let after = scene.after("stuck");
                    let spot = match stuck(scene) {
                        Some(place) => scene.spot("stuck").midway(after.first(sent(NAMES[place]).rst())),
                        None => after.first(completed("client", 1)),
                    };
                    told_apart(scene, spot).moment()
                },
            },
            StepSpec {
                id: "reset",
                moment: |scene| {
                    let place = stuck(scene);
                    let rst = scene.after("waiting").first(sent(NAMES[place.unwrap_or(0)]).rst());
                    rst.halfway().only_if(place.is_some()).or_absent("nobody-waits")
                },
            },
            StepSpec {
                id: "end",
                moment: |scene| {
                    let after = scene.after("reset");
                    let gateway = after.first(completed("client", 1)).told("gateway");
                    let end = after.first(gives_up()).or(gateway);
                    end.only_if(stuck(scene).is_some()).or_absent("nobody-waits")
                },
            },
        ]
    },
    facts,
    challenge: None,
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

/// The place of the proxy in whose buffer the second request is left, from 0; none when it gets through.
fn stuck(scene: &Scene<'_>) -> Option<usize> {
    let is_through = tale(scene) == Tale::Kept || tale(scene) == Tale::Harmless;
    kinds(scene.values).iter().position(|kind| *kind == "dumb").filter(|_| !is_through)
}

/// Which of its courses the story takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tale {
    /// Dumb and smart together: it hangs, whatever the client says.
    Mixed,
    /// Dumb ones alone, and Connection: the book's hang.
    Hangs,
    /// Dumb ones alone, and a field that the server does not know.
    Harmless,
    /// Smart ones alone.
    Kept,
}

fn tale(scene: &Scene<'_>) -> Tale {
    let kinds = kinds(scene.values);
    let failed = scene.whole().first(gives_up()).entry().is_some();
    match (kinds.contains(&"dumb"), kinds.contains(&"smart")) {
        (true, true) => Tale::Mixed,
        (false, _) => Tale::Kept,
        (true, false) if failed => Tale::Hangs,
        (true, false) => Tale::Harmless,
    }
}

/// The spot in the words of its tale.
fn told<'s>(scene: &Scene<'_>, spot: Spot<'s>) -> Spot<'s> {
    match tale(scene) {
        Tale::Mixed => spot,
        Tale::Hangs => spot.told("hangs"),
        Tale::Harmless => spot.told("harmless"),
        Tale::Kept => spot.told("kept"),
    }
}

/// The spot in the words of those whom it concerns: both hangs are told alike.
fn told_apart<'s>(scene: &Scene<'_>, spot: Spot<'s>) -> Spot<'s> {
    match tale(scene) {
        Tale::Mixed | Tale::Hangs => spot,
        Tale::Harmless | Tale::Kept => spot.told("through"),
    }
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set_some("stuck", stuck(scene).map(|place| Value::Count(place as u64 + 1)));
    second_wait(scene, facts);
}
