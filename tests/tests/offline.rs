//! What was opened once opens without a network.

use anyhow::{Context, Result, ensure};
use playground_tests::{Browser, Scheme, Site};
use serde_json::json;

/// The files that the page cannot do without.
const ALL_KEPT: &str = "
    const cache = await caches.open('socket-playground');
    const kept = (await cache.keys()).map((request) => request.url);
    const needed = performance.getEntriesByType('resource').map((entry) => entry.name)
        .filter((name) => name.startsWith(location.origin));
    needed.push(new URL('./', location.href).href);
    return navigator.serviceWorker.controller !== null && needed.every((name) => kept.includes(name));";

const STEP: &str = "return document.querySelector('.telling .eyebrow, .embed .badge')?.textContent ?? ''";

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn the_page_opens_again_without_a_network() -> Result<()> {
    comes_back(Site::open()?)
}

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn the_page_in_a_folder_opens_again_without_a_network() -> Result<()> {
    comes_back(Site::open_under("/courses/networks/")?)
}

fn comes_back(site: Site) -> Result<()> {
    let browser = Browser::open()?;
    browser.set_preferences(Scheme::Light, true)?;
    browser.goto(&site.url("/?lesson=dumb-proxy&lang=en"))?;
    tells(&browser, "Step 1 /")?;
    wait_async(&browser, ALL_KEPT).context("the page's files are not kept")?;
    let (again, another, slide) = (
        site.url("/?lesson=dumb-proxy&lang=en&step=2"),
        site.url("/?lesson=reset&lang=ko&step=3"),
        site.url("/?lesson=reset&embed=1&step=4"),
    );
    // The server goes, and the browser is told that there is no network.
    drop(site);
    browser.cdp("Network.enable", json!({}))?;
    browser.cdp(
        "Network.emulateNetworkConditions",
        json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }),
    )?;
    let reached =
        browser.eval_async("return fetch('./?' + Math.random()).then((it) => it.status, () => null)")?;
    ensure!(reached.is_null() || reached == 200, "an answer with status {reached}");
    let reached = browser.eval_async("return fetch('./nothing').then((it) => it.status, () => null)")?;
    ensure!(reached.is_null(), "the network is still there: status {reached}");
    browser.console()?;
    browser.eval("location.reload()")?;
    tells(&browser, "Step 1 /").context("reloaded without a network")?;
    for (address, before, after) in
        [(&again, "Step 2 /", "Step 3 /"), (&another, "3 /", "4 /"), (&slide, "4 /", "5 /")]
    {
        browser.goto(address)?;
        tells(&browser, before).with_context(|| format!("{address} without a network"))?;
        browser.press("ArrowRight")?;
        tells(&browser, after).with_context(|| format!("stepping in {address} without a network"))?;
    }
    let wrong = browser.eval(
        "return performance.getEntriesByType('resource').filter((it) => it.responseStatus >= 400).length",
    )?;
    ensure!(wrong == 0, "{wrong} files of the page could not be had without a network");
    Ok(())
}

/// A page beside the lessons must not take the place of the page that is kept.
#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn other_pages_of_the_server_do_not_replace_the_page() -> Result<()> {
    let site = Site::open()?;
    let browser = Browser::open()?;
    browser.set_preferences(Scheme::Light, true)?;
    browser.goto(&site.url("/?lesson=dumb-proxy&lang=en"))?;
    tells(&browser, "Step 1 /")?;
    wait_async(&browser, ALL_KEPT).context("the page's files are not kept")?;
    // A slide deck of the same folder, say; here, a file of the page itself.
    browser.goto(&site.url("/manifest.webmanifest"))?;
    browser.goto(&site.url("/favicon.svg"))?;
    let lesson = site.url("/?lesson=dumb-proxy&lang=en&step=2");
    drop(site);
    browser.goto(&lesson)?;
    tells(&browser, "Step 2 /").context("another page was opened, then the lesson without a network")
}

/// Waits until the page tells this step.
fn tells(browser: &Browser, step: &str) -> Result<()> {
    browser.wait_until(&format!("{} .includes({step:?})", STEP.replace("return ", "return (") + ")"))
}

/// Waits until an asynchronous script gives true.
fn wait_async(browser: &Browser, script: &str) -> Result<()> {
    browser.eval(&format!(
        "window.came = false;
         (async () => {{
             const asked = async () => {{ {script} }};
             while (!(await asked())) await new Promise((next) => setTimeout(next, 50));
             window.came = true;
         }})()"
    ))?;
    browser.wait_until("return window.came")
}
