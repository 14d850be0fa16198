//! The core walk in each browser: steps, a question, a knob, a slide, a deck. All else is tested in Chromium.

use anyhow::{Context, Result, ensure};
use playground_lessons::{KnobValues, Language, Lesson, Step};
use playground_tests::{Browser, Engine, Findings, World};

use super::deck::{marp, reveal};

/// What goes wrong in the page from now on: WebDriver itself tells of no console.
const LISTEN: &str = "
    window.faults = [];
    for (const kind of ['error', 'unhandledrejection'])
      addEventListener(kind, (event) => faults.push(String(event.message ?? event.reason)));
    console.error = (...words) => faults.push(words.join(' '));";

#[test]
fn the_core_walk_works_in_every_browser() -> Result<()> {
    let mut findings = Findings::default();
    for engine in Engine::ALL.into_iter().filter(|engine| engine.is_installed()) {
        findings.case(&engine.to_string(), || {
            let world = World::new(Browser::open_in(engine)?)?;
            world.browser.set_window(1440, 900)?;
            walk(&world)?;
            slide(&world).context("in a slide")?;
            marp::walk_in(&world).context("in a deck of Marp")?;
            // WebKitGTK gives a frame of another site no focus that it takes by itself.
            if engine == Engine::WebKit {
                Ok(())
            } else {
                reveal::walk_in(&world).context("in a deck of reveal.js")
            }
        });
    }
    findings.report()
}

fn lesson() -> Result<&'static Lesson> {
    playground_lessons::find("dumb-proxy").context("the lesson is gone")
}

/// The steps of the lesson with these settings.
fn story(turned: &[(&str, &str)]) -> Result<Vec<Step>> {
    let mut values = KnobValues::defaults(lesson()?);
    for (knob, value) in turned {
        values.set(lesson()?, knob, value)?;
    }
    Ok(lesson()?.run(&values).context("it does not run")?.story(Language::Korean))
}

fn load(world: &World, query: &str) -> Result<()> {
    world.open(&format!("v=1&lesson={}&lang=ko&speed=4&{query}", lesson()?.id))?;
    world.browser.eval(LISTEN).map(drop)
}

/// Every step by key, with the questions answered wrongly and then rightly; back by button; then a knob.
fn walk(world: &World) -> Result<()> {
    let browser = &world.browser;
    let steps = story(&[])?;
    load(world, "")?;
    for (number, step) in (1..).zip(&steps) {
        (|| -> Result<()> {
            if number > 1 {
                browser.press("ArrowRight")?;
            }
            world.wait_for_step(number)?;
            world.wait_for_title(&step.title)?;
            answer(browser, step)
        })()
        .with_context(|| format!("step {number}"))?;
    }
    browser.click(".dock .round")?;
    world.wait_for_step(steps.len() - 1).context("a step back")?;
    world.wait_for_parameter("step", Some(&(steps.len() - 1).to_string()))?;
    let turned = story(&[("proxy", "smart")])?;
    browser.eval_async("await look.openKnobs()")?;
    browser.eval("document.querySelector('input[name=knob-proxy][value=smart]').click()")?;
    world.wait_for_parameter("proxy", Some("smart")).context("a knob")?;
    ensure!(
        turned.iter().any(|step| step.title == world.told().unwrap().title),
        "a knob: its run is not told"
    );
    expect_no_faults(browser)
}

fn answer(browser: &Browser, step: &Step) -> Result<()> {
    let Some(question) = &step.question else { return Ok(()) };
    let place = |right: bool| question.options.iter().position(|option| option.correct == right);
    for option in [place(false), place(true)].into_iter().flatten() {
        browser.press(&(option + 1).to_string())?;
    }
    browser.wait_for(".question.solved")
}

/// An embedded view shows the whole of its picture, and steps on.
fn slide(world: &World) -> Result<()> {
    load(world, "embed=1&step=2")?;
    let steps = story(&[])?;
    world.wait_for_title(&steps[1].title)?;
    ensure!(!world.picture()?.is_empty(), "no picture");
    world.browser.press("ArrowRight")?;
    world.wait_for_title(&steps[2].title)?;
    expect_no_faults(&world.browser)
}

fn expect_no_faults(browser: &Browser) -> Result<()> {
    let faults = browser.eval("return faults")?;
    ensure!(faults.as_array().is_some_and(Vec::is_empty), "the page says: {faults}");
    Ok(())
}
