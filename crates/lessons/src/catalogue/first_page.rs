//! Lesson 1: the first page of a machine that has just been switched on. Address, name, connection, page.
//! Figure 4-1.

use core::net::Ipv4Addr;

use playground_core::dhcp::DhcpKind;
use playground_core::event::Event;
use playground_core::node::{
    ClientSpec, DhcpClientSpec, DhcpServerSpec, DnsServerSpec, NameSpec, OffSpec, OriginServerSpec,
    RequestSpec, ResolverSpec, ResourceSpec, RoleSpec,
};
use playground_core::scenario::Scenario;
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{around_a_switch, host};
use crate::pattern::{Pattern, completed, dhcp, dns, event, sent};
use crate::scene::{Moment, Scene, Spot};
use crate::text::markdown;

const NAME: &str = "www.joes-hardware.com";
const SERVER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 80);
const NAME_SERVER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 53);
/// Round trip between each host and the switch: a network in one building, slowed down a little.
const RTT_MS: u32 = 20;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "first-page",
    number: 1,
    section: "4.1",
    figures: &["4-1"],
    knobs: &[
        Knob { id: "url", kind: KnobKind::Choice { values: &["name", "address"], default: 0 } },
        Knob { id: "cache", kind: KnobKind::Choice { values: &["empty", "known"], default: 0 } },
        Knob { id: "dhcp", kind: KnobKind::Choice { values: &["on", "off"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "discover",
            hero: View::Stage,
            moment: |scene| scene.first(dhcp("client", DhcpKind::Discover)).halfway().moment(),
        },
        StepSpec {
            id: "flood",
            hero: View::Stage,
            moment: |scene| scene.first(dhcp("switch", DhcpKind::Discover)).halfway().moment(),
        },
        StepSpec {
            id: "offer",
            hero: View::Stage,
            moment: |scene| scene.first(dhcp("dhcp", DhcpKind::Offer)).halfway().or_absent("nobody-gives"),
        },
        StepSpec {
            id: "request",
            hero: View::Stage,
            moment: |scene| {
                let again = scene.whole().nth(2, dhcp("client", DhcpKind::Discover)).halfway().variant("off");
                match scene.values.is("dhcp", "off") {
                    true => again.moment(),
                    false => scene.first(dhcp("client", DhcpKind::Request)).halfway().moment(),
                }
            },
        },
        StepSpec {
            id: "address",
            hero: View::Stage,
            moment: |scene| match scene.values.is("dhcp", "off") {
                true => scene.first(refused()).variant("off").moment(),
                false => scene.first(obtained()).exactly().moment(),
            },
        },
        StepSpec {
            id: "query",
            hero: View::Stage,
            moment: |scene| asked(scene, scene.first(dns("client", false)).halfway()),
        },
        StepSpec {
            id: "name",
            hero: View::Stage,
            moment: |scene| asked(scene, scene.first(dns("switch", true)).halfway()),
        },
        StepSpec {
            id: "syn",
            hero: View::Ladder,
            moment: |scene| reached(scene.first(sent("client").syn()).halfway()),
        },
        StepSpec {
            id: "page",
            hero: View::Time,
            moment: |scene| reached(scene.first(completed("client", 0))),
        },
        StepSpec {
            id: "close",
            hero: View::Stage,
            moment: |scene| {
                reached(scene.all_closed().variant_if(scene.values.is("url", "address"), "by-address"))
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("first-page"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let mut page = ClientSpec::new("server", vec![RequestSpec::get("/tools.html")]);
    page.closes_when_done = true;
    page.host = if values.is("url", "address") { SERVER.to_string() } else { NAME.to_owned() };
    let mut client = host("client", RoleSpec::Client(page));
    client.address = Ipv4Addr::UNSPECIFIED;
    client.stack.dhcp = Some(DhcpClientSpec::default());
    let mut resolver = ResolverSpec::default();
    if values.is("cache", "known") {
        resolver.cached.push(NameSpec::new(NAME, SERVER));
    }
    client.stack.resolver = Some(resolver);

    let gives =
        DhcpServerSpec { name_server: Some(NAME_SERVER), ..DhcpServerSpec::new([192, 0, 2, 10].into()) };
    let mut dhcp_server = host("dhcp", RoleSpec::DhcpServer(gives));
    if values.is("dhcp", "off") {
        dhcp_server.role = RoleSpec::Off(OffSpec {});
    }
    let mut name_server =
        host("dns", RoleSpec::DnsServer(DnsServerSpec { names: vec![NameSpec::new(NAME, SERVER)] }));
    let mut server = host(
        "server",
        RoleSpec::OriginServer(OriginServerSpec {
            resources: vec![ResourceSpec::new("/tools.html", 1_000)],
            ..OriginServerSpec::default()
        }),
    );
    (dhcp_server.address, name_server.address, server.address) = ([192, 0, 2, 1].into(), NAME_SERVER, SERVER);
    around_a_switch("first-page", RTT_MS, vec![client, dhcp_server, name_server, server])
}

fn obtained() -> Pattern {
    event("client", |event| matches!(event, Event::AddressObtained { .. }))
}

fn refused() -> Pattern {
    event("client", |event| matches!(event, Event::AddressRefused { .. }))
}

/// A step of the DNS exchange, which does not always take place.
fn asked(scene: &Scene<'_>, spot: Spot<'_>) -> Moment {
    let reason = match () {
        () if scene.values.is("dhcp", "off") => "no-address",
        () if scene.values.is("url", "address") => "by-address",
        () => "known",
    };
    spot.or_absent(reason)
}

fn reached(spot: Spot<'_>) -> Moment {
    spot.or_absent("no-address")
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("host", Value::Verbatim(NAME.to_owned()));
    let got = scene.first(obtained());
    facts.set_some("address-span", got.at().map(|at| Value::Span(Duration::from_micros(at.as_micros()))));
    if let Some(Event::AddressObtained { address, .. }) = got.entry().map(|entry| &entry.event) {
        facts.set("address", Value::Verbatim(address.to_string()));
    }
    facts.set("server", Value::Verbatim(SERVER.to_string()));
    let gave_up = scene.first(refused()).at();
    facts.set_some("gave-up", gave_up.map(|at| Value::Span(Duration::from_micros(at.as_micros()))));
    facts.set("tries", Value::Count(scene.whole().count(dhcp("client", DhcpKind::Discover)) as u64));
    let done = scene.first(completed("client", 0));
    facts.set_some("total", done.at().map(|at| Value::Span(Duration::from_micros(at.as_micros()))));
    let before = scene.first(sent("client").syn()).at().map(|at| at.since(Instant::ZERO));
    facts.set_some("before", before.map(Value::Span));
    let total = done.at().map(|at| at.since(Instant::ZERO));
    facts.set_some("before-share", before.zip(total).map(|(before, total)| Value::share(before, total)));
}
