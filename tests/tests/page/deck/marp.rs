//! Marp: frames in Markdown, and the one line for `deck.js`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use playground_tests::{Scheme, Site, World, paths};

use super::{Deck, dialog_code, installed, places, steps_of, walk_of};

/// Where the deck is: the slide, and the step of its lesson.
const PLACE: &str = "(() => {
    const slides = [...document.querySelectorAll('.bespoke-marp-slide')];
    const slide = slides.findIndex((one) => one.classList.contains('bespoke-marp-active'));
    return [slide, look.lessons.get(slides[slide]?.querySelector('iframe')?.contentWindow)?.step ?? 0];
})()";

/// Makes HTML of Markdown, as `npm run build` does.
fn built(markdown: &str) -> Result<String> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("deck.md"), markdown)?;
    let marp = installed("marp")?.join("@marp-team/marp-cli/marp-cli.js");
    let made =
        Command::new("node").arg(marp).args(["--html", "deck.md"]).current_dir(folder.path()).output()?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    read(&folder.path().join("deck.html"))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn deck() -> Result<Deck> {
    let markdown = read(&paths::repository().join("decks/marp/ko.md"))?;
    Deck::serve(&[("ko.html", built(&markdown)?)], None)
}

/// Walks a lesson between two slides, forwards and back, in any browser.
pub fn walk_in(world: &World) -> Result<()> {
    const LESSON: &str = "persistent";
    let site = world.site.url("/");
    let frame = format!(
        "<iframe src=\"{site}?v=2&lesson={LESSON}&embed=1&lang=en&speed=4\" width=\"960\" height=\"540\"></iframe>"
    );
    let script = format!("<script type=\"module\" src=\"{site}deck.js\"></script>");
    let slides = format!("---\nmarp: true\n---\n\n# One\n\n---\n\n{frame}\n\n---\n\n# Three\n\n{script}\n");
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("index.html"), built(&slides)?)?;
    let deck = Site::serve(folder.path().to_path_buf(), "/")?;
    let browser = &world.browser;
    browser.goto(&deck.url("/"))?;
    let told = |step: usize| -> Result<()> {
        browser.in_frame("iframe", || {
            browser.wait_until(&format!(
                "return document.querySelector('.badge')?.textContent.startsWith('{step} /')"
            ))
        })
    };
    told(1)?;
    let steps = steps_of(LESSON)?;
    let way = walk_of(LESSON)?;
    let back = (1..=steps).rev().map(|step| (1, step)).chain([(0, 1)]).map(|place| ("ArrowLeft", place));
    for (key, (slide, step)) in way.into_iter().map(|place| ("ArrowRight", place)).chain(back) {
        browser.press(key)?;
        (|| {
            browser.wait_until(&format!(
                "return document.querySelectorAll('.bespoke-marp-slide')[{slide}]?.classList.contains('bespoke-marp-active')"
            ))?;
            if step > 0 { told(step) } else { Ok(()) }
        })()
        .with_context(|| format!("{key} to slide {slide}, step {step}"))?;
    }
    Ok(())
}

#[test]
fn the_next_key_walks_every_step_and_a_click_does_not_trap() -> Result<()> {
    let deck = deck()?;
    let browser = &deck.visit.browser;
    deck.open("/ko.html")?;
    let places = places()?;
    deck.wait(PLACE, &serde_json::to_value(places[0])?)?;
    // Every lesson is there.
    deck.wait(
        "[...look.lessons.values()].filter(({ socketPlayground }) => socketPlayground === 2).length",
        &4.into(),
    )?;
    let mut clicked = false;
    let there = places.iter().skip(1).map(|place| ("ArrowRight", place));
    let back = places.iter().rev().skip(1).map(|place| ("PageUp", place));
    for (key, next) in there.chain(back) {
        browser.press(key)?;
        deck.wait(PLACE, &serde_json::to_value(next)?).with_context(|| format!("after {key}"))?;
        if next.1 == 3 && !clicked {
            browser.in_frame(".bespoke-marp-active iframe", || browser.click(".caption"))?;
            clicked = true;
        }
    }
    // The place is kept over a reload.
    for _ in 0..4 {
        browser.press("PageDown")?;
    }
    deck.wait(PLACE, &serde_json::json!([1, 4]))?;
    browser.eval("location.reload()")?;
    deck.wait(PLACE, &serde_json::json!([1, 4])).context("after a reload")?;
    deck.visit.expect_no_errors()
}

