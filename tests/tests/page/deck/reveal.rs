//! reveal.js: a frame with the link alone.

use std::fs;

use anyhow::{Context, Result, ensure};
use playground_tests::{Scheme, Site, World, paths};
use serde_json::json;

use crate::print::{pages, pdf};

use super::{Deck, SITE, dialog_code, installed, place, places, steps_of, walk_of};

/// Where the deck is: the slide, the step of its lesson, whether that has the focus.
const PLACE: &str = "(() => {
    const frame = document.querySelector('section.present iframe');
    return [Reveal.getIndices().h, look.lessons.get(frame?.contentWindow)?.step ?? 0, frame !== null && document.activeElement === frame];
})()";

fn files() -> Result<Vec<(&'static str, String)>> {
    let folder = paths::repository().join("decks/reveal");
    let read = |name| Ok((name, fs::read_to_string(folder.join(name))?));
    ["en.html", "ko.html", "start.js", "deck.css"].into_iter().map(read).collect()
}

fn deck() -> Result<Deck> {
    Deck::serve(&files()?, Some(installed("reveal")?))
}

/// Walks the first lesson of the deck, forwards to the slide behind it and back to the one before, in any browser.
pub fn walk_in(world: &World) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let site = world.site.url("/");
    for (name, text) in files()? {
        let text = text.replace(SITE, &site).replace("embed=1", "embed=1&amp;speed=4");
        fs::write(folder.path().join(name), text)?;
    }
    super::link(&installed("reveal")?, &folder.path().join("node_modules"))?;
    let deck = Site::serve(folder.path().to_path_buf(), "/")?;
    let browser = &world.browser;
    browser.goto(&deck.url("/en.html"))?;
    let (lesson, slides) = ("persistent", [0, 1, 2]);
    let steps = steps_of(lesson)?;
    let lesson = |step: usize| (slides[1], step);
    let forwards = (1..=steps).map(lesson).chain([(slides[2], 0)]).map(|place| ("ArrowRight", place));
    let back = (1..=steps).rev().map(lesson).chain([(slides[0], 0)]).map(|place| ("ArrowLeft", place));
    browser.wait_until("return window.Reveal?.isReady?.()")?;
    for (key, (slide, step)) in forwards.chain(back) {
        browser.press(key)?;
        (|| {
            let has_keys = step > 0;
            browser.wait_until(&format!(
                "const frame = document.querySelector('section.present iframe');
                 return Reveal.getIndices().h === {slide} && (frame !== null && document.activeElement === frame) === {has_keys};"
            ))?;
            // The step's number is there when its animation is over.
            let told = format!(
                "return document.querySelector('.badge')?.textContent.startsWith('{step} /')"
            );
            if has_keys { browser.in_frame("section.present iframe", || browser.wait_until(&told)) } else { Ok(()) }
        })()
        .with_context(|| format!("{key} to slide {slide}, step {step}"))?;
    }
    Ok(())
}

/// Another deck beside it, with this on the second of three slides.
fn own(deck: &Deck, slide: &str) -> Result<()> {
    let html = fs::read_to_string(deck.folder.path().join("en.html"))?;
    let (before, rest) = html.split_once("<div class=\"slides\">").context("no slides")?;
    let (_, after) = rest.rsplit_once("</section>").context("no end of the slides")?;
    let slide = slide.replace(SITE, &deck.visit.site.url("/"));
    let slides = ["<h1>One</h1>", &slide, "<h1>Three</h1>"].map(|it| format!("<section>{it}</section>"));
    let html = format!("{before}<div class=\"slides\">{}{after}", slides.concat());
    Ok(fs::write(deck.folder.path().join("own.html"), html)?)
}

/// The dialog's code is all that a presenter adds to a deck.
#[test]
fn what_the_dialog_writes_is_walked() -> Result<()> {
    let deck = deck()?;
    own(&deck, &dialog_code(&deck.visit, "keep-alive", "reveal.js")?)?;
    deck.open("/own.html")?;
    deck.wait(PLACE, &place((0, 0)))?;
    for next in walk_of("keep-alive")? {
        deck.visit.browser.press("ArrowRight")?;
        deck.wait(PLACE, &place(next))?;
    }
    deck.visit.expect_no_errors()
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

/// Two lessons beside each other on one slide, with nothing but their links: one after the other, and back.
#[test]
fn two_lessons_on_a_slide_are_walked_one_after_the_other() -> Result<()> {
    const LESSONS: [&str; 2] = ["keep-alive", "http11-persistent"];
    let frame = |lesson: &str| {
        format!(
            "<iframe src=\"{SITE}?v=2&amp;lesson={lesson}&amp;step=1&amp;lang=en&amp;embed=1&amp;deck=reveal\" width=\"620\" height=\"500\"></iframe>"
        )
    };
    let deck = deck()?;
    own(&deck, &format!("{}{}", frame(LESSONS[0]), frame(LESSONS[1])))?;
    deck.open("/own.html")?;
    // The slide, the step of each lesson, and which of them has the focus.
    let place = "(() => {
        const frames = [...document.querySelectorAll('iframe')];
        const steps = frames.map((frame) => look.lessons.get(frame.contentWindow)?.step ?? 0);
        return [Reveal.getIndices().h, ...steps, frames.indexOf(document.activeElement)];
    })()";
    let [first, second] = LESSONS.map(steps_of);
    let (first, second) = (first?, second?);
    let mut way = vec![json!([0, 1, 1, -1])];
    way.extend((1..=first).map(|step| json!([1, step, 1, 0])));
    way.extend((2..=second).map(|step| json!([1, first, step, 1])));
    way.push(json!([2, first, second, -1]));
    deck.wait(place, &way[0])?;
    for next in way.iter().skip(1) {
        deck.visit.browser.press("ArrowRight")?;
        deck.wait(place, next).context("on the way")?;
    }
    let mut back: Vec<_> = (1..=second).rev().map(|step| json!([1, first, step, 1])).collect();
    back.extend((1..first).rev().map(|step| json!([1, step, 1, 0])));
    back.push(json!([0, 1, 1, -1]));
    for next in &back {
        deck.visit.browser.press("ArrowLeft")?;
        deck.wait(place, next).context("on the way back")?;
    }
    deck.visit.expect_no_errors()
}

#[test]
fn the_pdf_has_a_page_for_each_step() -> Result<()> {
    let deck = deck()?;
    deck.open("/ko.html?print-pdf")?;
    let places = places()?;
    let lessons = places.iter().filter(|(_, step)| *step > 0).count();
    deck.wait("document.querySelectorAll('.pdf-page').length", &places.len().into())?;
    deck.wait("look.lessons.size", &lessons.into())?;
    let frames = "[...document.querySelectorAll('.pdf-page')].map((page) =>
        look.lessons.get(page.querySelector('iframe')?.contentWindow)?.step ?? 0)";
    let steps: Vec<usize> = places.iter().map(|(_, step)| *step).collect();
    deck.wait(frames, &json!(steps))?;
    let printed = pages(&pdf(&deck.visit.browser, None)?);
    ensure!(printed == places.len(), "{printed} pages for {} places", places.len());
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
    browser.switch_to(&speaker)?;
    browser.set_preferences(Scheme::Light, true)?;
    // The lesson learns of the preference with the next frame.
    browser.in_frame("#current-slide iframe", || {
        browser.in_frame("section.present iframe", || browser.settle())
    })?;
    browser.switch_to(&main)?;
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
