//! Every lesson, in both languages, can be walked to its end and back, and its links lead to the same pictures.

use anyhow::{Context, Result, bail, ensure};
use playground_core::event::Event;
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

/// Forwards by key, with every question answered on the way, backwards by key, and every link on its own.
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
            let looked = (visit.picture()?, visit.browser.url()?);
            answer(visit, step)?;
            Ok(looked)
        })();
        seen.push(looked.with_context(|| format!("forwards, step {number} ({})", step.id))?);
    }
    for (pair, steps) in seen.windows(2).zip(story.windows(2)) {
        let moved = steps[0].at != steps[1].at;
        ensure!(!moved || pair[0].0 != pair[1].0, "steps {} and {} look the same", steps[0].id, steps[1].id);
    }
    visit.browser.press("ArrowRight")?;
    visit.browser.wait_for(".telling .challenge, .telling.closing").context("beyond the last step")?;
    visit.browser.eval("document.querySelector('.story-foot > .quiet').click()")?;
    visit.wait_for_step(story.len()).context("back from beyond the last step")?;
    // Up to the last question the pictures forwards ended at the step; now that all are answered they go on.
    let whole = story.iter().rposition(|step| step.question.is_some()).map_or(0, |last| last + 1);
    for (place, step) in story.iter().enumerate().rev() {
        let number = place + 1;
        (|| {
            if number < story.len() {
                visit.browser.press("ArrowLeft")?;
            }
            is_told(visit, step, number, story.len(), language)?;
            if place >= whole { is_same(visit, &seen[place].0) } else { Ok(()) }
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

/// Answers the step's question, if it has one.
fn answer(visit: &Visit, step: &Step) -> Result<()> {
    let Some(question) = &step.question else { return Ok(()) };
    let right = question.options.iter().position(|option| option.correct).context("none is right")?;
    visit.browser.press(&(right + 1).to_string())?;
    visit.browser.wait_for(".question.solved").map(drop)
}

/// While a question is open, no mark on the page is of an entry that comes after it.
#[test]
fn nothing_is_drawn_beyond_an_open_question() -> Result<()> {
    let mut questions = Vec::new();
    for lesson in playground_lessons::all() {
        let run = lesson.run(&KnobValues::defaults(lesson))?;
        let story = run.story(Language::English);
        let asking = (1..).zip(story).filter(|(_, step)| step.question.is_some());
        // Where no packet was sent there may be nothing to mark.
        let sent = run.trace.entries.iter().position(|entry| matches!(entry.event, Event::PacketSent { .. }));
        let is_marked = |step: &Step| sent.is_some_and(|sent| sent < step.index as usize);
        questions.extend(asking.map(|(number, step)| (*lesson, number, step.index, is_marked(&step))));
    }
    on_each(
        &questions,
        |(lesson, number, ..)| format!("{}, step {number}", lesson.id),
        |visit, (lesson, number, index, is_marked)| {
            visit.browser.set_preferences(Scheme::Light, true)?;
            let mut marks = 0;
            for view in ["", "&tab=stage", "&tab=ladder", "&tab=packets"] {
                visit.follow(&format!("v=1&lesson={}&step={number}&lang=en{view}", lesson.id))?;
                visit.wait_for_step(*number)?;
                // A key and a pull at the scrubber lead no further.
                visit.browser.press_all(&["ArrowRight", "End"])?;
                visit.browser.eval(
                    "const scrubber = document.querySelector('.scrubber input');
                     scrubber.value = scrubber.max; scrubber.dispatchEvent(new Event('input', { bubbles: true }))",
                )?;
                visit.wait_for_step(*number)?;
                let seen = visit.browser.eval_async(
                    "await look.frames(3);
                     const page = document.querySelector('[data-horizon]');
                     const entries = [...document.querySelectorAll('[data-entry]')].map((mark) => Number(mark.dataset.entry));
                     return { horizon: page && Number(page.dataset.horizon), count: entries.length, last: Math.max(-1, ...entries) }",
                )?;
                let horizon =
                    seen["horizon"].as_u64().with_context(|| format!("{view}: no horizon: {seen}"))?;
                ensure!(horizon <= u64::from(*index), "{view}: shown up to entry {horizon}, not {index}");
                let last = seen["last"].as_i64().context("no number")?;
                ensure!(last < horizon as i64, "{view}: a mark of entry {last}, beyond {horizon}");
                marks += seen["count"].as_u64().unwrap_or(0);
            }
            ensure!(marks > 0 || !is_marked, "no mark names its entry");
            visit.expect_no_errors()
        },
    )
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
