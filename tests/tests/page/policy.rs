//! The page works with a strict Content-Security-Policy.

use anyhow::{Context, Result, bail, ensure};
use playground_lessons::Lesson;
use playground_tests::{Browser, Findings, LOOK, Scheme, Site, first_difference};
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
    for query in ["lang=ko", "embed=1", "embed=ladder", "playground=1"] {
        browser.goto(&site.url(&format!("/?{query}")))?;
        browser.wait_for_page().context(query)?;
        is_kept(&browser).context(query)?;
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

/// What stands on the page, as a person sees it: every element with its place, its colours and its words.
const SEEN: &str = "await look.until(() => document.querySelector('.words-coming') === null);
    await document.fonts.ready;
    await look.frames(2);
    document.getAnimations().forEach((animation) => animation.finish());
    await look.frames(1);
    return [...document.querySelectorAll('body *')].map((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const { color, fill, backgroundColor, opacity, visibility } = getComputedStyle(element);
        const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join('|');
        return [element.localName, element.getAttribute('class'), ...[left, top, width, height].map(Math.round),
            color, fill, backgroundColor, opacity, visibility, words].join(' ');
    }).join('\\n')";

/// Nothing is missing under the policy, and nothing of a lesson is refused.
#[test]
fn the_page_is_the_same_with_and_without_the_policy() -> Result<()> {
    let sites = [Site::open()?, Site::open_strict()?];
    let browsers = [Browser::open()?, Browser::open()?];
    for browser in &browsers {
        browser.set_preferences(Scheme::Light, true)?;
        for script in [LOOK, NOTE] {
            browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))?;
        }
    }
    let lessons = playground_lessons::all().iter().map(|lesson: &&Lesson| {
        format!("v=1&lesson={}&lang=en&step={}", lesson.id, lesson.steps.len().div_ceil(2))
    });
    let playground = "v=1&lesson=dumb-proxy&lang=en&playground=1".to_owned();
    let slides =
        ["1", "ladder", "stage"].map(|view| format!("v=1&lesson=dumb-proxy&lang=ko&step=5&embed={view}"));
    let mut findings = Findings::default();
    for query in lessons.chain([playground]).chain(slides) {
        findings.case(&query, || {
            let mut seen = Vec::new();
            for (site, browser) in sites.iter().zip(&browsers) {
                let address = site.url(&format!("/?{query}"));
                if browser.eval_async(&format!("return await window.look?.follow({address:?})"))? != true {
                    browser.goto(&address)?;
                    browser.wait_for_page()?;
                }
                browser.eval_async("await look.openKnobs()")?;
                let port =
                    site.url("").rsplit(':').next().map(str::to_owned).context("an address has a port")?;
                let page = browser.eval_async(SEEN)?.as_str().context("nothing is seen")?.replace(&port, "");
                ensure!(page.lines().count() > 50, "hardly anything is seen: {page}");
                seen.push(page);
                browser.press("ArrowRight")?;
                browser.settle()?;
                is_kept(browser)?;
            }
            match first_difference(&seen[0], &seen[1]) {
                None => Ok(()),
                Some(difference) => bail!("not the same under the policy: {difference}"),
            }
        });
    }
    findings.report()
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
