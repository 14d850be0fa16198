//! Programs of the system that the tests use: a browser with its driver, tshark, curl, nginx, squid and ab. They are found, or installed
//! where that is possible without asking: on Debian and its kin as root.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::setup::{fetch, geckodriver};
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

/// The browser, its driver, and a font with Korean letters.
const BROWSER_PACKAGES: &[&str] = &["chromium", "chromium-driver", "fonts-noto-cjk"];

/// The names that Firefox goes by.
const FIREFOXES: &[&str] = &["firefox-esr", "firefox"];

/// WebKitGTK with its driver and test browser, and the screen that it is shown on.
const WEBKIT_PACKAGES: &[&str] = &["webkit2gtk-driver", "xvfb", "xauth"];

const NO_BROWSER: &str = "\
the page is tested in Chromium, and no Chromium (or Chrome) with its chromedriver is found. Install both:
  Debian, Ubuntu: sudo apt-get install chromium chromium-driver fonts-noto-cjk
  macOS: brew install --cask google-chrome chromedriver
  elsewhere: Chrome, and the ChromeDriver of the same version on the search path
or set CHROME and CHROMEDRIVER to the two programs";

const NO_TSHARK: &str = "\
exported captures are read back by tshark, and there is none: install Wireshark with tshark \
(Debian, Ubuntu: sudo apt-get install tshark)";

/// What stands on either side of the proxies on real sockets: programs with their packages.
const PEERS: &[(&str, &str)] =
    &[("curl", "curl"), ("nginx", "nginx"), ("squid", "squid"), ("ab", "apache2-utils")];

const NO_PEERS: &str = "\
the proxies on real sockets are tried with curl, nginx, squid and ab: install them (Debian, Ubuntu: \
sudo apt-get install curl nginx squid apache2-utils)";

/// Debian asks this program whether a package's daemon may start.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Where programs lie when they are not on the search path.
const PLACES: &[&str] = &[
    "/usr/bin",
    "/usr/sbin",
    "/usr/lib/chromium",
    "/usr/lib/chromium-browser",
    "/usr/local/bin",
    "/opt/google/chrome",
    "/opt/homebrew/bin",
    "/snap/bin",
    "/Applications/Chromium.app/Contents/MacOS",
    "/Applications/Google Chrome.app/Contents/MacOS",
    "/Applications/Wireshark.app/Contents/MacOS",
    "C:\\Program Files\\Google\\Chrome\\Application",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application",
    "C:\\Program Files\\Wireshark",
];

/// Sets `CHROME` and `CHROMEDRIVER` for the commands of the toolbox.
///
/// # Errors
/// When there is no browser and none can be installed; tests of the page are never skipped.
pub fn browser(toolbox: &mut Toolbox) -> Result<()> {
    if find_browser().is_none() {
        install(BROWSER_PACKAGES, NO_BROWSER)?;
    }
    let (browser, driver) = find_browser().context("packages are installed, but no browser is found")?;
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
    korean_font();
    toolbox.set("CHROME", browser);
    toolbox.set("CHROMEDRIVER", driver);
    Ok(())
}

/// Sets `FIREFOX` and `GECKODRIVER`, `MINIBROWSER` and `WEBKITDRIVER`: the core walk is tested in these browsers too.
/// One that is not there and cannot be installed here is named, and left out.
pub fn other_browsers(toolbox: &mut Toolbox) {
    for (name, outcome) in [("Firefox", firefox(toolbox)), ("WebKitGTK", webkit(toolbox))] {
        if let Err(error) = outcome {
            println!("NOT tested in {name}: {error:#}");
        }
    }
}

fn firefox(toolbox: &mut Toolbox) -> Result<()> {
    let find = || FIREFOXES.iter().find_map(|name| find(name));
    if find().is_none() {
        install(&["firefox-esr"], "install Firefox")?;
    }
    let browser = find().context("it is not found")?;
    geckodriver(toolbox)?;
    toolbox.set("GECKODRIVER", toolbox.find("geckodriver").context("there is no geckodriver")?);
    toolbox.set("FIREFOX", browser);
    Ok(())
}

/// WebKitGTK's driver, its test browser, and a screen for it.
fn webkit(toolbox: &mut Toolbox) -> Result<()> {
    let find_all = || Some((find("WebKitWebDriver")?, minibrowser()?, find("xvfb-run")?));
    if find_all().is_none() {
        install(WEBKIT_PACKAGES, "install Debian's packages webkit2gtk-driver, xvfb and xauth")?;
    }
    let (driver, browser, _) = find_all().context("it is not found")?;
    toolbox.set("WEBKITDRIVER", driver);
    toolbox.set("MINIBROWSER", browser);
    Ok(())
}

