//! The static site in `dist/`, built by trunk.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::setup::{self, Optimizer};
use crate::sizes;
use crate::styles;
use crate::toolbox::Toolbox;
use crate::workspace;

/// The folder that the site is built into.
pub fn dist() -> PathBuf {
    workspace::root().join("dist")
}

/// Builds the site as it is published.
pub fn build(toolbox: &mut Toolbox) -> Result<()> {
    setup::page_tools(toolbox, Optimizer::Required)?;
    println!("building the page into dist/ (a few minutes the first time)");
    if !toolbox.run("trunk", &["--log", "warn", "build", "--release"])? {
        bail!("the page could not be built");
    }
    styles::join(&dist())
}

/// Builds the site and fails when it is over its size.
pub fn build_and_measure() -> Result<()> {
    build(&mut Toolbox::default())?;
    sizes::check(&dist())
}
