//! Two runs side by side: what is kept, what is changed, what a link holds of both.

use std::rc::Rc;

use playground_playback::{Amount, Measure, RowTitle};

use super::tests::{after, open};
use super::{Action, Session};
use crate::address::{self, Parameters};
use crate::command::Command;

fn smart_beside_dumb() -> Rc<Session> {
    let smart = Action::TurnKnob { id: "proxy", value: "smart".to_owned() };
    after(open("v=2&lesson=dumb-proxy&playground=1"), [Action::Keep, smart])
}

fn amounts(session: &Session, wanted: Measure) -> (Option<Amount>, Option<Amount>) {
    let rows = &session.against().expect("a run is kept").comparison.rows;
    let row = rows.iter().find(|row| row.title == RowTitle::Measure(wanted)).expect("listed");
    (row.a, row.b)
}

#[test]
fn a_kept_run_stays_while_the_other_changes() {
    let kept = after(open("v=2&lesson=dumb-proxy&playground=1"), [Action::Keep]);
    let against = kept.against().expect("a run is kept");
    assert!(against.changed.is_empty() && against.comparison.parting.is_none());
    let session = smart_beside_dumb();
    let against = session.against().expect("a run is kept");
    assert!(!against.changed.is_empty() && against.comparison.parting.is_some());
    assert_eq!(against.a.pace, session.shown().pace, "one clock");
    let (a, b) = amounts(&session, Measure::Time);
    assert_ne!(a, b);
}

#[test]
fn a_row_leads_to_where_the_runs_part() {
    let session = smart_beside_dumb();
    let parting = session.against().and_then(|against| against.comparison.parting).expect("they part");
    let session = after(session, [Action::GoToParting(parting)]);
    assert_eq!(session.cursor().at, parting.at);
    assert_eq!(session.selection.entry, parting.b);
    assert_eq!(session.selection_in_a.entry, parting.a);
}

#[test]
fn runs_are_swapped_and_left() {
    let session = smart_beside_dumb();
    let (a, b) = amounts(&session, Measure::Segments);
    let session = after(session, [Action::Swap]);
    assert_eq!(amounts(&session, Measure::Segments), (b, a));
    let session = after(session, [Action::StopComparing]);
    assert!(session.against().is_none());
    assert_eq!(session.experiment.values.get("proxy"), "dumb");
    let session = after(session, [Action::KeepDefaults, Action::Do(Command::Playground)]);
    assert!(session.against().is_some());
}

#[test]
fn a_link_holds_both() {
    let session = smart_beside_dumb();
    let (parameters, remarks) = address::read(&address::write(&session.parameters()));
    assert!(remarks.is_empty(), "{remarks:?}");
    let again = open(&address::write(&parameters));
    for measure in [Measure::Time, Measure::Segments, Measure::Resets] {
        assert_eq!(amounts(&again, measure), amounts(&session, measure));
    }
    // Limits of a scenario from a link are lowered once.
    let third = open(&address::write(&again.parameters()));
    assert_eq!(third.parameters(), again.parameters());
}

#[test]
fn a_pair_that_cannot_be_run_is_told() {
    for (pair, field) in [
        (r#"{"a":{"nodes":[],"links":[]},"c":1}"#, "c"),
        (r#"{"a":{"nodes":7,"links":[]}}"#, "a.nodes"),
        (r#"{"a":{"nodes":[],"links":[]},"b":{"nodes":7,"links":[]}}"#, "nodes"),
    ] {
        let parameters = Parameters {
            lesson: Some("dumb-proxy".to_owned()),
            scenario: Some(pair.to_owned()),
            ..Parameters::default()
        };
        let session = open(&address::write(&parameters));
        let told: Vec<_> = session.remarks.iter().map(|remark| format!("{remark:?}")).collect();
        assert!(told.iter().any(|remark| remark.contains(field)), "{pair}: {told:?}");
        assert_eq!(session.lesson().id, "dumb-proxy");
    }
}
