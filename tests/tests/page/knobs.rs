//! What if: every knob, broken requests, and challenges.

use anyhow::{Context, Result, ensure};
use playground_core::event::Event;
use playground_lessons::{Knob, KnobKind, KnobValues, Language, Lesson, Run};
use playground_tests::{Scheme, Visit, on_each};

#[test]
fn every_knob_can_be_turned_and_turned_back() -> Result<()> {
    let lessons = playground_lessons::all().iter().copied();
    let cases: Vec<(&'static Lesson, &'static Knob)> =
        lessons.flat_map(|lesson| lesson.knobs.iter().map(move |knob| (lesson, knob))).collect();
    on_each(
        &cases,
        |(lesson, knob)| format!("{}, knob {}", lesson.id, knob.id),
        |visit, (lesson, knob)| {
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.leave_undrawn()?;
            turn(visit, lesson, knob)
        },
    )
}

/// The run with these values.
fn run(lesson: &'static Lesson, turned: &[(&str, &str)]) -> Result<Run> {
    let mut values = KnobValues::defaults(lesson);
    for (id, value) in turned {
        values.set(lesson, id, value)?;
    }
    lesson.run(&values).context("these values do not run")
}

/// Turns a knob there and back while a step in the middle is told, then looks at the last step.
fn turn(visit: &Visit, lesson: &'static Lesson, knob: &Knob) -> Result<()> {
    let mut id = lesson.steps[lesson.steps.len().div_ceil(2) - 1].id;
    let step = lesson.steps.len().div_ceil(2);
    let plain = format!("v=1&lesson={}&step={step}&lang=en", lesson.id);
    visit.follow(&plain)?;
    tells_the_run(visit, lesson, &[], step)?;
    let words = lesson.text(Language::English).knob(knob.id).context("the text has no words for the knob")?;
    visit.browser.eval_async("return look.openKnobs()")?;
    let labels = visit.browser.eval(&format!("return {FIND_KNOB}('{}').length", knob.id))?;
    ensure!(labels == 1, "{labels} controls for it (label {:?})", words.label);
    for value in choices(knob) {
        (|| {
            set(visit, knob, &value)?;
            let default = value == knob.default_value();
            visit.wait_for_parameter(knob.id, (!default).then_some(&*value))?;
            // The page stays at the step, or at the card that tells it together with others.
            let run = run(lesson, &[(knob.id, &value)])?;
            let (step, last) = (run.place(id) + 1, run.steps.len());
            id = run.steps[step - 1].id;
            tells_the_run(visit, lesson, &[(knob.id, &value)], step)?;
            end(visit, &run, step)?;
            tells_the_run(visit, lesson, &[(knob.id, &value)], last)?;
            visit.browser.press_all(&vec!["ArrowLeft"; last - step])?;
            visit.wait_for_step(step)?;
            visit.expect_no_errors()
        })()
        .with_context(|| format!("at {value:?}"))?;
    }
    // What was turned is in the address.
    let value = &choices(knob)[0];
    set(visit, knob, value)?;
    visit.wait_for_parameter(knob.id, Some(value))?;
    let address = visit.browser.url()?;
    visit.follow(&plain)?;
    tells_the_run(visit, lesson, &[], step)?;
    visit.follow_address(&address)?;
    let step = run(lesson, &[(knob.id, value)])?.place(id) + 1;
    tells_the_run(visit, lesson, &[(knob.id, value)], step).context("opened again by its address")?;
    visit.expect_no_errors()
}

/// Goes from a step to the last by End, which stops at each question that is open; each is answered rightly.
fn end(visit: &Visit, run: &Run, from: usize) -> Result<()> {
    let story = run.story(Language::English);
    for (number, step) in (1..).zip(&story).skip(from - 1) {
        let Some(question) = &step.question else { continue };
        visit.browser.press("End")?;
        visit.browser.wait_until(&format!("return look.count().step >= {number}"))?;
        if visit.told()?.step == number && visit.browser.count(".question:not(.solved)")? > 0 {
            let right = question.options.iter().position(|option| option.correct).context("none is right")?;
            visit.browser.press(&(right + 1).to_string())?;
            visit.browser.wait_for(".question.solved")?;
        }
    }
    visit.browser.press("End")
}

/// A JavaScript function that finds the control of a knob.
const FIND_KNOB: &str = "((id) => [...document.querySelectorAll('.knobs .knob, .knobs .request')].filter((knob) =>
    knob.querySelector(`#knob-${id}, #knob-help-${id}, [name=knob-${id}], [aria-describedby~=knob-help-${id}]`)))";