/// WebKitGTK's test browser lies beside its library: `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser`.
fn minibrowser() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").ok()?;
    let folders = libraries.filter_map(|entry| std::fs::read_dir(entry.ok()?.path()).ok()).flatten();
    let webkits = folders.filter_map(|entry| {
        let path = entry.ok()?.path();
        path.file_name()?.to_str()?.starts_with("webkit2gtk-").then(|| path.join("MiniBrowser"))
    });
    webkits.filter(|path| path.is_file()).max()
}

/// Sets up tshark, which reads the captures that the project writes.
///
/// # Errors
/// When there is none and it cannot be installed.
pub fn tshark(toolbox: &mut Toolbox) -> Result<()> {
    if find("tshark").is_none() {
        install(&["tshark"], NO_TSHARK)?;
    }
    let program = find("tshark").context(NO_TSHARK)?;
    if version_of("tshark").is_none()
        && let Some(folder) = program.parent()
    {
        toolbox.add_folder(folder.to_path_buf());
    }
    Ok(())
}

/// Sets up the programs that are put on either side of the proxies on real sockets.
///
/// # Errors
/// When one is missing and cannot be installed.
pub fn peers() -> Result<()> {
    let missing = || PEERS.iter().filter(|(program, _)| find(program).is_none());
    let packages: Vec<&str> = missing().map(|(_, package)| *package).collect();
    if !packages.is_empty() {
        without_daemons(|| install(&packages, NO_PEERS))?;
    }
    ensure!(missing().next().is_none(), NO_PEERS);
    Ok(())
}

/// Installs packages whose daemons stay off: the tests start their own, on ports of their own.
fn without_daemons(install: impl FnOnce() -> Result<()>) -> Result<()> {
    let is_ours = !Path::new(POLICY).exists() && std::fs::write(POLICY, "#!/bin/sh\nexit 101\n").is_ok();
    if is_ours {
        duct::cmd("chmod", ["755", POLICY]).run()?;
    }
    let outcome = install();
    if is_ours {
        std::fs::remove_file(POLICY).context(POLICY)?;
    }
    outcome
}

/// Installs a font with Korean letters where there is none, or nothing that lists fonts. Without it the command line draws
/// no PNG, and a screenshot shows boxes.
pub fn korean_font() {
    let list = duct::cmd("fc-list", [":lang=ko"]).stderr_null().read();
    if !list.is_ok_and(|fonts| !fonts.trim().is_empty()) {
        let note = "note: no font with Korean letters is found, and pictures with Korean words need one";
        if let Err(error) = install(&["fonts-noto-cjk", "fontconfig"], note) {
            println!("{error:#}");
        }
    }
}

/// The browser and its driver, when both are there.
fn find_browser() -> Option<(PathBuf, PathBuf)> {
    let named = |variable| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    let browser = named("CHROME").or_else(|| BROWSERS.iter().find_map(|name| find(name)))?;
    let driver = named("CHROMEDRIVER").or_else(|| find("chromedriver"))?;
    Some((browser, driver))
}

/// The first number of a version line: `Chromium 156.0.8078.79` has 156.
fn major(program: &Path) -> Option<u32> {
    major_in(&version_of(program)?)
}

fn major_in(line: &str) -> Option<u32> {
    line.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

/// The path of a program that is on the search path or in a usual place.
fn find(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(PLACES.iter().map(PathBuf::from))
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

/// Installs Debian's packages.
///
/// # Errors
/// With `instead`, which says what to install, when this is no Debian or the user is not root.
fn install(packages: &[&str], instead: &str) -> Result<()> {
    let is_root = cfg!(unix) && duct::cmd("id", ["-u"]).read().is_ok_and(|id| id.trim() == "0");
    if find("apt-get").is_none() || !is_root {
        bail!("{instead}");
    }
    let apt_get = |arguments: &[&str]| {
        duct::cmd("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin_null()
    };
    fetch("updating the package lists", "apt-get", &apt_get(&["update"]))?;
    let arguments = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    let what = format!("installing {} (some minutes, once)", packages.join(", "));
    fetch(&what, "apt-get", &apt_get(&arguments))
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
