//! The keyboard: where each key leads, whose key it is, and that the focus is never lost.

use anyhow::{Context, Result, bail, ensure};
use playground_lessons::{KnobValues, Language, Step};
use playground_tests::{Findings, Scheme, Visit, on_each, parse_keys};

/// A lesson with questions, knobs of all kinds and many steps.
const LESSON: &str = "dumb-proxy";

fn story() -> Result<Vec<Step>> {
    let lesson = playground_lessons::find(LESSON).context("the lesson is gone")?;
    Ok(lesson.run(&KnobValues::defaults(lesson))?.story(Language::English))
}

/// Opens a step of the lesson, with the focus on nothing.
fn open(visit: &Visit, step: usize) -> Result<()> {
    open_with(visit, step, "")
}

fn open_with(visit: &Visit, step: usize, more: &str) -> Result<()> {
    visit.open(&format!("v=1&lesson={LESSON}&step={step}&lang=en{more}"))?;
    visit.wait_for_step(step)
}

/// A question keeps the next step back until it is answered, and an animation is completed before the next begins.
#[test]
fn keys_lead_to_steps() -> Result<()> {
    let visit = Visit::begin()?;
    let story = story()?;
    let last = story.len();
    let asks = |from: usize| {
        let question = story[from - 1..].iter().position(|step| step.question.is_some());
        question.map_or(last, |place| from + place)
    };
    ensure!(asks(1) == 2 && asks(3) == 4, "the lesson asks elsewhere than this table expects");
    // From which step, which keys, pressed as fast as can be, to which step: animated, and with less motion.
    let table = [
        (1, "ArrowRight", 2, 2),
        (1, "PageDown", 2, 2),
        (3, "ArrowLeft", 2, 2),
        (3, "PageUp", 2, 2),
        (3, "Home", 1, 1),
        (3, "End", asks(3), asks(3)),
        (1, "ArrowLeft*3", 1, 1),
        (1, "ArrowRight*30", asks(1), asks(1)),
        (last, "ArrowLeft*30", 1, 1),
        (last, "Home ArrowRight*6 ArrowLeft*2", 2, 5),
        (last, "PageUp*4 PageDown*2", last - 3, last - 2),
        (last, "End ArrowLeft*2 Home ArrowRight*4", 3, 5),
        (4, "ArrowUp ArrowDown Enter", 4, 4),
    ];
    let mut findings = Findings::default();
    for less_motion in [false, true] {
        visit.browser.set_preferences(Scheme::Light, less_motion)?;
        for (from, keys, animated, jumped) in table {
            let to = if less_motion { jumped } else { animated };
            findings.case(&format!("less motion {less_motion}, from step {from}: {keys}"), || {
                visit.follow(&format!("v=1&lesson={LESSON}&step={from}&lang=en"))?;
                visit.wait_for_step(from)?;
                visit.browser.press_all(&parse_keys(keys)?)?;
                visit.wait_for_step(to)?;
                // It is still there when everything has come to rest, and the address says so.
                at_rest(&visit)?;
                visit.wait_for_parameter("step", Some(&to.to_string()))?;
                visit.wait_for_step(to)
            });
        }
    }
    visit.expect_no_errors()?;
    findings.report()
}

/// The next step, asked for while a question is open, leads to the question.
#[test]
fn the_next_step_leads_to_an_open_question_first() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    open(&visit, 2)?;
    for key in ["ArrowRight", "Space"] {
        browser.eval("document.activeElement.blur()")?;
        browser.press(key)?;
        browser
            .wait_until("return document.activeElement.matches('.question')")
            .with_context(|| format!("{key} does not lead to the question"))?;
        ensure!(visit.told()?.step == 2, "{key} passes an open question");
    }
    // A wrong answer offers to show the right one, and then the words wait for the animation.
    let question = story()?[1].question.clone().context("nothing is asked")?;
    let wrong = 1 + question.options.iter().position(|option| !option.correct).context("none is wrong")?;
    ensure!(browser.count(".question > .quiet")? == 0, "the answer can be shown before a try");
    browser.press(&wrong.to_string())?;
    browser.wait_for(".question > .quiet").context("a wrong answer offers nothing")?;
    browser.click(".question > .quiet")?;
    browser.wait_for(".question.solved").context("the answer is not shown")?;
    let before = visit.told()?.title;
    browser.press("ArrowRight")?;
    is_playing(&visit, true)?;
    ensure!(visit.told()?.title == before, "the words come before the animation");
    at_rest(&visit)?;
    visit.wait_for_step(3)?;
    visit.expect_no_errors()
}

