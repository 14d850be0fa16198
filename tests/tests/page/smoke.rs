//! The built page comes up in a real browser, wherever it is served from.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use playground_tests::{Browser, ConsoleMessage, Site};
use serde_json::json;

#[test]
fn the_page_loads_without_an_error() -> Result<()> {
    let site = Site::open()?;
    let browser = Browser::open()?;
    comes_up(&browser, &site.url("/"))?;
    browser.screenshot("smoke")?;
    Ok(())
}

#[test]
fn the_page_loads_from_a_folder_of_a_server() -> Result<()> {
    let site = Site::open_under("/courses/networks/")?;
    let browser = Browser::open()?;
    comes_up(&browser, &site.url("/"))
}

/// The page has no way to panic, so the browser withholds the elements that it is drawn into.
#[test]
fn a_panic_is_written_to_the_console() -> Result<()> {
    let site = Site::open()?;
    let browser = Browser::open()?;
    let nothing = "document.getElementById = () => null;
                   Object.defineProperty(document, 'body', { get: () => null });";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": nothing }))?;
    browser.goto(&site.url("/"))?;
    let end = Instant::now() + Duration::from_secs(15);
    let mut errors = Vec::new();
    while !errors.iter().any(|line: &ConsoleMessage| line.text.contains("a document has a body")) {
        ensure!(Instant::now() < end, "no panic on the console: {errors:#?}");
        errors.extend(browser.console_errors()?);
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn comes_up(browser: &Browser, url: &str) -> Result<()> {
    browser.goto(url)?;
    browser.wait_for_page()?;
    ensure!(browser.count("#app")? == 1, "there is one #app");
    let errors = browser.console_errors()?;
    ensure!(errors.is_empty(), "errors on the console: {errors:#?}");
    Ok(())
}
