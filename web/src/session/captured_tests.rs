//! A capture beside what the model makes of it.

use std::rc::Rc;

use playground_capture::open;
use playground_capture::pcapng::{Comments, export};
use playground_core::time::Instant;
use playground_playback::{Amount, ComparisonRow, Measure, RowTitle};

use super::tests::{after, open as open_link};
use super::{Action, Captured, Session};
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
