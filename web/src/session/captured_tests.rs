//! A capture beside what the model makes of it.

use std::rc::Rc;

use playground_capture::open;
use playground_capture::pcapng::{Comments, export};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_playback::{Amount, ComparisonRow, Measure, RowTitle};

use super::tests::{after, open as open_link};
use super::{Action, Captured, Session, Source};
use crate::address;
use crate::command::Command;

/// The page with the capture of a lesson's run.
fn with_capture(lesson: &str) -> Rc<Session> {
    let lesson = open_link(&format!("v=2&lesson={lesson}&playground=1"));
    let file = export(&lesson.shown().trace, Comments::None).expect("short segments");
    let opened = open::open(&file.into()).expect("a capture");
    after(
        open_link("v=2&lesson=dumb-proxy&playground=1"),
        [Action::ShowCapture(Captured::new("run.pcapng", opened))],
    )
}

#[test]
fn a_capture_is_run_in_the_model_beside_itself() {
    let session = after(with_capture("persistent"), [Action::RunCaptured]);
    assert!(session.captured().is_none() && session.shows_table);
    let against = session.against().expect("the capture is kept");
    assert!(against.a.is_captured() && !session.shown().is_captured());
    // No scenario of the capture was changed.
    assert!(against.changed.is_empty());
    let row = |wanted: Measure| {
        let rows = &against.comparison.rows;
        let row = rows.iter().find(|row| row.title == RowTitle::Measure(wanted)).expect("listed");
        (row.a, row.b)
    };
    // The rate of the link is not in the capture: what it costs, 8 % here, is the model's gain.
    let (Some(Amount::Time(a)), Some(Amount::Time(b))) = row(Measure::Time) else { panic!("times") };
    assert!(b <= a && a.as_micros() - b.as_micros() < a.as_micros() / 10, "{a} {b}");
    for measure in [Measure::Connections, Measure::Segments, Measure::Octets] {
        let (a, b) = row(measure);
        assert_eq!(a, b, "{measure:?}");
    }
    assert_eq!(row(Measure::FailedRequests).0, None, "a capture does not tell it");
    assert_eq!(session.cursor().at, Instant::ZERO);
    assert!(session.selection.is_empty());
    // A link has what can be run again.
    let link = address::write(&session.parameters());
    let again = open_link(&link);
    assert!(again.against().is_none());
    assert_eq!(again.shown().trace.scenario.nodes, session.shown().trace.scenario.nodes);
    // Undo leads back to the capture, which is not compared with itself.
    let back = after(session, [Action::Do(Command::Undo)]);
    assert!(back.captured().is_some() && back.against().is_none());
}

#[test]
fn the_hang_of_a_captured_dumb_proxy_is_run_again() {
    let session = after(with_capture("dumb-proxy"), [Action::RunCaptured]);
    let against = session.against().expect("the capture is kept");
    let requests = |row: &&ComparisonRow| matches!(row.title, RowTitle::Request { .. });
    assert_eq!(against.comparison.rows.iter().find(requests), None, "each is answered alike");
}

#[test]
fn nothing_happens_where_the_capture_has_no_scenario() {
    let session = with_capture("reset");
    let after = after(session.clone(), [Action::RunCaptured]);
    assert!(after.captured().is_some() && after.against().is_none());
}

/// The hang of a dumb proxy on real sockets, as `socket-playground live` recorded it.
const RECORDING: &str = include_str!("../../../tests/fuzz/corpus/recording/dumb-proxy.json");

#[test]
fn a_recording_is_shown_beside_the_simulation_of_its_scenario() {
    let trace = Trace::from_recording(RECORDING).expect("it is sound");
    let shown = after(
        open_link("v=2&lesson=ping&playground=1"),
        [Action::ShowCapture(Captured::recording("hang.json", trace))],
    );
    assert!(!shown.shown().is_run() && !shown.shown().is_captured());
    // Octets from the call that wrote them to the call that read them, and the two ends.
    let arrows: Vec<String> =
        shown.shown().ladder().arrows.iter().map(|arrow| arrow.label.to_string()).collect();
    let expected = [
        "GET /a · Keep-Alive",
        "GET /a · Keep-Alive",
        "200 /a · Keep-Alive",
        "200 /a · Keep-Alive",
        "EOF",
        "ECONNRESET",
    ];
    assert_eq!(arrows, expected);
    let session = after(shown, [Action::RunCaptured]);
    let against = session.against().expect("the recording is kept");
    assert_eq!(against.a.source(), Source::Recording);
    let rows = &against.comparison.rows;
    let row = |wanted: Measure| {
        let row = rows.iter().find(|row| row.title == RowTitle::Measure(wanted)).expect("listed");
        (row.a, row.b)
    };
    assert_eq!(row(Measure::FailedRequests), (Some(Amount::Count(1)), Some(Amount::Count(1))));
    assert_eq!(row(Measure::Connections), (Some(Amount::Count(2)), Some(Amount::Count(2))));
    assert_eq!(row(Measure::Segments).0, None, "sockets do not tell of segments");
}

#[test]
fn a_recording_that_is_wrong_says_where() {
    let wrong = RECORDING.replacen("\"node\": 2", "\"node\": 7", 1);
    let problem = Trace::from_recording(&wrong).expect_err("there is no such node");
    let session = after(open_link("v=2&lesson=ping&playground=1"), [Action::NotOpened(problem)]);
    let problem = session.problem.as_ref().expect("it is told");
    assert_eq!(problem.field, "entries[0].node");
    assert!(session.captured().is_none());
}