/// The dialog's code is all that a presenter adds to a deck.
#[test]
fn what_the_dialog_writes_is_walked() -> Result<()> {
    let deck = Deck::serve(&[], None)?;
    let code = dialog_code(&deck.visit, "keep-alive", "Marp")?;
    let html = built(&format!("---\nmarp: true\n---\n\n# One\n\n---\n\n{code}\n\n---\n\n# Three\n"))?;
    fs::write(deck.folder.path().join("own.html"), html)?;
    deck.open("/own.html")?;
    deck.wait(
        "[...look.lessons.values()].filter(({ socketPlayground }) => socketPlayground === 2).length",
        &1.into(),
    )?;
    for next in walk_of("keep-alive")? {
        deck.visit.browser.press("ArrowRight")?;
        deck.wait(PLACE, &serde_json::to_value(next)?)?;
    }
    deck.visit.expect_no_errors()
}

#[test]
fn the_presenter_s_window_keeps_in_step_and_leads() -> Result<()> {
    let deck = deck()?;
    let browser = &deck.visit.browser;
    deck.open("/ko.html#2")?;
    deck.wait(PLACE, &serde_json::json!([1, 1]))?;
    deck.wait(
        "[...look.lessons.values()].filter(({ socketPlayground }) => socketPlayground === 2).length",
        &4.into(),
    )?;
    let main = browser.window()?;
    browser.press("p")?;
    browser.wait_until("return true")?;
    let presenter = browser.other_window()?;
    let step_there = |step: usize| -> Result<()> {
        browser.switch_to(&presenter)?;
        let seen = browser.in_frame(".bespoke-marp-active iframe", || {
            browser.wait_until(&format!(
                "return document.querySelector('.badge')?.textContent.startsWith('{step} /')"
            ))
        });
        browser.switch_to(&main)?;
        seen.with_context(|| format!("the presenter's window is not at step {step}"))
    };
    step_there(1)?;
    browser.switch_to(&presenter)?;
    browser.set_preferences(Scheme::Light, true)?;
    // The lesson learns of the preference with the next frame.
    browser.in_frame(".bespoke-marp-active iframe", || browser.settle())?;
    browser.switch_to(&main)?;
    browser.press("ArrowRight")?;
    deck.wait(PLACE, &serde_json::json!([1, 2]))?;
    step_there(2)?;
    let last = places()?.iter().filter(|(slide, _)| *slide == 1).count();
    for step in 3..=last {
        browser.switch_to(&presenter)?;
        browser.press("ArrowRight")?;
        browser.switch_to(&main)?;
        deck.wait(PLACE, &serde_json::json!([1, step])).context("the deck does not follow the presenter")?;
    }
    browser.switch_to(&presenter)?;
    browser.press("ArrowRight")?;
    browser.switch_to(&main)?;
    deck.wait(PLACE, &serde_json::json!([2, 0])).context("the deck does not follow to the next slide")?;
    browser.close_others()?;
    deck.visit.expect_no_errors()
}

#[test]
fn two_lessons_on_a_slide_are_walked_one_after_the_other() -> Result<()> {
    let frame = |lesson: &str| {
        format!(
            "<iframe src=\"{}?v=1&lesson={lesson}&embed=1&lang=en\" width=\"600\" height=\"500\"></iframe>",
            super::SITE
        )
    };
    let markdown = format!(
        "---\nmarp: true\n---\n\n{}{}\n\n---\n\nThe end\n\n<script type=\"module\" src=\"{}deck.js\"></script>\n",
        frame("ping"),
        frame("reset"),
        super::SITE
    );
    let deck = Deck::serve(&[("two.html", built(&markdown)?)], None)?;
    let browser = &deck.visit.browser;
    deck.open("/two.html")?;
    let place = "(() => {
        const frames = [...document.querySelectorAll('.bespoke-marp-active iframe')];
        return frames.map((frame) => look.lessons.get(frame.contentWindow)?.step ?? 0);
    })()";
    let (first, second) = (steps_of("ping")?, steps_of("reset")?);
    deck.wait(
        "[...look.lessons.values()].filter(({ socketPlayground }) => socketPlayground === 2).length",
        &2.into(),
    )?;
    let mut places: Vec<Vec<usize>> = (1..=first).map(|step| vec![step, 1]).collect();
    places.extend((2..=second).map(|step| vec![first, step]));
    places.push(Vec::new());
    for next in places.iter().skip(1) {
        browser.press("ArrowRight")?;
        deck.wait(place, &serde_json::to_value(next)?)?;
    }
    for next in places.iter().rev().skip(1) {
        browser.press("ArrowLeft")?;
        deck.wait(place, &serde_json::to_value(next)?)?;
    }
    deck.visit.expect_no_errors()
}
