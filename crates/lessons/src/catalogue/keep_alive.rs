//! Lesson 18: HTTP/1.0 keep-alive, asked for and agreed to with every message. Figure 4-14.

use playground_core::event::{Entry, Event, Waiting};
use playground_core::http::{KeepAliveParams, Persistence, Version};
use playground_core::node::{BodyFraming, ClientSpec, OriginServerSpec, ResourceSpec, RoleSpec};
use playground_core::rule::Rule;
use playground_core::scenario::Scenario;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::heads::requests;
use crate::knob::{Knob, KnobKind, KnobValues};
use crate::lesson::{Lesson, StepSpec, Tab};
use crate::moment::NOT_IN_THIS_RUN;
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, gave_up_waiting, received, sent};
use crate::scene::{Scene, Spot};
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

/// The client wants the next file so long after it has the last.
const PAUSE: Duration = Duration::from_millis(300);
/// Every file's true length.
const BODY: u32 = 400;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "keep-alive",
    number: 18,
    section: "4.5",
    figures: &["4-14"],
    first_tab: Tab::Ladder,
    knobs: || {
        &[
            Knob { id: "server", kind: KnobKind::Choice { values: &["no", "max-100", "max-2"], default: 1 } },
            Knob { id: "timeout", kind: KnobKind::Choice { values: &["5", "15", "120"], default: 0 } },
            Knob {
                id: "length",
                kind: KnobKind::Choice { values: &["right", "missing", "long", "short"], default: 0 },
            },
            Knob { id: "request", kind: KnobKind::Text { default: REQUESTS, multiline: true } },
        ]
    },
    scenario,
    steps: || {
        &[
            StepSpec {
                id: "ask",
                moment: |scene| {
                    let asks = scene.first(sent("client").data().carrying("eep-"));
                    let first = scene.first(sent("client").data());
                    first.halfway().told_if(!asks.is(first), "not-asked").moment()
                },
            },
            StepSpec {
                id: "answer",
                moment: |scene| {
                    told(scene, scene.after("ask").first(sent("server").data()).halfway()).moment()
                },
            },
            StepSpec {
                id: "whole",
                moment: |scene| {
                    let after = scene.after("answer");
                    match tale(scene) {
                        // The client waits for octets that nobody will send; look at it half-way.
                        Tale::Hangs => {
                            let expired = after.first(gave_up_waiting("server", Waiting::IdleTimeout));
                            told(scene, after.first(received("client")).midway(expired)).moment()
                        }
                        Tale::Refused => {
                            let cut = after.first(first_fails()).told("cut");
                            let whole = after.first(completed("client", 0)).told("refused");
                            cut.or(whole.told_if(is_short(scene), "stray")).moment()
                        }
                        _ => told(scene, after.first(completed("client", 0))).moment(),
                    }
                },
            },
            StepSpec {
                id: "second",
                moment: |scene| {
                    let after = scene.after("whole");
                    let same =
                        after.first(sent("client").data()).halfway().only_if(tale(scene) == Tale::Kept);
                    same.or(after.first(sent("client").syn()).halfway().told("new")).moment()
                },
            },
            StepSpec {
                id: "countdown",
                moment: |scene| {
                    let answer = scene.after("second").first(sent("server").data()).halfway();
                    let told = match (tale(scene), decisions(scene).get(1)) {
                        (Tale::Kept, Some(Persistence { persists: true, .. })) => answer,
                        (Tale::Kept, Some(Persistence { rule: Rule::MaxRequestsReached, .. })) => {
                            answer.told("last")
                        }
                        (Tale::Kept, _) => answer.told("not-asked"),
                        _ => answer.told("alone"),
                    };
                    told.moment()
                },
            },
            StepSpec {
                id: "idle",
                moment: |scene| {
                    let idle = scene
                        .last(event("client", |event| matches!(event, Event::TransactionCompleted { .. })));
                    idle.midway(silence_ends(scene))
                        .only_if(tale(scene) == Tale::Kept)
                        .or_absent(why_not_idle(scene))
                },
            },
            StepSpec {
                id: "close",
                moment: |scene| {
                    let fin = scene.whole().after(silence_ends(scene)).first(sent("server").fin()).halfway();
                    let several = scene.whole().count(sent("client").syn()) > 1;
                    fin.told_if(several, "more")
                        .only_if(tale(scene) == Tale::Kept)
                        .or_absent(why_not_idle(scene))
                },
            },
        ]
    },
    facts,
    challenge: None,
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
    let nodes = vec![
        host("client", RoleSpec::Client(ClientSpec::new("server", list))),
        host("server", RoleSpec::OriginServer(server)),
    ];
    in_a_row("keep-alive", 100, nodes)
}

