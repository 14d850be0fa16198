//! Reads and plays the first lesson of a page that marks what runs, before the rest of it has come; `cargo xtask watch`
//! hands in the page's folder, where the marks begin in its memory, and how many there are. Prints them.

use std::env;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use playground_tests::{Browser, Scheme, Site};
use serde_json::json;

/// How the page is opened: size, whether it is a phone's, language, and whether it is dark.
const SCREENS: [((u32, u32), bool, &str, Scheme); 4] = [
    ((1440, 900), false, "en", Scheme::Light),
    ((390, 844), true, "ko", Scheme::Dark),
    ((960, 540), false, "en", Scheme::Light),
    ((1920, 1080), false, "ko", Scheme::Light),
];

/// Links are read before anything is fetched.
const LINKS: [&str; 5] = [
    "lesson=reset&lang=ko&step=3&t=200000&sel=s4&tab=packets&theme=dark&speed=2&autoplay=1&keys=0&mss=536",
    "lesson=keep-alive&embed=1&chrome=caption&sel=e7&step=x&tab=none",
    "embed=ladder&chrome=none&theme=light&lang=en&t=x",
    "playground=1&scenario=e30&lesson=none&speed=9&lang=xx",
    "scenario=%ff&=&a=1&chrome=x&embed=x&sel=x&autoplay=x",
];

/// Everything that can be pressed, by CSS.
const BUTTONS: &str = ".transport button, .dock button, .languages input, .speeds input, .onward, .tabs button, \
    .open-share, .brand, .open-keyboard, .open-playground, .theme, .tools button, .asides button, .skip, \
    .question .option button, .stage-region svg [tabindex], .stage-region svg .flight, .notices button";

const KEYS: [&str; 17] = [
    "?", "Escape", "m", "p", "s", "n", "l", "t", "f", "r", "Tab", "Enter", "PageDown", "PageUp", "1", "2",
    " ",
];

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, begin, count] = arguments.as_slice() else {
        bail!("wants the page's folder, where the marks begin, and how many there are");
    };
    let (begin, count): (u64, usize) = (begin.parse()?, count.parse()?);
    let site = Site::serve(PathBuf::from(folder), "/")?;
    let mut marks = vec![false; count];
    // On its way, and not to be had.
    for fails in [false, true] {
        let browser = Browser::open()?;
        let early = format!(
            "window.fails = {fails};
             addEventListener('TrunkApplicationStarted', (event) => {{ window.started = event.detail.wasm }});"
        );
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": early }))?;
        for (size, phone, language, scheme) in SCREENS {
            browser.set_preferences(scheme, false)?;
            browser.set_screen(size, 1, phone)?;
            browser.goto(&site.url(&format!("/?lang={language}")))?;
            browser.wait_for(".telling h2")?;
            read_and_play(&browser)?;
            browser.set_screen((size.0 - 40, size.1 - 30), 1, phone)?;
            pause(400);
            collect(&browser, begin, &mut marks)?;
        }
        for link in LINKS {
            browser.goto(&site.url(&format!("/?{link}")))?;
            browser.wait_until("return window.started !== undefined")?;
            pause(700);
            collect(&browser, begin, &mut marks)?;
        }
    }
    println!("{}", marks.iter().map(|ran| if *ran { '1' } else { '0' }).collect::<String>());
    Ok(())
}

fn read_and_play(browser: &Browser) -> Result<()> {
    let step = |key: &str, times: usize, wait: u64| -> Result<()> {
        for _ in 0..times {
            browser.press(key)?;
            pause(wait);
        }
        Ok(())
    };
    // With the motion from step to step, and without.
    step("ArrowRight", 12, 600)?;
    step("ArrowLeft", 12, 150)?;
    step(" ", 1, 1_500)?;
    step(" ", 1, 300)?;
    for key in ["End", "Home"] {
        step(key, 1, 500)?;
    }
    step("Shift+ArrowRight", 6, 300)?;
    step("Shift+ArrowLeft", 3, 300)?;
    let press = format!(
        "const pause = () => new Promise((next) => setTimeout(next, 60));
         for (const one of [...document.querySelectorAll({BUTTONS:?})].slice(0, 150)) {{
             one.dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true }}));
             await pause();
         }}"
    );
    browser.eval_async(&press)?;
    for key in KEYS {
        step(key, 1, 100)?;
    }
    // The time is drawn along, and a pointer passes over.
    browser.eval_async(
        "const range = document.querySelector('.scrubber input');
         range.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
         for (const part of [0.3, 0.6]) {
             range.value = range.max * part;
             range.dispatchEvent(new Event('input', { bubbles: true }));
             await new Promise((next) => setTimeout(next, 100));
         }
         document.querySelector('.stage-region').dispatchEvent(
             new PointerEvent('pointermove', { bubbles: true, clientX: 300, clientY: 200 }));
         window.postMessage({ socketPlayground: 1, cmd: 'describe' }, '*');",
    )?;
    pause(500);
    Ok(())
}

/// Adds what has run since the page was loaded.
fn collect(browser: &Browser, begin: u64, marks: &mut [bool]) -> Result<()> {
    let found = browser.eval(&format!(
        "return Array.from(new Uint8Array(window.started.memory.buffer, {begin}, {})).join('')",
        marks.len()
    ))?;
    let found = found.as_str().context("no marks")?;
    ensure!(found.len() == marks.len() && found.contains('1'), "the page does not mark what runs");
    for (mark, found) in marks.iter_mut().zip(found.bytes()) {
        *mark |= found == b'1';
    }
    Ok(())
}

fn pause(milliseconds: u64) {
    thread::sleep(Duration::from_millis(milliseconds));
}
