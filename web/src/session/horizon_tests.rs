//! Tests of the horizon: while a question is open nothing of what comes after it can be drawn.

use std::rc::Rc;

use playground_core::event::Event;
use playground_lessons::{Hides, Knob, KnobKind, Lesson};
use playground_playback::{
    Dissection, Frame, HeaderHops, Ladder, Packets, PlayerCommand, Series, Transition,
};

use super::tests::{after, answered, onward, open, until_rest};
use super::{Action, Session};
use crate::command::Command;

/// The steps that ask.
fn questions(session: &Session) -> Vec<usize> {
    let story = session.story();
    (0..story.len()).filter(|step| story[*step].question.is_some()).collect()
}

fn lessons_with_questions() -> impl Iterator<Item = (&'static Lesson, Vec<usize>)> {
    playground_lessons::all().iter().filter_map(|lesson| {
        let questions = questions(&open(&format!("v=1&lesson={}", lesson.id)));
        (!questions.is_empty()).then_some((*lesson, questions))
    })
}

/// What is shown ends at the horizon.
fn assert_nothing_beyond(session: &Session, step: usize) {
    let shown = session.shown();
    let whole = &session.route.model.trace;
    let is_asked = session.open_question() == Some(step);
    let now = if is_asked { session.route.asks_at(step) } else { session.mark(step) };
    assert!(now <= session.mark(step) && now.at == session.mark(step).at);
    assert_eq!(shown.trace.entries.len(), now.index as usize, "{:?}", session.lesson());
    for (shown, own) in shown.trace.entries.iter().zip(&whole.entries) {
        assert!(shown == own || is_asked && shown.event == Event::Withheld, "{:?}", session.lesson());
    }
    assert!(Rc::ptr_eq(&shown.run.trace, shown.trace.rc()), "views read one trace");
    assert_eq!(shown.pace.end(), now.at);
    assert!(session.cursor() <= session.mark(step));
    // Whatever is computed from the run is computed from what is left of it.
    let (trace, dissection) = (&shown.trace, Dissection::new(&shown.trace));
    assert!(*shown.dissection == dissection);
    assert!(*shown.ladder() == Ladder::new(trace, &dissection, &shown.pace));
    assert!(*shown.packets() == Packets::new(trace, &dissection));
    assert!(*shown.hops() == HeaderHops::new(trace, &dissection));
    assert!(*shown.series() == Series::new(trace, &dissection));
    assert!(*session.frame == Frame::at(trace, &dissection, session.cursor()));
}

/// However one comes to a question, and wherever one goes from there, the run ends at it until it is answered.
#[test]
fn with_a_question_open_the_run_shown_ends_there() {
    for (lesson, questions) in lessons_with_questions() {
        for step in questions {
            let linked = open(&format!("v=1&lesson={}&step={}", lesson.id, step + 1));
            assert_eq!(linked.open_question(), Some(step), "{lesson:?}");
            let last = linked.steps() - 1;
            for action in [
                Action::Do(Command::NextStep),
                Action::Do(Command::PlayPause),
                Action::Do(Command::LastStep),
                Action::Do(Command::NextSegment),
                Action::Do(Command::PreviousStep),
                Action::Do(Command::FirstStep),
                Action::GoToStep(last),
                Action::Seek(linked.route.timeline.end().at),
                Action::SeekPlace(1.0),
                Action::Tick(5_000_000),
            ] {
                let session = until_rest(after(linked.clone(), [action.clone()]));
                assert_eq!(session.open_question(), Some(step), "{lesson:?} {action:?}");
                assert_nothing_beyond(&session, step);
            }
            let asked = after(linked.clone(), [Action::Do(Command::NextStep)]);
            assert_eq!((asked.told(), asked.asked), (step, 1), "{lesson:?}");
        }
    }
}

/// The scrubber's marks are as far from one another, and say nothing of what lies beyond the open question.
#[test]
fn the_scrubber_shows_the_steps_evenly_and_no_wait_to_come() {
    for (lesson, questions) in lessons_with_questions() {
        let session = open(&format!("v=1&lesson={}&step={}", lesson.id, questions[0] + 1));
        let marks = session.marks();
        assert_eq!((marks.steps.len(), marks.reach), (session.steps(), questions[0] + 1), "{lesson:?}");
        let width = marks.steps[1];
        assert!(marks.steps.windows(2).all(|pair| (pair[1] - pair[0] - width).abs() < 1e-9), "{lesson:?}");
        assert_eq!(session.place(), marks.steps[questions[0]], "{lesson:?}");
        assert!(marks.waits.iter().all(|(place, _)| *place <= session.place()), "{lesson:?}");
        for (step, place) in marks.steps.iter().enumerate() {
            let there = after(session.clone(), [Action::SeekPlace(*place)]);
            assert_eq!(there.cursor(), there.mark(step.min(questions[0])), "{lesson:?} {step}");
        }
    }
}

