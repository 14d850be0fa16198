//! Lesson 4: a page is cut into segments, each in a packet of its own. Figures 4-2 and 4-4.

use playground_core::event::{DropReason, Entry, Event};
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::rule::Rule;
use playground_core::scenario::{Direction, Impairment, ImpairmentKind, Scenario};
use playground_core::tcp::Notice;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{completed, event, notice, received, request, sent};
use crate::response::head_len;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Link rate at which each packet is seen separately, bits per second.
const BITS_PER_S: u64 = 1_000_000;
/// Octets of headers in front of each segment's data: IPv4 and TCP without options.
const HEADERS: u64 = 40;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "segments",
    number: 4,
    section: "4.1",
    figures: &["4-2", "4-4"],
    knobs: &[
        Knob { id: "network", kind: KnobKind::Choice { values: &["swap", "damage", "fine"], default: 0 } },
        Knob { id: "size", kind: KnobKind::Choice { values: &["200", "5000", "20000"], default: 1 } },
        Knob { id: "mss", kind: KnobKind::Choice { values: &["100", "536", "1460"], default: 2 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "request",
            hero: View::Pieces,
            moment: |scene| scene.first(sent("client").data()).halfway().moment(),
        },
        StepSpec {
            id: "cut",
            hero: View::Pieces,
            moment: |scene| {
                let first = scene.first(request("server"));
                first.variant_if(is_single(scene), "single").moment()
            },
        },
        StepSpec {
            id: "packet",
            hero: View::Pieces,
            moment: |scene| {
                scene.first(sent("server").data()).halfway().variant_if(is_single(scene), "single").moment()
            },
        },
        StepSpec {
            id: "trouble",
            hero: View::Pieces,
            moment: |scene| {
                let damaged = scene.first(damage()).variant("damaged");
                let spot = if is_damaged(scene) { damaged } else { scene.first(held()) };
                spot.or_absent(fine(scene))
            },
        },
        StepSpec {
            id: "gap",
            hero: View::Pieces,
            moment: |scene| {
                let repeats = scene.first(sent("client").pure_ack().by(Rule::OutOfOrderData));
                let spot = if is_damaged(scene) { repeats.halfway() } else { repeats.midway(filled(scene)) };
                spot.or_absent(fine(scene))
            },
        },
        StepSpec {
            id: "filled",
            hero: View::Pieces,
            moment: |scene| {
                let again =
                    event("server", |event| matches!(event, Event::PacketSent { retransmission: true, .. }));
                let again =
                    scene.first(again).halfway().variant(if is_late(scene) { "timeout" } else { "again" });
                let spot = if is_damaged(scene) { again } else { filled(scene) };
                spot.or_absent(fine(scene))
            },
        },
        StepSpec {
            id: "done",
            hero: View::Pieces,
            moment: |scene| {
                let again = is_damaged(scene) && !is_single(scene);
                scene.first(completed("client", 0)).variant_if(again, "again").moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("segments"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let mss = values.number("mss");
    let client = ClientSpec::new("server", vec![RequestSpec::get("/page")]);
    let server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/page", values.number("size"))],
        idle_timeout_us: Duration::ZERO,
        ..OriginServerSpec::default()
    };
    let mut nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    for node in &mut nodes {
        node.stack.max_segment_size = u16::try_from(mss).ok();
        node.stack.nagle = Some(false);
    }
    // Slow start and delayed ACKs have lessons of their own.
    nodes[0].stack.delayed_ack_us = Some(Duration::ZERO);
    nodes[1].stack.initial_window = Some(10);
    let mut scenario = in_a_row("segments", 100, nodes);
    if let Some(link) = scenario.links.first_mut() {
        link.bits_per_s = BITS_PER_S;
        // A little longer than the serialization of a full packet: exactly the next one overtakes.
        let packet = (u64::from(mss) + HEADERS) * 8 * 1_000_000 / BITS_PER_S;
        let kind = match values.get("network") {
            "swap" => Some(ImpairmentKind::Delay {
                nth: 2,
                data_only: true,
                by_us: Duration::from_micros(packet + packet / 4),
            }),
            "damage" => Some(ImpairmentKind::Corrupt { nth: 2, data_only: true }),
            _ => None,
        };
        link.impairments.extend(kind.map(|kind| Impairment { direction: Direction::Backward, kind }));
    }
    scenario
}

/// Octets at the client ahead of a gap.
fn held() -> crate::pattern::Pattern {
    notice("client", |notice| matches!(notice, Notice::BytesHeld { .. }))
}

/// A packet whose checksum fails.
fn damage() -> crate::pattern::Pattern {
    event("client", |event| matches!(event, Event::PacketDropped { reason: DropReason::Corrupted, .. }))
}

fn is_damaged(scene: &Scene<'_>) -> bool {
    scene.values.is("network", "damage")
}

/// Segments of the answer.
fn segments(scene: &Scene<'_>) -> u32 {
    let body = scene.values.number("size");
    (head_len(body) + body).div_ceil(scene.values.number("mss"))
}

/// Fewer than three segments follow the second: too few for three duplicate ACKs (RFC 5681 section 3.2).
fn is_late(scene: &Scene<'_>) -> bool {
    segments(scene) < 2 + 3
}

/// The arrival of the missing octets.
fn filled<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    let gap = scene.first(held());
    scene.whole().after(gap).first(received("client")).only_if(gap.entry().is_some())
}

/// The reason why nothing was out of order.
fn fine(scene: &Scene<'_>) -> &'static str {
    if is_single(scene) { "single" } else { "fine" }
}

/// The whole answer is one segment.
fn is_single(scene: &Scene<'_>) -> bool {
    segments(scene) == 1
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let payload = |entry: &Entry| scene.segment(entry).map_or(0, |segment| segment.payload.len() as u64);
    let sent: Vec<&Entry> = scene.whole().all(sent("server").data()).collect();
    let is_first = |entry: &&&Entry| matches!(entry.event, Event::PacketSent { retransmission: false, .. });
    facts.set("segments", Value::Count(sent.iter().filter(is_first).count() as u64));
    facts.set("data", Value::Octets(sent.iter().filter(is_first).map(|entry| payload(entry)).sum()));
    // The bytes on the wire are those of every segment, those sent again included.
    let headers = sent.len() as u64 * HEADERS;
    let all = headers + sent.iter().map(|entry| payload(entry)).sum::<u64>();
    facts.set("sent", Value::Count(sent.len() as u64));
    facts.set("headers", Value::Octets(headers));
    facts.set("share", Value::PerMille(u32::try_from(headers * 1_000 / all.max(1)).unwrap_or(0)));
    let held = scene.first(held());
    if let Some(Event::Socket { notice: Notice::BytesHeld { range }, .. }) =
        held.entry().map(|entry| &entry.event)
    {
        facts.set("from", Value::Count(range.start + 1));
        let mss = u64::from(scene.values.number("mss"));
        facts.set("missing", Value::Octets(mss));
        facts.set("next", Value::Count(range.start + 1 - mss.min(range.start)));
    }
    let from = scene.first(damage());
    facts.set_some("waited", filled(scene).since(from).map(Value::Span));
}
