//! `cargo xtask test`: every test there is, and one closing line.

use anyhow::{Context, Result, bail};
use cargo_metadata::TargetKind;

use crate::report::Report;
use crate::setup::{axe, wasm_bindgen, wasm_target};
use crate::sizes;
use crate::tally::{Tally, count};
use crate::toolbox::{Toolbox, version_of};
use crate::workspace::targets;
use crate::{browser, debian, page};

/// Test targets with such a name are for wasm32, and empty elsewhere.
const WASM_TESTS: &str = "wasm";
/// What turns on the tests that look at the built page with a real browser.
const BROWSER_TESTS: &str = "--features=playground-tests/browser";
/// What turns on the tests that need tshark.
const TSHARK_TESTS: &str = "--features=playground-capture/tshark";

/// Runs all parts, also after one has failed.
pub fn run() -> Report {
    let mut report = Report::default();
    add_to(&mut report);
    report
}

/// Adds all parts to a run.
pub fn add_to(report: &mut Report) {
    let mut toolbox = Toolbox::default();
    let mut arguments = vec!["test", "--workspace", "--no-fail-fast"];
    // What a group of tests needs comes first; when it is not to be had, that is
    // a failure, and the other tests can still tell something.
    report.part("the page", || {
        page::build(&mut toolbox)?;
        browser::set_up(&mut toolbox)?;
        axe(&mut toolbox)?;
        toolbox.set("PLAYGROUND_DIST", page::dist());
        arguments.push(BROWSER_TESTS);
        sizes::check(&page::dist())?;
        Ok(Tally::default())
    });
    report.part("tshark", || {
        tshark(&mut toolbox)?;
        arguments.push(TSHARK_TESTS);
        Ok(Tally::default())
    });
    // All at once, so that nothing is built twice with different features.
    report.part("tests here and in a browser", || count(&toolbox.at_root("cargo", &arguments)));
    report.part("tests on wasm32", wasm);
}

/// Sets up tshark, which reads the captures that the project writes.
fn tshark(toolbox: &mut Toolbox) -> Result<()> {
    let elsewhere = "exported captures are read back by tshark, and there is none: install \
                     Wireshark with tshark (Debian, Ubuntu: sudo apt-get install tshark)";
    if debian::find("tshark").is_none() {
        debian::install(&["tshark"], elsewhere)?;
    }
    let program = debian::find("tshark").context(elsewhere)?;
    if let Some(folder) = program.parent() {
        toolbox.add_fallback(folder.to_path_buf());
    }
    Ok(())
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
        let target = "--target=wasm32-unknown-unknown";
        let arguments = ["test", target, "--package", &test.package, "--test", &test.name];
        let one = count(&toolbox.at_root("cargo", &arguments))?;
        if one == Tally::default() {
            bail!("{} of {} ran no test", test.name, test.package);
        }
        tally += one;
    }
    Ok(tally)
}
