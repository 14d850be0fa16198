//! `cargo xtask test`, `ci` and `bench`: every test, what else must hold before a change is merged, the benchmarks.

use anyhow::{Context, Result, bail, ensure};

use crate::report::{Report, Tally, count};
use crate::toolbox::{Toolbox, version_of};
use crate::{decks, page, setup, system};

/// Turns on the tests that need tshark or Mermaid.
const TOOLS: &str = "--features=playground-capture/tshark,playground-notation/mermaid";
/// Turns on those and the tests that need the built page in a real browser. What is built for one command is used by
/// the next that names the same features.
const ALL: &str = "--features=playground-capture/tshark,playground-notation/mermaid,playground-tests/browser";

/// What cargo-deny says when it cannot reach the database of advisories.
const NO_DATABASE: &str = "failed to fetch advisory database";

/// Runs all checks and all tests, also after one has failed.
pub fn ci() -> Report {
    let mut report = Report::default();
    report.part("format", || cargo(&["fmt", "--all", "--check"]));
    report.part("lints", || cargo(&["clippy", "--workspace", "--all-targets", ALL, "--", "-D", "warnings"]));
    report.part("lints on wasm32", || {
        setup::wasm_target()?;
        let target = "--target=wasm32-unknown-unknown";
        cargo(&["clippy", target, "--package=playground-web", "--", "-D", "warnings"])
    });
    report.part("documentation", documentation);
    report.part("dependencies", dependencies);
    add_tests(&mut report);
    report
}

/// Runs all tests, also after one has failed.
pub fn test() -> Report {
    let mut report = Report::default();
    add_tests(&mut report);
    report
}

fn add_tests(report: &mut Report) {
    report.part("tests", native_tests);
    report.part("documentation tests", || {
        count(&Toolbox::default().at_root("cargo", &["test", "--workspace", "--doc", ALL]))
    });
    report.part("tests on wasm32", wasm_tests);
    report.part("the page", || {
        page::build_and_measure("")?;
        Ok(Tally::default())
    });
    report.part("tests in a browser", browser_tests);
}

/// All tests but those in a browser, side by side where cargo-nextest is installed.
fn native_tests() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    system::tshark(&mut toolbox)?;
    system::peers()?;
    // The command line draws pictures with words.
    system::korean_font();
    setup::mermaid(&mut toolbox)?;
    let arguments: &[&str] = if version_of("cargo-nextest").is_some() {
        &[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--status-level=fail",
            ALL,
            "-E",
            "not binary(page)",
        ]
    } else {
        &["test", "--workspace", "--no-fail-fast", "--tests", TOOLS]
    };
    count(&toolbox.at_root("cargo", arguments))
}

/// The tests of the built page. One process runs them all, so that they share browsers.
fn browser_tests() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    system::browser(&mut toolbox)?;
    system::other_browsers(&mut toolbox);
    setup::axe(&mut toolbox)?;
    decks::set_up(&mut toolbox)?;
    toolbox.set("PLAYGROUND_DIST", page::dist());
    // More tests than browsers: one that waits for its turn takes over the browser that is open.
    let arguments = ["test", "--workspace", "--test=page", ALL, "--", "--test-threads=4"];
    count(&toolbox.at_root("cargo", &arguments))
}

/// The tests that show that WebAssembly computes what native code computes, run by Node.js.
fn wasm_tests() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    setup::wasm_target()?;
    setup::wasm_bindgen(&mut toolbox)?;
    let arguments = ["test", "--target=wasm32-unknown-unknown", "--package=playground-core", "--test=wasm"];
    let tally = count(&toolbox.at_root("cargo", &arguments))?;
    ensure!(tally != Tally::default(), "no test ran on wasm32");
    Ok(tally)
}

fn cargo(arguments: &[&str]) -> Result<Tally> {
    if !Toolbox::default().run("cargo", arguments)? {
        bail!("cargo {} found something", arguments[0]);
    }
    Ok(Tally::default())
}

fn documentation() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    toolbox.set("RUSTDOCFLAGS", "-D warnings");
    if !toolbox.run("cargo", &["doc", "--workspace", "--no-deps", "--document-private-items"])? {
        bail!("the documentation has mistakes");
    }
    Ok(Tally::default())
}

/// Licences, bans and sources always; advisories where their database can be fetched.
fn dependencies() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    setup::cargo_deny(&mut toolbox)?;
    if !toolbox.run("cargo-deny", &["check", "licenses", "bans", "sources"])? {
        bail!("a dependency breaks the rules of deny.toml");
    }
    let advisories =
        toolbox.at_root("cargo-deny", &["check", "advisories"]).stderr_to_stdout().stdout_capture();
    let output = advisories.run().context("cannot run cargo-deny")?;
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

/// Runs the benchmarks of all packages, one after the other.
///
/// # Errors
/// When the page cannot be built, there is no browser, or a benchmark fails.
pub fn bench() -> Result<()> {
    page::build("")?;
    let mut toolbox = Toolbox::default();
    system::browser(&mut toolbox)?;
    toolbox.set("PLAYGROUND_DIST", page::dist());
    if !toolbox.run("cargo", &["bench", "--workspace", "--bench=*"])? {
        bail!("a benchmark failed");
    }
    Ok(())
}
