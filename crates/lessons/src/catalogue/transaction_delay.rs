//! Lesson 7: where the time of one transaction goes. Figure 4-7.

use core::net::Ipv4Addr;

use playground_core::event::{Event, Waiting};
use playground_core::node::{
    ClientSpec, DnsServerSpec, NameSpec, OriginServerSpec, RequestSpec, ResolverSpec, ResourceSpec, RoleSpec,
};
use playground_core::scenario::Scenario;
use playground_core::tcp::State;
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, dns, event, request, sent, state, waits};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

const NAME: &str = "www.joes-hardware.com";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "transaction-delay",
    number: 7,
    section: "4.2",
    figures: &["4-7"],
    knobs: &[
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
        Knob { id: "work", kind: KnobKind::Choice { values: &["0", "50", "200", "1000"], default: 1 } },
        Knob { id: "cache", kind: KnobKind::Choice { values: &["empty", "known"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "query",
            hero: View::Time,
            moment: |scene| {
                // The name, the handshake, the exchange: three round trips.
                let slow = scene.values.number("work") > 3 * scene.values.number("rtt");
                scene.first(dns("client", false)).halfway().variant_if(slow, "slow").or_absent("known")
            },
        },
        StepSpec {
            id: "name",
            hero: View::Time,
            moment: |scene| {
                scene.first(resolved()).only_if(scene.values.is("cache", "empty")).or_absent("known")
            },
        },
        StepSpec {
            id: "connect",
            hero: View::Time,
            moment: |scene| scene.first(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "request",
            hero: View::Time,
            moment: |scene| scene.first(sent("client").data()).halfway().moment(),
        },
        StepSpec {
            id: "work",
            hero: View::Time,
            moment: |scene| {
                let begins = scene.first(waits("server", Waiting::Processing));
                begins.midway(scene.first(sent("server").data())).or_absent("no-work")
            },
        },
        StepSpec {
            id: "response",
            hero: View::Time,
            moment: |scene| scene.first(sent("server").data()).halfway().moment(),
        },
        StepSpec {
            id: "done",
            hero: View::Time,
            moment: |scene| scene.first(completed("client", 0)).moment(),
        },
        StepSpec { id: "close", hero: View::Time, moment: |scene| scene.all_closed().moment() },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("transaction-delay"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let mut page = ClientSpec::new("server", vec![RequestSpec::get("/tools.html")]);
    page.closes_when_done = true;
    let mut client = host("client", RoleSpec::Client(page));
    let work = Duration::from_millis(u64::from(values.number("work")));
    let resource = ResourceSpec { processing_us: work, ..ResourceSpec::new("/tools.html", 1_200) };
    let server = host(
        "server",
        RoleSpec::OriginServer(OriginServerSpec { resources: vec![resource], ..OriginServerSpec::default() }),
    );
    let known = NameSpec::new(NAME, server.address);
    let mut name_server = host("dns", RoleSpec::DnsServer(DnsServerSpec { names: vec![known.clone()] }));
    name_server.address = Ipv4Addr::new(192, 0, 2, 53);
    let mut resolver = ResolverSpec { server: Some(name_server.address), ..ResolverSpec::default() };
    if values.is("cache", "known") {
        resolver.cached.push(known);
    }
    client.stack.resolver = Some(resolver);
    // Delayed ACKs have a lesson of their own.
    client.stack.delayed_ack_us = Some(Duration::ZERO);
    in_a_row("transaction-delay", values.number("rtt"), vec![name_server, client, server])
}

fn resolved() -> Pattern {
    event("client", |event| matches!(event, Event::NameResolved { .. }))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let from = Instant::ZERO;
    let at = |spot: Spot<'_>| spot.at().unwrap_or(from);
    let name = at(scene.first(resolved()));
    let open = at(scene.first(state("client", State::Established)));
    let asked = at(scene.first(request("server")));
    let answered = at(scene.first(sent("server").data()));
    let done = at(scene.first(completed("client", 0)));
    let total = done.since(from);
    let work = answered.since(asked);
    let parts = [name.since(from), open.since(name), asked.since(open), work, done.since(answered)];
    let keys = [
        ("dns", "dns-share"),
        ("connect", "connect-share"),
        ("request", "request-share"),
        ("work-span", "work-share"),
        ("response", "response-share"),
    ];
    for ((span, share), (part, value)) in keys.into_iter().zip(parts.into_iter().zip(Value::shares(parts))) {
        facts.set(span, Value::Span(part));
        facts.set(share, value);
    }
    facts.set("total", Value::Span(total));
    let [_, way] = Value::shares([work, total.saturating_sub(work)]);
    facts.set("way-share", way);
    facts.set("host", Value::Verbatim(NAME.to_owned()));
}
