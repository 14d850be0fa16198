//! Lesson 20: Proxy-Connection. A name that servers do not know, and what each kind of proxy makes of it.
//! Figure 4-16.

use playground_core::node::RoleSpec;
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::time::Duration;

use crate::fact::{Facts, Value};
use crate::knob::{Knob, KnobKind, KnobValues, Unit};
use crate::lesson::{Lesson, MAIN, StepSpec, View};
use crate::pattern::{completed, received, sent};
use crate::proxies::{ASK, FIELD, gives_up, proxy_connection, second_wait};
use crate::scene::Scene;
use crate::text::markdown;

/// Course: the proxy knows either field.
const SMART: &str = "smart";
/// Course: the client asks by Connection, as in the lesson before.
const HANGS: &str = "hangs";

/// The lesson.
pub static LESSON: Lesson = Lesson {
    id: "proxy-connection",
    number: 20,
    section: "4.5",
    figures: &["4-16"],
    knobs: &[
        Knob { id: "proxy", kind: KnobKind::Choice { values: &["dumb", "smart"], default: 0 } },
        FIELD,
        Knob {
            id: "rtt",
            kind: KnobKind::Range { min: 10, max: 500, step: 10, default: 100, unit: Unit::Milliseconds },
        },
    ],
    scenario,
    course,
    steps: &[
        ASK,
        StepSpec {
            id: "pass",
            hero: View::Headers,
            moment: |scene| scene.first(sent("proxy").data().with_peer("server")).halfway().moment(),
        },
        StepSpec {
            id: "answer",
            hero: View::Headers,
            moment: |scene| scene.first(sent("server").data()).halfway().moment(),
        },
        StepSpec {
            id: "first",
            hero: View::Waits,
            moment: |scene| scene.first(completed("client", 0)).moment(),
        },
        StepSpec {
            id: "second",
            hero: View::Waits,
            moment: |scene| {
                let after = scene.after("first");
                let opens = after.first(sent("client").syn()).halfway().only_if(scene.course == MAIN);
                let unread = after.first(received("proxy").with_peer("client"));
                let unread = unread.only_if(scene.course == HANGS);
                let through = after.first(sent("proxy").data().with_peer("server")).halfway();
                opens.or(unread).or(through).moment()
            },
        },
        StepSpec {
            id: "end",
            hero: View::Time,
            moment: |scene| {
                let after = scene.after("second");
                after.first(completed("client", 1)).or(after.first(gives_up())).moment()
            },
        },
    ],
    spoilers: &[],
    facts,
    challenge: None,
    ways: None,
    shadow: None,
    real_scale: None,
    markdown: markdown!("proxy-connection"),
};

fn scenario(values: &KnobValues) -> Scenario {
    let (kinds, rtt) = ([values.get("proxy")], values.number("rtt"));
    proxy_connection("proxy-connection", values, &kinds, Duration::ZERO, rtt)
}

/// The main course: the dumb proxy passes on a field that the server does not know.
fn course(scene: &Scene<'_>) -> &'static str {
    let is_smart = scene.trace.scenario.nodes.iter().any(|node| matches!(node.role, RoleSpec::SmartProxy(_)));
    match scene.values.get("field") {
        _ if is_smart => SMART,
        "connection" => HANGS,
        _ => MAIN,
    }
}

fn facts(scene: &Scene<'_>, facts: &mut Facts) {
    let count = |node: &'static str| Value::Count(scene.whole().count(sent(node).syn()) as u64);
    facts.set("connections", count("client"));
    second_wait(scene, facts);
    // The same requests through a smart proxy.
    let mut values = scene.values.clone();
    if values.set(&LESSON, "proxy", SMART).is_ok()
        && let Ok(trace) = sim::run(&scenario(&values))
    {
        let mut smart = Facts::default();
        second_wait(&Scene::new(&trace, &values), &mut smart);
        facts.set_some("smart-wait", smart.get("second-wait").cloned());
    }
}
