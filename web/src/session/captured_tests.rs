//! A capture beside what the model makes of it.

use std::rc::Rc;

use playground_capture::open;
use playground_capture::pcapng::{Comments, export};
use playground_playback::{Measure, RowTitle};

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
    let (a, b) = row(Measure::Connections);
    assert_eq!(a, b);
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
fn nothing_happens_where_the_capture_has_no_scenario() {
    let session = with_capture("reset");
    let after = after(session.clone(), [Action::RunCaptured]);
    assert!(after.captured().is_some() && after.against().is_none());
}
