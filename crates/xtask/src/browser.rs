//! The browser that looks at the page, and the driver that steers it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::debian::{self, find};
use crate::toolbox::{Toolbox, version_of};

/// The names that Chromium and Chrome go by; the last two are macOS's.
const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "Chromium",
    "Google Chrome",
];

/// Browser, driver, and letters for the Korean page.
const PACKAGES: &[&str] = &["chromium", "chromium-driver", "fonts-noto-cjk"];

const ELSEWHERE: &str = "\
the page is tested in Chromium, and no Chromium (or Chrome) with its chromedriver is found. Install both:
  Debian, Ubuntu: sudo apt-get install chromium chromium-driver fonts-noto-cjk
  macOS: brew install --cask google-chrome chromedriver
  elsewhere: Chrome, and the ChromeDriver of the same version on the search path
or set CHROME and CHROMEDRIVER to the two programs";

/// Sets `CHROME` and `CHROMEDRIVER` for the commands of the toolbox.
///
/// # Errors
/// When there is none and it is not ours to install one; never skips.
pub fn set_up(toolbox: &mut Toolbox) -> Result<()> {
    if find_pair().is_none() {
        debian::install(PACKAGES, ELSEWHERE)?;
    }
    let Some((browser, driver)) = find_pair() else {
        bail!("{} are installed, but no browser is found", PACKAGES.join(", "));
    };
    if let (Some(one), Some(other)) = (major(&browser), major(&driver))
        && one != other
    {
        bail!(
            "{} has version {one}, but {} has version {other}: install the same version of both, \
             or set CHROME and CHROMEDRIVER to a pair that fits",
            browser.display(),
            driver.display()
        );
    }
    korean_letters();
    toolbox.set("CHROME", browser);
    toolbox.set("CHROMEDRIVER", driver);
    Ok(())
}

/// Installs letters for the Korean page where a browser has none. Without them
/// the tests still hold, but a screenshot shows boxes.
fn korean_letters() {
    let list = duct::cmd("fc-list", [":lang=ko"]).stderr_null().read();
    if list.is_ok_and(|fonts| fonts.trim().is_empty()) {
        let note = "note: no font has Korean letters, so screenshots show boxes in their place";
        if let Err(error) = debian::install(&["fonts-noto-cjk"], note) {
            println!("{error:#}");
        }
    }
}

/// The browser and its driver, when both are there.
fn find_pair() -> Option<(PathBuf, PathBuf)> {
    let browser = named_in("CHROME").or_else(|| BROWSERS.iter().find_map(|name| find(name)))?;
    let driver = named_in("CHROMEDRIVER").or_else(|| find("chromedriver"))?;
    Some((browser, driver))
}

fn named_in(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

/// The first number of a version line: `Chromium 156.0.8078.79` has 156.
fn major(program: &Path) -> Option<u32> {
    major_in(&version_of(program)?)
}

fn major_in(line: &str) -> Option<u32> {
    line.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::major_in;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major_in("Chromium 156.0.8078.79 built on Debian 12"), Some(156));
        assert_eq!(major_in("ChromeDriver 156.0.8078.79 (a21ce95c)"), Some(156));
        assert_eq!(major_in("Google Chrome"), None);
    }
}
