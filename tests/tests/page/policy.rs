//! The page works with a strict Content-Security-Policy.

use anyhow::{Context, Result, ensure};
use playground_lessons::Lesson;
use playground_tests::{Browser, Scheme, Site};
use serde_json::json;

/// Notes each violation in the document it happens in.
const NOTE: &str = "window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}`));";

#[test]
fn the_page_keeps_a_strict_policy() -> Result<()> {
    let (site, browser) = (Site::open_strict()?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NOTE }))?;
    let lessons =
        playground_lessons::all().iter().map(|lesson: &&Lesson| format!("v=1&lesson={}&step=2", lesson.id));
    let queries = ["lang=ko", "embed=1", "embed=ladder", "playground=1"].map(str::to_owned);
    for query in lessons.chain(queries) {
        browser.goto(&site.url(&format!("/?{query}")))?;
        browser.wait_for_page().with_context(|| query.clone())?;
        is_kept(&browser).with_context(|| query.clone())?;
        browser.press("ArrowRight")?;
        browser.settle()?;
        is_kept(&browser).with_context(|| format!("{query}, a step on"))?;
    }
    // The dialogs, and every tab.
    browser.goto(&site.url("/?v=1&lesson=dumb-proxy&lang=en"))?;
    browser.wait_for_page()?;
    for button in [".open-share", ".open-keyboard", ".brand"] {
        browser.click(button)?;
        browser.wait_for("dialog[open]")?;
        browser.settle()?;
        is_kept(&browser).with_context(|| button.to_owned())?;
        browser.press("Escape")?;
        browser.wait_until("return document.querySelector('dialog[open]') === null")?;
    }
    let tabs = browser.count("[role=tab]")?;
    ensure!(tabs > 1, "the bench has tabs");
    for tab in 0..tabs {
        browser.eval(&format!("document.querySelectorAll('[role=tab]')[{tab}].click()"))?;
        browser.settle()?;
        is_kept(&browser).with_context(|| format!("tab {tab}"))?;
    }
    Ok(())
}

/// Fails when anything was refused by the policy, or went wrong because of that.
fn is_kept(browser: &Browser) -> Result<()> {
    let violations = browser.eval("return violations")?;
    ensure!(violations == json!([]), "refused by the policy: {violations:#}");
    let errors = browser.console_errors()?;
    ensure!(errors.is_empty(), "errors on the console: {errors:#?}");
    Ok(())
}

/// A violation is noticed: what is inline is refused.
#[test]
fn an_inline_style_breaks_the_strict_policy() -> Result<()> {
    let (site, browser) = (Site::open_strict()?, Browser::open()?);
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NOTE }))?;
    browser.goto(&site.url("/"))?;
    browser.wait_for_page()?;
    browser.eval("document.body.setAttribute('style', 'color: red')")?;
    browser.wait_until("return violations.length === 1 && violations[0].startsWith('style-src')")
}
