//! Slidev: one component, whose steps are clicks.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use playground_tests::{Scheme, Site, paths};
use serde_json::json;

use crate::print::{pages, pdf};

use super::{Deck, SITE, dialog_code, installed, places, walk_of};

/// Where the deck is: the slide, and the step of its lesson.
const PLACE: &str = "(() => {
    const slide = Number(/(\\d+)/.exec(location.hash)?.[1] ?? 1) - 1;
    const frame = [...document.querySelectorAll('#slide-content iframe, .slidev-slide-content iframe, iframe.socket-lesson')].find((one) => one.checkVisibility());
    return [slide, look.lessons.get(frame?.contentWindow)?.step ?? 0];
})()";

/// Marks the frame that is shown.
const MARK: &str = "document.querySelectorAll('iframe.socket-lesson').forEach((one) => one.toggleAttribute('data-shown', one.checkVisibility()))";

/// Builds the deck of the repository, with the lessons of this site.
fn deck() -> Result<Deck> {
    let deck = Deck::serve(&[], None)?;
    let markdown = fs::read_to_string(paths::repository().join("decks/slidev/en.md"))?;
    let markdown = markdown.replace(SITE, &deck.visit.site.url("/"));
    built(deck, &markdown)
}

/// Builds a deck as `npm run build` does.
fn built(mut deck: Deck, markdown: &str) -> Result<Deck> {
    let source = paths::repository().join("decks/slidev");
    let folder = deck.folder.path().join("deck");
    fs::create_dir_all(folder.join("components"))?;
    fs::write(folder.join("en.md"), markdown)?;
    let component = "components/SocketLesson.vue";
    fs::copy(source.join(component), folder.join(component))?;
    fs::copy(source.join("package.json"), folder.join("package.json"))?;
    let modules = installed("slidev")?;
    super::link(&modules, &folder.join("node_modules"))?;
    let slidev = modules.join("@slidev/cli/bin/slidev.mjs");
    let made = Command::new("node")
        .arg(slidev)
        .args(["build", "en.md", "--out", "site", "--base", "/"])
        .current_dir(&folder)
        .output()?;
    ensure!(
        folder.join("site/index.html").is_file(),
        "{}{}",
        String::from_utf8_lossy(&made.stdout),
        String::from_utf8_lossy(&made.stderr)
    );
    fs::write(folder.join("site/favicon.ico"), "")?;
    deck.site = Site::serve(folder.join("site"), "/")?;
    Ok(deck)
}

/// The dialog's code is all that a presenter adds to a deck with the component.
#[test]
fn what_the_dialog_writes_is_walked() -> Result<()> {
    let deck = Deck::serve(&[], None)?;
    let code = dialog_code(&deck.visit, "keep-alive", "Slidev")?;
    // The settings of the repository's deck.
    let markdown = fs::read_to_string(paths::repository().join("decks/slidev/en.md"))?;
    let settings = markdown.split("---\n").nth(1).context("no settings")?;
    let deck = built(deck, &format!("---\n{settings}---\n\n# One\n\n---\n\n{code}\n\n---\n\n# Three\n"))?;
    deck.open("/#/1")?;
    deck.wait(PLACE, &json!([0, 0]))?;
    for next in walk_of("keep-alive")? {
        deck.visit.browser.press("ArrowRight")?;
        deck.wait(PLACE, &serde_json::to_value(next)?)?;
    }
    deck.visit.expect_no_errors()
}

/// The pages that `slidev export --with-clicks` prints one after the other: a slide at a click each.
#[test]
fn an_export_with_clicks_has_a_page_for_each_step() -> Result<()> {
    /// A slide's size in CSS pixels.
    const SLIDE: (u32, u32) = (980, 552);
    let deck = deck()?;
    let browser = &deck.visit.browser;
    browser.set_viewport(SLIDE.0, SLIDE.1)?;
    // Each page is loaded anew: those of two lessons and of the slides around them.
    for (slide, step) in places()?.into_iter().filter(|(slide, _)| *slide <= 3) {
        let click = step.saturating_sub(1);
        deck.open(&format!("/?print=clicks&clicks={click}#/{}", slide + 1))?;
        deck.wait(PLACE, &json!([slide, step])).with_context(|| format!("slide {slide}, step {step}"))?;
        browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "screen" }))?;
        let printed = pages(&pdf(browser, Some(SLIDE))?);
        ensure!(printed == 1, "slide {slide}, step {step}: {printed} pages");
    }
    deck.visit.expect_no_errors()
}

#[test]
fn the_next_key_walks_every_step_in_the_presenter_s_window_too() -> Result<()> {
    let deck = deck()?;
    let browser = &deck.visit.browser;
    deck.open("/#/1")?;
    let places = places()?;
    deck.wait(PLACE, &serde_json::to_value(places[0])?)?;
    let mut clicked = false;
    let there = places.iter().skip(1).map(|place| ("ArrowRight", place));
    let back = places.iter().rev().skip(1).map(|place| ("ArrowLeft", place));
    for (key, next) in there.chain(back) {
        browser.press(key)?;
        deck.wait(PLACE, &serde_json::to_value(next)?).with_context(|| format!("after {key}"))?;
        if next.1 == 3 && !clicked {
            browser.eval(MARK)?;
            browser.in_frame("[data-shown]", || browser.click(".caption"))?;
            clicked = true;
        }
    }
    // The place is kept over a reload.
    for step in [1, 2, 3] {
        browser.press("ArrowRight")?;
        deck.wait(PLACE, &json!([1, step]))?;
    }
    browser.eval("location.reload()")?;
    deck.wait(PLACE, &json!([1, 3])).context("after a reload")?;
    // The presenter's window is in step, and leads.
    let main = browser.window()?;
    let presenter = browser.new_window()?;
    browser.switch_to(&presenter)?;
    browser.set_preferences(Scheme::Light, true)?;
    deck.open("/#/presenter/2?clicks=2")?;
    browser.wait_until(&format!("{MARK}; return document.querySelector('[data-shown]') !== null"))?;
    let seen = browser.in_frame("[data-shown]", || {
        browser.wait_until("return document.querySelector('.badge')?.textContent.startsWith('3 /')")
    });
    let led = browser.press("ArrowRight");
    browser.switch_to(&main)?;
    seen.context("the presenter's window is elsewhere")?;
    led?;
    deck.wait(PLACE, &json!([1, 4])).context("the deck does not follow the presenter")?;
    browser.close_others()?;
    deck.visit.expect_no_errors()
}
