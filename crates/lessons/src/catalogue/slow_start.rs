//! Lesson 10: slow start. One segment, two, four on a new connection; a used one starts with its grown window.

use playground_core::event::Event;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::rule::Rule;
use playground_core::scenario::{Direction, Impairment, ImpairmentKind, Scenario};
use playground_core::tcp::{Notice, ProfileName, Timer};
use playground_core::time::Duration;
use playground_core::wire::Packet;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Challenge, Goal, Lesson, MAIN, Measure, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, expired, notice, sent};
use crate::response::head_len;
use crate::run::Run;
use crate::scene::{Scene, Stretch};
use crate::text::markdown;

const MSS: u32 = 1460;
/// The segment lost in the middle: far enough from both ends for three duplicate ACKs.
const LOST: u32 = 9;
/// Delayed-ACK time of the client; less than the minimum retransmission timeout of any profile.
const DELAY: Duration = Duration::from_millis(100);

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "slow-start",
    number: 10,
    section: "4.2",
    figures: &[],
    knobs: &[
        Knob { id: "window", kind: KnobKind::Choice { values: &["1", "2", "4", "10"], default: 0 } },
        Knob { id: "size", kind: KnobKind::Choice { values: &["20000", "100000", "300000"], default: 1 } },
        Knob { id: "loss", kind: KnobKind::Choice { values: &["none", "middle", "last"], default: 0 } },
        Knob { id: "ack", kind: KnobKind::Choice { values: &["off", "on", "octets"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "request",
            hero: View::Stage,
            moment: |scene| scene.first(sent("client").data()).halfway().moment(),
        },
        StepSpec {
            id: "first",
            hero: View::Window,
            moment: |scene| {
                let first = scene.first(sent("server").data()).halfway();
                first.variant_if(!scene.values.is("window", "1"), "several").moment()
            },
        },
        StepSpec {
            id: "second",
            hero: View::Window,
            moment: |scene| {
                let acked = notice("server", |notice| matches!(notice, Notice::BytesAcknowledged { .. }));
                let second = scene.whole().after(scene.first(acked)).first(sent("server").data()).halfway();
                second.variant_if(!scene.values.is("ack", "off"), "delayed").moment()
            },
        },
        StepSpec {
            id: "growth",
            hero: View::Window,
            moment: |scene| {
                let done = scene.first(completed("client", 0));
                let plain = scene.whole().before(done).last(sent("server").data()).halfway();
                let spot = match scene.values.get("loss") {
                    "middle" => scene.first(congestion(Rule::FastRetransmit)).variant("fast"),
                    "last" => scene.first(expired("server", Timer::Retransmission)).variant("timeout"),
                    _ => plain.variant_if(scene.values.is("ack", "on"), "delayed"),
                };
                spot.moment()
            },
        },
        StepSpec {
            id: "done",
            hero: View::Window,
            moment: |scene| {
                let is_lossy = !scene.values.is("loss", "none");
                scene.first(completed("client", 0)).variant_if(is_lossy, "loss").moment()
            },
        },
        StepSpec {
            id: "warm",
            hero: View::Window,
            moment: |scene| {
                let warm = second(scene).first(sent("server").data()).halfway();
                warm.variant_if(!scene.values.is("loss", "none"), "loss").moment()
            },
        },
        StepSpec {
            id: "second-done",
            hero: View::Time,
            moment: |scene| {
                let is_lossy = !scene.values.is("loss", "none");
                scene.first(completed("client", 1)).variant_if(is_lossy, "loss").moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("slow-start"),
};

static CHALLENGE: Challenge = Challenge { id: "four-round-trips", check, solution: &[("window", "10")] };

fn scenario(values: &KnobValues) -> Scenario {
    let size = values.number("size");
    let client = ClientSpec::new(
        "server",
        vec![RequestSpec::get("/new"), RequestSpec::get("/again").after(Duration::from_millis(150))],
    );
    let server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/new", size), ResourceSpec::new("/again", size)],
        idle_timeout_us: Duration::ZERO,
        ..OriginServerSpec::default()
    };
    let mut nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    // As servers do: the short last segment does not wait for an ACK.
    nodes[1].stack.nagle = Some(false);
    nodes[1].stack.initial_window = Some(values.number("window"));
    // The whole page is written at once: only TCP decides what has to wait.
    nodes[1].stack.send_buffer = Some(1_000_000);
    if values.is("ack", "octets") {
        nodes[1].profile = ProfileName::Linux;
    }
    let delay = if values.is("ack", "off") { Duration::ZERO } else { DELAY };
    nodes[0].stack.delayed_ack_us = Some(delay);
    let mut scenario = in_a_row("slow-start", 100, nodes);
    let last = segments(size);
    let lost = match values.get("loss") {
        "middle" => Some(LOST),
        "last" => Some(last),
        _ => None,
    };
    if let (Some(nth), Some(link)) = (lost, scenario.links.first_mut()) {
        let kind = ImpairmentKind::Drop { nth, data_only: true };
        link.impairments.push(Impairment { direction: Direction::Backward, kind });
    }
    scenario
}

/// Segments of an answer with this body, head included.
fn segments(body: u32) -> u32 {
    (head_len(body) + body).div_ceil(MSS)
}

/// cwnd changed at the server by this rule.
fn congestion(rule: Rule) -> Pattern {
    notice("server", |notice| matches!(notice, Notice::CongestionChanged { .. })).by(rule)
}

/// The part of the run with the second response.
fn second<'s>(scene: &'s Scene<'_>) -> Stretch<'s> {
    scene.whole().after(scene.first(completed("client", 0)))
}

/// Segments sent for the first time in each round trip, for each of the two answers.
///
/// A round begins with the first segment after the one whose acknowledgment ended the round before.
fn rounds(scene: &Scene<'_>) -> [Vec<u32>; 2] {
    let mut rounds = [Vec::new(), Vec::new()];
    let (mut answer, mut sent_to, mut begins_at, mut count) = (0, 0, None, 0);
    for entry in &scene.trace.entries {
        let at_server = scene.is_at(entry, "server");
        let ends = match &entry.event {
            Event::PacketSent { packet: Packet::Segment(segment), retransmission: false, .. }
                if at_server && !segment.payload.is_empty() =>
            {
                begins_at.get_or_insert(sent_to);
                sent_to += segment.payload.len() as u64;
                count += 1;
                false
            }
            Event::Socket { notice: Notice::BytesAcknowledged { range }, .. } if at_server => {
                begins_at.is_some_and(|start| range.end > start)
            }
            Event::TransactionCompleted { .. } => true,
            _ => false,
        };
        if ends && count > 0 {
            rounds[answer].push(core::mem::take(&mut count));
            begins_at = None;
        }
        if matches!(entry.event, Event::TransactionCompleted { request: 0, .. }) {
            answer = 1;
        }
    }
    rounds
}

/// `1, 2, 4, 8`.
fn listed(rounds: &[u32]) -> Value {
    let words: Vec<String> = rounds.iter().map(u32::to_string).collect();
    Value::Verbatim(words.join(", "))
}

/// Time from a request to the last octet of its response.
fn wait_for(scene: &Scene<'_>, request: u32) -> Option<Duration> {
    let done = scene.first(completed("client", request)).entry()?;
    match done.event {
        Event::TransactionCompleted { started_at, .. } => Some(done.at.since(started_at)),
        _ => None,
    }
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let [new, again] = rounds(scene);
    facts.set("segments", Value::Count(u64::from(segments(scene.values.number("size")))));
    facts.set("rounds", listed(&new));
    facts.set("trips", Value::Count(new.len() as u64));
    facts.set("rounds-again", listed(&again));
    facts.set_some("burst", again.first().map(|burst| Value::Count(u64::from(*burst))));
    facts.set_some("next", new.get(1).map(|burst| Value::Count(u64::from(*burst))));
    facts.set_some("time", wait_for(scene, 0).map(Value::Span));
    facts.set_some("time-again", wait_for(scene, 1).map(Value::Span));
    let shrunk = scene
        .first(congestion(Rule::FastRetransmit))
        .or(scene.first(congestion(Rule::RetransmissionTimeout)));
    if let Some(Event::Socket {
        notice: Notice::CongestionChanged { ssthresh: Some(threshold), .. }, ..
    }) = shrunk.entry().map(|entry| &entry.event)
    {
        facts.set("threshold", Value::Count(u64::from(threshold / MSS)));
    }
}

fn check(run: &Run) -> Goal {
    let scene = Scene::new(&run.trace, &run.values);
    let trip =
        run.trace.scenario.links.first().map_or(Duration::ZERO, |link| link.delay_us.saturating_mul(2));
    // Set-up is one, and each round of data another. What a loss delays counts as the round trips that it lasts.
    let lost = scene
        .whole()
        .before(scene.first(completed("client", 0)))
        .count(event("server", |event| matches!(event, Event::PacketSent { retransmission: true, .. })));
    let waited = wait_for(&scene, 0).map_or(0, |wait| wait.as_micros() / trip.as_micros().max(1));
    let [new, _] = rounds(&scene);
    let trips = (1 + new.len() as u64).max(if lost > 0 { waited } else { 0 });
    let size = match scene.first(completed("client", 0)).entry().map(|entry| &entry.event) {
        Some(Event::TransactionCompleted { body_len, .. }) => *body_len,
        _ => 0,
    };
    let is_far = trip >= Duration::from_millis(100);
    Goal::of(vec![
        Measure::new("trips", Value::Count(trips), trips <= 4),
        Measure::new("size", Value::Octets(size), size >= 100_000),
        Measure::new("rtt", Value::Span(trip), is_far),
    ])
}
