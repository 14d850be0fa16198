//! Every rule of the core decides something in some lesson, or is listed as one that only the playground and the core's
//! own stories reach.

use std::collections::BTreeSet;

use playground_core::rule::Rule;
use playground_core::trace::Trace;
use playground_lessons::{KnobKind, KnobValues, all};
use serde_json::Value;

/// Rules that no setting of a lesson's choices brings about: other scenarios do.
const BEYOND_THE_LESSONS: &[&str] = &[
    "intervention",
    "link-cut",
    "port-unreachable",
    "dns-name-error",
    "dns-retry",
    "simultaneous-open",
    "backlog-full",
    "address-in-use",
    "partly-old-segment",
    "ack-of-unsent",
    "bad-ack-in-handshake",
    "partial-ack",
    "limited-transmit",
    "user-timeout",
    "keepalive-idle",
    "keepalive-probe",
    "keepalive-timeout",
    "unreachable-while-opening",
    "time-wait-answer",
    "ack-repeats-fin",
    "listener-closed",
    "reset-in-handshake",
    "challenge-ack",
    "syn-in-window",
    "no-body",
    "connect-tunnel",
    "chunked-over-length",
    "faulty-framing",
    "malformed-message",
    "announced-timeout",
    "error-closes",
    "trailer-field",
    "absolute-form",
    "no-cache",
    "request-max-age",
    "shared-max-age",
    "expires",
    "heuristic-lifetime",
    "no-lifetime",
    "not-cacheable",
    "private-response",
    "authorization-not-stored",
    "unsafe-invalidates",
    "lingering-close",
    "content-too-large",
    "early-answer",
    "bad-gateway",
    "request-timeout",
    "never-processed",
    "retried-enough",
];

/// Collects the rules that a trace names: its entries' reasons, and those of the decisions that entries describe.
fn collect(trace: &Trace, named: &mut BTreeSet<String>) {
    for entry in &trace.entries {
        let mut values = vec![serde_json::to_value(entry).expect("an entry is plain data")];
        while let Some(value) = values.pop() {
            match value {
                Value::Object(members) => {
                    values.extend(members.into_iter().filter_map(|(name, value)| match value {
                        Value::String(rule) if name == "rule" => {
                            named.insert(rule);
                            None
                        }
                        value => Some(value),
                    }))
                }
                Value::Array(items) => values.extend(items),
                _ => {}
            }
        }
    }
}

#[test]
fn every_rule_decides_something_in_a_lesson_or_is_listed() {
    let mut named = BTreeSet::new();
    for lesson in all() {
        let defaults = KnobValues::defaults(lesson);
        let mut settings = vec![defaults.clone()];
        for knob in lesson.knobs {
            if let KnobKind::Choice { values, .. } = knob.kind {
                settings.extend(values.iter().map(|value| {
                    let mut changed = defaults.clone();
                    changed.set(lesson, knob.id, value).expect("a value of the knob");
                    changed
                }));
            }
        }
        for values in settings {
            collect(&lesson.run(&values).expect("it runs").trace, &mut named);
        }
    }
    let missing: Vec<_> =
        Rule::ALL.iter().map(|rule| rule.key()).filter(|key| !named.contains(*key)).collect();
    assert_eq!(missing, BEYOND_THE_LESSONS);
}
