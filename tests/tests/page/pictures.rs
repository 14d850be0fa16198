//! A lesson as files and text, from the page.

use anyhow::{Result, ensure};
use playground_tests::{Scheme, Visit};
use serde_json::json;

/// Keeps what is downloaded and copied.
const KEEP: &str = "
    window.files = [];
    window.copied = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => (files.push(blob), make.call(URL, blob));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => void copied.push(text) } });";

/// The octets of the last file as text, one character an octet.
const LAST: &str = "
    const octets = new Uint8Array(await files.at(-1).arrayBuffer());
    const text = octets.reduce((all, octet) => all + String.fromCharCode(octet), '');";

#[test]
fn a_step_and_a_lesson_are_saved_as_pictures_and_copied_as_text() -> Result<()> {
    // Its second step is carried by the packet list, which is no drawing.
    const LESSON: &str = "https";
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    browser.set_preferences(Scheme::Light, true)?;
    // Saving is an experiment of the person: nothing is asked here.
    visit.open(&format!("v=2&lesson={LESSON}&step=4&lang=en"))?;
    browser.eval(KEEP)?;
    browser.click(".open-share")?;
    browser.wait_for(".pictures")?;
    let press = |label: &str| {
        browser.eval(&format!(
            "[...document.querySelectorAll('.pictures button')].find((it) => it.textContent === {label:?}).click()"
        ))
    };
    press("SVG")?;
    browser.wait_until("return files.length === 1")?;
    let svg = browser.eval_async(&format!(
        "{LAST} const page = new DOMParser().parseFromString(await files.at(-1).text(), 'image/svg+xml');
         return [page.documentElement.localName, page.querySelector('parsererror') === null, text.includes('<style')];"
    ))?;
    ensure!(svg == json!(["svg", true, true]), "the SVG is {svg}");
    press("PNG")?;
    browser.wait_until("return files.length === 2")?;
    let png = browser.eval_async(
        "const image = await createImageBitmap(files.at(-1)); return [files.at(-1).type, image.width, image.height]",
    )?;
    ensure!(png == json!(["image/png", 1920, 1080]), "the PNG is {png}");
    press("ZIP")?;
    browser.wait_until("return files.length === 3")?;
    let steps = playground_lessons::find(LESSON).map_or(0, |lesson| lesson.steps.len());
    let zip = browser.eval_async(&format!(
        "{LAST} return [text.split('PK\\x01\\x02').length - 1, text.split('\\x89PNG').length - 1, text.includes('{steps:02}.svg')]"
    ))?;
    ensure!(zip == json!([2 * steps, steps, true]), "the ZIP has {zip}");
    for (label, begins) in [("Mermaid", "sequenceDiagram"), ("Text", ""), ("Markdown", "#")] {
        press(label)?;
        browser.wait_until(&format!("return copied.at(-1)?.includes({begins:?})"))?;
    }
    ensure!(browser.eval("return copied.length")? == 3, "not all three are copied");
    visit.expect_no_errors()
}
