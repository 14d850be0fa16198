//! Handouts and sheets of every lesson.

use playground_drawing::{Hero, Theme};
use playground_lessons::{KnobValues, Language, Run, all};
use playground_stills::{Plain, handout, sheet};

fn each(look: impl Fn(&Run, Language)) {
    for lesson in all() {
        let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
        Language::ALL.into_iter().for_each(|language| look(&run, language));
    }
}

#[test]
fn a_handout_has_every_step_and_the_note() {
    let plain = Plain::new(Theme::Light);
    each(|run, language| {
        let html = handout(run, language, &plain);
        let name = format!("{} {language}", run.lesson.id);
        assert_eq!(html.matches("<section class=\"step\">").count(), run.steps.len(), "{name}");
        let drawn = run.steps.iter().filter(|mark| Hero::exists(mark.hero, &run.trace)).count();
        assert_eq!(html.matches("<svg ").count(), drawn, "{name}");
        assert!(html.matches("<h3>").count() >= 3, "{name}");
        for word in ["{{", "<script", " style=", "var("] {
            assert!(!html.contains(word), "{name}: {word}");
        }
    });
}

/// Each blank of the first page is filled on the second, and nothing of the answers is on the first.
#[test]
fn a_sheet_has_its_answers_on_the_second_page() {
    each(|run, language| {
        let html = sheet(run, language);
        let (first, second) = html.split_once("<section class=\"page\">").expect("two pages");
        let name = format!("{} {language}", run.lesson.id);
        let blanks = first.matches("class=\"blank\"").count();
        assert!(blanks >= 2, "{name}: {blanks} blanks");
        assert_eq!(second.matches("class=\"filled\"").count(), blanks, "{name}");
        assert!(!first.contains("class=\"filled\"") && !first.contains("class=\"right\""), "{name}");
        let questions = run.story(language).iter().filter(|step| step.question.is_some()).count();
        assert_eq!(second.matches("class=\"right\"").count(), questions, "{name}");
        assert!(!html.contains("{{"), "{name}");
    });
}
