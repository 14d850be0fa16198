//! The tools that the commands need, in the one version that is right, each
//! installed once. A tool of that version on the search path is taken as it is.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use duct::Expression;

use crate::progress;
use crate::toolbox::{Toolbox, executable, is_version, tools_folder, version_of};
use crate::workspace;

/// The version of trunk that builds the page; later ones want a newer rustc.
const TRUNK: &str = "0.21.14";
/// The version of Binaryen, and so of wasm-opt, that this trunk goes with.
const BINARYEN: &str = "123";
/// The version of esbuild, which minifies scripts and style sheets.
const ESBUILD: &str = "0.28.2";
/// The version of axe-core, whose rules the page keeps.
const AXE: &str = "4.14.0";
/// The version of cargo-deny that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Whether the page must come out as small as it can, or may do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optimizer {
    /// `wasm-opt` must be there.
    Required,
    /// Without npm, the page is built without `wasm-opt`.
    Optional,
}

/// Sets up all that builds the page. Tells whether there is a `wasm-opt`.
pub fn page_tools(toolbox: &mut Toolbox, optimizer: Optimizer) -> Result<bool> {
    wasm_target()?;
    wasm_bindgen(toolbox)?;
    cargo_tool(toolbox, "trunk", TRUNK, "about 6 minutes")?;
    // Looking for a newer version of itself is the network's business.
    toolbox.set("TRUNK_SKIP_VERSION_CHECK", "true");
    wasm_opt(toolbox, optimizer)
}

/// Sets up the standard library for WebAssembly.
pub fn wasm_target() -> Result<()> {
    let sysroot = duct::cmd("rustc", ["--print", "sysroot"])
        .dir(workspace::root())
        .read()
        .context("rustc does not answer")?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET);
    if library.join("lib").is_dir() {
        return Ok(());
    }
    if version_of("rustup").is_none() {
        bail!(
            "the Rust target {WASM_TARGET} is missing and rustup is not there to add it: \
             install Rust by rustup, or your system's package of that target"
        );
    }
    let add = duct::cmd("rustup", ["target", "add", WASM_TARGET]).dir(workspace::root()).stdin_null();
    fetch(&format!("adding the Rust target {WASM_TARGET}"), "wasm-target", &add)
}

/// Sets up the source of the standard library, which is compiled with the page.
pub fn standard_library_source() -> Result<()> {
    let sysroot = duct::cmd("rustc", ["--print", "sysroot"])
        .dir(workspace::root())
        .read()
        .context("rustc does not answer")?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    if version_of("rustup").is_none() {
        bail!(
            "the source of the standard library is missing and rustup is not there to add it: \
             install Rust by rustup, or your system's package rust-src"
        );
    }
    let add = duct::cmd("rustup", ["component", "add", "rust-src"]).dir(workspace::root()).stdin_null();
    fetch("adding the source of Rust's standard library", "rust-src", &add)
}

/// Sets up what minifies scripts and style sheets, and tells its name.
pub fn minifier(toolbox: &mut Toolbox) -> Result<String> {
    let folder = tools_folder()?.join(format!("esbuild-{ESBUILD}"));
    let programs = folder.join("node_modules").join(".bin");
    let name = if cfg!(windows) { "esbuild.cmd" } else { "esbuild" };
    if !is_version(version_of(programs.join(name)), ESBUILD) {
        if version_of(NPM).is_none() {
            bail!("npm is not installed, and esbuild comes from there: install Node.js with npm");
        }
        npm_install(&format!("esbuild@{ESBUILD}"), &folder)?;
    }
    toolbox.add_folder(programs);
    Ok(name.to_owned())
}

/// Sets up wasm-bindgen, whose version must equal the library's.
pub fn wasm_bindgen(toolbox: &mut Toolbox) -> Result<()> {
    let version = workspace::locked_version("wasm-bindgen")?;
    let programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    if programs.iter().all(|program| is_version(version_of(program), &version)) {
        return Ok(());
    }
    let folder = tools_folder()?.join(format!("wasm-bindgen-{version}"));
    if !programs.iter().all(|it| has_program(&folder, it)) {
        cargo_install("wasm-bindgen-cli", &version, &folder, "about 2 minutes")?;
    }
    toolbox.add_folder(folder.join("bin"));
    Ok(())
}

