//! What was opened once opens without a network.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use playground_tests::{Browser, Scheme, Site};
use serde_json::json;

use crate::hosting::Copy;

/// The files that the page cannot do without.
const ALL_KEPT: &str = "
    const cache = await caches.open('socket-playground 3 ' + new URL('./', location.href).href);
    const kept = (await cache.keys()).map((request) => request.url);
    const needed = performance.getEntriesByType('resource').map((entry) => entry.name)
        .filter((name) => name.startsWith(location.origin));
    needed.push(new URL('./', location.href).href);
    return navigator.serviceWorker.controller !== null && needed.every((name) => kept.includes(name));";

const STEP: &str = "return document.querySelector('.telling .eyebrow, .embed .badge')?.textContent ?? ''";

#[test]
fn the_page_opens_again_without_a_network() -> Result<()> {
    comes_back(Site::open()?)
}

#[test]
fn the_page_in_a_folder_opens_again_without_a_network() -> Result<()> {
    comes_back(Site::open_under("/courses/networks/")?)
}

fn comes_back(site: Site) -> Result<()> {
    let browser = Browser::open()?;
    browser.set_preferences(Scheme::Light, true)?;
    browser.goto(&site.url("/?v=1&lesson=dumb-proxy&lang=en"))?;
    tells(&browser, "Step 1 /")?;
    wait_async(&browser, ALL_KEPT).context("the page's files are not kept")?;
    let (again, another, slide, korean) = (
        site.url("/?v=1&lesson=dumb-proxy&lang=en&step=2"),
        site.url("/?v=1&lesson=reset&lang=en&step=3"),
        site.url("/?v=1&lesson=reset&lang=en&embed=1&step=4"),
        site.url("/?v=1&lesson=reset&lang=ko&step=3"),
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
        // One of the digits answers what the step may ask.
        browser.press_all(&["1", "2", "3", "4", "ArrowRight"])?;
        tells(&browser, after).with_context(|| format!("stepping in {address} without a network"))?;
    }
    let wrong = browser.eval(
        "return performance.getEntriesByType('resource').filter((it) => it.responseStatus >= 400).length",
    )?;
    ensure!(wrong == 0, "{wrong} files of the page could not be had without a network");
    // The words of a language that was never chosen are not there: the page says so and keeps its own.
    browser.goto(&again)?;
    tells(&browser, "Step 2 /")?;
    browser.eval("document.querySelector('input[name=language]:not(:checked)').click()")?;
    browser.wait_for(".notices li").context("no notice that the other language needs the network")?;
    tells(&browser, "Step 2 /").context("the page has lost its language")?;
    browser.goto(&korean)?;
    browser.wait_for(".notices li").context("no notice in a link in a language without words")?;
    tells(&browser, "Step 3 /").context("a link in a language without words opens in the other")
}

/// A page beside the lessons must not take the place of the page that is kept.
#[test]
fn other_pages_of_the_server_do_not_replace_the_page() -> Result<()> {
    let site = Site::open()?;
    let browser = Browser::open()?;
    browser.set_preferences(Scheme::Light, true)?;
    browser.goto(&site.url("/?v=1&lesson=dumb-proxy&lang=en"))?;
    tells(&browser, "Step 1 /")?;
    wait_async(&browser, ALL_KEPT).context("the page's files are not kept")?;
    // A slide deck of the same folder, say; here, a file of the page itself.
    browser.goto(&site.url("/manifest.webmanifest"))?;
    browser.goto(&site.url("/favicon.svg"))?;
    let lesson = site.url("/?v=1&lesson=dumb-proxy&lang=en&step=2");
    drop(site);
    browser.goto(&lesson)?;
    tells(&browser, "Step 2 /").context("another page was opened, then the lesson without a network")
}

/// The service worker of the site as it was before its program was one file. It kept everything in one cache.
const EARLIER_WORKER: &str = include_str!("offline/earlier.js");

