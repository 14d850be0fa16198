//! The page on paper.

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use playground_lessons::{KnobValues, Language};
use playground_tests::{Browser, Visit};
use serde_json::json;

/// The ground of what is chosen among the knobs, whether a print keeps it, and its ink; and what cannot be pressed on paper.
const PRINTED: &str = "await look.openKnobs();
    await look.frames(2);
    const chosen = getComputedStyle(document.querySelector('.knobs .choice input:checked + span'));
    const page = getComputedStyle(document.querySelector('.page'));
    return {
        ground: chosen.backgroundColor, ink: chosen.color, kept: chosen.printColorAdjust,
        scheme: getComputedStyle(document.documentElement).colorScheme,
        pressed: [...document.querySelectorAll('.dock, .tools, .views, .story-foot')].filter(look.isShown).map(look.nameOf),
        cut: [...document.querySelectorAll('.story, .bench, .hero-region')]
            .filter((part) => part.scrollHeight > part.clientHeight + 1).map(look.nameOf),
    };";

#[test]
fn a_page_is_printed_light_whole_and_with_its_choices() -> Result<()> {
    let visit = Visit::begin()?;
    visit.open("v=1&lesson=dumb-proxy&step=5&proxy=smart&theme=dark&lang=en")?;
    visit.browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
    let printed = visit.browser.eval_async(PRINTED);
    visit.browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
    let printed = printed?;
    ensure!(printed["kept"] == "exact", "the ground of what is chosen is left out: {printed}");
    ensure!(printed["ground"] != printed["ink"], "what is chosen cannot be read: {printed}");
    ensure!(printed["scheme"] == "light", "a dark page on paper: {printed}");
    ensure!(printed["pressed"] == json!([]), "what can only be pressed is printed: {printed}");
    ensure!(printed["cut"] == json!([]), "parts are cut off: {printed}");
    Ok(())
}

/// The page as a PDF file, on paper of its own size, or of this one in CSS pixels.
pub fn pdf(browser: &Browser, paper: Option<(u32, u32)>) -> Result<Vec<u8>> {
    let mut wanted = json!({ "printBackground": true, "preferCSSPageSize": true });
    if let Some((width, height)) = paper {
        wanted["paperWidth"] = json!(f64::from(width) / 96.0);
        wanted["paperHeight"] = json!(f64::from(height) / 96.0);
        for margin in ["marginTop", "marginBottom", "marginLeft", "marginRight"] {
            wanted[margin] = json!(0);
        }
    }
    let printed = browser.cdp("Page.printToPDF", wanted)?;
    let data = printed["data"].as_str().context("no PDF")?;
    Ok(BASE64.decode(data)?)
}

/// How many pages a PDF file of Chromium has: each is an object of its own, beside the tree of them.
pub fn pages(pdf: &[u8]) -> usize {
    let objects = |kind: &[u8]| pdf.windows(kind.len()).filter(|part| *part == kind).count();
    objects(b"/Type /Page") - objects(b"/Type /Pages")
}

/// `embed=print`: a page for each step, with its words, its picture and its question.
#[test]
fn a_lesson_is_printed_with_a_page_for_each_step() -> Result<()> {
    let visit = Visit::begin()?;
    for (lesson, language) in [("dumb-proxy", Language::Korean), ("https", Language::English)] {
        let lesson = playground_lessons::find(lesson).context("no such lesson")?;
        let story = lesson.run(&KnobValues::defaults(lesson))?.story(language);
        let name = if language == Language::Korean { "ko" } else { "en" };
        visit.browser.goto(
            &visit.site.url(&format!("/?v=2&lesson={}&embed=print&lang={name}&theme=dark", lesson.id)),
        )?;
        visit.browser.wait_for(".print-step .drawing")?;
        let told = visit.browser.eval(
            "return [...document.querySelectorAll('.print-step')].map((page) => [
                 page.querySelector('h2').textContent,
                 page.querySelector('.drawing').childElementCount > 0,
                 page.querySelectorAll('.print-question li').length,
             ])",
        )?;
        let expected: Vec<_> = story
            .iter()
            .map(|step| {
                let options = step.question.as_ref().map_or(0, |question| question.options.len());
                json!([step.title, true, options])
            })
            .collect();
        ensure!(told == json!(expected), "{}: {told}", lesson.id);
        let printed = pages(&pdf(&visit.browser, None)?);
        ensure!(printed == story.len(), "{}: {printed} pages for {} steps", lesson.id, story.len());
    }
    visit.expect_no_errors()
}
