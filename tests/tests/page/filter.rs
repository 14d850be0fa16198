//! The packet list's display filter.

use anyhow::{Result, ensure};
use playground_tests::Visit;

const NUMBERS: &str = "[...document.querySelectorAll('.packets tbody tr[role=row] [id^=packet-]')].map((it) => Number(it.id.slice(7)))";

#[test]
fn a_filter_narrows_the_list_and_a_mistake_is_told() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&step=10&lang=en&tab=packets&playground=1")?;
    browser.wait_for("#packet-filter")?;
    let all = browser.eval(&format!("return {NUMBERS}.length"))?.as_u64().unwrap_or_default();
    browser.type_into("#packet-filter", "tcp.flags.reset == 1")?;
    browser.wait_until(&format!("return {NUMBERS}.length === 1"))?;
    let told = browser.text("#packet-filter-told")?;
    ensure!(told == format!("1 of {all}"), "{told}");
    // A mistake is told at its place, and the list stays as it was.
    browser.type_into("#packet-filter", " and")?;
    browser.wait_until(
        "return document.querySelector('#packet-filter').getAttribute('aria-invalid') === 'true'",
    )?;
    ensure!(
        browser.text("#packet-filter-told")?.starts_with("Place 25:"),
        "{}",
        browser.text("#packet-filter-told")?
    );
    ensure!(browser.eval(&format!("return {NUMBERS}.length"))? == 1, "the list changed");
    browser.eval(
        "const field = document.querySelector('#packet-filter'); field.value = 'http';
         field.dispatchEvent(new Event('input', { bubbles: true }))",
    )?;
    browser.wait_until(&format!("return {NUMBERS}.length > 2"))?;
    // Arrow keys pass from one of the rows that are left to the next.
    browser.eval(&format!("document.querySelector('#packet-' + {NUMBERS}[0]).focus()"))?;
    browser.press("ArrowDown")?;
    browser.wait_until(&format!("return document.activeElement.id === 'packet-' + {NUMBERS}[1]"))?;
    browser.press("End")?;
    browser.wait_until(&format!("return document.activeElement.id === 'packet-' + {NUMBERS}.at(-1)"))?;
    visit.expect_no_errors()
}
