//! Lesson 2: ping. Is it up, how far is it, and what is lost; and who says so when it is off.

use playground_core::event::{Event, Waiting};
use playground_core::node::{OffSpec, OriginServerSpec, PingSpec, RoleSpec, RouterSpec, SwitchSpec};
use playground_core::scenario::{Direction, Impairment, ImpairmentKind, Scenario};
use playground_core::time::Duration;
use playground_core::wire::IcmpMessage;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, event, icmp};
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "ping",
    number: 2,
    section: "4.1",
    figures: &[],
    knobs: &[
        Knob { id: "server", kind: KnobKind::Choice { values: &["on", "off"], default: 0 } },
        Knob { id: "loss", kind: KnobKind::Choice { values: &["none", "request", "reply"], default: 0 } },
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 200, step: 10, default: 20, unit: Unit::Milliseconds },
        },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "echo",
            hero: View::Stage,
            moment: |scene| scene.first(echo("client", 1)).halfway().moment(),
        },
        StepSpec {
            id: "gateway",
            hero: View::Stage,
            moment: |scene| {
                let searches = event("gateway", |event| {
                    matches!(event, Event::TimerStarted { purpose: Waiting::Neighbour, .. })
                });
                match is_off(scene) {
                    true => scene.first(searches).variant("off").moment(),
                    false => scene.first(echo("gateway", 1)).halfway().moment(),
                }
            },
        },
        StepSpec {
            id: "reply",
            hero: View::Stage,
            moment: |scene| scene.first(reply("server", 1)).halfway().or_absent("nobody-there"),
        },
        StepSpec {
            id: "back",
            hero: View::Terminal,
            moment: |scene| scene.first(returned(1)).or_absent("nobody-there"),
        },
        StepSpec {
            id: "second",
            hero: View::Terminal,
            moment: |scene| scene.first(echo("client", 2)).halfway().moment(),
        },
        StepSpec {
            id: "fate",
            hero: View::Terminal,
            moment: |scene| {
                let dropped = event("client", |event| matches!(event, Event::PacketDropped { .. }));
                let dropped_on = event("switch", |event| matches!(event, Event::PacketDropped { .. }));
                let from = scene.after("second");
                let fate = match scene.values.get("loss") {
                    _ if is_off(scene) => from.first(unreachable("gateway")).halfway().variant("off"),
                    // Nothing is on its way, and the next echo has not left.
                    "request" => {
                        from.first(dropped_on).midway(scene.first(echo("client", 3))).variant("request")
                    }
                    "reply" => from.first(dropped).variant("reply"),
                    _ => scene.first(returned(2)),
                };
                fate.moment()
            },
        },
        StepSpec {
            id: "end",
            hero: View::Terminal,
            moment: |scene| {
                let last = scene.last(settled());
                last.variant_if(!scene.values.is("loss", "none"), "loss")
                    .variant_if(is_off(scene), "off")
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
    markdown: markdown!("ping"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let server = match values.is("server", "off") {
        true => RoleSpec::Off(OffSpec {}),
        false => RoleSpec::OriginServer(OriginServerSpec::default()),
    };
    let mut nodes = vec![
        host(
            "client",
            RoleSpec::Ping(PingSpec { timeout_us: Duration::from_secs(5), ..PingSpec::new("server") }),
        ),
        host("switch", RoleSpec::Switch(SwitchSpec {})),
        host("gateway", RoleSpec::Router(RouterSpec::default())),
        host("server", server),
    ];
    nodes[1].address = core::net::Ipv4Addr::UNSPECIFIED;
    nodes[2].address = [192, 0, 2, 254].into();
    let mut scenario = in_a_row("ping", values.number("rtt"), nodes);
    let direction = if values.is("loss", "request") { Direction::Forward } else { Direction::Backward };
    if !values.is("loss", "none") {
        let kind = ImpairmentKind::Drop { nth: 2, data_only: false };
        scenario.links[0].impairments.push(Impairment { direction, kind });
    }
    scenario
}

fn is_off(scene: &Scene<'_>) -> bool {
    scene.values.is("server", "off")
}

fn echo(node: &'static str, number: u16) -> Pattern {
    icmp(node, move |message| matches!(message, IcmpMessage::Echo { sequence, .. } if *sequence == number))
}

fn reply(node: &'static str, number: u16) -> Pattern {
    icmp(
        node,
        move |message| matches!(message, IcmpMessage::EchoReply { sequence, .. } if *sequence == number),
    )
}

fn unreachable(node: &'static str) -> Pattern {
    icmp(node, |message| matches!(message, IcmpMessage::Unreachable { .. }))
}

fn returned(number: u16) -> Pattern {
    event("client", move |event| matches!(event, Event::EchoReturned { sequence, .. } if *sequence == number))
}

/// An echo that was answered or given up.
fn settled() -> Pattern {
    event("client", |event| matches!(event, Event::EchoReturned { .. } | Event::EchoLost { .. }))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let first = |spot: Spot<'_>| match &spot.entry()?.event {
        Event::EchoReturned { sent_at, .. } | Event::EchoLost { sent_at, .. } => {
            Some(spot.at()?.since(*sent_at))
        }
        _ => None,
    };
    facts.set_some("echo-rtt", first(scene.first(settled())).map(Value::Span));
    let came = scene.whole().count(event("client", |event| matches!(event, Event::EchoReturned { .. })));
    let sent = scene.whole().count(icmp("client", |message| matches!(message, IcmpMessage::Echo { .. })));
    facts.set("sent", Value::Count(sent as u64));
    facts.set("came", Value::Count(came as u64));
    let lost = Duration::from_micros((sent - came.min(sent)) as u64);
    facts.set("lost", Value::share(lost, Duration::from_micros(sent as u64)));
    facts.set("hops", Value::Count(scene.trace.scenario.links.len() as u64));
}
