//! Tests of the whole session: links, steps, knobs, questions, interventions.

use std::rc::Rc;

use playground_core::event::{Entry, Event, PacketId};
use playground_core::scenario::{Action as UserAction, Intervention, Moment};
use playground_core::time::Instant;
use playground_lessons::{KnobKind, Language, Lesson};
use playground_playback::PlayerCommand;
use proptest::prelude::*;
use yew::Reducible;

use super::{Action, Edit, Page, Preferences, Session};
use crate::address::{self, Parameters, Problem, Selected};
use crate::command::Command;

const PREFERENCES: Preferences =
    Preferences { language: Language::English, less_motion: false, letter_keys: true, play_through: false };

pub(super) fn open(query: &str) -> Rc<Session> {
    let (parameters, remarks) = address::read(query);
    Rc::new(Session::open(&parameters, remarks, PREFERENCES).expect("a lesson can be run"))
}

pub(super) fn after(session: Rc<Session>, actions: impl IntoIterator<Item = Action>) -> Rc<Session> {
    actions.into_iter().fold(session, Session::reduce)
}

fn any_lesson() -> &'static Lesson {
    playground_lessons::find("dumb-proxy").unwrap_or(playground_lessons::all()[0])
}

/// Wall time, in frames, until nothing moves any more.
pub(super) fn until_rest(mut session: Rc<Session>) -> Rc<Session> {
    for _ in 0..100_000 {
        if !session.player.is_moving() {
            return session;
        }
        session = session.reduce(Action::Tick(16_667));
    }
    panic!("it never comes to rest");
}

/// Answers the told step's question rightly, if it is open.
pub(super) fn answered(session: Rc<Session>) -> Rc<Session> {
    if session.open_question() != Some(session.step) {
        return session;
    }
    let question = session.current_text().and_then(|step| step.question).expect("it asks");
    let right = question.options.iter().position(|option| option.correct).expect("one is right");
    after(session, [Action::Do(Command::Answer(right as u8))])
}

/// The next step, seen to its end, with the question before it answered.
pub(super) fn onward(session: Rc<Session>) -> Rc<Session> {
    until_rest(after(answered(session), [Action::Do(Command::NextStep)]))
}

