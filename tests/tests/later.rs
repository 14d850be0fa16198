//! The page comes in two parts: the first lesson needs the first alone, and the rest comes while it is read.

use anyhow::{Context, Result, ensure};
use playground_tests::{Browser, Scheme, Site};
use serde_json::json;

/// What comes later: a part of the program and the styles of what it draws.
const LATER: [&str; 1] = ["*/later-*"];

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn the_first_lesson_is_told_before_the_rest_has_come() -> Result<()> {
    let lesson = playground_lessons::all()[0];
    let (site, browser) = (Site::open()?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    withhold(&browser, &LATER)?;
    browser.goto(&site.url("/?lang=en"))?;
    let steps = lesson.steps.len();
    for step in 1..=steps {
        tells(&browser, &format!("Step {step} /"))?;
        is_sound(&browser)?;
        browser.press("ArrowRight")?;
    }
    for step in (1..steps).rev() {
        browser.press("ArrowLeft")?;
        tells(&browser, &format!("Step {step} /"))?;
    }
    ensure!(browser.count(".stage-region svg")? > 0, "no stage");
    browser.eval("document.querySelectorAll('.languages input')[0].click()")?;
    browser.wait_until("return document.documentElement.lang === 'ko'")?;
    is_sound(&browser)?;
    // Nothing broke: all that is wrong is that a file could not be had.
    for message in browser.console_errors()? {
        let withheld = message.text.contains("later-");
        ensure!(withheld, "{message:?}");
    }

    // What cannot be done yet is done when the rest is there.
    ensure!(browser.count(".lower .ladder")? == 0, "the ladder is there, and nothing could draw it");
    browser.wait_for(".lower [role=alert] button").context("nothing says that something is missing")?;
    withhold(&browser, &[])?;
    browser.click(".lower [role=alert] button")?;
    browser.wait_for(".lower .ladder")?;
    browser.wait_for(".what-if")
}

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn what_needs_the_rest_waits_for_it() -> Result<()> {
    let (site, browser) = (Site::open()?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    withhold(&browser, &LATER)?;
    browser.goto(&site.url("/?lang=en"))?;
    tells(&browser, "Step 1 /")?;
    browser.click(".open-share")?;
    browser.wait_for("#app > .notices button").context("nothing says why the dialog does not open")?;
    ensure!(browser.count("dialog")? == 0, "a dialog is open");
    withhold(&browser, &[])?;
    browser.click("#app > .notices button")?;
    browser.wait_for("dialog[open]")
}

/// A link is read before anything else has come: no part may be asked for in the middle of that.
#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn a_link_to_another_lesson_waits_for_the_rest() -> Result<()> {
    let (site, browser) = (Site::open()?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    let link =
        "lesson=reset&lang=en&step=3&t=200000&sel=s4&tab=packets&theme=dark&speed=2&autoplay=0&keys=0&mss=9";
    for more in
        ["", "&embed=1&chrome=caption", "&embed=ladder", "&playground=1", "&scenario=e30", "&step=x&tab=?"]
    {
        withhold(&browser, &LATER)?;
        browser.goto(&site.url(&format!("/?{link}{more}")))?;
        browser
            .wait_for(".notices button")
            .with_context(|| format!("{more}: nothing says what is missing"))?;
        for message in browser.console_errors()? {
            ensure!(!message.text.contains("Uncaught"), "{more}: {message:?}");
        }
    }
    withhold(&browser, &[])?;
    browser.click(".notices button")?;
    tells(&browser, "Step 3 /").context("the rest is here")
}

/// Keeps files with such addresses from the page.
fn withhold(browser: &Browser, addresses: &[&str]) -> Result<()> {
    browser.cdp("Network.enable", json!({}))?;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": addresses }))?;
    Ok(())
}

/// Everything that is shown has its words, and nothing is shown from data that has not come.
fn is_sound(browser: &Browser) -> Result<()> {
    let strange = browser.eval(
        r"
        const all = [...document.querySelectorAll('#app *')];
        const shown = all.flatMap((it) => [
            it.getAttribute('aria-label') ?? '', it.getAttribute('title') ?? '',
            ...[...it.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data.trim()),
        ]);
        const drawn = all.map((it) => it.getAttribute('d') ?? '');
        const isKey = (text) => /^[a-z]+(-[a-z0-9]+)+(\.[a-z]+)?$/.test(text);
        const isEmpty = (text) => text.includes('\0');
        return [...[...shown, ...drawn].filter(isEmpty), ...shown.filter(isKey)].join(', ');",
    )?;
    ensure!(strange == json!(""), "{strange}");
    Ok(())
}

/// Waits until the page tells this step.
fn tells(browser: &Browser, step: &str) -> Result<()> {
    browser.wait_until(&format!(
        "return (document.querySelector('.telling .eyebrow')?.textContent ?? '').includes({step:?})"
    ))
}
