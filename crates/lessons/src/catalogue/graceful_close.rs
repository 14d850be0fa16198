//! Lesson 30: half-close, read on until the peer's end or a time-out, then close.

use playground_core::event::{Event, Waiting};
use playground_core::node::{ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::tcp::{Call, Notice, ProfileName, Trigger};
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Challenge, Goal, Hides, Lesson, MAIN, Measure, Spoiler, StepSpec, View};
use crate::network::{host, in_a_row, profile};
use crate::pattern::{Pattern, call, gave_up_waiting, notice, received, sent};
use crate::run::Run;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Answers that the server gives on a connection.
const ANSWERS: u32 = 10;
/// Further requests of a peer that goes on sending.
const MORE: u32 = 6;
/// Delay of the late request after the others.
const LATE: Duration = Duration::from_millis(900);
/// Interval between the further ones.
const NEXT: Duration = Duration::from_millis(500);
/// The time at which the busy application begins to read.
const READS: Instant = Instant::from_millis(2_500);

/// The longest time for which the server may hold a connection that it has ended.
const HOLDS_AT_MOST: Duration = Duration::from_secs(10);

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "graceful-close",
    number: 30,
    section: "4.7",
    figures: &[],
    knobs: &[
        Knob { id: "close", kind: KnobKind::Choice { values: &["graceful", "close"], default: 0 } },
        Knob { id: "peer", kind: KnobKind::Choice { values: &["polite", "silent", "sending"], default: 0 } },
        Knob { id: "linger", kind: KnobKind::Choice { values: &["1s", "5s", "30s"], default: 2 } },
        Knob { id: "profile", kind: KnobKind::Choice { values: &["textbook", "linux", "bsd"], default: 0 } },
    ],
    scenario,
    course: |_| MAIN,
    steps: &[
        StepSpec {
            id: "enough",
            hero: View::Buffers,
            moment: |scene| scene.first(sent("client").data()).halfway().moment(),
        },
        StepSpec {
            id: "half",
            hero: View::Buffers,
            moment: |scene| fin(scene).halfway().variant_if(!is_graceful(scene), "close").moment(),
        },
        StepSpec {
            id: "late",
            hero: View::Stage,
            moment: |scene| late(scene).halfway().variant_if(sends_on(scene), "sending").moment(),
        },
        StepSpec {
            id: "swallowed",
            hero: View::Stage,
            moment: |scene| {
                let taken = scene.after("late").first(received("server"));
                let taken = taken.variant_if(sends_on(scene), "sending");
                let reset = reset(scene).halfway().variant("close");
                taken.only_if(is_graceful(scene)).or(reset).moment()
            },
        },
        StepSpec {
            id: "reads",
            hero: View::Buffers,
            moment: |scene| {
                let reads = scene.first(gave_up_waiting("client", Waiting::Reading));
                let is_lost = answers_read(scene) < u64::from(ANSWERS);
                let is_late = timed_out(scene) && is_graceful(scene);
                let reads = reads.variant_if(sends_on(scene), "sending").variant_if(was_reset(scene), "kept");
                reads.variant_if(is_lost, if is_late { "too-late" } else { "lost" }).moment()
            },
        },
        StepSpec {
            id: "end",
            hero: View::Ladder,
            moment: |scene| {
                let gave_up = scene.first(gave_up_waiting("server", Waiting::PeerClose)).variant("timeout");
                let heard =
                    scene.first(notice("server", |notice| matches!(notice, Notice::EndReceived { .. })));
                let spot = gave_up.or(heard);
                spot.only_if(is_graceful(scene) && !is_early(scene)).or_absent(if is_graceful(scene) {
                    "gave-up-before"
                } else {
                    "nobody-waits"
                })
            },
        },
        StepSpec {
            id: "score",
            hero: View::Buffers,
            moment: |scene| {
                let is_lost = answers_read(scene) < u64::from(ANSWERS);
                // A client that stays open has no end.
                let is_silent = scene.values.is("peer", "silent") && !is_lost;
                let end = if is_silent { scene.first(closed()) } else { scene.all_closed() };
                let end = if end.at() < scene.spot("reads").at() { scene.spot("reads") } else { end };
                end.variant_if(was_reset(scene), "kept").variant_if(is_lost, "lost").moment()
            },
        },
    ],
    spoilers: &[Spoiler { step: "enough", hides: Hides::Knob("linger") }],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("graceful-close"),
};

static CHALLENGE: Challenge = Challenge { id: "every-client", check, solution: &[("linger", "5s")] };

