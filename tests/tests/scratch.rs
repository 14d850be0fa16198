//! Scratch.
use anyhow::Result;
use playground_tests::*;
#[test]
fn scratch() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.browser.set_preferences(Scheme::Light, true)?;
    visit.open("lesson=dumb-proxy&step=5&lang=en")?;
    browser.settle()?;
    browser.eval(&std::fs::read_to_string(std::env::var("PLAYGROUND_AXE")?)?)?;
    println!("{:#}", visit.browser.eval_async("const r = await axe.run(document, { runOnly: ['label-content-name-mismatch'], elementRef: true }); return r.violations.flatMap(({ nodes }) => nodes.map(({ element }) => [element.outerHTML.slice(0, 200), element.textContent]))")?);
    Ok(())
}