#[test]
fn the_link_of_every_step_leads_back_to_it() {
    for lesson in playground_lessons::all() {
        let mut session = open(&format!("v=1&lesson={}", lesson.id));
        for step in 0..lesson.steps.len() {
            session = after(answered(session), [Action::GoToStep(step)]);
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
fn next_is_animated_and_the_words_come_afterwards() {
    let mut session = open(&format!("v=1&lesson={}", any_lesson().id));
    for step in 1..session.steps() {
        session = after(answered(session), [Action::Do(Command::NextStep), Action::Tick(100_000)]);
        let hero = session.route.model.run.steps[step].hero;
        assert_eq!((session.told(), session.watched(), session.view()), (step - 1, step, hero));
        session = until_rest(session);
        assert_eq!((session.told(), session.cursor()), (step, session.mark(step)));
    }
}

#[test]
fn an_embedded_view_counts_requests_beyond_its_last_step() {
    let end = after(
        open("v=1&lesson=reset&embed=1&step=99"),
        [Action::Do(Command::NextStep), Action::Do(Command::NextStep)],
    );
    assert_eq!((end.exhausted, end.page, end.step + 1), (2, Page::Step, end.steps()));
}

#[test]
fn requests_before_the_first_step_are_counted() {
    let back = || Action::Do(Command::PreviousStep);
    let start = after(open("v=1&lesson=reset&embed=1&step=2"), [back()]);
    assert_eq!((start.exhausted_back, start.step), (0, 0), "the first step is come to");
    let start = after(start, [back(), back()]);
    assert_eq!((start.exhausted_back, start.step), (2, 0));
}

#[test]
fn the_challenge_and_the_closing_card_stand_behind_the_last_step() {
    use Command::{FirstStep, LastStep, NextStep, PreviousStep};
    let mut session = answered(open("v=1&lesson=dumb-proxy&step=99"));
    let last = session.step;
    for (command, place) in [
        (NextStep, (last, Page::Challenge)),
        (PreviousStep, (last, Page::Step)),
        (PreviousStep, (last - 1, Page::Step)),
        (LastStep, (last, Page::Step)),
        (NextStep, (last, Page::Challenge)),
        (LastStep, (last, Page::Challenge)),
        (NextStep, (last, Page::Closing)),
        (NextStep, (last, Page::Closing)),
        (PreviousStep, (last, Page::Challenge)),
        (FirstStep, (0, Page::Step)),
    ] {
        session = after(session, [Action::Do(command)]);
        assert_eq!((session.step, session.page), place, "{command:?}");
    }
}

#[test]
fn the_challenge_stays_while_its_knobs_are_turned() {
    for lesson in playground_lessons::all().iter().filter(|lesson| lesson.challenge.is_some()) {
        let session = answered(open(&format!("v=1&lesson={}&step=99", lesson.id)));
        let there = after(session, [Action::Do(Command::NextStep)]);
        assert_eq!(there.page, Page::Challenge, "{}", lesson.id);
        let solved = after(there, [Action::ShowSolution]);
        assert_eq!(solved.page, Page::Challenge, "{}", lesson.id);
        assert!(solved.shown().goal().is_some_and(|goal| goal.solved), "{}", lesson.id);
    }
}

#[test]
fn next_during_an_animation_goes_to_its_end() {
    let moving = after(
        open(&format!("v=1&lesson={}", any_lesson().id)),
        [Action::Do(Command::NextStep), Action::Tick(100_000)],
    );
    assert!(moving.player.is_moving());
    let there = after(moving, [Action::Do(Command::NextStep)]);
    assert!(!there.player.is_moving());
    assert_eq!((there.told(), there.cursor()), (1, there.mark(1)));
}

#[test]
fn back_undoes_next() {
    let session = answered(open(&format!("v=1&lesson={}&step=3", any_lesson().id)));
    let there = onward(session.clone());
    let back = after(there, [Action::Do(Command::PreviousStep)]);
    assert_eq!((back.step, back.cursor()), (session.step, session.cursor()));
    // So it does before the animation has begun to move.
    let back = after(session.clone(), [Action::Do(Command::NextStep), Action::Do(Command::PreviousStep)]);
    assert_eq!((back.step, back.cursor()), (session.step, session.cursor()));
}

#[test]
fn playing_stops_at_the_next_step_and_a_pause_keeps_the_step() {
    let playing = after(
        answered(open(&format!("v=1&lesson={}&step=2", any_lesson().id))),
        [Action::Play, Action::Tick(100_000)],
    );
    assert_eq!((playing.told(), playing.watched()), (1, 2));
    let paused = after(playing.clone(), [Action::Pause]);
    assert_eq!((paused.told(), paused.watched()), (1, 1));
    assert_eq!(until_rest(playing).cursor(), paused.mark(2));
    let on = until_rest(after(paused, [Action::Do(Command::NextStep)]));
    assert_eq!((on.step, on.cursor()), (2, on.mark(2)), "the step on the way comes first");
}

/// Playing through rests long enough to read, and stops for a question.
#[test]
fn playing_through_rests_at_each_step_and_stops_at_a_question() {
    for lesson in playground_lessons::all() {
        let mut session = after(
            open(&format!("v=1&lesson={}", lesson.id)),
            [Action::SetPlayThrough(true), Action::Do(Command::PlayPause)],
        );
        for _ in 0..lesson.steps.len() {
            session = until_rest(session);
            let Some(rest) = session.rest() else { break };
            let characters = session.current_text().map_or(0, |step| step.characters());
            assert!(rest.as_millis() >= (60 * characters as u128).max(3_000), "{}", lesson.id);
            session = after(session, [Action::PlayOn]);
        }
        let stopped = session.open_question() == Some(session.told()) || session.is_at_end();
        assert!(stopped && !session.is_playing(), "{} {}", lesson.id, session.told());
        let paused = after(session, [Action::PlayOn]);
        assert!(!paused.is_playing(), "{}", lesson.id);
    }
    let embedded = open(&format!("v=1&lesson={}&embed=1&autoplay=1", any_lesson().id));
    assert!(embedded.is_playing() && until_rest(embedded).rest().is_some());
}

#[test]
fn with_reduced_motion_nothing_is_animated() {
    let session = after(
        open(&format!("v=1&lesson={}", any_lesson().id)),
        [Action::SetLessMotion(true), Action::Do(Command::NextStep)],
    );
    assert!(!session.player.is_moving());
    assert_eq!((session.step, session.cursor()), (1, session.mark(1)));
    let session = after(answered(session), [Action::Do(Command::PlayPause)]);
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
            let same = turned.route.model.run.place(session.route.model.run.steps[2].id);
            assert_eq!((turned.step, turned.cursor()), (same, turned.mark(same)));
            assert_eq!(turned.experiment.values.get(knob.id), value);
            let again = open(&address::write(&turned.parameters()));
            assert_eq!(
                again.route.model.trace.entries, turned.route.model.trace.entries,
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
    let lost = Edit::lose(&session.route.model.trace, PacketId(2)).expect("the run has a third segment");
    let pulled = Edit::Intervene(Intervention {
        after: Moment::start_of(Instant::from_millis(1)),
        action: UserAction::PullCable {
            between: session.route.model.trace.scenario.links[0].between.clone(),
        },
    });
    let broken = after(session.clone(), [Action::Edit(lost), Action::Edit(pulled)]);
    assert_eq!((broken.problem.clone(), broken.experiment.edits.len()), (None, 2));
    assert_ne!(broken.route.model.trace.entries, session.route.model.trace.entries);
    let again = open(&address::write(&broken.parameters()));
    assert_eq!(again.experiment.edits, broken.experiment.edits);
    assert_eq!(again.route.model.trace.entries, broken.route.model.trace.entries);
    let whole = after(broken, [Action::TakeBack(1), Action::TakeBack(0), Action::TakeBack(7)]);
    assert_eq!(whole.route.model.trace.entries, session.route.model.trace.entries);
}

/// Most entries share their microsecond with others: those that are still to come stay to come.
#[test]
fn an_intervention_leaves_the_cursor_at_its_entry() {
    // A link to the last step: every question counts as answered.
    let steps = any_lesson().steps.len();
    let session = open(&format!("v=1&lesson={}&step={steps}", any_lesson().id));
    let between = session.route.model.trace.scenario.links[0].between.clone();
    let mut inside = 0;
    for index in 0..=session.route.model.trace.entries.len() as u32 {
        let mut paused = Session::clone(&session);
        paused.seek(PlayerCommand::SeekIndex(index));
        let cursor = paused.cursor();
        let node = || between.1.clone();
        let actions = [
            UserAction::PullCable { between: between.clone() },
            UserAction::MakeLossy { between: between.clone(), per_mille: 500 },
            UserAction::Crash { node: node() },
            UserAction::Restart { node: node() },
            UserAction::StopReading { node: node() },
            UserAction::Lose { packet: index / 8 },
            UserAction::Duplicate { packet: index / 8 },
        ];
        let action = actions[index as usize % actions.len()].clone();
        let broken = after(Rc::new(paused), [Action::Intervene(action)]);
        let (old, new) = (&session.route.model.trace, &broken.route.model.trace);
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
    let trace = &session.route.model.trace;
    for id in (0..session.route.model.dissection.segments.len()).map(|id| PacketId(id as u32)) {
        let edit = Edit::lose(trace, id).expect("each segment crosses a link");
        let broken = after(session.clone(), [Action::Edit(edit)]);
        let lost = broken.route.model.trace.entries.iter().find_map(|entry| match entry.event {
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
    let own = super::Experiment::pretty(&session.route.model.trace.scenario);
    let same = after(session.clone(), [Action::RunScenario(own.clone())]);
    assert_eq!(same.problem, None);
    assert_eq!(same.route.model.trace.entries, session.route.model.trace.entries);
    let again = open(&address::write(&same.parameters()));
    assert!(again.experiment.replaced.is_some());
    for broken in ["", "{", "{}", "[1]", "null", &own.replace("\"nodes\"", "\"knots\"")] {
        let refused = after(session.clone(), [Action::RunScenario(broken.to_owned())]);
        assert!(refused.problem.is_some(), "{broken}");
        assert_eq!(refused.route.model.trace.entries, session.route.model.trace.entries);
    }
    let scenario = playground_core::scenario::Scenario::from_json(&own).expect("its own");
    let mut short = scenario;
    short.limits.entries = 10;
    let short = after(session, [Action::RunScenario(super::Experiment::pretty(&short))]);
    assert_eq!(short.problem, None);
    let limit = short.route.model.trace.cut_short().expect("a limit").to_string();
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
        1 => (0.0..1.0).prop_map(Action::SeekPlace),
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
