//! All lessons: each runs with every value of every knob, every step is found or its absence explained, both languages
//! are complete, no number is missing, and each challenge is solvable but not solved by default.

use std::collections::BTreeSet;

use playground_lessons::{
    KnobKind, KnobValues, Language, Lesson, MAIN, NOT_IN_THIS_RUN, Run, View, all, find,
};
use strum::VariantArray as _;

/// Edited requests for variants that no other knob reaches.
const EDITED: &[(&str, &str, &str)] = &[
    ("keep-alive", "request", "GET /index.html HTTP/1.0\nHost: a\n\nGET /logo.gif HTTP/1.0\nHost: a\n"),
    (
        "keep-alive",
        "request",
        "GET /index.html HTTP/1.0\nConnection: Keep-Alive\n\nGET /logo.gif HTTP/1.0\n\nGET /hammer.jpg HTTP/1.0\n\
         Connection: Keep-Alive\n",
    ),
    ("connection-header", "request", "GET /page HTTP/1.1\nHost: a\n"),
    ("connection-header", "request", "GET /page HTTP/1.1\nHost: a\nHost: b\n"),
    ("dumb-proxy", "request", "GET /a HTTP/1.0\nConnection: close\n\nGET /b HTTP/1.0\nConnection: close\n"),
    ("dumb-proxy", "request", "GET /a HTTP/1.1\nHost: a\n\nGET /b HTTP/1.1\nHost: a\n"),
];

/// Every combination of choices; with all other knobs at their defaults, the bounds of ranges and the edited requests.
fn combinations(lesson: &'static Lesson) -> Vec<KnobValues> {
    let with = |values: &KnobValues, id: &str, value: &str| {
        let mut values = values.clone();
        values.set(lesson, id, value).unwrap_or_else(|error| panic!("{}: {error}", lesson.id));
        values
    };
    let defaults = KnobValues::defaults(lesson);
    let mut all = vec![defaults.clone()];
    for knob in lesson.knobs {
        if let KnobKind::Choice { values: choices, .. } = knob.kind {
            all = all
                .iter()
                .flat_map(|values| choices.iter().map(|choice| with(values, knob.id, choice)))
                .collect();
        }
    }
    for knob in lesson.knobs {
        if let KnobKind::Range { min, max, .. } = knob.kind {
            all.extend([min, max].map(|end| with(&defaults, knob.id, &end.to_string())));
        }
    }
    for (_, knob, text) in EDITED.iter().filter(|(id, _, _)| *id == lesson.id) {
        all.push(with(&defaults, knob, text));
    }
    all
}

fn default_run(lesson: &'static Lesson) -> Run {
    lesson.run(&KnobValues::defaults(lesson)).expect("the default scenario is valid")
}

#[test]
fn lessons_are_in_order_and_can_be_found() {
    assert!(all().windows(2).all(|pair| pair[0].number < pair[1].number));
    for lesson in all() {
        assert!(std::ptr::eq(find(lesson.id).expect("it is in the registry"), *lesson));
        assert!(lesson.section.starts_with("4."), "{}", lesson.id);
        // Folded into one line, and at most five when opened.
        assert!((1..=5).contains(&lesson.knobs.len()), "{}: {} knobs", lesson.id, lesson.knobs.len());
        assert!((4..=10).contains(&lesson.steps.len()), "{}: {} steps", lesson.id, lesson.steps.len());
        for figure in lesson.figures {
            assert!(figure.starts_with("4-"), "{}: {figure}", lesson.id);
        }
    }
    assert!(find("no-such-lesson").is_none());
}

#[test]
fn both_languages_have_every_step_and_every_knob() {
    for lesson in all() {
        for language in Language::ALL {
            let (text, file) = (lesson.text(language), lesson.markdown.file(language));
            let steps: Vec<_> = lesson.steps.iter().map(|step| step.id).collect();
            let told: Vec<_> = text.steps.iter().map(|step| step.id.as_str()).collect();
            assert_eq!(told, steps, "steps of {file} and of the code");
            let knobs: Vec<_> = lesson.knobs.iter().map(|knob| knob.id).collect();
            assert_eq!(text.knobs.iter().map(|knob| knob.id.as_str()).collect::<Vec<_>>(), knobs, "{file}");
            for knob in lesson.knobs {
                let labelled: Vec<_> = text
                    .knob(knob.id)
                    .expect("just found")
                    .values
                    .iter()
                    .map(|(value, _)| value.as_str())
                    .collect();
                match knob.kind {
                    KnobKind::Choice { values, .. } => assert_eq!(labelled, values, "{file}: {}", knob.id),
                    _ => assert!(labelled.is_empty(), "{file}: {} takes no labels", knob.id),
                }
            }
            assert_eq!(text.challenge.is_some(), lesson.challenge.is_some(), "{file}");
        }
    }
}

