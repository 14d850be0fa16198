//! Two runs side by side, from a lesson's knob, and in a link.

use anyhow::{Context, Result, ensure};
use playground_tests::{Scheme, Visit};

/// The rows of the table as texts.
const ROWS: &str = "[...document.querySelectorAll('.compare-table tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent).join(' | ')).join('\\n')";

#[test]
fn a_knob_is_compared_with_its_default() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    browser.set_preferences(Scheme::Light, true)?;
    visit.open("v=2&lesson=dumb-proxy&step=3&proxy=smart&lang=en")?;
    browser.eval_async("return look.openKnobs()")?;
    browser.click(".compare-defaults")?;
    browser.wait_for(".bench.compare")?;
    ensure!(browser.count(".pane .ladder")? == 2, "there are not two ladders");
    let rows = browser.eval(&format!("return {ROWS}"))?;
    let rows = rows.as_str().context("no table")?;
    ensure!(rows.lines().any(|row| row.starts_with("GET /b answered after | never")), "{rows}");
    ensure!(rows.lines().any(|row| row.starts_with("RST | 1 | 0 | \u{2212}1")), "{rows}");

    // A row leads to where the two part: both now-lines stand there.
    browser.eval(
        "[...document.querySelectorAll('.compare-table tbody .quiet')]
             .find((it) => it.textContent === 'RST').click()",
    )?;
    browser.wait_until("return new URLSearchParams(location.search).has('t')")?;
    let nows = "[...document.querySelectorAll('.pane .ladder-now-time')].map((it) => it.textContent)";
    browser.wait_until(&format!("const nows = {nows}; return nows.length === 2 && nows[0] === nows[1]"))?;

    // One link holds both.
    browser.wait_until("return location.hash.includes('deflated=')")?;
    let link = browser.eval("return location.search + location.hash")?;
    let link = link.as_str().context("no link")?.trim_start_matches('?').to_owned();
    browser.goto("about:blank")?;
    visit.open(&link)?;
    browser.wait_for(".compare-table tbody tr")?;
    ensure!(browser.eval(&format!("return {ROWS}"))?.as_str() == Some(rows), "the link holds other runs");

    // Swapped, then alone again.
    browser.eval("document.querySelector('.compare-table > .buttons .button').click()")?;
    browser.wait_until(&format!("return {ROWS}.includes('RST | 0 | 1')"))?;
    browser.click(".compare-bar > .button")?;
    browser.wait_until("return document.querySelector('.bench.compare') === null")?;
    visit.expect_no_errors()
}

/// Pairs that were written once: two runs by knobs, by edits, by scenarios of their own, and in the first version's links.
#[test]
fn every_pair_that_was_written_opens() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    browser.set_preferences(Scheme::Light, true)?;
    for link in include_str!("links/pairs.txt").lines() {
        let told = &link[..link.len().min(80)];
        browser.goto("about:blank")?;
        visit.open(link)?;
        browser.wait_for(".compare-table tbody tr").context(told.to_owned())?;
        ensure!(browser.count(".notices li")? == 0, "{told}: there is a notice");
        ensure!(browser.count(".pane")? == 2, "{told}: there are not two panes");
        ensure!(browser.count(".compare-changes li")? > 0, "{told}: nothing differs");
        let rows = browser.eval(&format!("return {ROWS}"))?;
        // What is written is what was opened.
        browser.wait_until(
            "return location.search.startsWith('?v=2&') && location.hash.includes('deflated=')",
        )?;
        let written = browser.eval("return location.search + location.hash")?;
        let written = written.as_str().context("no link")?.trim_start_matches('?').to_owned();
        browser.goto("about:blank")?;
        visit.open(&written)?;
        browser.wait_for(".compare-table tbody tr")?;
        ensure!(browser.eval(&format!("return {ROWS}"))? == rows, "{told}: written as other runs");
        visit.expect_no_errors()?;
    }
    Ok(())
}
