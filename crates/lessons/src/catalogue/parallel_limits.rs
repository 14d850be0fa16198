//! Lesson 16: parallel connections are not always faster. Narrow lines, short queues, servers with a limit.

use playground_core::event::{DropReason, Event, PacketId};
use playground_core::node::{CloseStyle, LoadingPolicy, RoleSpec};
use playground_core::rule::Rule;
use playground_core::scenario::Scenario;
use playground_core::tcp::Notice;
use playground_core::time::Duration;
use playground_core::wire::Packet;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Challenge, Goal, Lesson, MAIN, Measure, Shadow, StepSpec, View};
use crate::page::{self, Cost, Page, named, page_completed, painted};
use crate::pattern::{Pattern, event, notice, sent};
use crate::run::Run;
use crate::scene::Scene;
use crate::text::markdown;

/// Course: a single connection, which is kept.
const ALONE: &str = "alone";
/// Course: several connections over a line that is never full.
const FAST: &str = "fast";
/// Course: several connections before a queue without an end.
const LONG: &str = "long";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "parallel-limits",
    number: 16,
    section: "4.4",
    figures: &[],
    knobs: &[
        Knob { id: "line", kind: KnobKind::Choice { values: &["10m", "56k", "56k-short"], default: 2 } },
        Knob {
            id: "connections",
            kind: KnobKind::Range { min: 1, max: 12, step: 1, default: 6, unit: Unit::Count },
        },
        Knob { id: "images", kind: KnobKind::Choice { values: &["3", "6", "12"], default: 1 } },
        Knob { id: "limit", kind: KnobKind::Choice { values: &["none", "2"], default: 0 } },
    ],
    scenario,
    course,
    steps: &[
        StepSpec { id: "names", hero: View::Queue, moment: |scene| scene.first(named(1)).moment() },
        StepSpec {
            id: "open",
            hero: View::Stage,
            moment: |scene| {
                let last = page::crowd(scene).last(sent("client").syn()).halfway();
                last.variant_if(turned_away(scene) > 0, "limited").or_absent("alone")
            },
        },
        StepSpec {
            id: "share",
            hero: View::Queue,
            moment: |scene| {
                let next = scene.after("open").first(sent("server").data());
                let next = next.variant_if(!is_crowded(scene), "changed");
                next.variant_if(is_alone(scene), ALONE).moment()
            },
        },
        StepSpec {
            id: "queue",
            hero: View::Queue,
            moment: |scene| {
                let longest = longest_wait(scene).map(|(segment, _)| segment);
                let waits = scene.first(event(
                        "server",
                        move |event| matches!(event, Event::PacketSent { id, packet: Packet::Segment(_), .. } if Some(*id) == longest),
                    ));
                let is_patient = !scene.values.is("line", "10m") && sent_again(scene) == 0;
                let waits = waits.variant_if(is_patient, "holds");
                let drops = scene.after("share").first(dropped()).variant("drop");
                drops.or(waits).moment()
            },
        },
        StepSpec {
            id: "paint",
            hero: View::Page,
            moment: |scene| scene.first(painted()).variant_if(is_early(scene), "early").moment(),
        },
        StepSpec {
            id: "complete",
            hero: View::Page,
            moment: |scene| {
                let end = scene.first(page_completed()).variant_if(is_faster(scene), "faster");
                let end = end.variant_if(turned_away(scene) > 0, "limited");
                end.variant_if(is_alone(scene), ALONE).moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: Some(Shadow::Kept),
    real_scale: None,
    markdown: markdown!("parallel-limits"),
};

static CHALLENGE: Challenge =
    Challenge { id: "a-tenth-faster", check, solution: &[("line", "56k-short"), ("connections", "3")] };

/// Length of the short queue in front of the narrow line, segments.
const SHORT: u32 = 5;

fn scenario(values: &KnobValues) -> Scenario {
    let page = Page { html: 3_000, images: values.number("images"), size: 3_000, sized: false };
    let connections = values.number("connections");
    let policy = if connections == 1 { LoadingPolicy::KeepAlive } else { LoadingPolicy::Parallel };
    let mut scenario = page::scenario("parallel-limits", 100, page, policy, connections);
    for link in &mut scenario.links {
        if !values.is("line", "10m") {
            link.bits_per_s = 56_000;
        }
        link.queue_segments = values.is("line", "56k-short").then_some(SHORT);
    }
    for node in &mut scenario.nodes {
        if let RoleSpec::OriginServer(server) = &mut node.role {
            // A connection counts until both sides have closed it.
            server.close = CloseStyle::Graceful;
            server.connections_per_client = values.number("limit");
        }
    }
    scenario
}

/// The main course: several connections, a narrow line, a short queue.
fn course(scene: &Scene<'_>) -> &'static str {
    match scene.values.get("line") {
        _ if is_alone(scene) => ALONE,
        "10m" => FAST,
        "56k" => LONG,
        _ => MAIN,
    }
}

/// Whether the browser keeps a single connection.
fn is_alone(scene: &Scene<'_>) -> bool {
    scene.values.is("connections", "1")
}

/// The cost of the page over one persistent connection.
fn kept(scene: &Scene<'_>) -> Option<Cost> {
    page::cost_by(scene, LoadingPolicy::KeepAlive, 1)
}

fn is_faster(scene: &Scene<'_>) -> bool {
    kept(scene).is_some_and(|kept| page::cost(scene.trace).total < kept.total)
}

fn is_early(scene: &Scene<'_>) -> bool {
    kept(scene).is_some_and(|kept| page::cost(scene.trace).paint < kept.paint)
}

/// Whether several connections share a narrow line without gain, as the question assumes.
fn is_crowded(scene: &Scene<'_>) -> bool {
    let share = kept(scene).map(|kept| Value::share(page::cost(scene.trace).total, kept.total));
    !scene.values.is("line", "10m") && !is_alone(scene) && matches!(share, Some(Value::PerMille(950..)))
}

/// The queue before the line was full.
fn dropped() -> Pattern {
    event("client", |event| matches!(event, Event::PacketDropped { reason: DropReason::QueueFull, .. }))
}

/// Connections that the server closed because of its limit.
fn turned_away(scene: &Scene<'_>) -> u64 {
    let entries = scene.trace.entries.iter();
    entries
        .filter(|entry| {
            entry.rule == Rule::ConnectionLimit && matches!(entry.event, Event::BeliefChanged { .. })
        })
        .count() as u64
}

/// Buffers of each connection of the server, octets.
fn buffers(scene: &Scene<'_>) -> Option<u64> {
    let opened = notice("server", |notice| matches!(notice, Notice::Opened { .. }));
    match &scene.first(opened).entry()?.event {
        Event::Socket { notice: Notice::Opened { send_capacity, receive_capacity, .. }, .. } => {
            Some((send_capacity + receive_capacity) as u64)
        }
        _ => None,
    }
}

/// The time that a full segment occupies the line.
fn busy(scene: &Scene<'_>) -> Option<Duration> {
    let bits_per_s = scene.trace.scenario.links.first()?.bits_per_s.max(1);
    let sizes = scene.trace.entries.iter().filter_map(|entry| match &entry.event {
        Event::PacketSent { packet: Packet::Segment(segment), .. } => Some(segment.wire_len() as u64),
        _ => None,
    });
    Some(Duration::from_micros(sizes.max()? * 8_000_000 / bits_per_s))
}

/// The server's segment that was queued longest before first paint, and for how long.
fn longest_wait(scene: &Scene<'_>) -> Option<(PacketId, Duration)> {
    let bits_per_s = scene.trace.scenario.links.first().map_or(0, |link| link.bits_per_s).max(1);
    let blank = scene.whole().before(scene.first(painted()));
    let waits = blank.all(sent("server")).filter_map(|entry| match &entry.event {
        Event::PacketSent { id, packet: Packet::Segment(segment), departs, .. } => {
            let line = Duration::from_micros(segment.wire_len() as u64 * 8_000_000 / bits_per_s);
            Some((*id, departs.since(entry.at).saturating_sub(line)))
        }
        _ => None,
    });
    waits.max_by_key(|(_, wait)| *wait)
}

/// Segments that were sent again.
fn sent_again(scene: &Scene<'_>) -> u64 {
    let again = |event: &Event| matches!(event, Event::PacketSent { retransmission: true, .. });
    (scene.whole().count(event("server", again)) + scene.whole().count(event("client", again))) as u64
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    page::facts(scene, facts);
    if let Some(kept) = kept(scene) {
        facts.set("kept", Value::Span(kept.total));
        facts.set_some("kept-paint", kept.paint.map(Value::Span));
    }
    facts.set_some("buffers", buffers(scene).map(Value::Octets));
    facts.set_some("busy", busy(scene).map(Value::Span));
    facts.set_some("wait", longest_wait(scene).map(|(_, wait)| Value::Span(wait)));
    facts.set("again", Value::Count(sent_again(scene)));
}

fn check(run: &Run) -> Goal {
    let scene = Scene::new(&run.trace, &run.values);
    let total = page::cost(&run.trace).total;
    let kept = kept(&scene).map_or(Duration::ZERO, |kept| kept.total);
    let share = Value::share(total, kept);
    let is_short = run.values.is("line", "56k-short") && run.values.is("images", "6");
    Goal::of(vec![
        Measure::new("share", share.clone(), matches!(share, Value::PerMille(1..=900))),
        Measure::new("line", Value::Flag(is_short), is_short),
    ])
}
