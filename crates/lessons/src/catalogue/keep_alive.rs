//! Lesson 18: HTTP/1.0 keep-alive, asked for and agreed to with every message. Figure 4-14.

use playground_core::event::{Entry, Event, Waiting};
use playground_core::http::{KeepAliveParams, Persistence, Version};
use playground_core::node::{
    AnnouncedTimeout, BodyFraming, ClientSpec, OriginServerSpec, ResourceSpec, RoleSpec,
};
use playground_core::rule::Rule;
use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, gave_up_waiting, received, sent};
use crate::requests::requests;
use crate::scene::{NOT_IN_THIS_RUN, Scene, Spot};
use crate::text::markdown;

const REQUESTS: &str = "GET /index.html HTTP/1.0
Host: www.joes-hardware.com
Connection: Keep-Alive

GET /logo.gif HTTP/1.0
Host: www.joes-hardware.com
Connection: Keep-Alive

GET /hammer.jpg HTTP/1.0
Host: www.joes-hardware.com
Connection: Keep-Alive
";

/// Time between a response and the client's next request.
const PAUSE: Duration = Duration::from_millis(300);
/// Actual length of every file.
const BODY: u32 = 400;

/// Course: keep-alive not agreed, or not asked for.
const REFUSED: &str = "refused";
/// Course: no length, so that only the close can mark the end.
const NO_LENGTH: &str = "no-length";
/// Course: a length that is too great, so that the client waits for more than there is.
const HANGS: &str = "hangs";
/// Course: a length that is too small, so that octets are left over.
const STRAY: &str = "stray";

