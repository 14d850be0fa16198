//! The console, by keyboard alone: calls with their results, one that blocks, and the way out of it.

use anyhow::{Context, Result, ensure};
use playground_tests::{Axe, Scheme, Visit};

/// Types a call and waits for its line.
fn call(visit: &Visit, line: &str) -> Result<()> {
    let browser = &visit.browser;
    let before = browser.count(".console-lines li")?;
    browser.type_into("#console-line", line)?;
    browser
        .wait_until(&format!("return document.querySelector('#console-line').value.endsWith({line:?})"))?;
    browser.press("Enter")?;
    browser.wait_until(&format!(
        "return document.querySelectorAll('.console-lines li').length > {before} && document.querySelector('#console-line').value === ''"
    ))
    .with_context(|| format!("{line}: {}", browser.text(".console").unwrap_or_default()))
}

/// The result of the last call.
fn result(visit: &Visit) -> Result<String> {
    let last = "return document.querySelector('.console-lines li:last-child output')?.textContent.replace('→', '').trim()";
    visit
        .browser
        .wait_until(&last.replace("return ", "return !!"))
        .with_context(|| visit.browser.text(".console").unwrap_or_default())?;
    Ok(visit.browser.eval(last)?.as_str().context("no result")?.to_owned())
}

#[test]
fn calls_are_typed_blocked_and_interrupted() -> Result<()> {
    let axe = Axe::load()?;
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    // With less motion a call leads to its result; else that is watched, as long as it takes.
    browser.set_preferences(Scheme::Light, true)?;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    browser.wait_for("#tab-console")?;
    browser.click("#tab-console")?;
    browser.wait_for("#console-line")?;
    call(&visit, "s = socket()")?;
    let descriptor = result(&visit)?;
    ensure!(descriptor.parse::<u32>().is_ok(), "socket() gave {descriptor}");
    // Tab completes: the only call that begins so.
    browser.type_into("#console-line", "conn")?;
    browser.press("Tab")?;
    browser.wait_until("return document.querySelector('#console-line').value === 'connect('")?;
    call(&visit, "s, proxy, 8080)")?;
    // It blocks for a round trip.
    ensure!(result(&visit)? == "0", "connect() gave {}", result(&visit)?);
    call(&visit, "read(s, 100)")?;
    browser.wait_for(".console-lines li:last-child .console-blocked")?;
    // Nothing else is called while it waits.
    browser.type_into("#console-line", "close(s)")?;
    browser.press("Enter")?;
    browser.wait_until("return document.querySelector('#console-problem').textContent.includes('read(')")?;
    let found = axe.look(&visit)?;
    ensure!(found.is_empty(), "{found:?}");
    // The button is before the line.
    browser.press("Shift+Tab")?;
    browser.wait_until("return document.activeElement.matches('.console-lines button')")?;
    browser.press("Enter")?;
    browser.wait_until("return document.querySelector('.console-lines')?.textContent.includes('EINTR')")?;
    visit.expect_no_errors()
}
