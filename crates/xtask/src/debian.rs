//! Programs that are no Rust: found, or installed where that is ours to do,
//! which is on Debian (and its kin) as root.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};
use duct::Expression;

use crate::setup::fetch;
use crate::toolbox::executable;

/// Where programs lie when they are not on the search path.
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
    "/Applications/Wireshark.app/Contents/MacOS",
    "C:\\Program Files\\Google\\Chrome\\Application",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application",
    "C:\\Program Files\\Wireshark",
];

/// Where a program is, when it is anywhere we know of.
pub fn find(name: &str) -> Option<PathBuf> {
    let name = executable(name);
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(PLACES.iter().map(PathBuf::from))
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

/// Installs Debian's packages.
///
/// # Errors
/// With `elsewhere`, which says what a person has to install, when this is not
/// a Debian on which we are root.
pub fn install(packages: &[&str], elsewhere: &str) -> Result<()> {
    if find("apt-get").is_none() || !is_root() {
        bail!("{elsewhere}");
    }
    fetch("updating the package lists", "apt-get", &apt_get(&["update"]))?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    let what = format!("installing {} (some minutes, once)", packages.join(", "));
    fetch(&what, "apt-get", &apt_get(&arguments))
}

fn apt_get(arguments: &[&str]) -> Expression {
    duct::cmd("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin_null()
}

fn is_root() -> bool {
    cfg!(unix) && duct::cmd("id", ["-u"]).read().is_ok_and(|id| id.trim() == "0")
}