#[test]
fn space_plays_to_the_next_step_and_pauses() -> Result<()> {
    let visit = Visit::begin()?;
    open(&visit, 1)?;
    visit.browser.press("Space")?;
    is_playing(&visit, true).context("after Space")?;
    visit.browser.press("Space")?;
    is_playing(&visit, false).context("after Space and Space")?;
    visit.browser.press("Space")?;
    at_rest(&visit).context("playing does not stop at a step")?;
    visit.wait_for_step(2)?;
    // A button that has the focus keeps its Space.
    open(&visit, 1)?;
    visit.browser.eval("document.querySelector('.tools .open-share').focus()")?;
    visit.browser.press("Space")?;
    visit.browser.wait_for("dialog.share[open]").context("Space does not press the button in focus")?;
    ensure!(visit.told()?.step == 1, "Space pressed a button and played as well");
    visit.browser.press("Escape")?;
    is_playing(&visit, false).context("Space pressed a button")?;
    // With less motion, playing is going to the next step.
    visit.browser.set_preferences(Scheme::Light, true)?;
    open(&visit, 1)?;
    visit.browser.press("Space")?;
    visit.wait_for_step(2)?;
    visit.expect_no_errors()
}

#[test]
fn dialogs_open_and_close_by_key_and_give_the_focus_back() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    open(&visit, 2)?;
    // The button that opens it, the key that does.
    for (dialog, button, key) in [
        ("keyboard", ".tools .open-keyboard", Some("?")),
        ("lesson-map", ".brand", Some("m")),
        ("share", ".tools .open-share", None),
        ("note", ".what-if .asides > .quiet:last-child", None),
    ] {
        let open = format!("dialog.{dialog}[open]");
        if let Some(key) = key {
            browser.press(key)?;
            browser.wait_for(&open).with_context(|| format!("the key {key} opens no {dialog}"))?;
            // Time stands still below a dialog.
            browser.press_all(&["ArrowRight", "r"])?;
            browser.press("Escape")?;
            is_closed(&visit).with_context(|| format!("{dialog}, opened by {key}"))?;
            let step = visit.told()?.step;
            ensure!(step == 2, "the page went on below the dialog {dialog}, to step {step}");
        }
        if dialog == "note" {
            browser.eval_async("return look.openKnobs()")?;
        }
        browser.click(button)?;
        browser.wait_for(&open).with_context(|| format!("{button} opens no {dialog}"))?;
        let inside = visit.browser.eval("return document.activeElement.closest('dialog') !== null")?;
        ensure!(inside == true, "the focus is not in the dialog {dialog}");
        browser.press("Escape")?;
        is_closed(&visit).with_context(|| format!("{dialog}, opened by {button}"))?;
        let back = visit.browser.eval(&format!("return document.activeElement.matches({button:?})"))?;
        ensure!(back == true, "closing {dialog} does not give the focus back to {button}");
        visit.browser.eval("document.activeElement.blur()")?;
    }
    visit.expect_no_errors()
}

#[test]
fn reset_restores_knobs_answers_and_the_first_step() -> Result<()> {
    let visit = Visit::begin()?;
    open_with(&visit, 2, "&proxy=smart&rtt=200")?;
    visit.browser.press("r")?;
    visit.wait_for_step(1)?;
    visit.wait_for_parameter("proxy", None)?;
    visit.wait_for_parameter("rtt", None)?;
    let title = &story()?[0].title;
    ensure!(visit.told()?.title == *title, "after a reset the first step is not told as at first");
    visit.browser.press_all(&["ArrowRight", "R"])?;
    visit.wait_for_step(1).context("a capital R")?;
    visit.expect_no_errors()
}