/// The lesson map shows summaries without a run.
#[test]
fn summaries_have_no_placeholders() {
    for lesson in playground_lessons::all() {
        for language in Language::ALL {
            let text = lesson.text(language);
            let shown = format!("{} {:?}", text.title, text.summary);
            assert!(!shown.contains("{{"), "{} in {language}: {shown}", lesson.id);
        }
    }
}

#[test]
fn every_lesson_has_a_question() {
    for lesson in all() {
        for language in Language::ALL {
            let story = default_run(lesson).story(language);
            assert!(story.iter().any(|step| step.question.is_some()), "{} asks nothing", lesson.id);
            assert!(
                story.last().is_some_and(|step| step.question.is_none()),
                "{} ends with a question",
                lesson.id
            );
            assert!(story.iter().all(|step| !step.absent), "{}: a step is absent by default", lesson.id);
        }
    }
}

#[test]
fn every_step_of_every_run_is_found_or_its_absence_explained() {
    for lesson in all() {
        for values in combinations(lesson) {
            let run =
                lesson.run(&values).unwrap_or_else(|error| panic!("{} {values:?}: {error:?}", lesson.id));
            assert_eq!(run.trace.stopped_by, None, "{} {values:?}", lesson.id);
            let mut last = (0, playground_core::time::Instant::ZERO);
            for mark in &run.steps {
                let place = format!("{}: step {} with {values:?}", lesson.id, mark.id);
                assert_ne!(mark.absent, Some(NOT_IN_THIS_RUN), "{place}: not found");
                assert!(mark.index as usize <= run.trace.entries.len(), "{place}");
                assert!(last.0 <= mark.index && last.1 <= mark.at, "{place} goes back in time");
                last = (mark.index, mark.at);
            }
            check_text(&run);
            for language in Language::ALL {
                let story = run.story(language);
                for pair in story.windows(2) {
                    let repeats = (&pair[0].title, &pair[0].body) == (&pair[1].title, &pair[1].body);
                    assert!(!repeats, "{} {values:?}: {} and {}", lesson.id, pair[0].id, pair[1].id);
                }
            }
        }
    }
}

/// Without an address the last five steps are one card.
#[test]
fn steps_that_are_absent_for_one_reason_are_told_as_one() {
    let lesson = find("first-page").expect("it is in the registry");
    let mut values = KnobValues::defaults(lesson);
    values.set(lesson, "dhcp", "off").expect("a choice");
    let run = lesson.run(&values).expect("it runs");
    let told: Vec<_> = run.steps.iter().map(|mark| mark.id).collect();
    assert_eq!(told, ["discover", "flood", "offer", "request", "address", "query"]);
    assert_eq!([run.place("discover"), run.place("query"), run.place("close")], [0, 5, 5]);
}

/// Every text that the run needs exists in both languages, is short enough, and has all its numbers.
fn check_text(run: &Run) {
    let lesson = run.lesson;
    for language in Language::ALL {
        let text = lesson.text(language);
        for (step, mark) in run.story(language).iter().zip(&run.steps) {
            let place = format!("{}, {} with {:?}", lesson.markdown.file(language), step.id, run.values);
            let words =
                text.step(step.id).unwrap_or_else(|| panic!("{place}: no section `## step {}`", step.id));
            if let Some(variant) = mark.variant {
                assert_eq!(
                    run.variant(step.id),
                    Some(variant),
                    "{place}: no section `### variant {variant}`"
                );
            }
            if let Some(reason) = mark.absent {
                let known = words.absent.iter().chain(&text.reasons).any(|(key, _)| key == reason);
                assert!(
                    known,
                    "{place}: no section `### absent {reason}` of the step, nor `## absent {reason}`"
                );
            }
            assert!(!step.body.is_empty(), "{place}: nothing below the caption");
            let most = match language {
                Language::Korean => 32,
                Language::English => 60,
            };
            let length = step.title.chars().count();
            assert!(length <= most, "{place}: a caption of {length} characters: {}", step.title);
            let shown = format!("{step:?}");
            assert!(!shown.contains("{{") && !shown.contains('—'), "{place}: a number is missing: {shown}");
        }
        let whole = run.text(language);
        let shown = format!("{:?}", (&whole.summary, &whole.knobs, &whole.challenge, &whole.note));
        assert!(!shown.contains("{{") && !shown.contains('—'), "{}: {shown}", lesson.id);
    }
}

