//! Tests of the whole session: links, steps, knobs, questions, interventions.

use std::rc::Rc;

use playground_core::event::{Entry, Event, PacketId};
use playground_core::scenario::{Action as UserAction, Intervention, Moment};
use playground_core::time::Instant;
use playground_lessons::{KnobKind, Language, Lesson};
use playground_playback::PlayerCommand;
use proptest::prelude::*;
use yew::Reducible;

use super::{Action, Edit, Preferences, Session};
use crate::address::{self, Parameters, Problem, Selected};
use crate::command::Command;

const PREFERENCES: Preferences =
    Preferences { language: Language::English, less_motion: false, letter_keys: true };

fn open(query: &str) -> Rc<Session> {
    let (parameters, remarks) = address::read(query);
    Rc::new(Session::open(&parameters, remarks, PREFERENCES).expect("a lesson can be run"))
}

fn after(session: Rc<Session>, actions: impl IntoIterator<Item = Action>) -> Rc<Session> {
    actions.into_iter().fold(session, Session::reduce)
}

fn any_lesson() -> &'static Lesson {
    playground_lessons::find("dumb-proxy").unwrap_or(playground_lessons::all()[0])
}

/// Wall time, in frames, until nothing moves any more.
fn until_rest(mut session: Rc<Session>) -> Rc<Session> {
    for _ in 0..100_000 {
        if !session.player.is_moving() {
            return session;
        }
        session = session.reduce(Action::Tick(16_667));
    }
    panic!("it never comes to rest");
}

#[test]
fn the_link_of_every_step_leads_back_to_it() {
    for lesson in playground_lessons::all() {
        let mut session = open(&format!("v=1&lesson={}", lesson.id));
        for step in 0..lesson.steps.len() {
            session = after(session, [Action::GoToStep(step)]);
            let again = open(&address::write(&session.parameters()));
            assert_eq!(again.remarks.len(), 0, "{} {step}", lesson.id);
            assert_eq!(
                (again.step, again.cursor()),
                (session.step, session.cursor()),
                "{} {step}",
                lesson.id
            );
            assert_eq!(again.selection, session.selection, "{} {step}", lesson.id);
        }
    }
}

#[test]
fn next_is_animated_and_ends_at_the_step() {
    let mut session = open(&format!("v=1&lesson={}", any_lesson().id));
    for step in 1..session.steps() {
        session = after(session, [Action::Do(Command::NextStep)]);
        assert_eq!(session.step, step, "the step changes at once");
        session = until_rest(session);
        assert_eq!((session.step, session.cursor()), (step, session.model.mark(step)));
    }
    let end = after(session, [Action::Do(Command::NextStep), Action::Do(Command::NextStep)]);
    assert_eq!((end.exhausted, end.step + 1), (2, end.steps()));
}

#[test]
fn pressing_next_repeatedly_skips_no_step() {
    let hurried =
        after(open(&format!("v=1&lesson={}", any_lesson().id)), vec![Action::Do(Command::NextStep); 3]);
    assert_eq!(hurried.step, 3);
    let there = until_rest(hurried);
    assert_eq!((there.step, there.cursor()), (3, there.model.mark(3)));
}

#[test]
fn back_undoes_next() {
    let session = open(&format!("v=1&lesson={}&step=3", any_lesson().id));
    let there = until_rest(after(session.clone(), [Action::Do(Command::NextStep)]));
    let back = after(there, [Action::Do(Command::PreviousStep)]);
    assert_eq!((back.step, back.cursor()), (session.step, session.cursor()));
}

#[test]
fn playing_stops_at_the_next_step_and_a_pause_keeps_the_step() {
    let playing =
        after(open(&format!("v=1&lesson={}&step=2", any_lesson().id)), [Action::Play, Action::Tick(100_000)]);
    assert_eq!(playing.step, 2);
    let paused = after(playing.clone(), [Action::Pause]);
    assert_eq!(paused.step, 2);
    assert_eq!(until_rest(playing).cursor(), paused.model.mark(2));
    let on = until_rest(after(paused, [Action::Do(Command::NextStep)]));
    assert_eq!((on.step, on.cursor()), (2, on.model.mark(2)), "the step on the way comes first");
}