fn scenario(values: &KnobValues) -> Scenario {
    let more = if values.is("peer", "sending") { MORE } else { 1 };
    let list = (1..=ANSWERS + more).map(|number| {
        let request = RequestSpec::get(format!("/{number}"));
        match number.cmp(&(ANSWERS + 1)) {
            core::cmp::Ordering::Less => request,
            core::cmp::Ordering::Equal => request.after(LATE),
            core::cmp::Ordering::Greater => request.after(NEXT),
        }
    });
    let mut client = ClientSpec::new("server", list.collect());
    client.pipeline = ANSWERS + more;
    client.reads_from_us = READS;
    client.stays_open = values.is("peer", "silent");
    let server = OriginServerSpec {
        max_requests: ANSWERS,
        resources: (1..=ANSWERS + more).map(|number| ResourceSpec::new(format!("/{number}"), 500)).collect(),
        close: if values.is("close", "graceful") { CloseStyle::Graceful } else { CloseStyle::Close },
        linger_us: Duration::from_secs(u64::from(values.number("linger"))),
        ..OriginServerSpec::default()
    };
    let mut nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    for node in &mut nodes {
        node.profile = profile(values.get("profile"));
        node.stack.nagle = Some(false);
        node.stack.initial_window = Some(10);
    }
    in_a_row("graceful-close", 100, nodes)
}

fn sends_on(scene: &Scene<'_>) -> bool {
    scene.values.is("peer", "sending")
}

fn is_graceful(scene: &Scene<'_>) -> bool {
    scene.values.is("close", "graceful")
}

fn timed_out(scene: &Scene<'_>) -> bool {
    scene.first(gave_up_waiting("server", Waiting::PeerClose)).entry().is_some()
}

/// Whether the server's time-out ends before the application reads.
fn is_early(scene: &Scene<'_>) -> bool {
    let gave_up = scene.first(gave_up_waiting("server", Waiting::PeerClose)).at();
    gave_up.is_some_and(|at| at < READS)
}

fn fin<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(sent("server").fin())
}

/// The first request that comes after the last answer.
fn late<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(sent("client").data().carrying(format!("GET /{} ", ANSWERS + 1)))
}

fn reset<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(sent("server").rst())
}

/// The client receives an RST on an open connection.
fn reset_arrives<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(notice("client", |notice| {
        matches!(notice, Notice::StateChanged { trigger: Trigger::ReceiveReset, .. })
    }))
}

fn was_reset(scene: &Scene<'_>) -> bool {
    reset_arrives(scene).entry().is_some()
}

/// The server closes the socket.
fn closed() -> Pattern {
    call("server", |call, _| matches!(call, Call::Close))
}

/// Number of the ten responses that the client's application has read completely.
fn answers_read(scene: &Scene<'_>) -> u64 {
    let is_answer = |event: &Event| matches!(event, Event::TransactionCompleted { request: 0..ANSWERS, .. });
    scene.trace.entries.iter().filter(|entry| is_answer(&entry.event)).count() as u64
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("answers", Value::Count(u64::from(ANSWERS)));
    facts.set("read", Value::Count(answers_read(scene)));
    facts.set("lost", Value::Count(u64::from(ANSWERS).saturating_sub(answers_read(scene))));
    facts.set_some("reset-at", reset_arrives(scene).at().map(Value::Time));
    facts.set("reads-at", Value::Time(READS));
}

/// From the server's FIN until its application closes the socket.
fn held(scene: &Scene<'_>) -> Option<Duration> {
    scene.first(closed()).since(fin(scene))
}

/// The server cannot choose its clients, so the run is repeated with each of them, on the textbook stack.
fn check(run: &Run) -> Goal {
    let mut measures = Vec::new();
    let mut longest = Some(Duration::ZERO);
    for key in ["polite", "silent", "sending"] {
        let mut values = run.values.clone();
        let is_set = values.set(&LESSON, "peer", key).is_ok();
        let mut scenario = scenario(&values);
        for node in &mut scenario.nodes {
            node.profile = ProfileName::Textbook;
        }
        let trace = sim::run(&scenario).ok().filter(|_| is_set);
        let scene = trace.as_ref().map(|trace| Scene::new(trace, &values));
        let read = scene.as_ref().map_or(0, answers_read);
        let time = scene.as_ref().and_then(held);
        longest = longest.and_then(|longest| Some(longest.max(time?)));
        measures.push(Measure::new(key, Value::Count(read), read == u64::from(ANSWERS)));
    }
    let value = longest.map_or(Value::Flag(false), Value::Span);
    measures.push(Measure::new("held", value, longest.is_some_and(|longest| longest <= HOLDS_AT_MOST)));
    Goal::of(measures)
}
