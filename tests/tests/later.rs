//! The page comes in two parts: the first lesson needs the first alone, and the rest comes while it is read.

use anyhow::{Context, Result, ensure};
use playground_tests::{Browser, Scheme, Site};
use serde_json::json;

/// What comes later: a part of the program, and the styles of what it draws.
const LATER: &str = "*/later-*";

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn the_first_lesson_is_told_before_the_rest_has_come() -> Result<()> {
    let lesson = playground_lessons::all()[0];
    let (site, browser) = (Site::open()?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    withhold(&browser, &[LATER])?;
    browser.goto(&site.url("/?lang=en"))?;
    let steps = lesson.steps().len();
    for step in 1..=steps {
        tells(&browser, &format!("Step {step} /"))?;
        browser.press("ArrowRight")?;
    }
    for step in (1..steps).rev() {
        browser.press("ArrowLeft")?;
        tells(&browser, &format!("Step {step} /"))?;
    }
    ensure!(browser.count(".stage-region svg")? > 0, "no stage");
    browser.eval("document.querySelectorAll('.languages input')[0].click()")?;
    browser.wait_until("return document.documentElement.lang === 'ko'")?;
    // Nothing broke: all that is wrong is that a file could not be had.
    for message in browser.console_errors()? {
        ensure!(message.text.contains("later-"), "{message:?}");
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
    withhold(&browser, &[LATER])?;
    browser.goto(&site.url("/?lang=en"))?;
    tells(&browser, "Step 1 /")?;
    browser.click(".open-share")?;
    browser.wait_for("#app > .notices button").context("nothing says why the dialog does not open")?;
    ensure!(browser.count("dialog")? == 0, "a dialog is open");
    withhold(&browser, &[])?;
    browser.click("#app > .notices button")?;
    browser.wait_for("dialog[open]")
}

/// Keeps files with such addresses from the page.
fn withhold(browser: &Browser, addresses: &[&str]) -> Result<()> {
    browser.cdp("Network.enable", json!({}))?;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": addresses }))?;
    Ok(())
}

/// Waits until the page tells this step.
fn tells(browser: &Browser, step: &str) -> Result<()> {
    browser.wait_until(&format!(
        "return (document.querySelector('.telling .eyebrow')?.textContent ?? '').includes({step:?})"
    ))
}
