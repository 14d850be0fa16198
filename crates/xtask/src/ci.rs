//! `cargo xtask ci`: what must hold before a change is taken.

use anyhow::{Context, Result, bail};

use crate::report::Report;
use crate::setup;
use crate::tally::Tally;
use crate::test;
use crate::toolbox::Toolbox;

/// What cargo-deny says when it cannot reach the database of advisories.
const NO_DATABASE: &str = "failed to fetch advisory database";

/// Runs all checks and all tests, also after one has failed.
pub fn run() -> Report {
    let mut report = Report::default();
    report.part("format", || cargo(&["fmt", "--all", "--check"]));
    report.part("lints", || cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    report.part("lints on wasm32", || {
        setup::wasm_target()?;
        let target = "--target=wasm32-unknown-unknown";
        cargo(&["clippy", target, "--package=playground-web", "--", "-D", "warnings"])
    });
    report.part("documentation", documentation);
    report.part("dependencies", dependencies);
    test::add_to(&mut report);
    report
}

fn cargo(arguments: &[&str]) -> Result<Tally> {
    if Toolbox::default().run("cargo", arguments)? {
        Ok(Tally::default())
    } else {
        bail!("cargo {} found something", arguments[0])
    }
}

fn documentation() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    toolbox.set("RUSTDOCFLAGS", "-D warnings");
    let arguments = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    if !toolbox.run("cargo", &arguments)? {
        bail!("the documentation has mistakes");
    }
    Ok(Tally::default())
}

/// Licences, bans and sources always; advisories where their database can be had.
fn dependencies() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    setup::cargo_deny(&mut toolbox)?;
    if !toolbox.run("cargo-deny", &["check", "licenses", "bans", "sources"])? {
        bail!("a dependency breaks the rules of deny.toml");
    }
    let output = toolbox
        .at_root("cargo-deny", &["check", "advisories"])
        .stderr_to_stdout()
        .stdout_capture()
        .run()
        .context("cannot run cargo-deny")?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() && said.contains(NO_DATABASE) {
        println!("advisories NOT checked: their database cannot be fetched from here");
        return Ok(Tally::default());
    }
    print!("{said}");
    if !output.status.success() {
        bail!("a dependency has a known flaw");
    }
    Ok(Tally::default())
}
