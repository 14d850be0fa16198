//! Undo of everything gives the first experiment again, redo the last.

use playground_lessons::KnobKind;
use proptest::prelude::*;

use super::tests::{after, open};
use super::{Action, Edit, Session};
use crate::command::Command;

/// One of the changes that a person makes: a knob, a lost packet, a cable, the whole scenario.
fn change(session: &Session, kind: u8, which: u8) -> Action {
    use playground_core::event::PacketId;
    use playground_core::scenario::Action as UserAction;
    let trace = &session.shown().trace;
    let restore = Action::RestoreScenario;
    match kind {
        0 => {
            let knobs = session.lesson().knobs;
            let Some(knob) = knobs.get(usize::from(which) % knobs.len().max(1)) else { return restore };
            let value = match knob.kind {
                KnobKind::Choice { values, .. } => values[usize::from(which) % values.len()].to_owned(),
                KnobKind::Range { min, max, step, .. } => {
                    (min + step * (u32::from(which) % ((max - min) / step + 1))).to_string()
                }
                KnobKind::Text { .. } => format!("GET /{which} HTTP/1.0\n"),
            };
            Action::TurnKnob { id: knob.id, value }
        }
        1 => Edit::lose(trace, PacketId(u32::from(which) % 20)).map_or(restore, Action::Edit),
        2 => {
            let between =
                trace.scenario.links[usize::from(which) % trace.scenario.links.len()].between.clone();
            Action::Intervene(UserAction::PullCable { between })
        }
        3 => {
            let mut scenario = (*trace.scenario).clone();
            scenario.seed = u64::from(which);
            Action::RunScenario(scenario.to_json())
        }
        4 => Action::TakeBack(usize::from(which) % 4),
        5 => Action::ResetKnobs,
        _ => restore,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn undo_of_everything_gives_the_first_experiment_again(
        changes in proptest::collection::vec((0..7_u8, any::<u8>()), 1..12),
    ) {
        let mut session = open("v=2&lesson=dumb-proxy&playground=1");
        let first = session.experiment.clone();
        for (kind, which) in changes {
            let action = change(&session, kind, which);
            session = after(session, [action]);
        }
        let last = session.experiment.clone();
        let mut taken_back = 0;
        while session.can_undo() {
            session = after(session, [Action::Do(Command::Undo)]);
            taken_back += 1;
        }
        prop_assert!(session.experiment == first);
        prop_assert_eq!(&*session.shown().trace.scenario, &first.scenario());
        for _ in 0..taken_back {
            prop_assert!(session.can_redo());
            session = after(session, [Action::Do(Command::Redo)]);
        }
        prop_assert!(session.experiment == last && !session.can_redo());
    }
}

#[test]
fn a_change_after_an_undo_forgets_what_was_taken_back() {
    let knob = |value: &str| Action::TurnKnob { id: "proxy", value: value.to_owned() };
    let session =
        after(open("v=2&lesson=dumb-proxy&playground=1"), [knob("smart"), Action::Do(Command::Undo)]);
    assert!(session.can_redo() && !session.can_undo());
    let session = after(session, [knob("dumb")]);
    assert!(session.can_redo(), "it was dumb already: nothing is changed");
    let session = after(session, [Action::TurnKnob { id: "idle", value: "5".to_owned() }]);
    assert!(session.can_undo() && !session.can_redo());
}

/// The present moment stays where it is.
#[test]
fn undo_stays_at_the_same_time() {
    let session = open("v=2&lesson=dumb-proxy&playground=1");
    let middle = session.shown().trace.entries[20].at;
    let session = after(
        session,
        [Action::Seek(middle), Action::TurnKnob { id: "idle", value: "5".to_owned() }, Action::Seek(middle)],
    );
    let session = after(session, [Action::Do(Command::Undo)]);
    assert_eq!(session.cursor().at, middle);
}
