//! reveal.js: a frame with the link alone.

use std::fs;

use anyhow::{Context, Result};
use playground_tests::{Scheme, paths};

use super::{Deck, installed, place, places};

/// Where the deck is: the slide, the step of its lesson, whether that has the focus.
const PLACE: &str = "(() => {
    const frame = document.querySelector('section.present iframe');
    return [Reveal.getIndices().h, look.lessons.get(frame?.contentWindow)?.step ?? 0, frame !== null && document.activeElement === frame];
})()";

fn deck() -> Result<Deck> {
    let folder = paths::repository().join("decks/reveal");
    let mut files = Vec::new();
    for name in ["en.html", "ko.html", "start.js", "deck.css"] {
        files.push((name, fs::read_to_string(folder.join(name))?));
    }
    Deck::serve(&files, Some(installed("reveal")?))
}

#[test]
fn the_next_key_walks_every_step_forwards_and_backwards() -> Result<()> {
    let deck = deck()?;
    deck.open("/ko.html")?;
    let places = places()?;
    deck.wait(PLACE, &place(places[0]))?;
    for (key, way) in [
        ("ArrowRight", places.iter().skip(1).collect::<Vec<_>>()),
        ("ArrowLeft", places.iter().rev().skip(1).collect()),
    ] {
        for next in way {
            deck.visit.browser.press(key)?;
            deck.wait(PLACE, &place(*next)).with_context(|| format!("after {key}"))?;
        }
    }
    deck.visit.expect_no_errors()
}

#[test]
fn a_click_in_the_frame_does_not_trap_the_deck() -> Result<()> {
    let deck = deck()?;
    // Loaded on its own slide: the deck starts it before its program is there.
    deck.open_elsewhere("/en.html#/1")?;
    let places = places()?;
    let lesson: Vec<_> = places.iter().filter(|(slide, _)| *slide == 1).collect();
    deck.wait(PLACE, &place(*lesson[0]))?;
    let browser = &deck.visit.browser;
    browser.in_frame("section.present iframe", || browser.click(".caption"))?;
    for (key, next) in [("PageDown", 2), ("Space", 3), ("n", 4), ("Shift+Space", 3), ("p", 2), ("PageUp", 1)]
    {
        browser.press(key)?;
        deck.wait(PLACE, &place((1, next))).with_context(|| format!("after {key}"))?;
        // The step is there when its animation is over.
        browser.in_frame("section.present iframe", || {
            browser.wait_until(&format!(
                "return document.querySelector('.badge').textContent.startsWith('{next} /')"
            ))
        })?;
    }
    // Keys that are not about the steps are the deck's.
    browser.press("b")?;
    deck.wait("Reveal.isPaused()", &true.into())?;
    browser.press("b")?;
    deck.wait("Reveal.isPaused()", &false.into())?;
    browser.press("ArrowLeft")?;
    deck.wait(PLACE, &place((0, 0)))?;
    browser.press_all(&["ArrowRight"])?;
    deck.wait(PLACE, &place((1, 1)))?;
    browser.in_frame("section.present iframe", || browser.click(".caption"))?;
    browser.press("Escape")?;
    deck.wait("Reveal.isOverview()", &true.into())?;
    deck.wait("document.hasFocus() && document.activeElement === document.body", &true.into())?;
    browser.press("Escape")?;
    deck.wait("Reveal.isOverview()", &false.into())?;
    deck.visit.expect_no_errors()
}

#[test]
fn the_speaker_s_view_keeps_in_step_and_leads() -> Result<()> {
    let deck = deck()?;
    let browser = &deck.visit.browser;
    deck.open("/en.html#/1")?;
    deck.wait(PLACE, &place((1, 1)))?;
    let main = browser.window()?;
    // What the plugin writes into the window it leaves open, and chromedriver waits for its end.
    browser.eval(
        "const { open } = window; window.open = (...what) => (window.speaker = open.apply(window, what))",
    )?;
    browser.press("s")?;
    browser.wait_until("return window.speaker?.frames.length === 2")?;
    browser.eval("speaker.document.close()")?;
    let speaker = browser.other_window()?;
    browser.switch_to(&speaker)?;
    browser.set_preferences(Scheme::Light, true)?;
    browser.switch_to(&main)?;
    let in_speaker = |step: usize| -> Result<()> {
        browser.switch_to(&speaker)?;
        let seen = browser.wait_until("return frames[0]?.Reveal?.isReady?.()").and_then(|()| {
            browser.in_frame("#current-slide iframe", || {
                browser.in_frame("section.present iframe", || {
                    browser.wait_until(&format!(
                        "return document.querySelector('.badge')?.textContent.startsWith('{step} /')"
                    ))
                })
            })
        });
        browser.switch_to(&main)?;
        seen.with_context(|| format!("the speaker's view is not at step {step}"))
    };
    in_speaker(1)?;
    for step in [2, 3] {
        browser.press("ArrowRight")?;
        deck.wait(PLACE, &place((1, step)))?;
        in_speaker(step)?;
    }
    // The next key in the speaker's window walks the steps too, and on to the next slide.
    let last = places()?.iter().filter(|(slide, _)| *slide == 1).count();
    for step in 4..=last {
        browser.switch_to(&speaker)?;
        browser.press("ArrowRight")?;
        browser.switch_to(&main)?;
        deck.wait(PLACE, &place((1, step))).context("the deck does not follow the speaker")?;
    }
    browser.switch_to(&speaker)?;
    browser.press("ArrowRight")?;
    browser.switch_to(&main)?;
    deck.wait(PLACE, &place((2, 0))).context("the deck does not follow to the next slide")?;
    browser.close_others()?;
    deck.visit.expect_no_errors()
}
