//! Lesson 22: HTTP/1.1 connections stay unless somebody says close; each hop decides for itself, and a proxy keeps
//! no HTTP/1.0 client that it knows nothing about.

use playground_core::event::Event;
use playground_core::http::{Persistence, Version};
use playground_core::node::{
    Asks, BodyFraming, OriginServerSpec, PoolSpec, ResourceSpec, RoleSpec, SmartProxySpec,
};
use playground_core::rule::Rule;
use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Hides, Lesson, MAIN, Spoiler, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, sent};
use crate::proxies::{client_of_proxy, wanted_at};
use crate::scene::Scene;
use crate::text::markdown;

/// Connections to the server that the proxy's clients share: one outlives the client that first used it.
const POOL: u32 = 4;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "http11-persistent",
    number: 22,
    section: "4.5",
    figures: &[],
    knobs: &[
        Knob { id: "client", kind: KnobKind::Choice { values: &["1.1", "1.0"], default: 0 } },
        Knob { id: "server", kind: KnobKind::Choice { values: &["1.1", "1.0"], default: 0 } },
        Knob { id: "close", kind: KnobKind::Choice { values: &["nobody", "client", "server"], default: 0 } },
        Knob {
            id: "length",
            kind: KnobKind::Choice { values: &["known", "chunked", "unknown"], default: 0 },
        },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "ask",
            hero: View::Headers,
            moment: |scene| {
                let ask = scene.first(sent("client").data()).halfway();
                let ask = ask.variant_if(scene.values.is("client", "1.0"), "old");
                ask.variant_if(scene.values.is("close", "client"), "close").moment()
            },
        },
        StepSpec {
            id: "hop",
            hero: View::Headers,
            moment: |scene| {
                let is_silent = scene.values.is("client", "1.1") && !scene.values.is("close", "client");
                let passed = scene.first(sent("proxy").data().with_peer("server")).halfway();
                passed.variant_if(!is_silent, "own").moment()
            },
        },
        StepSpec {
            id: "length",
            hero: View::Headers,
            moment: |scene| {
                let values = scene.values;
                let answer = scene.first(sent("server").data()).halfway();
                let has_chunks = values.is("length", "chunked") && values.is("server", "1.1");
                let has_length = values.is("length", "known");
                let answer = answer.variant_if(values.is("server", "1.0"), "old-server");
                let answer = answer.variant_if(values.is("close", "server"), "close");
                let answer = answer.variant_if(!has_chunks && !has_length, "unknown");
                answer.variant_if(has_chunks && !values.is("close", "server"), "chunked").moment()
            },
        },
        StepSpec {
            id: "stay",
            hero: View::Waits,
            moment: |scene| {
                let done = scene.first(completed("client", 0));
                let (front, behind) = (kept(scene, "client"), kept(scene, "server"));
                let is_old = front.rule == Rule::ProxyTo10Client;
                let done = done.variant_if(!behind.persists, "front");
                let done = done.variant_if(!front.persists, if is_old { "old-client" } else { "behind" });
                done.variant_if(!front.persists && !behind.persists, "none").moment()
            },
        },
        StepSpec {
            id: "count",
            hero: View::Ladder,
            moment: |scene| {
                let (front, behind) = connections(scene);
                scene.first(completed("client", 1)).variant_if(front + behind > 2, "new").moment()
            },
        },
    ],
    spoilers: &[Spoiler {
        step: "ask",
        hides: Hides::Events(|event| matches!(event, Event::BeliefChanged { .. })),
    }],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("http11-persistent"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let version = |knob| if values.is(knob, "1.0") { Version::Http10 } else { Version::Http11 };
    let asks = match (values.get("close"), version("client")) {
        ("client", _) => Asks::Close,
        (_, Version::Http10) => Asks::KeepAlive,
        (_, Version::Http11) => Asks::Nothing,
    };
    let framing = match values.get("length") {
        "chunked" => BodyFraming::Chunked,
        "unknown" => BodyFraming::UntilClose,
        _ => BodyFraming::ContentLength,
    };
    let page = |path: &str| ResourceSpec { framing, ..ResourceSpec::new(path, 400) };
    let server = OriginServerSpec {
        version: version("server"),
        keep_alive: !values.is("close", "server"),
        idle_timeout_us: Duration::from_secs(5),
        resources: vec![page("/a"), page("/b")],
        ..OriginServerSpec::default()
    };
    let proxy = SmartProxySpec {
        forwarding: "rfc-9112".to_owned(),
        pool: Some(PoolSpec::new(POOL)),
        ..SmartProxySpec::new("server")
    };
    let nodes = vec![
        client_of_proxy(version("client"), asks),
        host("proxy", RoleSpec::SmartProxy(proxy)),
        host("server", RoleSpec::OriginServer(server)),
    ];
    in_a_row("http11-persistent", 100, nodes)
}

/// The proxy decides about its connection with this node.
fn decided(peer: &'static str) -> Pattern {
    event("proxy", |event| matches!(event, Event::PersistenceDecided { .. })).with_peer(peer)
}

/// What the proxy makes of its first connection with this node.
fn kept(scene: &Scene<'_>, peer: &'static str) -> Persistence {
    match scene.first(decided(peer)).entry().map(|entry| &entry.event) {
        Some(Event::PersistenceDecided { persistence, .. }) => *persistence,
        _ => Persistence { persists: false, rule: Rule::PeerClosed },
    }
}

/// Connections of the client, and of the proxy to the server.
fn connections(scene: &Scene<'_>) -> (usize, usize) {
    let whole = scene.whole();
    (whole.count(sent("client").syn()), whole.count(sent("proxy").syn().with_peer("server")))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let (front, behind) = connections(scene);
    facts.set("front", Value::Count(front as u64));
    facts.set("behind", Value::Count(behind as u64));
    if let Some(entry) = scene.first(completed("client", 1)).entry()
        && let Some(wanted) = wanted_at(&entry.event)
    {
        facts.set("second-wait", Value::Span(entry.at.since(wanted)));
    }
}