/// Which of its courses the story takes, by what became of the first answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tale {
    /// Asked for and agreed: the connection stays.
    Kept,
    /// Not agreed, or not asked for.
    Refused,
    /// No length, so that only the close can mark the end.
    NoLength,
    /// A length that is too great: the client waits for more than there is.
    Hangs,
    /// A length that is too small: octets are left over.
    Stray,
}

/// The server's decisions, answer by answer.
fn decisions<'s>(scene: &'s Scene<'_>) -> Vec<&'s Persistence> {
    let decided =
        scene.whole().all(event("server", |event| matches!(event, Event::PersistenceDecided { .. })));
    let decision = |entry: &'s Entry| match &entry.event {
        Event::PersistenceDecided { persistence, .. } => Some(persistence),
        _ => None,
    };
    decided.filter_map(decision).collect()
}

fn tale(scene: &Scene<'_>) -> Tale {
    match decisions(scene).first() {
        Some(Persistence { persists: false, rule: Rule::LengthUnknownCloses }) => Tale::NoLength,
        Some(Persistence { persists: true, .. }) if scene.first(first_fails()).entry().is_some() => {
            Tale::Hangs
        }
        Some(Persistence { persists: true, .. }) if is_short(scene) => Tale::Stray,
        Some(Persistence { persists: true, .. }) => Tale::Kept,
        _ => Tale::Refused,
    }
}

/// The client gives the first answer up.
fn first_fails() -> Pattern {
    event("client", |event| matches!(event, Event::TransactionFailed { request: 0, .. }))
}

/// Whether the client took the first answer for shorter than it is.
fn is_short(scene: &Scene<'_>) -> bool {
    first_body(scene).is_some_and(|body| body < u64::from(BODY))
}

/// The body that the client took for the first answer's.
fn first_body(scene: &Scene<'_>) -> Option<u64> {
    match scene.first(completed("client", 0)).entry()?.event {
        Event::TransactionCompleted { body_len, .. } => Some(body_len),
        _ => None,
    }
}

/// The spot in the words of its tale.
fn told<'s>(scene: &Scene<'_>, spot: Spot<'s>) -> Spot<'s> {
    match tale(scene) {
        Tale::Kept => spot,
        Tale::Refused => spot.told("refused"),
        Tale::NoLength => spot.told("no-length"),
        Tale::Hangs => spot.told("hangs"),
        Tale::Stray => spot.told("stray"),
    }
}

/// The server has waited long enough.
fn silence_ends<'s>(scene: &'s Scene<'_>) -> Spot<'s> {
    scene.last(gave_up_waiting("server", Waiting::IdleTimeout))
}

fn why_not_idle(scene: &Scene<'_>) -> &'static str {
    match tale(scene) {
        Tale::Kept => NOT_IN_THIS_RUN,
        Tale::Refused | Tale::NoLength => "already-closed",
        Tale::Hangs => "not-idle",
        Tale::Stray => "given-up",
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

/// The `max` that the `nth` answer names.
fn max_of(scene: &Scene<'_>, nth: usize) -> Option<u64> {
    let entry = scene.whole().nth(nth, sent("server").carrying("HTTP/1.0 ")).entry()?;
    let text = String::from_utf8_lossy(&scene.segment(entry)?.payload).into_owned();
    let field = text.lines().find_map(|line| line.strip_prefix("Keep-Alive: "))?;
    KeepAliveParams::parse(field).max.map(u64::from)
}