/// Whoever has an earlier version of the site for use without a network gets the present one.
#[test]
fn an_earlier_copy_is_replaced() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let earlier = "<title>earlier</title><script>navigator.serviceWorker.register('./offline.js')</script>";
    fs::write(folder.path().join("index.html"), earlier)?;
    fs::write(folder.path().join("words.json"), "[]")?;
    fs::write(folder.path().join("offline.js"), EARLIER_WORKER)?;
    let site = Site::serve(folder.path().to_path_buf(), "/")?;
    let browser = Browser::open()?;
    browser.set_preferences(Scheme::Light, true)?;
    browser.goto(&site.url("/"))?;
    wait_async(&browser, "return navigator.serviceWorker.controller !== null")?;
    browser.goto(&site.url("/?again"))?;
    wait_async(&browser, "return (await (await caches.open('socket-playground')).keys()).length > 0")
        .context("the earlier worker keeps the page")?;

    copy(&playground_tests::paths::dist()?, folder.path())?;
    browser.goto(&site.url("/?v=1&lesson=dumb-proxy&lang=en"))?;
    tells(&browser, "Step 1 /").context("the new page opens by the earlier worker")?;
    wait_async(&browser, ALL_KEPT).context("the page's files are not kept")?;
    wait_async(&browser, "return !(await caches.has('socket-playground'))")
        .context("the old copy is there")?;
    let lesson = site.url("/?v=1&lesson=dumb-proxy&lang=en&step=2");
    drop(site);
    browser.goto(&lesson)?;
    tells(&browser, "Step 2 /").context("the new page without a network")
}

/// A deck of another site, which browsers keep apart from the page's own.
#[test]
fn a_lesson_in_a_deck_opens_again_without_a_network() -> Result<()> {
    let (site, folder) = (Site::open()?, tempfile::tempdir()?);
    let lesson = site.url("/?v=1&lesson=dumb-proxy&lang=en&embed=1&step=4");
    let deck = |lesson: &str| {
        format!(
            "<!doctype html><iframe src=\"{}\" width=960 height=540></iframe>",
            lesson.replace('&', "&amp;")
        )
    };
    fs::write(folder.path().join("index.html"), deck(&lesson))?;
    fs::write(folder.path().join("next.html"), deck(&lesson.replace("step=4", "step=6")))?;
    let decks = Site::serve(folder.path().to_path_buf(), "/")?;
    let browser = Browser::open()?;
    browser.set_preferences(Scheme::Light, true)?;
    // Another site than the page's: another name of this machine.
    browser.goto(&decks.url("/").replace("127.0.0.1", "localhost"))?;
    browser.in_frame("iframe", || {
        tells(&browser, "4 /")?;
        wait_async(&browser, ALL_KEPT).context("the page's files are not kept in the frame")
    })?;
    drop(site);
    browser.goto(&decks.url("/next.html").replace("127.0.0.1", "localhost"))?;
    browser.in_frame("iframe", || {
        tells(&browser, "6 /").context("another step in the same deck without a network")?;
        browser.eval("document.querySelector('.embed-bar button:last-of-type').click()")?;
        tells(&browser, "7 /").context("stepping in the deck without a network")
    })
}

/// An update that cannot be fetched as a whole leaves the page that is kept.
#[test]
fn half_an_update_does_not_replace_the_page() -> Result<()> {
    let copy = Copy::new()?;
    let (site, browser) = (copy.serve()?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    let lesson = site.url("/?v=1&lesson=dumb-proxy&lang=en&step=2");
    browser.goto(&lesson)?;
    tells(&browser, "Step 2 /")?;
    wait_async(&browser, ALL_KEPT).context("the page's files are not kept")?;
    copy.update()?;
    copy.remove("playground-web-", ".wasm")?;
    browser.goto(&lesson)?;
    browser
        .wait_until("return document.documentElement.dataset.failed !== undefined")
        .context("the new program is not there, and the page does not say so")?;
    drop(site);
    browser.click(".try-again[lang=en]")?;
    tells(&browser, "Step 2 /").context("the page as it was kept, without a network")
}

/// Copies the files of a folder, with those of its folders.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
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