/// Each course of a run is a variant of some step. The next test checks that every variant is reached.
#[test]
fn every_course_has_variants_in_the_text() {
    let mut with_courses = 0;
    for lesson in all() {
        let courses: BTreeSet<_> = combinations(lesson)
            .iter()
            .map(|values| lesson.run(values).expect("every combination is valid").course)
            .filter(|course| *course != MAIN)
            .collect();
        with_courses += usize::from(!courses.is_empty());
        for language in Language::ALL {
            let steps = &lesson.text(language).steps;
            for course in &courses {
                let is_told = steps.iter().flat_map(|step| &step.variants).any(|(key, _)| key == course);
                assert!(is_told, "{}: no step has a variant `{course}`", lesson.markdown.file(language));
            }
        }
        assert_eq!(default_run(lesson).course, MAIN, "{}", lesson.id);
    }
    assert!(with_courses >= 9, "{with_courses}");
}

/// Variants that only manual socket calls reach: lesson, step, variant. `socket_calls.rs` makes those calls.
const PRESSED: &[(&str, &str, &str)] = &[("socket-calls", "over", "first")];

#[test]
fn every_variant_and_reason_is_reached_by_some_run() {
    for lesson in all() {
        let mut reached: BTreeSet<(&str, &str)> = BTreeSet::new();
        for values in combinations(lesson) {
            let run = lesson.run(&values).expect("every combination is valid");
            reached.extend(
                run.steps
                    .iter()
                    .filter_map(|mark| Some((mark.id, mark.absent.or_else(|| run.variant(mark.id))?))),
            );
        }
        for step in &lesson.text(Language::English).steps {
            let keys = step.variants.iter().chain(&step.absent).map(|(key, _)| key);
            for key in keys {
                assert!(
                    reached.contains(&(step.id.as_str(), key))
                        || PRESSED.contains(&(lesson.id, step.id.as_str(), key)),
                    "{}: {} `{key}` is never reached",
                    lesson.id,
                    step.id
                );
            }
        }
    }
}

#[test]
fn challenges_are_unsolved_at_first_and_solved_by_their_solution() {
    for lesson in all() {
        let Some(challenge) = lesson.challenge else { continue };
        let before = default_run(lesson).goal().expect("it has a challenge");
        assert!(!before.solved, "{} is solved from the start", lesson.id);
        let mut values = KnobValues::defaults(lesson);
        for (knob, value) in challenge.solution {
            values.set(lesson, knob, value).unwrap_or_else(|error| panic!("{}: {error}", lesson.id));
        }
        let after = lesson.run(&values).expect("the solution is valid").goal().expect("it has a challenge");
        assert!(after.solved, "{}: {after:?}", lesson.id);
        for language in Language::ALL {
            let text = lesson.text(language).challenge.as_ref().expect("tested above");
            let labelled: Vec<_> = text.measures.iter().map(|(key, _)| key.as_str()).collect();
            let measured: Vec<_> = after.measures.iter().map(|measure| measure.key).collect();
            assert_eq!(labelled, measured, "{}", lesson.markdown.file(language));
        }
    }
}

#[test]
fn the_same_values_give_the_same_story() {
    for lesson in all() {
        let (one, other) = (default_run(lesson), default_run(lesson));
        assert_eq!(one.steps, other.steps);
        assert_eq!(one.facts, other.facts);
    }
}

#[test]
fn compared_ways_differ_in_the_named_knobs_only() {
    let compared: Vec<_> = all().iter().filter_map(|lesson| Some((lesson, lesson.ways?))).collect();
    assert!(!compared.is_empty());
    for (lesson, spec) in compared {
        assert!(spec.knobs.iter().all(|id| lesson.knob(id).is_some()), "{}: {:?}", lesson.id, spec.knobs);
        for values in combinations(lesson) {
            let ways = (spec.values)(&values);
            let settings: BTreeSet<_> =
                ways.iter().map(|way| spec.knobs.iter().map(|id| way.get(id)).collect::<Vec<_>>()).collect();
            assert!(ways.len() > 1 && settings.len() == ways.len(), "{}: {settings:?}", lesson.id);
            for knob in lesson.knobs.iter().filter(|knob| !spec.knobs.contains(&knob.id)) {
                assert!(ways.iter().all(|way| way.get(knob.id) == ways[0].get(knob.id)), "{}", knob.id);
            }
        }
    }
}

#[test]
fn tabs_are_found_by_their_names() {
    let names: BTreeSet<_> = View::VARIANTS.iter().map(|tab| tab.name()).collect();
    assert_eq!(names.len(), View::VARIANTS.len());
    assert!(View::VARIANTS.iter().all(|tab| tab.name().parse() == Ok(*tab)));
    assert!("Ladder".parse::<View>().is_err() && "".parse::<View>().is_err());
}
