//! Runs that a user broke: the story remains that of the unbroken run.

use playground_core::scenario::{Action, Intervention, Moment};
use playground_core::time::Instant;
use playground_lessons::{KnobValues, Language, Lesson, NOT_IN_THIS_RUN, Run, all, find};

/// The default run, and the one with the cable before the server pulled at this time.
fn unbroken_and_broken(lesson: &'static Lesson, at_us: Instant) -> (Run, Run) {
    let values = KnobValues::defaults(lesson);
    let mut scenario = (lesson.scenario)(&values);
    let between = scenario.links.last().expect("there is a network").between.clone();
    scenario
        .interventions
        .push(Intervention { after: Moment::start_of(at_us), action: Action::PullCable { between } });
    (
        lesson.run(&values).expect("it runs"),
        lesson.run_scenario(&values, scenario).expect("it runs without the cable"),
    )
}

#[test]
fn a_pulled_cable_changes_no_course_and_no_variant() {
    let mut missing = 0;
    for lesson in all() {
        for tenth in [2, 5, 8] {
            let end =
                lesson.run(&KnobValues::defaults(lesson)).expect("it runs").steps.last().map(|step| step.at);
            let at_us = Instant::from_millis(end.expect("it has steps").as_micros() / 10_000 * tenth);
            let (unbroken, broken) = unbroken_and_broken(lesson, at_us);
            assert_eq!(broken.course, unbroken.course, "{}", lesson.id);
            for mark in &broken.steps {
                let place = format!("{}: {} at {at_us}", lesson.id, mark.id);
                match mark.absent {
                    Some(reason) => {
                        assert_eq!(reason, NOT_IN_THIS_RUN, "{place}");
                        missing += 1;
                    }
                    None => assert_eq!(broken.variant(mark.id), unbroken.variant(mark.id), "{place}"),
                }
            }
            for language in Language::ALL {
                for step in broken.story(language) {
                    let shown = format!("{} {:?} {:?}", step.title, step.body, step.question);
                    assert!(!shown.contains("{{"), "{}: {shown}", lesson.id);
                }
            }
        }
    }
    assert!(missing > all().len(), "{missing}");
}

/// The reset arrives because the server closed both directions; it did so before the cable was pulled.
#[test]
fn without_a_cable_the_story_of_the_reset_is_still_that_of_close() {
    let lesson = find("reset").expect("it is in the registry");
    let (unbroken, broken) = unbroken_and_broken(lesson, Instant::from_millis(900));
    assert!(unbroken.step("rst").is_some() && broken.step("rst").is_none());
    let title = |run: &Run| {
        let story = run.story(Language::English);
        story.into_iter().find(|step| step.id == "close").map(|step| step.title)
    };
    assert!(title(&broken).is_some() && title(&broken) == title(&unbroken));
}