#[test]
fn digits_answer_questions() -> Result<()> {
    let mut questions = Vec::new();
    for lesson in playground_lessons::all() {
        let story = lesson.run(&KnobValues::defaults(lesson))?.story(Language::English);
        questions
            .extend((1..).zip(story).filter(|(_, step)| step.question.is_some()).map(|at| (*lesson, at)));
    }
    on_each(
        &questions,
        |(lesson, (number, _))| format!("{}, step {number}", lesson.id),
        |visit, (lesson, (number, step))| {
            let question = step.question.as_ref().context("nothing is asked")?;
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.leave_undrawn()?;
            visit.follow(&format!("v=1&lesson={}&step={number}&lang=en", lesson.id))?;
            visit.wait_for_title(&step.title)?;
            let options = question.options.len();
            ensure!(visit.browser.count(".question .option")? == options, "not {options} options");
            visit.browser.press("9")?;
            for (place, option) in (1..).zip(&question.options).filter(|(_, option)| !option.correct) {
                visit.browser.press(&place.to_string())?;
                let css = format!(".option.wrong:nth-child({place})");
                visit.browser.wait_for(&css).with_context(|| format!("the wrong answer {place}"))?;
                visit.browser.wait_for(".question .explanation.wrong").context("it explains nothing")?;
                ensure!(!option.explanation.is_empty(), "the wrong answer {place} explains nothing");
            }
            ensure!(visit.browser.count(".question.solved")? == 0, "solved by wrong answers");
            let right =
                1 + question.options.iter().position(|option| option.correct).context("none is right")?;
            visit.browser.press(&right.to_string())?;
            let css = format!(".question.solved .option.right:nth-child({right})");
            visit.browser.wait_for(&css).with_context(|| format!("the right answer {right}"))?;
            visit.expect_no_errors()
        },
    )
}

#[test]
fn what_is_written_or_moved_keeps_its_keys() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.browser.set_preferences(Scheme::Light, true)?;
    open(&visit, 2)?;
    visit.browser.eval_async("return look.openKnobs()")?;
    visit.browser.eval("document.querySelector('details.request').open = true;
               document.querySelector('#knob-request').focus(); document.querySelector('#knob-request').setSelectionRange(0, 0)")?;
    browser.press_all(&["ArrowRight", "ArrowRight", "ArrowLeft", "PageDown", "PageUp", "Home"])?;
    ensure!(visit.told()?.step == 2, "keys in the text turned to step {}", visit.told()?.step);
    browser.press_all(&["r", "m", "f", "?", "1", " "])?;
    browser
        .wait_until("return document.querySelector('#knob-request').value.startsWith('rmf?1 ')")
        .context("letters do not arrive in the text, in their order")?;
    ensure!(visit.told()?.step == 2, "letters in the text turned to step {}", visit.told()?.step);
    ensure!(browser.count("dialog")? == 0, "letters in the text opened a dialog");
    for range in [".knobs input[type=range]", ".scrubber input[type=range]"] {
        open(&visit, 3)?;
        visit.browser.eval_async("return look.openKnobs()")?;
        visit.browser.eval(&format!("document.querySelector({range:?}).focus()"))?;
        let before = visit.browser.eval(&format!("return document.querySelector({range:?}).value"))?;
        browser.press("ArrowRight")?;
        browser
            .wait_until(&format!("return document.querySelector({range:?}).value !== {before}"))
            .with_context(|| format!("an arrow does not move {range}"))?;
        ensure!(visit.told()?.step == 3, "an arrow in {range} turned to step {}", visit.told()?.step);
        let kept = visit
            .browser
            .eval(&format!("return document.activeElement === document.querySelector({range:?})"))?;
        ensure!(kept == true, "an arrow in {range} took the focus away from it");
    }
    // A row of tabs, too, has arrows of its own.
    open(&visit, 2)?;
    let tabs = "const tabs = [...document.querySelectorAll('[role=tab]')];
                const selected = tabs.findIndex((tab) => tab.ariaSelected === 'true');";
    let selected = browser.eval(&format!("{tabs} tabs[selected].focus(); return selected"))?;
    browser.press("ArrowRight")?;
    browser
        .wait_until(&format!(
            "{tabs} return selected === ({selected} + 1) % tabs.length && document.activeElement === tabs[selected]"
        ))
        .context("an arrow does not select the next tab")?;
    ensure!(visit.told()?.step == 2, "an arrow among the tabs turned to step {}", visit.told()?.step);
    visit.expect_no_errors()
}

