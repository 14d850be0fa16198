//! Lesson 3: the same page over TLS. Where the extra round trips are, and what can still be read. Figure 4-3.

use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, TlsSpec};
use playground_core::scenario::Scenario;
use playground_core::tcp::State;
use playground_core::time::{Duration, Instant};
use playground_core::tls::{TlsVersion, client_hello_of};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, sent, state};
use crate::scene::{Moment, Scene, Spot};
use crate::text::markdown;

const NAME: &str = "www.joes-hardware.com";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "https",
    number: 3,
    section: "4.1",
    figures: &["4-3"],
    knobs: &[
        Knob { id: "tls", kind: KnobKind::Choice { values: &["none", "1.2", "1.3"], default: 2 } },
        Knob { id: "session", kind: KnobKind::Choice { values: &["new", "known"], default: 0 } },
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "tcp",
            hero: View::Stage,
            moment: |scene| scene.first(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "hello",
            hero: View::Packets,
            moment: |scene| secret(scene, scene.first(sent("client").data()).halfway()),
        },
        StepSpec {
            id: "answer",
            hero: View::Ladder,
            moment: |scene| {
                let flight = scene.first(sent("server").data()).halfway();
                let old = flight.variant_if(scene.values.is("tls", "1.2"), "old");
                secret(scene, old.variant_if(scene.values.is("session", "known"), "known"))
            },
        },
        StepSpec {
            id: "open",
            hero: View::Time,
            moment: |scene| {
                let open = scene.first(opened("client"));
                let old = open.variant_if(scene.values.is("tls", "1.2"), "old");
                secret(scene, old.variant_if(scene.values.is("session", "known"), "known"))
            },
        },
        StepSpec {
            id: "request",
            hero: View::Packets,
            moment: |scene| {
                let open = scene.first(opened("client"));
                let sealed = scene.whole().after(open).first(sent("client").data()).halfway();
                let plain = scene.first(sent("client").data()).halfway().variant("plain");
                sealed.only_if(!scene.values.is("tls", "none")).or(plain).moment()
            },
        },
        StepSpec {
            id: "page",
            hero: View::Time,
            moment: |scene| {
                let page = scene.first(completed("client", 0));
                page.variant_if(scene.values.is("tls", "none"), "plain").moment()
            },
        },
        StepSpec {
            id: "close",
            hero: View::Ladder,
            moment: |scene| {
                let end = scene.all_closed();
                end.variant_if(scene.values.is("tls", "none"), "plain").moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("https"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let is_plain = values.is("tls", "none");
    let port = if is_plain { 80 } else { 443 };
    let mut page = ClientSpec::new("server", vec![RequestSpec::get("/tools.html")]);
    (page.port, page.closes_when_done) = (port, true);
    let resources = vec![ResourceSpec::new("/tools.html", 900)];
    let server = OriginServerSpec { port, resources, ..OriginServerSpec::default() };
    let mut nodes =
        vec![host("client", RoleSpec::Client(page)), host("server", RoleSpec::OriginServer(server))];
    for node in &mut nodes {
        // Windows and delayed ACKs have lessons of their own; here they would hide the round trips.
        node.stack.initial_window = Some(10);
        node.stack.delayed_ack_us = Some(Duration::ZERO);
        node.stack.nagle = Some(false);
    }
    if !is_plain {
        let version = if values.is("tls", "1.2") { TlsVersion::Tls12 } else { TlsVersion::Tls13 };
        let resumes = values.is("session", "known");
        nodes[0].stack.tls = Some(TlsSpec { version, resumes, server_name: Some(NAME.to_owned()) });
        nodes[1].stack.tls = Some(TlsSpec::default());
    }
    in_a_row("https", values.number("rtt"), nodes)
}

/// A step that only TLS has.
fn secret(scene: &Scene<'_>, spot: Spot<'_>) -> Moment {
    spot.only_if(!scene.values.is("tls", "none")).or_absent("no-tls")
}

/// Round trips of the TLS handshake: RFC 5246 section 7.3, RFC 8446 section 2.
fn trips(values: &KnobValues) -> u64 {
    if values.is("tls", "1.2") && values.is("session", "new") { 2 } else { 1 }
}

fn opened(node: &'static str) -> Pattern {
    event(node, |event| matches!(event, Event::TlsOpened { .. }))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let at = |spot: Spot<'_>| spot.at().unwrap_or(Instant::ZERO);
    let connected = at(scene.first(state("client", State::Established)));
    let total = at(scene.first(completed("client", 0))).since(Instant::ZERO);
    facts.set("connect", Value::Span(connected.since(Instant::ZERO)));
    facts.set("total", Value::Span(total));
    facts.set("host", Value::Verbatim(NAME.to_owned()));
    let open = scene.first(opened("client")).at().unwrap_or(connected);
    facts.set("tls", Value::Span(open.since(connected)));
    facts.set("trips", Value::Count(trips(scene.values)));
    facts.set("tls-share", Value::share(open.since(connected), total));
    let payload =
        |spot: Spot<'_>| spot.entry().and_then(|entry| scene.segment(entry)).map(|s| s.payload.clone());
    let hello = payload(scene.first(sent("client").data()));
    if let Some(hello) = hello.as_ref().and_then(|octets| client_hello_of(octets)) {
        facts.set_some("server-name", hello.server_name.map(Value::Verbatim));
    }
    let flight: usize = {
        // The server's first flight: until the client speaks again.
        let first = scene.first(sent("server").data());
        let all = scene.whole().before(scene.whole().after(first).first(sent("client").data()));
        all.all(sent("server").data()).filter_map(|entry| scene.segment(entry)).map(|s| s.payload.len()).sum()
    };
    facts.set("flight", Value::Octets(flight as u64));
}