#[test]
fn with_reduced_motion_nothing_is_animated() {
    let session = after(
        open(&format!("v=1&lesson={}", any_lesson().id)),
        [Action::SetLessMotion(true), Action::Do(Command::NextStep)],
    );
    assert!(!session.player.is_moving());
    assert_eq!((session.step, session.cursor()), (1, session.model.mark(1)));
    let session = after(session, [Action::Do(Command::PlayPause)]);
    assert!(!session.player.is_moving());
    assert_eq!(session.step, 2);
}

#[test]
fn a_changed_knob_keeps_the_step() {
    for lesson in playground_lessons::all() {
        for knob in lesson.knobs {
            let value = match knob.kind {
                KnobKind::Choice { values, .. } => values.last().copied().unwrap_or_default().to_owned(),
                KnobKind::Range { max, .. } => max.to_string(),
                KnobKind::Text { default, .. } => format!("{default}X"),
            };
            let session = open(&format!("v=1&lesson={}&step=3", lesson.id));
            let turned = after(session.clone(), [Action::TurnKnob { id: knob.id, value: value.clone() }]);
            assert_eq!(turned.problem, None, "{} {}={value}", lesson.id, knob.id);
            let same = turned.model.run.place(session.model.run.steps[2].id);
            assert_eq!((turned.step, turned.cursor()), (same, turned.model.mark(same)));
            assert_eq!(turned.experiment.values.get(knob.id), value);
            let again = open(&address::write(&turned.parameters()));
            assert_eq!(
                again.model.trace.entries, turned.model.trace.entries,
                "{} {}={value}",
                lesson.id, knob.id
            );
        }
    }
}

#[test]
fn a_wrong_answer_leaves_the_others_open_and_a_right_one_ends_the_question() {
    for lesson in playground_lessons::all() {
        let session = open(&format!("v=1&lesson={}", lesson.id));
        let story = session.story();
        let Some((step, question)) =
            story.iter().enumerate().find_map(|(step, told)| Some((step, told.question.as_ref()?)))
        else {
            continue;
        };
        let place = |right: bool| {
            question.options.iter().position(|option| option.correct == right).map(|place| place as u8)
        };
        let (Some(right), Some(wrong)) = (place(true), place(false)) else {
            panic!("{}: a question without a right or a wrong answer", lesson.id);
        };
        let answer = |option| Action::Do(Command::Answer(option));
        let answered = after(
            session.clone(),
            [Action::GoToStep(step), answer(wrong), answer(wrong), answer(9), answer(right), answer(wrong)],
        );
        assert_eq!(answered.answers.get(&step), Some(&vec![wrong, right]), "{}", lesson.id);
    }
}

#[test]
fn edits_are_in_the_link_and_can_be_removed() {
    let session = open(&format!("v=1&lesson={}&step=2", any_lesson().id));
    let lost = Edit::lose(&session.model.trace, PacketId(2)).expect("the run has a third segment");
    let pulled = Edit::Intervene(Intervention {
        after: Moment::start_of(Instant::from_millis(1)),
        action: UserAction::PullCable { between: session.model.trace.scenario.links[0].between.clone() },
    });
    let broken = after(session.clone(), [Action::Edit(lost), Action::Edit(pulled)]);
    assert_eq!((broken.problem.clone(), broken.experiment.edits.len()), (None, 2));
    assert_ne!(broken.model.trace.entries, session.model.trace.entries);
    let again = open(&address::write(&broken.parameters()));
    assert_eq!(again.experiment.edits, broken.experiment.edits);
    assert_eq!(again.model.trace.entries, broken.model.trace.entries);
    let whole = after(broken, [Action::TakeBack(1), Action::TakeBack(0), Action::TakeBack(7)]);
    assert_eq!(whole.model.trace.entries, session.model.trace.entries);
}

