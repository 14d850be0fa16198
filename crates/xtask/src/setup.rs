//! The tools that the commands need, each in the one version that fits and installed once into the tools folder. A
//! tool of that version on the search path is used as it is.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use duct::Expression;

use crate::progress;
use crate::toolbox::{Toolbox, has_version, root, tools_folder, version_of};

/// The version of trunk that builds the page; later ones want a newer rustc.
const TRUNK: &str = "0.21.14";
/// The version of Binaryen, and so of wasm-opt, that this trunk goes with; as in Trunk.toml.
const BINARYEN: &str = "123";
/// The version of Sass, which makes one style sheet of several; as in Trunk.toml.
const SASS: &str = "1.108.2";
/// The version of axe-core, whose accessibility rules the page keeps.
const AXE: &str = "4.14.0";
/// The version of geckodriver.
const GECKODRIVER: &str = "0.37.0";
/// The version of Mermaid, which must read the diagrams that are written here: the last one for Node.js 20.
const MERMAID: &str = "11.12.2";
/// The version of cargo-deny that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// npm's own program.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Sets up all that builds the page.
///
/// # Errors
/// As all functions here: when something is missing and cannot be installed.
pub fn page_tools(toolbox: &mut Toolbox) -> Result<()> {
    wasm_target()?;
    wasm_bindgen(toolbox)?;
    cargo_tool(toolbox, "trunk", TRUNK, "about 6 minutes")?;
    // Looking for a newer version of itself needs the network.
    toolbox.set("TRUNK_SKIP_VERSION_CHECK", "true");
    npm_tool(toolbox, "wasm-opt", "binaryen", BINARYEN)?;
    npm_tool(toolbox, "sass", "sass", SASS)
}

/// Sets up the standard library for WebAssembly.
pub fn wasm_target() -> Result<()> {
    let library = duct::cmd("rustc", ["--print", "target-libdir", "--target", WASM_TARGET])
        .dir(root())
        .read()
        .context("rustc does not answer")?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    if version_of("rustup").is_none() {
        bail!(
            "the Rust target {WASM_TARGET} is missing and rustup is not there to add it: \
             install Rust by rustup, or your system's package of that target"
        );
    }
    let add = duct::cmd("rustup", ["target", "add", WASM_TARGET]).dir(root()).stdin_null();
    fetch(&format!("adding the Rust target {WASM_TARGET}"), "wasm-target", &add)
}

/// Sets up wasm-bindgen and its test runner, whose version must equal the library's.
pub fn wasm_bindgen(toolbox: &mut Toolbox) -> Result<()> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    let programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    if programs.iter().all(|program| has_version(program, &version)) {
        return Ok(());
    }
    cargo_install(toolbox, "wasm-bindgen", "wasm-bindgen-cli", &version, "about 2 minutes")
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let lock: toml::Table = lock.parse().ok()?;
    let packages = lock.get("package")?.as_array()?;
    let entry =
        packages.iter().find(|entry| entry.get("name").and_then(|it| it.as_str()) == Some(package))?;
    Some(entry.get("version")?.as_str()?.to_owned())
}

/// Sets up geckodriver, by which Firefox is steered.
pub fn geckodriver(toolbox: &mut Toolbox) -> Result<()> {
    cargo_tool(toolbox, "geckodriver", GECKODRIVER, "about 2 minutes")
}

/// Sets up cargo-deny.
pub fn cargo_deny(toolbox: &mut Toolbox) -> Result<()> {
    cargo_tool(toolbox, "cargo-deny", CARGO_DENY, "about 5 minutes")
}

/// Sets up a tool that is a crate of the same name.
fn cargo_tool(toolbox: &mut Toolbox, name: &str, version: &str, time: &str) -> Result<()> {
    if has_version(name, version) { Ok(()) } else { cargo_install(toolbox, name, name, version, time) }
}

