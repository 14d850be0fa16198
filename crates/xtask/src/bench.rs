//! `cargo xtask bench`: the benchmarks of all packages.

use anyhow::{Result, bail};
use cargo_metadata::TargetKind;

use crate::toolbox::Toolbox;
use crate::workspace::targets;

/// Runs the bench targets one after the other.
pub fn run() -> Result<()> {
    let benches = targets(&TargetKind::Bench)?;
    if benches.is_empty() {
        println!("no package has a benchmark");
    }
    let toolbox = Toolbox::default();
    for bench in &benches {
        let arguments = ["bench", "--package", &bench.package, "--bench", &bench.name];
        if !toolbox.run("cargo", &arguments)? {
            bail!("the benchmark {} of {} failed", bench.name, bench.package);
        }
    }
    Ok(())
}
