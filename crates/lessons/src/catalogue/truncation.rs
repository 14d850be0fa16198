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
use crate::lesson::{Hides, Lesson, MAIN, Spoiler, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, event, sent};
use crate::scene::{Scene, Spot, Stretch};
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
        Knob { id: "length", kind: KnobKind::Choice { values: &["right", "wrong", "chunked"], default: 0 } },
        Knob { id: "end", kind: KnobKind::Choice { values: &["fin", "rst"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "promise",
            hero: View::Headers,
            moment: |scene| {
                let head = scene.first(answer_begins());
                head.variant_if(scene.values.is("length", "chunked"), "chunked").moment()
            },
        },
        StepSpec { id: "cut", hero: View::Buffers, moment: |scene| cut(scene, scene.whole()).moment() },
        StepSpec {
            id: "proxy",
            hero: View::Buffers,
            moment: |scene| {
                let incomplete = scene.first(cut_short("proxy"));
                incomplete.variant_if(scene.values.is("length", "chunked"), "chunked").moment()
            },
        },
        StepSpec {
            id: "client",
            hero: View::Buffers,
            moment: |scene| scene.first(cut_short("client")).moment(),
        },
        StepSpec {
            id: "second",
            hero: View::Cache,
            moment: |scene| {
                let after = scene.after("client");
                let short = after.first(cut_short("client")).variant("wrong");
                let is_wrong = scene.values.is("length", "wrong");
                short.only_if(is_wrong).or(after.first(answered())).moment()
            },
        },
        StepSpec {
            id: "no-length",
            hero: View::Buffers,
            moment: |scene| scene.after("second").first(answer_begins()).moment(),
        },
        StepSpec {
            id: "ends",
            hero: View::Buffers,
            moment: |scene| cut(scene, scene.after("no-length")).moment(),
        },
        StepSpec {
            id: "kept",
            hero: View::Cache,
            moment: |scene| {
                let after = scene.after("ends");
                let incomplete = after.first(cut_short("proxy")).variant("rst").only_if(is_reset(scene));
                incomplete.or(after.first(cached(CacheAction::Stored))).moment()
            },
        },
        StepSpec {
            id: "score",
            hero: View::Cache,
            moment: |scene| {
                let over = scene.last(event("client", |event| {
                    matches!(event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. })
                }));
                over.variant_if(is_reset(scene), "rst").moment()
            },
        },
    ],
    spoilers: &[Spoiler {
        step: "proxy",
        hides: Hides::From(|event| matches!(event, Event::CacheUsed { .. })),
    }],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("truncation"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let pause = Duration::from_secs(1);
    let paths = ["/a", "/a", "/old", "/old"].iter().enumerate();
    let list = paths.map(|(place, path)| {
        let request = RequestSpec::get(*path);
        if place == 0 { request } else { request.after(pause) }
    });
    let client = ClientSpec { port: 8080, ..ClientSpec::new("proxy", list.collect()) };
    let is_wrong = values.is("length", "wrong");
    let framing = match values.get("length") {
        // The announced length is always too large, so every response ends too early.
        "wrong" => BodyFraming::WrongLength { announced: u64::from(WHOLE) },
        "chunked" => BodyFraming::Chunked,
        _ => BodyFraming::ContentLength,
    };
    let by = if values.is("end", "rst") { CloseStyle::Abort } else { CloseStyle::Close };
    let resource = |path: &str, framing, once| ResourceSpec {
        framing,
        cut: Some(CutSpec { after: COME, by, pause_us: Duration::from_millis(200), once }),
        caching: Some(CachingSpec { cache_control: "max-age=60".to_owned(), ..CachingSpec::default() }),
        ..ResourceSpec::new(path, if once { WHOLE } else { COME })
    };
    let resources = vec![resource("/a", framing, !is_wrong), resource("/old", BodyFraming::UntilClose, true)];
    let server = OriginServerSpec { resources, ..OriginServerSpec::default() };
    let nodes = vec![
        host("client", RoleSpec::Client(client)),
        host("proxy", RoleSpec::CachingProxy(CachingProxySpec::new("server"))),
        host("server", RoleSpec::OriginServer(server)),
    ];
    in_a_row("truncation", 100, nodes)
}

/// The proxy has the head of a response.
fn answer_begins() -> Pattern {
    event("proxy", |event| matches!(event, Event::ResponseReceived { .. }))
}

fn is_reset(scene: &Scene<'_>) -> bool {
    scene.values.is("end", "rst")
}

/// The end of the server's connection to the proxy, on its way.
fn cut<'s>(scene: &Scene<'_>, stretch: Stretch<'s>) -> Spot<'s> {
    let server = || sent("server").with_peer("proxy");
    let end = if is_reset(scene) { stretch.first(server().rst()) } else { stretch.first(server().fin()) };
    end.halfway().variant_if(is_reset(scene), "rst")
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
    facts.set("missing", Value::Octets(u64::from(WHOLE - COME)));
    facts.set_some("first", body_len(scene.first(cut_short("client"))).map(Value::Octets));
    let after = scene.after("client");
    let second = after.first(answered()).only_if(!scene.values.is("length", "wrong"));
    facts.set_some("second", body_len(second.or(after.first(cut_short("client")))).map(Value::Octets));
    facts.set_some("last", body_len(scene.last(answered())).map(Value::Octets));
}
