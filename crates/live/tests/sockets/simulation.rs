//! What a run on real sockets did is what the simulation of the same scenario does.

use std::time::Duration;

use playground_core::event::{Entry, Event, NodeId};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::trace::Trace;
use playground_live::{Limits, Plan, Recording, Run};

use crate::running::scenario;

/// The messages, the decisions and the beliefs at a node, in order, each with its rule.
pub fn decisions(entries: &[Entry], node: NodeId) -> Vec<String> {
    let of = |entry: &&Entry| {
        entry.node == node
            && matches!(
                entry.event,
                Event::RequestReceived { .. }
                    | Event::ResponseReceived { .. }
                    | Event::MessageCompleted { .. }
                    | Event::MessageIncomplete { .. }
                    | Event::MessageRejected { .. }
                    | Event::AnswerChosen { .. }
                    | Event::PersistenceDecided { .. }
                    | Event::HeadersRewritten { .. }
                    | Event::BytesRelayed { .. }
                    | Event::BeliefChanged { .. }
                    | Event::EffectCaused { .. }
                    | Event::TransactionCompleted { .. }
                    | Event::TransactionFailed { .. }
                    | Event::RetryDecided { .. }
                    | Event::CacheUsed { .. }
            )
    };
    entries
        .iter()
        .filter(of)
        .map(|entry| {
            let event = match &entry.event {
                // When it began is a time, which differs.
                Event::TransactionCompleted { socket, request, status, body_len, .. } => {
                    format!("{socket:?} {request} {status} {body_len}")
                }
                Event::TransactionFailed { request, problem, .. } => format!("{request} {problem}"),
                event => format!("{event:?}"),
            };
            format!("{event} by {}", entry.rule.key())
        })
        .collect()
}

/// The same decisions in the same order; a failure shows the first that differs.
pub fn assert_same(found: &[String], expected: &[String], what: &str) {
    assert!(!expected.is_empty(), "{what}: nothing to compare");
    for place in 0..found.len().max(expected.len()) {
        assert_eq!(found.get(place), expected.get(place), "{what}: decision {place}");
    }
}

fn live(scenario: Scenario) -> Trace {
    let plan = Plan::new(scenario).expect("it runs on sockets").on([127, 0, 0, 1].into(), 0);
    let limits = Limits { time: Duration::from_secs(60), ..Limits::default() };
    let mut run = Run::start(plan, limits, Recording::Keeps, |_| {}).expect("sockets");
    while !run.is_quiet() && !run.is_over() {
        run.go_on(Duration::from_secs(1)).expect("the system");
    }
    assert!(!run.is_over(), "it hangs: {:?}", run.waits(playground_core::time::Duration::ZERO));
    run.finish()
}

#[test]
fn the_roles_decide_on_real_sockets_what_they_decide_in_the_simulation() {
    for (lesson, settings) in [
        ("dumb-proxy", &[("idle", "5")][..]),
        ("dumb-proxy", &[("idle", "5"), ("proxy", "smart")]),
        ("keep-alive", &[]),
        ("connection-header", &[]),
    ] {
        let scenario = scenario(lesson, settings);
        let simulated = sim::run(&scenario).expect("a valid scenario");
        let nodes = scenario.nodes.len();
        let trace = live(scenario);
        // What is written of it is read back as the same.
        let written = serde_json::to_string(&trace).expect("plain data");
        let again = Trace::from_recording(&written).unwrap_or_else(|error| panic!("{lesson}: {error}"));
        assert_eq!(again.entries, trace.entries, "{lesson}");
        let entries = trace.entries;
        for node in (0..nodes).map(|place| NodeId(place as u16)) {
            let expected = decisions(&simulated.entries, node);
            assert_same(&decisions(&entries, node), &expected, &format!("{lesson} {settings:?} {node:?}"));
        }
    }
}