/// From the first step to the last, the horizon is where one is, or where the animation leads.
#[test]
fn the_horizon_goes_with_the_steps_and_never_back() {
    for (lesson, _) in lessons_with_questions() {
        let mut session = open(&format!("v=1&lesson={}", lesson.id));
        while session.open_question().is_some() {
            assert_nothing_beyond(&session, session.told());
            let back = after(session.clone(), [Action::Do(Command::FirstStep)]);
            assert_eq!(back.horizon, session.horizon, "{lesson:?}");
            let moving = after(answered(session), [Action::Do(Command::NextStep), Action::Tick(100_000)]);
            if moving.open_question().is_some() {
                assert_nothing_beyond(&moving, moving.watched());
            }
            session = until_rest(moving);
        }
        let whole = &session.route.model;
        assert!(Rc::ptr_eq(session.shown().rc(), whole.rc()), "all is answered: {lesson:?}");
    }
}

#[test]
fn a_link_opens_its_own_question_and_closes_those_before() {
    for (lesson, questions) in lessons_with_questions() {
        for step in 0..lesson.steps.len() {
            let linked = open(&format!("v=1&lesson={}&step={}", lesson.id, step + 1));
            let first = questions.iter().copied().find(|question| *question >= step);
            assert_eq!(linked.open_question(), first, "{lesson:?} {step}");
        }
    }
}

#[test]
fn the_answer_is_shown_after_a_wrong_one_and_closes_the_question() {
    for (lesson, questions) in lessons_with_questions() {
        let step = questions[0];
        let linked = open(&format!("v=1&lesson={}&step={}", lesson.id, step + 1));
        let early = after(linked.clone(), [Action::ShowAnswer]);
        assert_eq!((early.open_question(), early.is_revealed()), (Some(step), false), "{lesson:?}");
        let question = linked.current_text().and_then(|step| step.question).expect("it asks");
        let wrong = question.options.iter().position(|option| !option.correct).expect("one is wrong");
        let tried = after(linked, [Action::Do(Command::Answer(wrong as u8))]);
        assert!(tried.may_show_answer() && tried.open_question() == Some(step), "{lesson:?}");
        let shown = after(tried, [Action::ShowAnswer]);
        assert!(shown.is_revealed() && shown.open_question() != Some(step), "{lesson:?}");
        assert_eq!(onward(shown).told(), step + 1, "{lesson:?}");
    }
}

/// An embedded view asks where its link wants it to; there the next step first shows the answer, and the embedding
/// page goes where it wants.
#[test]
fn an_embedded_view_asks_if_its_link_says_so() {
    for (lesson, questions) in lessons_with_questions() {
        let step = questions[0];
        let query = format!("v=1&lesson={}&step={}&embed=1", lesson.id, step + 1);
        assert_eq!(open(&query).open_question(), None, "{lesson:?}");
        let asking = open(&format!("{query}&question=1"));
        assert_eq!(asking.open_question(), Some(step), "{lesson:?}");
        assert_nothing_beyond(&asking, step);
        let shown = after(asking.clone(), [Action::Do(Command::NextStep)]);
        assert!(shown.told() == step && shown.is_revealed(), "{lesson:?}");
        assert_eq!(onward(shown).told(), step + 1);
        let last = asking.steps() - 1;
        assert_eq!(after(asking, [Action::GoToStep(last)]).told(), last, "{lesson:?}");
    }
}

#[test]
fn a_changed_run_keeps_the_horizon_at_its_step() {
    for (lesson, questions) in lessons_with_questions() {
        let Some(knob) = lesson.knobs.first() else { continue };
        let step = questions[0];
        let there = open(&format!("v=1&lesson={}&step={}", lesson.id, step + 1));
        let value = there.experiment.values.get(knob.id).to_owned();
        let again = after(there.clone(), [Action::TurnKnob { id: knob.id, value }]);
        assert_eq!(again.horizon, there.horizon, "{lesson:?}");
        assert_eq!(again.open_question(), Some(step), "{lesson:?}");
        assert_nothing_beyond(&again, step);
    }
}

/// 2 to 6 s at 1x between two steps whose pictures differ; none where there is nothing to see.
#[test]
fn an_animation_takes_two_to_six_seconds() {
    const FRAME_US: u64 = 16_667;
    for lesson in playground_lessons::all() {
        let mut session = open(&format!("v=1&lesson={}", lesson.id));
        while !session.is_at_end() {
            let before = session.clone();
            session = after(answered(session), [Action::Do(Command::NextStep)]);
            let mut frames = 0;
            while session.player.is_moving() {
                session = after(session, [Action::Tick(FRAME_US)]);
                frames += 1;
            }
            let (from, to) = (before.told(), session.told());
            let hero = session.route.model.run.steps[to].hero;
            let differ = before.cursor() < session.cursor()
                && (hero != playground_lessons::View::Stage || !before.frame.looks_like(&session.frame));
            let lasted = frames * FRAME_US;
            let wanted =
                if differ { Transition::SHORTEST_US..=Transition::LONGEST_US + FRAME_US } else { 0..=0 };
            assert!(wanted.contains(&lasted), "{}: {from} to {to} takes {lasted} us", lesson.id);
        }
    }
}

