//! Lesson 26: a cache near the client and a server far away. Miss, hit, stale, and what is never kept.

use playground_core::event::{CacheAction, CachedCopy, Event};
use playground_core::node::{
    CachingProxySpec, CachingSpec, ClientSpec, CutSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec,
};
use playground_core::rule::Rule;
use playground_core::scenario::Scenario;
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Hides, Lesson, MAIN, Spoiler, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, request, sent};
use crate::proxies::{gives_up, wanted_at};
use crate::scene::Scene;
use crate::text::markdown;

/// Pauses of the client before its second and its third request.
const AGAIN: [Duration; 2] = [Duration::from_secs(3), Duration::from_secs(10)];
/// Round trip of the near hop, and the time at which a page that changes has changed.
const NEAR_MS: u32 = 20;
const CHANGES_AT: Instant = Instant::from_millis(5_000);

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "caching-proxy",
    number: 26,
    section: "4.7",
    figures: &[],
    knobs: &[
        Knob {
            id: "distance",
            kind: KnobKind::Range { min: 20, max: 800, step: 20, default: 300, unit: Unit::Milliseconds },
        },
        Knob { id: "max-age", kind: KnobKind::Choice { values: &["2", "10", "60"], default: 1 } },
        Knob { id: "size", kind: KnobKind::Choice { values: &["1000", "30000", "300000"], default: 1 } },
        Knob {
            id: "page",
            kind: KnobKind::Choice { values: &["same", "changed", "cut", "no-store"], default: 0 },
        },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec { id: "miss", hero: View::Cache, moment: |scene| scene.first(looked()).moment() },
        StepSpec {
            id: "fetch",
            hero: View::Headers,
            moment: |scene| scene.first(sent("proxy").data().with_peer("server")).halfway().moment(),
        },
        StepSpec {
            id: "keep",
            hero: View::Cache,
            moment: |scene| {
                let kept = scene.first(did(CacheAction::Stored));
                let refused = scene.first(did(CacheAction::Refused));
                let cut = scene.values.is("page", "cut");
                let refused = refused.variant(if cut { "cut" } else { "no-store" });
                refused.or(kept).moment()
            },
        },
        StepSpec {
            id: "first",
            hero: View::Time,
            moment: |scene| {
                let whole = scene.first(completed("client", 0));
                let whole = whole.variant_if(lookup(scene, 1) != Some(CacheAction::Served), "no-hit");
                whole.or(scene.first(gives_up()).variant("cut")).moment()
            },
        },
        StepSpec {
            id: "again",
            hero: View::Cache,
            moment: |scene| {
                let spot = scene.whole().nth(2, looked());
                match lookup(scene, 1) {
                    Some(CacheAction::Served) => spot,
                    Some(CacheAction::Asked) => spot.variant("stale"),
                    _ => spot.variant("miss"),
                }
                .moment()
            },
        },
        StepSpec {
            id: "second",
            hero: View::Time,
            moment: |scene| {
                let done = scene.first(completed("client", 1));
                done.variant_if(lookup(scene, 1) != Some(CacheAction::Served), "asked").moment()
            },
        },
        StepSpec {
            id: "later",
            hero: View::Cache,
            moment: |scene| {
                let spot = scene.whole().nth(3, looked());
                match lookup(scene, 2) {
                    Some(CacheAction::Asked) => spot,
                    Some(CacheAction::Served) => spot.variant("fresh"),
                    _ => spot.variant("miss"),
                }
                .moment()
            },
        },
        StepSpec {
            id: "answer",
            hero: View::Headers,
            moment: |scene| {
                let answer = scene.after("later").first(sent("server").data()).halfway();
                let asked = lookup(scene, 2) != Some(CacheAction::Served);
                let answer = answer.variant_if(!is_validated(scene), "whole");
                let answer = answer.variant_if(lookup(scene, 2) == Some(CacheAction::Missed), "none");
                answer.only_if(asked).or_absent("nobody-asks")
            },
        },
        StepSpec {
            id: "third",
            hero: View::Time,
            moment: |scene| {
                let done = scene.first(completed("client", 2));
                let fresh = lookup(scene, 2) == Some(CacheAction::Served);
                // Far, near and asked are compared only where there were all three.
                let has_hit = lookup(scene, 1) == Some(CacheAction::Served);
                let done = done.variant_if(!has_hit, "asked");
                let done = done.variant_if(!is_validated(scene), "whole").variant_if(fresh, "fresh");
                done.variant_if(fresh && scene.values.is("page", "changed"), "outdated").moment()
            },
        },
    ],
    spoilers: &[Spoiler {
        step: "later",
        hides: Hides::From(|event| matches!(event, Event::CacheUsed { .. })),
    }],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("caching-proxy"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let size = values.number("size");
    let page = RequestSpec::get("/page");
    let requests = vec![page.clone(), page.clone().after(AGAIN[0]), page.after(AGAIN[1])];
    let client = ClientSpec { port: 8080, absolute_form: true, ..ClientSpec::new("proxy", requests) };
    let caching = CachingSpec {
        cache_control: if values.is("page", "no-store") {
            "no-store".to_owned()
        } else {
            format!("max-age={}", values.get("max-age"))
        },
        etag: true,
        changes_at_us: values.is("page", "changed").then_some(CHANGES_AT),
        ..CachingSpec::default()
    };
    let cut = CutSpec { after: size / 2, by: Default::default(), pause_us: Duration::ZERO, once: true };
    let page = ResourceSpec {
        caching: Some(caching),
        cut: values.is("page", "cut").then_some(cut),
        ..ResourceSpec::new("/page", size)
    };
    let server =
        OriginServerSpec { idle_timeout_us: Duration::ZERO, resources: vec![page], ..Default::default() };
    let nodes = vec![
        host("client", RoleSpec::Client(client)),
        host("proxy", RoleSpec::CachingProxy(CachingProxySpec::new("server"))),
        host("server", RoleSpec::OriginServer(server)),
    ];
    let mut scenario = in_a_row("caching-proxy", NEAR_MS, nodes);
    for node in &mut scenario.nodes {
        // Only propagation delays count here: no delayed first ACK, no initial window of one segment.
        node.profile = ProfileName::Linux;
    }
    if let Some(far) = scenario.links.last_mut() {
        far.delay_us = Duration::from_micros(u64::from(values.number("distance")) * 500);
    }
    scenario
}

