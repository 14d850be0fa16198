//! The lesson on socket calls, with calls made by hand in another order.

use playground_core::scenario::{Action, Intervention, Moment};
use playground_core::time::Instant;
use playground_lessons::{KnobValues, Run, find};

/// A call every 300 ms, longer than a round trip: `client: close(s)`.
fn run_with(calls: &[&str]) -> Run {
    let lesson = find("socket-calls").expect("it is there");
    let mut values = KnobValues::defaults(lesson);
    values.set(lesson, "who", "you").expect("a choice");
    let mut scenario = (lesson.scenario)(&values);
    for (place, call) in (1..).zip(calls) {
        let (node, call) = call.split_once(": ").expect("a node and a call");
        let (node, call) = (node.to_owned(), call.to_owned());
        let at_us = Instant::from_millis(300 * place);
        scenario
            .interventions
            .push(Intervention { after: Moment::start_of(at_us), action: Action::Call { node, call } });
    }
    lesson.run_scenario(&values, scenario).expect("it runs")
}

const CONNECTED: &[&str] =
    &["server: bind(s, 80)", "server: listen(s)", "server: c = accept(s)", "client: connect(s, server, 80)"];

fn over(more: &[&str]) -> (Option<&'static str>, Option<&'static str>) {
    let run = run_with(&[CONNECTED, more].concat());
    let mark = run.steps[run.place("over")];
    (mark.variant, mark.absent)
}

/// RFC 9293 section 3.6: the active closer holds TIME-WAIT; here that is the client, and the story must say so.
#[test]
fn the_story_names_the_side_that_closed_first() {
    assert_eq!(over(&["client: close(s)"]), (Some("first"), None));
    assert_eq!(over(&["client: close(s)", "server: close(c)"]), (Some("first"), None));
    assert_eq!(over(&["server: close(c)", "client: close(s)"]), (None, None));
    let writes_on = ["server: close(c)", "client: write(s, \"a\")", "client: write(s, \"b\")"];
    assert_eq!(over(&writes_on), (Some("broken"), None));
    assert_eq!(over(&[]), (None, Some("not-pressed")));
}

/// Without a connection nothing is closed, and EPIPE is not the peer's doing.
#[test]
fn a_refused_client_has_nothing_to_close() {
    let refused = ["client: connect(s, server, 80)", "client: write(s, \"a\")", "client: close(s)"];
    let run = run_with(&refused);
    let told: Vec<_> = run.steps.iter().filter(|mark| mark.absent.is_none()).collect();
    assert_eq!(told.iter().map(|mark| mark.id).collect::<Vec<_>>(), ["connect", "connected"]);
    assert_eq!(told[1].variant, Some("refused"));
}
