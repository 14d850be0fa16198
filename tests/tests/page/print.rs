//! The page on paper.

use anyhow::{Result, ensure};
use playground_tests::Visit;
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
