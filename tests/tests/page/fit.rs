//! The story always fits: what a step says, its question, every answer and the way on are in sight together, at the
//! three sizes of a desktop, in both languages; and each step has its hero.

use anyhow::{Context, Result, ensure};
use playground_lessons::{KnobValues, Language, Lesson};
use playground_tests::{Scheme, World, on_each};
use serde_json::{Value, json};

const WALK: &str = include_str!("fit/walk.js");
const TYPE: &str = include_str!("fit/type.js");
const VOTE: &str = include_str!("fit/vote.js");

const SCREENS: [(u32, u32); 3] = [(1440, 900), (1366, 768), (1280, 720)];
/// Lessons that one script walks; a script has half a minute.
const AT_ONCE: usize = 3;

#[test]
fn every_step_question_and_answer_is_in_sight_with_the_way_on() -> Result<()> {
    let cases: Vec<((u32, u32), Language)> =
        SCREENS.into_iter().flat_map(|screen| Language::ALL.map(|language| (screen, language))).collect();
    on_each(
        &cases,
        |((width, height), language)| format!("{width}x{height} in {}", language.tag()),
        |visit, ((width, height), language)| {
            visit.browser.set_viewport(*width, *height)?;
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.open(&format!("v=1&lang={}", language.tag()))?;
            visit.leave_undrawn()?;
            in_all_lessons(visit, *language, described, WALK)?;
            visit.expect_no_errors()
        },
    )
}

/// On a desktop and in a slide.
#[test]
fn type_is_never_smaller_than_thirteen_pixels() -> Result<()> {
    let places =
        [((1440, 900), ".hero-region, .strip-region", ""), ((960, 540), ".embed-picture", "&embed=1")];
    let cases: Vec<_> =
        places.into_iter().flat_map(|place| Language::ALL.map(|language| (place, language))).collect();
    on_each(
        &cases,
        |(((width, height), ..), language)| format!("{width}x{height} in {}", language.tag()),
        |visit, (((width, height), place, extra), language)| {
            visit.browser.set_viewport(*width, *height)?;
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.open(&format!("v=1&lang={}{extra}", language.tag()))?;
            visit.leave_undrawn()?;
            let script = format!("const where = {}; const extra = {}; {TYPE}", json!(place), json!(extra));
            in_all_lessons(visit, *language, counted, &script)?;
            visit.expect_no_errors()
        },
    )
}

#[test]
fn a_question_in_a_slide_leaves_the_picture_its_room() -> Result<()> {
    on_each(
        &Language::ALL,
        |language| language.tag().to_owned(),
        |visit, language| {
            visit.browser.set_viewport(960, 540)?;
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.open(&format!("v=1&lang={}&embed=1&question=1", language.tag()))?;
            visit.leave_undrawn()?;
            in_all_lessons(visit, *language, described, VOTE)?;
            visit.expect_no_errors()
        },
    )
}

/// Runs a script over the lessons, some at a time; the list of problems that it returns must be empty.
fn in_all_lessons(
    visit: &World,
    language: Language,
    described: fn(&'static Lesson, Language) -> Result<Value>,
    script: &str,
) -> Result<()> {
    let mut problems = Vec::new();
    for lessons in playground_lessons::all().chunks(AT_ONCE) {
        let lessons: Result<Vec<Value>> = lessons.iter().map(|lesson| described(lesson, language)).collect();
        let (tag, lessons) = (json!(language.tag()), json!(lessons?));
        let script = format!("const language = {tag}; const lessons = {lessons}; {script}");
        let found = visit.browser.eval_async(&script)?;
        problems.extend(found.as_array().context("no list of problems")?.iter().cloned());
    }
    ensure!(problems.is_empty(), "{:#}", json!(problems));
    Ok(())
}

/// A lesson and its number of steps.
fn counted(lesson: &'static Lesson, language: Language) -> Result<Value> {
    let run = lesson.run(&KnobValues::defaults(lesson))?;
    Ok(json!({ "id": lesson.id, "steps": run.story(language).len() }))
}

/// What the script needs to know of a lesson.
fn described(lesson: &'static Lesson, language: Language) -> Result<Value> {
    let run = lesson.run(&KnobValues::defaults(lesson))?;
    let story = run.story(language);
    let right: Vec<Option<usize>> = story
        .iter()
        .map(|step| step.question.as_ref()?.options.iter().position(|option| option.correct))
        .collect();
    let heroes: Vec<&str> = story
        .iter()
        .map(|told| lesson.steps.iter().find(|step| step.id == told.id).map_or("", |step| step.hero.name()))
        .collect();
    Ok(json!({ "id": lesson.id, "heroes": heroes, "right": right }))
}
