//! Every lesson, in both languages, can be walked to its end and back, and its links lead to the same pictures.

use anyhow::{Context, Result, bail, ensure};
use playground_lessons::{KnobValues, Language, Lesson, Step};
use playground_tests::{Scheme, Visit, first_difference, on_each};

#[test]
fn every_lesson_is_walked_to_its_end_and_back() -> Result<()> {
    let lessons = playground_lessons::all().iter().copied();
    let cases: Vec<(&'static Lesson, Language)> =
        lessons.flat_map(|lesson| Language::ALL.map(|language| (lesson, language))).collect();
    on_each(
        &cases,
        |(lesson, language)| format!("{} in {}", lesson.id, language.tag()),
        |visit, (lesson, language)| {
            // Steps jump, so that there is something to compare at once.
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.leave_undrawn()?;
            walk(visit, lesson, *language)
        },
    )
}

#[test]
fn the_map_leads_to_every_lesson_and_back_leads_to_the_one_before() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("lang=en")?;
    let mut before = browser.eval("return document.title")?;
    for (place, lesson) in playground_lessons::all().iter().enumerate() {
        browser.press("m")?;
        browser.wait_for("dialog.lesson-map[open]")?;
        let lessons = browser.count("dialog.lesson-map .lesson")?;
        ensure!(lessons == playground_lessons::all().len(), "the map shows {lessons} lessons");
        let title = lesson.text(Language::English).title.clone();
        visit.browser.eval(&format!(
            "[...document.querySelectorAll('dialog.lesson-map .lesson')]
                .find((lesson) => lesson.querySelector('strong').textContent === {title:?}).click()"
        ))?;
        browser
            .wait_until(&format!("return document.title.startsWith({title:?})"))
            .with_context(|| format!("the map does not lead to {}", lesson.id))?;
        browser.wait_until("return document.querySelector('dialog') === null")?;
        visit.wait_for_parameter("lesson", Some(lesson.id))?;
        if place > 0 {
            browser.eval("history.back()")?;
            browser
                .wait_until(&format!("return document.title === {before}"))
                .with_context(|| format!("back from {} does not lead to {before}", lesson.id))?;
            browser.eval("history.forward()")?;
            browser
                .wait_until(&format!("return document.title.startsWith({title:?})"))
                .with_context(|| format!("forward does not lead to {} again", lesson.id))?;
        }
        before = browser.eval("return document.title")?;
    }
    visit.expect_no_errors()
}

/// Forwards by key, backwards by key, and every link on its own.
fn walk(visit: &Visit, lesson: &'static Lesson, language: Language) -> Result<()> {
    let run = lesson.run(&KnobValues::defaults(lesson)).context("the lesson does not run")?;
    let story = run.story(language);
    visit.follow(&format!("v=1&lesson={}&tab=ladder&lang={}", lesson.id, language.tag()))?;
    let mut seen: Vec<(String, String)> = Vec::new();
    for (number, step) in (1..).zip(&story) {
        let looked = (|| -> Result<(String, String)> {
            if number > 1 {
                visit.browser.press("ArrowRight")?;
            }
            is_told(visit, step, number, story.len(), language)?;
            visit.wait_for_parameter("step", Some(&number.to_string()))?;
            Ok((visit.picture()?, visit.browser.url()?))
        })();
        seen.push(looked.with_context(|| format!("forwards, step {number} ({})", step.id))?);
    }
    for (pair, steps) in seen.windows(2).zip(story.windows(2)) {
        let moved = steps[0].at != steps[1].at;
        ensure!(!moved || pair[0].0 != pair[1].0, "steps {} and {} look the same", steps[0].id, steps[1].id);
    }
    visit.browser.press("ArrowRight")?;
    visit.wait_for_step(story.len()).context("beyond the last step")?;
    for (place, step) in story.iter().enumerate().rev() {
        let number = place + 1;
        (|| {
            if number < story.len() {
                visit.browser.press("ArrowLeft")?;
            }
            is_told(visit, step, number, story.len(), language)?;
            is_same(visit, &seen[place].0)
        })()
        .with_context(|| format!("backwards, step {number} ({})", step.id))?;
    }
    visit.browser.press("ArrowLeft")?;
    visit.wait_for_step(1).context("before the first step")?;
    visit.expect_no_errors()?;
    let leads_there = |place: usize, open: &dyn Fn(&str) -> Result<()>| {
        let (picture, address) = &seen[place];
        let (number, step) = (place + 1, &story[place]);
        let looked = open(address).and_then(|()| {
            is_told(visit, step, number, story.len(), language)?;
            is_same(visit, picture)
        });
        looked.with_context(|| format!("the link of step {number} ({}), {address}", step.id))
    };
    for place in 0..story.len() {
        leads_there(place, &|address| visit.follow_address(address))?;
    }
    // Into a page that is loaded, the same: the middle for some, the end for others.
    let loaded = match language {
        Language::Korean => story.len() / 2,
        Language::English => story.len() - 1,
    };
    leads_there(loaded, &|address| visit.open_address(address))?;
    visit.expect_no_errors()
}

/// The page tells what the run, computed here, has to tell.
fn is_told(visit: &Visit, step: &Step, number: usize, count: usize, language: Language) -> Result<()> {
    visit.wait_for_step(number)?;
    visit.wait_for_title(&step.title)?;
    let told = visit.told()?;
    ensure!(told.step == number && told.steps == count, "step {} of {}", told.step, told.steps);
    ensure!(!told.body.trim().is_empty(), "nothing stands below the caption {:?}", told.title);
    ensure!(told.absent == step.absent, "the page says that it does not happen: {}", told.absent);
    let korean = |text: &str| text.chars().any(|letter| ('가'..='힣').contains(&letter));
    let fits = match language {
        Language::Korean => korean(&told.title) && korean(&told.body),
        Language::English => !korean(&told.title) && !korean(&told.body),
    };
    ensure!(fits, "not in {}: {:?}", language.tag(), told.title);
    ensure!(told.unfilled.is_none(), "an unfilled place is shown: {:?}", told.unfilled);
    ensure!(told.language == language.tag(), "<html lang> is {:?}", told.language);
    Ok(())
}

fn is_same(visit: &Visit, picture: &str) -> Result<()> {
    match first_difference(picture, &visit.picture()?) {
        None => Ok(()),
        Some(difference) => bail!("not the picture seen on the way forwards: {difference}"),
    }
}