/// Sets up cargo-deny.
pub fn cargo_deny(toolbox: &mut Toolbox) -> Result<()> {
    cargo_tool(toolbox, "cargo-deny", CARGO_DENY, "about 5 minutes")
}

/// Sets up a tool that is a crate of the same name.
fn cargo_tool(toolbox: &mut Toolbox, name: &str, version: &str, time: &str) -> Result<()> {
    if is_version(version_of(name), version) {
        return Ok(());
    }
    let folder = tools_folder()?.join(format!("{name}-{version}"));
    if !has_program(&folder, name) {
        cargo_install(name, version, &folder, time)?;
    }
    toolbox.add_folder(folder.join("bin"));
    Ok(())
}

fn has_program(folder: &Path, name: &str) -> bool {
    folder.join("bin").join(executable(name)).is_file()
}

fn cargo_install(package: &str, version: &str, folder: &Path, time: &str) -> Result<()> {
    let root = folder.to_str().context("the tools folder has a strange name")?;
    let install = duct::cmd("cargo", ["install", package, "--version", version, "--locked", "--root", root])
        .stdin_null();
    let what = format!("installing {package} {version} ({time}, once)");
    fetch(&what, package, &install)
}

/// Sets up wasm-opt, which npm's package binaryen carries for every system, as a
/// script for node. Tells whether it is there.
fn wasm_opt(toolbox: &mut Toolbox, optimizer: Optimizer) -> Result<bool> {
    if is_version(version_of("wasm-opt"), BINARYEN) {
        return Ok(true);
    }
    let folder = tools_folder()?.join(format!("binaryen-{BINARYEN}"));
    let programs = folder.join("node_modules").join(".bin");
    let program = programs.join(if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" });
    if !is_version(version_of(&program), BINARYEN) {
        if version_of(NPM).is_none() {
            if optimizer == Optimizer::Optional {
                println!(
                    "note: npm is not installed, so wasm-opt is left out: the page works, \
                     but is larger than the published one"
                );
                return Ok(false);
            }
            bail!(
                "npm is not installed, and wasm-opt comes from its package binaryen: \
                 install Node.js with npm, or Binaryen {BINARYEN} itself"
            );
        }
        npm_install(&format!("binaryen@{BINARYEN}"), &folder)?;
        if !is_version(version_of(&program), BINARYEN) {
            bail!("wasm-opt is installed in {}, but does not run", folder.display());
        }
    }
    toolbox.add_folder(programs);
    Ok(true)
}

/// Sets up axe-core, which looks for what assistive technology stumbles over, and
/// tells the tests by `PLAYGROUND_AXE` where it is.
pub fn axe(toolbox: &mut Toolbox) -> Result<()> {
    let folder = tools_folder()?.join(format!("axe-core-{AXE}"));
    let file = folder.join("node_modules").join("axe-core").join("axe.min.js");
    if !file.is_file() {
        if version_of(NPM).is_none() {
            bail!("npm is not installed, and axe-core comes from there: install Node.js with npm");
        }
        npm_install(&format!("axe-core@{AXE}"), &folder)?;
    }
    toolbox.set("PLAYGROUND_AXE", file);
    Ok(())
}

/// Installs a package of npm's into a folder of its own, which is moved into
/// place when complete: half a package must not pass for one.
fn npm_install(package: &str, folder: &Path) -> Result<()> {
    let tools = tools_folder()?;
    fs::create_dir_all(&tools).with_context(|| format!("cannot make the folder {}", tools.display()))?;
    let staging = tempfile::tempdir_in(&tools)?;
    let prefix = staging.path().to_str().context("a strange folder name")?;
    let arguments = ["install", "--no-audit", "--no-fund", "--prefix", prefix, package];
    let install = duct::cmd(NPM, arguments).stdin_null();
    let what = format!("installing {package} (half a minute, once)");
    fetch(&what, "npm", &install)?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::rename(staging.keep(), folder)?;
    Ok(())
}

/// Runs a step that needs the network, and says so when it fails.
pub fn fetch(what: &str, log: &str, command: &Expression) -> Result<()> {
    let log = tools_folder()?.join("log").join(format!("{log}.log"));
    progress::step(what, &log, command).map_err(|error| {
        anyhow!(
            "{error:#}\nThis step needs the network, once. If that is what is missing, check the \
             connection (and a proxy, if there is one) and run the command again; what is \
             installed already is kept."
        )
    })
}