/// The client that goes by the announced timeout.
const CLOSES: &str = "closes";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "keep-alive",
    number: 18,
    section: "4.5",
    figures: &["4-14"],
    knobs: &[
        Knob { id: "server", kind: KnobKind::Choice { values: &["no", "max-100", "max-2"], default: 1 } },
        Knob { id: "timeout", kind: KnobKind::Choice { values: &["5", "15", "120"], default: 0 } },
        Knob { id: "client", kind: KnobKind::Choice { values: &["waits", "closes"], default: 0 } },
        Knob {
            id: "length",
            kind: KnobKind::Choice { values: &["right", "missing", "long", "short"], default: 0 },
        },
        Knob { id: "request", kind: KnobKind::Text { default: REQUESTS, multiline: true } },
    ],
    scenario,
    course,
    steps: &[
        StepSpec {
            id: "ask",
            hero: View::Headers,
            moment: |scene| {
                let asks = scene.first(sent("client").data().carrying("eep-"));
                let first = scene.first(sent("client").data());
                first.halfway().variant_if(!asks.is(first), "not-asked").moment()
            },
        },
        StepSpec {
            id: "answer",
            hero: View::Headers,
            moment: |scene| scene.after("ask").first(sent("server").data()).halfway().moment(),
        },
        StepSpec {
            id: "whole",
            hero: View::Buffers,
            moment: |scene| {
                let after = scene.after("answer");
                match scene.course {
                    // The client waits for octets that are never sent; the step is in the middle of that wait.
                    HANGS => {
                        let expired = after.first(gave_up_waiting("server", Waiting::IdleTimeout));
                        after.first(received("client")).midway(expired).moment()
                    }
                    REFUSED => {
                        let cut = after.first(first_fails()).variant("cut");
                        let whole = after.first(completed("client", 0));
                        cut.or(whole.variant_if(is_short(scene), STRAY)).moment()
                    }
                    _ => after.first(completed("client", 0)).moment(),
                }
            },
        },
        StepSpec {
            id: "second",
            hero: View::Headers,
            moment: |scene| {
                let after = scene.after("whole");
                let same = after.first(sent("client").data()).halfway().only_if(scene.course == MAIN);
                same.or(after.first(sent("client").syn()).halfway().variant("new")).moment()
            },
        },
        StepSpec {
            id: "countdown",
            hero: View::Headers,
            moment: |scene| {
                let answer = scene.after("second").first(sent("server").data()).halfway();
                let answer = match (scene.course, decisions(scene).get(1)) {
                    (MAIN, Some(Persistence { persists: true, .. })) => answer,
                    (MAIN, Some(Persistence { rule: Rule::MaxRequestsReached, .. })) => {
                        answer.variant("last")
                    }
                    (MAIN, _) => answer.variant("not-asked"),
                    _ => answer.variant("alone"),
                };
                answer.moment()
            },
        },
        StepSpec {
            id: "idle",
            hero: View::Stage,
            moment: |scene| {
                let idle =
                    scene.last(event("client", |event| matches!(event, Event::TransactionCompleted { .. })));
                let idle = idle.midway(silence_ends(scene)).variant_if(closes(scene), CLOSES);
                idle.only_if(scene.course == MAIN).or_absent(why_not_idle(scene))
            },
        },
        StepSpec {
            id: "close",
            hero: View::Stage,
            moment: |scene| {
                let several = scene.whole().count(sent("client").syn()) > 1;
                let end = scene.all_closed().variant_if(several, "more").variant_if(closes(scene), CLOSES);
                end.only_if(scene.course == MAIN).or_absent(why_not_idle(scene))
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("keep-alive"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let mut list = requests(values.get("request"));
    for request in list.iter_mut().skip(1) {
        request.after_us = PAUSE;
    }
    let framing = match values.get("length") {
        "missing" => BodyFraming::UntilClose,
        "long" => BodyFraming::WrongLength { announced: u64::from(BODY) + 100 },
        "short" => BodyFraming::WrongLength { announced: u64::from(BODY) - 100 },
        _ => BodyFraming::ContentLength,
    };
    let resource = |path: &str, kind: &str| ResourceSpec {
        framing,
        content_type: kind.to_owned(),
        ..ResourceSpec::new(path, BODY)
    };
    let server = OriginServerSpec {
        version: Version::Http10,
        keep_alive: !values.is("server", "no"),
        hints: true,
        idle_timeout_us: Duration::from_secs(u64::from(values.number("timeout"))),
        max_requests: if values.is("server", "max-2") { 2 } else { 100 },
        resources: vec![
            resource("/index.html", "text/html"),
            resource("/logo.gif", "image/gif"),
            resource("/hammer.jpg", "image/jpeg"),
        ],
        ..OriginServerSpec::default()
    };
    let mut client = ClientSpec::new("server", list);
    if values.is("client", CLOSES) {
        client.announced_timeout = AnnouncedTimeout::Closes;
    }
    let nodes =
        vec![host("client", RoleSpec::Client(client)), host("server", RoleSpec::OriginServer(server))];
    in_a_row("keep-alive", 100, nodes)
}

/// The server's decisions on persistence, response by response.
fn decisions<'s>(scene: &'s Scene<'_>) -> Vec<&'s Persistence> {
    let decided =
        scene.whole().all(event("server", |event| matches!(event, Event::PersistenceDecided { .. })));
    let decision = |entry: &'s Entry| match &entry.event {
        Event::PersistenceDecided { persistence, .. } => Some(persistence),
        _ => None,
    };
    decided.filter_map(decision).collect()
}

/// By the fate of the first response. The main course: keep-alive is requested and agreed, and the connection persists.
fn course(scene: &Scene<'_>) -> &'static str {
    match decisions(scene).first() {
        Some(Persistence { persists: false, rule: Rule::LengthUnknownCloses }) => NO_LENGTH,
        Some(Persistence { persists: true, .. }) if scene.first(first_fails()).entry().is_some() => HANGS,
        Some(Persistence { persists: true, .. }) if is_short(scene) => STRAY,
        Some(Persistence { persists: true, .. }) => MAIN,
        _ => REFUSED,
    }
}

/// The client's first transaction fails.
fn first_fails() -> Pattern {
    event("client", |event| matches!(event, Event::TransactionFailed { request: 0, .. }))
}

/// Whether the client took the first response for shorter than it is.
fn is_short(scene: &Scene<'_>) -> bool {
    first_body(scene).is_some_and(|body| body < u64::from(BODY))
}

/// Length of the first response's body as the client read it.
fn first_body(scene: &Scene<'_>) -> Option<u64> {
    match scene.first(completed("client", 0)).entry()?.event {
        Event::TransactionCompleted { body_len, .. } => Some(body_len),
        _ => None,
    }
}

/// The idle timeout of whoever closes.
fn silence_ends<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    let node = if closes(scene) { "client" } else { "server" };
    scene.last(gave_up_waiting(node, Waiting::IdleTimeout))
}

/// Whether the client closes before the server does, as the server has announced a time.
fn closes(scene: &Scene<'_>) -> bool {
    scene.values.is("client", CLOSES)
}

fn why_not_idle(scene: &Scene<'_>) -> &'static str {
    match scene.course {
        REFUSED | NO_LENGTH => "already-closed",
        HANGS => "not-idle",
        STRAY => "given-up",
        _ => NOT_IN_THIS_RUN,
    }
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let timeout = Duration::from_secs(u64::from(scene.values.number("timeout")));
    facts.set("timeout", Value::Span(timeout));
    facts.set("body", Value::Octets(u64::from(BODY)));
    facts.set("connections", Value::Count(scene.whole().count(sent("client").syn()) as u64));
    facts.set("files", Value::Count(scene.whole().count(sent("server").carrying("HTTP/1.0 ")) as u64));
    for (key, request) in [("first-wait", 0), ("second-wait", 1)] {
        if let Some(entry) = scene.first(completed("client", request)).entry()
            && let Event::TransactionCompleted { started_at, .. } = entry.event
        {
            facts.set(key, Value::Span(entry.at.since(started_at)));
        }
    }
    if let Some(Event::MessageIncomplete { received, expected, .. }) = scene
        .first(event("client", |event| matches!(event, Event::MessageIncomplete { .. })))
        .entry()
        .map(|e| &e.event)
    {
        facts.set("received", Value::Octets(*received));
        facts.set_some("announced", expected.map(Value::Octets));
        facts.set_some("missing", expected.map(|expected| Value::Octets(expected.saturating_sub(*received))));
    }
    if let Some(taken) = first_body(scene) {
        facts.set("taken", Value::Octets(taken));
        facts.set("left-over", Value::Octets(u64::from(BODY).saturating_sub(taken)));
    }
    for (key, nth) in [("first-max", 1), ("second-max", 2)] {
        facts.set_some(key, max_of(scene, nth).map(Value::Count));
    }
}

/// The parameter `max` of the `nth` response.
fn max_of(scene: &Scene<'_>, nth: usize) -> Option<u64> {
    let entry = scene.whole().nth(nth, sent("server").carrying("HTTP/1.0 ")).entry()?;
    let text = String::from_utf8_lossy(&scene.segment(entry)?.payload).into_owned();
    let field = text.lines().find_map(|line| line.strip_prefix("Keep-Alive: "))?;
    KeepAliveParams::parse(field).max.map(u64::from)
}
