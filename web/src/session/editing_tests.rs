//! Changes of the scenario: what is edited, what is refused, what undo takes back.

use playground_core::event::{Entry, Event, NodeId};
use playground_core::scenario::Action as UserAction;
use playground_editor::{Change, Part};
use playground_playback::{Console, Selection, SocketKey};

use super::tests::{after, open};
use super::{Action, Session};
use crate::command::Command;

const OPEN: &str = "v=2&lesson=dumb-proxy&playground=1";

fn set(at: &str, value: impl Into<serde_json::Value>) -> Action {
    Action::Change(Change::Set { at: at.to_owned(), value: value.into() })
}

/// A text is typed key by key, and taken back as a whole.
#[test]
fn a_typed_text_is_one_change() {
    let text = "/nodes/0/role/client/requests/0/text";
    let begun = open(OPEN);
    let typed = after(begun.clone(), ["G", "GE", "GET"].map(|typed| set(text, typed)));
    assert_ne!(typed.experiment.scenario(), begun.experiment.scenario());
    let back = after(typed.clone(), [Action::Do(Command::Undo)]);
    assert_eq!(back.experiment.scenario(), begun.experiment.scenario());
    // Another change in between ends it.
    let twice = after(typed, [set("/seed", 7), set(text, "GET /")]);
    let back = after(twice, [Action::Do(Command::Undo)]);
    assert_eq!(back.experiment.scenario().seed, 7);
    // A key after an undo begins another one.
    let again = after(back, [Action::Do(Command::Undo), set(text, "HEAD"), Action::Do(Command::Undo)]);
    assert_ne!(again.experiment.scenario(), begun.experiment.scenario());
}

#[test]
fn what_is_refused_changes_nothing_and_names_its_field() {
    let begun = open(OPEN);
    let refused = after(begun.clone(), [set("/links/0/delay_us", 600_000_001_u64)]);
    let problem = refused.problem.as_ref().expect("it is refused");
    assert_eq!(problem.field, "links[0].delay_us");
    assert_eq!(refused.experiment.scenario(), begun.experiment.scenario());
    let mended = after(refused, [set("/links/0/delay_us", 5_000)]);
    assert!(mended.problem.is_none());
}

#[test]
fn what_is_edited_follows_a_name_and_a_selection() {
    let node = |name: &str| Part::Node(name.to_owned());
    let session = after(open(OPEN), [Action::EditPart(node("proxy"))]);
    let place = session.experiment.scenario().nodes.iter().position(|node| node.name == "proxy");
    let name = format!("/nodes/{}/name", place.expect("a proxy"));
    let session = after(session, [set(&name, "relay")]);
    assert_eq!(session.part, node("relay"));
    let trace = &session.shown().trace;
    let socket = trace.entries.iter().find_map(|entry| match entry.event {
        Event::Socket { socket, .. } if entry.node.index() == 0 => Some(SocketKey::new(entry.node, socket)),
        _ => None,
    });
    assert!(socket.is_some());
    let selection = Selection { socket, ..Selection::NOTHING };
    let session = after(session, [Action::Select(selection)]);
    assert_eq!(session.part, node("client"));
    // A part that the next scenario does not have is not edited there.
    let session = after(session, [Action::EditPart(node("relay")), Action::OpenLesson("reset")]);
    assert_eq!(session.part, Part::Scenario);
}

/// A call is made at the cursor, at any step; what it does at once is shown, and nothing later.
#[test]
fn a_typed_call_is_made_where_the_cursor_is() {
    for step in 1..=5 {
        let begun = open(&format!("{OPEN}&step={step}"));
        let at = begun.cursor().at;
        let call = UserAction::Call { node: "client".to_owned(), call: "s = socket()".to_owned() };
        let called = after(begun, [Action::Intervene(call)]);
        assert!(called.problem.is_none());
        let entries = &called.route.model.trace.entries;
        let is_call = |entry: &Entry| matches!(entry.event, Event::Intervened { .. });
        let made = entries.iter().position(is_call).expect("it is made");
        assert_eq!(entries[made].at, at, "step {step}");
        assert_eq!(called.cursor().at, at, "step {step}");
        assert!(called.cursor().index as usize > made, "step {step}: entry {made}, at {:?}", called.cursor());
    }
}

/// With less motion nothing is played: a call leads to where it has returned, or to where it blocks.
#[test]
fn with_less_motion_a_typed_call_leads_to_its_result() {
    let begun = after(open(OPEN), [Action::SetLessMotion(true)]);
    let call = |session, line: &str| {
        let call = UserAction::Call { node: "client".to_owned(), call: line.to_owned() };
        after(session, [Action::Intervene(call)])
    };
    let last = |session: &Session| {
        let trace = &session.route.model.trace;
        let console = Console::at(trace, session.cursor(), NodeId(0)).expect("the client");
        console.lines.last().map(|line| (line.text.clone(), line.result.clone())).expect("a line")
    };
    let session = call(begun, "s = socket()");
    assert!(last(&session).1.is_some());
    let at = session.cursor().at;
    let session = call(session, "connect(s, proxy, 8080)");
    assert_eq!(last(&session).1.as_deref(), Some("0"));
    assert!(session.cursor().at > at && !session.is_playing());
    let at = session.cursor().at;
    let session = call(session, "read(s, 100)");
    assert_eq!(last(&session), ("read(s, 100)".to_owned(), None));
    assert!(session.cursor().at == at && !session.is_playing());
}