/// The values to try: another one and the default. That the story is told at every value is asked of the registry,
/// without a browser; here it is asked whether the control does what it should.
fn choices(knob: &Knob) -> Vec<String> {
    let other = match knob.kind {
        KnobKind::Choice { values, default } => values
            .iter()
            .rev()
            .find(|value| **value != values[default])
            .copied()
            .unwrap_or_default()
            .to_owned(),
        KnobKind::Range { min, max, default, .. } => if default == max { min } else { max }.to_string(),
        KnobKind::Text { default, .. } => default.lines().next().unwrap_or_default().to_owned() + "\n",
    };
    vec![other, knob.default_value().to_owned()]
}

/// Turns a knob as a person does, except that the pointer is not moved there.
fn set(visit: &Visit, knob: &Knob, value: &str) -> Result<()> {
    let find = format!("const [knob] = {FIND_KNOB}('{}');", knob.id);
    visit.browser.eval_async(&format!(
            "await look.openKnobs();
             {find}
             const radio = [...knob.querySelectorAll('input[type=radio]')].find((radio) => radio.value === {value:?});
             if (radio) {{ radio.click(); return; }}
             const field = knob.querySelector('select, input[type=range], textarea');
             field.value = {value:?};
             if (field.value !== {value:?}) throw new Error('the control does not take the value');
             field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', {{ bubbles: true }}));"
        ))
        .map(drop)
}

/// The page tells this step of the run with these values, as the run computed here has it.
fn tells_the_run(visit: &Visit, lesson: &'static Lesson, turned: &[(&str, &str)], step: usize) -> Result<()> {
    let story = run(lesson, turned)?.story(Language::English);
    let expected = &story[step - 1];
    visit.wait_for_step(step)?;
    visit.wait_for_title(&expected.title).with_context(|| format!("step {step}"))?;
    let told = visit.told()?;
    ensure!(told.absent == expected.absent, "step {step} says that it is absent: {}", told.absent);
    ensure!(!told.body.trim().is_empty(), "step {step} (absent: {}) explains nothing", told.absent);
    ensure!(visit.browser.count(".story-foot > .problem")? == 0, "a problem is shown");
    Ok(())
}

#[test]
fn a_malformed_request_shows_the_reason_of_its_400() -> Result<()> {
    let mut cases = Vec::new();
    for lesson in playground_lessons::all() {
        for knob in lesson.knobs {
            let KnobKind::Text { default, .. } = knob.kind else { continue };
            cases.extend(malformed(default).into_iter().map(|(what, text)| (*lesson, knob, what, text)));
        }
    }
    on_each(
        &cases,
        |(lesson, knob, what, _)| format!("{}, {}: {what}", lesson.id, knob.id),
        |visit, (lesson, knob, _, text)| {
            visit.browser.set_preferences(Scheme::Light, true)?;
            refused(visit, lesson, knob, text)
        },
    )
}

/// Heads that a server must not take.
fn malformed(default: &str) -> Vec<(&'static str, String)> {
    vec![
        ("no version", default.replacen(" HTTP/1.", " HTTP1", 1)),
        ("a space before the colon", default.replacen(':', " :", 1)),
        ("no colon", default.replacen(':', "", 1)),
    ]
}

fn refused(visit: &Visit, lesson: &'static Lesson, knob: &Knob, text: &str) -> Result<()> {
    let mut values = KnobValues::defaults(lesson);
    values.set(lesson, knob.id, text)?;
    let run = lesson.run(&values)?;
    let rejected = run.trace.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageRejected { error, .. } => Some(error.at.line),
        _ => None,
    });
    let line = rejected.context("the run itself takes this head")?;
    // From the last step on the whole run is shown; an open question would hide a refusal that comes after it.
    let count = lesson.steps.len();
    visit.follow(&format!("v=1&lesson={}&step={count}&lang=en", lesson.id))?;
    tells_the_run(visit, lesson, &[], count)?;
    let error = format!("#knob-error-{}", knob.id);
    let field = format!("#knob-{}", knob.id);
    visit.browser.eval_async("return look.openKnobs()")?;
    ensure!(visit.browser.text(&error)?.is_empty(), "a reason is shown before anything is wrong");
    set(visit, knob, text)?;
    visit
        .browser
        .wait_until(&format!(
            "return document.querySelector('{error}').textContent.startsWith('Line {line}: ')"
        ))
        .with_context(|| format!("no reason that names line {line}: {:?}", visit.browser.text(&error)))?;
    let reason = visit.browser.text(&error)?;
    ensure!(reason.contains("400"), "the reason does not name the answer: {reason:?}");
    ensure!(reason.split_whitespace().count() > 8, "no reason: {reason:?}");
    let shown = visit.browser.eval(&format!("return look.isShown(document.querySelector('{error}'))"))?;
    ensure!(shown == true, "the reason is hidden");
    ensure!(
        visit.browser.attribute(&field, "aria-invalid")?.as_deref() == Some("true"),
        "the field is not marked"
    );
    ensure!(visit.browser.count(".request .lines .bad")? == 1, "the line is not marked");
    // Back again, as a person does it.
    set(visit, knob, &knob.default_value())?;
    visit
        .browser
        .wait_until(&format!("return document.querySelector('{error}').textContent === ''"))
        .context("the reason stays when the head is well again")?;
    let card = run.steps[run.place(lesson.steps[count - 1].id)].id;
    tells_the_run(visit, lesson, &[], self::run(lesson, &[])?.place(card) + 1)?;
    set(visit, knob, text)?;
    visit.browser.wait_until(&format!("return document.querySelector('{error}').textContent !== ''"))?;
    visit.browser.eval("document.activeElement.blur()")?;
    visit.browser.press("r")?;
    tells_the_run(visit, lesson, &[], 1)?;
    // An open question of the first step has folded the knobs.
    visit.browser.eval_async("return look.openKnobs()")?;
    visit
        .browser
        .wait_until(&format!("return document.querySelector('{field}').value === {:?}", knob.default_value()))
        .context("R does not restore the head")?;
    visit.expect_no_errors()
}

