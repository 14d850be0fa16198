//! Building in the playground: hosts are added, moved and removed, and every change is taken back.

use anyhow::{Context, Result, ensure};
use playground_tests::Visit;

/// The hosts in their order.
const HOSTS: &str = "[...document.querySelectorAll('.host-chip')].map((it) => it.textContent).join(' ')";

fn wait_for(visit: &Visit, hosts: &str) -> Result<()> {
    let is = format!("return {HOSTS} === {hosts:?}");
    visit.browser.wait_until(&is).with_context(|| format!("the hosts are not {hosts}"))
}

#[test]
fn a_smart_proxy_is_put_next_to_a_dumb_one_and_everything_is_taken_back() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    wait_for(&visit, "Client Proxy Server")?;
    // The plus between proxy and server; the new proxy is then edited.
    browser.click(".host-plus[aria-label='Add a proxy between Proxy and Server']")?;
    wait_for(&visit, "Client Proxy Proxy 2 Server")?;
    browser.wait_until("return document.querySelector('#field-nodes-2-name')?.value === 'proxy-2'")?;
    ensure!(
        browser.text(".hosts-said")?.contains("Proxy now connects to Proxy 2"),
        "nothing says what else changed"
    );
    browser.eval("document.querySelector('#field-nodes-2-role').focus()")?;
    browser.press("ArrowDown")?;
    browser.wait_for("[data-field^='/nodes/2/role/smart-proxy']")?;
    // By keyboard: the smart one changes places with the dumb one, and back.
    browser.eval("[...document.querySelectorAll('.host-chip')][2].focus()")?;
    browser.press("Alt+ArrowLeft")?;
    browser.wait_for("[data-field^='/nodes/2/role/dumb-proxy']")?;
    browser.press("Control+z")?;
    browser.wait_for("[data-field^='/nodes/2/role/smart-proxy']")?;
    browser.press("Control+Shift+z")?;
    browser.wait_for("[data-field^='/nodes/2/role/dumb-proxy']")?;
    browser.press("Delete")?;
    wait_for(&visit, "Client Proxy Server")?;
    for _ in 0..4 {
        browser.press("Control+z")?;
    }
    browser
        .wait_until("return new URLSearchParams(location.search).has('lesson') && location.hash === ''")?;
    wait_for(&visit, "Client Proxy Server")?;
    ensure!(browser.count(".toolbar .button:first-child:disabled")? == 1, "there is more to take back");
    visit.expect_no_errors()
}

#[test]
fn what_others_need_is_not_removed_and_presets_can_be_taken_back() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    browser.eval("[...document.querySelectorAll('.host-chip')].at(-1).focus()")?;
    browser.press("Delete")?;
    browser.wait_until(
        "return document.querySelector('.hosts-said').textContent.includes('Proxy connects to it')",
    )?;
    browser.eval(
        "const menu = document.querySelector('#presets'); menu.value = 'blank';
         menu.dispatchEvent(new Event('change', { bubbles: true }))",
    )?;
    wait_for(&visit, "Client Server")?;
    browser.click(".hosts .buttons .button:first-child")?;
    wait_for(&visit, "Client Client 2 Server")?;
    browser.press("Control+z")?;
    browser.press("Control+z")?;
    wait_for(&visit, "Client Proxy Server")?;
    visit.expect_no_errors()
}