/// Installs a crate's programs into `NAME-VERSION` in the tools folder, unless they are there.
fn cargo_install(toolbox: &mut Toolbox, name: &str, package: &str, version: &str, time: &str) -> Result<()> {
    let folder = tools_folder()?.join(format!("{name}-{version}"));
    let programs = folder.join("bin");
    if !programs.join(format!("{name}{EXE_SUFFIX}")).is_file() {
        let target = folder.to_str().context("the tools folder's name is not Unicode")?;
        let arguments = ["install", package, "--version", version, "--locked", "--root", target];
        let what = format!("installing {package} {version} ({time}, once)");
        fetch(&what, package, &duct::cmd("cargo", arguments).stdin_null())?;
    }
    toolbox.add_folder(programs);
    Ok(())
}

/// Sets up a program that an npm package carries.
fn npm_tool(toolbox: &mut Toolbox, program: &str, package: &str, version: &str) -> Result<()> {
    if has_version(program, version) {
        return Ok(());
    }
    let suffix = if cfg!(windows) { ".cmd" } else { "" };
    let file = format!("node_modules/.bin/{program}{suffix}");
    let folder = npm_package(package, version, &file)?;
    let path = folder.join(file);
    ensure!(has_version(&path, version), "{} is not {program} {version}, or does not run", path.display());
    toolbox.add_folder(folder.join("node_modules").join(".bin"));
    Ok(())
}

/// Sets up axe-core, which finds what assistive technology cannot use, and tells the tests by `PLAYGROUND_AXE` where
/// it is.
pub fn axe(toolbox: &mut Toolbox) -> Result<()> {
    let file = "node_modules/axe-core/axe.min.js";
    toolbox.set("PLAYGROUND_AXE", npm_package("axe-core", AXE, file)?.join(file));
    Ok(())
}

/// Sets up Mermaid, and tells the tests by `PLAYGROUND_MERMAID` where it is.
pub fn mermaid(toolbox: &mut Toolbox) -> Result<()> {
    let file = "node_modules/mermaid/dist/mermaid.core.mjs";
    toolbox.set("PLAYGROUND_MERMAID", npm_package("mermaid", MERMAID, file)?.join(file));
    Ok(())
}

/// The folder of an npm package, which is installed unless `file` is in it.
fn npm_package(package: &str, version: &str, file: &str) -> Result<std::path::PathBuf> {
    let tools = tools_folder()?;
    let folder = tools.join(format!("{package}-{version}"));
    if folder.join(file).exists() {
        return Ok(folder);
    }
    if version_of(NPM).is_none() {
        bail!("npm is not installed, and {package} comes from there: install Node.js with npm");
    }
    // Moved into place when complete, so that half a package is never taken for a whole one.
    fs::create_dir_all(&tools).with_context(|| format!("cannot make the folder {}", tools.display()))?;
    let staging = tempfile::tempdir_in(&tools)?;
    let prefix = staging.path().to_str().context("the tools folder's name is not Unicode")?;
    let wanted = format!("{package}@{version}");
    let arguments = ["install", "--no-audit", "--no-fund", "--prefix", prefix, &wanted];
    let what = format!("installing {wanted} (half a minute, once)");
    fetch(&what, "npm", &duct::cmd(NPM, arguments).stdin_null())?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::rename(staging.keep(), &folder)?;
    Ok(folder)
}

/// Runs a step that needs the network, and says so when it fails.
pub fn fetch(what: &str, log: &str, command: &Expression) -> Result<()> {
    let log = tools_folder()?.join("log").join(format!("{log}.log"));
    progress::step(what, &log, command).map_err(|error| {
        anyhow!(
            "{error:#}\nThis step needs the network, once. If that is what is missing, check the connection (and a \
             proxy, if there is one) and run the command again; what is installed already is kept."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_the_lock_file() {
        let lock = "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n";
        assert_eq!(locked_version(lock, "a").as_deref(), Some("1.2.3"));
        assert_eq!(locked_version(lock, "b"), None);
    }

    #[test]
    fn trunk_asks_for_the_versions_that_are_installed() {
        let trunk: toml::Table = fs::read_to_string(root().join("Trunk.toml")).unwrap().parse().unwrap();
        let wanted = |tool: &str| trunk["tools"][tool].as_str().map(str::to_owned);
        assert_eq!(wanted("sass").as_deref(), Some(SASS));
        assert_eq!(wanted("wasm_opt"), Some(format!("version_{BINARYEN}")));
    }
}
