//! The built page comes up in a real browser, wherever it is served from.

use anyhow::{Result, ensure};
use playground_tests::{Browser, Site};

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn the_page_loads_without_an_error() -> Result<()> {
    let site = Site::open()?;
    let browser = Browser::open()?;
    comes_up(&browser, &site.url("/"))?;
    browser.screenshot("smoke")?;
    Ok(())
}

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn the_page_loads_from_a_folder_of_a_server() -> Result<()> {
    let site = Site::open_under("/courses/networks/")?;
    let browser = Browser::open()?;
    comes_up(&browser, &site.url("/"))
}

fn comes_up(browser: &Browser, url: &str) -> Result<()> {
    browser.goto(url)?;
    browser.wait_for_page()?;
    ensure!(browser.count("#app")? == 1, "there is one #app");
    let errors = browser.console_errors()?;
    ensure!(errors.is_empty(), "errors on the console: {errors:#?}");
    Ok(())
}