/// Most entries share their microsecond with others: those that are still to come stay to come.
#[test]
fn an_intervention_leaves_the_cursor_at_its_entry() {
    let session = open(&format!("v=1&lesson={}", any_lesson().id));
    let between = session.model.trace.scenario.links[0].between.clone();
    let mut inside = 0;
    for index in 0..=session.model.trace.entries.len() as u32 {
        let mut paused = Session::clone(&session);
        paused.seek(PlayerCommand::SeekIndex(index));
        let cursor = paused.cursor();
        let action = UserAction::PullCable { between: between.clone() };
        let broken = after(Rc::new(paused), [Action::Intervene(action)]);
        let (old, new) = (&session.model.trace, &broken.model.trace);
        let past = index as usize;
        assert_eq!(old.entries[..past], new.entries[..past]);
        let shown = &new.entries[past..broken.cursor().index as usize];
        let of_intervention = |entry: &Entry| {
            let first = shown.first().is_some_and(|first| matches!(first.event, Event::Intervened { .. }));
            first && (entry.index as usize == past || entry.cause.is_some_and(|cause| cause as usize >= past))
        };
        assert!(shown.iter().all(of_intervention), "at {index}: {shown:?}");
        assert_eq!(broken.cursor().at, cursor.at, "at {index}");
        inside += u32::from(shown.is_empty());
    }
    assert!(inside > 0, "some cursors are inside an event, before the intervention");
}

#[test]
fn the_selected_segment_is_the_one_that_is_lost() {
    let session = open(&format!("v=1&lesson={}", any_lesson().id));
    let trace = &session.model.trace;
    for id in (0..session.model.dissection.segments.len()).map(|id| PacketId(id as u32)) {
        let edit = Edit::lose(trace, id).expect("each segment crosses a link");
        let broken = after(session.clone(), [Action::Edit(edit)]);
        let lost = broken.model.trace.entries.iter().find_map(|entry| match entry.event {
            playground_core::event::Event::PacketDropped { id, .. } => Some(id),
            _ => None,
        });
        assert_eq!(lost, Some(id));
    }
}

/// The parser of requests is one: a link and the field on the page are answered alike.
#[test]
fn a_request_with_an_unknown_escape_is_refused_with_its_place() {
    let expected = "request: line 1, character 5: “\\q” is no escape; there are \\r \\n \\0 \\xNN \\\\";
    let linked = open("v=1&lesson=keep-alive&request=GET+%5Cq");
    let reasons: Vec<_> = linked.remarks.iter().filter_map(|remark| remark.reason.as_ref()).collect();
    assert_eq!(reasons.iter().map(|reason| reason.to_string()).collect::<Vec<_>>(), [expected]);
    let typed = after(
        open("v=1&lesson=keep-alive"),
        [Action::TurnKnob { id: "request", value: "GET \\q".to_owned() }],
    );
    assert_eq!(typed.problem.clone().map(|problem| problem.to_string()).as_deref(), Some(expected));
}

#[test]
fn a_scenario_written_by_hand_is_run_or_refused_with_a_reason() {
    let session = open(&format!("v=1&lesson={}", any_lesson().id));
    let own = super::Experiment::pretty(&session.model.trace.scenario);
    let same = after(session.clone(), [Action::RunScenario(own.clone())]);
    assert_eq!(same.problem, None);
    assert_eq!(same.model.trace.entries, session.model.trace.entries);
    let again = open(&address::write(&same.parameters()));
    assert!(again.experiment.replaced.is_some());
    for broken in ["", "{", "{}", "[1]", "null", &own.replace("\"nodes\"", "\"knots\"")] {
        let refused = after(session.clone(), [Action::RunScenario(broken.to_owned())]);
        assert!(refused.problem.is_some(), "{broken}");
        assert_eq!(refused.model.trace.entries, session.model.trace.entries);
    }
    let scenario = playground_core::scenario::Scenario::from_json(&own).expect("its own");
    let mut short = scenario;
    short.limits.entries = 10;
    let short = after(session, [Action::RunScenario(super::Experiment::pretty(&short))]);
    assert_eq!(short.problem, None);
    let limit = short.model.trace.cut_short().expect("a limit").to_string();
    assert_eq!(limit, "limits.entries: the run stopped at this limit, 10");
    let restored = after(same, [Action::RestoreScenario]);
    assert!(restored.experiment.replaced.is_none());
}