#[test]
fn single_letter_keys_can_be_turned_off() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    let letters_do_nothing = |how: &str| -> Result<()> {
        browser.press_all(&["r", "m", "?", "1"])?;
        browser.press("ArrowRight")?;
        visit.wait_for_step(4).with_context(|| format!("{how}: arrows work no longer, or r still does"))?;
        ensure!(browser.count("dialog")? == 0, "{how}: a letter opened a dialog");
        ensure!(browser.count(".option.right, .option.wrong")? == 0, "{how}: a digit answered");
        Ok(())
    };
    open_with(&visit, 3, "&keys=0")?;
    letters_do_nothing("by link")?;
    visit.start_anew()?;
    open(&visit, 3)?;
    browser.press("?")?;
    browser.wait_for("dialog.keyboard[open] input[type=checkbox]")?;
    browser.click("dialog.keyboard input[type=checkbox]")?;
    browser.wait_for("dialog.keyboard kbd.off").context("the help does not show that they are off")?;
    browser.press("Escape")?;
    is_closed(&visit)?;
    letters_do_nothing("by the dialog")?;
    open(&visit, 3)?;
    letters_do_nothing("after coming again")?;
    visit.expect_no_errors()
}

/// What is pressed may go away; the focus must not.
#[test]
fn the_focus_is_never_lost() -> Result<()> {
    let visit = Visit::begin()?;
    visit.browser.set_preferences(Scheme::Light, true)?;
    // What is opened, and what is pressed there, one after the other.
    let table: &[(&str, &[&str])] = &[
        ("step=1", &[".onward", ".onward"]),
        ("step=2", &[".question .option:nth-child(2) button", ".question .option:nth-child(1) button"]),
        ("step=2", &[".transport .play", ".transport .round:nth-child(3)", ".transport .round:nth-child(2)"]),
        (
            "step=2",
            &["#tab-packets", "#tab-headers", "#tab-state", "#tab-sockets", "#tab-graphs", "#tab-ladder"],
        ),
        ("step=2", &[".tools .theme", ".tools .theme"]),
        ("step=2&proxy=smart", &[".knobs header .quiet"]),
        ("step=2&request=GET%20/a%20HTTP/1.0", &[".request .quiet"]),
        ("step=2&sel=s3", &[".let-go"]),
        ("step=2&sel=s3", &[".breaking .buttons button", ".changed .chips button"]),
        // The cable of the segment's link, out and in again.
        (
            "step=2&sel=s3",
            &[".breaking .buttons:last-child h3 + button", ".breaking .buttons:last-child h3 + button"],
        ),
        ("step=x", &[".notices .round"]),
        ("step=2", &[".tools .open-playground", ".tools .open-playground"]),
        ("step=2&playground=1", &[".story.playground > .quiet"]),
        (
            "step=10",
            &[
                ".challenge .helps details:nth-child(2) summary",
                ".challenge .helps details:nth-child(2) .button",
            ],
        ),
    ];
    let mut findings = Findings::default();
    for (query, presses) in table {
        findings.case(&format!("{query}: {presses:?}"), || {
            visit.open(&format!("v=1&lesson={LESSON}&lang=en&{query}"))?;
            for css in *presses {
                if css.starts_with(".knobs") || css.starts_with(".request") {
                    visit.browser.eval_async("return look.openKnobs()")?;
                } else if css.starts_with(".challenge") {
                    visit.browser.eval_async("return look.openChallenge()")?;
                }
                visit.browser.wait_for(css)?;
                let lost = visit.browser.eval_async(&format!(
                    "const pressed = document.querySelector({css:?});
                     pressed.focus(); pressed.click(); await look.frames(3);
                     const kept = document.activeElement;
                     return kept === null || kept === document.body ? look.nameOf(pressed) : null"
                ))?;
                if !lost.is_null() {
                    bail!("pressing {lost} loses the focus to <body>");
                }
            }
            visit.expect_no_errors()
        });
    }
    findings.report()
}

fn is_closed(visit: &Visit) -> Result<()> {
    visit
        .browser
        .wait_until("return document.querySelector('dialog') === null")
        .context("the dialog does not close")
}

/// Waits until nothing moves.
fn at_rest(visit: &Visit) -> Result<()> {
    is_playing(visit, false)
}

fn is_playing(visit: &Visit, playing: bool) -> Result<()> {
    let wanted = if playing { "Pause" } else { "Play" };
    visit
        .browser
        .wait_until(&format!("return document.querySelector('.transport .play').ariaLabel === '{wanted}'"))
        .with_context(|| format!("the page does not come to {}", if playing { "play" } else { "rest" }))
}
