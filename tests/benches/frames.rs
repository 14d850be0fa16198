//! Script time per frame of the built page while it plays: the lightest and the heaviest lesson.
//!
//! Run by `cargo xtask bench`, which builds the page and finds a browser first. It prints and judges nothing.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use playground_lessons::{KnobValues, Lesson, all};
use playground_tests::{Browser, Site};
use serde_json::json;

/// A lesson, and the entries of its default run.
type Measured = (&'static Lesson, usize);

/// How long a lesson is played.
const PLAYS: Duration = Duration::from_secs(20);

/// Measures the callbacks of each animation frame together with the microtasks they leave behind.
const METER: &str = r"
    const frames = [];
    const request = window.requestAnimationFrame.bind(window);
    window.meter = frames;
    window.requestAnimationFrame = callback => request(at => {
        if (frames.length === 0 || frames[frames.length - 1].at !== at) frames.push({ at, spent: 0 });
        const frame = frames[frames.length - 1];
        const from = performance.now();
        let rounds = 8;
        const settle = () => {
            if (rounds-- > 0) Promise.resolve().then(settle);
            else frame.spent += performance.now() - from;
        };
        try { callback(at); } finally { settle(); }
    });
";

/// Starts playing again wherever it has stopped at a step; says whether the lesson is over.
const GO_ON: &str = r"
    const play = document.querySelector('.transport .play');
    if (play.ariaLabel === 'Play') {
        if (document.querySelector('.transport .round:nth-child(3)').disabled) return true;
        play.click();
    }
    return false;
";

fn main() -> Result<()> {
    let site = Site::open()?;
    let browser = Browser::open()?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": METER }))?;
    browser.set_language("en-US")?;
    for (lesson, entries) in ends()? {
        browser.goto(&site.url(&format!("/?v=1&lesson={}&lang=en", lesson.id)))?;
        browser.wait_until("return document.querySelector('.transport .play') !== null")?;
        browser.eval("window.meter.length = 0")?;
        let start = Instant::now();
        while start.elapsed() < PLAYS && browser.eval(GO_ON)? != true {
            thread::sleep(Duration::from_millis(50));
        }
        let spent = browser.eval("return window.meter.map(frame => frame.spent)")?;
        let spent: Vec<f64> = serde_json::from_value(spent).context("the meter does not answer")?;
        println!("{} ({entries} entries): {}", lesson.id, told(spent));
    }
    Ok(())
}

/// The lessons whose default runs have the fewest and the most entries.
fn ends() -> Result<[Measured; 2]> {
    let mut sizes = Vec::new();
    for lesson in all() {
        let run = lesson.run(&KnobValues::defaults(lesson)).map_err(|error| anyhow::anyhow!("{error}"))?;
        sizes.push((*lesson, run.trace.entries.len()));
    }
    let by_size = |one: &&Measured, other: &&Measured| one.1.cmp(&other.1);
    let lightest = sizes.iter().min_by(by_size).context("there is no lesson")?;
    let heaviest = sizes.iter().max_by(by_size).context("there is no lesson")?;
    Ok([*lightest, *heaviest])
}

/// Median, 99th percentile and maximum of milliseconds.
fn told(mut spent: Vec<f64>) -> String {
    if spent.is_empty() {
        return "no frame was drawn".to_owned();
    }
    spent.sort_by(f64::total_cmp);
    let at = |part: usize| spent[(spent.len() - 1) * part / 100];
    format!(
        "{} frames, script time per frame {:.1} ms median, {:.1} ms 99th percentile, {:.1} ms at most",
        spent.len(),
        at(50),
        at(99),
        at(100),
    )
}