/// A link names a step by its number in the lesson, whatever steps a run leaves out.
#[test]
fn links_keep_the_numbers_of_the_lesson() {
    let mut left_out = 0;
    for lesson in playground_lessons::all() {
        for knob in lesson.knobs {
            let playground_lessons::KnobKind::Choice { values, .. } = knob.kind else { continue };
            for value in values {
                let query = format!("v=1&lesson={}&{}={value}", lesson.id, knob.id);
                for (number, spec) in lesson.steps.iter().enumerate() {
                    let linked = open(&format!("{query}&step={}", number + 1));
                    assert_eq!(linked.remarks.len(), 0, "{query} {number}");
                    let is_told = linked.route.id(linked.told()) == spec.id;
                    left_out += usize::from(!is_told);
                    let written = linked.parameters().step;
                    assert!(written == Some(number as u32 + 1) || !is_told, "{query} {number}: {written:?}");
                    let again = open(&crate::address::write(&linked.parameters()));
                    assert_eq!(again.told(), linked.told(), "{query} {number}");
                }
            }
        }
    }
    assert!(left_out > 0, "some runs leave steps out");
}

/// Seeking and the scrubber's own axis are the player's commands, and stop at the question too.
#[test]
fn every_seek_stops_at_the_question() {
    for (lesson, questions) in lessons_with_questions() {
        let mut session = Session::clone(&open(&format!("v=1&lesson={}", lesson.id)));
        session.seek(PlayerCommand::SeekIndex(u32::MAX));
        assert_eq!(
            (session.told(), session.cursor()),
            (questions[0], session.mark(questions[0])),
            "{lesson:?}"
        );
    }
}

/// Each spoiler hides something in the lesson's own run, and shows it as soon as the question is answered.
#[test]
fn what_gives_an_answer_away_is_hidden_until_then() {
    for lesson in playground_lessons::all() {
        for spoiler in lesson.spoilers {
            let number = lesson.steps.iter().position(|step| step.id == spoiler.step).expect("a step");
            let asking = open(&format!("v=1&lesson={}&step={}", lesson.id, number + 1));
            let step = asking.told();
            assert_eq!(asking.open_question(), Some(step), "{}: {} asks", lesson.id, spoiler.step);
            let after = answered(asking.clone());
            let known = &after.shown().trace.entries[..];
            assert!(known[..] == after.route.model.trace.entries[..known.len()], "{}", lesson.id);
            match spoiler.hides {
                Hides::From(matches) => {
                    let index = asking.shown().trace.entries.len();
                    assert!(index < asking.mark(step).index as usize, "{}: {}", lesson.id, spoiler.step);
                    assert!(matches(&known[index].event), "{}: {}", lesson.id, spoiler.step);
                }
                Hides::Events(matches) => {
                    let count = asking.shown().trace.entries.len();
                    let hidden = known[..count].iter().filter(|entry| matches(&entry.event)).count();
                    let withheld = asking.shown().trace.entries.iter();
                    let withheld = withheld.filter(|entry| entry.event == Event::Withheld).count();
                    assert!(hidden > 0 && withheld >= hidden, "{}: {}", lesson.id, spoiler.step);
                }
                Hides::Knob(id) => {
                    assert!(lesson.knob(id).is_some(), "{}: {id}", lesson.id);
                    assert!(
                        asking.shown().hides_knob(id) && !after.shown().hides_knob(id),
                        "{}: {id}",
                        lesson.id
                    );
                }
            }
        }
    }
}

/// A request that cannot be understood is told at once, as a form does, though the run that refuses it is not shown.
#[test]
fn a_refused_request_is_told_before_it_is_seen() {
    let is_refused = |event: &Event| matches!(event, Event::MessageRejected { .. });
    let mut told = 0;
    for (lesson, knob) in texts() {
        let good = knob.default_value();
        let second = format!("{}\n\nGET /b HTTP/1.1\nHost a", good.trim_end());
        for text in
            ["GET /index.html\nHost: a", "GET / HTTP/1.1\nHost a", "GET / HTTP/1.1\nHost : a", &second]
        {
            let turned = Action::TurnKnob { id: knob.id, value: text.into() };
            let session = after(open(&format!("v=1&lesson={}", lesson.id)), [turned]);
            let whole = &session.route.model.trace;
            assert!(whole.entries.iter().any(|entry| is_refused(&entry.event)), "{lesson:?}");
            assert!(session.shown().refusal(knob.id).is_some(), "{lesson:?}: {text}");
            let seen = &session.shown().trace.entries;
            told += usize::from(!seen.iter().any(|entry| is_refused(&entry.event)));
        }
    }
    assert!(told > 0, "a question is open before one of them");
}

fn texts() -> impl Iterator<Item = (&'static Lesson, &'static Knob)> {
    let is_text = |knob: &&Knob| matches!(knob.kind, KnobKind::Text { .. });
    playground_lessons::all()
        .iter()
        .flat_map(move |lesson| lesson.knobs.iter().filter(is_text).map(|knob| (*lesson, knob)))
}