#[test]
fn a_request_is_edited_with_the_keyboard() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("v=1&lesson=dumb-proxy&step=3&lang=en")?;
    browser.click(".what-if-line")?;
    browser.wait_for("details.request summary")?;
    browser.click("details.request summary")?;
    browser.click("#knob-request")?;
    // At the end of the first line, where the version stands.
    visit.browser.eval("document.querySelector('#knob-request').setSelectionRange(15, 15)")?;
    browser.press_all(&["Backspace", "x"])?;
    browser
        .wait_until("return document.querySelector('#knob-error-request').textContent.startsWith('Line 1: ')")
        .context("a version HTTP/1.x is not refused")?;
    let kept = visit.browser.eval(
        "const field = document.querySelector('#knob-request');
        return [document.activeElement === field, field.selectionStart, field.value.slice(0, 15)]",
    )?;
    ensure!(kept == serde_json::json!([true, 15, "GET /a HTTP/1.x"]), "focus, caret, text: {kept}");
    browser.press_all(&["Backspace", "0"])?;
    browser
        .wait_until("return document.querySelector('#knob-error-request').textContent === ''")
        .context("editing back does not recover")?;
    visit.wait_for_parameter("request", None)?;
    ensure!(visit.told()?.step == 3, "editing led to step {}", visit.told()?.step);
    visit.expect_no_errors()
}

#[test]
fn every_challenge_is_solved_by_its_solution() -> Result<()> {
    let challenges = playground_lessons::all().iter().filter_map(|lesson| Some((*lesson, lesson.challenge?)));
    on_each(
        &challenges.collect::<Vec<_>>(),
        |(lesson, _)| lesson.id.to_owned(),
        |visit, (lesson, challenge)| {
            visit.browser.set_preferences(Scheme::Light, true)?;
            let link = format!("v=1&lesson={}&step={}&lang=en", lesson.id, lesson.steps.len());
            visit.follow(&link)?;
            tells_the_run(visit, lesson, &[], lesson.steps.len())?;
            visit.browser.eval_async("return look.openChallenge()")?;
            visit.browser.wait_for(".story .challenge")?;
            ensure!(visit.browser.count(".challenge.solved")? == 0, "it is solved before anything is done");
            let missing = visit.browser.eval(
                "return [...document.querySelectorAll('.challenge .measures strong')]
                .filter((value) => !value.textContent.trim()).length",
            )?;
            ensure!(missing == 0, "{missing} measures show no value");
            visit.browser.eval(
                "const [, solution] = document.querySelectorAll('.challenge .helps details');
                solution.open = true; solution.querySelector('button').click()",
            )?;
            is_solved(visit).context("by the page")?;
            // Not solved again, so that what comes next is the link's doing.
            visit.follow(&link)?;
            visit.browser.wait_until("return document.querySelector('.challenge.solved') === null")?;
            let mut query = url::form_urlencoded::Serializer::new(link);
            query.extend_pairs(challenge.solution);
            visit.follow(&query.finish())?;
            visit.browser.eval_async("return look.openChallenge()")?;
            is_solved(visit).context("by link")
        },
    )
}

fn is_solved(visit: &Visit) -> Result<()> {
    visit.browser.wait_for(".story .challenge.solved .verdict").context("it is not shown as solved")?;
    ensure!(
        visit.browser.count(".challenge .measures .not-ok")? == 0,
        "solved, but a measure is not as it should be"
    );
    visit.expect_no_errors()
}
