//! Lesson 29: ten answers lie unread, request 11 meets a closed socket, and RST takes them away. Figure 4-20.

use playground_core::event::{Entry, Event};
use playground_core::node::{ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::tcp::{Buffer, Call, Notice, ProfileName, Returned, State, Trigger};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Challenge, Goal, Lesson, MAIN, Measure, StepSpec, View};
use crate::network::{host, in_a_row, profile};
use crate::pattern::{call, completed, discarded, notice, received, sent, state};
use crate::run::Run;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Requests sent without waiting, and answers that the server gives.
const ANSWERS: u32 = 10;
/// Delay of the late request after the others.
const LATE: Duration = Duration::from_millis(1_000);
/// The time at which the busy application begins to read.
const READS_LATE: Instant = Instant::from_millis(2_500);

/// Course: the same RST, but this system keeps what it has received.
const KEPT: &str = "kept";
/// Course: RST finds the server with answers not yet sent, and they are lost.
const QUEUE: &str = "queue";
/// Course: the application has read in time and knows that the connection ends.
const EARLY: &str = "early";
/// Course: the server still sends when the late request comes, reads it, and closes with nothing unread.
const BUSY: &str = "busy";
/// Course: the server goes on reading, and there is no RST.
const HALF: &str = "half";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "reset",
    number: 29,
    section: "4.7",
    figures: &["4-20"],
    knobs: &[
        Knob { id: "profile", kind: KnobKind::Choice { values: &["textbook", "linux", "bsd"], default: 0 } },
        Knob { id: "reads", kind: KnobKind::Choice { values: &["late", "early"], default: 0 } },
        Knob { id: "close", kind: KnobKind::Choice { values: &["close", "half"], default: 0 } },
        Knob { id: "size", kind: KnobKind::Choice { values: &["500", "30000"], default: 0 } },
    ],
    scenario,
    course,
    steps: &[
        StepSpec {
            id: "pipeline",
            hero: View::Buffers,
            moment: |scene| {
                let first = scene.first(sent("client").data()).halfway();
                first.variant_if(!scene.values.is("reads", "late"), EARLY).moment()
            },
        },
        StepSpec {
            id: "answers",
            hero: View::Buffers,
            moment: |scene| {
                let second = scene.whole().before(eleven(scene)).nth(2, received("client"));
                second.variant_if(!scene.values.is("reads", "late"), EARLY).moment()
            },
        },
        StepSpec {
            id: "close",
            hero: View::Stage,
            moment: |scene| {
                let closed = scene.whole().before(eleven(scene)).first(state("client", State::CloseWait));
                let writing = scene.spot("answers").midway(eleven(scene)).variant("still-writing");
                closed.or(writing).moment()
            },
        },
        StepSpec { id: "eleven", hero: View::Stage, moment: |scene| eleven(scene).halfway().moment() },
        StepSpec {
            id: "rst",
            hero: View::Stage,
            moment: |scene| {
                let after = scene.after("eleven");
                let spot = match scene.course {
                    EARLY => after.first(completed("client", ANSWERS)),
                    HALF | BUSY => after.first(received("server")),
                    _ => after.first(sent("server").rst()).halfway(),
                };
                spot.moment()
            },
        },
        StepSpec {
            id: "arrives",
            hero: View::Buffers,
            moment: |scene| reset(scene).variant_if(is_lucky(scene), "lucky").or_absent("no-rst"),
        },
        StepSpec {
            id: "score",
            hero: View::Buffers,
            moment: |scene| {
                let failed = scene.after("eleven").first(call("client", |call, returned| {
                    matches!((call, returned), (Call::Receive { .. }, Returned::Failed { .. }))
                }));
                let spot = match scene.course {
                    // Directly after the call that fails, before the application closes the socket.
                    MAIN | QUEUE => failed.exactly(),
                    EARLY => scene.all_closed(),
                    _ => scene.last(call("client", |call, _| matches!(call, Call::Close))),
                };
                spot.or(scene.end()).variant_if(is_lucky(scene), "lucky").moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("reset"),
};

static CHALLENGE: Challenge = Challenge { id: "lose-nothing", check, solution: &[("close", "half")] };

fn scenario(values: &KnobValues) -> Scenario {
    let size = values.number("size");
    let mut list: Vec<_> = (1..=ANSWERS + 1).map(|n| RequestSpec::get(format!("/{n}"))).collect();
    if let Some(last) = list.last_mut() {
        last.after_us = LATE;
    }
    let mut client = ClientSpec::new("server", list);
    client.pipeline = ANSWERS + 1;
    if values.is("reads", "late") {
        client.reads_from_us = READS_LATE;
    }
    let server = OriginServerSpec {
        max_requests: ANSWERS,
        resources: (1..=ANSWERS + 1).map(|n| ResourceSpec::new(format!("/{n}"), size)).collect(),
        close: if values.is("close", "half") { CloseStyle::Graceful } else { CloseStyle::Close },
        ..OriginServerSpec::default()
    };
    let mut nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    for node in &mut nodes {
        node.profile = profile(values.get("profile"));
        // As browsers and servers do: a pipelined request is not held back until the one before is acknowledged.
        node.stack.nagle = Some(false);
    }
    in_a_row("reset", 100, nodes)
}

/// The main course is the book's: RST throws the unread answers away.
fn course(scene: &Scene<'_>) -> &'static str {
    let has = |node, buffer| scene.first(discarded(node, buffer)).entry().is_some();
    if reset(scene).entry().is_none() {
        let is_new = eleven(scene).entry().is_some_and(|entry| is_syn(scene, entry));
        return match scene.values.get("close") {
            _ if is_new => EARLY,
            "half" => HALF,
            _ => BUSY,
        };
    }
    match (has("server", Buffer::Send), has("client", Buffer::Receive)) {
        (true, _) => QUEUE,
        (false, true) => MAIN,
        (false, false) => KEPT,
    }
}

/// Whether everything that the server discarded had been sent already.
fn is_lucky(scene: &Scene<'_>) -> bool {
    scene.course == QUEUE && answers_read(scene.trace) == u64::from(ANSWERS)
}

/// The late request, or the SYN of the connection that is opened for it.
fn eleven<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    let second_connection = scene.whole().nth(2, sent("client").syn());
    second_connection.or(scene.first(sent("client").data().carrying(format!("GET /{} ", ANSWERS + 1))))
}

fn is_syn(scene: &Scene<'_>, entry: &Entry) -> bool {
    scene.segment(entry).is_some_and(|segment| segment.flags.is_syn())
}

/// The client receives an RST on an open connection.
fn reset<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.first(notice("client", |notice| {
        matches!(notice, Notice::StateChanged { trigger: Trigger::ReceiveReset, .. })
    }))
}

/// Number of the ten responses that the client's application has read completely.
fn answers_read(trace: &Trace) -> u64 {
    let is_answer = |event: &Event| matches!(event, Event::TransactionCompleted { request: 0..ANSWERS, .. });
    trace.entries.iter().filter(|entry| is_answer(&entry.event)).count() as u64
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let read = answers_read(scene.trace);
    facts.set("answers", Value::Count(u64::from(ANSWERS)));
    facts.set("read", Value::Count(read));
    facts.set("lost", Value::Count(u64::from(ANSWERS).saturating_sub(read)));
    facts.set_some("flushed", octets_discarded(scene, "client", Buffer::Receive));
    facts.set_some("queue", octets_discarded(scene, "server", Buffer::Send));
    if let Some(mark) = scene.step("close") {
        let world = scene.trace.world_after(mark.index);
        let sockets = world.nodes.first().into_iter().flat_map(|node| node.sockets.values());
        facts.set("buffered", Value::Octets(sockets.map(|socket| socket.received - socket.read).sum()));
    }
    let failed = scene.first(call("client", |_, returned| matches!(returned, Returned::Failed { .. })));
    if let Some(Event::CallReturned { returned: Returned::Failed { error }, .. }) =
        failed.entry().map(|e| &e.event)
    {
        facts.set("error", Value::Verbatim(error.name().to_owned()));
    }
}

fn octets_discarded(scene: &Scene<'_>, node: &'static str, buffer: Buffer) -> Option<Value> {
    let octets = |entry: &Entry| match &entry.event {
        Event::Socket { notice: Notice::BytesDiscarded { range, .. }, .. } => {
            range.end.saturating_sub(range.start)
        }
        _ => 0,
    };
    let sum: u64 = scene.whole().all(discarded(node, buffer)).map(octets).sum();
    (sum > 0).then_some(Value::Octets(sum))
}

/// The goal holds only if it holds on every profile, so the run is repeated on each.
fn check(run: &Run) -> Goal {
    let reads_late = run.trace.scenario.nodes.iter().any(|node| match &node.role {
        RoleSpec::Client(client) => client.reads_from_us >= READS_LATE,
        _ => false,
    });
    let stops = run.trace.scenario.nodes.iter().any(|node| match &node.role {
        RoleSpec::OriginServer(server) => server.max_requests == ANSWERS,
        _ => false,
    });
    let mut measures = Vec::new();
    for (key, name) in
        [("textbook", ProfileName::Textbook), ("linux", ProfileName::Linux), ("bsd", ProfileName::Bsd)]
    {
        let mut scenario = run.trace.scenario.as_ref().clone();
        for node in &mut scenario.nodes {
            node.profile = name;
        }
        let read = sim::run(&scenario).map_or(0, |trace| answers_read(&trace));
        measures.push(Measure::new(key, Value::Count(read), read == u64::from(ANSWERS)));
    }
    measures.push(Measure::new("late", Value::Flag(reads_late), reads_late));
    measures.push(Measure::new("stops", Value::Flag(stops), stops));
    Goal::of(measures)
}
