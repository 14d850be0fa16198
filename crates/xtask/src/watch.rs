//! `cargo xtask watch`: sees what of the program the first lesson runs, and writes the plan of its parts anew.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::browser;
use crate::page;
use crate::split;
use crate::toolbox::Toolbox;

/// In the place of the script that fetches the rest: it is on its way for ever, or cannot be had.
const WITHHELD: &str = "\
window.parts = {
  fetch: async () => (window.fails ? false : new Promise(() => {})),
  load: () => {
    throw new Error(\"the rest is withheld\");
  },
};
";

/// Builds the page in one piece that marks what runs, looks at it in a browser, and writes `web/parts.txt`.
pub fn run() -> Result<()> {
    let mut toolbox = Toolbox::default();
    page::build_whole(&mut toolbox)?;
    browser::set_up(&mut toolbox)?;
    let dist = page::dist();
    let watched = split::Watched::new(&dist)?;
    fs::write(dist.join("parts.js"), WITHHELD)?;
    println!("looking at the first lesson in a browser (some minutes)");
    let ran = look(&toolbox, &dist, &watched)?;
    let lines = watched.write_plan(&ran)?;
    println!("web/parts.txt has {lines} lines; dist/ holds a page for this only: cargo xtask build");
    Ok(())
}

/// Whether each function ran, by a program of the tests package.
fn look(toolbox: &Toolbox, dist: &Path, watched: &split::Watched) -> Result<Vec<bool>> {
    let functions = watched.functions()?;
    let (begin, count) = (watched.begin.to_string(), functions.to_string());
    let dist = dist.to_str().context("a strange folder")?;
    let arguments =
        ["run", "--quiet", "--package", "playground-tests", "--bin", "watch", "--", dist, &begin, &count];
    let output = toolbox.at_root("cargo", &arguments).stdout_capture().unchecked().run()?;
    if !output.status.success() {
        bail!("the page could not be looked at");
    }
    let ran: Vec<bool> =
        String::from_utf8_lossy(&output.stdout).trim().bytes().map(|mark| mark == b'1').collect();
    ensure!(ran.len() == functions, "{} marks of {functions} functions", ran.len());
    Ok(ran)
}
