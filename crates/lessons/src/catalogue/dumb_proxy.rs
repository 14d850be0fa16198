//! Lesson 19: the blind relay. Three beliefs that do not fit, a request nobody reads, and a hang. Figure 4-15.

use playground_core::event::{Event, Waiting};
use playground_core::http::Persistence;
use playground_core::node::{
    ClientSpec, DumbProxySpec, OriginServerSpec, ResourceSpec, RoleSpec, SmartProxySpec,
};
use playground_core::rule::Rule;
use playground_core::scenario::Scenario;
use playground_core::tcp::Notice;
use playground_core::time::{Duration, Instant};

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Challenge, Goal, Hides, Lesson, MAIN, Measure, Spoiler, StepSpec, View};
use crate::network::{host, in_a_row};
use crate::pattern::{Pattern, completed, event, gave_up_waiting, notice, received, sent};
use crate::requests::{as_sent, requests};
use crate::run::Run;
use crate::scene::{Scene, Spot};
use crate::text::markdown;

const REQUESTS: &str = "GET /a HTTP/1.0
Host: www.joes-hardware.com
Connection: Keep-Alive

GET /b HTTP/1.0
Host: www.joes-hardware.com
Connection: Keep-Alive
";

/// Netscape's solution: a field that a dumb proxy forwards and an origin server does not know.
const SOLUTION: &str = "GET /a HTTP/1.0
Host: www.joes-hardware.com
Proxy-Connection: Keep-Alive

GET /b HTTP/1.0
Host: www.joes-hardware.com
Proxy-Connection: Keep-Alive
";

/// Time between the response to /a and the request for /b.
const THINKING: Duration = Duration::from_millis(500);
/// A wait shorter than this does not count as a hang.
const PATIENCE: Duration = Duration::from_secs(2);

/// Course: the proxy knows Connection.
const SMART: &str = "smart";
/// Course: the server was not asked, or not by a field that it knows, and closes.
const REFUSED: &str = "refused";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "dumb-proxy",
    number: 19,
    section: "4.5",
    figures: &["4-15"],
    knobs: &[
        Knob { id: "proxy", kind: KnobKind::Choice { values: &["dumb", "smart"], default: 0 } },
        Knob { id: "idle", kind: KnobKind::Choice { values: &["5", "15", "120"], default: 1 } },
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
        Knob { id: "request", kind: KnobKind::Text { default: REQUESTS, multiline: true } },
    ],
    scenario,
    course,
    steps: &[
        StepSpec {
            id: "ask",
            hero: View::Headers,
            moment: |scene| opening(scene, scene.first(sent("client").data()).halfway()).moment(),
        },
        StepSpec {
            id: "relay",
            hero: View::Headers,
            moment: |scene| opening(scene, scene.first(to_server()).halfway()).moment(),
        },
        StepSpec {
            id: "agree",
            hero: View::Headers,
            moment: |scene| opening(scene, scene.first(sent("server").data()).halfway()).moment(),
        },
        StepSpec {
            id: "beliefs",
            hero: View::Waits,
            moment: |scene| opening(scene, scene.first(completed("client", 0))).moment(),
        },
        StepSpec {
            id: "second",
            hero: View::Waits,
            moment: |scene| {
                let after = scene.after("beliefs");
                let opens = after.first(sent("client").syn()).only_if(scene.course == REFUSED);
                opens.or(after.first(sent("client").data())).halfway().moment()
            },
        },
        StepSpec {
            id: "arrives",
            hero: View::Waits,
            moment: |scene| {
                let after = scene.after("second");
                let unread = after.first(received("proxy").with_peer("client")).only_if(scene.course == MAIN);
                unread.or(after.first(to_server()).halfway()).moment()
            },
        },
        StepSpec {
            id: "waiting",
            hero: View::Waits,
            moment: |scene| {
                let after = scene.after("arrives");
                let hang = after.first(gave_up_waiting("server", Waiting::IdleTimeout));
                match scene.course {
                    MAIN => scene.spot("arrives").midway(hang).moment(),
                    _ => after.first(completed("client", 1)).moment(),
                }
            },
        },
        StepSpec {
            id: "timeout",
            hero: View::Ladder,
            moment: |scene| {
                let expired = scene.after("waiting").first(gave_up_waiting("server", Waiting::IdleTimeout));
                let fin = scene.after("waiting").after(expired).first(sent("server").fin());
                fin.halfway().only_if(scene.course != REFUSED).or_absent("nobody-waits")
            },
        },
        StepSpec {
            id: "reset",
            hero: View::Ladder,
            moment: |scene| {
                scene.after("timeout").first(sent("proxy").rst()).halfway().or_absent("nobody-waits")
            },
        },
        StepSpec {
            id: "error",
            hero: View::Ladder,
            moment: |scene| match scene.course {
                MAIN => scene.after("reset").first(failed()).moment(),
                _ => scene.all_closed().moment(),
            },
        },
    ],
    spoilers: &[
        Spoiler {
            step: "waiting",
            hides: Hides::Events(|event| {
                matches!(event, Event::TimerStarted { purpose: Waiting::IdleTimeout, .. })
            }),
        },
        Spoiler { step: "waiting", hides: Hides::Knob("idle") },
    ],
    facts,
    challenge: Some(&CHALLENGE),
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("dumb-proxy"),
};

