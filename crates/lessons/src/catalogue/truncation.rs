//! Lesson 25: an answer is cut. Who can know it, and what a cache must not keep.

use playground_core::event::{CacheAction, Event};
use playground_core::node::{
    BodyFraming, CachingProxySpec, CachingSpec, ClientSpec, CloseStyle, CutSpec, OriginServerSpec,
    RequestSpec, ResourceSpec, RoleSpec,
};
use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, event, sent};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Length of the body, and the octets of it that arrive.
const WHOLE: u32 = 1_000;
const COME: u32 = 600;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "truncation",
    number: 25,
    section: "4.7",
    figures: &[],
    knobs: &[
        Knob {
            id: "length",
            kind: KnobKind::Choice { values: &["right", "wrong", "chunked", "missing"], default: 0 },
        },
        Knob { id: "end", kind: KnobKind::Choice { values: &["fin", "rst"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "promise",
            hero: View::Stage,
            moment: |scene| {
                let head =
                    scene.first(event("proxy", |event| matches!(event, Event::ResponseReceived { .. })));
                match scene.values.get("length") {
                    "chunked" => head.variant("chunked").moment(),
                    "missing" => head.variant("missing").moment(),
                    _ => head.moment(),
                }
            },
        },
        StepSpec {
            id: "cut",
            hero: View::Stage,
            moment: |scene| {
                let server = || sent("server").with_peer("proxy");
                let end = scene.first(server().rst()).variant("rst").or(scene.first(server().fin()));
                end.halfway().moment()
            },
        },
        StepSpec {
            id: "proxy",
            hero: View::Stage,
            moment: |scene| {
                let incomplete = scene.first(cut_short("proxy"));
                let incomplete = match (scene.values.get("length"), scene.values.get("end")) {
                    ("chunked", _) => incomplete.variant("chunked"),
                    ("missing", _) => incomplete.variant("reset"),
                    _ => incomplete,
                };
                incomplete.or(scene.first(cached(CacheAction::Stored)).variant("blind")).moment()
            },
        },
        StepSpec {
            id: "client",
            hero: View::Stage,
            moment: |scene| {
                let incomplete = scene.first(cut_short("client"));
                incomplete.or(scene.first(answered()).variant("blind")).moment()
            },
        },
        StepSpec {
            id: "second",
            hero: View::Cache,
            moment: |scene| {
                let after = scene.after("client");
                let served = after.first(cached(CacheAction::Served)).variant("blind");
                served.or(after.first(sent("proxy").data().with_peer("server")).halfway()).moment()
            },
        },
        StepSpec {
            id: "score",
            hero: View::Cache,
            moment: |scene| {
                let over = scene.last(event("client", |event| {
                    matches!(event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. })
                }));
                over.variant_if(scene.values.is("length", "wrong"), "wrong")
                    .variant_if(is_blind(scene), "blind")
                    .moment()
            },
        },
    ],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("truncation"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let list = vec![RequestSpec::get("/a"), RequestSpec::get("/a").after(Duration::from_secs(1))];
    let client = ClientSpec { port: 8080, ..ClientSpec::new("proxy", list) };
    let is_wrong = values.is("length", "wrong");
    let framing = match values.get("length") {
        // The announced length is always too large, so every response ends too early.
        "wrong" => BodyFraming::WrongLength { announced: u64::from(WHOLE) },
        "chunked" => BodyFraming::Chunked,
        "missing" => BodyFraming::UntilClose,
        _ => BodyFraming::ContentLength,
    };
    let by = if values.is("end", "rst") { CloseStyle::Abort } else { CloseStyle::Close };
    let resource = ResourceSpec {
        framing,
        cut: Some(CutSpec { after: COME, by, pause_us: Duration::from_millis(200), once: !is_wrong }),
        caching: Some(CachingSpec { cache_control: "max-age=60".to_owned(), ..CachingSpec::default() }),
        ..ResourceSpec::new("/a", if is_wrong { COME } else { WHOLE })
    };
    let server = OriginServerSpec { resources: vec![resource], ..OriginServerSpec::default() };
    let nodes = vec![
        host("client", RoleSpec::Client(client)),
        host("proxy", RoleSpec::CachingProxy(CachingProxySpec::new("server"))),
        host("server", RoleSpec::OriginServer(server)),
    ];
    in_a_row("truncation", 100, nodes)
}

fn cut_short(node: &'static str) -> Pattern {
    event(node, |event| matches!(event, Event::MessageIncomplete { .. }))
}

fn cached(action: CacheAction) -> Pattern {
    event("proxy", move |event| matches!(event, Event::CacheUsed { action: which, .. } if *which == action))
}

fn answered() -> Pattern {
    event("client", |event| matches!(event, Event::TransactionCompleted { .. }))
}

/// Whether the proxy took the truncated response for a complete one.
fn is_blind(scene: &Scene<'_>) -> bool {
    scene.first(cut_short("proxy")).entry().is_none()
}

/// Octets of the body that the client received with the response at this spot.
fn body_len(spot: Spot<'_>) -> Option<u64> {
    match spot.entry()?.event {
        Event::TransactionCompleted { body_len, .. } => Some(body_len),
        Event::MessageIncomplete { received, .. } => Some(received),
        _ => None,
    }
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("whole", Value::Octets(u64::from(WHOLE)));
    facts.set("came", Value::Octets(u64::from(COME)));
    let first = scene.first(cut_short("client"));
    facts.set_some("first", body_len(first.or(scene.first(answered()))).map(Value::Octets));
    let last = scene.last(answered()).or(scene.last(cut_short("client")));
    facts.set_some("last", body_len(last).map(Value::Octets));
    facts.set("missing", Value::Octets(u64::from(WHOLE - COME)));
}
