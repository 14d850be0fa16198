//! The browser that looks at the page: found, or installed where that is ours to do.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::progress;
use crate::setup::{log_of, network_advice};
use crate::toolbox::{Toolbox, executable, version_of};

const BROWSERS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where browsers and drivers lie when they are not on the search path.
const PLACES: &[&str] = &[
    "/usr/bin",
    "/usr/lib/chromium",
    "/usr/lib/chromium-browser",
    "/usr/local/bin",
    "/opt/google/chrome",
    "/opt/homebrew/bin",
    "/snap/bin",
    "/Applications/Chromium.app/Contents/MacOS",
    "/Applications/Google Chrome.app/Contents/MacOS",
    "C:\\Program Files\\Google\\Chrome\\Application",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application",
];

/// The name of the browser inside macOS's application folders.
const MAC_BROWSERS: &[&str] = &["Chromium", "Google Chrome"];

/// Debian's packages: browser, driver, and letters for the Korean page.
const PACKAGES: &[&str] = &["chromium", "chromium-driver", "fonts-noto-cjk"];

/// Sets `CHROME` and `CHROMEDRIVER` for the commands of the toolbox.
///
/// # Errors
/// When there is none and it is not ours to install one; never skips.
pub fn set_up(toolbox: &mut Toolbox) -> Result<()> {
    if find_pair().is_none() {
        install()?;
    }
    let Some((browser, driver)) = find_pair() else {
        bail!("Debian's packages {PACKAGES:?} are installed, but no browser is found");
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
    toolbox.set("CHROME", browser);
    toolbox.set("CHROMEDRIVER", driver);
    Ok(())
}

/// The browser and its driver, when both are there.
fn find_pair() -> Option<(PathBuf, PathBuf)> {
    let browser = named_in("CHROME")
        .or_else(|| BROWSERS.iter().find_map(|name| find(name)))
        .or_else(|| MAC_BROWSERS.iter().find_map(|name| find(name)))?;
    let driver = named_in("CHROMEDRIVER").or_else(|| find("chromedriver"))?;
    Some((browser, driver))
}

fn named_in(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn find(name: &str) -> Option<PathBuf> {
    let name = executable(name);
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(PLACES.iter().map(PathBuf::from))
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

/// The first number of a version line: `Chromium 156.0.8078.79` has 156.
fn major(program: &Path) -> Option<u32> {
    major_in(&version_of(program)?)
}

fn major_in(line: &str) -> Option<u32> {
    line.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

/// Installs the browser where that is done without asking: on Debian, as root.
fn install() -> Result<()> {
    if !find("apt-get").is_some_and(|_| is_root()) {
        bail!(
            "the page is tested in Chromium, and no Chromium (or Chrome) with its chromedriver \
             is found. Install both:\n  \
             Debian, Ubuntu: sudo apt-get install {}\n  \
             macOS: brew install --cask google-chrome chromedriver\n  \
             elsewhere: Chrome, and the ChromeDriver of the same version on the search path\n\
             or set CHROME and CHROMEDRIVER to the two programs",
            PACKAGES.join(" ")
        );
    }
    let update = apt(&["update"]);
    progress::step("updating the package lists", &log_of("apt-update")?, &update)
        .with_context(network_advice)?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(PACKAGES);
    let what = format!("installing {} (about 2 minutes, once)", PACKAGES.join(", "));
    progress::step(&what, &log_of("browser")?, &apt(&arguments)).with_context(network_advice)
}

fn apt(arguments: &[&str]) -> duct::Expression {
    duct::cmd("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin_null()
}

fn is_root() -> bool {
    cfg!(unix) && duct::cmd("id", ["-u"]).read().is_ok_and(|id| id.trim() == "0")
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
