//! `cargo xtask bench`: the benchmarks of all packages.

use anyhow::{Result, bail};
use cargo_metadata::TargetKind;

use crate::toolbox::Toolbox;
use crate::workspace::targets;
use crate::{browser, page};

/// The package whose benchmarks look at the built page.
const BROWSER_BENCHES: &str = "playground-tests";

/// Runs the bench targets one after the other.
pub fn run() -> Result<()> {
    let benches = targets(&TargetKind::Bench)?;
    if benches.is_empty() {
        println!("no package has a benchmark");
    }
    let mut toolbox = Toolbox::default();
    if benches.iter().any(|bench| bench.package == BROWSER_BENCHES) {
        page::build(&mut toolbox)?;
        browser::set_up(&mut toolbox)?;
        toolbox.set("PLAYGROUND_DIST", page::dist());
    }
    for bench in &benches {
        let arguments = ["bench", "--package", &bench.package, "--bench", &bench.name];
        if !toolbox.run("cargo", &arguments)? {
            bail!("the benchmark {} of {} failed", bench.name, bench.package);
        }
    }
    Ok(())
}
