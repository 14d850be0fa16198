//! The list of lessons.

use core::fmt::Write as _;

use playground_lessons::{KnobValues, Language, Lesson, all};

/// One line a lesson: id, steps, predictions, knobs, challenge, languages.
pub fn lines() -> String {
    let width = all().iter().map(|lesson| lesson.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for lesson in all() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:width$}  {}", lesson.id, facts(lesson));
    }
    text
}

fn facts(lesson: &'static Lesson) -> String {
    // The predictions are in the text; a run tells which of its tellings holds.
    let predictions = lesson
        .run(&KnobValues::defaults(lesson))
        .map_or(0, |run| run.story(Language::English).iter().filter(|step| step.question.is_some()).count());
    let knobs: Vec<&str> = lesson.knobs.iter().map(|knob| knob.id).collect();
    let challenge = lesson.challenge.map_or("none", |challenge| challenge.id);
    let languages: Vec<&str> = [Language::Korean, Language::English]
        .into_iter()
        .filter(|language| !lesson.text(*language).title.is_empty())
        .map(Language::tag)
        .collect();
    format!(
        "steps {}  predictions {predictions}  knobs {}  challenge {challenge}  languages {}",
        lesson.steps.len(),
        knobs.join(","),
        languages.join(",")
    )
}