static CHALLENGE: Challenge = Challenge { id: "no-hang", check, solution: &[("request", SOLUTION)] };

fn scenario(values: &KnobValues) -> Scenario {
    let mut list = requests(values.get("request"));
    for request in list.iter_mut().skip(1) {
        request.after_us = THINKING;
    }
    let client = ClientSpec { port: 8080, ..ClientSpec::new("proxy", list) };
    let proxy = if values.is("proxy", "smart") {
        RoleSpec::SmartProxy(SmartProxySpec::new("server"))
    } else {
        RoleSpec::DumbProxy(DumbProxySpec { port: 8080, next: "server".to_owned(), next_port: 80 })
    };
    let server = OriginServerSpec {
        idle_timeout_us: Duration::from_secs(u64::from(values.number("idle"))),
        resources: vec![ResourceSpec::new("/a", 400), ResourceSpec::new("/b", 400)],
        ..OriginServerSpec::default()
    };
    let nodes = vec![
        host("client", RoleSpec::Client(client)),
        host("proxy", proxy),
        host("server", RoleSpec::OriginServer(server)),
    ];
    in_a_row("dumb-proxy", values.number("rtt"), nodes)
}

/// The main course is the book's: the server keeps the connection for a proxy that waits for its end.
fn course(scene: &Scene<'_>) -> &'static str {
    let is_smart = scene.trace.scenario.nodes.iter().any(|node| matches!(node.role, RoleSpec::SmartProxy(_)));
    match (is_smart, decision(scene)) {
        (true, _) => SMART,
        (false, Some(Persistence { persists: true, .. })) => MAIN,
        (false, _) => REFUSED,
    }
}

/// The server's decision on persistence at the first response.
fn decision(scene: &Scene<'_>) -> Option<Persistence> {
    let decided = scene.first(event("server", |event| matches!(event, Event::PersistenceDecided { .. })));
    match &decided.entry()?.event {
        Event::PersistenceDecided { persistence, .. } => Some(*persistence),
        _ => None,
    }
}

/// A step of the beginning, which has a variant of its own where HTTP/1.1 keeps the connection without being asked.
fn opening<'s>(scene: &Scene<'_>, spot: Spot<'s>) -> Spot<'s> {
    let unasked = decision(scene).is_some_and(|decision| decision.rule == Rule::Http11Persists);
    spot.variant_if(unasked && scene.course == MAIN, "by-default")
}

/// A request on its way from the proxy to the server.
fn to_server() -> Pattern {
    sent("proxy").data().with_peer("server")
}

fn failed() -> Pattern {
    event("client", |event| matches!(event, Event::TransactionFailed { .. }))
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    facts.set("idle", Value::Span(Duration::from_secs(u64::from(scene.values.number("idle")))));
    for spot in [scene.first(failed()), scene.first(completed("client", 1))] {
        if let Some((at, started)) =
            spot.entry().and_then(|entry| Some((entry.at, started_at(&entry.event)?)))
        {
            facts.set("second-wait", Value::Span(at.since(started)));
        }
    }
    let unread = scene.first(notice("proxy", |notice| matches!(notice, Notice::BytesDiscarded { .. })));
    if let Some(Event::Socket { notice: Notice::BytesDiscarded { range, .. }, .. }) =
        unread.entry().map(|e| &e.event)
    {
        facts.set("unread", Value::Octets(range.end - range.start));
    }
}

fn started_at(event: &Event) -> Option<Instant> {
    match event {
        Event::TransactionCompleted { started_at, .. } | Event::TransactionFailed { started_at, .. } => {
            Some(*started_at)
        }
        _ => None,
    }
}

/// Number of header lines in which two texts of requests differ; a change made in several requests counts once. None
/// when anything but header lines differs.
fn changed_lines(before: &str, after: &str) -> Option<usize> {
    let (before, after) = (as_sent(before), as_sent(after));
    if before.len() != after.len() {
        return None;
    }
    let mut changes: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for (old, new) in before.iter().zip(&after) {
        let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
        if old.first() != new.first() {
            return None;
        }
        let missing_from = |lines: &[&str], others: &[&str]| -> Vec<String> {
            lines
                .iter()
                .filter(|line| !others.contains(line))
                .map(|line| line.trim().to_ascii_lowercase())
                .collect()
        };
        let change = (missing_from(&old, &new), missing_from(&new, &old));
        if change != (Vec::new(), Vec::new()) && !changes.contains(&change) {
            changes.push(change);
        }
    }
    Some(changes.iter().map(|(removed, added)| removed.len().max(added.len())).sum())
}

fn check(run: &Run) -> Goal {
    let is_dumb = run.trace.scenario.nodes.iter().any(|node| matches!(node.role, RoleSpec::DumbProxy(_)));
    let changed = changed_lines(REQUESTS, run.values.get("request"));
    let waits = run.trace.entries.iter().filter_map(|entry| Some(entry.at.since(started_at(&entry.event)?)));
    let longest = waits.max().unwrap_or(Duration::ZERO);
    let is_answer = |event: &Event| matches!(event, Event::TransactionCompleted { status: 200, .. });
    let answered = run.trace.entries.iter().filter(|entry| is_answer(&entry.event)).count();
    Goal::of(vec![
        Measure::new("wait", Value::Span(longest), longest < PATIENCE && answered == 2),
        Measure::new("answered", Value::Count(answered as u64), answered == 2),
        Measure::new(
            "changed",
            changed.map_or(Value::Flag(false), |n| Value::Count(n as u64)),
            changed == Some(1),
        ),
        Measure::new("dumb", Value::Flag(is_dumb), is_dumb),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_header_lines_are_counted() {
        let without = REQUESTS.replace("Connection: Keep-Alive\n", "");
        for (text, changed) in [
            (REQUESTS.to_owned(), Some(0)),
            (SOLUTION.to_owned(), Some(1)),
            (without, Some(1)),
            (REQUESTS.replacen("Keep-Alive", "close", 1), Some(1)),
            (REQUESTS.replace("Host: www.", "Host: ").replace("Keep-Alive", "close"), Some(2)),
            (REQUESTS.replace("HTTP/1.0", "HTTP/1.1"), None),
            (String::new(), None),
        ] {
            assert_eq!(changed_lines(REQUESTS, &text), changed, "{text}");
        }
    }
}