#[test]
fn a_link_beyond_the_end_is_remarked() {
    let id = any_lesson().id;
    for (query, parameter, problem) in [
        ("step=99".to_owned(), "step", Problem::OutOfRange),
        ("t=99999999999999".to_owned(), "t", Problem::OutOfRange),
        ("sel=s9999".to_owned(), "sel", Problem::BadValue),
        ("scenario=e30".to_owned(), "scenario", Problem::BadScenario),
    ] {
        let session = open(&format!("v=1&lesson={id}&{query}"));
        let named: Vec<_> =
            session.remarks.iter().map(|remark| (remark.parameter.as_str(), remark.problem)).collect();
        assert_eq!(named, [(parameter, problem)], "{query}");
    }
    let why = open(&format!("v=1&lesson={id}&scenario=e30")).remarks[0].reason.clone().expect("a reason");
    assert_eq!(why.to_string(), "nodes: is missing");
    assert_eq!(open("v=1&lesson=nothing").remarks[0].problem, Problem::NoSuchLesson);
    assert_eq!(open("utm_source=mail&fbclid=1").remarks.len(), 0, "other pages' parameters are no mistake");
}

#[test]
fn the_language_changes_and_nothing_else() {
    let session = open(&format!("v=1&lesson={}&step=4", any_lesson().id));
    let korean = after(session.clone(), [Action::SetLanguage(Language::Korean)]);
    assert_eq!((korean.step, korean.cursor()), (session.step, session.cursor()));
    assert_ne!(korean.current_text().map(|step| step.title), session.current_text().map(|step| step.title));
    assert!(address::write(&korean.parameters()).contains("lang=ko"));
}

fn actions() -> impl Strategy<Value = Action> {
    let commands = (0..Command::ALL.len()).prop_map(|place| Action::Do(Command::ALL[place]));
    prop_oneof![
        4 => commands,
        2 => (0..400_000_u64).prop_map(Action::Tick),
        1 => any::<u64>().prop_map(|micros| Action::Seek(Instant::from_micros(micros))),
        1 => (0..20_000_000_u64).prop_map(|micros| Action::Seek(Instant::from_micros(micros))),
        1 => any::<u64>().prop_map(|micros| Action::SeekView(playground_playback::ViewTime(micros))),
        1 => any::<usize>().prop_map(Action::GoToStep),
        1 => (0..12_usize).prop_map(Action::GoToStep),
        1 => Just(Action::Play),
        1 => Just(Action::Pause),
        1 => any::<bool>().prop_map(Action::SetLessMotion),
        1 => (0..4_usize).prop_map(|place| Action::SetSpeed(playground_playback::Speed::ALL[place])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// After any actions the current step exists, and its link leads back to it.
    #[test]
    fn any_sequence_of_actions_leaves_a_valid_session(actions in proptest::collection::vec(actions(), 1..40)) {
        let session = after(open(&format!("v=1&lesson={}", any_lesson().id)), actions);
        prop_assert!(session.step < session.steps());
        prop_assert_eq!(session.frame.cursor, session.cursor());
        let again = open(&address::write(&session.parameters()));
        prop_assert_eq!(again.step, session.step);
        prop_assert_eq!(again.remarks.len(), 0);
    }

    #[test]
    fn any_link_opens_a_valid_session(
        step in proptest::option::of(any::<u32>()), at in proptest::option::of(any::<u64>()), number in any::<u32>(),
        extra in proptest::option::of(".{0,60}"), value in ".{0,20}",
    ) {
        let lesson = any_lesson();
        let parameters = Parameters {
            lesson: Some(lesson.id.to_owned()), step, at: at.map(Instant::from_micros),
            selected: Selected::Entry(number), scenario: extra,
            knobs: lesson.knobs.iter().map(|knob| (knob.id.to_owned(), value.clone())).collect(),
            ..Parameters::default()
        };
        let session = Session::open(&parameters, Vec::new(), PREFERENCES).expect("the lesson itself can be run");
        prop_assert!(session.step < session.steps());
    }
}
