//! Lesson 13: the Connection header. What it names ends at the next hop, and so do a few fields that nobody needs
//! to name. Figure 4-9.

use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, PoolSpec, ResourceSpec, RoleSpec, SmartProxySpec};
use playground_core::rule::Rule;
use playground_core::scenario::Scenario;
use playground_core::tcp::State;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, request, sent, state};
use crate::requests::requests;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

const REQUEST: &str = "GET http://www.joes-hardware.com/page HTTP/1.1
Host: www.joes-hardware.com
Connection: meter, close, bill-my-credit-card
Meter: max-uses=3, max-refuses=6, dont-report
Bill-My-Credit-Card: 4000-1234
Keep-Alive: 300
Proxy-Authorization: Basic am9lOnNlY3JldA==
Accept: text/html
";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "connection-header",
    number: 13,
    section: "4.3",
    figures: &["4-9"],
    knobs: &[
        Knob {
            id: "proxy",
            kind: KnobKind::Choice {
                values: &[
                    "by-the-book",
                    "squid",
                    "apache-forward",
                    "apache-reverse",
                    "varnish",
                    "tinyproxy",
                    "nginx-default",
                    "nginx-http11",
                    "haproxy",
                ],
                default: 0,
            },
        },
        Knob { id: "request", kind: KnobKind::Text { default: REQUEST, multiline: true } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "write",
            hero: View::Headers,
            moment: |scene| {
                let write = scene.first(sent("client").data()).halfway();
                write.variant_if(is_edited(scene), "edited").moment()
            },
        },
        StepSpec {
            id: "read",
            hero: View::Headers,
            moment: |scene| {
                let rejected = scene.first(rejected()).variant("rejected");
                let read = scene.first(request("proxy")).variant_if(is_edited(scene), "edited");
                rejected.or(read).exactly().moment()
            },
        },
        StepSpec {
            id: "named",
            hero: View::Headers,
            moment: |scene| {
                let variant = match fates(scene) {
                    Some(fates) if fates.named == 0 => Some("nobody"),
                    Some(fates) if fates.leaked_named > 0 => Some("leaks"),
                    _ => None,
                };
                say(scene.first(rewritten()).exactly(), variant).or_absent("rejected")
            },
        },
        StepSpec {
            id: "always",
            hero: View::Headers,
            moment: |scene| {
                let variant = match fates(scene) {
                    Some(fates) if fates.leaked_always > 0 => Some("leaks"),
                    Some(fates) if fates.always == 0 => Some("nobody"),
                    _ => None,
                };
                let to_server = scene.first(sent("proxy").data().with_peer("server"));
                say(to_server.halfway(), variant).or_absent("rejected")
            },
        },
        StepSpec {
            id: "own",
            hero: View::Headers,
            // Before the answer, which leaves in the same instant.
            moment: |scene| {
                let read = scene.after("always").first(request("server")).exactly();
                let adds_nothing = fates(scene).is_some_and(|fates| fates.added == 0);
                read.variant_if(adds_nothing, "nothing").or_absent("rejected")
            },
        },
        StepSpec {
            id: "answer",
            hero: View::Headers,
            moment: |scene| {
                let to_client = scene.after("own").first(sent("proxy").data().with_peer("client"));
                to_client.halfway().or_absent("rejected")
            },
        },
        StepSpec {
            id: "end",
            hero: View::Stage,
            moment: |scene| {
                let after = scene.after("answer");
                // The client has acknowledged the proxy's FIN and sent its own.
                let closed = after.first(state("client", State::Closed));
                let closed = closed.variant_if(scene.first(rejected()).entry().is_some(), "rejected");
                closed
                    .or(after.first(completed("client", 0)).variant("kept"))
                    .or(scene.end().variant("kept"))
                    .moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("connection-header"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let list = requests(values.get("request"));
    let client = ClientSpec { port: 8080, ..ClientSpec::new("proxy", list) };
    let forwarding = values.get("proxy").to_owned();
    // What a client wishes for its connection is no reason to end the one to the server.
    let pool = Some(PoolSpec::new(1));
    let proxy = SmartProxySpec { forwarding, pool, ..SmartProxySpec::new("server") };
    let server = OriginServerSpec {
        idle_timeout_us: Duration::from_secs(5),
        resources: vec![ResourceSpec::new("/page", 400)],
        ..OriginServerSpec::default()
    };
    let nodes = vec![
        host("client", RoleSpec::Client(client)),
        host("proxy", RoleSpec::SmartProxy(proxy)),
        host("server", RoleSpec::OriginServer(server)),
    ];
    in_a_row("connection-header", 100, nodes)
}

fn is_edited(scene: &Scene<'_>) -> bool {
    scene.values.get("request") != REQUEST
}

fn rewritten() -> Pattern {
    event("proxy", |event| matches!(event, Event::HeadersRewritten { .. }))
}

fn rejected() -> Pattern {
    event("proxy", |event| matches!(event, Event::MessageRejected { .. }))
}

fn say<'s>(spot: Spot<'s>, variant: Option<&'static str>) -> Spot<'s> {
    match variant {
        Some(variant) => spot.variant(variant),
        None => spot,
    }
}

/// The fate of the fields of the first request that are not meant for the server.
#[derive(Clone, Copy, Default)]
struct Fates {
    /// Fields present that Connection names.
    named: u64,
    /// Of them, those that were forwarded all the same.
    leaked_named: u64,
    /// Fields that are hop-by-hop without being named, except Connection itself.
    always: u64,
    /// Of them, those that were forwarded all the same.
    leaked_always: u64,
    /// Fields that the proxy added.
    added: u64,
}

fn fates(scene: &Scene<'_>) -> Option<Fates> {
    let Event::HeadersRewritten { rewrite, .. } = &scene.first(rewritten()).entry()?.event else {
        return None;
    };
    let received = || rewrite.lines.iter().filter_map(|line| Some((line.received()?, line.rule())));
    let names: Vec<&str> = received()
        .filter(|(field, _)| field.is_named("Connection"))
        .flat_map(|(field, _)| field.members())
        .collect();
    let own = rewrite.changed().filter(|(.., rule)| *rule == Rule::OwnConnection).count();
    let mut fates = Fates { added: (rewrite.added().count() + own) as u64, ..Fates::default() };
    for (field, rule) in received().filter(|(field, _)| !field.is_named("Connection")) {
        let leaked = u64::from(rule == Rule::PassedOnAnyway);
        let is_one_hop = [
            Rule::HopByHopField,
            Rule::ProxyConnectionField,
            Rule::ProxyAuthField,
            Rule::TrailerField,
            Rule::PassedOnAnyway,
        ];
        if names.iter().any(|name| field.is_named(name)) {
            fates.named += 1;
            fates.leaked_named += leaked;
        } else if is_one_hop.contains(&rule) {
            fates.always += 1;
            fates.leaked_always += leaked;
        }
    }
    Some(fates)
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let Some(fates) = fates(scene) else { return };
    facts.set("named", Value::Count(fates.named));
    facts.set("leaked-named", Value::Count(fates.leaked_named));
    facts.set("always", Value::Count(fates.always));
    facts.set("leaked-always", Value::Count(fates.leaked_always));
    facts.set("added", Value::Count(fates.added));
}
