//! `cargo xtask test`: every test there is, and one closing line.

use anyhow::{Result, bail};
use cargo_metadata::TargetKind;

use crate::page;
use crate::setup::{wasm_bindgen, wasm_target};
use crate::sizes;
use crate::tally::{Tally, count};
use crate::toolbox::{Toolbox, version_of};
use crate::workspace::targets;
use crate::{browser, ci};

/// Test targets with such a name are for wasm32, and empty elsewhere.
const WASM_TESTS: &str = "wasm";
/// Test targets with such a name look at the built page with a real browser.
const BROWSER_TESTS: &str = "browser*";

/// Runs all parts, also after one has failed.
pub fn run() -> Tally {
    let mut tally = Tally::default();
    tally += ci::part("tests on this machine", native);
    tally += ci::part("tests on wasm32", wasm);
    tally += ci::part("tests of the page in a browser", in_browser);
    tally
}

/// Unit, integration and documentation tests of the whole workspace.
fn native() -> Result<Tally> {
    let arguments = ["test", "--workspace", "--no-fail-fast"];
    count(&Toolbox::default().at_root("cargo", &arguments))
}

/// The tests that show that WebAssembly computes what native code computes: in
/// node where there is one, as it is quickest and needs no port, else in the
/// browser. Tests that ask for a browser themselves get it in any case.
fn wasm() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    wasm_target()?;
    wasm_bindgen(&mut toolbox)?;
    browser::set_up(&mut toolbox)?;
    if version_of("node").is_none() {
        toolbox.set("WASM_BINDGEN_USE_BROWSER", "1");
    }
    let mut tests = targets(&TargetKind::Test)?;
    tests.retain(|test| test.name.starts_with(WASM_TESTS));
    if tests.is_empty() {
        bail!("no package has a test named {WASM_TESTS}*: those for wasm32 are missing");
    }
    let mut tally = Tally::default();
    for test in &tests {
        let arguments =
            ["test", "--target=wasm32-unknown-unknown", "--package", &test.package, "--test", &test.name];
        let one = count(&toolbox.at_root("cargo", &arguments))?;
        if one == Tally::default() {
            bail!("{} of {} ran no test", test.name, test.package);
        }
        tally += one;
    }
    Ok(tally)
}

/// Builds the page, holds it to its size, and looks at it.
fn in_browser() -> Result<Tally> {
    let mut toolbox = Toolbox::default();
    browser::set_up(&mut toolbox)?;
    page::build(&mut toolbox)?;
    toolbox.set("PLAYGROUND_DIST", page::dist());
    // The whole workspace, so that no dependency is built anew with other features.
    let arguments = [
        "test",
        "--workspace",
        "--no-fail-fast",
        "--features=playground-tests/browser",
        "--test",
        BROWSER_TESTS,
    ];
    let mut tally = count(&toolbox.at_root("cargo", &arguments))?;
    if let Err(error) = sizes::check(&page::dist()) {
        println!("error: {error:#}");
        tally += Tally::FAILED;
    }
    Ok(tally)
}
