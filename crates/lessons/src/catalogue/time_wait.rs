//! Lesson 12: the side that closes first keeps the 4-tuple for 2MSL, and a busy client runs out of ports.

use playground_core::event::Event;
use playground_core::node::{AfterAnswer, LoadGeneratorSpec, OriginServerSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::{Limits, Scenario};
use playground_core::tcp::{CallError, Notice, Returned, State};
use playground_core::time::{Duration, Instant};
use playground_core::wire::Endpoint;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Challenge, Goal, Lesson, MAIN, Measure, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, call, completed, sent, state};
use crate::run::Run;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

/// Scale: one port here stands for this many, and so does one connection. Times are not scaled.
const SCALE: u32 = 5_000;
/// Interval between connection attempts; at real scale there are a thousand a second.
const EVERY: Duration = Duration::from_secs(5);
/// The attempts go on for at least this time,
const LEAST: Duration = Duration::from_secs(152);
/// and for this time after the first TIME-WAIT is over.
const AFTER: Duration = Duration::from_secs(32);
/// The first ephemeral port.
const FIRST_PORT: u16 = 5_001;

/// Course: the client closes first, and a port is free again in time.
const ENOUGH: &str = "enough";
/// Course: the server closes first.
const SERVER: &str = "server";
/// Course: nobody closes.
const KEPT: &str = "kept";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "time-wait",
    number: 12,
    section: "4.2",
    figures: &[],
    knobs: &[
        Knob { id: "closer", kind: KnobKind::Choice { values: &["client", "server", "keep"], default: 0 } },
        Knob { id: "msl", kind: KnobKind::Choice { values: &["240", "120", "60", "30"], default: 1 } },
        Knob { id: "ports", kind: KnobKind::Choice { values: &["12", "6"], default: 0 } },
        Knob { id: "servers", kind: KnobKind::Choice { values: &["1", "2"], default: 0 } },
    ],
    scenario,
    course,
    steps: &[
        StepSpec {
            id: "open",
            hero: View::Ports,
            moment: |scene| scene.first(sent("client").syn()).halfway().moment(),
        },
        StepSpec {
            id: "close",
            hero: View::Ports,
            moment: |scene| {
                let kept = scene.first(completed("client", 0)).only_if(scene.course == KEPT);
                let fin = scene.first(sent(closer(scene)).fin()).halfway();
                kept.or(fin).moment()
            },
        },
        StepSpec {
            id: "time-wait",
            hero: View::Ports,
            moment: |scene| {
                let waits = scene.first(state(closer(scene), State::TimeWait));
                waits.or_absent("nobody-closes")
            },
        },
        StepSpec {
            id: "filling",
            hero: View::Ports,
            moment: |scene| {
                let third = scene.whole().nth(3, sent("client").syn()).halfway();
                let kept = scene.first(completed("client", 1)).only_if(scene.course == KEPT);
                kept.or(third).moment()
            },
        },
        StepSpec {
            id: "last",
            hero: View::Ports,
            moment: |scene| {
                let last = scene.whole().before(scene.first(refused())).last(sent("client").syn());
                let spot = match scene.course {
                    MAIN => last,
                    _ => port_again(scene),
                };
                spot.halfway().or_absent("one-port")
            },
        },
        StepSpec {
            id: "refused",
            hero: View::Ports,
            moment: |scene| scene.first(refused()).exactly().or_absent(free(scene)),
        },
        StepSpec {
            id: "again",
            hero: View::Ports,
            moment: |scene| {
                let first = scene.first(refused());
                let again = scene.whole().after(first).first(sent("client").syn());
                again.only_if(first.at().is_some()).halfway().or_absent(free(scene))
            },
        },
        StepSpec {
            id: "score",
            hero: View::Ports,
            // The last socket to enter TIME-WAIT: from here on ports only become free.
            moment: |scene| {
                let last = scene.whole().last(state(closer(scene), State::TimeWait));
                last.or(scene.end()).moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: Some(real_scale),
    markdown: markdown!("time-wait"),
};

static CHALLENGE: Challenge = Challenge { id: "thousand", check, solution: &[("msl", "30")] };

fn scenario(values: &KnobValues) -> Scenario {
    scaled(values, 1, until(values))
}

/// End of the attempts.
fn until(values: &KnobValues) -> Instant {
    Instant::ZERO + LEAST.max(two_msl(values) + AFTER)
}

fn two_msl(values: &KnobValues) -> Duration {
    Duration::from_secs(u64::from(values.number("msl")))
}

/// The different 4-tuples that the client can form.
fn tuples(values: &KnobValues) -> u32 {
    values.number("ports") * values.number("servers")
}

/// The time in which the attempts take every 4-tuple once.
fn all_taken(values: &KnobValues) -> Duration {
    EVERY.saturating_mul(u64::from(tuples(values)))
}

/// The lesson's scenario at real scale: 60,000 ports, a thousand connections a second. Where the 4-tuples run out, it
/// ends when the first one returns, so that the mean rate is that of every such period; else a little later.
fn real_scale(values: &KnobValues) -> Scenario {
    let until = match (two_msl(values), all_taken(values)) {
        (wait, taken) if taken < wait => wait,
        (wait, taken) => wait.max(taken) + Duration::from_secs(5),
    };
    let mut scenario = scaled(values, SCALE, Instant::ZERO + until);
    scenario.limits = Limits::MOST;
    scenario
}

fn scaled(values: &KnobValues, scale: u32, until_us: Instant) -> Scenario {
    let servers: &[&str] = if values.is("servers", "2") { &["server", "server-2"] } else { &["server"] };
    let after_answer = match values.get("closer") {
        "server" => AfterAnswer::LetServerClose,
        "keep" => AfterAnswer::Keep,
        _ => AfterAnswer::Close,
    };
    let load = LoadGeneratorSpec {
        connect_to: servers.iter().map(|name| (*name).to_owned()).collect(),
        port: 80,
        path: "/".to_owned(),
        every_us: Duration::from_micros(EVERY.as_micros() / u64::from(scale)),
        until_us,
        after_answer,
    };
    let mut client = host("client", RoleSpec::LoadGenerator(load));
    let last = u32::from(FIRST_PORT) + values.number("ports") * scale - 1;
    client.stack.ephemeral_ports = Some((FIRST_PORT, u16::try_from(last).unwrap_or(u16::MAX)));
    let server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/", 400)],
        idle_timeout_us: Duration::from_secs(60),
        ..OriginServerSpec::default()
    };
    let mut nodes = vec![client, host("server", RoleSpec::OriginServer(server.clone()))];
    if servers.len() > 1 {
        // The client stands in the middle, with a hop to each.
        nodes.insert(0, host("server-2", RoleSpec::OriginServer(server)));
    }
    for node in &mut nodes {
        let msl = Duration::from_micros(u64::from(values.number("msl")) * 500_000);
        node.stack.max_segment_lifetime_us = Some(msl);
    }
    in_a_row("time-wait", 100, nodes)
}

/// The main course: the client closes first and runs out of ports.
fn course(scene: &Scene<'_>) -> &'static str {
    match scene.values.get("closer") {
        "server" => SERVER,
        "keep" => KEPT,
        // A 4-tuple is also taken for the time of its transaction.
        _ if all_taken(scene.values) <= two_msl(scene.values) => MAIN,
        _ => ENOUGH,
    }
}

/// The reason why no connect() was refused.
fn free(scene: &Scene<'_>) -> &'static str {
    if scene.course == KEPT { "one-port" } else { "never-refused" }
}

/// The side that closes first.
fn closer(scene: &Scene<'_>) -> &'static str {
    if scene.values.is("closer", "server") { "server" } else { "client" }
}

/// connect() found no free port.
fn refused() -> Pattern {
    call("client", |_, returned| *returned == Returned::Failed { error: CallError::AddressNotAvailable })
}

/// The first SYN from a port that was used before, to the same server.
fn port_again<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    let tuple = |entry| scene.segment(entry).map(|segment| (segment.source, segment.destination));
    let mut seen: Vec<(Endpoint, Endpoint)> = Vec::new();
    for (place, entry) in scene.whole().all(sent("client").syn()).enumerate() {
        match tuple(entry) {
            Some(tuple) if seen.contains(&tuple) => {
                return scene.whole().nth(place + 1, sent("client").syn());
            }
            tuple => seen.extend(tuple),
        }
    }
    scene.end().only_if(false)
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let wait = two_msl(scene.values);
    let refused = scene.first(refused());
    facts.set("ports", Value::Count(u64::from(scene.values.number("ports"))));
    let tuples = tuples(scene.values);
    facts.set("real-ports", Value::Count(u64::from(scene.values.number("ports") * SCALE)));
    facts.set("tuples", Value::Count(u64::from(tuples)));
    facts.set("real-tuples", Value::Count(u64::from(tuples * SCALE)));
    facts.set("two-msl", Value::Span(wait));
    facts.set("wanted", Value::Count(u64::from(SCALE) * 1_000_000 / EVERY.as_micros()));
    facts.set("scale", Value::Count(u64::from(SCALE)));
    facts.set("every", Value::Span(EVERY));
    let most = u64::from(tuples * SCALE) * 1_000_000 / wait.as_micros().max(1);
    facts.set("most", Value::Count(most));
    facts.set("refused", Value::Count(refusals(scene.trace)));
    facts.set_some("used-after", refused.at().map(|at| Value::Span(at.since(Instant::ZERO))));
    let world = scene.trace.world_after(refused.entry().map_or(u32::MAX, |entry| entry.index));
    let client = scene.trace.scenario.nodes.iter().position(|node| node.name == "client");
    let sockets = client.and_then(|place| world.nodes.get(place)).into_iter();
    let waits = sockets.flat_map(|node| node.sockets.values());
    let held = waits.filter(|socket| socket.state == State::TimeWait).count();
    facts.set("held", Value::Count(held as u64));
}

fn refusals(trace: &playground_core::trace::Trace) -> u64 {
    let is_refusal = |event: &Event| {
        matches!(event, Event::CallReturned { returned: Returned::Failed { error }, .. }
            if *error == CallError::AddressNotAvailable)
    };
    trace.entries.iter().filter(|entry| is_refusal(&entry.event)).count() as u64
}

/// Every attempt must open a connection.
fn check(run: &Run) -> Goal {
    let is_opening =
        |event: &Event| matches!(event, Event::Socket { notice: Notice::Opened { listener: None, .. }, .. });
    let opened = run.trace.entries.iter().filter(|entry| is_opening(&entry.event)).count() as u64;
    let wanted = until(&run.values).since(Instant::ZERO).as_micros().div_ceil(EVERY.as_micros());
    let refused = refusals(&run.trace);
    Goal::of(vec![
        Measure::new("opened", Value::Verbatim(format!("{opened} / {wanted}")), opened >= wanted),
        Measure::new("refused", Value::Count(refused), refused == 0),
    ])
}