fn of_cache(event: &Event) -> Option<(CacheAction, Option<&CachedCopy>)> {
    match event {
        Event::CacheUsed { action, copy, .. } => Some((*action, copy.as_deref())),
        _ => None,
    }
}

/// An action of the cache.
fn did(action: CacheAction) -> Pattern {
    event("proxy", move |event| of_cache(event).is_some_and(|(did, _)| did == action))
}

/// The cache lookup with which each request begins.
fn looked() -> Pattern {
    let looks = event("proxy", |event| {
        let looks = [CacheAction::Missed, CacheAction::Asked, CacheAction::Served];
        of_cache(event).is_some_and(|(did, _)| looks.contains(&did))
    });
    // A copy that has just been validated was looked up before.
    looks.not_by(Rule::NotModified)
}

/// The result of the lookup for a request, counted from 0.
fn lookup(scene: &Scene<'_>, number: usize) -> Option<CacheAction> {
    let entry = scene.whole().nth(number + 1, looked()).entry()?;
    of_cache(&entry.event).map(|(action, _)| action)
}

/// Whether the third request ended with a validated copy.
fn is_validated(scene: &Scene<'_>) -> bool {
    let asked = scene.whole().nth(3, looked());
    scene.whole().after(asked).first(did(CacheAction::Validated)).entry().is_some()
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("max-age", Value::Span(Duration::from_secs(u64::from(scene.values.number("max-age")))));
    facts.set("size", Value::Octets(u64::from(scene.values.number("size"))));
    facts.set("asked", Value::Count(scene.whole().count(request("server")) as u64));
    for (key, number) in [("first-wait", 0), ("second-wait", 1), ("third-wait", 2)] {
        if let Some(entry) = scene.first(completed("client", number)).entry()
            && let Some(wanted) = wanted_at(&entry.event)
        {
            facts.set(key, Value::Span(entry.at.since(wanted)));
        }
    }
    for (key, number) in [("second-age", 2), ("third-age", 3)] {
        let copy = scene.whole().nth(number, looked()).entry().and_then(|entry| of_cache(&entry.event)?.1);
        // In whole tenths of a second, as a running clock shows it.
        let age = |copy: &CachedCopy| Duration::from_millis(copy.age.as_micros() / 100_000 * 100);
        facts.set_some(key, copy.map(|copy| Value::Span(age(copy))));
    }
    if let Some(Event::MessageIncomplete { received, expected, .. }) = scene
        .first(event("proxy", |event| matches!(event, Event::MessageIncomplete { .. })))
        .entry()
        .map(|entry| &entry.event)
    {
        facts.set("received", Value::Octets(*received));
        facts.set_some("announced", expected.map(Value::Octets));
    }
}
